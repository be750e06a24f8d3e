import type { Day } from '../portfolio/day.ts'
import type { TransactionRow } from './transaction-row.ts'

/** How the buys have done, each taken for itself, whatever was sold since. */
export type Picks = {
  count: number
  /**
   * By benchmark: how many returned more than it did since their day, dividends reinvested on both sides, of those of
   * which both returns are known.
   */
  beat: Record<string, { beat: number; of: number; share: number | null }>
  /** Worth twice what they cost or more: how many, and the best of them; 2 is twice. */
  multi_baggers: { count: number; best: MultiBagger[] }
}

type MultiBagger = { transaction: string; symbol: string; date: Day; multiple: number }

const BEST = 20

/** `share` is null where no buy can be compared. */
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
