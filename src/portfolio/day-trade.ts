import type { Day } from './day.ts'
import { DUST } from './sale.ts'
import { sharesAfter } from './position.ts'
import { kinds, trading } from './kind.ts'
import type { Split } from './instrument.ts'
import { splitShares, unitsToday } from './split.ts'
import type { Transaction } from './transaction.ts'

export type SplitsOf = (symbol: string) => readonly Split[]

/**
 * Returns the sales that need what was bought on their own day. The shares held before the day cover its sales of that
 * symbol, the largest first; a sale for which too few are left needs the day's purchases, if there are any, and comes
 * after them (finance.md, "Order within a day"). Takes transactions in the order of `inDayOrder`, and the splits that the
 * source reports.
 */
export function dayTrades(ordered: readonly Transaction[], splitsOf: SplitsOf): ReadonlySet<Transaction> {
  const found = new Set<Transaction>()
  const both = soldAndBoughtInADay(ordered)
  if (both.size === 0) return found
  const trades = new Map<string, Transaction[]>(Array.from(both, (symbol) => [symbol, []]))
  for (let i = 0; i < ordered.length; i++) {
    const row = ordered[i]!
    if (row.symbol !== null && trading.has(row.type)) trades.get(row.symbol)?.push(row)
  }
  for (const [symbol, own] of trades) for (const sale of lateSales(own, splitsOf(symbol))) found.add(sale)
  return found
}

/** The symbols that have a sale and a purchase on one day, which are few; in the order of a day sales come first. */
function soldAndBoughtInADay(ordered: readonly Transaction[]): ReadonlySet<string> {
  const found = new Set<string>()
  const sold = new Set<string>()
  let day: Day | null = null
  for (let i = 0; i < ordered.length; i++) {
    const { type, symbol, date } = ordered[i]!
    if (type === 'sell') {
      if (date !== day) sold.clear()
      day = date
      sold.add(symbol!)
    } else if (type === 'buy' && date === day && sold.has(symbol!)) found.add(symbol!)
  }
  return found
}

/** An edit is of one symbol: those of the others are remembered by their trades. */
function lateSales(own: readonly Transaction[], splits: readonly Split[]): readonly Transaction[] {
  const before = last.get(own[0]!)
  const isKnown =
    before?.splits === splits &&
    before.own.length === own.length &&
    before.own.every((trade, i) => trade === own[i])
  if (isKnown) return before.late
  const late = lateAmong(own, splits)
  last.set(own[0]!, { own, splits, late })
  return late
}

type Known = { own: readonly Transaction[]; splits: readonly Split[]; late: readonly Transaction[] }
const last = new WeakMap<Transaction, Known>()

function lateAmong(own: readonly Transaction[], splits: readonly Split[]): Transaction[] {
  const found: Transaction[] = []
  const wanted = (trade: Transaction) => splitShares(trade.shares!, unitsToday(trade, splits))
  let held = 0n
  for (let i = 0; i < own.length;) {
    const from = i++
    while (i < own.length && own[i]!.date === own[from]!.date) i++
    if (i === from + 1) {
      held = sharesAfter(held, own[from]!, splits)
      continue
    }
    const day = own.slice(from, i)
    const { sell = [], buy = [] } = Object.groupBy(day, ({ type }) => type)
    const rest = day.filter(({ type }) => type !== 'sell' && type !== 'buy')
    const isFirst = ({ type }: Transaction) => kinds[type].rank < kinds.sell.rank
    for (const trade of rest.filter(isFirst)) held = sharesAfter(held, trade, splits)
    const late: Transaction[] = []
    for (const sale of buy.length > 0 ? sell.toSorted(largestFirst(wanted)) : sell) {
      if (buy.length > 0 && wanted(sale) >= held + DUST) late.push(sale)
      else held = sharesAfter(held, sale, splits)
    }
    for (const trade of [...buy, ...late, ...rest.filter((each) => !isFirst(each))])
      held = sharesAfter(held, trade, splits)
    found.push(...late)
  }
  return found
}

/** Of equals the one that brings more, so that the answer does not depend on the order of the rows. */
function largestFirst(wanted: (sale: Transaction) => bigint) {
  return (a: Transaction, b: Transaction) =>
    Number(wanted(b) - wanted(a)) || Number(b.amount - a.amount) || Number(a.fee - b.fee)
}
