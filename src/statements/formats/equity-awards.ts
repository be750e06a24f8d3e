import type { Row } from '../csv.ts'
import { columnName } from '../columns.ts'
import type { Mapping } from '../mapping.ts'
import type { Table } from '../tables.ts'

/** Where employers keep the shares that they give. */
export const equityAwards: readonly Mapping[] = [
  {
    // "01/02/2026","Sale","GOOG","Share Sale","13.302","","Journal","$4,255.31",…, and below it the lots, without a day
    name: 'Schwab Equity Awards',
    header: [
      'date',
      'action',
      'symbol',
      'quantity',
      'disbursement election',
      'amount',
      'vest fair market value',
    ],
    field: {
      date: 'date',
      type: 'action',
      symbol: 'symbol',
      shares: 'quantity',
      // only of shares that came: a sale is what it brought
      price: ['vest fair market value', 'purchase price'],
      fee: 'fees and commissions',
      amount: 'amount',
      note: 'description',
    },
    words: [
      // what is kept of it comes as a deposit
      [/lapse/, 'nothing'],
      [/^deposit/, 'received'],
      [/^(?:journal|wire|forced disbursement)/, 'cash'],
    ],
    amount: 'net',
    days: 'mdy',
    decimals: '.',
    currency: 'USD',
    signed: true,
    odd: (cells) => (/sale/i.test(cells.types[0] ?? '') ? { ...cells, price: '' } : cells),
  },
  {
    // 01-Apr-2021,…,GSU Class C,Sale,Complete,"$2,110.00",-2,"$4,219.95",0,N/A
    name: 'Morgan Stanley',
    header: ['date', 'plan', 'type', 'order status', 'price', 'quantity', 'net amount', 'net share proceeds'],
    field: {
      date: 'date',
      type: 'type',
      name: 'plan',
      shares: 'quantity',
      price: 'price',
      amount: 'net amount',
      status: 'order status',
    },
    amount: 'net',
    decimals: '.',
    currency: 'USD',
    signed: false,
    feeIsRest: true,
    // what sales brought leaves as a sale of dollars
    odd: (cells) =>
      cells.name === 'Cash' ? { ...cells, types: ['withdrawal'], name: '', shares: '', price: '' } : cells,
  },
  {
    // 25-Mar-2021,…,GSU Class C,Release,Complete,"$2,045.06",20.000,$0.00,10.60,Fractional Shares
    name: 'Morgan Stanley',
    header: ['vest date', 'plan', 'type', 'status', 'price', 'quantity', 'net share proceeds'],
    field: {
      date: 'vest date',
      type: 'type',
      name: 'plan',
      // the others paid the tax
      shares: 'net share proceeds',
      price: 'price',
      status: 'status',
    },
    words: [[/^release/, 'received']],
    decimals: '.',
    currency: 'USD',
  },
]

/** Schwab's rows with what the lots below them say, which have no day of their own. Null for any other table. */
export function joinedAwards({ header, rows }: Table): Table | null {
  const names = new Set(header.cells.map(columnName))
  if (!names.has('disbursement election') || !names.has('vest fair market value')) return null
  const joined: Row[] = []
  for (const row of rows) {
    const above = joined.at(-1)
    if (above && row.cells[0] === '')
      joined[joined.length - 1] = {
        ...above,
        cells: above.cells.map((cell, i) => cell || (row.cells[i] ?? '')),
      }
    else joined.push(row)
  }
  return { header, rows: joined }
}
