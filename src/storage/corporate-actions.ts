import { and, asc, eq } from 'drizzle-orm'
import type { Dividend, Split } from '../portfolio/instrument.ts'
import { type Database, inSymbols } from './database.ts'
import { corporateActions } from './market-schema.ts'

/** Returns the stored splits of a symbol, oldest first. */
export async function splitsOf(db: Database, symbol: string): Promise<Split[]> {
  const rows = await db
    .select()
    .from(corporateActions)
    .where(and(eq(corporateActions.symbol, symbol), eq(corporateActions.kind, 'split')))
    .orderBy(asc(corporateActions.day))
  return rows.map(asSplit)
}

/** Returns the stored splits of some symbols, each oldest first. A symbol without any is not in it. */
export async function splitsOfAll(db: Database, symbols: readonly string[]): Promise<Map<string, Split[]>> {
  const rows = await db
    .select()
    .from(corporateActions)
    .where(and(inSymbols(corporateActions.symbol, symbols), eq(corporateActions.kind, 'split')))
    .orderBy(asc(corporateActions.symbol), asc(corporateActions.day))
  const bySymbol = Map.groupBy(rows, ({ symbol }) => symbol)
  return new Map([...bySymbol].map(([symbol, own]) => [symbol, own.map(asSplit)]))
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
