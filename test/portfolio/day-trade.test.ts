import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cashDays } from '../../src/portfolio/cash.ts'
import { dayOf } from '../../src/portfolio/day.ts'
import { text } from '../../src/portfolio/decimal.ts'
import { type Ledger, positions } from '../../src/portfolio/ledger.ts'
import { oversales } from '../../src/portfolio/oversale.ts'
import { costBases, type CostBasis } from '../../src/portfolio/lot.ts'
import { inOrder } from '../../src/portfolio/transaction.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { closes, ledger, transactions, written } from '../notation.ts'
import { seeded } from './random-ledger.ts'

const methods = Object.keys(costBases) as CostBasis[]

const position = (of: Ledger) => positions(of, '9999-12-31')[0]!

/** What a day leaves: shares, gain, faults; deposits and cash. */
function outcome(of: Ledger) {
  const { shares, realizedGain, faults } = position(of)
  const days = cashDays(of.transactions)
  return {
    shares: text(shares),
    gain: text(realizedGain),
    faults: faults.map(({ sentence }) => sentence),
    deposits: days.map(({ deposits }) => text(deposits)),
    cash: text(days.at(-1)!.balance),
  }
}

const dayTrade = { shares: '0', gain: '6', faults: [], deposits: ['1230'], cash: '1236' }

describe('buy 3 @ 410, sell 3 @ 412 on one day from empty (finance.md, "Order within a day")', () => {
  it.each(methods)('leaves no shares, a gain of 6 and 1,236 in cash under %s', (costBasis) => {
    const story = '2024-01-02 buy 3 VOO @ 410\n2024-01-02 sell 3 VOO @ 412'
    expect(outcome(ledger(story, { costBasis }))).toEqual(dayTrade)
  })

  it.each(methods)('is the same under %s when the sale was entered first', (costBasis) => {
    const story = '2024-01-02 sell 3 VOO @ 412\n2024-01-02 buy 3 VOO @ 410'
    expect(outcome(ledger(story, { costBasis }))).toEqual(dayTrade)
  })

  it('is no oversale', () => {
    const rows = transactions('2024-01-02 sell 3 VOO @ 412\n2024-01-02 buy 3 VOO @ 410')
    expect(oversales(rows, 'VOO', [])).toEqual([])
  })

  it('is worth its cash at the end of the day', () => {
    const of = ledger('2024-01-02 buy 3 VOO @ 410\n2024-01-02 sell 3 VOO @ 412', {
      markets: closes({ VOO: '2024-01-02 411' }),
    })
    expect(valuations(of, '2024-01-02').value.map(text)).toEqual(['1236'])
  })
})

describe('a sale of more than was held in the morning', () => {
  const story = '2024-01-02 buy 2 VOO @ 400\n2024-01-03 buy 2 VOO @ 420\n2024-01-03 sell 3 VOO @ 430'
  const left = (costBasis: CostBasis) => {
    const held = position(ledger(story, { costBasis }))
    return [text(held.realizedGain), ...written(held.lots)]
  }

  it('takes the older lots first under fifo, then the day’s', () => {
    // 3 × 430 − 2 × 400 − 420
    expect(left('fifo')).toEqual(['70', '1 {420, 2024-01-03}'])
  })
  it('takes the day’s first under lifo and hifo', () => {
    // 3 × 430 − 2 × 420 − 400
    expect(left('lifo')).toEqual(['50', '1 {400, 2024-01-02}'])
    expect(left('hifo')).toEqual(['50', '1 {400, 2024-01-02}'])
  })
  it('takes three quarters of the whole cost under average', () => {
    // 3 × 430 − 3 × 1640/4
    expect(left('average')[0]).toBe('60')
  })

  it('names what there was when it is more than held and bought', () => {
    const of = ledger('2024-01-02 buy 2 VOO @ 400\n2024-01-03 buy 2 VOO @ 420\n2024-01-03 sell 5 VOO @ 430')
    expect(outcome(of).faults).toEqual(['2024-01-03: sold 5 VOO, but held only 4 (in today’s share units)'])
  })

  it('is an oversale where the purchase is of the day after', () => {
    const rows = transactions('2024-01-02 sell 3 VOO @ 412\n2024-01-03 buy 3 VOO @ 410')
    expect(oversales(rows, 'VOO', [])).toHaveLength(1)
  })

  it('is no sale of what another symbol’s purchase brought', () => {
    const of = ledger('2024-01-02 buy 3 QQQ @ 410\n2024-01-02 sell 3 VOO @ 412')
    expect(positions(of, '2024-01-02').flatMap(({ faults }) => faults)).toHaveLength(1)
  })
})

