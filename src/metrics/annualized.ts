/**
 * Converts the return of a period to a yearly rate: (1 + ratio)^(365 / days) − 1, actual/365. 0.21 over 730 days is
 * 0.1.
 *
 * It is null under 365 days, because a good week would read as a fortune; the plain return of the period is shown
 * instead (finance.md, "Annualized figures"). It is also null when more than everything was lost.
 */
export function annualized(ratio: number, days: number): number | null {
  if (days < 365 || ratio < -1) return null
  return Math.expm1((Math.log1p(ratio) * 365) / days)
}
