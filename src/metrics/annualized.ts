/**
 * A period's return as a yearly rate: (1 + ratio)^(365 / days) − 1, actual/365. 0.21 over 730 days is 0.1.
 *
 * Null under 365 days, where the plain period return is shown instead (finance.md, "Annualized
 * figures"): a good week would read as a fortune. Null as well when more than everything was lost.
 */
export function annualized(ratio: number, days: number): number | null {
  if (days < 365 || ratio < -1) return null
  return Math.expm1((Math.log1p(ratio) * 365) / days)
}
