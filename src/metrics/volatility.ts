import { type Calculation, type Measured, returnDays } from './calculation.ts'
import { TRADING_DAYS } from './daily-returns.ts'
import { count, ratio } from './metric.ts'
import { deviation } from './sample.ts'

const missing = 'needs a return on each of at least two trading days'

export const volatilities = {
  measure(measured) {
    const { base, index, trading } = returnDays(measured)
    const figures = [base, ...index.filter((_, i) => trading[i])]
    // a return across a gap is not the return of one day, so there is no volatility
    const yearly = measured.index.includes(null) ? null : volatility(figures as number[])
    return { figures: { volatility: yearly }, reasons: { volatility: yearly === null ? missing : undefined } }
  },
  metrics: {
    volatility: {
      name: 'Volatility',
      unit: 'ratio',
      formula: 'standard deviation of a day’s log return × √252',
      method: 'Sample standard deviation of the logarithms of daily time-weighted returns, on trading days.',
      needs: 'value',
      inputs: ({ volatility: yearly }, { inputs }) => [
        ratio('Standard deviation of a day', yearly === null ? null : yearly / Math.sqrt(TRADING_DAYS)),
        count('Trading days', inputs?.trading_days),
      ],
      missing,
    },
  },
} satisfies Calculation<Measured, { volatility: number | null }>

/**
 * Returns the volatility, which says how far daily returns stray from their mean, as a yearly figure: the sample
 * standard deviation of the logarithms of day-to-day quotients of the TWR index, × √252. 0.2 is 20 % a year.
 *
 * The index is that of trading days only, oldest first, because weekends would count as days of perfect calm. Null
 * with fewer than two returns (three figures), and when the index has fallen to 0, which has no logarithm
 * (finance.md, "Volatility").
 */
export function volatility(index: readonly number[]): number | null {
  if (index.length < 3) return null
  const returns = index.slice(1).map((figure, i) => Math.log(figure / index[i]!))
  const daily = deviation(returns)
  return Number.isFinite(daily) ? daily * Math.sqrt(TRADING_DAYS) : null
}
