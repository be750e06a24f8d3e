import { and, eq, isNull, sql } from 'drizzle-orm'
import { recoveryCodes } from './access-schema.ts'
import type { Database, Statement } from './database.ts'

/** Gives an account these recovery codes, by their hashes, in place of those that it had. */
export function replaceCodes(db: Database, accountId: string, hashes: readonly string[]): Statement[] {
  return [
    db.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId)),
    sql`
      INSERT INTO recovery_codes (hash, account_id)
      SELECT value, ${accountId} FROM json_each(${JSON.stringify(hashes)})`,
  ]
}

/** Uses a recovery code up, by its hash. Returns whose it is; null when it was used before, or nobody has it. */
export async function useCode(db: Database, hash: string, now: number): Promise<string | null> {
  const [used] = await db
    .update(recoveryCodes)
    .set({ usedAt: now })
    .where(and(eq(recoveryCodes.hash, hash), isNull(recoveryCodes.usedAt)))
    .returning({ accountId: recoveryCodes.accountId })
  return used?.accountId ?? null
}

/** Returns how many recovery codes an account has that are not used. */
export async function unusedCodes(db: Database, accountId: string): Promise<number> {
  const all = await db.select().from(recoveryCodes).where(eq(recoveryCodes.accountId, accountId))
  return all.filter(({ usedAt }) => usedAt === null).length
}
