import { dayAt } from '../../portfolio/day.ts'
import type { Day } from '../../portfolio/day.ts'
import { type Bar, type History, type Instrument, type Quote, SYMBOL } from '../../portfolio/instrument.ts'
import { MINUTE, TIME_ZONE } from '../../portfolio/time.ts'
import { instantAt, SETTLING } from '../hours/trading-hours.ts'
import type { Fetched, Quoted } from '../source.ts'
import { dividendsOf, splitsOf } from './events.ts'
import {
  currencyOf,
  inOrder,
  instant,
  isPrice,
  list,
  priceText,
  record,
  rounded,
  type Unsure,
  words,
} from '../field.ts'

/** Reads a row of /v7/finance/quote that is known to belong to this symbol. */
export function quotedOf(symbol: string, row: Unsure): Fetched<Quoted> {
  return withCurrency(
    quoted(
      symbol,
      row.fullExchangeName ?? row.exchange,
      row.quoteType,
      row,
      row.regularMarketPreviousClose,
      typeof row.firstTradeDateMilliseconds === 'number'
        ? row.firstTradeDateMilliseconds / 1000
        : row.firstTradeDateMilliseconds,
    ),
  )
}

/** Reads the `meta` of /v7/finance/spark for one day, whose close before the chart is that of the session before. */
export function quotedOfSpark(symbol: string, meta: Unsure): Fetched<Quoted> {
  return withCurrency(
    quoted(
      symbol,
      meta.fullExchangeName ?? meta.exchangeName,
      meta.instrumentType,
      meta,
      meta.previousClose ?? meta.chartPreviousClose,
      meta.firstTradeDate,
    ),
  )
}

/**
 * A result of /v8/finance/chart with daily bars, read at `now` (milliseconds). Of bars, splits and dividends only
 * those from `from` on; earlier bars serve to find the previous close.
 *
 * { meta: { currency, symbol, instrumentType, regularMarketPrice, regularMarketTime, currentTradingPeriod, ... },
 *   timestamp: [1598880600, ...], indicators: { quote: [{ close: [129.0399932861328, null, ...] }],
 *   adjclose: [{ adjclose: [126.3, null, ...] }] },
 *   events: { dividends: { 1604673000: { amount: 0.205, date: 1604673000, currency: 'USD' } },
 *             capitalGains: { 1765290600: { amount: 1.29, date: 1765290600 } },
 *             splits: { 1598880600: { date: 1598880600, numerator: 4, denominator: 1 } } } }
 */
export function historyOf(symbol: string, from: Day, result: Unsure, now: number): Fetched<History> {
  const meta = record(result.meta)
  const found = quoted(
    symbol,
    meta.fullExchangeName ?? meta.exchangeName,
    meta.instrumentType,
    meta,
    null,
    meta.firstTradeDate,
  )
  if (found.status !== 'ok') return found
  const { quote } = found.value
  const { timeZone } = found.value.instrument
  const regular = regularPeriod(meta)
  const session = regular && sessionOf(regular, timeZone)
  const instrument: Instrument = { ...found.value.instrument, ...(session && { session }) }
  const currency = currencyIn(meta) ?? UNKNOWN
  const { divisor } = currency

  const indicators = record(result.indicators)
  const closes = byDay(result, record(list(indicators.quote)[0]).close, timeZone)
  const adjusted = byDay(result, record(list(indicators.adjclose)[0]).adjclose, timeZone)
  const isFinal = finality(regular, timeZone, now)
  const bars = inOrder(
    [...closes]
      .filter(([day]) => isFinal(day))
      .map(([day, close]) => ({ day, close: rounded(close, divisor) }))
      .filter(({ close }) => close > 0),
  )

  const events = record(result.events)
  const dividends = dividendsOf(events, { timeZone, currency, closes, adjusted })
  const value: History = {
    ...found.value,
    instrument,
    quote: {
      ...quote,
      previousClose: previousClose(bars, closes, meta, dayAt(quote.at, timeZone), divisor),
    },
    bars: bars.filter((bar) => bar.day >= from),
    splits: splitsOf(events.splits, timeZone).filter((split) => split.day >= from),
    dividends: dividends.filter((dividend) => dividend.day >= from),
  }
  return withCurrency({ status: 'ok', value })
}

