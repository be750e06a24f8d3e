/** The page that explains the gap to a benchmark. */
export function gapPath(portfolio: string, benchmark: string): string {
  return `/portfolios/${portfolio}/gap?benchmark=${encodeURIComponent(benchmark)}`
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
