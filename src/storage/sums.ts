import { sql } from 'drizzle-orm'
import type { Database } from './database.ts'

/** How much there is of what an instance keeps. Transactions are counted up to `MOST_COUNTED`. */
export type Sums = {
  accounts: number
  portfolios: number
  members: number
  links: number
  symbols: number
  transactions: number
}

/** A count reads every row that it counts, and D1 bills them. */
export const MOST_COUNTED = 100_000

/** Returns how much there is, in one trip to D1. */
export async function sumsOf(db: Database): Promise<Sums> {
  const [sums] = await db.all<Sums>(sql`
    SELECT
      (SELECT count(*) FROM owners) AS accounts,
      (SELECT count(*) FROM portfolios WHERE deleted_at IS NULL AND kind IS NULL) AS portfolios,
      (SELECT count(*) FROM members) AS members,
      (SELECT count(*) FROM share_links) AS links,
      (SELECT count(*) FROM tracked_symbols) AS symbols,
      (SELECT count(*) FROM (SELECT 1 FROM transactions LIMIT ${MOST_COUNTED})) AS transactions`)
  return sums!
}
