import { gte, min, type SQL, sql, sum } from 'drizzle-orm'
import type { Day } from '../portfolio/day.ts'
import type { Database } from './database.ts'
import { counters } from './app-schema.ts'

/** Adds counts, by name, to those of a day (UTC). */
export function countsAdded(day: Day, counts: ReadonlyMap<string, number>): SQL {
  const rows = JSON.stringify([...counts])
  return sql`
    INSERT INTO counters (day, name, count)
    SELECT ${day}, value->>0, value->>1 FROM json_each(${rows}) WHERE true
    ON CONFLICT (day, name) DO UPDATE SET count = count + excluded.count`
}

/** Returns the counts since a day, by name, with the first day that has any. */
export async function countsFrom(
  db: Database,
  from: Day,
): Promise<{ name: string; count: number; since: Day }[]> {
  const rows = await db
    .select({ name: counters.name, count: sum(counters.count).mapWith(Number), since: min(counters.day) })
    .from(counters)
    .where(gte(counters.day, from))
    .groupBy(counters.name)
  return rows.map((row) => ({ ...row, since: row.since! }))
}
