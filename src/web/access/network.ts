/**
 * Returns the network that an address counts as: an address of IPv4 as itself, and one of IPv6 by its first 64 bits, since
 * whoever has one of them has them all.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!address.includes(':')) return address
  const [head = '', tail] = address.toLowerCase().split('::')
  const groups = (text: string) => (text === '' ? [] : text.split(':'))
  const given = groups(head)
  const left = 8 - given.length - groups(tail ?? '').length
  const all =
    tail === undefined ? given : [...given, ...Array<string>(Math.max(0, left)).fill('0'), ...groups(tail)]
  return `${all
    .slice(0, 4)
    .map((each) => each.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
