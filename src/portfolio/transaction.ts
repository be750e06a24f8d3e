import type { Day } from './day.ts'
import type { Decimal, Money, Price, Shares } from './decimal.ts'

export const transactionTypes = ['buy', 'sell', 'dividend', 'deposit', 'withdrawal', 'fee', 'split'] as const
export type TransactionType = (typeof transactionTypes)[number]

/** What happened, as it happened: shares and prices in the units of that day, never adjusted. */
export type Transaction = {
  id: string
  type: TransactionType
  /** Null for cash: deposit, withdrawal, and a fee that belongs to no symbol. */
  symbol: string | null
  date: Day
  /** Buy and sell only; always positive. */
  shares: Shares | null
  price: Price | null
  /** Of a buy or sell: raises a buy's cost, lowers a sale's proceeds. */
  fee: Money
  /** price × shares for buy and sell; the cash for dividend, deposit, withdrawal and fee; 0 for a split. */
  amount: Money
  /** Null: that of the instrument, for cash the portfolio's. */
  currency: string | null
  /** Split only: new shares for old ones. */
  ratio: { numerator: number; denominator: number } | null
  note: string
  /** The day whose share units shares and price are in, once decided (share-units.ts); until then the trade's own. */
  unitsDay?: Day
  /** What was written down, where amounts were converted to the portfolio's currency (currency.ts). */
  recorded?: { currency: string; price: Price | null; fee: Money; amount: Money }
  /** What the currency its symbol trades in was worth that day, in the portfolio's, where they differ. */
  rate?: Decimal | null
  /** Why it could not be converted: its amounts are 0 and count for nothing. */
  unconverted?: string
}

/**
 * Within one day, the order that lets money arrive before it is spent. The inferred deposit comes after what the
 * day itself brings in; see cash.ts.
 */
export const dayOrder: Record<TransactionType, number> = {
  split: 0,
  sell: 1,
  dividend: 2,
  deposit: 3,
  buy: 4,
  fee: 5,
  withdrawal: 6,
}

/** Oldest first, the day's own order within a day, input order within equals. */
export function inOrder(transactions: readonly Transaction[]): Transaction[] {
  return transactions.toSorted((a, b) =>
    a.date === b.date ? dayOrder[a.type] - dayOrder[b.type] : a.date < b.date ? -1 : 1,
  )
}