/** What Yahoo calls EQUITY is an equity here. */
export function kindOf(type: unknown): Instrument['kind'] {
  return (typeof type === 'string' && kinds[type.toUpperCase()]) || 'other'
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

function quoted(
  symbol: string,
  exchange: unknown,
  type: unknown,
  fields: Unsure,
  before: unknown,
  first: unknown,
): Read<Quoted> {
  // a company that has another ticker now: whether it is the same one the owner says
  const listedAs = words(fields.symbol)?.toUpperCase() ?? symbol
  if (listedAs !== symbol && SYMBOL.test(listedAs))
    return { ...withoutData(`Yahoo answers for ${symbol} with ${listedAs}`), listedAs }
  const currency = currencyIn(fields) ?? UNKNOWN
  const timeZone = timeZoneOf(fields.exchangeTimezoneName)
  const at = instant(fields.regularMarketTime)
  if (!timeZone) return withoutData(`Yahoo gives no time zone for ${symbol}`)
  if (at === null) return withoutData(`Yahoo does not say when ${symbol} traded`)
  const price = priceText(fields.regularMarketPrice, currency.divisor)
  if (price === null) {
    return withoutData(`Yahoo’s price of ${symbol} is not a valid price: ${shown(fields.regularMarketPrice)}`)
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
  const own = { symbol, price, currency: currency.code, previousClose: previous, at }
  const quote: Quote = { ...own, ...declaration(fields) }
  const firstTraded = instant(first)
  const firstTradeDay = firstTraded === null ? null : dayAt(firstTraded, timeZone)
  return { status: 'ok', value: { instrument, quote, ...(firstTradeDay && { firstTradeDay }) } }
}

/**
 * What the row says of the dividend that was declared last, long past where nothing has been declared since. Days are
 * midnight in UTC, whatever the exchange's clock.
 */
function declaration({ dividendDate, exDividendDate, dividendRate }: Unsure): Partial<Quote> {
  const dayOf = (value: unknown) => {
    const at = instant(value)
    return at === null ? null : dayAt(at, 'UTC')
  }
  const [payDay, exDay] = [dayOf(dividendDate), dayOf(exDividendDate)]
  // not known to be in the unit of the price
  const rate = priceText(dividendRate, 1)
  return {
    ...(payDay !== null && { payDay }),
    ...(exDay !== null && { exDay }),
    ...(rate !== null && { dividendRate: rate }),
  }
}

/**
 * Returns the last known price of each day from a column beside the timestamps. A later entry for the same day is the
 * newer one.
 */
function byDay(result: Unsure, column: unknown, timeZone: string): Map<Day, number> {
  const closes = list(column)
  const days = new Map<Day, number>()
  for (const [index, timestamp] of list(result.timestamp).entries()) {
    const close = closes[index]
    const at = instant(timestamp)
    if (at !== null && isPrice(close)) days.set(dayAt(at, timeZone), close)
  }
  return days
}

/** Returns Yahoo's regular trading period of today or, when there is none, of the nearest day. In milliseconds. */
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
 * A bar is final once its session is over; until then it is the latest price. A day before the current one on the
 * exchange's calendar is over in any case.
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
 * Returns the close before the quote's own session. `chartPreviousClose` is the close before the first bar requested,
 * so it is the right one only when that bar is the quote's session.
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
 * Returns the currency of a row. Warrants may lack theirs; what trades in New York trades in dollars. Null when the
 * row does not say.
 */
function currencyIn({ currency, market, exchangeTimezoneName }: Unsure): ReturnType<typeof currencyOf> {
  const isAmerican = market === 'us_market' || exchangeTimezoneName === TIME_ZONE
  return currencyOf(currency) ?? (isAmerican ? currencyOf('USD') : null)
}

/** In place of a currency that is still to be found. */
const UNKNOWN = { code: '', divisor: 1 }

/** Returns the answer, or says that it gives no currency; whoever knows the instrument may fill it in. */
function withCurrency<T extends Quoted>(found: Read<T>): Fetched<T> {
  if (found.status !== 'ok') return found
  const { value } = found
  const { symbol, currency } = value.instrument
  return currency === UNKNOWN.code
    ? { ...withoutData(`Yahoo gives no currency for ${symbol}`), lacksCurrency: value }
    : found
}

/** What was read of an answer, its currency perhaps unknown. */
type Read<T> = { status: 'ok'; value: T } | Extract<Fetched<never>, { status: 'rejected' }>

/** A value in words; an object of JSON may have a `toString` that is no function. */
function shown(value: unknown): string {
  return (typeof value === 'string' ? value : JSON.stringify(value ?? null)).slice(0, 30)
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
