import { eq, sql } from 'drizzle-orm'
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
 * Makes the first account the one that runs the instance, under that name. It changes no row when the instance has been
 * claimed already, so that of two claims at once one counts.
 */
export function claim(db: Database, name: string, now: number): Statement {
  return sql`
    INSERT INTO owners (id, created_at, name, is_admin)
    SELECT ${FIRST}, ${now}, ${name}, 1 WHERE NOT EXISTS (SELECT 1 FROM owners WHERE is_admin = 1)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, is_admin = 1`
}

/** Returns an account; null when there is none. */
export async function accountById(db: Database, id: string): Promise<Account | null> {
  return (await db.select().from(owners).where(eq(owners.id, id)).get()) ?? null
}

export function renameAccount(db: Database, id: string, name: string): Statement {
  return db.update(owners).set({ name }).where(eq(owners.id, id))
}
