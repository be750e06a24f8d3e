import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { CostBasis } from '../portfolio/lot.ts'
import type { QuarantinedQuote, Instrument } from '../portfolio/instrument.ts'
import type { TransactionType } from '../portfolio/transaction.ts'

// Every table; the only file drizzle-kit reads. Exact decimals are TEXT, instants are milliseconds since 1970,
// days are 'YYYY-MM-DD'. drizzle-kit writes the migrations; STRICT and WITHOUT ROWID are added to them by hand.

export const owners = sqliteTable('owners', {
  id: text().primaryKey(),
  createdAt: integer().notNull(),
})

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
    benchmarks: text({ mode: 'json' }).$type<string[]>().notNull(),
    costBasis: text().$type<CostBasis>().notNull(),
    createdAt: integer().notNull(),
    openedAt: integer().notNull(),
    /** Until when somebody is looking; the planner's 60 seconds are for these. */
    watchedUntil: integer().notNull(),
    /** A deleted portfolio is out of every list and route, and nothing in it is lost. */
    deletedAt: integer(),
  },
  (t) => [index('portfolios_by_owner').on(t.ownerId), index('portfolios_by_watch').on(t.watchedUntil)],
)

export const transactions = sqliteTable(
  'transactions',
  {
    id: text().primaryKey(),
    portfolioId: text()
      .notNull()
      .references(() => portfolios.id),
    /** Order of entry, which decides between equals of one day. */
    sequence: integer().notNull(),
    type: text().$type<TransactionType>().notNull(),
    symbol: text(),
    date: text().notNull(),
    shares: text(),
    price: text(),
    fee: text().notNull(),
    amount: text().notNull(),
    currency: text(),
    ratio: text({ mode: 'json' }).$type<{ numerator: number; denominator: number }>(),
    note: text().notNull(),
    /** The day whose share units shares and price are in, once that is decided. */
    unitsDay: text(),
    /** Counts the edits; an edit names the one it saw. */
    version: integer().notNull(),
    importId: text(),
    /** The row as first entered and its ordinal among equals: what makes a second import add nothing. */
    rowKey: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (t) => [
    uniqueIndex('transactions_by_row').on(t.portfolioId, t.rowKey),
    index('transactions_by_date').on(t.portfolioId, t.date),
  ],
)

export const imports = sqliteTable('imports', {
  id: text().primaryKey(),
  portfolioId: text()
    .notNull()
    .references(() => portfolios.id),
  format: text().notNull(),
  accepted: integer().notNull(),
  duplicates: integer().notNull(),
  rejected: text({ mode: 'json' }).$type<{ line: number; reason: string }[]>().notNull(),
  createdAt: integer().notNull(),
})

/** Append-only: who did what to which row, with the row before and after. */
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
  (t) => [index('audit_by_portfolio').on(t.portfolioId, t.id)],
)

/** The answer to a request that was already carried out, so that a double click makes one row. */
export const idempotency = sqliteTable(
  'idempotency',
  {
    portfolioId: text().notNull(),
    key: text().notNull(),
    answer: text().notNull(),
    at: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.portfolioId, t.key] })],
)

/** The latest instant at which each piece of the cron's work was claimed, with a note that the next run reads. */
export const cronClaims = sqliteTable('cron_claims', {
  work: text().primaryKey(),
  at: integer().notNull(),
  note: text().notNull(),
})

/** What each portfolio needs prices of: what it holds, and its benchmarks. */
export const tracked = sqliteTable(
  'tracked',
  {
    symbol: text().notNull(),
    portfolioId: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.portfolioId, t.symbol] }), index('tracked_by_symbol').on(t.symbol)],
)

export const instruments = sqliteTable('instruments', {
  symbol: text().primaryKey(),
  name: text().notNull(),
  currency: text().notNull(),
  kind: text().$type<Instrument['kind']>().notNull(),
  exchange: text().notNull(),
  timeZone: text().notNull(),
  /** Minutes past midnight; null until a chart has told. */
  session: text({ mode: 'json' }).$type<{ opens: number; closes: number }>(),
})

/** How far each symbol's history reaches, or why there is none and when to ask again. */
export const histories = sqliteTable('histories', {
  symbol: text().primaryKey(),
  /** Bars are stored from this day on, as far as the source goes back. */
  fromDay: text(),
  /** The last stored bar. */
  toDay: text(),
  fetchedAt: integer(),
  /** Why the source has nothing; asked again after `retryAt`. */
  reason: text(),
  retryAt: integer(),
})

export const quotes = sqliteTable('quotes', {
  symbol: text().primaryKey(),
  price: text().notNull(),
  currency: text().notNull(),
  previousClose: text(),
  /** When it traded. */
  at: integer().notNull(),
  /** When we took it. */
  fetchedAt: integer().notNull(),
  /** What the source said instead since, and is not believed. */
  held: text({ mode: 'json' }).$type<QuarantinedQuote>(),
})

/** One row a symbol and year: `closes` is JSON, [[day of the year, close], …]. */
export const bars = sqliteTable(
  'bars',
  {
    symbol: text().notNull(),
    year: integer().notNull(),
    closes: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.symbol, t.year] })],
)

/** When a symbol's stored bars were last looked through for gaps, and what the source has no bar for either. */
export const gaps = sqliteTable('gaps', {
  symbol: text().primaryKey(),
  checkedAt: integer(),
  /** Days on which its exchange had a session. */
  lacking: text({ mode: 'json' }).$type<string[]>().notNull(),
})

export const corporateActions = sqliteTable(
  'corporate_actions',
  {
    symbol: text().notNull(),
    day: text().notNull(),
    kind: text().$type<'split' | 'dividend'>().notNull(),
    numerator: integer(),
    denominator: integer(),
    /** Cash per share in today's units. */
    amount: text(),
  },
  (t) => [primaryKey({ columns: [t.symbol, t.day, t.kind] })],
)

/** What the readers are shown, one row a portfolio; KV holds copies of it. */
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
    failed: text({ mode: 'json' }).$type<{ symbol: string; reason: string }[]>().notNull(),
    startedAt: integer().notNull(),
    finishedAt: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.portfolioId, t.generation] })],
)

/** Messages that failed every try. */
export const deadLetters = sqliteTable('dead_letters', {
  id: text().primaryKey(),
  message: text().notNull(),
  reason: text().notNull(),
  at: integer().notNull(),
  /** When it was sent again. */
  resentAt: integer(),
})

/** What was counted by name on a day (UTC): handed over from time to time by those who count. */
export const counters = sqliteTable(
  'counters',
  {
    day: text().notNull(),
    name: text().notNull(),
    count: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.name] })],
)
