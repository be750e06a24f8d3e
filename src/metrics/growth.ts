import { type Money, toNumber } from '../portfolio/decimal.ts'
import { twrIndex } from './twr.ts'

/** External money in and out of one day, as plain numbers. */
export type DayFlow = { deposits: number; withdrawals: number }

/**
 * Returns the TWR index, 1 before the first day, for a series of values. A day without a value is null and hands its
 * flows to the next day that has one; the return is then measured across the gap.
 */
export function growth(value: readonly (Money | null)[], flows: readonly DayFlow[]): (number | null)[] {
  const known: (DayFlow & { value: number })[] = []
  let deposits = 0
  let withdrawals = 0
  for (const [i, worth] of value.entries()) {
    deposits += flows[i]!.deposits
    withdrawals += flows[i]!.withdrawals
    if (worth === null) continue
    known.push({ value: toNumber(worth), deposits, withdrawals })
    deposits = 0
    withdrawals = 0
  }
  const index = twrIndex(known)
  let next = 0
  return value.map((worth) => (worth === null ? null : index[next++]!))
}
