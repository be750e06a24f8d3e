/** The page that explains the gap to a benchmark, by holding unless it says by what. */
export function gapPath(portfolio: string, benchmark: string, by: 'lot' | 'year' | null = null): string {
  return `/portfolios/${portfolio}/gap?benchmark=${encodeURIComponent(benchmark)}${by === null ? '' : `&by=${by}`}`
}

/** The page of the flows behind one figure of it: a symbol's, or a line's such as `cash_drag`; of one purchase with `lot`, of one sale with `sale`. */
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
