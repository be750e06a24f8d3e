import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Instrument, QuarantinedQuote, Security } from '../portfolio/instrument.ts'
import { hasFields, jsonColumn, textList } from './json.ts'

// The tables of what the market says, of each symbol once, however many portfolios need it. As in schema.ts, exact
// decimals are TEXT and instants are milliseconds since 1970.

const session = jsonColumn<{ opens: number; closes: number } | null>(
  hasFields({ opens: 'number', closes: 'number' }),
  null,
)
const held = jsonColumn<QuarantinedQuote | null>(
  hasFields({ price: 'string', currency: 'string', at: 'number', reason: 'string' }),
  null,
)
const securities = jsonColumn<Security[] | null>(isSecurities, null)

function isSecurities(value: unknown): boolean {
  return (
    Array.isArray(value) && value.every(hasFields({ symbol: 'string', name: 'string', exchange: 'string' }))
  )
}

/**
 * Every symbol in `tracked`, once, and the latest time, to the hour, at which a portfolio that needs it was opened; beside
 * it what decides, with its quote, whether something is to be fetched. It is what the clock reads, however many
 * portfolios there are. Triggers on `tracked`, `portfolios`, `instruments` and `histories` write it (migrations), so that
 * it holds whoever writes those. The columns of `quotes` stay there: one written row costs as much as a thousand read.
 */
export const attention = sqliteTable('tracked_symbols', {
  symbol: text().primaryKey(),
  openedAt: integer().notNull(),
  /** Of `instruments`. */
  kind: text().$type<Instrument['kind']>(),
  timeZone: text(),
  session: session(),
  /** Of `histories`. */
  fromDay: text(),
  toDay: text(),
  historyFetchedAt: integer(),
  retryAt: integer(),
  refusedFrom: text(),
})

export const instruments = sqliteTable('instruments', {
  symbol: text().primaryKey(),
  name: text().notNull(),
  currency: text().notNull(),
  kind: text().$type<Instrument['kind']>().notNull(),
  exchange: text().notNull(),
  timeZone: text().notNull(),
  /** Minutes past midnight; null until the first chart response. */
  session: session(),
})

/** What the source answered to a search, by the text that it was asked, in capitals. */
export const securitySearches = sqliteTable(
  'security_searches',
  {
    query: text().primaryKey(),
    found: securities().notNull(),
    at: integer().notNull(),
  },
  (t) => [index('security_searches_by_age').on(t.at)],
)

/** The days that the history of each symbol covers, or why there is none and when to try again. */
export const histories = sqliteTable('histories', {
  symbol: text().primaryKey(),
  /** Bars were requested from this day on; the source may begin later. */
  fromDay: text(),
  /** The day of the last stored bar. */
  toDay: text(),
  fetchedAt: integer(),
  /** Why the source has no data. The next request is made after `retryAt`. */
  reason: text(),
  retryAt: integer(),
  /** The day from which bars were requested when the source refused; null once it has answered. */
  refusedFrom: text(),
  /** The symbol that the source answered with in place of this one, the last time; null when it did not. */
  listedAs: text(),
})

export const quotes = sqliteTable(
  'quotes',
  {
    symbol: text().primaryKey(),
    price: text().notNull(),
    currency: text().notNull(),
    previousClose: text(),
    /** When this price was traded. */
    at: integer().notNull(),
    /** When it was last requested from the source. */
    fetchedAt: integer().notNull(),
    /** The name of the second source that gave this price; null when the chosen one did. */
    source: text(),
    /** A newer price of the source that is held for review. */
    held: held(),
    /** The day on which the latest declared dividend is paid. */
    payDay: text(),
    /** The latest ex-date that the source knows, and what the latest declared dividend amounts to in a year. */
    exDay: text(),
    dividendRate: text(),
  },
  // few of many
  (t) => [
    index('quotes_held')
      .on(t.symbol)
      .where(sql`held IS NOT NULL`),
  ],
)

/** One row for each symbol and year. `closes` is JSON: `[[day of the year, close], …]`. */
export const bars = sqliteTable(
  'bars',
  {
    symbol: text().notNull(),
    year: integer().notNull(),
    closes: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.symbol, t.year] })],
)

/** When the stored bars of a symbol were last checked for gaps, and the gaps that the source cannot fill. */
export const gaps = sqliteTable('gaps', {
  symbol: text().primaryKey(),
  checkedAt: integer(),
  /** Days on which the exchange had a session for which the source has no bar. */
  missingAtSource: textList('lacking').notNull(),
})

export const corporateActions = sqliteTable(
  'corporate_actions',
  {
    symbol: text().notNull(),
    day: text().notNull(),
    kind: text().$type<'split' | 'dividend' | 'left_out' | 'no_split' | 'same'>().notNull(),
    numerator: integer(),
    denominator: integer(),
    /**
     * For a dividend: cash per share, in today's share units. For a bar that is left out: its close. `same` is the
     * owner's word on a day that the company is the same.
     */
    amount: text(),
    /** The currency that the source states for a dividend; null when it is the one that the symbol trades in. */
    currency: text(),
    /** Says how a dividend differs from what the source lists. */
    note: text(),
  },
  (t) => [
    primaryKey({ columns: [t.symbol, t.day, t.kind] }),
    // so that the few symbols with such dividends are found without a look at every dividend
    index('corporate_actions_by_currency')
      .on(t.symbol, t.currency)
      .where(sql`currency IS NOT NULL`),
  ],
)
