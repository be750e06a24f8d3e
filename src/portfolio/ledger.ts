import { type Day, dayAt, dayNumber, dayOf, weekday } from './day.ts'
import { type Decimal, divide, type Price, stored, toNumber } from './decimal.ts'
import { type ExchangeRates, noRate } from './exchange-rate.ts'
import type { Dividend, Instrument, Quote, Split } from './instrument.ts'
import { asides } from './kind.ts'
import type { Revaluation } from './foreign-cash.ts'
import type { CostBasis } from './lot.ts'
import { type Position, positionOf } from './position.ts'
import { paidPriceOn } from './paid-price.ts'
import { areUpTo, type OwnRows, rowsBySymbol, splitsOf, symbolsOf } from './own-rows.ts'
import { continued, lastIndexUpTo, type PriceHistory } from './price-history.ts'
import { rareRows } from './rare-rows.ts'
import { remembered } from './remembered.ts'
import { recordedBetween } from './split.ts'
import type { Transaction } from './transaction.ts'

/**
 * A ledger is everything that a calculation may know: what happened, and what the market says. All of its money is in
 * the base currency, and every trade is in share units that have been decided. Only prepared-ledger.ts makes one, and
 * united-ledger.ts one of several.
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
  /** What its owner says that shares were worth, in order; they are no transactions of it (own-price.ts). */
  ownPrices?: Transaction[]
  /** The day whose prices are the latest quotes, whatever their age. */
  today: Day
  /** True as of an earlier day than the latest quotes are of (past-ledger.ts). */
  isPast?: true
  /** Without one, only recorded dividends count, and none is dismissed. */
  dividendRule?: DividendRule
  /** By symbol, the one that the source answers with in its place, where it does. */
  listedAs?: ReadonlyMap<string, string>
  /** What is not proposed again, by `proposalName` (action-proposal.ts). */
  dismissedActions?: ReadonlySet<string>
  /** In what its cash is kept, where that is another currency: only of a portfolio of a group. */
  cashCurrency?: string
  /** In the ledger of a group: what exchange rates did to the cash of such portfolios, in order, once a day. */
  revaluations?: readonly Revaluation[]
  /** In the ledger of a group: what it is the union of (united-ledger.ts). */
  members?: readonly Member[]
}

/** A portfolio of a group, with its ledger in the group's currency. */
export type Member = { id: string; name: string; ledger: Ledger }

/** Which dividends count (finance.md, "Dividends"). */
export type DividendRule = {
  counting: DividendCounting
  /** The part that is withheld from a derived dividend: 0 ≤ w < 1. */
  withholding: Decimal
  /** Those that the owner says never came, by `nameOf` (dividend-proposal.ts). */
  dismissed: ReadonlySet<string>
}

/** `automatic`: also those that the source lists and nobody recorded. */
export type DividendCounting = 'automatic' | 'recorded'

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
  /** True when its prices are the owner's. */
  byHand?: true
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
  bars: PriceHistory
  splits: Split[]
  dividends: Dividend[]
  quote: Quote | null
  /** True of what its owner prices, of which the source says nothing. */
  byHand?: true
}

/**
 * Joins the bars and the quote of one symbol to one history. A quote newer than the last bar becomes its last
 * point. A quote without an instrument is left out, because the clock of its exchange is not known.
 */
export function market(known: StoredMarket, today: Day = '9999-12-31'): Market {
  const before = made.get(known.bars)
  if (before && before.today === today && isSame(before.known, known)) return before.market
  const { instrument, splits, dividends, quote, byHand } = known
  const { bars } = known
  const prices = quote && instrument ? continued(bars, quoted(bars, quote, instrument, today)) : bars
  const market = { instrument, prices, splits, dividends, quote, ...(byHand && { byHand }) }
  if (bars.days.length > 0) made.set(bars, { known, today, market })
  return market
}

/**
 * The last market that was made of some bars. Whoever reads a ledger again has the same bars, and mostly the same
 * quote: then it is the same market, and a new quote is added to the closes that were read before.
 */
const made = new WeakMap<PriceHistory, { known: StoredMarket; today: Day; market: Market }>()

function isSame(a: StoredMarket, b: StoredMarket): boolean {
  return (
    isEqual(a.splits, b.splits) &&
    isEqual(a.dividends, b.dividends) &&
    isEqual(a.quote, b.quote) &&
    isEqual(a.instrument, b.instrument)
  )
}

function isEqual<T>(a: T, b: T): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

/** What a quote adds to the bars. */
function quoted(bars: PriceHistory, quote: Quote, instrument: Instrument, today: Day): Point[] {
  const traded = dayNumber(dayAt(quote.at, instrument.timeZone))
  const before = closeBefore(bars, quote, instrument, traded)
  // where the clock already shows tomorrow (a coin's UTC, Tokyo), the quote is today's latest price and replaces
  // today's close
  const day = Math.min(traded, dayNumber(today))
  const last = before?.day ?? bars.days.at(-1) ?? -Infinity
  const now = { day, close: stored(quote.price) }
  if (day > last) return before ? [before, now] : [now]
  if (day === last && traded > day) return [now]
  return before ? [before] : []
}

