import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { DividendCounting } from '../portfolio/ledger.ts'
import type { CostBasis } from '../portfolio/lot.ts'
import type { QuarantinedQuote, Instrument, Security } from '../portfolio/instrument.ts'
import type { TransactionType } from '../portfolio/kind.ts'
import { areTerms, type StoredTerms } from '../portfolio/terms.ts'
import type { StatedUnits } from '../portfolio/transaction.ts'
import { hasFields, isTexts, jsonColumn, unreadableList } from './json.ts'

const list = jsonColumn<string[]>(isTexts, unreadableList)
const ratio = jsonColumn<{ numerator: number; denominator: number } | null>(
  hasFields({ numerator: 'number', denominator: 'number' }),
  null,
)
const terms = jsonColumn<StoredTerms | null>(areTerms, null)
const session = jsonColumn<{ opens: number; closes: number } | null>(
  hasFields({ opens: 'number', closes: 'number' }),
  null,
)
const held = jsonColumn<QuarantinedQuote | null>(
  hasFields({ price: 'string', currency: 'string', at: 'number', reason: 'string' }),
  null,
)
const failures = jsonColumn<{ symbol: string; reason: string }[]>(isFailures, [])

const answers = jsonColumn<object>((value) => typeof value === 'object' && value !== null, {})
const securities = jsonColumn<Security[] | null>(isSecurities, null)

function isSecurities(value: unknown): boolean {
  return (
    Array.isArray(value) && value.every(hasFields({ symbol: 'string', name: 'string', exchange: 'string' }))
  )
}

export function isFailures(value: unknown): boolean {
  return Array.isArray(value) && value.every(hasFields({ symbol: 'string', reason: 'string' }))
}

// Every table but those of who may do what (access-schema.ts); drizzle-kit reads the two files. Exact decimals are TEXT, instants are milliseconds since 1970,
// days are 'YYYY-MM-DD'. drizzle-kit writes the migrations; STRICT and WITHOUT ROWID are added to them by hand.

/** The accounts of this instance. The one named `owner` is from before there was a sign-in. */
export const owners = sqliteTable(
  'owners',
  {
    id: text().primaryKey(),
    createdAt: integer().notNull(),
    /** What its owner calls it; only shown. */
    name: text().notNull().default(''),
    /** Runs the instance and sees its status. An instance without such an account is unclaimed. */
    isAdmin: integer({ mode: 'boolean' }).notNull().default(false),
    /** Who an identity provider says it is: its issuer and its subject. */
    identity: text().unique(),
  },
  // few of many
  (t) => [
    index('owners_that_run_it')
      .on(t.isAdmin)
      .where(sql`is_admin = 1`),
  ],
)

export const portfolios = sqliteTable(
  'portfolios',
  {
    id: text().primaryKey(),
    ownerId: text()
      .notNull()
      .references(() => owners.id),
    name: text().notNull(),
    description: text().notNull(),
    baseCurrency: text().notNull(),
    benchmarks: list().notNull(),
    costBasis: text().$type<CostBasis>().notNull(),
    /** Rows from before this column count what they counted then. */
    dividends: text().$type<DividendCounting>().notNull().default('recorded'),
    /** The part that is withheld from dividends that count by themselves; null for none. */
    withholding: text(),
    /** The dividends that the owner says never came, such as `QQQ@2012-03-16`. */
    dismissedDividends: list().notNull().default([]),
    createdAt: integer().notNull(),
    openedAt: integer().notNull(),
    /** Somebody has the portfolio open until then. Prices of such portfolios are polled every 60 seconds. */
    watchedUntil: integer().notNull(),
    /** A deleted portfolio is in no list and no route; its rows stay for a while (erasure.ts). */
    deletedAt: integer(),
  },
  (t) => [
    index('portfolios_by_owner').on(t.ownerId),
    index('portfolios_by_watch').on(t.watchedUntil),
    index('portfolios_by_opening').on(t.openedAt),
    // few of many
    index('portfolios_by_deletion')
      .on(t.deletedAt)
      .where(sql`deleted_at IS NOT NULL`),
  ],
)

export const transactions = sqliteTable(
  'transactions',
  {
    id: text().primaryKey(),
    portfolioId: text()
      .notNull()
      .references(() => portfolios.id),
    /** The order of entry, which decides between transactions of one type and day. */
    sequence: integer().notNull(),
    type: text().$type<TransactionType>().notNull(),
    symbol: text(),
    date: text().notNull(),
    shares: text(),
    price: text(),
    fee: text().notNull(),
    amount: text().notNull(),
    currency: text(),
    ratio: ratio(),
    note: text().notNull(),
    /** What only some kinds have: the cost of shares that came from elsewhere, and the like. */
    terms: terms(),
    /** The day in whose share units the shares and the price are, once that is recognized. */
    unitsDay: text(),
    /** What the owner says of its share units; null while nobody has said anything. */
    units: text().$type<StatedUnits>(),
    /** The currency that the symbol traded in when a row without a currency was entered; null until it is known. */
    listingCurrency: text(),
    /** Increases with every edit. An edit names the version it was made from. */
    version: integer().notNull(),
    importId: text(),
    /** The row as first entered, and its ordinal among equal rows. With it a second import adds nothing. */
    rowKey: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (t) => [
    uniqueIndex('transactions_by_row').on(t.portfolioId, t.rowKey),
    index('transactions_by_date').on(t.portfolioId, t.date),
  ],
)

export const imports = sqliteTable(
  'imports',
  {
    id: text().primaryKey(),
    portfolioId: text()
      .notNull()
      .references(() => portfolios.id),
    format: text().notNull(),
    accepted: integer().notNull(),
    duplicates: integer().notNull(),
    rejected: text({ mode: 'json' }).$type<{ line: number; reason: string }[]>().notNull(),
    createdAt: integer().notNull(),
    /** When its rows were deleted again, all at once; null while they are here. */
    undoneAt: integer(),
  },
  (t) => [index('imports_by_portfolio').on(t.portfolioId, t.createdAt)],
)

/** Who did what to which row, with the row before and after. Entries are only ever appended. */
export const audit = sqliteTable(
  'audit',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    portfolioId: text().notNull(),
    at: integer().notNull(),
    actor: text().notNull(),
    action: text().notNull(),
    subject: text().notNull(),
    before: text(),
    after: text(),
  },
  (t) => [
    index('audit_by_portfolio').on(t.portfolioId, t.id),
    index('audit_by_subject').on(t.portfolioId, t.subject),
  ],
)

