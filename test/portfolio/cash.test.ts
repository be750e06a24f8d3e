import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { text } from '../../src/portfolio/decimal.ts'
import { type CashDay, cashDays, cashEffect } from '../../src/portfolio/cash.ts'
import { inOrder } from '../../src/portfolio/transaction.ts'
import { sum } from '../../src/portfolio/decimal.ts'
import { dec, transactions } from '../notation.ts'
import { history, seeded } from './random-ledger.ts'

/** `2024-01-02: 1500 came in by itself, 0 left` */
const told = (story: string) =>
  cashDays(transactions(story)).map(
    (day) => `${day.day} inferred ${text(day.inferred)} left ${text(day.balance)}`,
  )

describe('deposits (finance.md, "Cash and deposits")', () => {
  it('Buy 10 @ 150', () => {
    expect(told('2024-01-02 buy 10 VOO @ 150')).toEqual(['2024-01-02 inferred 1500 left 0'])
  })

  it('Same day dividend 50, buys 1500 and 1250: one deposit of 2700', () => {
    expect(
      told(`
        2024-01-02 buy 10 VOO @ 150
        2024-01-02 buy 10 QQQ @ 125
        2024-01-02 dividend VOO 50
      `),
    ).toEqual(['2024-01-02 inferred 2700 left 0'])
  })
})

describe('an inferred deposit', () => {
  it('fills a shortfall only', () => {
    expect(
      told(`
        2024-01-02 deposit 1000
        2024-01-03 buy 10 VOO @ 90
        2024-01-04 buy 10 VOO @ 90
        2024-01-05 sell 1 VOO @ 500
        2024-01-06 buy 1 VOO @ 400
      `),
    ).toEqual([
      '2024-01-02 inferred 0 left 1000',
      '2024-01-03 inferred 0 left 100',
      // 100 − 900
      '2024-01-04 inferred 800 left 0',
      '2024-01-05 inferred 0 left 500',
      '2024-01-06 inferred 0 left 100',
    ])
  })

  it('counts the day’s own sale, dividend and deposit before its buys', () => {
    expect(
      told(`
        2024-01-02 buy 10 VOO @ 100
        2024-01-02 sell 1 QQQ @ 300
        2024-01-02 dividend QQQ 20
        2024-01-02 deposit 80
      `),
      // 1000 − 300 − 20 − 80
    ).toEqual(['2024-01-02 inferred 600 left 0'])
  })

  it('covers fees and withdrawals too', () => {
    expect(told('2024-01-02 buy 1 VOO @ 400 fee 1\n2024-01-02 fee 3\n2024-01-02 withdrawal 10')).toEqual([
      '2024-01-02 inferred 414 left 0',
    ])
  })

  it('is in whole cents, what is over stays as cash', () => {
    // 14.245014 × 28.08 = 399.99999312
    expect(told('2012-01-03 buy 14.245014 TSLA @ 28.08')).toEqual(['2012-01-03 inferred 400 left 0.00000688'])
  })

  it('does not look ahead: tomorrow’s deposit does not pay today’s buy', () => {
    expect(told('2024-01-02 buy 1 VOO @ 400\n2024-01-03 deposit 400')).toEqual([
      '2024-01-02 inferred 400 left 0',
      '2024-01-03 inferred 0 left 400',
    ])
  })
})

describe('what is kept back', () => {
  const kept = (story: string, fee: string) =>
    cashDays(transactions(story).map((each) => ({ ...each, fee: dec(fee) }))).map(
      ({ deposits, balance }) => `${text(deposits)} in, ${text(balance)} left`,
    )

  it('lowers a dividend', () => {
    expect(kept('2024-01-02 dividend VOO 20', '3')).toEqual(['0 in, 17 left'])
  })

  it('lowers what arrives of a deposit', () => {
    expect(kept('2024-01-02 deposit 500', '3')).toEqual(['497 in, 497 left'])
  })
})

describe('a day of cash', () => {
  it('counts recorded and inferred deposits as external, sales and dividends not', () => {
    const [day] = cashDays(
      transactions(`
        2024-01-02 deposit 100
        2024-01-02 sell 1 QQQ @ 50
        2024-01-02 dividend QQQ 7
        2024-01-02 buy 1 VOO @ 400
        2024-01-02 withdrawal 30
      `),
    )
    // 400 + 30 − 100 − 50 − 7 = 273 inferred
    expect({ deposits: text(day!.deposits), withdrawals: text(day!.withdrawals) }).toEqual({
      deposits: '373',
      withdrawals: '30',
    })
  })

  it('exists only where something happened', () => {
    expect(told('')).toEqual([])
    expect(told('2024-01-02 split VOO 2:1')).toEqual(['2024-01-02 inferred 0 left 0'])
  })
})

const figures = (own: Parameters<typeof cashDays>[0]) =>
  cashDays(own).map(({ day, inferred, deposits, withdrawals, balance }) => ({
    day,
    inferred,
    deposits,
    withdrawals,
    balance,
  }))

/** A sale that brings money after a purchase of its day. */
const isLate =
  ({ transactions: own }: CashDay) =>
  (each: CashDay['transactions'][number]) =>
    each.type === 'sell' &&
    cashEffect(each) > 0n &&
    own.indexOf(each) > own.findIndex(({ type }) => type === 'buy')

describe('the cash of any history', () => {
  it('is never negative, and never more than came in', () => {
    fc.assert(
      fc.property(history, ({ text: story }) => {
        const own = transactions(story)
        const days = cashDays(own)
        expect(days.every((day) => day.balance >= 0n)).toBe(true)
        // a day on which money had to come in leaves less than a cent, and what came back after it was spent
        const after = (day: CashDay) =>
          day.balance - sum(day.transactions.filter(isLate(day)).map(cashEffect))
        expect(days.every((day) => day.inferred === 0n || after(day) < 100_000_000n)).toBe(true)
        expect(days.at(-1)?.balance ?? 0n).toBe(
          sum(own.map(cashEffect)) + sum(days.map((day) => day.inferred)),
        )
      }),
      seeded,
    )
  })

  it('does not depend on the order of arrival', () => {
    const shuffled = history.chain(({ text: story }) => {
      const own = transactions(story)
      return fc.tuple(fc.constant(own), fc.shuffledSubarray(own, { minLength: own.length }))
    })
    fc.assert(
      fc.property(shuffled, ([own, mixed]) => {
        expect(figures(inOrder(mixed))).toEqual(figures(own))
      }),
      seeded,
    )
  })
})
