import { type Day, daysBetween } from './day.ts'
import { divide, type Shares } from './decimal.ts'
import type { Split } from './instrument.ts'
import type { Transaction } from './transaction.ts'

/**
 * The ledger keeps what was traded, as traded; the source's closes are in today's share units. Every trade is
 * brought to today's units once, here: shares × all splits after its day, price ÷ the same. A trade on the ex-date
 * is already in new shares (finance.md, "Splits").
 */
export type Factor = { numerator: bigint; denominator: bigint }

/** Product of the ratios of the splits after that day. */
export function laterSplits(splits: readonly Split[], day: Day): Factor {
  let numerator = 1n
  let denominator = 1n
  for (const split of splits) {
    if (split.day > day) {
      numerator *= BigInt(split.numerator)
      denominator *= BigInt(split.denominator)
    }
  }
  return { numerator, denominator }
}

/** From a trade's own share units to today's. */
export function unitsToday({ date, unitsDay }: Transaction, splits: readonly Split[]): Factor {
  return laterSplits(splits, unitsDay ?? date)
}

/** From the old share units to the new ones of a split that was recorded. */
export function recordedFactor({ ratio }: Transaction): Factor {
  return { numerator: BigInt(ratio!.numerator), denominator: BigInt(ratio!.denominator) }
}

/** Shares in the other units, rounded once, half to even. */
export function splitShares(shares: Shares, by: Factor): Shares {
  return by.numerator === by.denominator ? shares : divide(shares * by.numerator, by.denominator)
}

/**
 * True when the source reports the split that the user recorded: same ratio, within ten days (brokers book it days
 * later). It must not be applied twice.
 */
export function knownToSource(recorded: Transaction, splits: readonly Split[]): boolean {
  const ratio = recorded.ratio!
  return splits.some(
    (split) =>
      split.numerator * ratio.denominator === split.denominator * ratio.numerator &&
      Math.abs(daysBetween(split.day, recorded.date)) <= 10,
  )
}
