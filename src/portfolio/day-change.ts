import { symbolsOfAll } from './benchmark-spelling.ts'
import { cashEffect, flowOf } from './cash.ts'
import { cashBook } from './cash-book.ts'
import { addDays, type Day, dayNumber, dayOf } from './day.ts'
import { type Money, type Shares, times } from './decimal.ts'
import type { Holding } from './holding.ts'
import { asides, kinds } from './kind.ts'
import { type Ledger, priceOn } from './ledger.ts'
import { rowsBySymbol, splitsOf } from './own-rows.ts'
import { type Position, positionOf } from './position.ts'
import { lastIndexUpTo, noPrices, STALE_DAYS } from './price-history.ts'
import type { Transaction } from './transaction.ts'

/** The gain since the close before the latest session, and its base: the value at that close + purchases since. */
export type DayChange = { amount: Money; base: Money }

type DayChanges = {
  /** The day before the latest session, at whose close the changes begin. */
  since: Day
  /** By symbol; null when a rate or an amount is not known. */
  of: Map<string, DayChange | null>
  /** What belongs to no position: interest, less fees and taxes, and what exchange rates did to cash of a group. */
  unassigned: Money
}

type Valued = Pick<Holding, 'symbol' | 'position' | 'value'>

/**
 * Returns what every position has gained since the close before the latest session: V_end − V_prev − net flow, where
 * purchases and sales with their fees are flows, and dividends, interest, fees and taxes that name the symbol are gains
 * (finance.md, "Day change"). A position whose price did not change gains 0 on its value. The changes and `unassigned` add up to the
 * portfolio's total gain over the period that begins at that close.
 */
export function dayChanges(ledger: Ledger, valued: readonly Valued[], asOf: Day): DayChanges {
  const { since, unassigned, moved } = latestDay(ledger, valued, asOf)
  const of = valued.map(
    (holding) => [holding.symbol, changeOf(ledger, holding, moved.get(holding.symbol), since)] as const,
  )
  return { since, of: new Map(of), unassigned }
}

/** Returns the same without the changes of the positions, and the transactions of each symbol since. */
export function latestDay(
  ledger: Ledger,
  valued: readonly Valued[],
  asOf: Day,
): Omit<DayChanges, 'of'> & { moved: ReadonlyMap<string | null, Transaction[]> } {
  const since = addDays(latestSession(ledger, valued, asOf), -1)
  const moved = transactionsSince(ledger, since, asOf)
  const positions: ReadonlySet<string | null> = new Set(valued.map(({ symbol }) => symbol))
  let unassigned = 0n
  for (const [symbol, own] of moved) {
    // a fee may name a symbol that was never held
    if (positions.has(symbol)) continue
    for (const each of own) if (asides.has(each.type)) unassigned += cashEffect(each)
  }
  const book = cashBook(ledger, asOf)
  for (let i = book.length - 1; i >= 0 && book[i]!.day > since; i--) unassigned += book[i]!.revalued ?? 0n
  return { since, unassigned, moved }
}

/**
 * The last day on which a symbol that is held had a price, or one that is not held any more had one before it was sold
 * out. Where nothing was ever held it is that of the benchmarks; without prices, the day itself.
 */
function latestSession(ledger: Ledger, valued: readonly Valued[], asOf: Day): Day {
  const held = valued.map(({ symbol, position }) => {
    const last = position.shares > 0n ? asOf : lastLeft(position)
    return last === undefined ? -Infinity : lastClose(ledger, symbol, last)
  })
  const latest = Math.max(...held)
  if (latest > -Infinity) return dayOf(latest)
  const other = Math.max(...symbolsOfAll(ledger.benchmarks).map((symbol) => lastClose(ledger, symbol, asOf)))
  return other > -Infinity ? dayOf(other) : asOf
}

/** The day on which the last share went; undefined of what was never held. */
function lastLeft({ sales, transfers }: Position): Day | undefined {
  return [sales.at(-1)?.date, transfers.at(-1)?.date]
    .filter((day) => day !== undefined)
    .toSorted()
    .at(-1)
}

/** An owner's price that is stale was no session: what it changed by is not of today. */
function lastClose({ markets }: Ledger, symbol: string, upTo: Day): number {
  const market = markets.get(symbol)
  const prices = market?.foreign?.prices ?? market?.prices ?? noPrices
  const last = prices.days[lastIndexUpTo(prices, dayNumber(upTo))] ?? -Infinity
  return market?.byHand && dayNumber(upTo) - last > STALE_DAYS ? -Infinity : last
}

/** Newest first, so that the walk ends early: most transactions are older. */
function transactionsSince(
  { transactions }: Ledger,
  since: Day,
  asOf: Day,
): Map<string | null, Transaction[]> {
  const found = new Map<string | null, Transaction[]>()
  for (let i = transactions.length - 1; i >= 0; i--) {
    const transaction = transactions[i]!
    if (transaction.date <= since) break
    if (transaction.date > asOf) continue
    const own = found.get(transaction.symbol)
    if (own) own.push(transaction)
    else found.set(transaction.symbol, [transaction])
  }
  return found
}

function changeOf(
  ledger: Ledger,
  { symbol, position, value }: Valued,
  moved: readonly Transaction[] = [],
  since: Day,
): DayChange | null {
  if (value === null || moved.some(({ unconverted }) => unconverted !== undefined)) return null
  const before = moved.length === 0 ? position.shares : sharesOn(ledger, position, since)
  let start = 0n
  if (before > 0n) {
    const priced = priceOn(ledger, symbol, since)
    if ('reason' in priced) return null
    start = times(before, priced.price)
  }
  let amount = value - start
  let base = start
  for (const transaction of moved) {
    const flow = flowOf(transaction)
    amount += flow
    // what another symbol's shares became was there before
    if (kinds[transaction.type].shares === 'in' && !transaction.internal) base -= flow
  }
  return { amount, base }
}

function sharesOn(ledger: Ledger, { symbol }: Position, day: Day): Shares {
  const own = rowsBySymbol(ledger.transactions).get(symbol) ?? []
  return positionOf(symbol, own, splitsOf(ledger.markets.get(symbol)), ledger.costBasis, day).shares
}
