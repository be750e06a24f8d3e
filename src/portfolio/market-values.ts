import { firstUnconverted } from './currency.ts'
import { type Day, dayNumber, dayOf } from './day.ts'
import { divide, type Money, ONE, type Price, type Shares } from './decimal.ts'
import type { Split } from './instrument.ts'
import { closeOn, type Ledger, type Market, recordedSplits } from './ledger.ts'
import { areUpTo, type OwnRows, rowsBySymbol, splitsOf, symbolsOf } from './own-rows.ts'
import { paidAfter, type PaidPrice } from './paid-price.ts'
import { sharesAfter } from './position.ts'
import { areSame, lastIndexUpTo, noPrices, type PriceHistory } from './price-history.ts'
import { ProductSums } from './product-sums.ts'
import { remembered } from './remembered.ts'
import { knownToSource, recordedBetween } from './split.ts'
import { trading } from './kind.ts'
import type { Transaction } from './transaction.ts'

/** One symbol's trades, and what is held after each of them. */
export type HeldSymbol = {
  symbol: string
  market: Market | undefined
  trades: Transaction[]
  /** The day number of each trade, and the shares after it. */
  days: number[]
  shares: Shares[]
}

/** Returns every symbol that is traded up to a day. */
export function heldSymbols(ledger: Ledger, to: Day): HeldSymbol[] {
  const rows = rowsBySymbol(ledger.transactions)
  return symbolsOf(ledger.transactions, ({ type, date }) => trading.has(type) && date <= to).map((symbol) => {
    const own = rows.get(symbol)!
    const market = ledger.markets.get(symbol)
    const splits = splitsOf(market)
    const held = areUpTo(own, to)
      ? heldInTheEnd(own, splits)
      : heldAfter(
          own.filter(({ date }) => date <= to),
          splits,
        )
    return { symbol, market, ...held }
  })
}

type Held = Omit<HeldSymbol, 'symbol' | 'market'>

const heldInTheEnd = remembered(heldAfter)

/** Returns what a symbol's rows, all of which count, leave of its shares. */
export function sharesInTheEnd(own: OwnRows, splits: readonly Split[]): Shares {
  return heldInTheEnd(own, splits).shares.at(-1) ?? 0n
}

function heldAfter(own: OwnRows, splits: readonly Split[]): Held {
  const trades = own.filter(({ type }) => trading.has(type))
  const held: Held = { trades, days: [], shares: [] }
  let shares = 0n
  for (const trade of trades) {
    shares = sharesAfter(shares, trade, splits)
    held.days.push(dayNumber(trade.date))
    held.shares.push(shares)
  }
  return held
}

/** Returns the price that each trade, or the latest before it, paid: few symbols are held before their first close. */
function pricesPaid({ trades, shares, market }: HeldSymbol): (PaidPrice | null)[] {
  const splits = splitsOf(market)
  let paid: PaidPrice | null = null
  return trades.map((trade, i) => (paid = paidAfter(paid, trade, splits, shares[i - 1] ?? 0n)))
}

/**
 * Returns Σ shares × price for each day, rounded once, or the reason when an exchange rate is missing; takes day numbers,
 * oldest first. It goes symbol by symbol and not day by day: walking along one history takes half the time of taking one
 * step along each.
 */
