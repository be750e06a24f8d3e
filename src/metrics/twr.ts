/**
 * One day in money: what the portfolio was worth at the end, after withdrawals had left, and its external
 * flows.
 */
type ValueDay = { value: number; deposits: number; withdrawals: number }

/**
 * Time-weighted return: what one unit of money grew to, whatever was paid in or out on the way. Each day
 * multiplies by (value + withdrawals) / (previous value + deposits): money comes in at the start of its day
 * and leaves at the end.
 *
 * One figure for each day given; the index stands at 1, and the value at 0, before the first of them (to
 * start from a portfolio that exists, let the first day deposit its opening value). The return from one day
 * to another is the quotient of their figures less 1. A day that starts with nothing and gets nothing
 * contributes 1. Days without a value are left out by the caller, and their flows added to the next known
 * day.
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
