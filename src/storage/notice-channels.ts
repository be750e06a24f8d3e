import { and, asc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import { auditAccess } from './access-audit.ts'
import type { StoredReader } from '../portfolio/sentence.ts'
import { noticeChannels } from './app-schema.ts'
import { type Database, inOneTransaction, type Statement } from './database.ts'

/** A channel as pages show it: without what opens it. Times are in milliseconds. */
export type NoticeChannel = Omit<typeof noticeChannels.$inferSelect, 'opened' | 'accountId'>
/** The same with what it is opened with. */
export type OpenedChannel = Pick<
  typeof noticeChannels.$inferSelect,
  'id' | 'kind' | 'label' | 'opened' | 'origin' | 'language' | 'locale'
>

/** So many channels may one account have. */
export const MOST_CHANNELS = 10
/** After so many failures in a row a channel is given up. */
const MOST_FAILURES = 5

const { accountId, opened: _opened, ...shown } = getTableColumns(noticeChannels)
const { id, kind, label, origin, sessionId, language, locale, createdAt, failures, stoppedAt } = shown

/**
 * Adds a channel to an account. False, and nothing is added, when it has as many as it may have: of two requests at once for
 * the last one, one counts.
 */
export async function addChannel(
  db: Database,
  made: Pick<
    typeof noticeChannels.$inferSelect,
    'id' | 'accountId' | 'kind' | 'label' | 'target' | 'opened' | 'origin' | 'sessionId'
  > &
    Partial<StoredReader>,
  now: number,
): Promise<boolean> {
  const { accountId: account } = made
  const [, added] = await inOneTransaction(db, [
    // the same one made again takes the place of itself
    db.delete(noticeChannels).where(and(eq(accountId, account), eq(noticeChannels.opened, made.opened))),
    sql`
      INSERT INTO notice_channels (id, account_id, kind, label, target, opened, origin, session_id, language, locale, created_at)
      SELECT ${made.id}, ${account}, ${made.kind}, ${made.label}, ${made.target}, ${made.opened}, ${made.origin},
        ${made.sessionId}, ${made.language ?? null}, ${made.locale ?? null}, ${now}
      WHERE (SELECT count(*) FROM notice_channels WHERE account_id = ${account}) < ${MOST_CHANNELS}`,
    auditAccess(
      account,
      account,
      { action: 'create', about: 'notice channel', before: null, after: { note: made.label } },
      now,
    ),
  ])
  return added!.meta.changes > 0
}

/** Returns the channels of an account, oldest first, also those that were given up. */
export function channelsOf(db: Database, account: string): Promise<NoticeChannel[]> {
  return db.select(shown).from(noticeChannels).where(eq(accountId, account)).orderBy(asc(createdAt), asc(id))
}

/** Returns a channel of an account with what opens it; null where the account has no such channel. */
export async function openedChannel(
  db: Database,
  account: string,
  channel: string,
): Promise<OpenedChannel | null> {
  const { opened } = noticeChannels
  const found = await db
    .select({ id, kind, label, opened, origin, language, locale })
    .from(noticeChannels)
    .where(isOf(account, channel))
    .get()
  return found ?? null
}

/** Removes a channel of an account. False where the account has no such channel. */
export async function removeChannel(
  db: Database,
  account: string,
  channel: string,
  now: number,
): Promise<boolean> {
  const isIt = isOf(account, channel)
  const [found] = await db.select({ note: label }).from(noticeChannels).where(isIt)
  if (!found) return false
  const [removed] = await inOneTransaction(db, [
    db.delete(noticeChannels).where(isIt),
    auditAccess(
      account,
      account,
      { action: 'delete', about: 'notice channel', before: found, after: null },
      now,
    ),
  ])
  return removed!.meta.changes > 0
}

/** Notes in which language an account wants to be told things: by a channel, or by all of its own. */
export function saveChannelLanguage(
  db: Database,
  account: string,
  { language: chosen, locale: place }: StoredReader,
  channel: string | null = null,
): Statement {
  return db
    .update(noticeChannels)
    .set({ language: chosen, locale: place })
    .where(channel === null ? eq(accountId, account) : isOf(account, channel))
}

/** Notes that something was sent. A channel that had been given up is used again. */
export function noteSent(db: Database, channel: string, now: number): Statement {
  return db
    .update(noticeChannels)
    .set({ sentAt: now, failedAt: null, failure: null, failures: 0, stoppedAt: null })
    .where(eq(id, channel))
}

/** Notes a failure, in a sentence; after many in a row, or where it says so itself, the channel is given up. */
export function noteFailure(
  db: Database,
  channel: string,
  said: string,
  isOver: boolean,
  now: number,
): Statement {
  return db
    .update(noticeChannels)
    .set({
      failedAt: now,
      failure: said,
      failures: sql`${failures} + 1`,
      stoppedAt: sql`CASE WHEN ${isOver ? 1 : 0} = 1 OR ${failures} + 1 >= ${MOST_FAILURES} THEN coalesce(${stoppedAt}, ${now}) ELSE ${stoppedAt} END`,
    })
    .where(eq(id, channel))
}

/** Removes a channel that has ended elsewhere. */
export function removeGone(db: Database, channel: string): Statement {
  return db.delete(noticeChannels).where(eq(id, channel))
}

/** Removes the channel to the browser of a session of an account, or of all of its browsers: who is signed out is told nothing. */
export function removeBrowsers(
  db: Database,
  account: string,
  session: string | null,
  condition: SQL = sql`true`,
): Statement {
  const isOne = session === null ? sql`${sessionId} IS NOT NULL` : eq(sessionId, session)
  return db.delete(noticeChannels).where(and(eq(accountId, account), isOne, condition))
}

/** Notes that the browser of a channel has another session now, of which this is the hash. */
export function moveBrowser(account: string, channel: string, hash: string): Statement {
  return sql`
    UPDATE notice_channels SET session_id = (SELECT id FROM sessions WHERE hash = ${hash})
    WHERE id = ${channel} AND account_id = ${account} AND session_id IS NOT NULL`
}

function isOf(account: string, channel: string) {
  return and(eq(accountId, account), eq(id, channel))
}
