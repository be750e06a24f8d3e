import { text } from '../../portfolio/decimal.ts'
import type { TransactionType } from '../../portfolio/kind.ts'
import type { Transaction } from '../../portfolio/transaction.ts'
import { day, exact } from '../format.ts'

export const typeNames: Record<TransactionType, string> = {
  buy: 'Buy',
  sell: 'Sell',
  dividend: 'Dividend',
  interest: 'Interest',
  deposit: 'Deposit',
  withdrawal: 'Withdrawal',
  fee: 'Fee',
  tax: 'Tax',
  reinvested: 'Reinvested',
  return_of_capital: 'Return of capital',
  transfer_in: 'Transfer in',
  transfer_out: 'Transfer out',
  spin_off: 'Spin-off',
  exchange: 'Exchange',
  stock_dividend: 'Stock dividend',
  price: 'Own price',
  split: 'Split',
}

/** What a kind is booked as, of those that do not say so by their name. */
export const explanations: Partial<Record<TransactionType, string>> = {
  buy: 'A price of 0 is accepted when the note says that it was a gift or a bonus.',
  reinvested: 'One entry for a dividend and a purchase of the same amount.',
  return_of_capital:
    'Cash that lowers the cost of the lots, by their shares; beyond their cost it is a gain.',
  interest: 'Cash in, of a symbol or of the account. What was kept back lowers it.',
  tax: 'Cash out, for a symbol or for the account.',
  transfer_in:
    'Shares from elsewhere: an external flow at the day’s close. They keep the day and the cost that you give.',
  transfer_out: 'Shares that go elsewhere, with their lots: an external flow at the day’s close.',
  spin_off: 'The old shares stay. Shares of the new ticker arrive with a part of their cost, and their days.',
  exchange:
    'All shares become those of the new ticker, with cost and days. Where fewer arrive than the ratio gives, say how many; cash for a part is a sale of it.',
  stock_dividend: 'Shares that cost nothing. The cost is spread over all.',
  price: 'What one share was worth. From then on your prices count, and nothing that a source says.',
}

/** The same in the past tense. */
export const pastTense: Record<TransactionType, string> = {
  ...typeNames,
  buy: 'Bought',
  sell: 'Sold',
  transfer_in: 'Transferred in',
  transfer_out: 'Transferred out',
}

/** Describes a transaction in one line with every digit: `Buy 10 AAPL at 185.5 on Jan 3, 2024`. */
export function describeTransaction({
  type,
  symbol,
  date,
  shares,
  price,
  amount,
  ratio,
}: Transaction): string {
  const name = symbol === null ? '' : ` ${symbol}`
  const what =
    shares !== null
      ? ` ${exact(text(shares))}${name}${price === null ? '' : ` at ${exact(text(price))}`}`
      : ratio
        ? `${name} ${ratio.numerator}:${ratio.denominator}`
        : `${name} ${exact(text(amount))}`
  return `${typeNames[type]}${what} on ${day(date)}`
}
