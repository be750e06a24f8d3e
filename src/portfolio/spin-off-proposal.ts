import { type Day, daysBetween } from './day.ts'
import { type Decimal, divide, ONE, rounded } from './decimal.ts'
import type { Split } from './instrument.ts'
import { trading } from './kind.ts'
import type { Ledger } from './ledger.ts'
import { rowsBySymbol, splitsOf } from './own-rows.ts'
import { sharesAfter } from './position.ts'
import { knownToSource } from './split.ts'
import { inOrder, type Transaction } from './transaction.ts'

/** A split of the source that may be a spin-off. */
export type SpinOffProposal = Split & {
  symbol: string
  /** The part of the price that left with the other company's shares. */
  costShare: Decimal
}

/**
 * Returns the splits of the source that look like spin-offs, of shares that were held then, oldest first for each symbol.
 * They count as splits until the owner says what they were: a recorded spin-off, or a recorded split of the same ratio, of
 * within ten days answers the proposal (finance.md, "Spin-offs and exchanges").
 */
export function spinOffProposals({
  transactions,
  markets,
}: Pick<Ledger, 'transactions' | 'markets'>): SpinOffProposal[] {
  const rows = rowsBySymbol(transactions)
  return [...markets].flatMap(([symbol, market]) => {
    const splits = splitsOf(market)
    const own = rows.get(symbol)
    if (!own || !splits.some(looksLikeSpinOff)) return []
    return splits
      .filter(
        (split) => looksLikeSpinOff(split) && !isAnswered(split, own) && isHeldAt(split.day, own, splits),
      )
      .map((split) => ({ ...split, symbol, costShare: costShareOf(split) }))
  })
}

/**
 * A company that splits its shares gives plain numbers of them. For a spin-off the source states the ratio of the prices
 * instead, to some decimals: 1281 for 1000.
 */
export function looksLikeSpinOff({ numerator, denominator }: Split): boolean {
  return denominator > 100 && numerator > denominator && numerator < 3 * denominator
}

/** 1281 for 1000 leaves 1000/1281 of the price: 21.94 % are gone. To four decimals. */
function costShareOf({ numerator, denominator }: Split): Decimal {
  return rounded(divide(BigInt(numerator - denominator) * ONE, BigInt(numerator)), 4)
}

function isAnswered(split: Split, own: readonly Transaction[]): boolean {
  return own.some(
    (row) =>
      (row.type === 'spin_off' && Math.abs(daysBetween(row.date, split.day)) <= 10) ||
      (row.type === 'split' && knownToSource(row, [split])),
  )
}

function isHeldAt(day: Day, own: readonly Transaction[], splits: readonly Split[]): boolean {
  const trades = inOrder(
    own.filter(({ type, date }) => trading.has(type) && date < day),
    () => splits,
  )
  return trades.reduce((shares, trade) => sharesAfter(shares, trade, splits), 0n) > 0n
}
