import { minorUnit } from '../../portfolio/currency.ts'
import { dayAt } from '../../portfolio/day.ts'
import type { Day } from '../../portfolio/day.ts'
import { type Decimal, divide, fromNumber, text } from '../../portfolio/decimal.ts'
import type { Bar, Dividend, History, Instrument, Quote, Split } from '../../portfolio/instrument.ts'
import { MINUTE } from '../../portfolio/time.ts'
import { instantAt, SETTLING } from '../hours/trading-hours.ts'
import type { Fetched, Quoted } from '../source.ts'

/** Anything out of Yahoo's JSON: nothing about it is certain. */
export type Unsure = Record<string, unknown>

/** A row of /v7/finance/quote, already known to be of this symbol. */
export function quotedOf(symbol: string, row: Unsure): Fetched<Quoted> {
  return quoted(
    symbol,
    row.fullExchangeName ?? row.exchange,
    row.quoteType,
    row,
    row.regularMarketPreviousClose,
  )
}

/**
 * A result of /v8/finance/chart with daily bars, read at `now` (milliseconds). Of bars, splits and dividends only
 * those from `from` on; earlier bars serve to find the previous close.
 *
 * { meta: { currency, symbol, instrumentType, regularMarketPrice, regularMarketTime, currentTradingPeriod, ... },
 *   timestamp: [1598880600, ...], indicators: { quote: [{ close: [129.0399932861328, null, ...] }] },
 *   events: { dividends: { 1604673000: { amount: 0.205, date: 1604673000 } },
 *             splits: { 1598880600: { date: 1598880600, numerator: 4, denominator: 1 } } } }
 */
export function historyOf(symbol: string, from: Day, result: Unsure, now: number): Fetched<History> {
  const meta = record(result.meta)
  const found = quoted(symbol, meta.fullExchangeName ?? meta.exchangeName, meta.instrumentType, meta, null)
  if (found.status !== 'ok') return found
  const { quote } = found.value
  const { timeZone } = found.value.instrument
  const regular = regularPeriod(meta)
  const session = regular && sessionOf(regular, timeZone)
  const instrument: Instrument = { ...found.value.instrument, ...(session && { session }) }
  const { divisor } = currencyOf(meta.currency)!

  const closes = closesByDay(result, timeZone)
  const isFinal = finality(regular, timeZone, now)
  const bars = inOrder(
    [...closes]
      .filter(([day]) => isFinal(day))
      .map(([day, close]) => ({ day, close: rounded(close, divisor) }))
      .filter(({ close }) => close > 0),
  )

  const events = record(result.events)
  return {
    status: 'ok',
    value: {
      instrument,
      quote: {
        ...quote,
        previousClose: previousClose(bars, closes, meta, dayAt(quote.at, timeZone), divisor),
      },
      bars: bars.filter((bar) => bar.day >= from),
      splits: splitsOf(events.splits, timeZone).filter((split) => split.day >= from),
      dividends: dividendsOf(events.dividends, timeZone, divisor).filter((dividend) => dividend.day >= from),
    },
  }
}

/** What Yahoo calls EQUITY is an equity here. */
export function kindOf(type: unknown): Instrument['kind'] {
  return kinds[String(type).toUpperCase()] ?? 'other'
}

const kinds: Record<string, Instrument['kind']> = {
  EQUITY: 'equity',
  ETF: 'etf',
  MUTUALFUND: 'fund',
  INDEX: 'index',
  CRYPTOCURRENCY: 'crypto',
  CURRENCY: 'currency',
  FUTURE: 'future',
}

