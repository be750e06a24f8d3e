import { env } from 'cloudflare:workers'
import { readEntry } from '../../src/portfolio/entry.ts'
import type { Entry } from '../../src/portfolio/entry.ts'
import type { History, Instrument, Quote } from '../../src/portfolio/instrument.ts'
import type { Transaction } from '../../src/portfolio/transaction.ts'
import { type Database, database, inOneTransaction, inSymbols } from '../../src/storage/database.ts'
import { unpacked } from '../../src/storage/bars.ts'
import { insertPortfolio, type Portfolio } from '../../src/storage/portfolios.ts'
import { quotes } from '../../src/storage/market-schema.ts'
import { allTransactions, insertTransactions } from '../../src/storage/transactions.ts'
import { countingD1, nothing } from '../worker/counting.ts'

export const NOW = Date.parse('2026-03-11T17:00:00Z')

export function db(): Database {
  return database(env.DB)
}

export async function keptPortfolio(about: Partial<Portfolio> = {}): Promise<Portfolio> {
  const portfolio: Portfolio = {
    id: crypto.randomUUID(),
    ownerId: 'ann',
    name: 'Ann’s',
    description: '',
    baseCurrency: 'USD',
    benchmarks: ['VOO'],
    costBasis: 'fifo',
    dividends: 'recorded',
    withholding: null,
    targets: null,
    kind: null,
    riskFreeRate: null,
    dismissedDividends: [],
    dismissedActions: [],
    ownInstruments: [],
    createdAt: NOW,
    ...about,
  }
  await inOneTransaction(db(), insertPortfolio(db(), portfolio))
  return portfolio
}

/** `buy 10 AAPL @ 150`, `dividend 3.20 AAPL`, `deposit 500`, each on a day: `2024-01-02 buy 10 AAPL @ 150`. */
export function transaction(line: string, more: Partial<Entry> = {}): Transaction {
  const [date = '', type = '', number = '', symbol = '', , price = ''] = line.split(' ')
  const what = type === 'buy' || type === 'sell' ? { shares: number, price } : { amount: number }
  const read = readEntry({ date, type, symbol, ...what, ...more }, '2026-12-31')
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  return { id: crypto.randomUUID(), ...read.transaction }
}

export async function enter(
  portfolio: Portfolio,
  entered: readonly Transaction[],
  keys?: readonly string[],
): Promise<void> {
  const rows = entered.map((each, i) => ({ transaction: each, rowKey: keys?.[i] ?? each.id }))
  const last = (await allTransactions(db(), portfolio.id)).at(-1)?.sequence ?? 0
  await inOneTransaction(db(), insertTransactions(portfolio.id, rows, last, null, NOW))
}

export function instrument(symbol: string, about: Partial<Instrument> = {}): Instrument {
  return {
    symbol,
    name: `${symbol} Inc.`,
    currency: 'USD',
    kind: 'equity',
    exchange: 'NYSE',
    timeZone: 'America/New_York',
    session: null,
    ...about,
  }
}

export function quote(symbol: string, about: Partial<Quote> = {}): Quote {
  return { symbol, price: '100', currency: 'USD', previousClose: '99', at: NOW, ...about }
}

/** `bars: { '2024-01-02': 100 }`. */
export function history(
  symbol: string,
  about: Partial<Omit<History, 'bars'>> & { bars: Record<string, number> },
): History {
  const { bars, ...more } = about
  return {
    instrument: instrument(symbol),
    quote: quote(symbol),
    splits: [],
    dividends: [],
    ...more,
    bars: Object.entries(bars).map(([day, close]) => ({ day, close })),
  }
}

/** All rows of a table, as they are. */
export async function rows(table: string): Promise<Record<string, unknown>[]> {
  return (await env.DB.prepare(`SELECT * FROM ${table}`).all()).results
}

/** For `beforeEach`: nothing is stored of any symbol. */
export async function forgetPrices(): Promise<void> {
  for (const table of ['quotes', 'instruments', 'bars', 'corporate_actions', 'histories', 'gaps']) {
    await env.DB.prepare(`DELETE FROM ${table}`).run()
  }
}

/** A quote as a call brings it. */
export const quoted = (symbol: string, about: Partial<ReturnType<typeof quote>> = {}) => ({
  instrument: instrument(symbol),
  quote: quote(symbol, about),
})

/** What is stored of these symbols' prices. */
export function quotesOf(...symbols: string[]) {
  return db().select().from(quotes).where(inSymbols(quotes.symbol, symbols))
}

/** The stored bars of a symbol, by day. */
export async function closes(symbol: string): Promise<Record<string, number>> {
  const own = (await rows('bars')).filter((row) => row.symbol === symbol)
  const bars = own.flatMap((row) => unpacked(row.year as number, row.closes as string))
  return Object.fromEntries(bars.map(({ day, close }) => [day, close]))
}

/** The stored splits or dividends, each as its symbol and day. */
export const actions = async (kind: string) =>
  (await rows('corporate_actions'))
    .filter((row) => row.kind === kind)
    .map(({ symbol, day }) => `${String(symbol)} ${String(day)}`)

/** How many rows some work wrote, index entries included. */
export async function rowsWritten(
  work: (counted: ReturnType<typeof db>) => Promise<unknown>,
): Promise<number> {
  const counts = { ...nothing }
  await work(database(countingD1(env.DB, counts)))
  return counts.d1RowsWritten
}
