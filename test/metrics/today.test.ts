import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { performance } from '../../src/metrics/performance.ts'
import { today } from '../../src/metrics/today.ts'
import { text } from '../../src/portfolio/decimal.ts'
import { dayChanges } from '../../src/portfolio/day-change.ts'
import { holdings } from '../../src/portfolio/holding.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { closes, dec, ledger } from '../notation.ts'
import { everyKind, ledgerOf, seeded } from '../portfolio/random-ledger.ts'

function todayOf(of: Ledger) {
  const series = valuations(of, of.today)
  return today(of, holdings(of, of.today), series, performance(of, series))
}

/** What was gained from the close of a day on. */
const gainSince = (of: Ledger, day: string) => performance(of, valuations(of, of.today), day).total_gain

const bySymbol = (of: Ledger) =>
  Object.fromEntries(
    holdings(of, of.today).map(({ symbol, dayChange }) => [symbol, dayChange && text(dayChange.amount)]),
  )

describe('a holding that did not trade in the latest session', () => {
  const traded = '2024-01-02 buy 1 VOO @ 400\n2024-01-02 buy 2 OLD @ 50'

  it('contributes 0 when it was halted a week ago', () => {
    const of = ledger(traded, {
      markets: closes({ VOO: '2024-01-11 400, 2024-01-12 410', OLD: '2024-01-03 50, 2024-01-04 60' }),
    })
    expect(bySymbol(of)).toEqual({ VOO: '10', OLD: '0' })
    expect(todayOf(of)).toMatchObject({ change: '10', base: '520', left_out: [] })
  })

  it('contributes 0 on its own exchange’s holiday', () => {
    const of = ledger(traded, {
      markets: closes({
        VOO: '2024-01-04 400, 2024-01-05 410',
        OLD: '2024-01-03 50, 2024-01-04 60',
      }),
    })
    expect(bySymbol(of)).toEqual({ VOO: '10', OLD: '0' })
  })

  it('contributes 0 when it has no quote', () => {
    const of = ledger(`${traded}\n2024-01-03 buy 1 MY-HOUSE @ 1000`, {
      markets: closes({ VOO: '2024-01-04 400, 2024-01-05 410', OLD: '2024-01-04 60, 2024-01-05 61' }),
    })
    expect(bySymbol(of)).toEqual({ VOO: '10', OLD: '2', 'MY-HOUSE': '0' })
  })
})

describe('a holding whose owner sets its price', () => {
  const [house] = closes({ 'MY-HOUSE': '2024-01-03 1000, 2024-01-10 1100' }).values()
  const on = (today: string) =>
    ledger('2024-01-02 buy 1 MY-HOUSE @ 1000', {
      today,
      markets: new Map([['MY-HOUSE', { ...house!, byHand: true as const }]]),
    })

  it('changes by what its latest price says for seven days, and not any more afterwards', () => {
    expect(todayOf(on('2024-01-17'))).toMatchObject({ since: '2024-01-09', change: '100' })
    expect(todayOf(on('2024-01-18'))).toMatchObject({ since: '2024-01-17', change: '0', base: '1100' })
  })
})

describe('what belongs to the day', () => {
  const markets = closes({ VOO: '2024-01-04 400, 2024-01-05 398' })
  const held = '2024-01-02 buy 10 VOO @ 390'

  it('is a dividend with that ex-date', () => {
    const of = ledger(`${held}\n2024-01-05 dividend VOO 20`, { markets })
    // the price fell by what was paid
    expect(todayOf(of).change).toBe('0')
  })

  it('is the fee of a trade and of the account', () => {
    const of = ledger(`${held}\n2024-01-05 sell 1 VOO @ 398 fee 3\n2024-01-05 fee 2`, { markets })
    // 10 × −2 − 3 − 2
    expect(todayOf(of).change).toBe('-25')
    expect(text(dayChanges(of, holdings(of, of.today), of.today).unassigned)).toBe('-2')
  })

  it('is no deposit and no withdrawal', () => {
    const of = ledger(`${held}\n2024-01-05 deposit 500\n2024-01-05 withdrawal 100`, { markets })
    expect(todayOf(of).change).toBe('-20')
  })

  it('is a dividend of what was sold that day', () => {
    const of = ledger(`${held}\n2024-01-05 sell 10 VOO @ 398\n2024-01-05 dividend VOO 20`, { markets })
    expect(todayOf(of).change).toBe('0')
  })
})

it('a benchmark is measured over the same days, its dividend among them', () => {
  const of = ledger('2024-01-02 buy 1 VOO @ 390', {
    markets: closes({
      VOO: '2024-01-04 400, 2024-01-05 410',
      SPY: '2024-01-04 100, 2024-01-05 99, 2024-01-05 dividend 2',
    }),
    benchmarks: ['SPY'],
  })
  // 100 × (1 − 2/100) = 98
  expect(todayOf(of).benchmarks['SPY']).toBeCloseTo(99 / 98 - 1, 12)
})

describe('today’s change of any ledger', () => {
  it('is the gain since the close before the latest session, to the cent', () => {
    let counted = 0
    fc.assert(
      fc.property(everyKind, fc.nat(40), (told, back) => {
        const whole = ledgerOf(told)
        const days = valuations(whole, whole.today).days
        const asOf = days[Math.max(0, days.length - 1 - back)]
        if (asOf === undefined) return
        const of = { ...whole, today: asOf }
        const { change, since, left_out } = todayOf(of)
        expect(left_out).toEqual([])
        if (change === null) return
        counted++
        const off = dec(change) - dec(gainSince(of, since)!)
        expect(off < dec('0.005') && off > dec('-0.005')).toBe(true)
      }),
      seeded,
    )
    expect(counted).toBeGreaterThan(100)
  })

  it('is the sum of its holdings’ changes and of the account’s fees', () => {
    fc.assert(
      fc.property(everyKind, (told) => {
        const of = ledgerOf(told)
        const valued = holdings(of, of.today)
        const { unassigned } = dayChanges(of, valued, of.today)
        const sum = valued.reduce((all, { dayChange }) => all + dayChange!.amount, unassigned)
        const { change } = todayOf(of)
        // nothing was ever held: there is no change, and no fee that would be one
        expect(change ?? text(sum)).toBe(text(sum))
      }),
      seeded,
    )
  })
})
