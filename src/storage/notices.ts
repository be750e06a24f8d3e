import { and, eq, inArray, lt, type SQL, sql } from 'drizzle-orm'
import { fitting, type Notice, type Told } from '../portfolio/notice.ts'
import { noticeDeliveries, notices, saysIn } from './app-schema.ts'
import { type Database, inOneTransaction, type Statement } from './database.ts'
import type { OpenedChannel } from './notice-channels.ts'

/** A notice on its way by one channel. */
export type Delivery = { notice: number; channel: string }

/**
 * Writes notices, and with each a delivery by every channel of the account that works: statements for a transaction, in which
 * whoever found out notes that they did. What the account was told before is not told again, and of a portfolio nobody is told
 * who may not see it. An account without channels finds it in its activity. Of channels that were chosen (`by`) those that work count, and
 * all of them where none of these does any more: what somebody wanted to be told is not lost with a channel.
 */
export function noticed(db: Database, told: Told, found: readonly Notice[]): Statement[] {
  const { account, portfolio, by = null } = told
  const works = sql`notice_channels.account_id = ${account} AND notice_channels.stopped_at IS NULL`
  const isChosen = sql`notice_channels.id IN (SELECT value FROM json_each(${JSON.stringify(by ?? [])}))`
  const isMeant =
    by === null
      ? sql`TRUE`
      : sql`(${isChosen} OR NOT EXISTS (SELECT 1 FROM notice_channels WHERE ${works} AND ${isChosen}))`
  return found.map(fitting).flatMap(({ id, title, body, address, tag, at, says }) => [
    sql`
      INSERT INTO notices (account_id, id, portfolio_id, title, body, address, tag, at, says)
      SELECT ${account}, ${id}, ${portfolio}, ${title}, ${body}, ${address}, ${tag}, ${at}, ${says ? JSON.stringify(says) : null}
      WHERE ${mayBeTold(told)}
      ON CONFLICT DO NOTHING`,
    sql`
      INSERT INTO notice_deliveries (notice, channel_id, channel, status, tries, at)
      SELECT notices.sequence, notice_channels.id, notice_channels.label, 'waiting', 0, ${at}
      FROM notices CROSS JOIN notice_channels ON notice_channels.account_id = notices.account_id
      WHERE notices.account_id = ${account} AND notices.id = ${id} AND notice_channels.stopped_at IS NULL AND ${isMeant} AND changes() > 0`,
  ])
}

function mayBeTold({ account, portfolio }: Told): SQL {
  return portfolio === null
    ? sql`EXISTS (SELECT 1 FROM owners WHERE id = ${account})`
    : maySee(sql`${account}`, sql`${portfolio}`)
}

function maySee(account: SQL, portfolio: SQL): SQL {
  return sql`EXISTS (SELECT 1 FROM portfolios WHERE portfolios.id = ${portfolio} AND deleted_at IS NULL
    AND (owner_id = ${account} OR EXISTS (
      SELECT 1 FROM members WHERE members.portfolio_id = ${portfolio} AND members.account_id = ${account})))`
}

/** Returns what waits to be sent of some notices of an account. */
export function waitingOf(db: Database, account: string, ids: readonly string[]): Promise<Delivery[]> {
  return db.all(sql`
    SELECT notice_deliveries.notice, notice_deliveries.channel_id AS channel
    FROM notices CROSS JOIN notice_deliveries ON notice_deliveries.notice = notices.sequence
    WHERE notices.account_id = ${account} AND notices.id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))
      AND notice_deliveries.status = 'waiting'`)
}

/** Returns what has waited since before an instant, because whoever wrote it was ended before it was in the queue. */
export function leftWaiting(db: Database, before: number, most: number): Promise<Delivery[]> {
  return db.all(sql`
    SELECT notice, channel_id AS channel FROM notice_deliveries
    WHERE status = 'waiting' AND at < ${before} ORDER BY at LIMIT ${most}`)
}

/** What is to be sent, and by what. */
type Claimed = {
  account: string
  notice: Notice
  tries: number
  channel: OpenedChannel
}

