import type { Row } from '../csv.ts'
import type { Cells, Mapping } from '../mapping.ts'
import { isMoney } from '../money-codes.ts'
import type { Reading } from '../statement-format.ts'
import { HEADER_WITHIN, type Table } from '../tables.ts'
import { isUntranslated } from './translated-activity.ts'

/**
 * The Activity Statement as CSV is many tables in one: each row begins with its section and with Header, Data or what
 * kind of sum it is. A section comes again, with other columns, for another class of assets.
 *
 *     Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,C. Price,Proceeds,Comm/Fee,Basis,…
 *     Trades,Data,Order,Stocks,USD,MSFT,"2024-02-05, 10:15:00",5,404.00,405.65,-2020,-1,2021,…
 *     Trades,SubTotal,,Stocks,USD,MSFT,,3,,,-1200,-2.02,…
 *     Dividends,Header,Currency,Date,Description,Amount
 *     Dividends,Data,USD,2024-03-14,MSFT(US5949181045) Cash Dividend USD 0.75 per Share (Ordinary Dividend),3.75
 */
export const interactiveBrokers: readonly Mapping[] = [
  {
    name: 'Interactive Brokers',
    header: [
      'trades',
      'header',
      'asset category',
      'currency',
      'symbol',
      'date/time',
      'quantity',
      't price',
      'proceeds',
    ],
    field: {
      date: 'date/time',
      symbol: 'symbol',
      shares: 'quantity',
      price: 't price',
      fee: [
        'comm/fee',
        'comm in usd',
        'comm in eur',
        'comm in gbp',
        'comm in chf',
        'comm in cad',
        'comm in aud',
      ],
      amount: 'proceeds',
      currency: 'currency',
    },
    amount: 'gross',
    decimals: '.',
    signed: true,
    odd: (cells, cell) => {
      const sum = ofSums(cell)
      if (sum) return sum
      if (!/^(?:Order|Trade|)$/.test(cell('data discriminator'))) return { skip: 'a part of the order above' }
      return traded(cells, cell('asset category'))
    },
  },
  ...section('Dividends', 'dividends', 'date', 'dividend'),
  ...section('Withholding Tax', 'withholding tax', 'date', 'tax'),
  ...section('Interest', 'interest', 'date', 'interest'),
  ...section('Fees', 'fees', 'date', 'fee'),
  ...section('Other Fees', 'other fees', 'date', 'fee'),
  ...section('Deposits & Withdrawals', 'deposits & withdrawals', 'settle date', 'cash'),
  {
    // Corporate Actions,Header,Asset Category,Currency,Report Date,Date/Time,Description,Quantity,Proceeds,Value,…
    name: 'Interactive Brokers',
    header: ['corporate actions', 'header', 'currency', 'date/time', 'description', 'quantity', 'proceeds'],
    field: {
      date: 'date/time',
      shares: 'quantity',
      amount: 'proceeds',
      currency: 'currency',
      note: 'description',
    },
    words: [[/^$/, 'nothing']],
    amount: 'net',
    decimals: '.',
    signed: true,
    odd: (cells, cell) => {
      const sum = ofSums(cell)
      if (sum) return sum
      const own = traded(cells, cell('asset category'))
      return 'types' in own ? corporateAction(own, cells.note) : own
    },
  },
  {
    // Transfers,Header,Asset Category,Currency,Symbol,Date,Type,Direction,…,Qty,Xfer Price,Market Value,…,Cash Amount,Code
    name: 'Interactive Brokers',
    header: ['transfers', 'header', 'asset category', 'currency', 'symbol', 'date', 'direction', 'qty'],
    field: {
      date: 'date',
      type: 'direction',
      symbol: 'symbol',
      shares: 'qty',
      amount: ['cash amount', 'market value'],
      currency: 'currency',
    },
    words: [
      [/^in$/, 'received'],
      [/^out$/, 'delivered'],
    ],
    amount: 'net',
    decimals: '.',
    signed: true,
    odd: (cells, cell) => {
      const sum = ofSums(cell)
      if (sum) return sum
      const isCash = /^cash$/i.test(cell('asset category'))
      if (isCash) return { ...cells, symbol: '', shares: '', amount: cell('cash amount') }
      return traded({ ...cells, amount: cell('market value') }, cell('asset category'))
    },
  },
  {
    // Transaction History,Header,Date,Account,Description,Transaction Type,Symbol,Quantity,Price,Gross Amount ,Commission,Net Amount
    name: 'Interactive Brokers',
    header: [
      'transaction history',
      'header',
      'date',
      'transaction type',
      'symbol',
      'quantity',
      'price',
      'net amount',
    ],
    field: {
      date: 'date',
      type: 'transaction type',
      symbol: 'symbol',
      name: 'description',
      shares: 'quantity',
      price: 'price',
      priceCurrency: 'price currency',
      fee: 'commission',
      amount: 'net amount',
      currency: 'base currency',
    },
    words: [
      [/^forex|^adjustment/, 'conversion'],
      [/^payment in lieu/, 'dividend'],
    ],
    amount: 'net',
    decimals: '.',
    signed: true,
    odd: (cells, cell) => ofSums(cell) ?? cells,
  },
]

/**
 * Why the rows of a section are left out that look like something that moved; null for sections of what is no event.
 *
 *     Change in Dividend Accruals,Header,Asset Category,Currency,Symbol,Date,Ex Date,Pay Date,Quantity,Tax,Fee,Gross Rate,Gross Amount,Net Amount,Code
 *     Stock Yield Enhancement Program Securities Lent Activity,Header,Asset Category,Date,Symbol,Transaction ID,Quantity,Collateral Amount
 */
