import type { Day } from '../portfolio/day.ts'
import type { TransactionRow } from './transaction-row.ts'

/** How the buys have done, each by itself, whatever was sold since. */
export type Picks = {
  count: number
  /**
   * By benchmark: the number of buys whose total return since their day is higher than the benchmark's, among those
   * for which both are known.
   */
  beat: Record<string, { beat: number; of: number; share: number | null }>
  /**
   * The buys that are worth at least twice their cost: their number, and the best of them. A `multiple` of 2 is
   * twice.
   */
  multi_baggers: { count: number; best: MultiBagger[] }
}

type MultiBagger = { transaction: string; symbol: string; date: Day; multiple: number }

const BEST = 20

/** `share` is null when no buy can be compared. */
export function picks(rows: readonly TransactionRow[], benchmarks: readonly string[]): Picks {
  const buys = rows.filter(({ type }) => type === 'buy')
  const doubled = buys
    .flatMap(({ id, symbol, date, gain_ratio }): MultiBagger[] =>
      gain_ratio !== null && gain_ratio >= 1
        ? [{ transaction: id, symbol: symbol!, date, multiple: 1 + gain_ratio }]
        : [],
    )
    .toSorted((a, b) => b.multiple - a.multiple)
  return {
    count: buys.length,
    beat: Object.fromEntries(
      benchmarks.map((symbol) => {
        const leads = buys.map((row) => row.vs[symbol] ?? null).filter((each) => each !== null)
        const beat = leads.filter((each) => each > 0).length
        return [symbol, { beat, of: leads.length, share: leads.length > 0 ? beat / leads.length : null }]
      }),
    ),
    multi_baggers: { count: doubled.length, best: doubled.slice(0, BEST) },
  }
}
