import { and, asc, eq } from 'drizzle-orm'
import type { Dividend, Split } from '../portfolio/instrument.ts'
import type { Database } from './database.ts'
import { corporateActions } from './schema.ts'

/** Oldest first. */
export async function splitsOf(db: Database, symbol: string): Promise<Split[]> {
  const rows = await db
    .select()
    .from(corporateActions)
    .where(and(eq(corporateActions.symbol, symbol), eq(corporateActions.kind, 'split')))
    .orderBy(asc(corporateActions.day))
  return rows.map(asSplit)
}

/** Of a row of that kind. */
export function asSplit(row: typeof corporateActions.$inferSelect): Split {
  return { day: row.day, numerator: row.numerator!, denominator: row.denominator! }
}

/** Of a row of that kind. */
export function asDividend(row: typeof corporateActions.$inferSelect): Dividend {
  return { day: row.day, amount: Number(row.amount) }
}
