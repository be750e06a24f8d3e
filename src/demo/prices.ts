import { addDays, dayAt, dayNumber, dayOf, weekday } from '../portfolio/day.ts'
import type { Day } from '../portfolio/day.ts'
import type { Bar, Dividend, Instrument } from '../portfolio/instrument.ts'
import { partitionPoint } from '../portfolio/partition-point.ts'
import { MINUTE, TIME_ZONE } from '../portfolio/time.ts'
import { hoursOf, isSession, marketState } from '../market/hours/trading-hours.ts'
import { hours } from './listing-hours.ts'
import { crosses, isins, tickers } from './listings.ts'
import type { Cross, Ticker } from './listings.ts'
import { answer } from './fake-yahoo.ts'
import type { Book, Listing, Trade } from './book.ts'

// The paths are calculated once, so far into the future that no demo outlasts them.
const LATEST: Day = '2026-01-02'
const EARLIEST: Day = '2010-01-04'
const HORIZON: Day = '2036-12-31'
const DRIFT_AHEAD = 0.07
const MARKET_VOLATILITY = 0.16
const TEMPER = hash('temper')
const MARKET = hash('market')

const daysOf = new Map<string, Day[]>()
const marketReturns = new Map<number, number>()

/** Returns a fetch that imitates all of Yahoo without a network. Instants are in milliseconds. */
export function demoFetch(options: { now: () => number }): typeof fetch {
  return async (input: RequestInfo | URL, init?: RequestInit) =>
    answer(new Request(input, init), demoBook, options.now())
}

// The demo shares of other exchanges trade at the hours of theirs, on the days of New York's sessions.
const timeZones: Record<string, string> = {
  crypto: 'UTC',
  currency: 'Europe/London',
  LSE: 'Europe/London',
  XETRA: 'Europe/Berlin',
}

const listings = new Map(tickers.map((ticker) => [ticker.symbol, listingOf(ticker)]))
for (const cross of crosses) listings.set(cross.symbol, crossOf(cross))

/** Some thirty well-known tickers at made-up prices, which depend only on the symbol and the time. */
export const demoBook: Book = {
  find: (symbol) => listings.get(symbol) ?? null,
  search: (query) => {
    const wanted = query.trim().toUpperCase()
    const named = isins[wanted]
    if (named) return named.map((symbol) => listings.get(symbol)!)
    const found = [...listings.values()].filter(({ instrument: { symbol, name } }) =>
      `${symbol} ${name}`.toUpperCase().includes(wanted),
    )
    return found.toSorted(
      (a, b) => Number(b.instrument.symbol === wanted) - Number(a.instrument.symbol === wanted),
    )
  },
}

function listingOf(ticker: Ticker): Listing {
  const instrument: Instrument = {
    symbol: ticker.symbol,
    name: ticker.name,
    kind: ticker.kind,
    exchange: ticker.exchange,
    currency: ticker.currency,
    timeZone: timeZones[ticker.kind] ?? timeZones[ticker.exchange] ?? TIME_ZONE,
  }
  let path: Path | undefined
  const closes = () => (path ??= pathOf(ticker))
  return {
    instrument,
    splits: ticker.splits,
    get dividends() {
      return closes().dividends
    },
    bars(from, to) {
      const { bars } = closes()
      return bars.slice(indexFrom(bars, from), indexFrom(bars, addDays(to, 1)))
    },
    quote: (now) => tradeAt(ticker, instrument, closes().bars, now),
  }
}

/** The listing of a rate that is calculated from others, so that it contradicts neither. */
function crossOf({ symbol, name, currency, of, per }: Cross): Listing {
  const [above, below] = [of === null ? null : listings.get(of)!, listings.get(per)!]
  const rate = (one: number | null | undefined, other: number | null) =>
    one == null || other === null ? null : tick(one / other)
  return {
    instrument: { ...below.instrument, symbol, name, currency },
    splits: [],
    dividends: [],
    bars(from, to) {
      const ones = above?.bars(from, to)
      // all rates have the same days
      return below
        .bars(from, to)
        .map(({ day, close }, i) => ({ day, close: rate(ones ? ones[i]!.close : 1, close)! }))
    },
    quote(now) {
      const other = below.quote(now)
      const one = above ? above.quote(now) : { price: 1, previousClose: 1 }
      if (!one || !other) return null
      return {
        price: rate(one.price, other.price)!,
        previousClose: rate(one.previousClose, other.previousClose),
        at: other.at,
      }
    },
  }
}

type Path = { bars: Bar[]; dividends: Dividend[] }

/**
 * Calculates the closes from the first day of the listing: a random walk of daily log returns (its own, and the
 * market's times beta), bent like a Brownian bridge to meet the known prices at both ends.
 */
function pathOf(ticker: Ticker): Path {
  const days = tradingDays(ticker)
  const seed = hash(ticker.symbol)
  const own = ticker.volatility / Math.sqrt(252)
  const walk: number[] = [0]
  for (const day of days.slice(1)) {
    const number = dayNumber(day)
    walk.push(walk.at(-1)! + own * normal(seed, number) + ticker.beta * marketReturn(number))
  }
  const anchor = days.findLastIndex((day) => day <= LATEST)
  const rise = Math.log(ticker.latest / ticker.first)
  const yearly = ticker.kind === 'crypto' ? 365 : 252
  const ahead = ticker.kind === 'currency' ? 0 : DRIFT_AHEAD * Math.max(ticker.beta, 0.2)
  const trend = (index: number) =>
    index <= anchor ? (rise * index) / anchor : rise + (ahead * (index - anchor)) / yearly
  const bend = (index: number) => (index <= anchor ? (walk[anchor]! * index) / anchor : walk[anchor]!)

  const bars = days.map((day, index) => ({
    day,
    close: tick(ticker.first * Math.exp(trend(index) + walk[index]! - bend(index))),
  }))
  const dividends = days.flatMap((day, index) => {
    if (!isExDay(ticker, day, days[index - 1])) return []
    const amount = (ticker.first * Math.exp(trend(index)) * ticker.yield) / ticker.pays.length
    return [{ day, amount: Math.max(Number(amount.toFixed(3)), 0.001) }]
  })
  return { bars, dividends }
}