export function leftOutSection(header: readonly string[]): string | null {
  if (isUntranslated(header))
    return 'this section of an Activity Statement is read in English only: choose English as its language and import it again'
  return sections.find(([pattern]) => pattern.test(header[0] ?? ''))?.[1] ?? null
}

export const accrued =
  'a dividend or interest that is not paid yet; what was paid stands among dividends and interest'
export const lent = 'shares that are lent stay yours; what lending them earned stands among the interest'
export const granted =
  'a grant brings no shares before it vests; if it has vested, add a buy at a price of 0 whose note says bonus'

const sections: readonly (readonly [RegExp, string])[] = [
  [/^(?:change in |open )?(?:dividend|interest) accruals/i, accrued],
  [/^stock yield enhancement program|^securities (?:lent|borrowed)|^ibkr managed securities/i, lent],
  [/^(?:stock )?grant activity/i, granted],
]

/**
 * The tables of a Transaction History, whose amounts are all in the currency that its summary names: each row has it, below a
 * heading that is added on the right.
 *
 *     Summary,Data,Base Currency,EUR
 */
export function withBaseCurrency(tables: Table[], rows: readonly Row[]): Table[] {
  const base = rows
    .slice(0, HEADER_WITHIN)
    .find(({ cells }) => cells[0] === 'Summary' && cells[2] === 'Base Currency')?.cells[3]
  if (!base) return tables
  const added = (row: Row, cell: string): Row => ({ ...row, cells: [...row.cells, cell] })
  return tables.map((table) =>
    table.header.cells[0] === 'Transaction History'
      ? {
          header: added(table.header, 'Base currency'),
          rows: table.rows.map((row) =>
            row.cells.length === table.header.cells.length ? added(row, base) : row,
          ),
        }
      : table,
  )
}

/**
 * What a corporate action is, by its description, and the security that the row is of: the last brackets name it.
 *
 *     OLDC(US0000000003) Merged(Acquisition) WITH US0000000001 1 for 2 (NEWC, NEW CORP, US0000000001)
 */
export function corporateAction(cells: Cells, description: string): Cells | Reading {
  const of = /\(([A-Z0-9. ]{1,12}), .{0,120}, ([A-Z0-9]{9,12})\)\s*$/.exec(description.slice(-200))
  const symbol = (of?.[1] ?? cells.symbol).replace(/\.OLD$/, '')
  const type = actions.find(([pattern]) => pattern.test(description))?.[1] ?? description
  return { ...cells, types: [type], symbol, isin: of?.[2] ?? cells.isin, note: description }
}

const actions: readonly (readonly [RegExp, string])[] = [
  [/\bspin-?off\b/i, 'spin-off'],
  [/\bstock dividend\b/i, 'stock dividend'],
  [
    /\bmerged\b|\bmerger\b|acquisition|\btendered\b|(?:cusip|isin)(?:\/isin)? change|name change|\bconver/i,
    'merger',
  ],
  [/\bsplit\b/i, 'split'],
]

function section(title: string, name: string, date: string, type: string): Mapping[] {
  return [
    {
      name: 'Interactive Brokers',
      header: [name, 'header', 'currency', date, 'description', 'amount'],
      field: { date, amount: 'amount', currency: 'currency', note: 'description' },
      words: [[/^$/, 'nothing']],
      amount: 'net',
      decimals: '.',
      signed: true,
      odd: (cells, cell) => {
        const sum = ofSums(cell)
        if (sum) return sum
        return paidOn({ ...cells, types: [type] })
      },
    },
  ]
}

/** The security that a payment is on, where the description begins with it: `MSFT(US5949181045) Cash Dividend …`. */
export function paidOn(cells: Cells): Cells {
  const paid = /^([A-Z0-9. ]{1,12}?) ?\(([A-Z0-9]{8,12})\)/.exec(cells.note)
  if (!paid || (cells.symbol && cells.isin)) return cells
  return { ...cells, symbol: cells.symbol || paid[1]!, isin: cells.isin || paid[2]! }
}

function ofSums(cell: (heading: string) => string): Reading | null {
  const isSum =
    cell('header') !== 'Data' ||
    // a total of a currency, in the language of the statement
    !/^[A-Z]{3}$/.test(cell('currency') || 'USD') ||
    ['currency', 'date', 'date/time', 'settle date'].every((name) => cell(name) === '') ||
    ['date', 'subtitle'].some((name) => /^(?:sub)?total/i.test(cell(name)))
  return isSum ? { skip: 'a sum of other rows' } : null
}

/** What is traded besides shares and funds. */
export function traded(cells: Cells, category: string): Cells | Reading {
  const [, from = '', to = ''] = /^([A-Z]{3})\.([A-Z]{3})$/.exec(cells.symbol) ?? []
  if (/^(?:forex|cash|devisen|divisas)$/i.test(category) || (isMoney(from) && isMoney(to)))
    return { ...cells, types: ['currency conversion'] }
  if (/optio|opcion|opç|opzion|期权|オプション|^opt$|^war$|warrant|futur|^fut$|^fop$/i.test(category))
    return { skip: 'options are not tracked' }
  if (/\bcfds?\b/i.test(category)) return { skip: 'contracts for difference are not tracked' }
  if (/bond|^bill$|treasury|anleihe|bonos|obliga|obbliga|títulos|债券|債券/i.test(category))
    return { skip: 'bonds and other securities without a ticker are not tracked' }
  return cells
}
