import { symbolsOfAll, withSymbols } from '../portfolio/benchmark-spelling.ts'
import { findSecurities } from '../jobs/find-securities.ts'
import { type Day, isDay } from '../portfolio/day.ts'
import { fromNumber, text } from '../portfolio/decimal.ts'
import { type Security, SYMBOL } from '../portfolio/instrument.ts'
import { meant, securityQuery } from '../statements/security-query.ts'
import { type Database, database, inOneTransaction } from '../storage/database.ts'
import { instrumentsOf } from '../storage/instruments.ts'
import { chosenTickers, closesOn, rememberTicker } from '../storage/securities.ts'
import { untracked } from '../storage/tracked.ts'
import { isPricedByHand, type PricedFor } from '../storage/transactions.ts'
import { signedIn } from './access/visitor.ts'
import type { AppContext } from './request.ts'

/** What the form asks of a ticker that the source does not know as it was typed. */
export type TickerQuestion = {
  typed: string
  /** What may have been meant, with what it closed at on the day of the transaction, where that is stored. */
  choices: (Security & { close: string | null })[]
  day: Day | null
  /** True for a text that can be booked as it is. */
  isTicker: boolean
}

/** The answer to it: the text that was asked about, and the ticker that was chosen for it or the tick that insists on it. */
export type TickerAnswer = { asked?: string; chosen?: string; insist?: string }

type Asked = {
  typed: string
  currency: string
  /** Of the transaction, where it is one. */
  day?: string
  price?: string
  portfolio: PricedFor | null
}

/**
 * Finds the ticker that somebody meant by what they typed: a known one as it is, an ISIN, a CUSIP or a broker's spelling by
 * the source's search, and what they have chosen before. What is not clear, or what the source does not know, is asked once
 * and remembered. While the source does not answer, the ticker is taken as it was typed.
 */
export async function tickerMeant(
  c: AppContext,
  asked: Asked,
  answer: TickerAnswer,
): Promise<{ symbol: string; note: string | null } | { question: TickerQuestion }> {
  const db = database(c.env.DB)
  const typed = asked.typed.trim().toUpperCase()
  const query = securityQuery(typed)
  const taken = { symbol: typed, note: null }
  if (typed === '') return taken
  const remember = async (symbol: string) => {
    const { account } = await signedIn(c)
    await inOneTransaction(db, [rememberTicker(db, account, { name: query.query, symbol }, Date.now())])
    return { symbol, note: symbol === typed ? null : `${asked.typed.trim()} is ${symbol}` }
  }
  if (answer.asked?.trim().toUpperCase() === typed) {
    const chosen = answer.chosen?.trim().toUpperCase() ?? ''
    if (SYMBOL.test(chosen)) return remember(chosen)
    if (answer.insist === 'yes') return remember(typed)
  }
  if (await isKnown(db, typed, asked.portfolio)) return taken
  const { account } = await signedIn(c)
  const before = (await chosenTickers(db, account, [query.query])).get(query.query)
  if (before !== undefined) return { symbol: before, note: before === typed ? null : `${typed} is ${before}` }
  const { securities: listed, askedAt } = await findSecurities(c.env, db, query, Date.now())
  const securities = await withCloses(db, listed, asked.day)
  // it has never said anything of this text
  if (askedAt === null) return taken
  const currency = asked.currency.trim().toUpperCase()
  const trade = asked.day && asked.price ? { day: asked.day, price: asked.price, currency } : null
  const found = meant(query, securities, currency || null, trade)
  if (found.status === 'one') {
    const { symbol } = found.security
    if (symbol === typed) return taken
    // a broker's spelling is always the same ticker; what an ISIN is was found out
    return query.symbol === null ? remember(symbol) : { symbol, note: `${asked.typed.trim()} is ${symbol}` }
  }
  const may = found.status === 'none' ? [] : found.securities.slice(0, MOST)
  // the entry says what is wrong with it
  if (may.length === 0 && !SYMBOL.test(typed)) return taken
  return { question: questionOf(typed, may, asked.day) }
}

/**
 * The same of each ticker in the benchmarks that is in none of the `present` ones: the benchmarks that were meant, or what
 * is asked of the first ticker that is not clear.
 */
export async function benchmarksMeant(
  c: AppContext,
  benchmarks: readonly string[],
  present: readonly string[],
  answer: TickerAnswer,
): Promise<{ benchmarks: string[] } | { question: TickerQuestion }> {
  const known = new Set(symbolsOfAll(present))
  const meant = new Map<string, string>()
  for (const typed of symbolsOfAll(benchmarks)) {
    if (known.has(typed)) continue
    const found = await tickerMeant(c, { typed, currency: '', portfolio: null }, answer)
    if ('question' in found) return found
    meant.set(typed, found.symbol)
  }
  return { benchmarks: [...new Set(benchmarks.map((each) => withSymbols(each, meant)))] }
}

/** So many choices are offered. */
const MOST = 8

async function isKnown(db: Database, symbol: string, portfolio: Asked['portfolio']): Promise<boolean> {
  if (!SYMBOL.test(symbol)) return false
  if ((await instrumentsOf(db, [symbol])).length > 0) return true
  if (portfolio === null) return false
  const isTracked = (await untracked(db, portfolio.id, [symbol])).length === 0
  return isTracked || (await isPricedByHand(db, portfolio, symbol))
}

/** The same listings, with what is stored of their closes on a day. */
async function withCloses(
  db: Database,
  listed: readonly Security[],
  day: string | undefined,
): Promise<readonly Security[]> {
  if (listed.length === 0 || day === undefined || !isDay(day)) return listed
  const closes = await closesOn(
    db,
    listed.map(({ symbol }) => symbol),
    day,
  )
  return listed.map((each) => {
    const close = closes.get(each.symbol)
    return close === undefined ? each : { ...each, closes: { ...each.closes, [day]: close } }
  })
}

function questionOf(typed: string, may: readonly Security[], day: string | undefined): TickerQuestion {
  const isDated = day !== undefined && isDay(day) && may.length > 0
  const choices = may.map((each) => {
    const close = day === undefined ? undefined : each.closes?.[day]
    return { ...each, close: close === undefined ? null : text(fromNumber(close)) }
  })
  return { typed, choices, day: isDated ? day : null, isTicker: SYMBOL.test(typed) }
}

/** Returns what is said of a ticker that was booked, though the source does not know it; null when it may. */
export async function unknownTicker(c: AppContext, symbol: string, source: string): Promise<string | null> {
  const db = database(c.env.DB)
  if (await isKnown(db, symbol, null)) return null
  const query = securityQuery(symbol)
  const { securities, askedAt } = await findSecurities(c.env, db, query, Date.now())
  if (askedAt === null || securities.some((each) => each.symbol === symbol)) return null
  const alike = securities.slice(0, 3).map((each) => each.symbol)
  return `${source} knows no ${symbol}${alike.length > 0 ? `; it may be ${alike.join(', ')}` : ''}`
}
