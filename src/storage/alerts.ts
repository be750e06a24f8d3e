import { and, asc, eq, sql } from 'drizzle-orm'
import type { Day } from '../portfolio/day.ts'
import type { KeptAlert } from '../portfolio/whole-portfolio.ts'
import { stored, text } from '../portfolio/decimal.ts'
import { type AlertKind, alertKinds, type AlertRule } from '../snapshot/alert.ts'
import type { AlertState } from '../snapshot/alerts/crossing.ts'
import { type Database, inSymbols, type Statement } from './database.ts'
import { isTexts, json } from './json.ts'
import { alerts, digests, tracked } from './schema.ts'

/** An alert as it is stored; times are in milliseconds. */
export type Alert = AlertRule & {
  id: string
  accountId: string
  state: AlertState
  createdAt: number
  toldAt: number | null
  /** The ids of the channels that were chosen; null for all. */
  channels: string[] | null
}

/** So many may one account have on a portfolio. */
export const MOST_ALERTS = 50

/** Returns the alerts of all accounts on a portfolio as a statement of a batch; `asAlerts` reads its rows. */
export function alertRows(db: Database, portfolioId: string) {
  return db
    .select()
    .from(alerts)
    .where(eq(alerts.portfolioId, portfolioId))
    .orderBy(asc(alerts.createdAt), asc(alerts.id))
}

/** What this version does not know is left alone: a newer one wrote it. */
export function asAlerts(rows: readonly (typeof alerts.$inferSelect)[]): Alert[] {
  return rows.flatMap(({ kind, level, portfolioId: _of, ...row }) =>
    Object.hasOwn(alertKinds, kind)
      ? [{ ...row, kind: kind as AlertKind, level: level === null ? null : stored(level) }]
      : [],
  )
}

/** Returns the alerts of one account on a portfolio, the oldest first. */
export async function alertsOf(db: Database, portfolioId: string, account: string): Promise<Alert[]> {
  const all = asAlerts(await alertRows(db, portfolioId))
  return all.filter(({ accountId }) => accountId === account)
}

/** What an account wants to be told of portfolios and groups: their ids, with what a file has of each. */
export async function keptAlerts(db: Database, account: string): Promise<OwnAlert[]> {
  const rows = await db.all<Omit<OwnAlert, 'by'> & { id: string; channels: string | null }>(sql`
    SELECT portfolio_id AS id, kind, subject, level, set_on, channels, alerts.created_at AS at FROM alerts
    WHERE account_id = ${account} UNION ALL
    SELECT portfolio_id, ${DIGEST}, NULL, NULL, NULL, channels, digests.created_at FROM digests
    WHERE account_id = ${account}
    ORDER BY 7, 2, 3, 4`)
  return rows.map(({ id, channels, ...row }) => {
    const filled = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))
    const chosen = json(channels)
    return { id, ...filled, by: isTexts(chosen) ? (chosen as string[]) : null } as OwnAlert
  })
}

/** As a file has it but for the id of its portfolio and those of its channels, which no file has. */
type OwnAlert = Omit<KeptAlert, 'portfolio' | 'group' | 'channels'> & {
  id: string
  by: string[] | null
}

/** What is taken from a file: its channels are those of here. */
export type AlertTaken = Omit<OwnAlert, 'id'>

/** As a file calls the weekly digest beside the kinds of alerts. */
export const DIGEST = 'weekly_digest'

/** Adds an alert, or replaces the one with that id. */
export function saveAlert(db: Database, portfolioId: string, { level, ...alert }: Alert): Statement {
  const row = { ...alert, level: text(level), portfolioId }
  return db.insert(alerts).values(row).onConflictDoUpdate({ target: alerts.id, set: row })
}

/** Notes what an alert has come to. It changes no row where the alert is gone. */
export function noteAlert(
  db: Database,
  { id, state, toldAt }: Pick<Alert, 'id' | 'state' | 'toldAt'>,
): Statement {
  return db.update(alerts).set({ state, toldAt }).where(eq(alerts.id, id))
}

export function removeAlert(db: Database, portfolioId: string, id: string): Statement {
  return db.delete(alerts).where(and(eq(alerts.portfolioId, portfolioId), eq(alerts.id, id)))
}

/** Deletes what an account wanted to be told of a portfolio that is not its own. */
export function withoutAlerts(portfolioId: string, account: string): Statement[] {
  const isTheirs = sql`portfolio_id = ${portfolioId} AND account_id = ${account}
    AND NOT EXISTS (SELECT 1 FROM portfolios WHERE portfolios.id = ${portfolioId} AND owner_id = ${account})`
  return [sql`DELETE FROM alerts WHERE ${isTheirs}`, sql`DELETE FROM digests WHERE ${isTheirs}`]
}

/** Returns the ids of portfolios with alerts that need one of these symbols. */
export async function alertedBy(db: Database, symbols: readonly string[]): Promise<string[]> {
  const rows = await db.all<{ id: string }>(sql`
    SELECT DISTINCT alerts.portfolio_id AS id FROM alerts
    CROSS JOIN portfolios ON portfolios.id = alerts.portfolio_id AND portfolios.deleted_at IS NULL
    WHERE EXISTS (
      SELECT 1 FROM ${tracked} WHERE tracked.portfolio_id = alerts.portfolio_id
        AND ${inSymbols(sql`+tracked.symbol`, symbols)})`)
  return rows.map(({ id }) => id)
}

/**
 * Has portfolios with alerts or a digest count as recently opened, those that were not opened since an instant: the clock then
 * fetches their prices and bars although nobody looks at them.
 */
export function keepOpened(db: Database, since: number, now: number): Statement {
  return sql`UPDATE portfolios SET opened_at = ${now} WHERE opened_at < ${since} AND deleted_at IS NULL
    AND id IN (SELECT portfolio_id FROM alerts UNION SELECT portfolio_id FROM digests)`
}

/** Has an account told each week how a portfolio does, by all channels or by those chosen, or no longer. */
export function setDigest(
  db: Database,
  { portfolioId, account }: { portfolioId: string; account: string },
  wanted: { channels: string[] | null } | null,
  now: number,
): Statement {
  if (!wanted) return db.delete(digests).where(isDigestOf(portfolioId, account))
  return db
    .insert(digests)
    .values({ portfolioId, accountId: account, createdAt: now, toldFor: null, ...wanted })
    .onConflictDoUpdate({ target: [digests.portfolioId, digests.accountId], set: wanted })
}

/** Who is told each week of a portfolio, and for which week each was told last, named by its last session. */
export type DigestReader = {
  account: string
  toldFor: Day | null
  channels: string[] | null
  createdAt: number
}

export function digestReaders(db: Database, portfolioId: string): Promise<DigestReader[]> {
  return db
    .select({
      account: digests.accountId,
      toldFor: digests.toldFor,
      channels: digests.channels,
      createdAt: digests.createdAt,
    })
    .from(digests)
    .where(eq(digests.portfolioId, portfolioId))
    .orderBy(asc(digests.accountId))
}

export function noteDigest(db: Database, portfolioId: string, account: string, week: Day): Statement {
  return db.update(digests).set({ toldFor: week }).where(isDigestOf(portfolioId, account))
}

function isDigestOf(portfolioId: string, account: string) {
  return and(eq(digests.portfolioId, portfolioId), eq(digests.accountId, account))
}
