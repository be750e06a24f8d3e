import { type Benchmark, benchmarkOf, symbolsIn } from './benchmark-spelling.ts'
import { blendIndex, type PartIndex, rateIndex } from './blend.ts'
import { type Day, dayNumber } from './day.ts'
import { toNumber } from './decimal.ts'
import type { Dividend } from './instrument.ts'
import type { Ledger, Market } from './ledger.ts'
import { inNewShares } from './own-split.ts'
import { lastIndexes, lastIndexUpTo, nearestCounts, noPrices, type PriceHistory } from './price-history.ts'
import { remembered } from './remembered.ts'
import { reinvestments } from './reinvested-dividends.ts'

/**
 * Returns the closes with every later dividend reinvested, one for each of `market.prices`: before an ex-date each
 * close is multiplied by 1 − dividend ÷ the close before it. The last one equals the last close, so the ratio of two
 * days is a total return (finance.md, "Total-return index"). They are plain numbers, because only ratios are used.
 */
export function adjustedCloses(market: Market): number[] {
  return adjustedOnce(market)
}

/** Holdings, figures and chart of one ledger need the same index, so it is computed once. */
const adjustedOnce = remembered(adjust)

function adjust(market: Market): number[] {
  const { foreign, prices } = market
  if (!foreign) return adjusted(prices, market.dividends)
  // a dividend is in the currency of its closes and lowers them in proportion, whatever the exchange rate
  const own = adjusted(foreign.prices, market.dividends)
  const at = { index: -1 }
  return Array.from(prices.days, (day, i) => {
    at.index = lastIndexUpTo(foreign.prices, day, at.index)
    return (toNumber(prices.closes[i]!) * own[at.index]!) / toNumber(foreign.prices.closes[at.index]!)
  })
}

function adjusted(history: PriceHistory, dividends: readonly Dividend[]): number[] {
  const countOf = nearestCounts(history.closes)
  const levels = Array.from(history.days, (_, i) => countOf(i) / 1e10)
  let i = levels.length - 1
  let factor = 1
  for (const { index, left } of reinvestments(history, dividends)) {
    for (; i >= index; i--) levels[i]! *= factor
    factor *= left
  }
  for (; i >= 0; i--) levels[i]! *= factor
  return levels
}

/** A benchmark's total-return index on a day; null when it has no price. */
export type TotalReturn = (day: Day) => number | null

/**
 * Returns the total-return index of a benchmark, by its spelling, the same function while its markets are the same; only
 * the ratio of two days has a meaning. A split of which only the ledger knows is in it. It is null before the first close,
 * of a blend before that of its last part. The last close is carried on, as that of a holding is. A blend is bought on the
 * day of the ledger's first row.
 */
export function totalReturn(ledger: Ledger, spelling: string): TotalReturn {
  const benchmark = benchmarkOf(spelling)
  if (benchmark.kind === 'symbol') return symbolReturn(ledger, benchmark.symbol)
  return benchmark.kind === 'rate' ? rateOnce(benchmark) : blended(ledger, benchmark)
}

const rateOnce = remembered((benchmark: Extract<Benchmark, { kind: 'rate' }>) => rateIndex(benchmark.rate))

function blended(ledger: Ledger, { spelling, parts, rebalanced }: Extract<Benchmark, { kind: 'blend' }>) {
  const indexes = parts.map(({ symbol }) => symbolReturn(ledger, symbol))
  const since = ledger.transactions[0]?.date ?? ledger.today
  const known = blendsOf(indexes[0]!)
  const name = `${spelling} ${since}`
  const before = known.get(name)
  if (before && indexes.every((index, i) => index === before.indexes[i])) return before.made
  const made = blendIndex(
    parts.map(({ symbol, weight }, i): PartIndex => {
      const { prices = noPrices, foreign } = ledger.markets.get(symbol) ?? {}
      // on a day of another exchange's holiday the rate alone may move
      return { weight, index: indexes[i]!, days: prices.days, sessions: (foreign?.prices ?? prices).days }
    }),
    rebalanced,
    since,
  )
  // those that are looked at once are forgotten
  if (known.size >= BLENDS) known.clear()
  known.set(name, { indexes, made })
  return made
}

