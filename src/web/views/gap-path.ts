import type { Range } from '../../metrics/range.ts'

/** How the page divides a gap: among what, unless that is holdings, and over which period. */
export type Division = { by: 'lot' | 'year' | null; range: Range }

export const undivided: Division = { by: null, range: 'all' }

/** The page that explains the gap to a benchmark, of the whole history and by holding unless it says otherwise. */
export function gapPath(portfolio: string, benchmark: string, { by, range }: Division = undivided): string {
  const divided = by === null ? '' : `&by=${by}`
  const within = range === 'all' ? '' : `&range=${range}`
  return `/portfolios/${portfolio}/gap?benchmark=${encodeURIComponent(benchmark)}${divided}${within}`
}

/**
 * The page of the flows behind one figure of it: a symbol's, or a line's such as `cash_drag`; of one purchase with
 * `lot`, of one sale with `sale`.
 */
export function trailPath(
  portfolio: string,
  benchmark: string,
  part: string,
  trade: { lot?: string | undefined; sale?: string | undefined } = {},
): string {
  const { lot, sale } = trade
  const of = lot !== undefined ? `&lot=${lot}` : sale !== undefined ? `&sale=${sale}` : ''
  return `/portfolios/${portfolio}/gap/${encodeURIComponent(part)}?benchmark=${encodeURIComponent(benchmark)}${of}`
}
