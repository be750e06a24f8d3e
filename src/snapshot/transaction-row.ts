import { benchmarkReturns } from '../portfolio/benchmark.ts'
import { cashEffect } from '../portfolio/cash.ts'
import type { Day } from '../portfolio/day.ts'
import { type Money, ratioOf, type Shares, text, times } from '../portfolio/decimal.ts'
import { currencyOf } from '../portfolio/listing-currency.ts'
import { type Ledger, positions, priceOn } from '../portfolio/ledger.ts'
import type { Position } from '../portfolio/position.ts'
import type { Sale } from '../portfolio/sale.ts'
import { knownToSource, recordedFactor, splitShares, unitsToday } from '../portfolio/split.ts'
import type { TransactionType } from '../portfolio/kind.ts'
import { inOrder, type Transaction } from '../portfolio/transaction.ts'
import { decisions } from '../metrics/decisions.ts'
import { gaps } from '../metrics/gap.ts'
import { benchmarksOfSales, ownReturns, type OwnReturn, stakesOf, versus } from '../metrics/total-return.ts'

/** A transaction as it was recorded; decimals are text. */
export type RecordedRow = {
  id: string
  type: TransactionType
  symbol: string | null
  date: Day
  /** In the share units of its day; price, fee and amount are in `currency`. */
  shares: string | null
  price: string | null
  fee: string
  amount: string
  currency: string
  /** For a split: new shares to old ones, such as `5:1`. */
  ratio: string | null
  /** The symbol that shares became, or that was spun off. */
  new_symbol?: string
  note: string
  /** Set on a dividend that nobody recorded and that counts by itself. */
  derived?: true
  /** In a group, the portfolio that it is of. */
  portfolio?: string
  portfolio_name?: string
}

/**
 * With its results in the portfolio's currency. Ratios are numbers; an unknown figure is null, and `reasons` says
 * why.
 */
export type TransactionRow = RecordedRow & {
  /** The change of the cash, fees included: negative for a buy, positive for a sale. */
  cash: string | null
  /** For a buy the price paid, for a sale the cost of its shares; fees of the buys included. */
  cost: string | null
  /** For a buy: all of its shares at the latest price, including those sold since. */
  value: string | null
  /** For a buy value − cost, for a sale the realized gain. */
  gain: string | null
  /** Gain ÷ cost: the return of the price, without dividends. */
  gain_ratio: number | null
  /** For a buy the total return on its cost since, for a sale that on the cost of its lots, dividends reinvested. */
  total_return: number | null
  /**
   * By benchmark: for a buy the total return since that day, for a sale the return of the cost of its lots until that
   * day.
   */
  benchmarks: Record<string, number | null>
  /** By benchmark: `total_return` − the benchmark's. */
  vs: Record<string, number | null>
  /**
   * By benchmark, in money: of a buy the part of its lot in the gap, of a sale what selling has won or lost until now
   * (metrics/decisions.ts).
   */
  vs_money: Record<string, string | null>
  /** For a buy: how many of its shares are still held, in today's units, and which part of all that is. */
  held: string | null
  held_ratio: number | null
  /** On a trade whose price does not tell in which share units it is, and of which nobody has said it. */
  units_unclear?: true
  reasons: Record<string, string>
}

/**
 * Returns all transactions as they stand today, in the ledger's order (transaction.ts). A buy is followed as a whole,
 * as the pick that it was: gain = shares bought × price now − cost, without dividends. The comparison with a
 * benchmark uses total returns, dividends reinvested; for a sale they end at its own price and day. finance.md,
 * "Realized gain", "Benchmark of lots" and "Fair comparison".
 */
export function transactionRows(ledger: Ledger): TransactionRow[] {
  const { today } = ledger
  const folded = new Map(positions(ledger, today).map((position) => [position.symbol, position]))
  const lots = new Map(
    [...folded.values()].flatMap((p) => p.lots.map((lot) => [lot.transaction, lot.shares] as const)),
  )
  const sales = new Map(
    [...folded.values()].flatMap((p) => p.sales.map((sale) => [sale.transaction, sale] as const)),
  )
  const bought = sharesToday(ledger)
  const prices = new Map([...folded.keys()].map((symbol) => [symbol, priceOn(ledger, symbol, today)]))
  const returns = benchmarkReturns(ledger, today)
  const returnsOfSale = benchmarksOfSales(ledger)
  const own = new Map([...folded.keys()].map((symbol) => [symbol, ownReturns(ledger, symbol)]))

  const ofBuy = (buy: Transaction, row: TransactionRow) => {
    const shares = bought.get(buy.id)!
    const left = lots.get(buy.id) ?? 0n
    const priced = prices.get(buy.symbol!)!
    row.held = text(left)
    row.held_ratio = ratioOf(left, shares)
    const cost = buy.unconverted === undefined ? buy.amount + buy.fee : null
    const value = 'price' in priced ? times(shares, priced.price) : null
    if ('reason' in priced) row.reasons['value'] = priced.reason
    row.value = text(value)
    returned(row, cost, cost === null || value === null ? null : value - cost)
    row.benchmarks = returns(buy.date, row.reasons)
    if (cost !== null && value !== null)
      compared(row, own.get(buy.symbol!)!([{ date: buy.date, cost, end: value }], today))
    else compared(row, { ratio: null, reason: row.reasons['gain'] ?? '' })
  }
  const ofSale = (row: TransactionRow, sale: Sale | undefined, { symbol, unknown }: Position) => {
    if (unknown.realized !== undefined) row.reasons['gain'] = row.reasons['total_return'] = unknown.realized
    else if (sale) {
      returned(row, sale.cost, sale.gain)
      row.benchmarks = returnsOfSale(sale)
      compared(row, own.get(symbol)!(stakesOf(sale), sale.date))
    }
  }
  const held = [...folded.values()]
  const inMoney = gaps(ledger, ledger.benchmarks, { asOf: today, by: 'lot' }, held).map((byLot) => {
    const decided = decisions(ledger, byLot, held)
    return {
      benchmark: byLot.benchmark,
      decided: new Map(decided.map((each) => [each.transaction, each.gap])),
    }
  })
  return entriesOf(ledger).map((transaction) => {
    const row = plainRow(ledger, transaction.entry ?? transaction)
    const { type, symbol, date, unitsDay } = transaction
    const splits = ledger.markets.get(symbol ?? '')?.splits ?? []
    if (row.price !== null && unitsDay === undefined && splits.some(({ day }) => day > date))
      row.units_unclear = true
    if (type === 'buy' || type === 'sell') {
      row.vs_money = Object.fromEntries(
        inMoney.map(({ benchmark, decided }) => [benchmark, text(decided.get(transaction.id) ?? null)]),
      )
    }
    if (type === 'buy') ofBuy(transaction, row)
    if (type === 'sell') ofSale(row, sales.get(transaction.id), folded.get(symbol!)!)
    return row
  })
}

