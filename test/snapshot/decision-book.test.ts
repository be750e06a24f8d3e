import { describe, expect, it } from 'vitest'
import { decisions } from '../../src/metrics/decisions.ts'
import { gap } from '../../src/metrics/gap.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { pastLedger } from '../../src/portfolio/past-ledger.ts'
import { comingReviews, decisionBook } from '../../src/snapshot/decision-book.ts'
import { closes, ledger } from '../notation.ts'

/** finance.md, "Total-return index". */
const X = '2024-01-02 100, 2024-01-03 101.5, 2024-01-04 100.5, 2024-01-04 dividend 1.50, 2024-01-05 102'
const Y = '2024-01-02 50, 2024-01-03 51, 2024-01-04 52, 2024-01-05 55'

/** With what its owner has said of some rows. */
function noted(said: Record<string, { note?: string; review?: string }>): Ledger {
  const plain = ledger(
    `2024-01-02 deposit 1000
     2024-01-02 buy 5 X @ 100
     2024-01-03 sell 1 X @ 101.5
     2024-01-04 buy 1 X @ 100.5`,
    { markets: closes({ X, Y }), benchmarks: ['Y'] },
  )
  return {
    ...plain,
    today: '2024-01-05',
    transactions: plain.transactions.map((row) => ({ ...row, ...said[row.id] })),
  }
}

const bookOf = (own: Ledger, benchmark: string | null = 'Y') =>
  decisionBook(
    own,
    benchmark,
    benchmark === null ? [] : decisions(own, gap(own, benchmark, { asOf: own.today, by: 'lot' })),
    1,
  )

describe('the decisions', () => {
  const said = {
    '1': { note: 'a bonus' },
    '2': { note: 'cheap', review: '2024-01-05' },
    '3': { review: '2024-01-04' },
    '4': { review: '2024-02-01' },
  }

  it('due are those whose day has come, the one that waits longest first; the others are there by their notes', () => {
    const { due, remembered } = bookOf(noted(said))
    expect(due.map(({ transaction, note }) => [transaction, note])).toEqual([
      ['3', ''],
      ['2', 'cheap'],
    ])
    expect(remembered.map(({ transaction, review }) => [transaction, review])).toEqual([
      ['4', '2024-02-01'],
      ['1', null],
    ])
  })

  it('say what became of the money, and of what is neither bought nor sold why that is not measured', () => {
    const { due, remembered, best } = bookOf(noted(said))
    // sold 1 X at 101.50, in Y since: 101.5 × 55 ÷ 51, against the share at 102 and its 1.50, in Y since: 1.5 × 55 ÷ 52
    expect(Number(due[0]!.gap)).toBeCloseTo((101.5 * 55) / 51 - 102 - (1.5 * 55) / 52, 8)
    expect(best[0]).toMatchObject({ transaction: '3', gap: due[0]!.gap })
    expect(remembered[1]).toMatchObject({
      gap: null,
      amount: '1000',
      reason: 'only purchases and sales are measured against a benchmark',
    })
  })

  it('of a portfolio without a benchmark have no gap, and say so', () => {
    const { due, best, worst } = bookOf(noted(said), null)
    expect(due.map(({ gap: own, reason }) => [own, reason])).toEqual([
      [null, 'this portfolio has no benchmark'],
      [null, 'this portfolio has no benchmark'],
    ])
    expect([best, worst]).toEqual([[], []])
  })

  it('of a past day are due by that day', () => {
    const { due, remembered } = bookOf(pastLedger(noted(said), '2024-01-04'))
    expect(due.map(({ transaction }) => transaction)).toEqual(['3'])
    expect(remembered.map(({ transaction }) => transaction)).toEqual(['4', '2', '1'])
  })

  it('have days of review that a snapshot knows four weeks ahead, one for each', () => {
    expect(comingReviews(noted({ ...said, '1': { review: '2024-02-03' } }))).toEqual([
      '2024-01-04',
      '2024-01-05',
      '2024-02-01',
    ])
  })

  it('nobody has said anything of are none', () => {
    expect(bookOf(noted({}))).toMatchObject({ due: [], remembered: [] })
  })
})
