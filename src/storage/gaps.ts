import { and, asc, eq, sql } from 'drizzle-orm'
import type { Day } from '../portfolio/day.ts'
import type { Bar, Instrument, Split } from '../portfolio/instrument.ts'
import { isReadable, unpacked } from './bars.ts'
import { type Database, inSymbols, type Statement } from './database.ts'
import { asSplit } from './corporate-actions.ts'
import { bars, corporateActions, gaps, instruments } from './market-schema.ts'

/**
 * The stored bars and splits of a symbol, oldest first, the sessions for which the source has no bar, and the first day
 * whose bars cannot be read.
 */
type StoredBars = {
  instrument: Instrument
  bars: Bar[]
  splits: Split[]
  missingAtSource: Day[]
  unreadableFrom: Day | null
}

/** Returns the bars of those symbols that were not checked for gaps since an instant, the longest ago first. */
export async function barsToCheck(
  db: Database,
  symbols: readonly string[],
  since: number,
  most: number,
): Promise<StoredBars[]> {
  const rows = await db
    .select({ instrument: instruments, missingAtSource: gaps.missingAtSource })
    .from(instruments)
    .leftJoin(gaps, sql`${gaps.symbol} = ${instruments.symbol}`)
    .where(sql`${inSymbols(instruments.symbol, symbols)} AND coalesce(${gaps.checkedAt}, 0) < ${since}`)
    .orderBy(sql`coalesce(${gaps.checkedAt}, 0)`, asc(instruments.symbol))
    .limit(most)
  const chosen = rows.map(({ instrument }) => instrument.symbol)
  const [years, splits] = await db.batch([
    db.select().from(bars).where(inSymbols(bars.symbol, chosen)).orderBy(asc(bars.symbol), asc(bars.year)),
    db
      .select()
      .from(corporateActions)
      .where(and(inSymbols(corporateActions.symbol, chosen), eq(corporateActions.kind, 'split'))),
  ])
  return rows.map(({ instrument, missingAtSource }) => {
    const own = years.filter(({ symbol }) => symbol === instrument.symbol)
    const unreadable = own.find(({ closes }) => !isReadable(closes))
    return {
      instrument,
      bars: own.flatMap(({ year, closes }) => unpacked(year, closes)),
      splits: splits.filter(({ symbol }) => symbol === instrument.symbol).map(asSplit),
      missingAtSource: missingAtSource ?? [],
      unreadableFrom: unreadable ? `${unreadable.year}-01-01` : null,
    }
  })
}

/** Notes that the bars of these symbols have been checked for gaps. */
export async function noteChecked(db: Database, symbols: readonly string[], now: number): Promise<void> {
  await db.run(sql`
    INSERT INTO gaps (symbol, checked_at, lacking)
    SELECT value, ${now}, '[]' FROM json_each(${JSON.stringify(symbols)}) WHERE true
    ON CONFLICT (symbol) DO UPDATE SET checked_at = excluded.checked_at`)
}

/** Saves the sessions for which the source has no bar. From the day `from` on they replace the saved ones. */
export function saveMissingAtSource(symbol: string, from: Day, missing: readonly Day[]): Statement {
  const days = JSON.stringify(missing)
  return sql`
    INSERT INTO gaps (symbol, lacking) VALUES (${symbol}, ${days})
    ON CONFLICT (symbol) DO UPDATE SET lacking = (
      SELECT json_group_array(value) FROM (
        SELECT value FROM json_each(iif(json_valid(gaps.lacking), gaps.lacking, '[]')) WHERE value < ${from} UNION ALL SELECT value FROM json_each(${days})
      ))
    WHERE gaps.lacking <> ${days}`
}
