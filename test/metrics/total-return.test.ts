import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { versus } from '../../src/metrics/total-return.ts'
import { addDays } from '../../src/portfolio/day.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { factsheet } from '../../src/snapshot/factsheet.ts'
import { holdingsOn } from '../../src/snapshot/holdings-table.ts'
import { picks } from '../../src/snapshot/picks.ts'
import { transactionRows } from '../../src/snapshot/transaction-row.ts'
import { closes, ledger } from '../notation.ts'
import { seeded } from '../portfolio/random-ledger.ts'

/** finance.md, "Fair comparison": X closes at 100, 101.5, 100.5 (1.50 ex that day) and 102. */
const X = '2024-01-02 100, 2024-01-03 101.5, 2024-01-04 100.5, 2024-01-04 dividend 1.50, 2024-01-05 102'
const markets = closes({ X })
const against = (text: string, about: Partial<Ledger> = {}) =>
  ledger(text, { markets, benchmarks: ['X'], ...about })

const holding = (of: Ledger, asOf = of.today) => holdingsOn(of, asOf).holdings[0]!
const lotsOf = (of: Ledger, asOf = of.today) => Object.values(holdingsOn(of, asOf, true).lots).flat()
const row = (of: Ledger, id: string) => transactionRows(of).find((each) => each.id === id)!
const sales = (of: Ledger, symbol = 'X') =>
  factsheet(of, symbol, { quoteFetchedAt: new Map(), held: new Map(), refusals: new Map() })!.sales

describe('the example of X against X', () => {
  it('bought at the close of 100 has returned 3.53 % and stands 0.00 points from X', () => {
    const of = against('2024-01-02 buy 10 X @ 100')
    for (const found of [holding(of), lotsOf(of)[0]!, row(of, '1')]) {
      expect(found.total_return).toBeCloseTo(0.0353, 10)
      expect(found.benchmarks['X']).toBeCloseTo(0.0353, 10)
      expect(found.vs).toEqual({ X: 0 })
      // the price alone: 102 ÷ 100 − 1
      expect(found.gain_ratio).toBeCloseTo(0.02, 12)
    }
    expect(picks(transactionRows(of), ['X']).beat['X']).toEqual({ beat: 0, of: 1, share: 0 })
  })

  it('bought at 99 has returned 4.5758 %', () => {
    const of = against('2024-01-02 buy 10 X @ 99')
    for (const found of [holding(of), lotsOf(of)[0]!, row(of, '1')]) {
      // 1.0353 × 100 ÷ 99 − 1
      expect(found.total_return).toBeCloseTo(0.045757575758, 10)
      expect(found.vs['X']).toBeCloseTo(0.045757575758 - 0.0353, 10)
    }
    expect(picks(transactionRows(of), ['X']).beat['X']).toEqual({ beat: 1, of: 1, share: 1 })
  })
})

