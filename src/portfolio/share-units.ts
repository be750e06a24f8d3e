import { type Day, dayNumber } from './day.ts'
import { toNumber } from './decimal.ts'
import type { Split } from './instrument.ts'
import type { LedgerAt, Market } from './ledger.ts'
import { rowsBySymbol, setAside } from './own-rows.ts'
import { lastIndexUpTo, STALE_DAYS } from './price-history.ts'
import { adjustedTrades } from './split.ts'
import type { Transaction } from './transaction.ts'

/**
 * Returns the ledger with every trade in its recognized share units, the decisions that are new, and notes for the
 * owner about trades that were already adjusted and about trades that fit no units.
 */
export function inRecognizedUnits(ledger: LedgerAt<'in base currency'>): {
  ledger: LedgerAt<'in share units'>
  recognized: Recognized[]
  notes: string[]
} {
  const recognized: Recognized[] = []
  const notes: string[] = []
  const decided = new Map<string, Day>()
  // sales that need the purchases of their day have another place once units are known
  setAside(ledger.transactions)
  for (const [symbol, own] of rowsBySymbol(ledger.transactions)) {
    const market = ledger.markets.get(symbol)
    if (!market || market.splits.length === 0) continue
    const found = recognizeUnits(own, market)
    for (const { transaction, unitsDay } of found.recognized) decided.set(transaction, unitsDay)
    recognized.push(...found.recognized)
    notes.push(...found.unclear, ...adjustedNotes(symbol, own, decided))
  }
  const all = recognized.length === 0 ? ledger.transactions : ledger.transactions.map(inDecidedUnits)
  const transactions = adjustedTrades(all, (symbol) => ledger.markets.get(symbol)?.splits ?? [])
  return { ledger: { ...ledger, transactions, stage: 'in share units' }, recognized, notes }

  function inDecidedUnits(transaction: Transaction): Transaction {
    const unitsDay = decided.get(transaction.id)
    return unitsDay === undefined ? transaction : { ...transaction, unitsDay }
  }
}

/** A decision about one trade: the day whose share units its shares and price are in. */
export type Recognized = { transaction: string; unitsDay: Day }

/**
 * Decides in which share units the trades of a symbol are. Usually they are as traded, but a statement may have
 * been adjusted for the splits up to the day of its export. The price of each trade is compared with the close of its
 * day, as traded and after each later split. The nearest close decides when it is near (within a quarter, for the
 * day's own moves) and the next one is clearly further off. A trade that fits none, or two, follows the clear trades
 * of its symbol when those agree; otherwise it stays undecided, counts as traded, and is named in `unclear`
 * (finance.md, "Splits").
 *
 * It takes one symbol's transactions, and skips those that are decided already or have no later split.
 */
export function recognizeUnits(
  transactions: readonly Transaction[],
  market: Market,
): { recognized: Recognized[]; unclear: string[] } {
  const recognized: Recognized[] = []
  const doubtful: { transaction: Transaction; later: Split[] }[] = []
  const applied = new Set<number>()
  for (const transaction of transactions) {
    const later = market.splits.filter((split) => split.day > transaction.date)
    // what cost nothing says nothing
    if (!transaction.price || transaction.unitsDay || later.length === 0) continue
    const close = closeOf(market, transaction.date)
    if (close === null) continue
    const count = nearest(toNumber(transaction.price), close, later)
    if (count === null) doubtful.push({ transaction, later })
    else {
      applied.add(later.length - count)
      recognized.push({ transaction: transaction.id, unitsDay: unitsAfter(transaction, later, count) })
    }
  }
  // the number of latest splits that the clear trades are not yet adjusted for
  const [waiting] = applied
  const unclear: string[] = []
  for (const { transaction, later } of doubtful) {
    if (applied.size === 1) {
      const count = Math.max(later.length - waiting!, 0)
      recognized.push({ transaction: transaction.id, unitsDay: unitsAfter(transaction, later, count) })
    } else {
      unclear.push(
        `${transaction.symbol} on ${transaction.date}: the price matches neither that day’s close nor the close adjusted for later splits, so the trade counts as not adjusted. If it was adjusted, edit it and say so.`,
      )
    }
  }
  return { recognized, unclear }
}

function adjustedNotes(
  symbol: string,
  own: readonly Transaction[],
  decided: ReadonlyMap<string, Day>,
): string[] {
  const byDay = new Map<Day, number>()
  for (const { id, date, units, unitsDay = decided.get(id) } of own)
    if (unitsDay && unitsDay > date && units === undefined)
      byDay.set(unitsDay, (byDay.get(unitsDay) ?? 0) + 1)
  return [...byDay].map(
    ([day, count]) =>
      `${symbol}: ${count === 1 ? 'the price of one trade shows that it was' : `the prices of ${count} trades show that they were`} already adjusted for splits up to ${day}.`,
  )
}

const NEAR = Math.log(1.25)
const CLEARLY = Math.log(1.1)

/** The number of later splits that the price is already adjusted for; null when that is not clear. */
function nearest(price: number, close: number, later: readonly Split[]): number | null {
  // the close before the first of the later splits, then after each of them
  const distances = later.map((_, applied) => distance(price, close * product(later.slice(applied))))
  distances.push(distance(price, close))
  const best = Math.min(...distances)
  const count = distances.indexOf(best)
  const next = Math.min(...distances.filter((_, i) => i !== count))
  return best <= NEAR && next - best >= CLEARLY ? count : null
}

function distance(price: number, expected: number): number {
  return Math.abs(Math.log(price / expected))
}

function product(splits: readonly Split[]): number {
  return splits.reduce((ratio, { numerator, denominator }) => (ratio * numerator) / denominator, 1)
}

function unitsAfter(transaction: Transaction, later: readonly Split[], applied: number): Day {
  return applied === 0 ? transaction.date : later[applied - 1]!.day
}

/**
 * The close of that day, or of the last session before it, in today's units; null when there is none within a week.
 */
function closeOf({ prices }: Market, day: Day): number | null {
  const index = lastIndexUpTo(prices, dayNumber(day))
  if (index < 0 || dayNumber(day) - prices.days[index]! > STALE_DAYS) return null
  return toNumber(prices.closes[index]!)
}
