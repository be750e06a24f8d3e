import { isLoopback } from '../market/http/loopback.ts'

/** The longest address of a channel. */
const LONGEST = 1000

/**
 * Why an address is not one that a notice may be sent to, in a sentence; null when it may. It is typed by somebody, and what
 * is behind the machine's own network is not theirs to reach: so an address names a host, by https, and names no number. Only
 * on one's own machine (`isLocal`) may it be the machine itself.
 */
export function faultOfAddress(typed: string, isLocal: boolean): string | null {
  const address = URL.canParse(typed) ? new URL(typed) : null
  if (address === null || typed.length > LONGEST || !/^https?:$/.test(address.protocol))
    return 'must be an address that begins with https://'
  if (address.username !== '' || address.password !== '')
    return 'must have no user name and no password in it'
  const { hostname, protocol } = address
  if (isLocal && isLoopback(hostname)) return null
  if (protocol !== 'https:') return 'must be an address that begins with https://'
  // a final dot names the same host
  const name = hostname.replace(/\.$/, '')
  if (isNumber(name)) return 'must name its host: an address of numbers is not called'
  if (!name.includes('.') || INNER.test(name)) return 'must be an address that the internet knows'
  return null
}

/** Names that lead to the machine itself or into somebody's own network. */
const INNER = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|home\.arpa|localdomain)$/

/** `URL` has written 0x7f.1 and 2130706433 as 127.0.0.1 already, and an address of IPv6 in brackets. */
function isNumber(hostname: string): boolean {
  return hostname.startsWith('[') || /^[\d.]+$/.test(hostname)
}

/** The host that an address leads to, which is what is shown of it. */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : ''
}
