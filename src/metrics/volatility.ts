/** The number of trading days in a year, by the convention of the trade. */
const TRADING_DAYS = 252

/**
 * Returns the volatility, which says how far daily returns stray from their mean, as a yearly figure: the sample
 * standard deviation of the logarithms of day-to-day quotients of the TWR index, × √252. 0.2 is 20 % a year.
 *
 * The index is that of trading days only, oldest first, because weekends would count as days of perfect calm. Null
 * with fewer than two returns (three figures), and when the index has fallen to 0, which has no logarithm
 * (finance.md, "Volatility").
 */
export function volatility(index: readonly number[]): number | null {
  const returns = index.slice(1).map((figure, i) => Math.log(figure / index[i]!))
  if (returns.length < 2 || !returns.every(Number.isFinite)) return null
  const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length
  const squares = returns.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return Math.sqrt(squares / (returns.length - 1)) * Math.sqrt(TRADING_DAYS)
}
