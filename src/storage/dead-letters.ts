import { and, asc, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { deadLetters } from './app-schema.ts'

export type DeadLetter = typeof deadLetters.$inferSelect

/** Saves a dead letter. The same id is saved once, however often the queue delivers it. */
export async function saveDeadLetter(db: Database, letter: DeadLetter): Promise<void> {
  await db.insert(deadLetters).values(letter).onConflictDoNothing()
}

/** Returns dead letters, those that still wait first and then the newest, and the counts of all and of the waiting. */
export async function listDeadLetters(
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

/** Returns one dead letter; null when none has that id. */
export async function deadLetterOf(db: Database, id: string): Promise<DeadLetter | null> {
  return (await db.select().from(deadLetters).where(eq(deadLetters.id, id)).get()) ?? null
}

/** Returns the dead letters that nobody has sent again, oldest first. */
export async function deadLettersWaiting(db: Database, limit: number): Promise<DeadLetter[]> {
  return db
    .select()
    .from(deadLetters)
    .where(isNull(deadLetters.resentAt))
    .orderBy(asc(deadLetters.at))
    .limit(limit)
}

/**
 * Marks dead letters as sent again, and returns those that were not marked before. When two callers do this at the
 * same time, each letter is returned to one of them, and that one sends it.
 */
export async function markResent(db: Database, ids: readonly string[], now: number): Promise<DeadLetter[]> {
  return db
    .update(deadLetters)
    .set({ resentAt: now })
    .where(and(isAmong(ids), isNull(deadLetters.resentAt)))
    .returning()
}

/** Takes the mark back, so that the letters wait again. */
export async function unmarkResent(db: Database, ids: readonly string[]): Promise<void> {
  await db.update(deadLetters).set({ resentAt: null }).where(isAmong(ids))
}

function isAmong(ids: readonly string[]): SQL {
  return sql`${deadLetters.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`
}
