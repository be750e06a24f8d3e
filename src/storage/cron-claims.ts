import { eq, sql } from 'drizzle-orm'
import type { Database, Statement } from './database.ts'
import { cronClaims } from './app-schema.ts'
import { DAY } from '../portfolio/time.ts'

/**
 * A piece of work that the cron does once for each scheduled instant: the polling of prices, the charts, or the
 * statements of brokers.
 */
export type CronWork = 'poll' | 'charts' | 'statements'

/**
 * Claims a piece of the cron's work for an instant (milliseconds) and stores a note with it. Answers true for the
 * first caller with this instant or a later one, so a cron that fires twice, or late and behind its successor, is
 * carried out once. An instant more than a day behind the stored one is accepted, because then the clock that was
 * ahead was wrong.
 */
export async function claim(db: Database, work: CronWork, at: number, note = ''): Promise<boolean> {
  const { meta } = await db.run(sql`
    INSERT INTO cron_claims (work, at, note) VALUES (${work}, ${at}, ${note})
    ON CONFLICT (work) DO UPDATE SET at = excluded.at, note = excluded.note
    WHERE excluded.at > cron_claims.at OR excluded.at < cron_claims.at - ${DAY}`)
  return meta.changes > 0
}

/** The note of the latest claim; null when the work was never claimed. */
export async function claimNote(db: Database, work: CronWork): Promise<string | null> {
  const row = await db
    .select({ note: cronClaims.note })
    .from(cronClaims)
    .where(eq(cronClaims.work, work))
    .get()
  return row?.note ?? null
}

/** Gives a claim back when the work could not be done after all. */
export async function releaseClaim(db: Database, work: CronWork, at: number): Promise<void> {
  await db.run(sql`DELETE FROM cron_claims WHERE work = ${work} AND at = ${at}`)
}

/**
 * Takes the instants out of the note of the polling (poll-plan.ts), which no longer hold once somebody opens a page or
 * needs other symbols. How far its round has come stays, or those who open pages would let none come to its end.
 */
export function resetSchedule(): Statement {
  const none = sql`json('{"allFrom":0,"quietUntil":0}')`
  return sql`UPDATE cron_claims
    SET note = json_set(json_remove(note, '$.allFrom', '$.quietUntil'), '$.round.pace', ${none})
    WHERE work = 'poll' AND json_valid(note) AND note->>'allFrom' IS NOT NULL`
}
