import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOf } from '../../src/portfolio/day.ts'
import { kinds, type TransactionType } from '../../src/portfolio/kind.ts'
import { inDayOrder, inOrder, type Transaction } from '../../src/portfolio/transaction.ts'
import { transactions } from '../notation.ts'
import { seeded } from './random-ledger.ts'

const day = transactions(`
  2024-01-02 withdrawal 10
  2024-01-02 fee 1
  2024-01-02 buy 1 VOO @ 400
  2024-01-02 deposit 400
  2024-01-02 dividend QQQ 5
  2024-01-02 sell 1 QQQ @ 300
  2024-01-02 split QQQ 2:1
`)

describe('the order of transactions', () => {
  it('within a day lets money arrive before it is spent', () => {
    expect(day.map((each) => each.type)).toEqual([
      'split',
      'sell',
      'dividend',
      'deposit',
      'buy',
      'fee',
      'withdrawal',
    ])
  })

  it('is by day first: yesterday’s withdrawal stands before today’s deposit', () => {
    const both = transactions('2024-01-03 deposit 5\n2024-01-02 withdrawal 5')
    expect(both.map((each) => each.type)).toEqual(['withdrawal', 'deposit'])
  })

  it('is that of arrival for the same type on the same day', () => {
    const buys = transactions(
      '2024-01-02 buy 1 VOO @ 400\n2024-01-02 buy 1 VOO @ 500\n2024-01-02 buy 1 VOO @ 300',
    )
    expect(buys.map((each) => each.id)).toEqual(['1', '2', '3'])
  })

  it('does not depend on the order of arrival of different types', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(day, { minLength: day.length }), (shuffled) => {
        expect(inOrder(shuffled)).toEqual(day)
      }),
      seeded,
    )
  })

  it('is that of a plain stable sort by day and kind, from long before 1970 on', () => {
    const some = fc.array(
      fc.record({
        date: fc.integer({ min: -3000, max: 3000 }).map((number) => dayOf(number >> 6)),
        type: fc.constantFrom(...(Object.keys(kinds) as TransactionType[])),
      }),
    )
    fc.assert(
      fc.property(some, (rows) => {
        const given = rows as unknown as Transaction[]
        const plain = given.toSorted((a, b) =>
          a.date === b.date ? kinds[a.type].rank - kinds[b.type].rank : a.date < b.date ? -1 : 1,
        )
        const found = inDayOrder(given)
        expect(found.length).toBe(plain.length)
        // each row itself, so that equal ones are as they were given
        found.forEach((row, i) => expect(row).toBe(plain[i]))
      }),
      seeded,
    )
  })
})
