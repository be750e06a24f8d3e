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
  reinvested: 'Reinvested dividend',
  return_of_capital: 'Return of capital',
  transfer_in: 'Transfer in',
  transfer_out: 'Transfer out',
  spin_off: 'Spin-off',
  exchange: 'Exchange',
  stock_dividend: 'Stock dividend',
  price: 'Own price',
  split: 'Split',
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
