import { and, eq, lt } from 'drizzle-orm'
import type { Database, Statement } from './database.ts'
import { idempotency } from './schema.ts'
import { DAY } from '../portfolio/time.ts'

/** Returns the stored answer to a request with this key; null when the request is new. */
export async function answerTo(db: Database, portfolioId: string, key: string): Promise<string | null> {
  const row = await db
    .select({ answer: idempotency.answer })
    .from(idempotency)
    .where(and(eq(idempotency.portfolioId, portfolioId), eq(idempotency.key, key)))
    .get()
  return row?.answer ?? null
}

/** Stores the answer to a request for a day. */
export function rememberAnswer(
  db: Database,
  portfolioId: string,
  key: string,
  answer: string,
  now: number,
): Statement[] {
  return [
    db
      .delete(idempotency)
      .where(and(eq(idempotency.portfolioId, portfolioId), lt(idempotency.at, now - DAY))),
    db
      .insert(idempotency)
      .values({ portfolioId, key, answer, at: now })
      .onConflictDoUpdate({ target: [idempotency.portfolioId, idempotency.key], set: { answer, at: now } }),
  ]
}
