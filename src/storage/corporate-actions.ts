import { and, asc, eq } from 'drizzle-orm'
import type { Dividend, Split } from '../portfolio/instrument.ts'
import type { Database } from './database.ts'
import { corporateActions } from './schema.ts'

/** Returns the stored splits of a symbol, oldest first. */
export async function splitsOf(db: Database, symbol: string): Promise<Split[]> {
  const rows = await db
    .select()
    .from(corporateActions)
    .where(and(eq(corporateActions.symbol, symbol), eq(corporateActions.kind, 'split')))
    .orderBy(asc(corporateActions.day))
  return rows.map(asSplit)
}

/** Reads a row whose kind is `split`. */
export function asSplit(row: typeof corporateActions.$inferSelect): Split {
  return { day: row.day, numerator: row.numerator!, denominator: row.denominator! }
}

/** Reads a row whose kind is `dividend`. */
export function asDividend(row: typeof corporateActions.$inferSelect): Dividend {
  const { day, amount, currency, note } = row
  return {
    day,
    amount: Number(amount),
    ...(currency !== null && { currency }),
    ...(note !== null && { note }),
  }
}
