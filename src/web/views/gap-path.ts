/** The page that explains the gap to a benchmark. */
export function gapPath(portfolio: string, benchmark: string): string {
  return `/portfolios/${portfolio}/gap?benchmark=${encodeURIComponent(benchmark)}`
}
