/** One day in money: the portfolio's value at the end, after withdrawals have left, and its external flows. */
type ValueDay = { value: number; deposits: number; withdrawals: number }

/**
 * Returns the time-weighted index: what one unit of money has grown to, whatever was paid in or out on the way. Each
 * day multiplies it by (value + withdrawals) / (previous value + deposits), because money comes in at the start of
 * its day and leaves at the end.
 *
 * There is one figure for each day. Before the first day the index is 1 and the value is 0; to start from an existing
 * portfolio, let the first day deposit its opening value. The return between two days is the quotient of their
 * figures − 1. A day that starts with nothing and gets nothing contributes 1. The caller leaves out days without a
 * value and adds their flows to the next known day.
 *
 * finance.md, "TWR"; the "true" time-weighted return of the GIPS standards with daily valuation.
 */
export function twrIndex(days: readonly ValueDay[]): number[] {
  let index = 1
  let previous = 0
  return days.map(({ value, deposits, withdrawals }) => {
    const start = previous + deposits
    if (start !== 0) index *= (value + withdrawals) / start
    previous = value
    return index
  })
}
