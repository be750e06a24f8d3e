import { expect, it } from 'vitest'
import type { CashFlowRow, CashFlows } from '../../src/metrics/cash-flows.ts'
import { cashBook } from '../../src/snapshot/cash-book.ts'

const row = (type: CashFlowRow['type'], day: number, more: Partial<CashFlowRow> = {}): CashFlowRow => ({
  date: `2034-01-${String(day).padStart(2, '0')}`,
  type,
  description: '',
  symbol: null,
  shares: null,
  price: null,
  amount: '1',
  balance: '1',
  transaction: `${type} ${day}`,
  ...more,
})

/** Oldest first: an assumed deposit comes right before what it covers. */
const covered = (day: number) => [
  row('deposit', day, { transaction: null }),
  row('purchase', day, { symbol: 'VOO' }),
]
const none = {
  sale: '0',
  dividend: '0',
  capital: '0',
  interest: '0',
  currency: '0',
  withdrawal: '0',
  fee: '0',
  tax: '0',
}
const totals = { deposit: '1', purchase: '1', ...none }
const book = (rows: CashFlowRow[], view = 'portfolio'): CashFlows => ({ view, rows, totals, reason: null })

it('an assumed deposit joins the purchase that it covers, the newest first', () => {
  const { lines, count, types } = cashBook(book([row('deposit', 1), ...covered(2), ...covered(3)]), [], 1)
  expect(lines.map(({ row: { date, type }, covered: by }) => [date, type, by?.type])).toEqual([
    ['2034-01-03', 'purchase', 'deposit'],
    ['2034-01-02', 'purchase', 'deposit'],
    ['2034-01-01', 'deposit', undefined],
  ])
  expect(count).toBe(5)
  expect(types).toEqual(['deposit', 'purchase'])
})

it('of some types, and of a benchmark, every row is a line', () => {
  const rows = [...covered(2), ...covered(3)]
  expect(cashBook(book(rows), ['deposit'], 1).lines.map(({ row: { type } }) => type)).toEqual([
    'deposit',
    'deposit',
  ])
  expect(cashBook(book(rows, 'VOO'), [], 1).lines).toHaveLength(4)
})

it('has a hundred lines a page; a page past the end is the last one', () => {
  const rows = Array.from({ length: 201 }, (_, i) => row('fee', 1 + (i % 28)))
  const at = (page: number) => {
    const { lines, pages, page: shown, count } = cashBook(book(rows), [], page)
    return { lines: lines.length, pages, shown, count }
  }
  expect(at(1)).toEqual({ lines: 100, pages: 3, shown: 1, count: 201 })
  expect(at(9)).toEqual({ lines: 1, pages: 3, shown: 3, count: 201 })
  expect(at(-1)).toEqual({ lines: 100, pages: 3, shown: 1, count: 201 })
})
