import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sum, text } from '../../src/portfolio/decimal.ts'
import { type Ledger, positions } from '../../src/portfolio/ledger.ts'
import { costBases, type CostBasis } from '../../src/portfolio/lot.ts'
import { inOrder } from '../../src/portfolio/transaction.ts'
import { closes, dec, ledger, written } from '../notation.ts'
import { type History, history, ledgerOf, oneADay, seeded } from './random-ledger.ts'

const methods = Object.keys(costBases) as CostBasis[]

/** The one position of a ledger. */
const position = (of: Ledger, asOf = '9999-12-31') => positions(of, asOf)[0]!

describe('Buy 100 @ 10 fee 5, buy 100 @ 12 fee 5, split 2:1, sell 150 @ 8 fee 6 (finance.md, "Cost basis")', () => {
  const story = `
    2024-01-02 buy 100 XYZ @ 10 fee 5
    2024-01-03 buy 100 XYZ @ 12 fee 5
    2024-01-05 sell 150 XYZ @ 8 fee 6
  `
  const known = closes({ XYZ: '2024-01-04 split 2:1' })
  const cases = [
    // proceeds 150 × 8 − 6 = 1194; lots of 200 shares for 1005 and 200 for 1205
    ['fifo', '440.25', '1456.25', ['50 {251.25, 2024-01-02}', '200 {1205, 2024-01-03}']],
    ['average', '365.25', '1381.25', ['50 {276.25, 2024-01-02}', '200 {1105, 2024-01-03}']],
    ['lifo', '290.25', '1306.25', ['200 {1005, 2024-01-02}', '50 {301.25, 2024-01-03}']],
    ['hifo', '290.25', '1306.25', ['200 {1005, 2024-01-02}', '50 {301.25, 2024-01-03}']],
  ] as const

  it.each(cases)('gains under %s %s and leaves 250 shares costing %s', (costBasis, gain, cost, left) => {
    const { realizedGain, ...held } = position(ledger(story, { costBasis, markets: known }))
    expect([text(realizedGain), text(held.shares), text(held.cost)]).toEqual([gain, '250', cost])
    expect(written(held.lots)).toEqual(left)
  })

  it.each(cases)('is the same under %s when the owner recorded the split', (costBasis, gain, cost) => {
    const split = '2024-01-04 split XYZ 2:1'
    const alone = position(ledger(`${story}${split}`, { costBasis }))
    const twice = position(ledger(`${story}${split}`, { costBasis, markets: known }))
    expect([text(alone.realizedGain), text(alone.shares), text(alone.cost)]).toEqual([gain, '250', cost])
    expect(twice).toEqual(alone)
  })
})

describe('AAPL 4:1 on 2020-08-31 (finance.md, "Splits")', () => {
  const known = closes({ AAPL: '2020-08-31 split 4:1' })

  it('makes 40 shares @ 124.8075 of 10 bought @ 499.23', () => {
    const { lots } = position(ledger('2020-08-28 buy 10 AAPL @ 499.23', { markets: known }))
    // 10 × 499.23 = 40 × 124.8075
    expect(written(lots)).toEqual(['40 {4992.3, 2020-08-28}'])
  })

  it('leaves what is bought on the ex-date as it is', () => {
    const { lots } = position(ledger('2020-08-31 buy 40 AAPL @ 124.81', { markets: known }))
    expect(written(lots)).toEqual(['40 {4992.4, 2020-08-31}'])
  })

  it('splits what was held before a split the owner recorded, not what was bought that day', () => {
    const story = '2020-08-28 buy 10 AAPL @ 500\n2020-08-31 buy 1 AAPL @ 125\n2020-08-31 split AAPL 4:1'
    expect(written(position(ledger(story)).lots)).toEqual(['40 {5000, 2020-08-28}', '1 {125, 2020-08-31}'])
  })
})

