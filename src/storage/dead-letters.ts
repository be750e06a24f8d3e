import { and, asc, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { deadLetters } from './schema.ts'

export type DeadLetter = typeof deadLetters.$inferSelect

/** Once, however often it is delivered. */
export async function saveDeadLetter(db: Database, letter: DeadLetter): Promise<void> {
  await db.insert(deadLetters).values(letter).onConflictDoNothing()
}

/** Those that nobody has sent again, then the others, the newest first; and how many there are of both. */
export async function deadLettersKept(
  db: Database,
  limit: number,
): Promise<{ count: number; waiting: number; newest: DeadLetter[] }> {
  const [newest, count, waiting] = await Promise.all([
    db
      .select()
      .from(deadLetters)
      .orderBy(sql`${deadLetters.resentAt} IS NOT NULL`, desc(deadLetters.at))
      .limit(limit),
    db.$count(deadLetters),
    db.$count(deadLetters, isNull(deadLetters.resentAt)),
  ])
  return { count, waiting, newest }
}

/** Null when none has that id. */
export async function deadLetterOf(db: Database, id: string): Promise<DeadLetter | null> {
  return (await db.select().from(deadLetters).where(eq(deadLetters.id, id)).get()) ?? null
}

/** Those that nobody has sent again, the oldest first. */
export async function deadLettersWaiting(db: Database, limit: number): Promise<DeadLetter[]> {
  return db
    .select()
    .from(deadLetters)
    .where(isNull(deadLetters.resentAt))
    .orderBy(asc(deadLetters.at))
    .limit(limit)
}

/** Answers those that were not marked yet: of all who ask at the same time, whoever marks a letter sends it. */
export async function markResent(db: Database, ids: readonly string[], now: number): Promise<DeadLetter[]> {
  return db
    .update(deadLetters)
    .set({ resentAt: now })
    .where(and(isAmong(ids), isNull(deadLetters.resentAt)))
    .returning()
}

/** They wait again, as if nobody had tried. */
export async function unmarkResent(db: Database, ids: readonly string[]): Promise<void> {
  await db.update(deadLetters).set({ resentAt: null }).where(isAmong(ids))
}

function isAmong(ids: readonly string[]): SQL {
  return sql`${deadLetters.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`
}
