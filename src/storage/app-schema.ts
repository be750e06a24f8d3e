import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { hasFields, jsonColumn } from './json.ts'

// The tables of what keeps the app going: what it made, what is underway, and what it has counted. As in schema.ts, instants
// are milliseconds since 1970.

const failures = jsonColumn<{ symbol: string; reason: string }[]>(isFailures, [])

export function isFailures(value: unknown): boolean {
  return Array.isArray(value) && value.every(hasFields({ symbol: 'string', reason: 'string' }))
}

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

/** The snapshot that pages are made from, one row for each portfolio. KV has copies of it. */
export const snapshots = sqliteTable('snapshots', {
  portfolioId: text().primaryKey(),
  revision: integer().notNull(),
  snapshot: text().notNull(),
  chart: text().notNull(),
  computedAt: integer().notNull(),
})

/** What lists of portfolios show of each, from its snapshot: small, so that a list is one query (headlines.ts). */
export const headlines = sqliteTable('headlines', {
  portfolioId: text().primaryKey(),
  headline: text().notNull(),
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
  kvDeletes: integer().notNull().default(0),
  rowsRead: integer().notNull(),
  rowsWritten: integer().notNull(),
  queueOperations: integer().notNull(),
  objectRequests: integer().notNull(),
  objectRowsRead: integer().notNull().default(0),
  objectRowsWritten: integer().notNull(),
  /** The time in which objects were at work. */
  objectMs: integer().notNull(),
  logLines: integer().notNull().default(0),
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
