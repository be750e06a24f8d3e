import { type Day, dayAt, dayNumber, dayOf } from './day.ts'
import { type Price, stored } from './decimal.ts'
import { type ExchangeRates, noRate } from './exchange-rate.ts'
import type { Bar, Dividend, Instrument, Quote, Split } from './instrument.ts'
import type { CostBasis } from './lot.ts'
import { type Oversale, type Position, positionOf } from './position.ts'
import { ageOn, CARRIED_DAYS, lastIndexUpTo, type PriceHistory, priceHistory } from './price-history.ts'
import { inOrder, type Transaction } from './transaction.ts'

/**
 * A ledger is everything that a calculation may know: what happened, and what the market says. All of its money is in
 * the base currency, and every trade is in share units that have been decided. Only prepared-ledger.ts makes one.
 */
export type Ledger = LedgerAt<'ready'>

/** How far a ledger has come, in this order; each step is a function that takes one stage and returns the next. */
export type Stage = 'as recorded' | 'with last prices' | 'in base currency' | 'in share units' | 'ready'

/** A ledger that has passed a stage and none of the later ones. */
export type LedgerAt<S extends Stage> = {
  readonly stage: S
  baseCurrency: string
  costBasis: CostBasis
  benchmarks: string[]
  /** In the order of `inOrder` (transaction.ts). */
  transactions: Transaction[]
  markets: Map<string, Market>
  /** The day whose prices are the latest quotes, whatever their age. */
  today: Day
}

/**
 * The market data of one symbol. Its history ends with the latest quote, on the day of that trade, or today if that
 * is earlier.
 */
export type Market = {
  instrument: Instrument | null
  prices: PriceHistory
  splits: Split[]
  /** Dividends, like the quote, are in the currency the symbol trades in. */
  dividends: Dividend[]
  quote: Quote | null
  /** The first session that a delisted symbol missed. */
  delisted?: Day
  /** Set when the symbol trades in another currency and `prices` have been converted. */
  foreign?: Foreign
}

/** The prices before conversion, and the rates that converted them. */
export type Foreign = ExchangeRates & {
  /** Closes in the currency the symbol trades in. */
  prices: PriceHistory
}

/** What is stored of one symbol, as the source said it. */
export type StoredMarket = {
  instrument: Instrument | null
  bars: Bar[]
  splits: Split[]
  dividends: Dividend[]
  quote: Quote | null
}

/**
 * Joins the bars and the quote of one symbol to one history. A quote newer than the last bar becomes its last
 * point. A quote without an instrument is left out, because the clock of its exchange is not known.
 */
export function market(known: StoredMarket, today: Day = '9999-12-31'): Market {
  const prices = priceHistory(known.bars)
  if (known.quote && known.instrument) {
    const traded = dayNumber(dayAt(known.quote.at, known.instrument.timeZone))
    // where the clock already shows tomorrow (a coin's UTC, Tokyo), the quote is today's latest price and replaces
    // today's close
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

/** A price and the day it is from, or the reason why there is none. */
export type Priced = { price: Price; day: Day } | { reason: string }

/**
 * Returns a symbol's price at the end of a day: the last close on or before it, at most 7 days old and never a
 * later one (finance.md, "Prices"). Today's price is the latest known one, whatever its age, which is shown beside
 * it. `at` makes a walk forward cheap: it remembers where the last answer was found.
 */
export function priceOn(ledger: Ledger, symbol: string, day: Day, at?: { index: number }): Priced {
  const known = ledger.markets.get(symbol)
  const index = priceIndex(ledger, symbol, known, dayNumber(day), at)
  if (typeof index === 'string') return { reason: index }
  const { prices, foreign } = known!
  const own = foreign ? lastIndexUpTo(foreign.prices, prices.days[index]!) : index
  return { price: prices.closes[index]!, day: dayOf((foreign?.prices ?? prices).days[own]!) }
}

/** Returns the index of that price in the symbol's history, or the reason why there is none; takes a day number. */
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

/** The position of every symbol ever traded, at the end of a day. */
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
 * Returns the sales of shares that are not there, for one symbol. `refusable` names the sales that are not in the
 * ledger yet (position.ts).
 */
export function oversales(
  transactions: readonly Transaction[],
  symbol: string,
  splits: readonly Split[],
  refusable?: ReadonlySet<string>,
): Oversale[] {
  const own = inOrder(
    transactions.filter((transaction) => transaction.symbol === symbol),
    () => splits,
  )
  return positionOf(symbol, own, splits, 'fifo', '9999-12-31', refusable).faults
}
