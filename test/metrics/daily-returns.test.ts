import { describe, expect, it } from 'vitest'
import { measureAll } from '../../src/metrics/calculation.ts'
import { alpha, beta, correlation } from '../../src/metrics/beta.ts'
import { capture } from '../../src/metrics/capture.ts'
import { risks, risksAgainst } from '../../src/metrics/catalog.ts'
import { dailyRate, dailyReturns, pairedReturns } from '../../src/metrics/daily-returns.ts'
import { sharpeRatio, sortinoRatio } from '../../src/metrics/reward-for-risk.ts'
import { informationRatio, trackingError } from '../../src/metrics/tracking-error.ts'

describe('the example of six days (finance.md, "Risk against a benchmark")', () => {
  const own = [0.012, -0.02, 0.016, 0.007, -0.009, 0.004]
  const theirs = [0.008, -0.015, 0.01, 0.006, -0.005, -0.001]

  it.each([
    ['beta', beta(own, theirs), 1.410456062],
    ['alpha', alpha(own, theirs, 0), 0.242282536],
    ['correlation', correlation(own, theirs), 0.980931436],
    ['Sharpe ratio', sharpeRatio(own, 0), 1.940654684],
    ['Sharpe ratio with a risk-free rate of 4 %', sharpeRatio(own, dailyRate(0.04)), 1.759417103],
    ['Sortino ratio', sortinoRatio(own, 0), 2.954963406],
    ['tracking error', trackingError(own, theirs), 0.074739548],
    ['information ratio', informationRatio(own, theirs), 3.933660409],
    ['up capture', capture(own, theirs, 'up'), 1.458333333],
    ['down capture', capture(own, theirs, 'down'), 1.19047619],
  ])('has a %s of %d', (_, figure, expected) => {
    expect(figure).toBeCloseTo(expected, 9)
  })

  it('has none of them where 60 days are needed', () => {
    const one = measureAll(risks, { since: null, returns: own, riskFree: 0, fault: null })
    const two = measureAll(risksAgainst, { since: null, own, theirs, riskFree: 0, fault: null })
    const { daily: _, common: __, captured: ___, ...figures } = { ...one.figures, ...two.figures }
    expect(new Set(Object.values(figures))).toEqual(new Set([null]))
    expect(Object.keys({ ...one.reasons, ...two.reasons }).toSorted()).toEqual(
      Object.keys(figures).toSorted(),
    )
    for (const reason of Object.values({ ...one.reasons, ...two.reasons }))
      expect(reason).toBe('needs 60 trading days; there are 6')
  })
})

describe('what does not vary', () => {
  const steady = Array<number>(70).fill(0.001)
  const other = steady.map((_, i) => (i % 2 === 0 ? 0.01 : -0.008))
  const against = (own: number[], theirs: number[]) =>
    measureAll(risksAgainst, { since: null, own, theirs, riskFree: 0, fault: null })

  it('has no Sharpe ratio, and without a day below the risk-free rate no Sortino ratio', () => {
    const { figures, reasons } = measureAll(risks, { since: null, returns: steady, riskFree: 0, fault: null })
    expect(figures).toMatchObject({ sharpe: null, sortino: null })
    expect(reasons).toEqual({
      sharpe: 'the returns do not vary',
      sortino: 'no day was below the risk-free rate',
    })
  })

  it('is no measure of another, and has no days on which it fell', () => {
    const { figures, reasons } = against(other, steady)
    expect(figures).toMatchObject({ beta: null, alpha: null, correlation: null, down_capture: null })
    expect(reasons).toMatchObject({ beta: 'the benchmark’s returns do not vary' })
    expect(reasons['down_capture']).toBe('the benchmark did not fall on any day')
    // the mean of 0.01 and −0.008 is 0.001
    expect(figures.up_capture).toBeCloseTo(1, 12)
  })

  it('has a beta of 0 against another, and no correlation', () => {
    const { figures } = against(steady, other)
    expect(figures.beta).toBeCloseTo(0, 12)
    expect(figures.correlation).toBeNull()
  })

  it('follows what is ahead by the same every day without an error', () => {
    const { figures, reasons } = against(
      other.map((each) => each + 0.001),
      other,
    )
    expect(figures).toMatchObject({ tracking_error: 0, information_ratio: null })
    expect(reasons).toEqual({ information_ratio: 'the difference to the benchmark does not vary' })
  })
})

describe('daily returns', () => {
  // Thursday to Tuesday, a weekend in between
  const days = ['2024-01-04', '2024-01-05', '2024-01-06', '2024-01-07', '2024-01-08', '2024-01-09']
  const trading = [true, true, false, false, true, true]
  const index = [0.95, 1.045, 1.05, 1.06, 0.9405, 0.98]
  const near = (...figures: number[]) => figures.map((each) => expect.closeTo(each, 12))

  it('have the weekend’s in Monday’s, and that of the first day where it began with money', () => {
    // 0.95/1, 1.045/0.95, 0.9405/1.045, 0.98/0.9405
    expect(dailyReturns({ days, trading, index, opening: 1 }, 0)).toMatchObject({
      since: null,
      returns: near(-0.05, 0.1, -0.1, 0.98 / 0.9405 - 1),
    })
    expect(dailyReturns({ days, trading, index, opening: null }, 0)).toMatchObject({
      since: '2024-01-04',
      returns: near(0.1, -0.1, 0.98 / 0.9405 - 1),
    })
  })

  it('are none where a day has no value, or all was lost', () => {
    const gap = dailyReturns({ days, trading, index: [1, 1, null, 1, 1, 1], opening: 1 }, 0)
    expect(gap).toMatchObject({ returns: [], fault: 'a day in between has no value' })
    const lost = dailyReturns({ days, trading, index: [1, 0, 0, 0, 0, 0], opening: 1 }, 0)
    expect(lost).toMatchObject({ returns: [], fault: 'nothing can be measured after a total loss' })
  })

  it('beside a benchmark are of the days that both have, each since the one before', () => {
    // it begins on Friday and has no close on Monday
    const levels = new Map([
      ['2024-01-05', 50],
      ['2024-01-09', 55],
    ])
    const carried = (day: string) => (day < '2024-01-05' ? null : day < '2024-01-09' ? 50 : 55)
    const pair = pairedReturns({ days, trading, index, opening: 1 }, carried, (day) => levels.has(day), 0)
    expect(pair).toMatchObject({
      since: '2024-01-05',
      own: near(0.98 / 1.045 - 1),
      theirs: near(0.1),
      fault: null,
    })
  })

  it('beside a benchmark that has no price are none', () => {
    const none = pairedReturns(
      { days, trading, index, opening: 1 },
      () => null,
      () => false,
      0,
    )
    expect(none).toMatchObject({ since: null, own: [], theirs: [] })
  })
})