/** So many blends that begin with the same symbol are kept. */
const BLENDS = 16

const blendsOf = remembered(
  (_first: TotalReturn) => new Map<string, { indexes: TotalReturn[]; made: TotalReturn }>(),
)

function symbolReturn(ledger: Ledger, symbol: string): TotalReturn {
  const market = ledger.markets.get(symbol)
  if (!market) return nothing
  const { market: inOneKind, scale } = inNewShares(ledger, symbol, market)
  return inOneKind === market ? indexOf(market) : scaledIndex(inOneKind, scale)
}

const nothing: TotalReturn = () => null

const indexOf = remembered((market: Market) => scaledIndex(market, 1))

function scaledIndex(market: Market, scale: number): TotalReturn {
  const adjusted = adjustedCloses(market)
  const indexOf = lastIndexes(market.prices.days)
  return (day) => {
    const index = indexOf(dayNumber(day))
    return index < 0 ? null : adjusted[index]! / scale
  }
}

/**
 * Returns whether a benchmark has a close of its own on a day: a blend, whether each of its parts has. A fixed rate has a
 * level on every day. The days are asked for in order.
 */
export function tradesOn(ledger: Ledger, spelling: string): (day: Day) => boolean {
  const parts = symbolsIn(spelling).map((symbol) => {
    const { prices = noPrices, foreign } = ledger.markets.get(symbol) ?? {}
    return { days: (foreign?.prices ?? prices).days, at: -1 }
  })
  return (day) =>
    parts.every((part) => {
      part.at = lastIndexUpTo(part, dayNumber(day), part.at)
      return part.days[part.at] === dayNumber(day)
    })
}

/**
 * Returns what each of the ledger's benchmarks has returned from a day to `asOf` with dividends reinvested: 0.1 is
 * 10 %. A benchmark without a price on one of the two days is null, and `reasons` says why under `benchmarks.VOO`.
 */
export function benchmarkReturns(
  ledger: Ledger,
  asOf: Day,
): (since: Day, reasons: Record<string, string>) => Record<string, number | null> {
  const indexes = ledger.benchmarks.map((symbol) => {
    const index = totalReturn(ledger, symbol)
    return { symbol, index, now: index(asOf) }
  })
  return (since, reasons) =>
    Object.fromEntries(
      indexes.map(({ symbol, index, now }) => {
        const then = index(since)
        if (now !== null && then !== null) return [symbol, now / then - 1]
        reasons[`benchmarks.${symbol}`] = `no price for ${symbol} on ${then === null ? since : asOf}`
        return [symbol, null]
      }),
    )
}

/**
 * Answers "what if every deposit had bought the benchmark?" Each external flow buys or sells it at that day's
 * close, and dividends are reinvested: units += flow ÷ adjusted(day), value = units × adjusted(day). A withdrawal of
 * more than there is takes what there is, and `capped` is its day. From the first flow on a day without a price,
 * named in `missing`, values are null. Money is in plain numbers, because units are quotients (finance.md,
 * "Benchmark, cash-flow matched").
 */
export function matched(
  days: readonly Day[],
  flows: readonly { deposits: number; withdrawals: number }[],
  index: TotalReturn,
): { value: (number | null)[]; withdrawn: number[]; capped: Day | null; missing: Day | null } {
  let units = 0
  let capped: Day | null = null
  let missing: Day | null = null
  const withdrawn: number[] = []
  const value = days.map((day, i) => {
    const level = index(day)
    const { deposits, withdrawals } = flows[i]!
    withdrawn.push(0)
    if (level === null) {
      if (deposits > 0 || withdrawals > 0) missing ??= day
      return null
    }
    units += deposits / level
    const sold = Math.min(units, withdrawals / level)
    const isCapped = sold < withdrawals / level
    if (isCapped) capped ??= day
    units -= sold
    withdrawn[i] = isCapped ? sold * level : withdrawals
    return missing ? null : units * level
  })
  return { value, withdrawn, capped, missing }
}
