import { type Day, dayNumber } from './day.ts'
import { dayTrades, type SplitsOf } from './day-trade.ts'
import type { Decimal, Money, Price, Shares } from './decimal.ts'
import { ARRIVAL, kinds, type TransactionType } from './kind.ts'
import { partitionPoint } from './partition-point.ts'
import type { CostBasis } from './lot.ts'
import type { Factor } from './split.ts'
import type { Terms } from './terms.ts'

/** The shares and the price are those of the day, or they were divided by the later splits already. */
export const statedUnits = ['as_traded', 'adjusted'] as const
export type StatedUnits = (typeof statedUnits)[number]

/** A transaction as it happened: shares and prices are in the units of that day and never adjusted. */
export type Transaction = {
  id: string
  type: TransactionType
  /** Null for deposits and withdrawals, and for interest, fees and taxes that belong to no symbol. */
  symbol: string | null
  date: Day
  /** Always positive; null for what moves no shares. */
  shares: Shares | null
  /** Set for buys and sells only; 0 for a gift. */
  price: Price | null
  /** It raises the cost of a buy, and lowers what a sale, a dividend or a deposit brings; a tax kept back is in it. */
  fee: Money
  /** price × shares of a buy or sell; the cash of all others; 0 for a split. */
  amount: Money
  /** Null means the listing's currency (listing-currency.ts), or the portfolio's for a transaction without a symbol. */
  currency: string | null
  /** The ratio of a split, new shares to old ones; null for all other types. */
  ratio: { numerator: number; denominator: number } | null
  note: string
  /** The day on which its owner wants to look at it again. It changes no figure. */
  review?: Day
  /**
   * The day in whose share units shares and price are, once that is decided (share-units.ts); until then the trade's
   * own day.
   */
  unitsDay?: Day
  /** What the owner says of the share units of a trade. It counts whatever the price says. */
  units?: StatedUnits
  /** The recorded splits that its shares were already adjusted for, where only the ledger knows them (split.ts). */
  adjustedBy?: Factor
  /** The currency that the symbol traded in when a row without a currency of its own was entered. The row keeps it. */
  listingCurrency?: string
  /** What only some kinds have. */
  terms?: Terms
  /** What shares were worth at the day's close that came or went without cash, in the base currency (moved-lots.ts). */
  worth?: Money
  /** What had been paid for shares that another symbol's became, where returned capital has lowered their cost. */
  paid?: Money
  /** How many of the old shares an exchange paid for, in today's units (moved-lots.ts). */
  sold?: Shares
  /**
   * True for shares that another symbol's became, and for those that moved between two portfolios of a group: nothing came
   * from outside or went there.
   */
  internal?: true
  /** The entry that the row is a part of, where one is booked as several rows; what counts once is of this row. */
  entry?: Transaction
  /** True for its other rows. */
  isPart?: true
  /** The amounts as entered, when they were converted to the base currency (currency.ts). */
  recorded?: { currency: string; price: Price | null; fee: Money; amount: Money; cost?: Money }
  /**
   * The rate of that day from the symbol's trading currency to the base currency, when the two differ; null when
   * unknown.
   */
  rate?: Decimal | null
  /** The reason why it could not be converted; its amounts are then 0. */
  unconverted?: string
  /**
   * True for a dividend that nobody recorded and that counts by itself (derived-dividend.ts), and for the inferred
   * deposit of a member of a group (united-ledger.ts); never stored.
   */
  derived?: true
  /** How many of the old shares an exchange took, in today's units (moved-lots.ts). */
  gone?: Shares
  /** In the ledger of a group, the portfolio that the row is of; none for a split, which is of all shares. */
  account?: Account
}

/** A portfolio of a group. Its sales take its own lots, by its own cost basis. */
export type Account = { id: string; costBasis: CostBasis }

/**
 * Sorts by day, oldest first; within a day by the rank of their kinds (kind.ts), and equal ones as they were given. A
 * sale that needs what was bought on its day follows the day's purchases; which ones do depends on the splits that the
 * source reports.
 */
export function inOrder(transactions: readonly Transaction[], splitsOf: SplitsOf = () => []): Transaction[] {
  const byType = inDayOrder(transactions)
  const late = dayTrades(byType, splitsOf)
  // they are few: only their days are ordered again
  for (const day of new Set(Array.from(late, ({ date }) => date))) {
    const from = partitionPoint(byType, ({ date }) => date < day)
    let until = from
    while (byType[until]?.date === day) until++
    const ofDay = sorted(byType.slice(from, until), (each) =>
      late.has(each) ? AFTER_PURCHASES : rankOf(each),
    )
    for (let i = from; i < until; i++) byType[i] = ofDay[i - from]!
  }
  return byType
}

/** The same while no split is known, and so not which sales need the purchases of their day. */
export function inDayOrder(transactions: readonly Transaction[]): Transaction[] {
  return sorted(transactions, rankOf)
}

/**
 * Joins the rows of several ledgers, each of which is in order, to one order. A sale that follows the purchases of its day
 * in its own ledger follows those of all: what it needed is known there only.
 */
export function inOneOrder(lists: readonly (readonly Transaction[])[]): Transaction[] {
  const late = new Set<Transaction>()
  for (const rows of lists) {
    let bought: Day = ''
    for (const row of rows) {
      if (row.type === 'buy') bought = row.date
      else if (row.type === 'sell' && row.date === bought) late.add(row)
    }
  }
  return sorted(lists.flat(), (row) => (late.has(row) ? AFTER_PURCHASES : rankOf(row)))
}

/** Adds rows to others, both of them in order: each follows those of its day that do not rank behind it. */
export function joined(rows: Transaction[], added: readonly Transaction[]): Transaction[] {
  if (added.length === 0) return rows
  const all: Transaction[] = []
  let next = 0
  for (const row of added) {
    const rank = rankOf(row)
    while (next < rows.length) {
      const other = rows[next]!
      if (other.date > row.date || (other.date === row.date && rankOf(other) > rank)) break
      all.push(other)
      next++
    }
    all.push(row)
  }
  while (next < rows.length) all.push(rows[next++]!)
  return all
}

function rankOf({ type, internal }: Transaction): number {
  return internal && type === 'transfer_in' ? ARRIVAL : kinds[type].rank
}

/** Between purchases and fees. */
const AFTER_PURCHASES = kinds.buy.rank + 0.5

/** Rows are mostly in order already, and days compare faster as numbers: of day, rank and place among the given rows. */
function sorted(
  transactions: readonly Transaction[],
  rank: (transaction: Transaction) => number,
): Transaction[] {
  const rows = transactions.length
  const places = new Float64Array(rows)
  let isInOrder = true
  let before = -Infinity
  let [day, number] = ['', 0]
  for (let i = 0; i < rows; i++) {
    const transaction = transactions[i]!
    if (transaction.date !== day) {
      day = transaction.date
      number = dayNumber(day)
    }
    const place = number * RANKS + Math.round(rank(transaction) * PARTS)
    if (place < before) isInOrder = false
    before = place
    places[i] = place * rows + i
  }
  if (isInOrder) return [...transactions]
  places.sort()
  return transactions.map((_, i) => transactions[places[i]! - Math.floor(places[i]! / rows) * rows]!)
}

/** A rank is a whole number of twentieths. */
const PARTS = 20
/** Every rank is below it (kind.ts). */
const RANKS = 16 * PARTS
