import type { Day } from './day.ts'
import { type Money, upToCent } from './decimal.ts'
import { areUpTo } from './own-rows.ts'
import { remembered } from './remembered.ts'
import { kinds } from './kind.ts'
import type { Transaction } from './transaction.ts'

/** The cash of one day: its transactions, the external money, and the balance they leave. */
export type CashDay = {
  day: Day
  transactions: Transaction[]
  /** The deposit that is inferred because the day spent more than there was; 0n on most days. */
  inferred: Money
  /** Recorded and inferred deposits: external money in. */
  deposits: Money
  /** External money out. */
  withdrawals: Money
  /** What shares were worth that were transferred in, and out: external too, and no cash. */
  sharesIn: Money
  sharesOut: Money
  /** At the end of the day; never negative. */
  balance: Money
}

/**
 * Returns the running cash, one entry for each day that has a transaction; takes the transactions in order. When a
 * day's buys, fees and withdrawals exceed the balance and the day's income, the difference is one inferred deposit.
 * It is rounded up to the cent, so that the balance is never negative (finance.md, "Cash and deposits"). A sale after a
 * purchase of its day needed that purchase; its proceeds came too late to lower the deposit.
 */
export function cashDays(transactions: readonly Transaction[]): CashDay[] {
  const days: CashDay[] = []
  let balance = 0n
  for (let i = 0; i < transactions.length;) {
    const day = transactions[i]!.date
    const own: Transaction[] = []
    let deposits = 0n
    let withdrawals = 0n
    let sharesIn = 0n
    let sharesOut = 0n
    let late = 0n
    let hasBought = false
    for (; i < transactions.length && transactions[i]!.date === day; i++) {
      const transaction = transactions[i]!
      own.push(transaction)
      hasBought ||= transaction.type === 'buy'
      const effect = cashEffect(transaction)
      if (hasBought && effect > 0n) late += effect
      else balance += effect
      // what arrives
      if (transaction.type === 'deposit') deposits += effect
      if (transaction.type === 'withdrawal') withdrawals += transaction.amount
      if (transaction.type === 'transfer_in' && !transaction.internal) sharesIn += transaction.worth ?? 0n
      if (transaction.type === 'transfer_out' && !transaction.internal) sharesOut += transaction.worth ?? 0n
    }
    const inferred = balance < 0n ? upToCent(-balance) : 0n
    balance += inferred + late
    const external = { inferred, deposits: deposits + inferred, withdrawals, sharesIn, sharesOut }
    days.push({ day, transactions: own, ...external, balance })
  }
  return days
}

/** Returns what came from outside on a day, and what went there: money, and shares at what they were worth. */
export function externalOf({ deposits, withdrawals, sharesIn, sharesOut }: CashDay): {
  in: Money
  out: Money
} {
  return { in: deposits + sharesIn, out: withdrawals + sharesOut }
}

/** Returns the running cash of all transactions up to a day, which are given in order. */
export function cashBook(transactions: readonly Transaction[], to: Day): readonly CashDay[] {
  return areUpTo(transactions, to)
    ? wholeBook(transactions)
    : cashDays(transactions.filter(({ date }) => date <= to))
}

const wholeBook = remembered(cashDays)

/** The cash that a transaction adds; negative when it takes cash. */
export function cashEffect({ type, amount, fee }: Transaction): Money {
  const { cash } = kinds[type]
  const moved = cash === 'in' ? amount : cash === 'out' ? -amount : 0n
  // most rows have no fee, and each difference is another BigInt
  return fee === 0n ? moved : moved - fee
}

/** What a transaction pays for its symbol (negative) or brings: its cash, and shares that move at what they are worth. */
export function flowOf(transaction: Transaction): Money {
  const { type, worth } = transaction
  const cash = cashEffect(transaction)
  return worth === undefined ? cash : kinds[type].shares === 'in' ? cash - worth : cash + worth
}
