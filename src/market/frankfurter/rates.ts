import { addDays, type Day, dayAt, isDay } from '../../portfolio/day.ts'
import { currenciesOf } from '../../portfolio/exchange-rate.ts'
import type { Bar, History, Instrument } from '../../portfolio/instrument.ts'
import { instantAt } from '../hours/trading-hours.ts'
import { jsonSource } from '../http/json-source.ts'
import type { UpstreamOptions } from '../http/polite-fetch.ts'
import type { Fetched, MarketSource, Quoted } from '../source.ts'
import { dailyQuote } from '../daily-quote.ts'
import { isPrice, list, record, rounded } from '../field.ts'
import { historyOfInverse, inversePair } from '../small-unit.ts'

/** The European Central Bank fixes its rates at a quarter past two in Frankfurt. */
const FIXED = 14 * 60 + 15
const FRANKFURT = 'Europe/Berlin'

/**
 * The reference rates of the European Central Bank by frankfurter.dev, which needs no key. There is one a working day,
 * so the latest price of a pair is its latest rate. A pair far below 1 is asked for as its inverse, which has the
 * digits.
 */
export function ecbRates(options: UpstreamOptions): Required<Pick<MarketSource, 'quotes' | 'history'>> {
  const ask = jsonSource({ name: 'frankfurter.dev', host: 'api.frankfurter.dev', endpoint: 'rates' }, options)
  return { quotes, history }

  /** Makes one call for each pair. */
  async function quotes(symbols: readonly string[]): Promise<Map<string, Fetched<Quoted>>> {
    const today = dayAt(options.now(), FRANKFURT)
    const found = await Promise.all(
      symbols.map(async (symbol) => [symbol, await history(symbol, today)] as const),
    )
    return new Map(
      found.map(([symbol, answer]): [string, Fetched<Quoted>] => {
        if (answer.status !== 'ok') return [symbol, answer]
        const { instrument, quote } = answer.value
        return [symbol, { status: 'ok', value: { instrument, quote } }]
      }),
    )
  }

  async function history(symbol: string, from: Day): Promise<Fetched<History>> {
    const inverse = inversePair(symbol)
    const found = await ratesOf(inverse ?? symbol, from)
    if (inverse === null || found.status !== 'ok') return found
    return { status: 'ok', value: historyOfInverse(symbol, found.value) }
  }

  async function ratesOf(symbol: string, from: Day): Promise<Fetched<History>> {
    const pair = currenciesOf(symbol)
    if (!pair) return { status: 'rejected', reason: `${symbol} is no exchange rate` }
    // a week more than requested: it always holds a working day
    const query = new URLSearchParams({
      base: pair.from,
      quotes: pair.to,
      from: addDays(from, -7),
      providers: 'ECB',
    })
    const answer = await ask(`https://api.frankfurter.dev/v2/rates?${query.toString()}`)
    return answer.status === 'ok' ? historyOf(symbol, pair, from, answer.value, options.now()) : answer
  }
}

/** [{ date: '2026-11-24', base: 'EUR', quote: 'USD', rate: 1.1602 }, ...] */
function historyOf(
  symbol: string,
  { from: base, to }: { from: string; to: string },
  from: Day,
  body: unknown,
  now: number,
): Fetched<History> {
  const rates = list(body)
    .map(record)
    .flatMap(({ date, quote, rate }): Bar[] =>
      typeof date === 'string' && isDay(date) && quote === to && isPrice(rate)
        ? [{ day: date, close: rounded(rate, 1) }]
        : [],
    )
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))
  const last = rates.at(-1)
  if (!last) {
    return {
      status: 'rejected',
      reason: `the European Central Bank gives no rate for ${symbol}`,
      noData: true,
    }
  }
  const instrument: Instrument = {
    symbol,
    name: `${base}/${to}`,
    currency: to,
    kind: 'currency',
    exchange: 'ECB',
    timeZone: 'Europe/London',
  }
  return {
    status: 'ok',
    value: {
      instrument,
      quote: dailyQuote(instrument, rates, Math.min(instantAt(last.day, FIXED, FRANKFURT), now)),
      bars: rates.filter(({ day }) => day >= from && day < dayAt(now, FRANKFURT)),
      splits: [],
      dividends: [],
    },
  }
}
