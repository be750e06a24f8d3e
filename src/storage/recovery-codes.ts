import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
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

/** Returns whose a recovery code is, by its hash; null when it was used before, or nobody has it. */
export async function ownerOfCode(db: Database, hash: string): Promise<string | null> {
  const [found] = await db.select().from(recoveryCodes).where(eq(recoveryCodes.hash, hash))
  return found && found.usedAt === null ? found.accountId : null
}

/** The condition that nobody has used a recovery code yet. */
export function isUnused(hash: string): SQL {
  return sql`EXISTS (SELECT 1 FROM recovery_codes WHERE hash = ${hash} AND used_at IS NULL)`
}

/** Uses a recovery code up, behind what is done on the condition that it is unused. */
export function useCode(db: Database, hash: string, now: number): Statement {
  return db
    .update(recoveryCodes)
    .set({ usedAt: now })
    .where(and(eq(recoveryCodes.hash, hash), isNull(recoveryCodes.usedAt)))
}

/** Returns how many recovery codes an account has that are not used. */
export async function unusedCodes(db: Database, accountId: string): Promise<number> {
  const all = await db.select().from(recoveryCodes).where(eq(recoveryCodes.accountId, accountId))
  return all.filter(({ usedAt }) => usedAt === null).length
}