/** What may be asked for fields; nothing is in what is no object. */
export function record(value: unknown): Unsure {
  return typeof value === 'object' && value !== null ? (value as Unsure) : {}
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** The first that is a text with something in it, without blanks around; null when none is. */
export function words(...candidates: unknown[]): string | null {
  const found = candidates.find((candidate) => typeof candidate === 'string' && candidate.trim() !== '')
  return found === undefined ? null : (found as string).trim()
}

function quoted(
  symbol: string,
  exchange: unknown,
  type: unknown,
  fields: Unsure,
  before: unknown,
): Fetched<Quoted> {
  const currency = currencyOf(fields.currency)
  const timeZone = timeZoneOf(fields.exchangeTimezoneName)
  const at = instant(fields.regularMarketTime)
  if (!currency) return withoutData(`Yahoo gives no currency for ${symbol}`)
  if (!timeZone) return withoutData(`Yahoo gives no time zone for ${symbol}`)
  if (at === null) return withoutData(`Yahoo does not say when ${symbol} traded`)
  const price = priceText(fields.regularMarketPrice, currency.divisor)
  if (price === null) {
    return withoutData(
      `Yahoo's price of ${symbol} is no price: ${String(fields.regularMarketPrice).slice(0, 30)}`,
    )
  }
  const instrument: Instrument = {
    symbol,
    name: words(fields.longName, fields.shortName) ?? symbol,
    currency: currency.code,
    kind: kindOf(type),
    exchange: words(exchange) ?? '',
    timeZone,
  }
  const previous = priceText(before, currency.divisor)
  const quote: Quote = { symbol, price, currency: currency.code, previousClose: previous, at }
  return { status: 'ok', value: { instrument, quote } }
}

/** The last close known for each day; a later entry of the same day is the newer one. */
function closesByDay(result: Unsure, timeZone: string): Map<Day, number> {
  const closes = list(record(list(record(result.indicators).quote)[0]).close)
  const days = new Map<Day, number>()
  for (const [index, timestamp] of list(result.timestamp).entries()) {
    const close = closes[index]
    const at = instant(timestamp)
    if (at !== null && isPrice(close)) days.set(dayAt(at, timeZone), close)
  }
  return days
}

/** Yahoo's regular trading period of today or, when there is none, of the nearest day. Milliseconds. */
function regularPeriod(meta: Unsure): { starts: number; ends: number } | null {
  const regular = record(record(meta.currentTradingPeriod).regular)
  const starts = instant(regular.start)
  const ends = instant(regular.end)
  return starts === null || ends === null ? null : { starts, ends }
}

function sessionOf(
  { starts, ends }: { starts: number; ends: number },
  timeZone: string,
): Instrument['session'] {
  const opens = Math.round((starts - instantAt(dayAt(starts, timeZone), 0, timeZone)) / MINUTE)
  const length = Math.round((ends - starts) / MINUTE)
  return length > 0 && length <= 24 * 60 ? { opens, closes: opens + length } : null
}

/**
 * A bar is final once the session is over: the live session's bar is the price so far. A day that the exchange's
 * calendar has left behind is over in any case.
 */
function finality(
  regular: { starts: number; ends: number } | null,
  timeZone: string,
  now: number,
): (day: Day) => boolean {
  const today = dayAt(now, timeZone)
  const isOver =
    regular !== null && dayAt(regular.starts, timeZone) === today && now >= regular.ends + SETTLING
  return (day) => day < today || (day === today && isOver)
}

/**
 * The close before the quote's own session. `chartPreviousClose` is the close before the *first bar asked for*, so
 * it is only the right one when that first bar is the quote's session.
 */
function previousClose(
  bars: Bar[],
  closes: Map<Day, number>,
  meta: Unsure,
  day: Day,
  divisor: number,
): string | null {
  const before = bars.findLast((bar) => bar.day < day)
  if (before) return priceText(before.close, 1)
  const [first] = closes.keys()
  return first === day ? priceText(meta.chartPreviousClose, divisor) : null
}

/**
 * Two of one day are one from here on, their ratios multiplied: storage has one row a symbol, day and kind. Ratios are
 * whole numbers in lowest terms, whatever Yahoo writes (1.5:1 is 3:2).
 */
function splitsOf(events: unknown, timeZone: string): Split[] {
  const ratios = new Map<Day, { numerator: bigint; denominator: bigint }>()
  for (const event of Object.values(record(events)).map(record)) {
    const at = instant(event.date)
    const { numerator, denominator } = event
    if (at === null || !isPrice(numerator) || !isPrice(denominator)) continue
    const day = dayAt(at, timeZone)
    const before = ratios.get(day) ?? { numerator: 1n, denominator: 1n }
    ratios.set(day, {
      numerator: before.numerator * fromNumber(numerator),
      denominator: before.denominator * fromNumber(denominator),
    })
  }
  return inOrder([...ratios].flatMap(([day, ratio]) => inLowestTerms(day, ratio) ?? []))
}

function inLowestTerms(
  day: Day,
  { numerator, denominator }: { numerator: bigint; denominator: bigint },
): Split | null {
  let [divisor, rest] = [numerator, denominator]
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest]
  if (numerator === 0n || denominator === 0n) return null
  const split = { day, numerator: Number(numerator / divisor), denominator: Number(denominator / divisor) }
  return Number.isSafeInteger(split.numerator) && Number.isSafeInteger(split.denominator) ? split : null
}

/** Two of one day (a regular and a special one) are one from here on, their sum, for the same reason. */
function dividendsOf(events: unknown, timeZone: string, divisor: number): Dividend[] {
  const amounts = new Map<Day, Decimal>()
  for (const event of Object.values(record(events)).map(record)) {
    const at = instant(event.date)
    if (at === null || !isPrice(event.amount)) continue
    const day = dayAt(at, timeZone)
    amounts.set(day, (amounts.get(day) ?? 0n) + inMajorUnit(event.amount, divisor))
  }
  return inOrder([...amounts].map(([day, amount]) => ({ day, amount: Number(text(amount)) })))
}

/** What is quoted in pence and the like is in the major unit past this line. Null when it is no currency. */
function currencyOf(currency: unknown): { code: string; divisor: number } | null {
  if (typeof currency !== 'string' || !/^[A-Za-z]{3}$/.test(currency)) return null
  const minor = minorUnit(currency)
  return minor ? { code: minor.major, divisor: minor.divisor } : { code: currency.toUpperCase(), divisor: 1 }
}

function inOrder<T extends { day: Day }>(dated: T[]): T[] {
  return dated.toSorted((a, b) => (a.day < b.day ? -1 : 1))
}

function priceText(value: unknown, divisor: number): string | null {
  if (!isPrice(value)) return null
  const price = inMajorUnit(value, divisor)
  return price === 0n ? null : text(price)
}

/** To ten decimals, as a number again. */
function rounded(value: number, divisor: number): number {
  return Number(text(inMajorUnit(value, divisor)))
}

/** Divided as a decimal: a double's quotient would end in noise (1234567.8910000001 for 123456789.1 pence). */
function inMajorUnit(value: number, divisor: number): Decimal {
  return divide(fromNumber(value), BigInt(divisor))
}

/** Beyond a quadrillion it is no price in any currency, and no decimal of ours. */
function isPrice(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value < 1e15
}

/** Yahoo's seconds; a Date where yahoo-finance2 has already made one of them. Milliseconds come back. */
function instant(value: unknown): number | null {
  const ms = value instanceof Date ? value.getTime() : typeof value === 'number' ? value * 1000 : Number.NaN
  return Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? ms : null
}

function timeZoneOf(name: unknown): string | null {
  if (typeof name !== 'string') return null
  try {
    dayAt(0, name)
    return name
  } catch {
    return null
  }
}

function withoutData(reason: string): Extract<Fetched<never>, { status: 'rejected' }> {
  return { status: 'rejected', reason, noData: true }
}
