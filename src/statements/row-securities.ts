import type { OpenTable } from './mapped-table.ts'
import type { Cells } from './mapping.ts'
import { isBlankNumber } from './number-spelling.ts'
import type { Answers, Question } from './question.ts'
import {
  isinIn,
  isinOfCusip,
  isIsin,
  isTickerLike,
  type NamedSecurity,
  type Securities,
  tickerIn,
  tickerOf,
  tickerOn,
} from './security.ts'
import type { SeenTrade } from './security-query.ts'
import type { Reading } from './statement-format.ts'

/** Finds the ticker of the security that a row is about, and collects those that it does not find. */
export function rowSecurities(answers: Answers, securities: Securities) {
  const unresolved = new Map<string, Omit<Asked, 'about'>>()
  /** The tickers that the file itself gives beside ISINs. */
  const paired = new Map<string, string>()
  // a question has the name in capitals, by which tickers are remembered, and the page has it as the file spells it
  const answered = new Map(
    Object.entries(answers.securities ?? {}).map(([key, ticker]) => [key.toUpperCase(), ticker]),
  )

  return {
    pair(cells: Cells): void {
      if (!isIsin(cells.isin) || !isTickerLike(cells.symbol) || isIsin(cells.symbol)) return
      const ticker = tickerOn(cells.symbol, cells.exchange)
      if (!isOfMumbai(ticker, paired.get(cells.isin))) paired.set(cells.isin, ticker)
    },

    questions: (): Question[] =>
      [...unresolved.values()].map((each): Question => ({ about: 'security', ...each })),

    /** The ticker, or the ISIN and the security whose ticker is to be asked for. */
    of(cells: Cells, currency: string): { symbol: string; open: NamedSecurity | null } {
      const [isin = ''] = [cells.isin, cells.symbol, cells.name, cells.types[0] ?? '', cells.note].flatMap(
        (cell) => isinIn(cell) || (isinOfCusip(cell) ?? []),
      )
      const spelled = isIsin(cells.symbol) || isinOfCusip(cells.symbol) !== null ? '' : cells.symbol
      // the exchange's own number of a share in Mumbai
      const isNumber = /^\d+$/.test(spelled) && /^NSE/i.test(cells.exchange)
      const symbol = isNumber || isBlankNumber(spelled) ? '' : spelled
      const security = { symbol, isin, name: cells.name, currency }
      const [chosen] = [isin, symbol, cells.name].flatMap((key) => answered.get(key.toUpperCase()) ?? [])
      if (chosen) return { symbol: chosen, open: null }
      const isSpelled = BLOOMBERG.test(symbol) && isTickerLike(tickerOf(symbol))
      if (symbol && (isTickerLike(symbol.toUpperCase()) || isSpelled) && (isTickerLike(symbol) || !isin)) {
        const ticker = tickerIn(tickerOn(symbol, cells.exchange), currency)
        const other = paired.get(isin)
        return { symbol: other && isOfMumbai(ticker, other) ? other : ticker, open: null }
      }
      // Vanguard FTSE All-World UCITS ETF (LSE:VWRL)
      const [, exchange, code] = /\(([A-Z]{2,6}):([A-Z0-9.]{1,6})\)/.exec(cells.name.slice(0, 200)) ?? []
      if (!isin && !symbol && exchange && code) return { symbol: tickerOn(code, exchange), open: null }
      const found = (isin && paired.get(isin)) || (isin || symbol || cells.name ? securities(security) : null)
      if (found) return { symbol: found, open: null }
      if (!isin && !symbol && !cells.name) return { symbol: '', open: null }
      return { symbol: isin, open: security }
    },

    /** The readings of a row whose security has to be asked for, where they need one. */
    asked(
      open: NamedSecurity,
      symbol: string,
      readings: Reading[],
      id: string,
      line: number,
    ): ReturnType<OpenTable['read']> {
      const needed = readings.some(
        (reading) =>
          'of' in reading ||
          'spunOff' in reading ||
          ('type' in reading && reading.symbol !== undefined && !plainCash.has(reading.type)),
      )
      if (!needed) return { readings, id, security: null }
      const key = open.isin || open.symbol || open.name
      const seen = unresolved.get(key) ?? { security: open, lines: [], count: 0 }
      seen.count++
      const trade = seen.trade ? null : tradeIn(readings)
      if (trade) seen.trade = trade
      if (seen.lines.length < 5) seen.lines.push(line)
      unresolved.set(key, seen)
      const unknown = { reject: `We don’t know the ticker of “${key.slice(0, 80)}”.` }
      return {
        readings: readings.map((each) =>
          'of' in each || 'spunOff' in each || ('type' in each && symbol === '') ? unknown : each,
        ),
        id,
        security: key,
      }
    },
  }
}

/** A share of India is one on both exchanges, and the larger one names it: bought on the NSE, it may be sold on the BSE. */
function isOfMumbai(ticker: string, other = ''): boolean {
  return ticker.endsWith('.BO') && other.endsWith('.NS')
}

type Asked = Extract<Question, { about: 'security' }>

/** The day and the price of a trade, where a row is one. */
function tradeIn(readings: readonly Reading[]): SeenTrade | null {
  for (const each of readings)
    if ('type' in each && (each.type === 'buy' || each.type === 'sell') && each.date && each.price)
      return { day: each.date, price: each.price, currency: each.currency ?? '' }
  return null
}

const plainCash = new Set(['deposit', 'withdrawal', 'interest'])

/** `$TSLA`, `VOD LN` and `AAPL US Equity`; `TOTAL SA` and `SAP SE` are names. */
const BLOOMBERG =
  /^(?:\$[A-Z]{1,6}|[A-Z0-9./]{1,8} (?:(?:US|UN|UQ|UW|LN|GY|FP|IM|SM|SS|HK|JT|AU|CT|NA|SW)(?: EQUITY)?|[A-Z]{2} EQUITY))$/i
