import { plainNumber, unsigned } from './spelling.ts'
import type { Reading } from './statement-format.ts'

/** A broker's row about money. The sign of the amount is the broker's: negative is money that left. */
type BrokerCash = { date: string; symbol: string; currency: string; amount: string; note?: string }

/** Money that came from outside or went there; the sign says which. */
export function cashMovement({ date, currency, amount }: BrokerCash): Reading {
  return { type: isNegative(amount) ? 'withdrawal' : 'deposit', date, currency, amount: unsigned(amount) }
}

/** Cash that a holding paid out. A row that takes it back undoes an earlier row, and is rejected. */
export function cashDividend({ date, symbol, currency, amount, note = '' }: BrokerCash): Reading {
  if (isNegative(amount)) {
    return {
      reject: `A dividend of ${unsigned(amount)} from ${symbol} was reversed: edit or delete the original dividend.`,
    }
  }
  return { type: 'dividend', date, symbol, currency, amount, note }
}

/** Capital that a holding gave back, which lowers its cost. */
export function cashReturned(row: BrokerCash): Reading {
  const read = cashDividend(row)
  return 'type' in read ? { ...read, type: 'return_of_capital' } : read
}

/**
 * A fee or tax, with the symbol it is for, if any. A row that gives it back undoes an earlier row, and is rejected.
 */
export function cashCharge(
  { date, symbol, currency, amount, note = '' }: BrokerCash,
  type: 'fee' | 'tax' = 'fee',
): Reading {
  const plain = plainNumber(amount) ?? '0'
  if (plain !== '0' && !isNegative(amount)) {
    return { reject: `A fee or tax of ${plain} was refunded: edit or delete the original fee.` }
  }
  return { type, date, symbol, currency, amount: unsigned(amount), note }
}

/** Interest that was earned on cash or by lending shares; what was charged (on margin) is a fee. */
export function cashInterest(cash: BrokerCash): Reading {
  const { date, currency, amount, note = '' } = cash
  if (isNegative(amount)) return cashCharge({ ...cash, symbol: '', note: 'interest charged' })
  return { type: 'interest', date, currency, amount, note }
}

function isNegative(amount: string): boolean {
  return plainNumber(amount)?.startsWith('-') ?? false
}