function returned(row: TransactionRow, cost: Money | null, gain: Money | null): void {
  row.cost = text(cost)
  row.gain = text(gain)
  row.gain_ratio = ratioOf(gain, cost)
  if (gain === null) row.reasons['gain'] = row.reasons['cash'] ?? row.reasons['value'] ?? ''
  else if (row.gain_ratio === null) row.reasons['gain_ratio'] = 'the shares cost nothing'
}

function compared(row: TransactionRow, { ratio, reason }: OwnReturn): void {
  row.total_return = ratio
  row.vs = versus(ratio, row.benchmarks)
  if (reason !== null) row.reasons['total_return'] = reason
}

function plainRow(ledger: Ledger, transaction: Transaction): TransactionRow {
  const { unconverted } = transaction
  return {
    ...recordedRow(ledger, transaction),
    cash: unconverted === undefined ? text(cashEffect(transaction)) : null,
    cost: null,
    value: null,
    gain: null,
    gain_ratio: null,
    total_return: null,
    benchmarks: {},
    vs: {},
    vs_money: {},
    held: null,
    held_ratio: null,
    reasons: unconverted === undefined ? {} : { cash: unconverted },
  }
}

/**
 * Restores what currency.ts converted. A transaction without a currency is in that of its symbol, or else in the
 * portfolio's.
 */
export function recordedRow(ledger: Ledger, transaction: Transaction): RecordedRow {
  const { id, type, symbol, date, shares, ratio, note, terms } = transaction
  const { price, fee, amount } = transaction.recorded ?? transaction
  return {
    id,
    type,
    symbol,
    date,
    shares: text(shares),
    price: text(price),
    fee: text(fee),
    amount: text(amount),
    currency: recordedCurrency(ledger, transaction),
    ratio: ratio && `${ratio.numerator}:${ratio.denominator}`,
    ...(terms?.newSymbol && { new_symbol: terms.newSymbol }),
    note,
    ...(transaction.derived && { derived: true }),
    ...(transaction.account && portfolioOf(ledger, transaction.account.id)),
  }
}

function portfolioOf({ members = [] }: Ledger, id: string) {
  return { portfolio: id, portfolio_name: members.find((each) => each.id === id)?.name ?? '' }
}

/** Returns a row for each transaction as it was entered; of several that one entry is booked as, the one that is
 * held. The owner's prices are among them. */
export function entriesOf({ transactions, ownPrices = [] }: Ledger): Transaction[] {
  const hasParts = transactions.some(({ isPart }) => isPart)
  const entered = hasParts ? transactions.filter(({ isPart }) => !isPart) : transactions
  return ownPrices.length === 0 ? entered : inOrder([...entered, ...ownPrices])
}

/** The currency that its amounts were written down in. */
export function recordedCurrency(ledger: Ledger, transaction: Transaction): string {
  const { symbol, recorded } = transaction
  const own = symbol === null ? undefined : ledger.markets.get(symbol)?.instrument?.currency
  return (recorded ?? transaction).currency ?? currencyOf(transaction, own) ?? ledger.baseCurrency
}

/**
 * Returns the shares of each buy in today's units; splits that only the ledger knows are applied in their order
 * (position.ts).
 */
function sharesToday({ transactions, markets }: Ledger): Map<string, Shares> {
  const bought = new Map<string, Shares>()
  const before = new Map<string, string[]>()
  for (const transaction of transactions) {
    const { id, type, symbol } = transaction
    if (type !== 'buy' && type !== 'split') continue
    const splits = markets.get(symbol!)?.splits ?? []
    const own = before.get(symbol!) ?? []
    if (type === 'buy') {
      bought.set(id, splitShares(transaction.shares!, unitsToday(transaction, splits)))
      before.set(symbol!, own)
      own.push(id)
    } else if (!knownToSource(transaction, splits)) {
      const factor = recordedFactor(transaction)
      for (const buy of own) bought.set(buy, splitShares(bought.get(buy)!, factor))
    }
  }
  return bought
}
