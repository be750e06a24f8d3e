import { addDays, type Day } from '../portfolio/day.ts'
import type { Money } from '../portfolio/decimal.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { sharesAfter } from '../portfolio/position.ts'
import { trading } from '../portfolio/kind.ts'
import { carried, openingOf, type Span, type SymbolFlows, worthOn } from './carried-flow.ts'
import { type GapPart, partOf, plus, settle, sumsOf } from './gap-part.ts'

/**
 * Divides a symbol's part into years. A year's gap is the symbol's G at its end less the G at the end of the year before.
 * Years therefore add up to the symbol, and the years up to one add up to the gap as of its end. A gap of earlier years
 * grows or shrinks with the benchmark, also after the symbol was sold. `paid`, `received` and `dividends` are the year's.
 *
 * A year is null when the symbol or the benchmark has no price at its end; the next year with both prices then covers it
 * as well (finance.md, "The gap, explained").
 */
export function yearParts(ledger: Ledger, own: SymbolFlows, whole: GapPart, span: Span): GapPart[] {
  const { symbol, transactions, flows } = own
  const first = flows[0]?.kind === 'start' ? addDays(flows[0].day, 1) : (flows[0]?.day ?? span.asOf)
  const splits = ledger.markets.get(symbol)?.splits ?? []
  const parts: GapPart[] = []
  let shares = 0n
  let startShares = own.startShares
  let nextTrade = 0
  let nextFlow = 0
  let since = span.start
  let before: { gap: Money; since: Day | null } = { gap: 0n, since: span.start }
  for (const until of yearEnds(first, span.asOf)) {
    for (; nextTrade < transactions.length && transactions[nextTrade]!.date <= until; nextTrade++) {
      const trade = transactions[nextTrade]!
      if (trading.has(trade.type)) shares = sharesAfter(shares, trade, splits)
    }
    const begun = nextFlow
    while (nextFlow < flows.length && flows[nextFlow]!.day <= until) nextFlow++
    const yearly = flows.slice(begun, nextFlow)
    if (since !== null && yearly[0]?.kind !== 'start') {
      yearly.unshift(openingOf(ledger, symbol, startShares, since))
    }
    const value = worthOn(ledger, symbol, shares, until)
    const total = plus(value, carried(flows.slice(0, nextFlow), span, until))
    const isKnown = typeof total !== 'string'
    parts.push({
      ...partOf(symbol, yearly, sumsOf(yearly), value, span, until),
      gap: isKnown ? total - before.gap : null,
      reason: isKnown ? null : total,
      year: until.slice(0, 4),
      since: before.since,
      until,
    })
    if (isKnown) before = { gap: total, since: until }
    startShares = shares
    since = until
  }
  const known = parts.filter(({ gap }) => gap !== null)
  if (whole.gap !== null) settle(known, whole.gap, 'gap')
  return parts
}

function yearEnds(first: Day, last: Day): Day[] {
  const ends: Day[] = []
  for (let year = Number(first.slice(0, 4)); year < Number(last.slice(0, 4)); year++) {
    ends.push(`${String(year).padStart(4, '0')}-12-31`)
  }
  return [...ends, last]
}
