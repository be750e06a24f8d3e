import type { LongRange } from '../../metrics/range.ts'
import { addressOf } from './portfolio-page.tsx'

/** What the page of risk and months shows: of which range, and beside which benchmark. */
export type RiskChoice = { range: LongRange; vs: string | null }

/** The page, of the whole history and beside the first benchmark unless it says otherwise. */
export function riskPath(portfolio: string, { range, vs }: RiskChoice): string {
  return addressOf(`/portfolios/${portfolio}/risk`, query({ range, vs }))
}

/** The page that explains one of its figures. */
export function riskFigurePath(portfolio: string, figure: string, { range, vs }: RiskChoice): string {
  return addressOf(`/portfolios/${portfolio}/risk/${figure}`, query({ range, vs }))
}

/** The lines of its chart. */
export function rollingPath(portfolio: string, { range }: RiskChoice): string {
  return `/portfolios/${portfolio}/risk/rolling.json?range=${range}`
}

function query({ range, vs }: RiskChoice) {
  return { range: range === 'all' ? null : range, vs }
}
