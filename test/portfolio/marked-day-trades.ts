import { Big } from 'big.js'

/**
 * Of lines in the notation (splits included, new shares to one): says `late` of each sale for which too little is left of
 * what was held that morning, the largest sale first (finance.md, "Order within a day"). For oracles: in big.js, and from
 * the text alone.
 */
export function dayTradesMarked(lines: readonly string[]): string[] {
  const told = [...lines]
  const held: Record<string, Big> = {}
  for (const day of [...new Set(lines.map((line) => line.slice(0, 10)))].toSorted()) {
    const own = told.map((line, i) => ({ i, words: line.split(' ') })).filter(({ words }) => words[0] === day)
    for (const { words } of own.filter((each) => each.words[1] === 'split'))
      held[words[2]!] = (held[words[2]!] ?? new Big(0)).times(words[3]!)
    const moved = (type: string, sign: 1 | -1) => {
      for (const { words } of own.filter((each) => each.words[1] === type))
        held[words[3]!] = (held[words[3]!] ?? new Big(0)).plus(new Big(words[2]!).times(sign))
    }
    moved('transfer_in', 1)
    const morning = { ...held }
    const sales = own
      .filter(({ words }) => words[1] === 'sell')
      .toSorted((a, b) => new Big(b.words[2]!).cmp(a.words[2]!) || new Big(b.words[5]!).cmp(a.words[5]!))
    for (const { i, words } of sales) {
      const [, , shares, symbol] = words as [string, string, string, string]
      const left = (morning[symbol] ?? new Big(0)).minus(shares)
      if (left.lt(0)) told[i] = told[i]!.replace(' sell ', ' late ')
      else morning[symbol] = left
      held[symbol] = (held[symbol] ?? new Big(0)).minus(shares)
    }
    moved('buy', 1)
    moved('transfer_out', -1)
  }
  return told
}
