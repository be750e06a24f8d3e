import { symbolsIn } from '../portfolio/benchmark-spelling.ts'
import { addDays, type Day, dayNumber } from '../portfolio/day.ts'
import { pairOf } from '../portfolio/exchange-rate.ts'
import type { Ledger, Market } from '../portfolio/ledger.ts'
import { STALE_DAYS } from '../portfolio/price-history.ts'
import { remembered } from '../portfolio/remembered.ts'
import { historyFrom } from '../jobs/refresh-plan.ts'
import type { HistoryState } from '../storage/histories.ts'

/** Why something cannot be looked at: a sentence for whoever asked. */
export type Refused = {
  refused: string
  /** True while prices are on their way: the same question is answered soon. */
  awaits?: true
  /** The symbol of which the source has nothing. */
  unknown?: string
}

/** What is stored of symbols with which a ledger has nothing to do. */
export type OtherMarkets = {
  markets: ReadonlyMap<string, Market>
  histories: ReadonlyMap<string, Pick<HistoryState, 'fromDay' | 'toDay' | 'reason' | 'retryAt'>>
}

/** Reads it, from a day on. */
type Reads = (symbols: readonly string[], since: Day) => Promise<OtherMarkets>

/** Prices that a look needs and that are not stored: from when on, or why the source has none. */
export type MissingPrices = { symbol: string; from: Day } | { symbol: string; reason: string }

/**
 * Returns the ledger with one more benchmark, for a look at it; the same ledger where the portfolio has that benchmark
 * already; or what is missing for it. It is made once of a ledger.
 */
export async function withBenchmark(
  ledger: Ledger,
  spelling: string,
  read: Reads,
  now: number,
): Promise<Ledger | { missing: MissingPrices[] }> {
  if (ledger.benchmarks.includes(spelling)) return ledger
  const known = looksOf(ledger)
  const before = known.get(spelling)
  if (before) return before
  const symbols = symbolsIn(spelling)
  const since = ledger.transactions[0]?.date ?? ledger.today
  // a holding's own history may begin with its first purchase
  const others = symbols.filter((symbol) => firstDayOf(ledger.markets, symbol) > dayNumber(since))
  const stored = others.length === 0 ? nothing : await read(others, since)
  const missing = [
    ...others.flatMap((symbol) => missingOf(symbol, stored, { ...ledger, since, now })),
    ...symbols.flatMap((symbol) => {
      const own = ledger.markets.get(symbol)
      return own?.prices.days.length === 0 ? { symbol, reason: 'it has not been priced yet' } : []
    }),
  ]
  if (missing.length > 0) return { missing }
  // the ledger in memory may be older than what was fetched for a look
  const longer = [...stored.markets].filter(
    ([symbol]) => firstDayOf(stored.markets, symbol) < firstDayOf(ledger.markets, symbol),
  )
  const markets = new Map([...stored.markets, ...ledger.markets, ...longer])
  const made = { ...ledger, benchmarks: [...ledger.benchmarks, spelling], markets }
  if (known.size >= LOOKS) known.clear()
  known.set(spelling, made)
  return made
}

function firstDayOf(markets: ReadonlyMap<string, Market>, symbol: string): number {
  return markets.get(symbol)?.prices.days[0] ?? Infinity
}

const nothing: OtherMarkets = { markets: new Map(), histories: new Map() }

/** So many looks at one ledger are kept. */
const LOOKS = 8

const looksOf = remembered((_ledger: Ledger) => new Map<string, Ledger>())

/**
 * What is missing of a symbol, or of the exchange rate that its prices are converted by. Prices that nobody has had fetched
 * for a week are; those that the source does not have are not asked for, and what there is will do.
 */
function missingOf(
  symbol: string,
  { markets, histories }: OtherMarkets,
  of: { baseCurrency: string; today: Day; since: Day; now: number },
): MissingPrices[] {
  const { baseCurrency, today, since, now } = of
  const market = markets.get(symbol)
  const isPriced = (market?.prices.days.length ?? 0) > 0
  const history = histories.get(symbol)
  if (history?.reason != null && (history.retryAt ?? 0) > now)
    return isPriced ? [] : [{ symbol, reason: history.reason }]
  const from = historyFrom(since)
  if (history?.fromDay == null || history.fromDay > from) return [{ symbol, from }]
  const { toDay } = history
  if (toDay === null || toDay < addDays(today, -STALE_DAYS))
    return [{ symbol, from: toDay === null ? from : addDays(toDay, -2 * STALE_DAYS) }]
  if (isPriced) return []
  const { currency = baseCurrency } = market?.instrument ?? {}
  return currency === baseCurrency
    ? [{ symbol, reason: 'it has no closes of these years' }]
    : missingOf(pairOf(currency, baseCurrency), { markets, histories }, of)
}
