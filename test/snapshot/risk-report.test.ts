import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../src/portfolio/day.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { type RiskReport, riskReport } from '../../src/snapshot/risk-report.ts'
import { closes, dec, ledger } from '../notation.ts'
import { everyKind, ledgerOf, seeded } from '../portfolio/random-ledger.ts'

const reported = (of: Ledger, from: string | null = null): RiskReport =>
  riskReport(of, valuations(of, of.today), from, 0)

describe('contributions to a period (finance.md, "Contribution")', () => {
  const of = ledger(
    `2024-01-02 buy 10 X @ 100
     2024-01-02 buy 1 GONE @ 50
     2024-02-01 sell 1 GONE @ 45
     2024-02-01 deposit 100
     2024-03-05 dividend X 12.50
     2024-03-06 fee 3`,
    { markets: closes({ X: '2024-01-02 100, 2024-03-04 90, 2024-03-07 104', GONE: '2024-02-01 45' }) },
  )

  it('are of the whole history what each symbol has brought, the largest first', () => {
    const { contributions, unassigned, figures } = reported(of)
    // 10 × 4 + 12.50 and 45 − 50, of 1,050 + 100 put in
    expect(contributions).toEqual([
      { symbol: 'X', name: 'X Inc.', is_open: true, amount: '52.5', ratio: 52.5 / 1150 },
      { symbol: 'GONE', name: 'GONE Inc.', is_open: false, amount: '-5', ratio: -5 / 1150 },
    ])
    expect(unassigned).toEqual({ amount: '-3', ratio: -3 / 1150 })
    expect(figures.total_gain).toBe('44.5')
  })

  it('of a period are what it added, and leave out what was sold before', () => {
    const { contributions, figures } = reported(of, '2024-03-04')
    // 10 × 14 + 12.50, of 900 + 145 at the start
    expect(contributions).toEqual([
      { symbol: 'X', name: 'X Inc.', is_open: true, amount: '152.5', ratio: 152.5 / 1045 },
    ])
    expect(figures.from).toBe('2024-03-04')
  })

  it('of a period that begins before the first day are those of the whole', () => {
    expect(reported(of, '2020-01-01')).toEqual(reported(of))
  })

  it('law: they add up to the gain and to the simple return of the period, of any ledger', () => {
    fc.assert(
      fc.property(everyKind, fc.nat(60), (told, later) => {
        const whole = ledgerOf(told, { benchmarks: ['BBB'] })
        for (const from of [null, addDays('2020-01-02', later)]) {
          if (from !== null && from >= whole.today) continue
          const { contributions, unassigned, figures } = reported(whole, from)
          const all = [...contributions, unassigned]
          if (all.some(({ amount }) => amount === null) || figures.total_gain === null) continue
          const sum = all.reduce((total, { amount }) => total + dec(amount!), 0n)
          expect(sum).toBe(dec(figures.total_gain))
          if (figures.simple_return === null) continue
          const ratio = all.reduce((total, each) => total + each.ratio!, 0)
          expect(ratio).toBeCloseTo(figures.simple_return, 6)
        }
      }),
      seeded,
    )
  })
})

describe('a young portfolio', () => {
  const young = (days: number, benchmarks: string[]) => {
    const prices = Array.from({ length: days }, (_, i) => `${addDays('2024-01-02', i)} ${100 + (i % 3)}`)
    return reported(
      ledger('2024-01-02 buy 10 X @ 100', { markets: closes({ X: prices.join(', ') }), benchmarks }),
    )
  }

  it.each([
    [1, []],
    [1, ['X', '4 %']],
    [20, ['X', '4 %']],
  ])('of %d days, against %j, says of each figure why there is none yet', (days, benchmarks) => {
    const { figures, months, rolling, contributions } = young(days, benchmarks)
    for (const figure of ['sharpe', 'sortino'] as const)
      expect([figures[figure], figures.reasons[figure]]).toEqual([
        null,
        expect.stringMatching(/^needs 60 trading days; there are \d+$/),
      ])
    for (const symbol of benchmarks)
      for (const figure of ['beta', 'alpha', 'correlation', 'information_ratio', 'up_capture'] as const)
        expect([
          figures.benchmarks[symbol]![figure],
          figures.reasons[`benchmarks.${symbol}.${figure}`],
        ]).toEqual([null, expect.stringMatching(/^needs 60 trading days/)])
    expect(figures.volatility === null).toBe(days === 1)
    expect(months.months.map(({ name }) => name)).toEqual(['2024-01'])
    expect(rolling.days).toEqual([])
    // 10 × (100 + 19 % 3 − 100), and of the first day nothing
    expect(contributions.map(({ amount }) => amount)).toEqual([days === 1 ? '0' : '10'])
  })

  it('that never moves has no volatility, and says what cannot be divided by it', () => {
    const still = Array.from({ length: 90 }, (_, i) => `${addDays('2024-01-02', i)} 100`).join(', ')
    const { figures } = reported(
      ledger('2024-01-02 buy 10 X @ 100', { markets: closes({ X: still }), benchmarks: ['X'] }),
    )
    expect(figures).toMatchObject({ volatility: 0, max_drawdown: 0, sharpe: null, sortino: null })
    expect(figures.benchmarks['X']).toMatchObject({ beta: null, tracking_error: 0, up_capture: null })
    expect(figures.reasons).toMatchObject({
      sharpe: 'the returns do not vary',
      'benchmarks.X.beta': 'the benchmark’s returns do not vary',
      'benchmarks.X.information_ratio': 'the difference to the benchmark does not vary',
      'benchmarks.X.up_capture': 'the benchmark did not rise on any day',
    })
  })
})

it('an empty ledger has neither months nor contributions, and says why it has no figures', () => {
  const { figures, months, rolling, contributions, unassigned } = reported(
    ledger('', { today: '2024-01-02' }),
  )
  expect({ months, rolling, contributions }).toEqual({
    months: { since: null, months: [], years: [] },
    rolling: { days: [], twr: [], benchmarks: {} },
    contributions: [],
  })
  expect(unassigned).toEqual({ amount: '0', ratio: null })
  expect(figures.reasons['sharpe']).toBe('there are no transactions yet')
})