/** The answer to a request that was already carried out, so that a double click makes one row. */
export const idempotency = sqliteTable(
  'idempotency',
  {
    portfolioId: text().notNull(),
    key: text().notNull(),
    answer: text().notNull(),
    at: integer().notNull(),
    /** SHA-256 of what was asked, in hexadecimal; null in rows of before it was kept. */
    request: text(),
  },
  (t) => [primaryKey({ columns: [t.portfolioId, t.key] })],
)

/** The latest instant at which each piece of the cron's work was claimed, with a note that the next run reads. */
export const cronClaims = sqliteTable('cron_claims', {
  work: text().primaryKey(),
  at: integer().notNull(),
  note: text().notNull(),
})

/** The symbols whose prices each portfolio needs: those it holds, its benchmarks and exchange rates. */
export const tracked = sqliteTable(
  'tracked',
  {
    symbol: text().notNull(),
    portfolioId: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.portfolioId, t.symbol] }), index('tracked_by_symbol').on(t.symbol)],
)

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

/** The ticker that somebody has chosen for an ISIN, or for a name or a ticker that the source does not know, in capitals. */
export const knownSecurities = sqliteTable(
  'known_securities',
  {
    ownerId: text()
      .notNull()
      .references(() => owners.id),
    name: text().notNull(),
    symbol: text().notNull(),
    at: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.ownerId, t.name] })],
)

/** What somebody has said of a file, by its headings: the answers that the next file of that kind is read with. */
export const fileAnswers = sqliteTable(
  'file_answers',
  {
    ownerId: text()
      .notNull()
      .references(() => owners.id),
    header: text().notNull(),
    answers: answers().notNull(),
    at: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.ownerId, t.header] })],
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
  missingAtSource: list('lacking').notNull(),
})

export const corporateActions = sqliteTable(
  'corporate_actions',
  {
    symbol: text().notNull(),
    day: text().notNull(),
    kind: text().$type<'split' | 'dividend' | 'left_out' | 'no_split' | 'same'>().notNull(),
    numerator: integer(),
    denominator: integer(),
    /** For a dividend: cash per share, in today's share units. For a bar that is left out: its close. `same` is the owner's word on a day that the company is the same. */
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

/** The snapshot that pages are made from, one row for each portfolio. KV has copies of it. */
export const snapshots = sqliteTable('snapshots', {
  portfolioId: text().primaryKey(),
  revision: integer().notNull(),
  snapshot: text().notNull(),
  chart: text().notNull(),
  computedAt: integer().notNull(),
})

export const refreshes = sqliteTable(
  'refreshes',
  {
    portfolioId: text().notNull(),
    generation: integer().notNull(),
    reason: text().notNull(),
    status: text().$type<'done' | 'failed'>().notNull(),
    done: integer().notNull(),
    total: integer().notNull(),
    failed: failures().notNull(),
    startedAt: integer().notNull(),
    finishedAt: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.portfolioId, t.generation] }), index('refreshes_by_end').on(t.finishedAt)],
)

/** Queue messages that failed at every attempt. */
export const deadLetters = sqliteTable('dead_letters', {
  id: text().primaryKey(),
  message: text().notNull(),
  reason: text().notNull(),
  at: integer().notNull(),
  /** When somebody sent it again; null while it waits. */
  resentAt: integer(),
})

/** What was used of the platform, one row a day (UTC); usage.ts says what each is. */
export const usage = sqliteTable('usage', {
  day: text().primaryKey(),
  requests: integer().notNull(),
  kvReads: integer().notNull(),
  kvWrites: integer().notNull(),
  rowsRead: integer().notNull(),
  rowsWritten: integer().notNull(),
  queueOperations: integer().notNull(),
  objectRequests: integer().notNull(),
  objectRowsWritten: integer().notNull(),
  /** The time in which objects were at work. */
  objectMs: integer().notNull(),
})

/** Counts by day (UTC) and name. An isolate counts in memory and adds to them from time to time. */
export const counters = sqliteTable(
  'counters',
  {
    day: text().notNull(),
    name: text().notNull(),
    count: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.name] })],
)