describe('Buy 10 for 0.01, sell 3, 3, 4 (finance.md, "Cost basis")', () => {
  it.each(methods)('leaves a cost of exactly 0 under %s', (costBasis) => {
    const { cost, lots, sales, faults } = position(
      ledger(
        `2024-01-02 buy 10 XYZ @ 0.001
         2024-01-03 sell 3 XYZ @ 0.002
         2024-01-04 sell 3 XYZ @ 0.002
         2024-01-05 sell 4 XYZ @ 0.002`,
        { costBasis },
      ),
    )
    expect({ cost, lots, faults }).toEqual({ cost: 0n, lots: [], faults: [] })
    expect(text(sum(sales.map((sale) => sale.cost)))).toBe('0.01')
  })
})

describe('fees', () => {
  it('raise the cost of a buy and lower the proceeds of a sale', () => {
    const held = position(ledger('2024-01-02 buy 10 VOO @ 400 fee 2\n2024-01-03 sell 5 VOO @ 410 fee 3'))
    // cost (4000 + 2)/2, proceeds 5 × 410 − 3
    expect(held.sales[0]).toMatchObject({ proceeds: dec('2047'), cost: dec('2001'), gain: dec('46') })
    expect(written(held.lots)).toEqual(['5 {2001, 2024-01-02}'])
  })
})

describe('a position', () => {
  const story = '2024-01-02 buy 10 VOO @ 400\n2024-02-01 sell 4 VOO @ 410\n2024-03-01 dividend VOO 12.50'

  it('is that of the end of a day', () => {
    expect(positions(ledger(story), '2024-01-01')).toEqual([])
    const days = ['2024-01-02', '2024-01-31', '2024-02-01']
    expect(days.map((day) => text(position(ledger(story), day).shares))).toEqual(['10', '10', '6'])
  })

  it('has its dividends apart from its gains', () => {
    const { dividends, realizedGain } = position(ledger(story))
    expect([text(dividends), text(realizedGain)]).toEqual(['12.5', '40'])
  })

  it('is in today’s shares even on a day before the split', () => {
    const known = closes({ VOO: '2024-06-03 split 2:1' })
    expect(text(position(ledger(story, { markets: known }), '2024-01-31').shares)).toBe('20')
  })

  it('sells in the morning and buys in the afternoon: a sale never takes what the day bought', () => {
    const held = position(
      ledger('2024-01-03 buy 1 VOO @ 500\n2024-01-03 sell 1 VOO @ 490\n2024-01-02 buy 1 VOO @ 400'),
    )
    expect(written(held.lots)).toEqual(['1 {500, 2024-01-03}'])
    expect(text(held.realizedGain)).toBe('90')
  })
})

describe('a sale of more than is held', () => {
  const held = position(ledger('2024-01-02 buy 6 VOO @ 400\n2024-01-03 sell 10 VOO @ 410 fee 10'))

  it('counts for what was held', () => {
    // (10 × 410 − 10) × 6/10 − 2400
    expect(text(held.realizedGain)).toBe('54')
    expect(held.lots).toEqual([])
  })

  it('is named with its day and both numbers', () => {
    expect(held.faults).toEqual([
      { transaction: '2', sentence: '2024-01-03: sold 10 VOO, but held only 6 (in today’s share units)' },
    ])
  })

  it('is none within the last digit of a share, which rounding a split leaves', () => {
    // 10 × 1/3 is 3.3333333333; two sales of 5 × 1/3 are 3.3333333334
    const { faults, shares } = position(
      ledger('2024-01-02 buy 10 XYZ @ 3\n2024-01-03 sell 5 XYZ @ 3\n2024-01-04 sell 5 XYZ @ 3', {
        markets: closes({ XYZ: '2024-02-01 split 1:3' }),
      }),
    )
    expect({ faults, shares }).toEqual({ faults: [], shares: 0n })
  })

  it('leaves no such digit either: it is sold with the rest, and so is its cost', () => {
    // two lots of 5 × 1/3 are 3.3333333334; 10 × 1/3 is 3.3333333333
    const { lots, cost } = position(
      ledger('2024-01-02 buy 5 XYZ @ 3\n2024-01-02 buy 5 XYZ @ 3\n2024-01-04 sell 10 XYZ @ 3', {
        markets: closes({ XYZ: '2024-02-01 split 1:3' }),
      }),
    )
    expect({ lots, cost }).toEqual({ lots: [], cost: 0n })
  })
})

