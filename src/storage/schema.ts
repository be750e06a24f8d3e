import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { DividendCounting } from '../portfolio/ledger.ts'
import type { CostBasis } from '../portfolio/lot.ts'
import type { TransactionType } from '../portfolio/kind.ts'
import { type AlertState, untold } from '../snapshot/alerts/crossing.ts'
import { areTerms, type StoredTerms } from '../portfolio/terms.ts'
import type { StatedUnits } from '../portfolio/transaction.ts'
import { hasFields, isTexts, jsonColumn, textList } from './json.ts'

/** A group that somebody has made, or the one of all portfolios that is always there. */
export type GroupKind = 'group' | 'all'

const ratio = jsonColumn<{ numerator: number; denominator: number } | null>(
  hasFields({ numerator: 'number', denominator: 'number' }),
  null,
)
const terms = jsonColumn<StoredTerms | null>(areTerms, null)

const lines = jsonColumn<number[]>(
  (value) => Array.isArray(value) && value.every((each) => typeof each === 'number'),
  [],
)
/** A state that cannot be read is that of an alert that has yet to find out where its figure stands. */
const alertState = jsonColumn<AlertState>(hasFields({ fired: 'number' }), untold)
/** The ids of the channels that somebody chose; null for all of theirs. */
const chosenChannels = jsonColumn<string[] | null>(isTexts, null)
const answers = jsonColumn<object>((value) => typeof value === 'object' && value !== null, {})

// What belongs to somebody. Three files have the rest: who may do what (access-schema.ts), what the market says
// (market-schema.ts) and what keeps the app going (app-schema.ts); drizzle-kit reads the four. Exact decimals are TEXT, instants are milliseconds
// since 1970, days are 'YYYY-MM-DD'. drizzle-kit writes the migrations; STRICT and WITHOUT ROWID are added to them by hand.

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
    benchmarks: textList().notNull(),
    costBasis: text().$type<CostBasis>().notNull(),
    /** Rows from before this column count what they counted then. */
    dividends: text().$type<DividendCounting>().notNull().default('recorded'),
    /** The part that is withheld from dividends that count by themselves; null for none. */
    withholding: text(),
    /** What nobody risks anything for, a year; null for 0. */
    riskFreeRate: text(),
    /** What its parts are to weigh, as `readTargets` spells it; null for none. */
    targets: text(),
    /** The dividends that the owner says never came, such as `QQQ@2012-03-16`. */
    dismissedDividends: textList().notNull().default([]),
    /** What became of shares that the owner is not to be asked about again, such as `TWTR@2022-10-28` (action-proposal.ts). */
    dismissedActions: textList().notNull().default([]),
    /** What its owner prices, such as `MY-HOUSE EUR The house` (portfolio/own-instrument.ts). */
    ownInstruments: textList().notNull().default([]),
    createdAt: integer().notNull(),
    openedAt: integer().notNull(),
    /** Somebody has the portfolio open until then. Prices of such portfolios are polled every 60 seconds. */
    watchedUntil: integer().notNull(),
    /** A deleted portfolio is in no list and no route; its rows stay for a while (erasure.ts). */
    deletedAt: integer(),
    /** Set for a group, whose transactions are those of its portfolios (groups.ts); `all` is that of all of them. */
    kind: text().$type<GroupKind>(),
  },
  (t) => [
    index('portfolios_by_owner').on(t.ownerId),
    uniqueIndex('portfolios_that_are_all')
      .on(t.ownerId)
      .where(sql`kind = 'all'`),
    index('portfolios_by_watch').on(t.watchedUntil),
    index('portfolios_by_opening').on(t.openedAt),
    // few of many
    index('portfolios_by_deletion')
      .on(t.deletedAt)
      .where(sql`deleted_at IS NOT NULL`),
  ],
)

/** The portfolios that somebody has put into a group. Whoever may no longer see one has it in no group. */
export const groupMembers = sqliteTable(
  'group_members',
  {
    groupId: text().notNull(),
    portfolioId: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.groupId, t.portfolioId] }),
    index('group_members_by_portfolio').on(t.portfolioId),
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
    /** The day on which its owner wants to look at it again. */
    review: text(),
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

