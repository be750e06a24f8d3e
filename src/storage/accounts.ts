import { eq, sql, type SQL } from 'drizzle-orm'
import type { Database, Statement } from './database.ts'
import { owners } from './schema.ts'

export type Account = typeof owners.$inferSelect

/** The account that all portfolios belonged to before there was a sign-in; whoever claims the instance gets it. */
export const FIRST = 'owner'

/**
 * Says whether somebody has claimed this instance: until then it shows nothing to anybody. `byIdentity` asks for somebody
 * whom an identity provider knows, since nobody else can sign in where one does.
 */
export async function isClaimed(db: Database, byIdentity = false): Promise<boolean> {
  const known = byIdentity ? sql`AND identity IS NOT NULL` : sql``
  const [found] = await db.all(sql`SELECT 1 FROM owners WHERE is_admin = 1 ${known} LIMIT 1`)
  return found !== undefined
}

/**
 * Makes the first account the one that runs the instance, under that name and with those recovery codes, by their hashes.
 * It does nothing when the instance has been claimed already, so that of many claims at once one counts: `isClaimOf` says
 * whether it was this one.
 */
export function claim(
  db: Database,
  { name, now, codes = [] }: { name: string; now: number; codes?: readonly string[] },
): Statement[] {
  const isUnclaimed = sql`NOT EXISTS (SELECT 1 FROM owners WHERE is_admin = 1)`
  return [
    db.insert(owners).values({ id: FIRST, createdAt: now, name }).onConflictDoNothing(),
    sql`DELETE FROM recovery_codes WHERE account_id = ${FIRST} AND ${isUnclaimed}`,
    sql`
      INSERT INTO recovery_codes (hash, account_id)
      SELECT value, ${FIRST} FROM json_each(${JSON.stringify(codes)}) WHERE ${isUnclaimed}`,
    sql`UPDATE owners SET name = ${name}, is_admin = 1 WHERE id = ${FIRST} AND ${isUnclaimed}`,
  ]
}

/** The condition that the first account has this recovery code, by its hash. */
export function isClaimOf(code: string): SQL {
  return sql`EXISTS (SELECT 1 FROM recovery_codes WHERE hash = ${code})`
}

/**
 * Makes the one who runs the instance, or the first account where nobody does, whom the identity provider says is
 * `identity`. The last statement changes no row when such a person was there already.
 */
export function claimByIdentity(
  db: Database,
  { name, now, identity }: { name: string; now: number; identity: string },
): Statement[] {
  return [
    db.insert(owners).values({ id: FIRST, createdAt: now, name }).onConflictDoNothing(),
    sql`
      UPDATE OR IGNORE owners SET name = ${name}, is_admin = 1, identity = ${identity}
      WHERE id = coalesce((SELECT id FROM owners WHERE is_admin = 1 ORDER BY created_at LIMIT 1), ${FIRST})
        AND NOT EXISTS (SELECT 1 FROM owners WHERE is_admin = 1 AND identity IS NOT NULL)`,
  ]
}

/** Opens an account for somebody whom the identity provider lets through for the first time. */
export async function openByIdentity(
  db: Database,
  { identity, name }: { identity: string; name: string },
  now: number,
): Promise<void> {
  await db
    .insert(owners)
    .values({ id: crypto.randomUUID(), createdAt: now, name, identity })
    .onConflictDoNothing()
}

export function renameAccount(db: Database, id: string, name: string): Statement {
  return db.update(owners).set({ name }).where(eq(owners.id, id))
}
