import { daysBetween } from '../../portfolio/day.ts'
import { type Money, shareOut, text } from '../../portfolio/decimal.ts'
import { type Ledger, positions } from '../../portfolio/ledger.ts'
import { rowsBySymbol, splitsOf } from '../../portfolio/own-rows.ts'
import { type Position, positionOf } from '../../portfolio/position.ts'
import type { Sale } from '../../portfolio/sale.ts'
import type { Transaction } from '../../portfolio/transaction.ts'
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
 * them (finance.md, "Realized gain"), every recorded dividend, interest, fee and tax, what corporate actions and transfers did
 * to shares and cost, and at the end the lots that are open. Capital that was returned has the cost that it lowered, and as
 * gain what was more than that.
 * Shares are in today's units. What could not be converted is empty, and its note says why.
 */
export function taxFile(ledger: Ledger): string {
  const held = positions(ledger, ledger.today)
  const rows = [
    ...held.flatMap((position) => [...sold(position, ledger), ...moved(position, ledger)]),
    ...income(ledger),
  ]
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

const money = (amount: Money) => (amount === 0n ? '' : text(amount))

const kindNames = {
  dividend: 'Dividend',
  interest: 'Interest',
  fee: 'Fee',
  tax: 'Tax',
} as const

function income({ transactions, baseCurrency }: Ledger): Row[] {
  return transactions.flatMap((row) => {
    if (row.derived || !Object.hasOwn(kindNames, row.type)) return []
    const type = row.type as keyof typeof kindNames
    const isCost = type === 'fee' || type === 'tax'
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

const moves: Partial<Record<Transaction['type'], string>> = {
  return_of_capital: 'Return of capital',
  stock_dividend: 'Stock dividend',
  spin_off: 'Spin-off',
  exchange: 'Exchange',
  transfer_in: 'Transfer in',
  transfer_out: 'Transfer out',
}

/** What changes lots without being a trade: by how many shares, and the cost that came, left or went down. */
function moved(position: Position, { transactions, markets, costBasis, baseCurrency }: Ledger): Row[] {
  const { symbol, unknown } = position
  const own = rowsBySymbol(transactions).get(symbol) ?? []
  const held = (rows: readonly Transaction[]) =>
    positionOf(symbol, rows, splitsOf(markets.get(symbol)), costBasis, '9999-12-31')
  const byRow = (all: readonly Sale[]) => new Map(all.map((sale) => [sale.transaction, sale]))
  const [left, sold] = [byRow(position.transfers), byRow(position.sales)]
  const changed = (row: Transaction, at: number): Row => {
    if (row.type === 'transfer_in') {
      const { shares, cost } = held([row])
      return { Shares: text(shares), Cost: text(cost) }
    }
    if (row.type === 'exchange' || row.type === 'transfer_out') {
      // what an exchange sold for cash is a sale above
      const [all, paid] = [left.get(row.id), sold.get(row.id)]
      const of = (part: 'shares' | 'cost') => text((all?.[part] ?? 0n) - (paid?.[part] ?? 0n))
      return { Shares: of('shares'), Cost: of('cost') }
    }
    const [before, after] = [held(own.slice(0, at)), held(own.slice(0, at + 1))]
    const cost = money(before.cost - after.cost)
    if (row.type !== 'return_of_capital') return { Shares: money(after.shares - before.shares), Cost: cost }
    const gain = money(after.realizedGain - before.realizedGain)
    return { Proceeds: money(row.amount), Withheld: money(row.fee), Cost: cost, Gain: gain }
  }
  return own.flatMap((row, at): Row[] => {
    const kind = moves[row.type]
    if (kind === undefined || row.derived) return []
    const { date, terms, note } = row
    const fault = row.unconverted ?? unknown.cost
    const about = { Kind: kind, Ticker: symbol, Date: date, Currency: baseCurrency }
    if (fault !== undefined) return [{ ...about, Note: fault }]
    const into = terms?.newSymbol ? `into ${terms.newSymbol}` : ''
    const acquired = terms?.acquired && { Acquired: terms.acquired }
    return [
      { ...about, ...acquired, ...changed(row, at), Note: textCell([into, note].filter(Boolean).join(': ')) },
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
