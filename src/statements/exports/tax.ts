import { daysBetween } from '../../portfolio/day.ts'
import { type Money, shareOut, text } from '../../portfolio/decimal.ts'
import { type Ledger, positions } from '../../portfolio/ledger.ts'
import type { Position } from '../../portfolio/position.ts'
import { textCell } from '../text-cell.ts'
import { csv } from '../write-statement.ts'

const header = [
  'Kind',
  'Ticker',
  'Acquired',
  'Date',
  'Days held',
  'Shares',
  'Proceeds',
  'Cost',
  'Gain',
  'Withheld',
  'Currency',
  'Note',
]

/**
 * Writes what a tax return asks for, in the portfolio's currency, oldest first: each sale lot by lot as the cost basis takes
 * them (finance.md, "Realized gain"), every recorded dividend, interest, fee and tax, and at the end the lots that are open.
 * Shares are in today's units. What could not be converted is empty, and its note says why.
 */
export function taxFile(ledger: Ledger): string {
  const held = positions(ledger, ledger.today)
  const rows = [...held.flatMap((position) => sold(position, ledger)), ...income(ledger)]
  const open = held.flatMap((position) => openLots(position, ledger))
  return csv(header, [...rows.toSorted((a, b) => (a.Date! < b.Date! ? -1 : 1)), ...open].map(cells))
}

type Row = Partial<Record<(typeof header)[number], string>>

const cells = (row: Row) => header.map((name) => row[name] ?? '')

function sold({ symbol, sales, unknown }: Position, { baseCurrency }: Ledger): Row[] {
  return sales.flatMap(({ date, proceeds, lots }) => {
    const parts = shareOut(
      proceeds,
      lots.map(({ shares }) => shares),
    )
    return lots.map((lot, i): Row => {
      const proceeds = parts[i]!
      return {
        Kind: 'Sale',
        Ticker: symbol,
        Acquired: lot.date,
        Date: date,
        'Days held': String(daysBetween(lot.date, date)),
        Shares: text(lot.shares),
        Currency: baseCurrency,
        ...(unknown.realized === undefined
          ? { Proceeds: text(proceeds), Cost: text(lot.cost), Gain: text(proceeds - lot.cost) }
          : { Note: unknown.realized }),
      }
    })
  })
}

const kindNames = {
  dividend: 'Dividend',
  return_of_capital: 'Return of capital',
  interest: 'Interest',
  fee: 'Fee',
  tax: 'Tax',
} as const

function income({ transactions, baseCurrency }: Ledger): Row[] {
  return transactions.flatMap((row) => {
    if (row.derived || !Object.hasOwn(kindNames, row.type)) return []
    const type = row.type as keyof typeof kindNames
    const isCost = type === 'fee' || type === 'tax'
    const money = (amount: Money) => (amount === 0n ? '' : text(amount))
    const amounts: Row = isCost
      ? { Cost: money(row.amount) }
      : { Proceeds: money(row.amount), Withheld: money(row.fee) }
    return [
      {
        Kind: kindNames[type],
        Ticker: row.symbol ?? '',
        Date: row.date,
        Currency: baseCurrency,
        ...(row.unconverted === undefined
          ? { ...amounts, Note: textCell(row.note) }
          : { Note: row.unconverted }),
      },
    ]
  })
}

function openLots({ symbol, lots, unknown }: Position, { baseCurrency, today }: Ledger): Row[] {
  return lots.map(({ date, shares, cost }) => ({
    Kind: 'Open lot',
    Ticker: symbol,
    Acquired: date,
    'Days held': String(daysBetween(date, today)),
    Shares: text(shares),
    Currency: baseCurrency,
    ...(unknown.cost === undefined ? { Cost: text(cost) } : { Note: unknown.cost }),
  }))
}
