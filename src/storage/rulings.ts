import { eq, sql } from 'drizzle-orm'
import type { Day } from '../portfolio/day.ts'
import type { Bar, Split } from '../portfolio/instrument.ts'
import { type Database, inOneTransaction, type Statement } from './database.ts'
import { asSplit } from './corporate-actions.ts'
import { corporateActions, quotes } from './market-schema.ts'

/** What of the source's history of a symbol is not believed: by the owner's word, or by a verdict. */
export type NotBelieved = {
  /** Splits that the owner has dismissed, oldest first. */
  dismissed: Split[]
  /** Bars that are left out, oldest first. */
  left: Bar[]
  /** Why the latest prices seem to be another company's; null when they do not. */
  otherCompany: string | null
}

/** Returns what of a symbol's history is not believed. */
export async function notBelieved(db: Database, symbol: string): Promise<NotBelieved> {
  const [rows, [quote]] = await db.batch([
    db
      .select()
      .from(corporateActions)
      .where(
        sql`${corporateActions.symbol} = ${symbol} AND ${corporateActions.kind} IN ('no_split', 'left_out')`,
      )
      .orderBy(corporateActions.day),
    db.select({ held: quotes.held }).from(quotes).where(eq(quotes.symbol, symbol)),
  ])
  const of = (kind: 'no_split' | 'left_out') => rows.filter((row) => row.kind === kind)
  return {
    dismissed: of('no_split').map(asSplit),
    otherCompany: quote?.held?.isOtherCompany ? quote.held.reason : null,
    left: of('left_out').map(({ day, amount }) => ({ day, close: Number(amount) })),
  }
}

/** Dismisses a split of the source. Returns false when no split of that day is stored. */
export async function dismissSplit(db: Database, symbol: string, day: Day): Promise<boolean> {
  const [inserted] = await inOneTransaction(db, dismissal(symbol, day))
  return inserted!.meta.changes > 0
}

/** Notes that a split of the source is none, and that the symbol's whole history is to be asked for anew. */
export function dismissal(symbol: string, day: Day): Statement[] {
  return [
    sql`
      INSERT INTO corporate_actions (symbol, day, kind, numerator, denominator, amount)
      SELECT symbol, day, 'no_split', numerator, denominator, NULL FROM corporate_actions
      WHERE symbol = ${symbol} AND day = ${day} AND kind = 'split'
      ON CONFLICT DO NOTHING`,
    askAnew(symbol),
  ]
}

/** Takes a dismissal back. Returns false when there is none of that day. */
export async function restoreSplit(db: Database, symbol: string, day: Day): Promise<boolean> {
  const [deleted] = await inOneTransaction(db, [
    sql`DELETE FROM corporate_actions WHERE symbol = ${symbol} AND day = ${day} AND kind = 'no_split'`,
    askAnew(symbol),
  ])
  return deleted!.meta.changes > 0
}

/**
 * Notes on a day that the company behind a ticker is the one whose prices are stored, and that the symbol's whole
 * history is to be asked for anew. Returns false when it was said on that day already.
 */
export async function sayTheSame(db: Database, symbol: string, day: Day): Promise<boolean> {
  const [inserted] = await inOneTransaction(db, [
    sql`INSERT INTO corporate_actions (symbol, day, kind) VALUES (${symbol}, ${day}, 'same') ON CONFLICT DO NOTHING`,
    sql`UPDATE quotes SET held = NULL WHERE symbol = ${symbol}`,
    askAnew(symbol),
  ])
  return inserted!.meta.changes > 0
}

/** The stored history stays until the next one comes, which is asked for whole and at once. */
function askAnew(symbol: string): Statement {
  return sql`UPDATE histories SET from_day = NULL, retry_at = NULL, refused_from = NULL WHERE symbol = ${symbol}`
}