/**
 * Takes a delivery that waits, so that nobody else sends it. Null where there is nothing to send: it was sent, or is being sent,
 * the channel is gone or given up, or the account may see the portfolio no longer.
 */
export async function claimDelivery(
  db: Database,
  { notice, channel }: Delivery,
  now: number,
): Promise<Claimed | null> {
  const claimed = db
    .update(noticeDeliveries)
    .set({ status: 'sending', tries: sql`${noticeDeliveries.tries} + 1`, at: now })
    .where(and(isIt({ notice, channel }), eq(noticeDeliveries.status, 'waiting')))
    .returning({ tries: noticeDeliveries.tries })
  const [taken] = await claimed
  if (!taken) return null
  const [row] = await db.all<ClaimedRow>(sql`
    SELECT notices.account_id AS account, notices.id AS id, title, body, address, tag, at, says,
      notice_channels.id AS channel, kind, label, opened, origin, language, locale
    FROM notices CROSS JOIN notice_channels
      ON notice_channels.id = ${channel} AND notice_channels.account_id = notices.account_id
    WHERE notices.sequence = ${notice} AND notice_channels.stopped_at IS NULL
      AND (notices.portfolio_id IS NULL OR ${maySee(sql`notices.account_id`, sql`notices.portfolio_id`)})`)
  if (!row) {
    await inOneTransaction(db, [noteDelivery(db, { notice, channel }, 'failed', NOBODY, now)])
    return null
  }
  const { account, id, title, body, address, tag, at, says, channel: channelId, ...own } = row
  return {
    account,
    notice: { id, title, body, address, tag, at, says: saysIn(says) },
    tries: taken.tries,
    channel: { id: channelId, ...own },
  }
}

const NOBODY = 'The channel was removed before this was sent, or the portfolio could be seen no longer.'

type ClaimedRow = Omit<Notice, 'says'> & {
  says: string | null
  account: string
  channel: string
} & Omit<OpenedChannel, 'id'>

/** Notes how far a delivery has come. */
export function noteDelivery(
  db: Database,
  { notice, channel }: Delivery,
  status: 'waiting' | 'sent' | 'failed',
  said: string | null,
  now: number,
): Statement {
  return db.update(noticeDeliveries).set({ status, said, at: now }).where(isIt({ notice, channel }))
}

/** Gives up what nobody knows the end of: whoever sent it was ended while they did. It may have arrived. */
export function giveUpSending(db: Database, before: number): Statement {
  return db
    .update(noticeDeliveries)
    .set({ status: 'failed', said: 'Yardstick was interrupted while it sent this. It may have arrived.' })
    .where(and(eq(noticeDeliveries.status, 'sending'), lt(noticeDeliveries.at, before)))
}

/** What an account was told, and by which channels. */
export type ToldNotice = Pick<typeof notices.$inferSelect, 'sequence' | 'portfolioId'> &
  Notice & { deliveries: Pick<typeof noticeDeliveries.$inferSelect, 'channel' | 'status' | 'at' | 'said'>[] }

/** Returns the latest notices of an account, newest first. */
export async function recentNotices(db: Database, account: string, limit: number): Promise<ToldNotice[]> {
  const rows = await db
    .select()
    .from(notices)
    .where(eq(notices.accountId, account))
    .orderBy(sql`${notices.sequence} DESC`)
    .limit(limit)
  if (rows.length === 0) return []
  const { notice, channel, status, at, said } = noticeDeliveries
  const found = await db
    .select({ notice, channel, status, at, said })
    .from(noticeDeliveries)
    .where(
      inArray(
        notice,
        rows.map(({ sequence }) => sequence),
      ),
    )
  const byNotice = Map.groupBy(found, (each) => each.notice)
  return rows.map(({ accountId: _account, ...row }) => ({
    ...row,
    deliveries: (byNotice.get(row.sequence) ?? []).map(({ notice: _of, ...rest }) => rest),
  }))
}

function isIt({ notice, channel }: Delivery) {
  return and(eq(noticeDeliveries.notice, notice), eq(noticeDeliveries.channelId, channel))
}
