import { desc } from 'drizzle-orm'
import type { Database } from './database.ts'
import { refreshes } from './app-schema.ts'

export type RefreshRecord = typeof refreshes.$inferSelect

/** Saves a refresh that ended. The same generation is saved once. */
export async function saveRefresh(db: Database, record: RefreshRecord): Promise<void> {
  await db.insert(refreshes).values(record).onConflictDoNothing()
}

/** Returns the refreshes of all portfolios, the latest finished first. */
export async function latestRefreshes(db: Database, limit: number): Promise<RefreshRecord[]> {
  return db.select().from(refreshes).orderBy(desc(refreshes.finishedAt)).limit(limit)
}
