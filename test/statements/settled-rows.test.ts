import { describe, expect, it } from 'vitest'
import { settled, type Unsettled } from '../../src/statements/settled-rows.ts'
import { entered } from '../notation.ts'

/** Rows as the lines of a file, the first of which has the headings. */
const rows = (told: string, currency: string | null = null) =>
  entered(told).map((transaction, i) => ({ line: i + 2, transaction: { ...transaction, currency } }))

const undoing = (about: Partial<Unsettled>): Unsettled => ({
  what: 'dividend',
  line: 9,
  date: '2025-04-10',
  symbol: 'KO',
  shares: '',
  price: '',
  amount: '4.6',
  currency: '',
  note: '',
  ...about,
})

const left = (told: string, about: Partial<Unsettled>) =>
  settled(rows(told), [undoing(about)]).rows.map(({ line }) => line)

describe('a row that takes back another', () => {
  // 400 days before April 10, 2025 is March 6, 2024
  it('leaves out both, up to 400 days later', () => {
    expect(left('2024-03-06 dividend KO 4.6', {})).toEqual([])
    expect(left('2024-03-05 dividend KO 4.6', {})).toEqual([2])
    expect(left('2025-04-11 dividend KO 4.6', {})).toEqual([2])
  })

  it('is of the latest that it can be of', () => {
    expect(left('2025-01-10 dividend KO 4.6\n2025-04-01 dividend KO 4.6', {})).toEqual([2])
  })

  it('is of the same symbol, the same currency and the same amount', () => {
    for (const other of [
      { symbol: 'PEP' },
      { currency: 'EUR' },
      { amount: '4.61' },
      { what: 'fee' as const },
    ])
      expect(left('2025-04-01 dividend KO 4.6', other)).toEqual([2])
  })

  it('of a trade has its shares, and its price or its cash to the cent', () => {
    const trade = '2025-04-09 buy 10 KO @ 60 fee 1'
    const canceled = { what: 'canceled', shares: '-10' } as const
    expect(left(trade, { ...canceled, price: '60', amount: '' })).toEqual([])
    expect(left(trade, { ...canceled, price: '', amount: '601.01' })).toEqual([])
    expect(left(trade, { ...canceled, price: '', amount: '601.02' })).toEqual([2])
    expect(left(trade, { ...canceled, shares: '-9', price: '60' })).toEqual([2])
  })

  it('of the same day, and of less, is taken off', () => {
    const { rows: kept, skipped } = settled(rows('2025-04-10 dividend KO 4.6'), [undoing({ amount: '0.6' })])
    expect(kept.map(({ transaction }) => transaction.amount)).toEqual([4_0000000000n])
    expect(skipped.map(({ line }) => line)).toEqual([9])
    expect(left('2025-04-09 dividend KO 4.6', { amount: '0.6' })).toEqual([2])
  })
})
