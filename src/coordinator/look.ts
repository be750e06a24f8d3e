import { symbolsIn } from '../portfolio/benchmark-spelling.ts'
import { type Day, dayNumber, dayOf } from '../portfolio/day.ts'
import type { Ledger, Market } from '../portfolio/ledger.ts'
import { STALE_DAYS } from '../portfolio/price-history.ts'
import { remembered } from '../portfolio/remembered.ts'

/** Why something cannot be looked at: a sentence for whoever asked. */
export type Refused = { refused: string }

/** Reads the markets of symbols with which a ledger has nothing to do, from a day on. */
type Reads = (symbols: readonly string[], since: Day) => Promise<ReadonlyMap<string, Market>>

/**
 * Returns the ledger with one more benchmark, for a look at it; the same ledger where the portfolio has that benchmark
 * already. It is made once of a ledger. A symbol without stored prices, or whose prices nobody has had fetched for a week,
 * is refused: nothing is fetched for a look.
 */
export async function withBenchmark(
  ledger: Ledger,
  spelling: string,
  read: Reads,
): Promise<Ledger | Refused> {
  if (ledger.benchmarks.includes(spelling)) return ledger
  const known = looksOf(ledger)
  const before = known.get(spelling)
  if (before) return before
  const symbols = symbolsIn(spelling)
  const others = symbols.filter((symbol) => !ledger.markets.has(symbol))
  const markets = others.length === 0 ? [] : await read(others, ledger.transactions[0]?.date ?? ledger.today)
  const all = new Map([...markets, ...ledger.markets])
  for (const symbol of symbols) {
    const last = all.get(symbol)?.prices.days.at(-1)
    const isOld = others.includes(symbol) && (last ?? 0) < dayNumber(ledger.today) - STALE_DAYS
    if (last === undefined || isOld) return { refused: unpriced(symbol, last) }
  }
  const made = { ...ledger, benchmarks: [...ledger.benchmarks, spelling], markets: all }
  if (known.size >= LOOKS) known.clear()
  known.set(spelling, made)
  return made
}

/** So many looks at one ledger are kept. */
const LOOKS = 8

const looksOf = remembered((_ledger: Ledger) => new Map<string, Ledger>())

function unpriced(symbol: string, last: number | undefined): string {
  const known =
    last === undefined
      ? `No prices of ${symbol} are stored`
      : `The stored prices of ${symbol} end on ${dayOf(last)}`
  return `${known}. Add it to the benchmarks in the settings, and they are fetched.`
}
