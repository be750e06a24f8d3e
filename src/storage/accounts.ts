import { eq, sql, type SQL } from 'drizzle-orm'
import type { Database, Statement } from './database.ts'
import { owners } from './schema.ts'

export type Account = typeof owners.$inferSelect

/** The account that all portfolios belonged to before there was a sign-in; whoever claims the instance gets it. */
export const FIRST = 'owner'

/** Says whether somebody has claimed this instance: until then it shows nothing to anybody. */
export async function isClaimed(db: Database): Promise<boolean> {
  const [found] = await db.all(sql`SELECT 1 FROM owners WHERE is_admin = 1 LIMIT 1`)
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

/** Returns an account; null when there is none. */
export async function accountById(db: Database, id: string): Promise<Account | null> {
  return (await db.select().from(owners).where(eq(owners.id, id)).get()) ?? null
}

export function renameAccount(db: Database, id: string, name: string): Statement {
  return db.update(owners).set({ name }).where(eq(owners.id, id))
}
