import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Says } from '../portfolio/notice.ts'
import { hasFields, json, jsonColumn } from './json.ts'
import { owners } from './schema.ts'

// The tables of what keeps the app going: what it made, what is underway, and what it has counted. As in schema.ts, instants
// are milliseconds since 1970.

const failures = jsonColumn<{ symbol: string; reason: string }[]>(isFailures, [])

export function isFailures(value: unknown): boolean {
  return Array.isArray(value) && value.every(hasFields({ symbol: 'string', reason: 'string' }))
}

const says = jsonColumn<Says | null>(isSays, null)

/** Reads what a notice says in any language; null where there is nothing that can be read. */
export function saysIn(stored: string | null): Says | null {
  const value = json(stored)
  return isSays(value) ? value : null
}

function isSays(value: unknown): value is Says {
  const { body } = (value ?? {}) as { body?: unknown }
  return Array.isArray(body) && body.every(hasFields({ words: 'string' }))
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

/** What is being written, or deleted, by more than one transaction: imports, and portfolios by their id (unfinished-imports.ts). */
export const unfinishedImports = sqliteTable(
  'unfinished_imports',
  {
    id: text().primaryKey(),
    portfolioId: text().notNull(),
    actor: text().notNull(),
    work: text().$type<'writing' | 'deleting' | 'creating'>().notNull(),
    /** The number of its rows when it began. */
    rows: integer().notNull(),
  },
  (t) => [index('unfinished_imports_by_portfolio').on(t.portfolioId)],
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

/**
 * Where somebody is told things. What opens a channel (a token, a key, an address that is a secret itself) is in `opened`, which no
 * page shows and no file has; `target` is what is shown of it.
 */
export const noticeChannels = sqliteTable(
  'notice_channels',
  {
    id: text().primaryKey(),
    accountId: text()
      .notNull()
      .references(() => owners.id),
    kind: text().notNull(),
    label: text().notNull(),
    target: text().notNull(),
    /** What its kind needs, as JSON. */
    opened: text().notNull(),
    /** The address of this Yardstick when the channel was made, which links in messages begin with. */
    origin: text().notNull(),
    /** The session of the browser that is told; null for what is no browser. */
    sessionId: text(),
    /** The language and the locale of whoever made it, such as `de` and `de-AT`, or of what they chose since; null for English. */
    language: text(),
    locale: text(),
    createdAt: integer().notNull(),
    /** When something was last sent; null before. */
    sentAt: integer(),
    /** When it last failed, and what was said; null where what came last was sent. */
    failedAt: integer(),
    failure: text(),
    /** How often it has failed since something was sent. */
    failures: integer().notNull().default(0),
    /** When it was given up; null while it is used. */
    stoppedAt: integer(),
  },
  (t) => [index('notice_channels_by_account').on(t.accountId)],
)

/** What somebody was told, and by its id what they are not told again. */
export const notices = sqliteTable(
  'notices',
  {
    sequence: integer().primaryKey({ autoIncrement: true }),
    accountId: text()
      .notNull()
      .references(() => owners.id),
    id: text().notNull(),
    /** What it is about; null for the account itself. */
    portfolioId: text(),
    title: text().notNull(),
    body: text().notNull(),
    address: text().notNull(),
    tag: text().notNull(),
    at: integer().notNull(),
    /** What it says in any language (portfolio/sentence.ts); null where title and body are all there is. */
    says: says(),
  },
  (t) => [
    uniqueIndex('notices_once').on(t.accountId, t.id),
    index('notices_by_account').on(t.accountId),
    index('notices_by_portfolio').on(t.portfolioId, t.accountId),
    index('notices_by_time').on(t.at),
  ],
)

/** By which channel a notice goes, and how far it has come. `sending` is what nobody knows yet whether it arrived. */
export const noticeDeliveries = sqliteTable(
  'notice_deliveries',
  {
    notice: integer()
      .notNull()
      .references(() => notices.sequence, { onDelete: 'cascade' }),
    channelId: text().notNull(),
    /** What the channel was called, which outlives it. */
    channel: text().notNull(),
    status: text().$type<'waiting' | 'sending' | 'sent' | 'failed'>().notNull(),
    tries: integer().notNull(),
    /** When it came that far. */
    at: integer().notNull(),
    /** What was said instead of yes; null where nothing was. */
    said: text(),
  },
  (t) => [
    primaryKey({ columns: [t.notice, t.channelId] }),
    index('notice_deliveries_by_status').on(t.status, t.at),
  ],
)

/** The one pair of keys by which push services know this Yardstick (RFC 8292): base64url of the point, and of the secret. */
export const pushKeys = sqliteTable('push_keys', {
  one: integer().primaryKey(),
  publicKey: text().notNull(),
  privateKey: text().notNull(),
  createdAt: integer().notNull(),
})
