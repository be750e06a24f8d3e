import { text } from '../../portfolio/decimal.ts'
import { kinds, type TransactionType } from '../../portfolio/kind.ts'
import type { Transaction } from '../../portfolio/transaction.ts'
import { day, exact } from '../format.ts'
import { type Label, t } from '../words/words.ts'

export const typeNames: Record<TransactionType, Label> = {
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
export const explanations: Partial<Record<TransactionType, Label>> = {
  buy: 'For a gift or a bonus enter a price of 0, and say so in the note.',
  reinvested: 'One entry for a dividend and a purchase of the same amount.',
  return_of_capital:
    'Cash that lowers the cost of your lots in proportion to their shares. Anything beyond their cost is a gain.',
  interest: 'Cash in, from a security or the account. Tax withheld is subtracted.',
  tax: 'Cash out, for a security or the account.',
  transfer_in:
    'Shares that arrive from another account, counted as a deposit at the day’s close. They keep the date and cost you enter.',
  transfer_out:
    'Shares that leave for another account with their lots, counted as a withdrawal at the day’s close.',
  spin_off:
    'You keep the old shares. Shares of the new ticker take over part of their cost, and their dates.',
  exchange:
    'All shares become shares of the new ticker and keep their cost and dates. If fewer arrive than the ratio gives, enter how many, and record cash for a fraction as a sale.',
  stock_dividend: 'Shares you receive at no cost. What you paid is spread over all of them.',
  price: 'What one share was worth that day. From then on, your prices replace market prices.',
}

/** The same in the past tense. */
export const pastTense: Record<TransactionType, Label> = {
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
  const count =
    shares === null ? (ratio ? `${ratio.numerator}:${ratio.denominator}` : exact(text(amount))) : null
  const what = [t(typeNames[type]), shares && exact(text(shares)), symbol, count].filter(Boolean).join(' ')
  return shares !== null && price !== null
    ? t('{what} at {price} on {day}', { what, price: exact(text(price)), day: day(date) })
    : t('{what} on {day}', { what, day: day(date) })
}

/** Whether an amount of cash is shown of a row: a kind without any has none, and neither has an exchange of shares alone. */
export function movesCash({ type, amount }: { type: TransactionType; amount: string }): boolean {
  return kinds[type].cash !== 'none' && !(type === 'exchange' && amount === '0')
}
