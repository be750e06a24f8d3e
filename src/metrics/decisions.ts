import type { Day } from '../portfolio/day.ts'
import { fromNumber, type Money, ONE, type Shares, times, toNumber } from '../portfolio/decimal.ts'
import { noRate, rateOn } from '../portfolio/exchange-rate.ts'
import { type Ledger, positions } from '../portfolio/ledger.ts'
import type { Position, Sale } from '../portfolio/position.ts'
import { knownToSource, recordedFactor, splitShares } from '../portfolio/split.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { asRatio, carriedSum, type Span, spanOf, worthOn } from './carried-flow.ts'
import type { Gap } from './gap.ts'

/** A purchase or a sale, and the money that it has won or lost against the benchmark until now. */
export type Decision = {
  transaction: string
  type: 'buy' | 'sell'
  symbol: string
  date: Day
  /** As traded. */
  shares: Shares
  /** What was paid with the fee, or received less the fee; null when it could not be converted. */
  amount: Money | null
  gap: Money | null
  reason: string | null
}

/**
 * Returns every purchase and sale of a period, the best first. Those without an answer come last, with the reason.
 *
 * A purchase's gap is the part of its lot, so that purchases add up to their symbol. A sale's gap is what its proceeds
 * would be worth now, had they been put into the benchmark that day, less what the sold shares would be worth now, had
 * they been kept: shares × price at T + the dividends missed since, each carried by I(T) ÷ I(d) like all cash (finance.md,
 * "The gap, explained"). A sale's gap is no part of the gap; it judges the sale alone. An oversale counts only for the
 * shares that were held.
 */
export function decisions(
  ledger: Ledger,
  byLot: Gap,
  folded: readonly Position[] = positions(ledger, byLot.asOf),
): Decision[] {
  const span = spanOf(ledger, byLot.benchmark, byLot.asOf, byLot.from)
  const lots = new Map(byLot.parts.map((part) => [part.lot, part]))
  const sales = new Map(folded.flatMap((position) => position.sales.map((sale) => [sale.transaction, sale])))
  const paid = new Map<string, DividendsSince>()
  const splits = ledger.transactions.filter(({ type }) => type === 'split')
  const found: Decision[] = []
  for (const { id, type, symbol, date, shares, amount, fee, unconverted } of ledger.transactions) {
    if (date > span.asOf) break
    if ((type !== 'buy' && type !== 'sell') || (span.start !== null && date <= span.start)) continue
    const decision = { transaction: id, type, symbol: symbol!, date, shares: shares! }
    if (type === 'buy') {
      const { gap = null, reason = null } = lots.get(id) ?? {}
      found.push({ ...decision, amount: unconverted === undefined ? amount + fee : null, gap, reason })
      continue
    }
    const sale = sales.get(id)!
    let dividends = paid.get(symbol!)
    if (!dividends) paid.set(symbol!, (dividends = dividendsSince(ledger, symbol!, span)))
    const gap =
      unconverted ??
      judged(
        ledger,
        symbol!,
        sale,
        keptUntil(ledger, symbol!, sale, splits, span.asOf),
        dividends(date),
        span,
      )
    found.push({
      ...decision,
      amount: unconverted === undefined ? sale.proceeds : null,
      gap: typeof gap === 'string' ? null : gap,
      reason: typeof gap === 'string' ? gap : null,
    })
  }
  return found.toSorted(bestFirst)
}

function bestFirst(a: Decision, b: Decision): number {
  if (a.gap === null || b.gap === null) return Number(a.gap === null) - Number(b.gap === null)
  return a.gap > b.gap ? -1 : a.gap < b.gap ? 1 : 0
}

function judged(
  ledger: Ledger,
  symbol: string,
  { date, proceeds }: Sale,
  kept: Shares,
  dividend: Money | string,
  span: Span,
): Money | string {
  const worth = worthOn(ledger, symbol, kept, span.asOf)
  if (typeof worth === 'string') return worth
  if (typeof dividend === 'string') return dividend
  const growth = span.growth(date)
  return typeof growth === 'string' ? growth : carriedSum(proceeds * growth) - worth - times(kept, dividend)
}

/** Returns the sold shares in the units of the end: a split that the source does not report may have come later. */
function keptUntil(
  ledger: Ledger,
  symbol: string,
  { date, shares }: Sale,
  splits: readonly Transaction[],
  asOf: Day,
): Shares {
  const known = ledger.markets.get(symbol)?.splits ?? []
  return splits
    .filter((split) => split.symbol === symbol && split.date > date && split.date <= asOf)
    .filter((split) => !knownToSource(split, known))
    .reduce((kept, split) => splitShares(kept, recordedFactor(split)), shares)
}

/** What a share that was sold on a day would have paid since, carried to the end; a sentence when it is not known. */
type DividendsSince = (day: Day) => Money | string

/** Whoever sells on the ex-date still gets that dividend, and misses only the later ones. */
function dividendsSince(ledger: Ledger, symbol: string, span: Span): DividendsSince {
  const { dividends = [], foreign } = ledger.markets.get(symbol) ?? {}
  const latestFirst = dividends
    .filter(({ day }) => day <= span.asOf)
    .toSorted((a, b) => (a.day > b.day ? -1 : 1))
  let total = 0
  let unknown: string | null = null
  const from = latestFirst.map(({ day, amount }) => {
    const growth = span.growth(day)
    const rate = foreign ? rateOn(foreign, day) : ONE
    if (typeof growth === 'string') unknown ??= growth
    else if (rate === null) unknown ??= noRate(foreign!, ledger.baseCurrency, day)
    else total += amount * toNumber(rate) * asRatio(growth)
    return { day, total: unknown ?? fromNumber(total) }
  })
  return (day) => from.findLast((each) => each.day > day)?.total ?? 0n
}
