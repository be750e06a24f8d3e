import { type Money, type Shares, sum, text } from '../../portfolio/decimal.ts'
import type { Lot, Taken } from '../../portfolio/lot.ts'
import { type Ledger, positions } from '../../portfolio/ledger.ts'
import { type OwnRows, rowsBySymbol, splitsOf } from '../../portfolio/own-rows.ts'
import { positionOf } from '../../portfolio/position.ts'
import { type Sale } from '../../portfolio/sale.ts'
import type { Transaction } from '../../portfolio/transaction.ts'

/**
 * Writes the ledger in the language of beancount (its "Language Syntax"), in the portfolio's currency. Each purchase is a lot
 * with its whole cost, its day and a label; what takes shares names the lot by these two, and its gain is left for beancount
 * to fill in, so that every transaction balances. A split that only the ledger knows, a stock dividend and returned capital
 * put new lots in the place of the old ones. Shares are in the units of the source's latest closes.
 *
 * 2024-01-03 * "Buy AAPL"
 *   Assets:Holdings  6 AAPL {{1106.5 USD, 2024-01-03, "a label"}}
 *   Assets:Cash  -1106.5 USD
 */
export function beancountFile(ledger: Ledger): string {
  const { transactions, baseCurrency, costBasis } = ledger
  const rows = transactions.filter(({ derived }) => !derived)
  const first = rows.reduce((day, { date }) => (date < day ? date : day), ledger.today)
  const write = writer(ledger)
  return [
    `option "operating_currency" "${baseCurrency}"`,
    `option "inferred_tolerance_default" "*:0.000001"`,
    ...(costBasis === 'average'
      ? ['; The cost basis is average cost; here each sale takes its lots at what they cost.']
      : []),
    '',
    ...accounts.map((account) => `${first} open ${account}`),
    ...commoditiesOf(rows, baseCurrency, first),
    ...rows.map(write).flatMap((lines) => (lines.length > 0 ? ['', ...lines] : [])),
    '',
  ].join('\n')
}

const CASH = 'Assets:Cash'
const HOLDINGS = 'Assets:Holdings'
const GAINS = 'Income:Gains'
const TRANSFERS = 'Equity:Transfers'
const none = { lines: [], cost: 0n }
const accounts = [
  CASH,
  HOLDINGS,
  GAINS,
  'Income:Dividends',
  'Income:Interest',
  'Expenses:Fees',
  'Expenses:Taxes',
  'Expenses:Withheld',
  'Equity:Contributions',
  TRANSFERS,
]

/** Its names of commodities begin with a capital and have two characters at least; a few words are its own. */
function commodity(symbol: string, base: string): string {
  const isPlain = /^[A-Z][A-Z0-9._-]{0,22}[A-Z0-9]$/.test(symbol)
  if (isPlain && symbol !== base && !['TRUE', 'FALSE', 'NULL'].includes(symbol)) return symbol
  return `X.${symbol.replaceAll(/[^A-Z0-9._-]/g, '-').replace(/[._-]+$/, '')}`
}

function commoditiesOf(rows: readonly Transaction[], base: string, first: string): string[] {
  const symbols = new Set(rows.flatMap(({ symbol }) => symbol ?? []))
  return [...symbols].flatMap((symbol) => [
    `${first} commodity ${commodity(symbol, base)}`,
    `  symbol: "${symbol}"`,
  ])
}

