import { and, eq, lt } from 'drizzle-orm'
import type { Database, Statement } from './database.ts'
import { idempotency } from './app-schema.ts'
import { DAY } from '../portfolio/time.ts'

/** What was asked with a key, as a hash, and the answer to it. The hash is null in rows of before it was kept. */
export type Answered = { request: string | null; answer: string }

/** Returns the stored answer to a request with this key; null when the key is new. */
export async function answerTo(db: Database, portfolioId: string, key: string): Promise<Answered | null> {
  const row = await db
    .select({ request: idempotency.request, answer: idempotency.answer })
    .from(idempotency)
    .where(and(eq(idempotency.portfolioId, portfolioId), eq(idempotency.key, key)))
    .get()
  return row ?? null
}

/** Stores the answer to a request for a day. */
export function rememberAnswer(
  db: Database,
  portfolioId: string,
  key: string,
  answered: Answered,
  now: number,
): Statement[] {
  return [
    db
      .delete(idempotency)
      .where(and(eq(idempotency.portfolioId, portfolioId), lt(idempotency.at, now - DAY))),
    db
      .insert(idempotency)
      .values({ portfolioId, key, ...answered, at: now })
      .onConflictDoUpdate({
        target: [idempotency.portfolioId, idempotency.key],
        set: { ...answered, at: now },
      }),
  ]
}

/** Returns what a request is known by: its SHA-256 in hexadecimal. */
export async function hashOf(request: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(request))
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
