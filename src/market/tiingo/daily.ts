import { addDays, type Day, isDay } from '../../portfolio/day.ts'
import type { Bar, Dividend, History, Split } from '../../portfolio/instrument.ts'
import { lastFinalBar, session } from '../hours/trading-hours.ts'
import { jsonSource } from '../http/json-source.ts'
import type { UpstreamOptions } from '../http/polite-fetch.ts'
import type { Fetched, MarketSource } from '../source.ts'
import { dailyQuote } from '../daily-quote.ts'
import { isPrice, list, record, rounded } from '../field.ts'
import { usListing } from '../us-listing.ts'

/** Tiingo's end-of-day prices, with the user's own token. */
export function tiingoDaily(
  options: UpstreamOptions,
  token: string,
): Required<Pick<MarketSource, 'history'>> {
  const ask = jsonSource({ name: 'Tiingo', host: 'api.tiingo.com', endpoint: 'daily' }, options)
  return {
    async history(symbol, from) {
      const ticker = tickerOf(symbol)
      if (ticker === null) return { status: 'rejected', reason: `Tiingo has no ${symbol}` }
      // a week more than requested: it holds the close before
      const query = new URLSearchParams({
        startDate: addDays(from, -7),
        format: 'json',
        resampleFreq: 'daily',
      })
      const answer = await ask(`https://api.tiingo.com/tiingo/daily/${ticker}/prices?${query.toString()}`, {
        authorization: `Token ${token}`,
      })
      return answer.status === 'ok' ? historyOf(symbol, from, answer.value, options.now()) : answer
    },
  }
}

/**
 * How Tiingo spells a symbol: a class of shares as we do (`BRK-B`), a preferred share as `BAC-P-L`. It has America's
 * shares and funds; null for anything else.
 */
export function tickerOf(symbol: string): string | null {
  const [, root, kind] = /^([A-Z]{1,5})(-[A-Z]|-P[A-Z])?$/.exec(symbol) ?? []
  if (root === undefined) return null
  return kind?.length === 3 ? `${root}-P-${kind[2]}` : symbol
}

/**
 * Tiingo's closes and dividends are those of their day: every later split is applied here. `splitFactor` is the number
 * of new shares for an old one at the open of its day, `divCash` is paid to who held at the close before its day.
 *
 * [{ date: '2020-08-31T00:00:00.000Z', close: 129.04, adjClose: 126.3, divCash: 0, splitFactor: 4, ... }, ...]
 */
function historyOf(symbol: string, from: Day, body: unknown, now: number): Fetched<History> {
  const rows = list(body)
    .map(record)
    .map((row) => ({ ...row, day: typeof row.date === 'string' ? row.date.slice(0, 10) : '' }))
    .filter((row): row is Row => isDay(row.day) && isPrice((row as Partial<Row>).close))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))
  const [bars, splits, dividends]: [Bar[], Split[], Dividend[]] = [[], [], []]
  let later = 1
  for (const { day, close, divCash, splitFactor } of rows.toReversed()) {
    bars.unshift({ day, close: rounded(close / later, 1) })
    if (isPrice(divCash)) dividends.unshift({ day, amount: rounded(divCash / later, 1) })
    if (!isPrice(splitFactor) || splitFactor === 1) continue
    const split = { day, ...ratioOf(splitFactor) }
    splits.unshift(split)
    later *= split.numerator / split.denominator
  }
  const last = bars.at(-1)
  if (!last) return { status: 'rejected', reason: `Tiingo gives no price of ${symbol}`, noData: true }
  const instrument = usListing(symbol)
  const final = lastFinalBar(instrument, now).day
  const isAsked = ({ day }: { day: Day }) => day >= from
  return {
    status: 'ok',
    value: {
      instrument,
      quote: dailyQuote(instrument, bars, Math.min(session(last.day)?.closes ?? now, now)),
      bars: bars.filter((bar) => isAsked(bar) && bar.day <= final),
      splits: splits.filter(isAsked),
      dividends: dividends.filter(isAsked),
    },
  }
}

type Row = { day: Day; close: number; divCash: unknown; splitFactor: unknown }

/** The ratio that a factor stands for: 4 is 4:1, 1.5 is 3:2, 0.3333333333 is 1:3. */
function ratioOf(factor: number): { numerator: number; denominator: number } {
  for (let denominator = 1; denominator <= MOST; denominator += 1) {
    const numerator = Math.round(factor * denominator)
    if (numerator > 0 && Math.abs(numerator / denominator - factor) <= factor * 1e-7) {
      return { numerator, denominator }
    }
  }
  return { numerator: Math.round(factor * MILLION), denominator: MILLION }
}

const MOST = 1000
const MILLION = 1_000_000