/** A row for each close (portfolio/track-record.ts); none is ever changed. */
export const trackRecord = sqliteTable(
  'track_record',
  {
    portfolioId: text()
      .notNull()
      .references(() => portfolios.id),
    number: integer().notNull(),
    day: text().notNull(),
    at: integer().notNull(),
    revision: integer().notNull(),
    index: text('twr_index'),
    trades: integer().notNull(),
    prompt: integer().notNull(),
    added: textList().notNull(),
    removed: textList().notNull(),
    ledger: text().notNull(),
    previous: text().notNull(),
    hash: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.portfolioId, t.number] }),
    uniqueIndex('track_record_by_day').on(t.portfolioId, t.day),
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

/** The symbols whose prices each portfolio needs: those it holds, its benchmarks and exchange rates. */
export const tracked = sqliteTable(
  'tracked',
  {
    symbol: text().notNull(),
    portfolioId: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.portfolioId, t.symbol] }), index('tracked_by_symbol').on(t.symbol)],
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

/**
 * Where a portfolio's statements are fetched from by themselves, at most one connection a broker. What it is opened with (a
 * token that can read statements, and nothing else) is shown on no page and is in no file.
 */
export const brokerConnections = sqliteTable(
  'broker_connections',
  {
    portfolioId: text().notNull(),
    broker: text().notNull(),
    /** Who connected it, and in whose name its rows come in. */
    accountId: text()
      .notNull()
      .references(() => owners.id),
    token: text().notNull(),
    /** Which statement: the number of a Flex query. */
    query: text().notNull(),
    createdAt: integer().notNull(),
    /** When it was last asked, and what came of it; null before. */
    askedAt: integer(),
    outcome: text(),
  },
  (t) => [primaryKey({ columns: [t.portfolioId, t.broker] })],
)

/** What somebody wants to be told about a portfolio, and what that has come to (snapshot/alert.ts). */
export const alerts = sqliteTable(
  'alerts',
  {
    id: text().primaryKey(),
    portfolioId: text().notNull(),
    accountId: text()
      .notNull()
      .references(() => owners.id),
    kind: text().notNull(),
    subject: text(),
    level: text(),
    /** The day on which the level was set: a price is in the share units of that day. */
    setOn: text().notNull(),
    state: alertState().notNull(),
    createdAt: integer().notNull(),
    /** When it last told something; null for never. */
    toldAt: integer(),
    channels: chosenChannels(),
  },
  (t) => [
    index('alerts_by_portfolio').on(t.portfolioId, t.accountId),
    index('alerts_by_account').on(t.accountId),
  ],
)

/** Who is told each week how a portfolio has done. */
export const digests = sqliteTable(
  'digests',
  {
    portfolioId: text().notNull(),
    accountId: text()
      .notNull()
      .references(() => owners.id),
    createdAt: integer().notNull(),
    /** The last session of the week that was told last; null for none. */
    toldFor: text(),
    channels: chosenChannels(),
  },
  (t) => [primaryKey({ columns: [t.portfolioId, t.accountId] }), index('digests_by_account').on(t.accountId)],
)

/** Every statement that a broker has sent, as it came: gzip in base64. */
export const brokerStatements = sqliteTable(
  'broker_statements',
  {
    id: text().primaryKey(),
    portfolioId: text().notNull(),
    broker: text().notNull(),
    receivedAt: integer().notNull(),
    /** SHA-256 of its text, in hexadecimal. */
    hash: text().notNull(),
    gzip: text().notNull(),
    /** What came of it, in a sentence, and whether somebody has to look at it. */
    outcome: text().notNull(),
    isOpen: integer({ mode: 'boolean' }).notNull(),
    /** The lines of its rows that were rejected: they are tried again. */
    rejected: lines().notNull(),
  },
  (t) => [index('broker_statements_by_portfolio').on(t.portfolioId, t.broker, t.receivedAt)],
)
