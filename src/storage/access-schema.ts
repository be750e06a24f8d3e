import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { owners, portfolios } from './schema.ts'

// The tables of who may do what. What proves somebody's identity (a session, a token, a link, a code) is 256 random bits
// that only its holder has; here is its SHA-256. Instants are milliseconds since 1970.

const account = () =>
  text()
    .notNull()
    .references(() => owners.id)
const portfolio = () =>
  text()
    .notNull()
    .references(() => portfolios.id)

export const sessions = sqliteTable(
  'sessions',
  {
    hash: text().primaryKey(),
    /** Names it in a list, so that it can be ended from another. */
    id: text().notNull(),
    accountId: account(),
    createdAt: integer().notNull(),
    /** When it was last used, to the day. */
    usedAt: integer().notNull(),
    /** Moves with its use, but never beyond `endsAt`. */
    expiresAt: integer().notNull(),
    endsAt: integer().notNull(),
    /** The browser and the system, as the header named them. */
    device: text().notNull(),
  },
  (t) => [index('sessions_by_account').on(t.accountId)],
)

export const passkeys = sqliteTable(
  'passkeys',
  {
    /** The credential's id, in base64url. */
    id: text().primaryKey(),
    accountId: account(),
    publicKey: text().notNull(),
    /** The authenticator's count of its signatures; it only grows. */
    counter: integer().notNull(),
    /** How it is reached, such as `internal` or `hybrid`, with commas between. */
    transports: text().notNull(),
    name: text().notNull(),
    createdAt: integer().notNull(),
    usedAt: integer(),
    /** When its count went back, which the count of a copy does; null for never. */
    doubtedAt: integer(),
  },
  (t) => [index('passkeys_by_account').on(t.accountId)],
)

/** What an authenticator is to sign, once and within minutes, in the browser that has the cookie. */
export const challenges = sqliteTable(
  'challenges',
  {
    /** Of the cookie. */
    hash: text().primaryKey(),
    ceremony: text().$type<'register' | 'sign in'>().notNull(),
    challenge: text().notNull(),
    /** The account that registers a passkey; null for a sign-in. */
    accountId: text(),
    expiresAt: integer().notNull(),
  },
  (t) => [index('challenges_by_expiry').on(t.expiresAt)],
)

export const recoveryCodes = sqliteTable(
  'recovery_codes',
  {
    hash: text().primaryKey(),
    accountId: account(),
    usedAt: integer(),
  },
  (t) => [index('recovery_codes_by_account').on(t.accountId)],
)

/** Who besides its owner may see or edit a portfolio. */
export const members = sqliteTable(
  'members',
  {
    portfolioId: portfolio(),
    accountId: account(),
    role: text().$type<'viewer' | 'editor'>().notNull(),
    createdAt: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.portfolioId, t.accountId] }), index('members_by_account').on(t.accountId)],
)

/** A link that makes whoever accepts it a member. */
export const invitations = sqliteTable(
  'invitations',
  {
    hash: text().primaryKey(),
    id: text().notNull(),
    portfolioId: portfolio(),
    role: text().$type<'viewer' | 'editor'>().notNull(),
    /** Whom it is for, in the words of whoever sends it. */
    note: text().notNull(),
    createdBy: account(),
    createdAt: integer().notNull(),
    expiresAt: integer().notNull(),
    acceptedBy: text(),
    acceptedAt: integer(),
  },
  (t) => [
    index('invitations_by_portfolio').on(t.portfolioId),
    index('invitations_by_creator').on(t.createdBy),
  ],
)

export type LinkKind = 'page' | 'calendar' | 'activity' | 'figures' | 'badge' | 'card'

/** A link by which anybody may look at a portfolio, or a program reads one thing of it. */
export const shareLinks = sqliteTable(
  'share_links',
  {
    hash: text().primaryKey(),
    id: text().notNull(),
    portfolioId: portfolio(),
    /** What it opens: a page to look at, or one of the feeds that a program reads. */
    kind: text().$type<LinkKind>().notNull().default('page'),
    note: text().notNull(),
    /** It shows percentages, and no amount anywhere. */
    isPercentOnly: integer({ mode: 'boolean' }).notNull(),
    createdBy: account(),
    /** In whose words and numbers a feed is written: those of whoever made it; null for English. */
    language: text(),
    locale: text(),
    createdAt: integer().notNull(),
    /** Null for a link that does not expire. */
    expiresAt: integer(),
  },
  (t) => [
    index('share_links_by_portfolio').on(t.portfolioId),
    index('share_links_by_creator').on(t.createdBy),
  ],
)

export const apiTokens = sqliteTable(
  'api_tokens',
  {
    hash: text().primaryKey(),
    id: text().notNull(),
    accountId: account(),
    name: text().notNull(),
    /** Its first characters, by which its owner recognizes it. */
    prefix: text().notNull(),
    scope: text().$type<'read' | 'write'>().notNull(),
    createdAt: integer().notNull(),
    /** Null for one that does not expire. */
    expiresAt: integer(),
    /** When it was last used, to the day; null for never. */
    usedAt: integer(),
  },
  (t) => [index('api_tokens_by_account').on(t.accountId)],
)
