import { type Money, fromFloat, sum } from '../portfolio/decimal.ts'
import { type Metric, money, noValue } from './metric.ts'
import type { DayFlow, Period } from './period.ts'
import { investedIn, worth } from './worth.ts'

/** The same flows invested in a benchmark, as the API shows them. */
export type BenchmarkGain = {
  value: string | null
  /** The invested money of the portfolio, except for withdrawals that the benchmark could not pay. */
  invested: string | null
  gain: string | null
  /** The portfolio's value − the benchmark's. */
  gap: string | null
}

/**
 * Returns what the flows of a period are worth in a benchmark, and the gain on what was invested. `paid` are the
 * flows with the withdrawals that the benchmark could pay, beside those of the period, and `end` is its value after
 * the last of them (finance.md, "Benchmark, cash-flow matched").
 */
export function benchmarkGain(
  period: Period,
  paid: readonly DayFlow[],
  end: number,
): { value: Money; invested: Money; gain: Money } {
  const value = fromFloat(end)
  const unpaid = period.flows.flatMap(({ withdrawals }, i) => {
    const own = paid[i]!.withdrawals
    return own === withdrawals ? [] : [fromFloat(withdrawals) - fromFloat(own)]
  })
  const invested = investedIn(period) + sum(unpaid)
  return { value, invested, gain: value - invested }
}

export const benchmarkGainMetrics = {
  value: {
    name: 'Value',
    unit: 'money',
    formula: 'Σ (deposit − withdrawal) × total-return index now ÷ that of its day',
    method:
      'Every deposit buys the benchmark at that day’s close, and every withdrawal sells it; dividends are reinvested.',
    inputs: ({ invested, gain }) => [money('Invested', invested), money('Gain', gain)],
    missing: noValue,
  },
  invested: {
    ...worth.metrics.invested,
    method: 'The portfolio’s own money; a withdrawal counts only as far as the benchmark could cover it.',
  },
  gain: {
    name: 'Gain',
    unit: 'money',
    formula: 'value − invested',
    method: 'On the same money, put in and taken out on the same days.',
    inputs: ({ value, invested }) => [money('Value', value), money('Invested', invested)],
    missing: noValue,
  },
  gap: {
    name: 'Gap',
    unit: 'money',
    formula: 'value of the portfolio − value in the benchmark',
    method: 'Positive where the portfolio is ahead.',
    inputs: ({ value }, { portfolio }) => [money('Portfolio', portfolio.value), money('Benchmark', value)],
    missing: noValue,
  },
} satisfies Record<keyof BenchmarkGain, Metric<BenchmarkGain>>
