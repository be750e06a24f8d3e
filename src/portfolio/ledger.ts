import { type Day, dayAt, dayNumber, dayOf } from './day.ts'
import { noRate } from './currency.ts'
import { type Price, stored } from './decimal.ts'
import type { Bar, Dividend, Instrument, Quote, Split } from './instrument.ts'
import type { CostBasis } from './lot.ts'
import { type Oversale, type Position, positionOf } from './position.ts'
import { ageOn, CARRIED_DAYS, lastIndexUpTo, type PriceHistory, priceHistory } from './price-history.ts'
import { inOrder, type Transaction } from './transaction.ts'

/**
 * Everything a calculation needs, and all it may know: what happened, and what the market says. Its money is all in
 * the base currency once it has gone through currency.ts.
 */
export type Ledger = {
  baseCurrency: string
  costBasis: CostBasis
  benchmarks: string[]
  /** In order (transaction.ts). */
  transactions: Transaction[]
  markets: Map<string, Market>
  /** The day on which the latest quotes stand for the price, whatever their age. */
  today: Day
}

/** What is known of one symbol. The history ends with the latest quote, on the day it traded, today at the latest. */
export type Market = {
  instrument: Instrument | null
  prices: PriceHistory
  splits: Split[]
  /** As the quote, in the currency it trades in. */
  dividends: Dividend[]
  quote: Quote | null
  /** The first session that it missed, once it is no longer quoted. */
  delisted?: Day
  /** Where that is not the portfolio's, once `prices` are converted. */
  foreign?: Foreign
}

/** What prices were before conversion, and what converted them. */
export type Foreign = {
  /** Closes in the currency it trades in. */
  prices: PriceHistory
  currency: string
  /** The source's symbol for the rate, `EURUSD=X`, and its history. */
  pair: string
  rates: PriceHistory
}

/**
 * One symbol's bars and quote as one history. A quote that is newer than the last bar is its last point; one without an
 * instrument, whose clock is not known, is not in it.
 */
export function market(
  known: {
    instrument: Instrument | null
    bars: Bar[]
    splits: Split[]
    dividends: Dividend[]
    quote: Quote | null
  },
  today: Day = '9999-12-31',
): Market {
  const prices = priceHistory(known.bars)
  if (known.quote && known.instrument) {
    const traded = dayNumber(dayAt(known.quote.at, known.instrument.timeZone))
    // where it is tomorrow already (a coin's UTC, Tokyo), the price is today's latest, after today's close there
    const day = Math.min(traded, dayNumber(today))
    const last = prices.days.at(-1) ?? -Infinity
    if (day > last) {
      prices.days.push(day)
      prices.closes.push(stored(known.quote.price))
    } else if (day === last && traded > day)
      prices.closes[prices.closes.length - 1] = stored(known.quote.price)
  }
  return {
    instrument: known.instrument,
    prices,
    splits: known.splits,
    dividends: known.dividends,
    quote: known.quote,
  }
}

/** `day` is the one the price is from. */
export type Priced = { price: Price; day: Day } | { reason: string }

/**
 * A symbol's price at the end of a day: the last close on or before it, at most 7 days old, never a later one.
 * Today's price is the latest known, whatever its age (its age is shown beside it). `at` makes a walk forward
 * cheap: it remembers where the last answer was found.
 */
export function priceOn(ledger: Ledger, symbol: string, day: Day, at?: { index: number }): Priced {
  const known = ledger.markets.get(symbol)
  const index = priceIndex(ledger, symbol, known, dayNumber(day), at)
  if (typeof index === 'string') return { reason: index }
  const { prices, foreign } = known!
  const own = foreign ? lastIndexUpTo(foreign.prices, prices.days[index]!) : index
  return { price: prices.closes[index]!, day: dayOf((foreign?.prices ?? prices).days[own]!) }
}

/** Where in the symbol's history that price stands, or why there is none; for walks over days, by number. */
export function priceIndex(
  ledger: Ledger,
  symbol: string,
  known: Market | undefined,
  day: number,
  at?: { index: number },
): number | string {
  const own = known?.foreign?.prices ?? known?.prices
  if (!known || !own || own.days.length === 0) return `no price for ${symbol} is known yet`
  const { prices, foreign } = known
  const index = lastIndexUpTo(prices, day, at?.index)
  if (at) at.index = index
  const isOld = index < 0 || ageOn(prices, index, day) > CARRIED_DAYS
  if (index >= 0 && (!isOld || dayOf(day) >= ledger.today)) return index
  const ownIndex = foreign ? lastIndexUpTo(own, day) : -1
  return foreign && ownIndex >= 0 && ageOn(own, ownIndex, day) <= CARRIED_DAYS
    ? noRate(foreign, ledger.baseCurrency, dayOf(day))
    : `no price for ${symbol} on ${dayOf(day)}`
}

/** Every symbol ever traded, with its position at the end of a day. */
export function positions(ledger: Ledger, asOf: Day): Position[] {
  const bySymbol = Map.groupBy(
    ledger.transactions.filter((transaction) => transaction.symbol !== null && transaction.type !== 'fee'),
    (transaction) => transaction.symbol!,
  )
  return [...bySymbol].map(([symbol, transactions]) =>
    positionOf(symbol, transactions, ledger.markets.get(symbol)?.splits ?? [], ledger.costBasis, asOf),
  )
}

/**
 * Sales of shares that are not there, for one symbol; none when its ledger holds together. `refusable` names those
 * that are not in it yet (position.ts).
 */
export function oversales(
  transactions: readonly Transaction[],
  symbol: string,
  splits: readonly Split[],
  refusable?: ReadonlySet<string>,
): Oversale[] {
  const own = inOrder(transactions.filter((transaction) => transaction.symbol === symbol))
  return positionOf(symbol, own, splits, 'fifo', '9999-12-31', refusable).faults
}