export function marketValues(
  ledger: Ledger,
  symbols: readonly HeldSymbol[],
  days: readonly number[],
): (Money | string)[] {
  const totals = new ProductSums(days.length, symbols.length)
  const reasons = new Map<number, string>()
  const indexesOf = lastCloses(days)
  const firstSince = firstDays(days)
  const hasSplits = recordedSplits(ledger).length > 0
  for (const held of symbols) {
    const prices = held.market?.prices ?? noPrices
    const indexes = indexesOf(prices)
    const starts = held.days.map(firstSince)
    const ownSplits = hasSplits ? ownSplitsOf(held) : null
    // before its first close a symbol is worth what was paid
    const quoted = ownSplits === null ? firstWith(indexes) : days.length
    let paid: (PaidPrice | null)[] | null = null
    for (let trade = 0; trade < starts.length && starts[trade]! < quoted; trade++) {
      const now = held.shares[trade]!
      if (now === 0n) continue
      const until = Math.min(starts[trade + 1] ?? quoted, quoted)
      for (let i = starts[trade]!; i < until; i++) {
        const index = indexes[i]!
        const price =
          index >= 0 ? ownSplits!(prices.closes[index]!, days[i]!) : priceWithout(ledger, held, days[i]!)
        if (typeof price !== 'string') {
          paid ??= pricesPaid(held)
          const worth = price ?? paid[trade]?.price ?? 0n
          totals.add(i, now, worth, Number(now) * Number(worth))
        } else if (!reasons.has(i)) reasons.set(i, price)
      }
    }
    const runs = starts.map((start) => Math.max(start, quoted))
    totals.addRuns(prices.closes, indexes, runs, held.shares)
  }
  // nothing can be added up from the first amount on that could not be converted
  const unknown = firstUnconverted(ledger)
  const since = unknown === null ? Infinity : dayNumber(unknown.date)
  return days.map((day, i) =>
    day >= since ? unknown!.reason : (reasons.get(i) ?? divide(totals.sum(i), ONE)),
  )
}

/** Returns the index of the first of some days, oldest first, that is not before a day: each trade asks for one. */
function firstDays(days: readonly number[]): (day: number) => number {
  const [first = 0, last = 0] = [days[0], days.at(-1)]
  const indexes = new Int32Array(last - first + 1)
  let index = 0
  for (let day = first; day <= last; day++) {
    while (days[index]! < day) index++
    indexes[day - first] = index
  }
  return (day) => (day <= first ? 0 : day <= last ? indexes[day - first]! : days.length)
}

/** Returns the index of the last close up to each day, −1 for none. Most histories have the days of the one before. */
function lastCloses(days: readonly number[]): (prices: PriceHistory) => Int32Array {
  let last: Int32Array | null = null
  let found = new Int32Array(days.length)
  return (prices) => {
    if (last && areSame(last, prices.days)) return found
    last = prices.days
    found = new Int32Array(days.length)
    let index = days.length > 0 ? lastIndexUpTo(prices, days[0]!) : -1
    for (let i = 0; i < days.length; i++) {
      while (index + 1 < last.length && last[index + 1]! <= days[i]!) index++
      found[i] = index
    }
    return found
  }
}

/** Returns the first day that has a close on or before it. */
function firstWith(indexes: Int32Array): number {
  const first = indexes.findIndex((index) => index >= 0)
  return first < 0 ? indexes.length : first
}

/** Null where there is no price yet, and what was paid counts; a sentence when it is the rate that is missing. */
function priceWithout(ledger: Ledger, { symbol, market }: HeldSymbol, day: number): null | string {
  const found = closeOn(ledger, symbol, market, day)
  return typeof found !== 'number' && found.isRate ? found.reason : null
}

/**
 * Returns how a close becomes the price of a day where the ledger knows splits that the source does not: one that is older
 * than such a split is of the old shares. Null for most symbols, which have none.
 */
function ownSplitsOf({ trades, market }: HeldSymbol): ((close: Price, day: number) => Price) | null {
  const splits = splitsOf(market)
  const own = trades.filter((trade) => trade.type === 'split' && !knownToSource(trade, splits))
  if (own.length === 0) return null
  const quoted = market?.foreign?.prices ?? market?.prices ?? noPrices
  return (close, day) => {
    const since = dayOf(quoted.days[lastIndexUpTo(quoted, day)]!)
    const { numerator, denominator } = recordedBetween(own, splits, since, dayOf(day))
    return divide(close * denominator, numerator)
  }
}
