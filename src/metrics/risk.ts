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
 * first day is only where the others are measured from. Days that a 24/7 symbol adds on weekends are not trading
 * days, and a gap is not one day's return: with one there is no volatility.
 */
export function risk(
  days: readonly Day[],
  index: readonly (number | null)[],
  trading: readonly boolean[],
  opening: number | null,
): Risk {
  const knownDays: Day[] = []
  const known: number[] = []
  const traded: number[] = []
  for (const [i, figure] of index.entries()) {
    if (figure === null) continue
    knownDays.push(days[i]!)
    known.push(figure)
    if (trading[i]) traded.push(figure)
  }
  const drawdown = maxDrawdown(knownDays, known)
  return {
    volatility: known.length < days.length ? null : volatility(traded),
    max_drawdown: drawdown && drawdown.ratio,
    drawdown,
    ...(opening === null
      ? bestAndWorst(days.slice(1), index.slice(1), trading.slice(1), index[0] ?? null)
      : bestAndWorst(days, index, trading, opening)),
  }
}