describe('several trades of a day', () => {
  it('let what was held in the morning be sold before the purchases that it pays for', () => {
    // the 10 of the morning bring 1,000; only the 5 bought again come back too late
    const of = ledger(`
      2024-01-02 buy 10 VOO @ 90
      2024-01-03 sell 5 VOO @ 101
      2024-01-03 buy 5 VOO @ 99
      2024-01-03 sell 10 VOO @ 100
    `)
    expect(outcome(of)).toEqual({
      shares: '0',
      gain: '110',
      faults: [],
      deposits: ['900', '0'],
      // 1000 − 495 + 505
      cash: '1010',
    })
  })

  it('may buy and sell again and again', () => {
    const of = ledger(`
      2024-01-02 buy 3 VOO @ 100
      2024-01-02 sell 2 VOO @ 101
      2024-01-02 buy 2 VOO @ 102
      2024-01-02 sell 3 VOO @ 103
    `)
    expect(outcome(of)).toEqual({ shares: '0', gain: '7', faults: [], deposits: ['504'], cash: '511' })
  })

  it('do not let the money of a sale that came too late pay for another symbol', () => {
    const of = ledger(`
      2024-01-02 buy 3 VOO @ 100
      2024-01-02 sell 3 VOO @ 110
      2024-01-02 buy 1 QQQ @ 50
    `)
    expect(outcome(of)).toMatchObject({ deposits: ['350'], cash: '330' })
  })
})

describe('a split of the day comes first', () => {
  it('when the source reports it: a trade on the ex-date is in new shares', () => {
    const of = ledger('2024-01-02 buy 2 VOO @ 400\n2024-01-03 buy 1 VOO @ 200\n2024-01-03 sell 5 VOO @ 210', {
      markets: closes({ VOO: '2024-01-02 200, 2024-01-03 split 2:1' }),
    })
    expect(outcome(of)).toMatchObject({ shares: '0', gain: '50', faults: [] })
  })

  it('when the owner recorded it', () => {
    const of = ledger(`
      2024-01-02 buy 2 VOO @ 400
      2024-01-03 split VOO 2:1
      2024-01-03 buy 1 VOO @ 200
      2024-01-03 sell 5 VOO @ 210
    `)
    expect(outcome(of)).toMatchObject({ shares: '0', gain: '50', faults: [] })
  })

  it('and a later split does not make a covered sale wait', () => {
    // 10 of the morning cover 10, whatever is split afterwards
    const of = ledger(
      '2024-01-02 buy 10 VOO @ 400\n2024-01-03 buy 1 VOO @ 400\n2024-01-03 sell 10 VOO @ 410',
      { markets: closes({ VOO: '2024-01-02 200, 2024-02-01 split 2:1' }) },
    )
    // 4100 came first and paid for the 400
    expect(outcome(of)).toMatchObject({ shares: '2', deposits: ['4000', '0'], cash: '3700' })
  })
})

it('a dividend is paid for the shares of the day before, whatever the day trades', () => {
  const of = ledger('2024-01-02 buy 3 VOO @ 410\n2024-01-02 sell 3 VOO @ 412\n2024-01-02 dividend VOO 5')
  // 1230 − 5 had to come in
  expect(outcome(of)).toMatchObject({ deposits: ['1225'], cash: '1236' })
})

describe('any day', () => {
  const trade = fc.record({
    type: fc.constantFrom('buy', 'sell'),
    shares: fc.integer({ min: 1, max: 9 }),
    price: fc.integer({ min: 1, max: 99 }),
    day: fc.integer({ min: 0, max: 3 }),
  })
  const days = fc
    .array(trade, { minLength: 1, maxLength: 12 })
    .map((all) =>
      all.map(({ day, type, shares, price }) => `${dayOf(19_724 + day)} ${type} ${shares} VOO @ ${price}`),
    )

  it('has an oversale exactly when it sells more than was held before and bought', () => {
    fc.assert(
      fc.property(days, (lines) => {
        const rows = transactions(lines.join('\n'))
        let held = 0
        const short = new Set<string>()
        for (const [day, own] of Map.groupBy(rows, ({ date }) => date)) {
          const of = (type: string) =>
            own.reduce((all, each) => all + (each.type === type ? Number(text(each.shares!)) : 0), 0)
          held += of('buy') - of('sell')
          if (held < 0) short.add(day)
          held = Math.max(0, held)
        }
        const said = oversales(rows, 'VOO', []).map(({ sentence }) => sentence.slice(0, 10))
        expect(new Set(said)).toEqual(short)
      }),
      seeded,
    )
  })

  it('has the same shares, deposits and cash in whatever order its rows arrive', () => {
    const arrivals = days.chain((lines) =>
      fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })),
    )
    fc.assert(
      fc.property(arrivals, ([lines, mixed]) => {
        const of = (some: string[]) => {
          const { shares, faults, deposits, cash } = outcome(ledger(some.join('\n')))
          return { shares, deposits, cash, faults: faults.length > 0 }
        }
        expect(of(mixed)).toEqual(of(lines))
      }),
      seeded,
    )
  })

  it('is in an order that sorting again does not change', () => {
    fc.assert(
      fc.property(days, (lines) => {
        const rows = transactions(lines.join('\n'))
        expect(inOrder(rows)).toEqual(rows)
      }),
      seeded,
    )
  })
})