type Point = { day: number; close: Price }

/**
 * A quote tells the close of the session before. Where that session's bar has not arrived, the close stands for it, on
 * the last weekday before the quote.
 */
function closeBefore(bars: PriceHistory, quote: Quote, { kind }: Instrument, traded: number): Point | null {
  if (quote.previousClose === null) return null
  const close = stored(quote.previousClose)
  const last = bars.days.at(-1) ?? -Infinity
  const day = kind === 'crypto' ? traded - 1 : weekdayBefore(traded)
  // an equal close is that of the last bar: the days in between were holidays
  return day <= last || isSameClose(close, bars.closes.at(-1)) ? null : { day, close }
}

function weekdayBefore(day: number): number {
  const weekend = { 1: 3, 0: 2 }[weekday(dayOf(day))]
  return day - (weekend ?? 1)
}

/** The source does not always round a close the same way. */
function isSameClose(a: Price, b: Price | undefined): boolean {
  return b !== undefined && Math.abs(toNumber(a) - toNumber(b)) <= 1e-6 * toNumber(b)
}

/**
 * A price, the day it is from, and its origin: the market, or what a trade of the ledger paid. Without one, the reason;
 * `isRate` when a close is known but no exchange rate that converts it.
 */
export type Priced =
  | { price: Price; day: Day; from: 'own' | 'market' | 'paid' }
  | { reason: string; isRate: boolean }

/**
 * Returns a symbol's price at the end of a day: the last close on or before it, however old and never a later one. Before
 * the first close, or without any, it is what the latest trade paid (finance.md, "Prices").
 */
export function priceOn(ledger: Known, symbol: string, day: Day): Priced {
  const known = ledger.markets.get(symbol)
  const found = closeOn(ledger, symbol, known, dayNumber(day))
  if (typeof found === 'object') {
    const paid = found.isRate ? null : paidPriceOn(ledger.transactions, symbol, known?.splits ?? [], day)
    return paid ? { ...paid, from: 'paid' } : found
  }
  const { prices, foreign, splits } = known!
  const own = foreign ? lastIndexUpTo(foreign.prices, prices.days[found]!) : found
  const since = dayOf((foreign?.prices ?? prices).days[own]!)
  // a close that is older than a split of which only the ledger knows is of the old shares
  const rows = since < day ? recordedSplits(ledger).filter((each) => each.symbol === symbol) : []
  const { numerator, denominator } = recordedBetween(rows, splits, since, day)
  return {
    price: divide(prices.closes[found]! * denominator, numerator),
    day: since,
    from: known!.byHand ? 'own' : 'market',
  }
}

/** What a price follows from, at any stage of a ledger whose money is in the base currency. */
type Known = Pick<Ledger, 'baseCurrency' | 'transactions' | 'markets'>

/** Returns the recorded splits. They are few of many, and every holding asks for them. */
export function recordedSplits({ transactions }: Pick<Ledger, 'transactions'>): readonly Transaction[] {
  return rareRows(transactions).splits
}

/** Returns the index of the close in the symbol's history, or the reason why there is none; takes a day number. */
export function closeOn(
  ledger: Known,
  symbol: string,
  known: Market | undefined,
  day: number,
): number | { reason: string; isRate: boolean } {
  const own = known?.foreign?.prices ?? known?.prices
  if (!known || !own || own.days.length === 0) return { reason: `no price for ${symbol} yet`, isRate: false }
  const { prices, foreign } = known
  const index = lastIndexUpTo(prices, day)
  if (index >= 0) return index
  return foreign && lastIndexUpTo(own, day) >= 0
    ? { reason: noRate(foreign, ledger.baseCurrency, dayOf(day)), isRate: true }
    : { reason: `no price for ${symbol} on ${dayOf(day)}`, isRate: false }
}

/** The position of every symbol traded by then, at the end of a day. */
export function positions(ledger: Ledger, asOf: Day): Position[] {
  const rows = rowsBySymbol(ledger.transactions)
  return symbolsOf(ledger.transactions, ({ type, date }) => !asides.has(type) && date <= asOf).map(
    (symbol) => {
      const own = rows.get(symbol)!
      const splits = splitsOf(ledger.markets.get(symbol))
      return areUpTo(own, asOf)
        ? latestPosition(own, symbol, splits, ledger.costBasis)
        : positionOf(symbol, own, splits, ledger.costBasis, asOf)
    },
  )
}

const latestPosition = remembered(
  (own: OwnRows, symbol: string, splits: readonly Split[], basis: CostBasis): Position =>
    positionOf(symbol, own, splits, basis, own.at(-1)!.date),
)