function tradingDays({ kind, starts }: Ticker): Day[] {
  const key = kind === 'crypto' || kind === 'currency' ? kind : 'nyse'
  let days = daysOf.get(key)
  if (!days) {
    days = []
    for (let number = dayNumber(EARLIEST); number <= dayNumber(HORIZON); number += 1) {
      const day = dayOf(number)
      const isWeekday = weekday(day) >= 1 && weekday(day) <= 5
      if (key === 'crypto' || (key === 'currency' ? isWeekday : isSession(day))) days.push(day)
    }
    daysOf.set(key, days)
  }
  return days.filter((day) => day >= starts)
}

/** Returns the first session on or after the 10th of a month in which it pays. */
function isExDay({ pays }: Ticker, day: Day, before: Day | undefined): boolean {
  if (!before || !pays.includes(+day.slice(5, 7))) return false
  const tenth = `${day.slice(0, 7)}-10`
  return day >= tenth && before < tenth
}

/** Returns the market's return on a day. Months differ in volatility, so that calm and storm cluster. */
function marketReturn(number: number): number {
  let found = marketReturns.get(number)
  if (found === undefined) {
    const temper = 0.55 + 0.9 * uniform(TEMPER, Math.floor(number / 30))
    found = ((MARKET_VOLATILITY * temper) / Math.sqrt(252)) * normal(MARKET, number)
    marketReturns.set(number, found)
  }
  return found
}

/**
 * Returns the price at an instant: on its way to the day's close while the market is open, otherwise the last close.
 */
function tradeAt(ticker: Ticker, instrument: Instrument, bars: Bar[], now: number): Trade | null {
  const { phase, lastClose } = marketState(hoursOf(instrument), now)
  const minute = Math.floor(now / MINUTE) * MINUTE
  const at = phase === 'open' ? minute : lastClose!
  const today = dayAt(at, instrument.timeZone)
  const index = indexFrom(bars, addDays(today, 1)) - 1
  const bar = bars[index]
  if (!bar) return null
  const before = bars[index - 1]?.close ?? null
  if (phase !== 'open') return { price: bar.close, previousClose: before, at }
  // a currency whose week has begun on a Sunday evening
  if (bar.day !== today) return { price: bar.close, previousClose: bar.close, at }
  const price = underway(
    ticker,
    before ?? bar.close,
    bar.close,
    dayNumber(today),
    at,
    elapsed(instrument, today, at),
  )
  return { price, previousClose: before, at }
}

/** Returns how much of the day's trading is over, from 0 to 1. */
function elapsed(instrument: Instrument, day: Day, at: number): number {
  const { opens, closes } = hours(instrument, day)
  return Math.min(Math.max((at - opens) / (closes - opens), 0), 1)
}

/**
 * Returns the price on its way from the previous close to the day's close: a Brownian bridge by the first terms of its
 * sine series, with a little noise each minute that keeps the last digit moving.
 */
function underway(ticker: Ticker, from: number, to: number, day: number, at: number, part: number): number {
  const seed = hash(ticker.symbol) ^ 0x5eed
  const daily = Math.hypot(ticker.volatility, ticker.beta * MARKET_VOLATILITY) / Math.sqrt(252)
  let bridge = 0
  for (let wave = 1; wave <= 24; wave += 1) {
    bridge += (Math.SQRT2 / (Math.PI * wave)) * normal(seed + wave, day) * Math.sin(Math.PI * wave * part)
  }
  const noise = 0.02 * normal(seed, at / MINUTE) * Math.sqrt(part * (1 - part))
  return tick(from * Math.exp(part * Math.log(to / from) + daily * (bridge + noise)))
}

/** Returns the first index whose day is not before that day. */
function indexFrom(bars: Bar[], from: Day): number {
  return partitionPoint(bars, ({ day }) => day < from)
}

/** Rounds to cents, or to hundredths of a cent below ten. */
function tick(price: number): number {
  return Number(price.toFixed(price < 10 ? 4 : 2))
}

/** Returns the standard normal number that belongs to a seed and an index, by Box and Muller. */
function normal(seed: number, number: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform(seed, number)))
  return radius * Math.cos(2 * Math.PI * uniform(seed ^ 0x9e3779b9, number))
}

/** Returns a number in [0, 1) by the finishing steps of murmur3. */
function uniform(seed: number, number: number): number {
  let h = Math.imul(seed ^ number, 0x85ebca6b) ^ Math.imul(number + 0x7f4a7c15, 0xc2b2ae35)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32
}

/** Hashes a text by FNV-1a. */
function hash(text: string): number {
  let h = 0x811c9dc5
  for (const letter of text) h = Math.imul(h ^ letter.charCodeAt(0), 0x01000193)
  return h >>> 0
}