/** The sales that leave nothing of a history. */
const soldOut = (told: History): string =>
  positions(ledgerOf(told), '9999-12-31')
    .filter((held) => held.shares > 0n)
    .map((held) => `2099-01-01 sell ${text(held.shares)} ${held.symbol} @ 1`)
    .join('\n')

describe('any history', () => {
  it.each(methods)('keeps every share and every cost under %s', (costBasis) => {
    fc.assert(
      fc.property(history, (told) => {
        const of = ledgerOf(told, { costBasis })
        for (const held of positions(of, '9999-12-31')) {
          const own = of.transactions.filter((each) => each.symbol === held.symbol)
          const paid = sum(own.map((each) => (each.type === 'buy' ? each.amount + each.fee : 0n)))
          const got = sum(own.map((each) => (each.type === 'sell' ? each.amount - each.fee : 0n)))
          expect(held.faults).toEqual([])
          expect(held.cost + sum(held.sales.map((sale) => sale.cost))).toBe(paid)
          expect(held.realizedGain).toBe(got - paid + held.cost)
          expect(held.lots.every((lot) => lot.shares > 0n && lot.cost >= 0n)).toBe(true)
        }
      }),
      seeded,
    )
  })

  it.each(methods)('of different days has one result under %s, in whatever order it arrived', (costBasis) => {
    const mixed = oneADay.chain((told) => {
      const of = ledgerOf(told, { costBasis })
      const all = fc.shuffledSubarray(of.transactions, { minLength: of.transactions.length })
      return all.map((shuffled) => [of, { ...of, transactions: inOrder(shuffled) }] as const)
    })
    fc.assert(
      fc.property(mixed, ([of, shuffled]) => {
        expect(positions(shuffled, '9999-12-31')).toEqual(positions(of, '9999-12-31'))
      }),
      seeded,
    )
  })

  it.each(methods)(
    'with several trades a day may sell other lots under %s, but sold out has brought the same in whatever order it arrived',
    (costBasis) => {
      const arrivals = history.chain((told) => {
        const of = ledgerOf({ ...told, text: `${told.text}\n${soldOut(told)}` }, { costBasis })
        const all = <T>(some: readonly T[]) => fc.shuffledSubarray([...some], { minLength: some.length })
        const { splits } = of.markets.get('AAA')!
        return fc.tuple(all(of.transactions), all(splits)).map(([transactions, shuffled]) => {
          const markets = new Map(of.markets).set('AAA', { ...of.markets.get('AAA')!, splits: shuffled })
          return [of, { ...of, markets, transactions: inOrder(transactions) }] as const
        })
      })
      const totals = (of: Ledger) =>
        positions(of, '9999-12-31')
          .map(({ symbol, shares, cost, realizedGain, dividends, sales, faults }) => ({
            symbol,
            left: [shares, cost, faults.length],
            brought: [realizedGain, dividends],
            sold: sum(sales.map((sale) => sale.shares)),
            paid: sum(sales.map((sale) => sale.cost)),
          }))
          .toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1))
      fc.assert(
        fc.property(arrivals, ([of, arrived]) => {
          expect(totals(arrived)).toEqual(totals(of))
          expect(totals(of).every(({ left }) => left.every((each) => Number(each) === 0))).toBe(true)
        }),
        seeded,
      )
    },
  )

  it.each(methods)('sold out under %s leaves a cost of exactly 0', (costBasis) => {
    fc.assert(
      fc.property(history, ({ text: story, market }) => {
        const after = positions(
          ledgerOf({ text: `${story}\n${soldOut({ text: story, market })}`, market }, { costBasis }),
          '9999-12-31',
        )
        expect(after.map(({ shares, cost, lots }) => ({ shares, cost, lots }))).toEqual(
          after.map(() => ({ shares: 0n, cost: 0n, lots: [] })),
        )
      }),
      seeded,
    )
  })
})