describe('a holding', () => {
  it('weighs its open lots by their cost', () => {
    const of = against('2024-01-02 buy 1 X @ 100\n2024-01-04 buy 2 X @ 100')
    // 103.53 and 2 × 102, of 300
    expect(holding(of).total_return).toBeCloseTo((103.53 + 204) / 300 - 1, 10)
    // the second lot at 100 instead of the close of 100.5: 2 × (102 ÷ 100 − 102 ÷ 100.5) of 3
    expect(holding(of).vs['X']).toBeCloseTo((2 * (1.02 - 102 / 100.5)) / 3, 10)
  })

  it('counts no dividend after the requested day', () => {
    // 101.5 ÷ 100 − 1
    expect(holding(against('2024-01-02 buy 10 X @ 100'), '2024-01-03')).toMatchObject({
      total_return: expect.closeTo(0.015, 12),
      vs: { X: 0 },
    })
  })

  it('bought on the ex-date misses the dividend, as X does', () => {
    expect(holding(against('2024-01-04 buy 10 X @ 100.5'))).toMatchObject({
      total_return: expect.closeTo(102 / 100.5 - 1, 12),
      vs: { X: 0 },
    })
  })

  it('counts the fee of its purchase, which the benchmark does not pay', () => {
    // 10 × 103.53 of 1010
    expect(holding(against('2024-01-02 buy 10 X @ 100 fee 10')).total_return).toBeCloseTo(
      1035.3 / 1010 - 1,
      10,
    )
  })

  it('whose split only the ledger knows has the shares of after it', () => {
    const of = against('2024-01-02 buy 10 X @ 100\n2024-01-03 split X 2:1')
    // 20 × 102, with the dividend reinvested on 20
    expect(holding(of).total_return).toBeCloseTo((20 * 103.53) / 1000 - 1, 10)
    expect(lotsOf(of)[0]!.total_return).toBeCloseTo((20 * 103.53) / 1000 - 1, 10)
    expect(row(of, '1').total_return).toBeCloseTo((20 * 103.53) / 1000 - 1, 10)
  })

  it.each([
    ['a renaming', 'exchange OLD into X ratio 1:1'],
    // 2 of the 10 shares are sold
    ['a merger with cash in lieu', 'exchange OLD into X ratio 1:1 shares 8 cash 200'],
    ['a spin-off', 'spin_off OLD into X shares 5 takes 0.5'],
  ])('goes on comparing with what was paid, where capital came back before %s', (_, became) => {
    // OLD was X: what it paid that day is what came back
    const of = against(
      `2024-01-02 buy 10 OLD @ 100\n2024-01-04 return_of_capital OLD 15\n2024-01-05 ${became}`,
    )
    const found = holdingsOn(of, of.today, true).holdings.find(({ symbol }) => symbol === 'X')!
    expect(found.total_return).toBeCloseTo(0.0353, 10)
    expect(found.vs).toEqual({ X: 0 })
    expect(holdingsOn(of, of.today, true).lots['X']).toMatchObject([{ vs: { X: 0 } }])
  })

  it('bought before the first close cannot be compared, and says so', () => {
    const of = against('2023-12-01 buy 10 X @ 100')
    const reason = 'no price for X on 2023-12-01'
    for (const found of [holding(of), lotsOf(of)[0]!, row(of, '1')])
      expect(found).toMatchObject({ total_return: null, vs: { X: null }, reasons: { total_return: reason } })
  })

  it('without a price or a cost has none, and says why', () => {
    const unpriced = against('2024-01-02 buy 1 NONE @ 5')
    const nothing = 'no price for NONE on 2024-01-02'
    for (const found of [holding(unpriced), lotsOf(unpriced)[0]!, row(unpriced, '1')])
      expect(found).toMatchObject({ total_return: null, vs: { X: null }, reasons: { total_return: nothing } })
    const foreign = against('2024-01-02 buy 1 E @ 5', { markets: closes({ X, E: 'in EUR, 2024-01-02 5' }) })
    const noRate = 'no exchange rate from EUR to USD yet'
    for (const found of [holding(foreign), lotsOf(foreign)[0]!, row(foreign, '1')])
      expect(found).toMatchObject({ total_return: null, vs: { X: null }, reasons: { total_return: noRate } })
  })
})

describe('a sale', () => {
  it('is compared up to its own price and day', () => {
    const of = against('2024-01-02 buy 10 X @ 100\n2024-01-03 sell 10 X @ 103 fee 10')
    // 1020 ÷ 1000 − 1 against 101.5 ÷ 100 − 1
    for (const found of [sales(of)[0]!, row(of, '2')]) {
      expect(found.total_return).toBeCloseTo(0.02, 12)
      expect(found.benchmarks['X']).toBeCloseTo(0.015, 12)
      expect(found.vs['X']).toBeCloseTo(0.005, 12)
    }
  })

  it('on the ex-date still has the dividend', () => {
    const of = against('2024-01-02 buy 10 X @ 100\n2024-01-04 sell 10 X @ 100.5')
    // 100.5 ÷ (1 − 1.5 ÷ 101.5) ÷ 100
    expect(sales(of)[0]).toMatchObject({
      total_return: expect.closeTo(100.5 / (1 - 1.5 / 101.5) / 100 - 1, 12),
      vs: { X: 0 },
    })
  })

  it('weighs the lots it took by what they had cost', () => {
    const of = against('2024-01-02 buy 1 X @ 100\n2024-01-03 buy 3 X @ 101.5\n2024-01-05 sell 2 X @ 102')
    const [first, second] = [1.0353, 102 / (101.5 - 1.5)]
    const expected = (100 * first + 101.5 * second) / 201.5 - 1
    expect(sales(of)[0]).toMatchObject({ total_return: expect.closeTo(expected, 10), vs: { X: 0 } })
    expect(row(of, '3')).toMatchObject({ total_return: expect.closeTo(expected, 10), vs: { X: 0 } })
  })

  it('before the benchmark’s first price is not compared', () => {
    const LATE = '2024-01-04 10, 2024-01-05 11'
    const of = against('2024-01-02 buy 1 X @ 100\n2024-01-05 sell 1 X @ 102', {
      markets: closes({ X, LATE }),
      benchmarks: ['LATE'],
    })
    expect(sales(of)[0]).toMatchObject({ total_return: expect.closeTo(0.0353, 10), vs: { LATE: null } })
  })
})

