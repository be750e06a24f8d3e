import { describe, expect, it } from 'vitest'
import { benchmarkMetrics, portfolioMetrics } from '../../src/metrics/catalog.ts'
import { explainable, explanation } from '../../src/metrics/explain.ts'
import { performance } from '../../src/metrics/performance.ts'
import { today } from '../../src/metrics/today.ts'
import { holdings } from '../../src/portfolio/holding.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { closes, ledger } from '../notation.ts'

const of = ledger(
  `2022-01-03 buy 10 XYZ @ 100 fee 2
   2022-06-01 deposit 500
   2023-01-03 sell 4 XYZ @ 120 fee 1
   2023-03-01 dividend XYZ 6`,
  {
    markets: closes({
      XYZ: '2022-01-03 100, 2022-06-01 90, 2023-01-03 118, 2023-03-01 112, 2023-03-02 115',
      VOO: '2022-01-03 380, 2022-06-01 350, 2023-01-03 390, 2023-03-01 402, 2023-03-02 401',
    }),
    benchmarks: ['VOO'],
  },
)
const series = valuations(of, of.today)
const summary = performance(of, series)
const figures = { ...summary, today: today(of, holdings(of, of.today), series, summary) }

/** What an answer has besides its figures; the days in `drawdown` are the inputs of `max_drawdown`. */
const others = ['as_of', 'from', 'benchmarks', 'inputs', 'reasons', 'drawdown']
const named = (answer: object) => Object.keys(answer).filter((key) => !others.includes(key))

describe('the catalog', () => {
  it.each([
    ['the portfolio', portfolioMetrics, named(figures)],
    ['a benchmark', benchmarkMetrics, [...named(figures.benchmarks['VOO']!), 'today']],
  ])('has an entry for every figure of %s, and no other', (_, metrics, answered) => {
    expect(Object.keys(metrics).toSorted()).toEqual(answered.toSorted())
    for (const { name, unit, formula, method, missing } of Object.values(metrics)) {
      expect(['money', 'ratio']).toContain(unit)
      for (const words of [name, formula, method, missing]) expect(words).toMatch(/\S{3}/)
    }
  })

  it('gives no two figures of one answer the same name', () => {
    for (const metrics of [portfolioMetrics, benchmarkMetrics]) {
      const names = Object.values(metrics).map(({ name }) => name)
      expect(new Set(names).size).toBe(names.length)
    }
  })

  it.each([
    ...Object.entries(portfolioMetrics).map(([name, metric]) => [name, metric] as const),
    ...Object.entries(benchmarkMetrics).map(([name, metric]) => [`benchmarks.VOO.${name}`, metric] as const),
  ])('explains %s, in the unit of its entry', (figure, { unit, formula, method }) => {
    expect(explainable(figures)).toContain(figure)
    const { result, ...explained } = explanation(figure, figures)!
    expect(explained).toMatchObject({ formula, method, reason: null })
    // money is decimal text, a ratio is a number
    expect(typeof result === 'number' ? 'ratio' : 'money').toBe(unit)
    expect(String(Number(result))).toBe(String(result))
  })

  it('gives every metric that needs a value the reason why there is none', () => {
    const unpriced = ledger('2024-01-02 buy 1 NEW @ 100 in EUR', { benchmarks: ['VOO'] })
    const { reasons } = performance(unpriced, valuations(unpriced, unpriced.today))
    const needy = Object.entries(portfolioMetrics).filter(([, { needs }]) => needs === 'value')
    expect(needy.length).toBeGreaterThan(5)
    for (const [figure] of needy) expect(reasons[figure]).toBe('no exchange rate from EUR to USD yet')
  })
})
