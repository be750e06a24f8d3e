import type { Day } from './day.ts'
import { type Money, ONE, upToCent } from './decimal.ts'
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
  /** What exchange rates did to cash in another currency; only where they did, and no flow. */
  revalued?: Money
  /** At the end of the day; never negative. */
  balance: Money
}

/**
 * Returns the running cash, one entry for each day that has a transaction or on which exchange rates changed what there was;
 * takes both in order. When a
 * day's buys, fees and withdrawals exceed the balance and the day's income, the difference is one inferred deposit.
 * It is rounded up to the cent, so that the balance is never negative (finance.md, "Cash and deposits"). A sale after a
 * purchase of its day needed that purchase; its proceeds came too late to lower the deposit.
 */
export function cashDays(
  transactions: readonly Transaction[],
  revaluations: readonly { day: Day; amount: Money }[] = [],
): CashDay[] {
  const days: CashDay[] = []
  // what conversion to and fro lost is no deposit
  const least = revaluations.length > 0 ? -LOST_IN_CONVERSION : 0n
  let balance = 0n
  let next = 0
  for (let i = 0; i < transactions.length || next < revaluations.length;) {
    const [first, moved] = [transactions[i]?.date, revaluations[next]?.day]
    const day = moved === undefined || (first !== undefined && first <= moved) ? first! : moved
    const revalued = moved === day ? revaluations[next++]!.amount : 0n
    balance += revalued
    const begin = i
    let deposits = 0n
    let withdrawals = 0n
    let sharesIn = 0n
    let sharesOut = 0n
    let late = 0n
    let hasBought = false
    for (; i < transactions.length && transactions[i]!.date === day; i++) {
      const transaction = transactions[i]!
      hasBought ||= transaction.type === 'buy'
      const { type, internal, worth } = transaction
      const effect = cashEffect(transaction)
      if (hasBought && effect > 0n) late += effect
      else balance += effect
      // what arrives
      if (type === 'deposit') deposits += effect
      else if (type === 'withdrawal') withdrawals += transaction.amount
      else if (type === 'transfer_in' && !internal) sharesIn += worth ?? 0n
      else if (type === 'transfer_out' && !internal) sharesOut += worth ?? 0n
    }
    const inferred = balance < least ? upToCent(-balance) : 0n
    balance += inferred + late
    days.push({
      day,
      transactions: transactions.slice(begin, i),
      inferred,
      deposits: deposits + inferred,
      withdrawals,
      sharesIn,
      sharesOut,
      ...(revalued !== 0n && { revalued }),
      balance,
    })
  }
  return days
}

/** A hundredth of a cent. */
const LOST_IN_CONVERSION: Money = ONE / 10_000n

/** Returns what came from outside on a day, and what went there: money, and shares at what they were worth. */
export function externalOf({ deposits, withdrawals, sharesIn, sharesOut }: CashDay): {
  in: Money
  out: Money
} {
  return { in: deposits + sharesIn, out: withdrawals + sharesOut }
}

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
