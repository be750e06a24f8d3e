import { type Day, daysBetween } from './day.ts'
import { divide, ONE, type Shares } from './decimal.ts'
import type { Split } from './instrument.ts'
import type { Transaction } from './transaction.ts'

/**
 * A factor between share units. The ledger keeps trades as traded, and the source's closes are in today's share
 * units, so every trade is converted to today's units once, here: its shares are multiplied by all splits after its
 * day, its price is divided by them. A trade on the ex-date is already in new shares (finance.md, "Splits").
 */
export type Factor = { numerator: bigint; denominator: bigint }

/** The product of the ratios of all splits after a day. */
export function laterSplits(splits: readonly Split[], day: Day): Factor {
  // most trades have none, and each of them asks several times
  if (splits.length === 0) return sameUnits
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

const sameUnits: Factor = Object.freeze({ numerator: 1n, denominator: 1n })

/** A close in today's share units, in those of its day. */
export function asTraded(close: number, splits: readonly Split[], day: Day): number {
  const { numerator, denominator } = laterSplits(splits, day)
  return (close * Number(numerator)) / Number(denominator)
}

/** The factor from a trade's own share units to today's, less the recorded splits that will still multiply it. */
export function unitsToday({ date, unitsDay, adjustedBy }: Transaction, splits: readonly Split[]): Factor {
  const later = laterSplits(splits, unitsDay ?? date)
  if (!adjustedBy) return later
  const { numerator, denominator } = adjustedBy
  return { numerator: later.numerator * denominator, denominator: later.denominator * numerator }
}

/**
 * Returns the rows, the trades that the owner says were adjusted with the recorded splits that this was for: those of
 * which only the ledger knows, after the trade and up to the day on which it was said (finance.md, "Splits"). They will
 * multiply whatever is held, and so must find what the trade was on its own day.
 */
export function adjustedTrades<Rows extends readonly Transaction[]>(
  transactions: Rows,
  splitsOf: (symbol: string) => readonly Split[],
): Rows | Transaction[] {
  const recorded = transactions.filter(({ type }) => type === 'split')
  if (recorded.length === 0) return transactions
  return transactions.map((trade) => {
    const { symbol, date, unitsDay, units } = trade
    if (units !== 'adjusted' || unitsDay === undefined || symbol === null) return trade
    const own = recorded.filter((split) => split.symbol === symbol)
    const adjustedBy = recordedBetween(own, splitsOf(symbol), date, unitsDay)
    return adjustedBy.numerator === adjustedBy.denominator ? trade : { ...trade, adjustedBy }
  })
}

/** The factor from the old to the new share units of a recorded split. */
export function recordedFactor({ ratio }: Transaction): Factor {
  return { numerator: BigInt(ratio!.numerator), denominator: BigInt(ratio!.denominator) }
}

/** Converts shares to other units; rounds once, half to even. */
export function splitShares(shares: Shares, by: Factor): Shares {
  return by.numerator === by.denominator ? shares : divide(shares * by.numerator, by.denominator)
}

/** The product of the ratios of recorded splits that the source does not report, after one day and up to another. */
export function recordedBetween(
  transactions: readonly Transaction[],
  splits: readonly Split[],
  after: Day,
  upTo: Day,
): Factor {
  let numerator = 1n
  let denominator = 1n
  for (const transaction of transactions) {
    const { type, date } = transaction
    if (type !== 'split' || date <= after || date > upTo || knownToSource(transaction, splits)) continue
    const factor = recordedFactor(transaction)
    numerator *= factor.numerator
    denominator *= factor.denominator
  }
  return { numerator, denominator }
}

/**
 * True when the source reports the split that the user recorded: the same ratio within ten days, because brokers book
 * splits late. Such a split must not be applied twice.
 */
export function knownToSource(recorded: Transaction, splits: readonly Split[]): boolean {
  const ratio = recorded.ratio!
  return splits.some(
    (split) =>
      split.numerator * ratio.denominator === split.denominator * ratio.numerator &&
      Math.abs(daysBetween(split.day, recorded.date)) <= 10,
  )
}

/**
 * Returns the shares of a recorded stock dividend, in today's units; 0 where the source reports it as a split within ten
 * days of it, whose ratio gives as many, a fraction of a share or 2 % aside.
 */
export function bonusShares(row: Transaction, held: Shares, splits: readonly Split[]): Shares {
  const more = splitShares(row.shares!, unitsToday(row, splits))
  const isReported = splits.some(({ day, numerator, denominator }) => {
    if (numerator <= denominator || Math.abs(daysBetween(day, row.date)) > 10) return false
    const later = laterSplits(splits, day > row.date ? day : row.date)
    const told = splitShares(row.shares!, later)
    const given = divide(held * BigInt(numerator - denominator), BigInt(numerator))
    const off = given > told ? given - told : told - given
    return off * 50n <= given || (told < given && told + splitShares(ONE, later) > given && told * 2n > given)
  })
  return isReported ? 0n : more
}
