import { describe, expect, it } from 'vitest'
import { text } from '../../src/portfolio/decimal.ts'
import { type NamedPurchase, readEntry } from '../../src/portfolio/entry.ts'
import { positions } from '../../src/portfolio/ledger.ts'
import type { CostBasis } from '../../src/portfolio/lot.ts'
import { takenAsNamed } from '../../src/portfolio/named-lots.ts'
import { oversales } from '../../src/portfolio/oversale.ts'
import { storedTerms, termsIn } from '../../src/portfolio/terms.ts'
import type { Transaction } from '../../src/portfolio/transaction.ts'
import { rowKeys } from '../../src/statements/row-key.ts'
import { closes, ledger, transactions, written } from '../notation.ts'

// ids are the numbers of the lines
const story = `
  2024-01-02 buy 10 X @ 30
  2024-01-02 buy 10 X @ 40
  2024-01-02 buy 10 Y @ 5
  2024-01-03 dividend X 1
  2024-01-04 transfer_in 2 X acquired 2020-01-02 cost 20
  2024-01-08 buy 10 X @ 35
`
const rows = transactions(story)
const entered = (purchases: NamedPurchase[], more: object = {}) =>
  readEntry(
    { type: 'sell', symbol: 'X', date: '2024-01-05', shares: '6', price: '50', purchases, ...more },
    '2024-01-09',
    rows,
  )
const purchase = (transaction: string, shares: string | null) => ({ transaction, shares })
const sale = (...purchases: NamedPurchase[]): Transaction => {
  const read = entered(purchases)
  if ('faults' in read) throw new Error(read.faults[0]!.reason)
  return { id: 'sale', ...read.transaction }
}

describe('a sale that names purchases', () => {
  const after = (named: Transaction, before: Transaction[]) =>
    positions(ledger('', { transactions: [...before, named] }), '2024-01-05').find(
      ({ symbol }) => symbol === 'X',
    )!

  it('takes the lot of that one, among those of its day: the example of finance.md, "Cost basis"', () => {
    const x = after(sale(purchase('2', '4')), rows.slice(0, 3))
    expect(written(x.lots)).toEqual(['8 {240, 2024-01-02}', '6 {240, 2024-01-02}'])
    expect(text(x.realizedGain)).toBe('80')
  })

  it('takes shares that came from elsewhere by their transfer, and as many as there are', () => {
    const x = after(sale(purchase('2', '4'), purchase('5', null)), rows)
    expect(written(x.lots)).toEqual(['10 {300, 2024-01-02}', '6 {240, 2024-01-02}'])
    // 4 × 10 + 2 × (50 − 10)
    expect(text(x.realizedGain)).toBe('120')
  })

  it('is stored and read again, and is the row that a file has with the day alone', () => {
    const named = sale(purchase('2', '4'))
    expect(termsIn(JSON.parse(JSON.stringify(storedTerms(named.terms!))))).toEqual(named.terms)
    const byDay = transactions('2024-01-05 sell 6 X @ 50 lots 2024-01-02:4')
    expect(rowKeys([named])).toEqual(rowKeys(byDay))
  })

  it.each<[string, NamedPurchase[], string]>([
    ['nothing', [purchase('99', '1')], '“99” is no transaction of this portfolio'],
    ['a dividend', [purchase('4', '1')], '“4” is a dividend, which is no purchase'],
    ['another ticker’s', [purchase('3', '1')], '“3” is a purchase of Y, not of X'],
    ['a later one', [purchase('6', '1')], '“6” is of 2024-01-08, a later day'],
    ['one twice', [purchase('2', '1'), purchase('2', '2')], '“2” is named twice'],
    ['none of its shares', [purchase('2', '0')], '“0” shares of “2” are no number above 0'],
    ['some of its shares', [purchase('2', 'some')], '“some” shares of “2” are no number above 0'],
    ['more than it sells', [purchase('2', '6.5')], 'the lots are more than the shares'],
  ])('is refused with %s', (_, purchases, reason) => {
    expect(entered(purchases)).toEqual({ faults: [{ field: 'lots', reason }] })
  })

  it('is refused as a purchase', () => {
    const reason = 'a buy cannot have lots'
    expect(entered([purchase('2', '1')], { type: 'buy' })).toEqual({ faults: [{ field: 'lots', reason }] })
  })

  it('lacks what the one has not, whatever others of its day hold', () => {
    const lacking = (...before: Transaction[]) =>
      oversales([...rows, ...before, sale(purchase('2', '6'))], 'X', []).map((each) => each.sentence)
    expect(lacking()).toEqual([])
    expect(lacking({ ...sale(purchase('2', '5')), id: 'before' })).toEqual([
      '2024-01-05: the named lot of X of 2024-01-02 holds only 5',
    ])
  })

  it.each<[CostBasis, number]>([
    ['fifo', 1],
    ['lifo', 0],
  ])('finds what a sale before it has left by the cost basis: %s', (basis, faults) => {
    const before = transactions('2024-01-05 sell 10 X @ 50').map((row) => ({ ...row, id: 'before' }))
    // without the shares from elsewhere: the first purchase is the oldest lot
    const own = [...rows.filter(({ id }) => id !== '5'), ...before, sale(purchase('1', '6'))]
    expect(oversales(own, 'X', [], undefined, undefined, basis)).toHaveLength(faults)
  })
})

describe('what is answered of the lots that a sale names', () => {
  it('by their days are the purchases that it took, in its own share units', () => {
    const markets = closes({ X: '2024-01-02 30, 2024-02-01 8, 2024-01-10 split 4:1' })
    const of = ledger(
      `2024-01-02 buy 3 X @ 30
       2024-01-02 buy 10 X @ 40
       2024-01-05 sell 6 X @ 50 lots 2024-01-02:5
       2024-01-06 sell 1 X @ 50
       2024-02-01 sell 4 X @ 9 lots 2024-01-02`,
      { markets },
    )
    expect(takenAsNamed(of, ['3', '4', '5'])).toEqual({
      3: [purchase('1', '3'), purchase('2', '2')],
      4: [],
      5: [purchase('2', '4')],
    })
  })

  it('are the purchases of the shares that became theirs', () => {
    const of = ledger(`
      2024-01-02 buy 10 X @ 30
      2024-01-03 buy 10 X @ 40
      2024-01-04 exchange X into Z ratio 1:2
      2024-01-05 sell 6 Z @ 90 lots 2024-01-03:5`)
    expect(takenAsNamed(of, ['4'])).toEqual({ 4: [purchase('2', '5')] })
  })
})
