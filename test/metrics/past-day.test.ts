import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chart } from '../../src/metrics/chart.ts'
import { performance } from '../../src/metrics/performance.ts'
import { addDays, type Day } from '../../src/portfolio/day.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { holdingsOn } from '../../src/snapshot/holdings-table.ts'
import { closes, ledger } from '../notation.ts'
import { everyKind, ledgerOf, seeded } from '../portfolio/random-ledger.ts'

/** Every figure as of a day. */
function figuresOn(of: Ledger, day: Day) {
  const series = valuations(of, day)
  return {
    whole: performance(of, series),
    since: performance(of, series, addDays(day, -3)),
    holdings: holdingsOn(of, day, true),
    chart: chart(of, series),
  }
}

describe('a past day does not know the future (finance.md, "Periods")', () => {
  const market = closes({
    VOO: '2024-06-03 400, 2024-06-04 404, 2024-06-05 400, 2024-06-06 408, 2024-11-05 450',
    // Tokyo trades when New York does not
    '7203.T': '2024-06-03 20, 2024-06-07 21, 2024-06-10 20, 2024-06-11 22, 2024-11-05 30, in JPY',
    'JPYUSD=X': '2024-06-02 0.01, 2024-06-12 0.01',
  })
  const own = '2024-06-03 buy 1 VOO @ 400'

  it('volatility as of June does not move when a foreign share is bought in November', () => {
    const before = ledger(own, { markets: market })
    const after = ledger(`${own}\n2024-11-05 buy 5 7203.T @ 30`, { markets: market })
    expect(figuresOn(after, '2024-06-28')).toEqual(figuresOn(before, '2024-06-28'))
    expect(figuresOn(before, '2024-06-28').whole.volatility).not.toBeNull()
  })

  it('volatility counts the sessions of what was held, not those of a benchmark', () => {
    const alone = performance(
      ledger(own, { markets: market }),
      valuations(ledger(own, { markets: market }), '2024-06-28'),
    )
    const of = ledger(own, { markets: market, benchmarks: ['7203.T'] })
    const beside = performance(of, valuations(of, '2024-06-28'))
    expect(beside.volatility).toBe(alone.volatility)
    expect(beside.inputs!.trading_days).toBe(4)
  })

  it('no more sessions count once the last share is sold', () => {
    const of = ledger(`${own}\n2024-06-05 sell 1 VOO @ 400`, { markets: market })
    const { sessions, days } = valuations(of, '2024-06-28')
    expect(days.filter((_, i) => sessions[i])).toEqual(['2024-06-03', '2024-06-04', '2024-06-05'])
  })

  it('no figure of any ledger changes when a later trade is added', () => {
    const later = fc.constantFrom(
      'buy 5 AAA @ 7',
      'sell 0.0001 AAA @ 3',
      'buy 3 NEW @ 11',
      'buy 3 EUR @ 11',
      'dividend BBB 5',
      'fee 3',
      'fee 5 in CAD',
      'deposit 99',
      'withdrawal 99999',
      'buy 7 CCC @ 5',
    )
    const extra = closes({
      EUR: '2020-01-01 3, 2020-01-04 4, 2020-01-09 5, in EUR',
      'EURUSD=X': '2020-01-03 2',
      CCC: '2020-01-01 1, 2020-01-05 3, 2020-01-11 4',
    })
    fc.assert(
      fc.property(everyKind, later, fc.nat(100), (told, trade, part) => {
        const of = ledgerOf(told)
        const markets = new Map([...of.markets, ...extra])
        const before = ledger(told.text, { markets, benchmarks: ['BBB'] })
        const { days } = valuations(before, before.today)
        const day = days[Math.floor(((days.length - 1) * part) / 100)]
        if (day === undefined) return
        const after = ledger(`${told.text}\n${addDays(day, 1)} ${trade}`, { markets, benchmarks: ['BBB'] })
        expect(figuresOn(after, day)).toEqual(figuresOn(before, day))
      }),
      seeded,
    )
  })
})