describe('the law', () => {
  const session = fc.record({
    /** After weekends, holidays and halts of up to a week. */
    later: fc.constantFrom(1, 1, 1, 2, 3, 7),
    close: fc.integer({ min: 5000, max: 20_000 }),
    rate: fc.integer({ min: 50, max: 200 }),
    /** In percent of the close before. */
    pays: fc.constantFrom(0, 0, 0, 1, 3, 20),
    splits: fc.constantFrom(0, 0, 0, 0, 2, 3),
    trades: fc.constantFrom('nothing', 'buy', 'buy', 'sell'),
    shares: fc.integer({ min: 1, max: 5000 }),
  })

  it('a lot of X that was bought at the close shows 0.00 points against X, whatever X paid', () => {
    const seen = { lots: 0, sales: 0, dividends: 0, splits: 0, foreign: 0 }
    fc.assert(
      fc.property(
        fc.array(session, { minLength: 2, maxLength: 30 }),
        fc.constantFrom('USD', 'EUR'),
        fc.constantFrom('fifo', 'lifo', 'hifo', 'average'),
        (sessions, currency, costBasis) => {
          const market = [`in ${currency}`]
          const rates: string[] = []
          const story: string[] = []
          let day = '2024-01-02'
          let held = 0
          sessions.forEach(({ later, close, rate, pays, splits, trades, shares }, i) => {
            day = addDays(day, later)
            // what was traded, of the later splits; the source's closes are after all of them
            const factor = sessions
              .slice(i + 1)
              .reduce((product, each) => product * Math.max(each.splits, 1), 1)
            if (factor > 81) return
            const before = (sessions[i - 1]?.close ?? 0) / 100
            market.push(`${day} ${close / 100}`)
            rates.push(`${day} ${rate / 100}`)
            if (pays > 0 && i > 0) market.push(`${day} dividend ${(before * pays) / 100}`)
            if (splits > 0) market.push(`${day} split ${splits}:1`)
            seen.dividends += Number(pays > 0 && held > 0)
            seen.splits += Number(splits > 0 && held > 0)
            if (trades === 'buy') {
              story.push(`${day} buy ${shares} X @ ${(close * factor) / 100}`)
              held += shares * factor
            } else if (trades === 'sell' && held >= shares * factor) {
              story.push(`${day} sell ${shares} X @ ${(close * factor) / 100}`)
              held -= shares * factor
            }
          })
          if (story.length === 0) return
          seen.foreign += Number(currency === 'EUR')
          const of = ledger(story.join('\n'), {
            markets: closes({ X: market.join(', '), 'EURUSD=X': rates.join(', ') }),
            benchmarks: ['X'],
            costBasis,
          })
          // with the average cost basis what a lot cost is no longer the close of its day, but the sums are
          const isLevel = ({ vs }: { vs: Record<string, number | null> }) => Math.abs(vs['X']!) < 1e-7
          const bought = transactionRows(of).filter(({ type }) => type === 'buy')
          seen.lots += bought.length
          expect(bought.every(isLevel)).toBe(true)
          if (costBasis === 'average') return
          expect([...lotsOf(of), ...sales(of)].every(isLevel)).toBe(true)
          expect(holdingsOn(of, of.today).holdings.every(isLevel)).toBe(true)
          seen.sales += sales(of).length
        },
      ),
      seeded,
    )
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(seeded.numRuns / 3)
  })

  it('does not hold for a lot bought below the close, which is ahead by the difference', () => {
    const of = against('2024-01-02 buy 10 X @ 99.99')
    expect(holding(of).vs['X']).toBeCloseTo(1.0353 * (100 / 99.99 - 1), 10)
  })
})

it('an unknown return has no difference, and a rounding error counts as 0', () => {
  expect(versus(0.3, { A: 0.1 + 0.2, B: null, C: 0.1 })).toEqual({
    A: 0,
    B: null,
    C: expect.closeTo(0.2, 12),
  })
  expect(versus(null, { A: 0.1 })).toEqual({ A: null })
})

it('X against X is level across a split that only the owner knows, and dividends on both sides of it', () => {
  const own = ledger(`2024-01-02 buy 10 X @ 100\n2024-01-04 split X 2:1\n2024-01-05 sell 5 X @ 51`, {
    benchmarks: ['X'],
    markets: closes({
      X: '2024-01-02 100, 2024-01-03 102, 2024-01-03 dividend 1, 2024-01-04 51.5, 2024-01-04 dividend 0.5, 2024-01-05 51, 2024-01-08 50',
    }),
  })
  expect(holding(own)).toMatchObject({ shares: '15', vs: { X: 0 } })
  // 50 ÷ 50, and what the two dividends bought: 1 of 100, 0.5 of 51
  expect(holding(own).total_return).toBeCloseTo(1 / 0.99 / (1 - 0.5 / 51) - 1, 12)
  expect(sales(own).map(({ vs }) => vs)).toEqual([{ X: 0 }])
})