function writer(ledger: Ledger): (row: Transaction) => string[] {
  const { baseCurrency: base, costBasis } = ledger
  const own = rowsBySymbol(ledger.transactions)
  const held = positions(ledger, ledger.today)
  const byRow = (all: readonly Sale[]) => new Map(all.map((sale) => [sale.transaction, sale]))
  const sales = byRow(held.flatMap((position) => position.sales))
  const transfers = byRow(held.flatMap((position) => position.transfers))
  /** How often the lots of a symbol were replaced, which is a part of their labels. */
  const replaced = new Map<string, number>()
  const money = (amount: Money) => `${text(amount)} ${base}`
  const label = (symbol: string, lot: string) => `"${lot}${'+'.repeat(replaced.get(symbol) ?? 0)}"`
  const more = (symbol: string, { transaction, date, shares, cost }: Lot) =>
    `  ${HOLDINGS}  ${text(shares)} ${commodity(symbol, base)} {{${money(cost)}, ${date}, ${label(symbol, transaction)}}}`
  const less = (symbol: string, { lot, date, shares }: Pick<Taken, 'lot' | 'date' | 'shares'>) =>
    `  ${HOLDINGS}  -${text(shares)} ${commodity(symbol, base)} {${date}, ${label(symbol, lot)}}`
  const cash = (amount: Money) => `  ${CASH}  ${money(amount)}`
  const other = (account: string, amount: Money) => (amount === 0n ? [] : [`  ${account}  ${money(amount)}`])

  /** Beancount works the amount out, to the last digit of a lot's cost a share. */
  const filledIn = (account: string, amount: Money) => (amount === 0n ? [] : [`  ${account}`])

  function lotsAt(symbol: string, rows: OwnRows, until: number): readonly Lot[] {
    const splits = splitsOf(ledger.markets.get(symbol))
    return positionOf(symbol, rows.slice(0, until), splits, costBasis, '9999-12-31').lots
  }

  /** The old lots go and the new ones come, at `cost` less in all. None where nothing changes. */
  function replacing(row: Transaction, symbol: string): { lines: string[]; cost: Money } {
    const rows = own.get(symbol)!
    const at = rows.indexOf(row)
    const [before, after] = [lotsAt(symbol, rows, at), lotsAt(symbol, rows, at + 1)]
    if (before.every((lot, i) => lot.shares === after[i]?.shares && lot.cost === after[i].cost)) return none
    const gone = before.map(({ transaction, ...lot }) => less(symbol, { ...lot, lot: transaction }))
    replaced.set(symbol, (replaced.get(symbol) ?? 0) + 1)
    const cost = sum(before.map((lot) => lot.cost)) - sum(after.map((lot) => lot.cost))
    return { lines: [...gone, ...after.map((lot) => more(symbol, lot))], cost }
  }

  const arrives = (row: Transaction, shares: Shares, cost: Money) =>
    more(row.symbol!, { transaction: row.id, date: row.terms?.acquired ?? row.date, shares, cost })

  /** The shares of the lot that a row makes, as the position has them. */
  function madeBy(row: Transaction): Lot {
    return lotsAt(row.symbol!, [row], 1)[0]!
  }

  const goneBy = (sale: Sale | undefined, symbol: string) => sale?.lots.map((lot) => less(symbol, lot)) ?? []

  function postings(row: Transaction): string[] {
    const { type, symbol, amount, fee } = row
    const received = (account: string) => [
      cash(amount - fee),
      ...other('Expenses:Withheld', fee),
      ...other(account, -amount),
    ]
    switch (type) {
      case 'buy':
        return [arrives(row, madeBy(row).shares, amount + fee), cash(-amount - fee)]
      case 'transfer_in': {
        const { shares, cost } = madeBy(row)
        return [arrives(row, shares, cost), ...other(TRANSFERS, -cost)]
      }
      case 'sell': {
        const { proceeds, gain } = sales.get(row.id) ?? { proceeds: 0n, gain: 0n }
        return [...goneBy(sales.get(row.id), symbol!), cash(proceeds), ...filledIn(GAINS, gain)]
      }
      case 'transfer_out': {
        const moved = transfers.get(row.id)
        return [...goneBy(moved, symbol!), ...filledIn(TRANSFERS, moved?.cost ?? 0n)]
      }
      // the new shares arrive by rows of their own
      case 'exchange': {
        const [all, sale] = [transfers.get(row.id), sales.get(row.id)]
        const moved = (all?.cost ?? 0n) - (sale?.cost ?? 0n)
        return [
          ...goneBy(all, symbol!),
          ...(sale ? [cash(sale.proceeds), ...other(GAINS, -sale.gain)] : []),
          ...filledIn(TRANSFERS, moved),
        ]
      }
      case 'spin_off': {
        const { lines, cost } = replacing(row, symbol!)
        return [...lines, ...filledIn(TRANSFERS, cost)]
      }
      case 'return_of_capital': {
        const { lines, cost } = replacing(row, symbol!)
        return [...lines, cash(amount - fee), ...filledIn(GAINS, amount - fee - cost)]
      }
      case 'split':
      case 'stock_dividend':
        return replacing(row, symbol!).lines
      case 'dividend':
        return received('Income:Dividends')
      case 'interest':
        return received('Income:Interest')
      case 'deposit':
        return [cash(amount - fee), ...other('Expenses:Fees', fee), ...other('Equity:Contributions', -amount)]
      case 'withdrawal':
        return [cash(-amount), ...other('Equity:Contributions', amount)]
      case 'fee':
        return [cash(-amount), ...other('Expenses:Fees', amount)]
      case 'tax':
        return [cash(-amount), ...other('Expenses:Taxes', amount)]
      case 'price':
      case 'reinvested':
        return []
    }
  }

  return (row) => {
    const { date, type, symbol, note, unconverted } = row
    if (unconverted !== undefined) return [`; left out: ${type} of ${date}, ${unconverted}`]
    const name = `${type.charAt(0).toUpperCase()}${type.slice(1).replaceAll('_', ' ')}${symbol ? ` ${symbol}` : ''}`
    const narration = [name, note].filter(Boolean).join(': ')
    const quoted = narration.replaceAll(/[\r\n]+/g, ' ').replaceAll(/["\\]/g, String.raw`\$&`)
    const lines = postings(row)
    // a split that the source reports is in the share units already
    return lines.length === 0 ? [] : [`${date} * "${quoted}"`, ...lines]
  }
}
