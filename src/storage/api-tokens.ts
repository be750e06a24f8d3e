import { and, asc, eq, lt, sql } from 'drizzle-orm'
import { DAY } from '../portfolio/time.ts'
import { auditAccess } from './access-audit.ts'
import { apiTokens } from './access-schema.ts'
import { type Database, inOneTransaction } from './database.ts'

export type ApiToken = typeof apiTokens.$inferSelect

/** So many tokens may one account have. */
export const MOST_TOKENS = 10

/**
 * Adds a token to an account; tokens that have expired are deleted with it. False, and nothing is added, when the account
 * has as many as it may have: of two requests at once for the last one, one counts.
 */
export async function addToken(db: Database, token: Omit<ApiToken, 'usedAt'>, now: number): Promise<boolean> {
  const { hash, id, accountId, name, prefix, scope, createdAt, expiresAt } = token
  const [, added] = await inOneTransaction(db, [
    db.delete(apiTokens).where(and(eq(apiTokens.accountId, accountId), lt(apiTokens.expiresAt, now))),
    sql`
      INSERT INTO api_tokens (hash, id, account_id, name, prefix, scope, created_at, expires_at)
      SELECT ${hash}, ${id}, ${accountId}, ${name}, ${prefix}, ${scope}, ${createdAt}, ${expiresAt}
      WHERE (SELECT count(*) FROM api_tokens WHERE account_id = ${accountId}) < ${MOST_TOKENS}`,
    auditAccess(
      accountId,
      accountId,
      { action: 'create', about: 'API token', before: null, after: { note: name, scope } },
      now,
    ),
  ])
  return added!.meta.changes > 0
}

/** Returns the tokens of an account, oldest first, also those that have expired. */
export async function tokensOf(db: Database, accountId: string): Promise<ApiToken[]> {
  return db
    .select()
    .from(apiTokens)
    .where(eq(apiTokens.accountId, accountId))
    .orderBy(asc(apiTokens.createdAt), asc(apiTokens.id))
}

/** Revokes a token of an account, by its id. False when the account has no such token. */
export async function revokeToken(
  db: Database,
  accountId: string,
  id: string,
  now: number,
): Promise<boolean> {
  const isIt = and(eq(apiTokens.accountId, accountId), eq(apiTokens.id, id))
  const [token] = await db.select({ note: apiTokens.name }).from(apiTokens).where(isIt)
  if (!token) return false
  const [revoked] = await inOneTransaction(db, [
    db.delete(apiTokens).where(isIt),
    auditAccess(
      accountId,
      accountId,
      { action: 'delete', about: 'API token', before: token, after: null },
      now,
    ),
  ])
  return revoked!.meta.changes > 0
}

/** Says whether the use of a token is to be noted: once a day (UTC), since each note is a write. */
export function isTokenUseDue(usedAt: number | null, now: number): boolean {
  return usedAt === null || usedAt < dayOf(now)
}

/** Notes the day on which a token was used, and no more of when. */
export async function noteTokenUse(db: Database, hash: string, now: number): Promise<void> {
  await db
    .update(apiTokens)
    .set({ usedAt: dayOf(now) })
    .where(eq(apiTokens.hash, hash))
}

function dayOf(now: number): number {
  return now - (now % DAY)
}
