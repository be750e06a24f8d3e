import { rangeStarts } from '../metrics/range.ts'
import { dayAt } from '../portfolio/day.ts'
import { TIME_ZONE } from '../portfolio/time.ts'
import type { BestAndWorst } from '../snapshot/decision-row.ts'
import type { GapReport } from '../snapshot/gap-report.ts'
import { type Asking, found } from './access/portfolio-scope.tsx'
import { isNamed } from './chart-range.ts'
import { type Division, undivided } from './views/gap-path.ts'

/** A gap as a page divides it, with what is not in the snapshot. */
export type DividedGap = {
  division: Division
  /** Null of the whole history by holding, which is in the snapshot. */
  report: GapReport | null
  /** The purchases and sales of the period that won and lost most; null when the page does not show them. */
  decided: BestAndWorst | null
}

export const wholeGap: DividedGap = { division: undivided, report: null, decided: null }

/** Asks for what the snapshot lacks, which is nothing for the whole history by holding without decisions. */
export async function dividedGap(
  { actor, coordinator, asOf, look }: Asking,
  benchmark: string | null,
  division: Division,
  decisions: number,
): Promise<DividedGap> {
  if (benchmark === null) return wholeGap
  const { by, range } = division
  const from = rangeStarts[range](asOf ?? dayAt(Date.now(), TIME_ZONE))
  const isWhole = by === null && from === null
  const report = isWhole
    ? null
    : found(await coordinator.gap(actor, benchmark, asOf, from, by ?? 'symbol', look))
  const decided =
    // a what-if judges no decision
    decisions === 0 || benchmark === look?.whatIf
      ? null
      : found(await coordinator.bestAndWorst(actor, benchmark, decisions, from, asOf, look))
  return { division, report, decided }
}

/** Of the whole history and by holding, unless something else is named. */
export function readDivision(by: string | undefined, range = ''): Division {
  return { by: by === 'lot' || by === 'year' ? by : null, range: isNamed(range) ? range : 'all' }
}
