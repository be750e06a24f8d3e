import type { Day } from '../portfolio/day.ts'
import { type BestAndWorst, bestAndWorst } from './best-and-worst.ts'
import { type Drawdown, maxDrawdown } from './max-drawdown.ts'
import { volatility } from './volatility.ts'

/** The risk of a portfolio or of a benchmark, by the same calculation. */
export type Risk = BestAndWorst & {
  volatility: number | null
  max_drawdown: number | null
  /** The fall that `max_drawdown` measures, with its days; `recovered` is null while it has not recovered. */
  drawdown: Drawdown | null
}

export const noRisk: Risk = {
  volatility: null,
  max_drawdown: null,
  drawdown: null,
  best_day: null,
  worst_day: null,
  best_month: null,
  worst_month: null,
}

/**
 * Returns the risk of an index by day, which is null on days without a value. `opening` is the index before the first
 * day, or null when the first day is only the base for the others. All figures use the returns that the TWR
 * multiplies; with an `opening` the first day's return is among them. Weekend days, which a 24/7 symbol adds, are no
 * trading days. A gap is not the return of one day, so with a gap there is no volatility.
 */
export function risk(
  days: readonly Day[],
  index: readonly (number | null)[],
  trading: readonly boolean[],
  opening: number | null,
): Risk {
  const drawdown = maxDrawdown(
    days.filter((_, i) => index[i] !== null),
    index.filter((figure) => figure !== null),
    opening,
  )
  // the base of the first return, and the days that have a return
  const before = opening ?? index[0] ?? null
  const first = opening === null ? 1 : 0
  const [ownDays, own, ownTrading] = [days.slice(first), index.slice(first), trading.slice(first)]
  const traded = [before, ...own.filter((_, i) => ownTrading[i])]
  return {
    volatility: index.includes(null) ? null : volatility(traded as number[]),
    max_drawdown: drawdown && drawdown.ratio,
    drawdown,
    ...bestAndWorst(ownDays, own, ownTrading, before),
  }
}
