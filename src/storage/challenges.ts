import { eq, lt } from 'drizzle-orm'
import { challenges } from './access-schema.ts'
import { type Database, inOneTransaction } from './database.ts'

export type Challenge = typeof challenges.$inferSelect

/** How long somebody may take to touch their authenticator, in milliseconds. */
export const ANSWERED_WITHIN = 5 * 60_000

/** Stores what an authenticator is to sign; those that nobody has answered in time are deleted with it. */
export async function saveChallenge(
  db: Database,
  challenge: Omit<Challenge, 'expiresAt'>,
  now: number,
): Promise<void> {
  await inOneTransaction(db, [
    db.delete(challenges).where(lt(challenges.expiresAt, now)),
    db.insert(challenges).values({ ...challenge, expiresAt: now + ANSWERED_WITHIN }),
  ])
}

/** Takes the challenge of a cookie, by its hash, for good. Null when there is none, or it is too old at `now`. */
export async function takeChallenge(db: Database, hash: string, now: number): Promise<Challenge | null> {
  const [taken] = await db.delete(challenges).where(eq(challenges.hash, hash)).returning()
  return taken && taken.expiresAt > now ? taken : null
}
