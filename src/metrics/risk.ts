import type { Day } from '../portfolio/day.ts'
import { type BestAndWorst, bestAndWorst } from './best-and-worst.ts'
import { type Drawdown, maxDrawdown } from './max-drawdown.ts'
import { volatility } from './volatility.ts'

/** How unsteady the way was; of the portfolio and of each benchmark by the same calculation. */
export type Risk = BestAndWorst & {
  volatility: number | null
  max_drawdown: number | null
  /** The fall that `max_drawdown` measures, with its days; `recovered` is null while it is not. */
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
 * From an index by day, null where there is no value; `opening` is what it was before the first day, null when the
 * first day is only where the others are measured from. All figures are of the same returns, those that the TWR
 * multiplies: with an `opening` the first day's own is among them. Days that a 24/7 symbol adds on weekends are not
 * trading days, and a gap is not one day's return: with one there is no volatility.
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
  // where the first return is measured from, and the days that have one
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
