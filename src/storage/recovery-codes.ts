import { and, eq, isNull, sql } from 'drizzle-orm'
import { auditAccess } from './access-audit.ts'
import { recoveryCodes } from './access-schema.ts'
import type { Database, Statement } from './database.ts'

/**
 * Gives an account these recovery codes, by their hashes, in place of those that it had. It changes nothing where there is
 * no such account.
 */
export function replaceCodes(
  db: Database,
  accountId: string,
  hashes: readonly string[],
  now: number,
): Statement[] {
  return [
    db.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId)),
    sql`
      INSERT INTO recovery_codes (hash, account_id)
      SELECT value, owners.id FROM json_each(${JSON.stringify(hashes)}) CROSS JOIN owners ON owners.id = ${accountId}`,
    auditAccess(
      accountId,
      accountId,
      { action: 'create', about: 'recovery codes', before: null, after: {} },
      now,
    ),
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
