import { and, eq, sql } from 'drizzle-orm'
import { auditAccess } from './access-audit.ts'
import { passkeys } from './access-schema.ts'
import { type Database, inOneTransaction } from './database.ts'

export type Passkey = typeof passkeys.$inferSelect

/** The most passkeys that an account has. */
export const MOST_PASSKEYS = 20

/** Adds a passkey to an account. False when the account has as many as it may, or somebody has this one. */
export async function addPasskey(
  db: Database,
  passkey: Omit<Passkey, 'createdAt' | 'usedAt' | 'doubtedAt'>,
  now: number,
): Promise<boolean> {
  const { id, accountId, publicKey, counter, transports, name } = passkey
  const [added] = await inOneTransaction(db, [
    sql`
      INSERT INTO passkeys (id, account_id, public_key, counter, transports, name, created_at)
      SELECT ${id}, ${accountId}, ${publicKey}, ${counter}, ${transports}, ${name}, ${now}
      WHERE (SELECT count(*) FROM passkeys WHERE account_id = ${accountId}) < ${MOST_PASSKEYS}
      ON CONFLICT (id) DO NOTHING`,
    auditAccess(
      accountId,
      accountId,
      { action: 'create', about: 'passkey', before: null, after: { note: name } },
      now,
    ),
  ])
  return added!.meta.changes > 0
}

/** Returns a passkey by the id of its credential; null when nobody has it. */
export async function passkeyById(db: Database, id: string): Promise<Passkey | null> {
  return (await db.select().from(passkeys).where(eq(passkeys.id, id)).get()) ?? null
}

/** Returns the passkeys of an account, oldest first. */
export async function passkeysOf(db: Database, accountId: string): Promise<Passkey[]> {
  const all = await db.select().from(passkeys).where(eq(passkeys.accountId, accountId))
  return all.toSorted((a, b) => a.createdAt - b.createdAt)
}

/**
 * Notes that a passkey has signed, with the authenticator's count of its signatures. False when the count has not grown:
 * then there is a copy of it (WebAuthn, section 6.1.1), and the passkey is marked. Authenticators that do not count say 0.
 */
export async function notePasskeyUse(
  db: Database,
  id: string,
  counter: number,
  now: number,
): Promise<boolean> {
  const isGrowing = sql`(counter < ${counter} OR (counter = 0 AND ${counter} = 0))`
  const [used] = await inOneTransaction(db, [
    sql`UPDATE passkeys SET counter = ${counter}, used_at = ${now} WHERE id = ${id} AND ${isGrowing}`,
  ])
  if (used!.meta.changes > 0) return true
  await inOneTransaction(db, [db.update(passkeys).set({ doubtedAt: now }).where(eq(passkeys.id, id))])
  return false
}

/** Gives a passkey of an account a name. */
export async function renamePasskey(
  db: Database,
  accountId: string,
  id: string,
  name: string,
): Promise<boolean> {
  const [renamed] = await inOneTransaction(db, [
    db
      .update(passkeys)
      .set({ name })
      .where(and(eq(passkeys.id, id), eq(passkeys.accountId, accountId))),
  ])
  return renamed!.meta.changes > 0
}

/** Removes a passkey of an account. False for the last one of an account that could not be recovered. */
export async function removePasskey(
  db: Database,
  accountId: string,
  id: string,
  now: number,
): Promise<boolean> {
  const [removed] = await inOneTransaction(db, [
    sql`
      DELETE FROM passkeys WHERE id = ${id} AND account_id = ${accountId} AND (
        EXISTS (SELECT 1 FROM passkeys WHERE account_id = ${accountId} AND id <> ${id})
        OR EXISTS (SELECT 1 FROM recovery_codes WHERE account_id = ${accountId} AND used_at IS NULL))`,
    auditAccess(accountId, accountId, { action: 'delete', about: 'passkey', before: {}, after: null }, now),
  ])
  return removed!.meta.changes > 0
}
