import { desc } from 'drizzle-orm'
import type { Database } from './database.ts'
import { refreshes } from './schema.ts'

export type RefreshRecord = typeof refreshes.$inferSelect

/** Once, however often it is told. */
export async function saveRefresh(db: Database, record: RefreshRecord): Promise<void> {
  await db.insert(refreshes).values(record).onConflictDoNothing()
}

/** Of all portfolios, the latest finished first. */
export async function latestRefreshes(db: Database, limit: number): Promise<RefreshRecord[]> {
  return db.select().from(refreshes).orderBy(desc(refreshes.finishedAt)).limit(limit)
}
