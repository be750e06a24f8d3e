import { asc, sql } from 'drizzle-orm'
import type { Day } from '../portfolio/day.ts'
import type { Bar, Instrument } from '../portfolio/instrument.ts'
import { unpacked } from './bars.ts'
import { type Database, inSymbols, type Statement } from './database.ts'
import { bars, gaps, instruments } from './schema.ts'

/** A symbol's stored bars, oldest first, and the sessions of which the source has none. */
type StoredBars = { instrument: Instrument; bars: Bar[]; missingAtSource: Day[] }

/** Of these symbols the bars of those that have not been looked through since an instant, the longest ago first. */
export async function barsToCheck(
  db: Database,
  symbols: readonly string[],
  since: number,
  most: number,
): Promise<StoredBars[]> {
  const rows = await db
    .select({ instrument: instruments, missingAtSource: gaps.lacking })
    .from(instruments)
    .leftJoin(gaps, sql`${gaps.symbol} = ${instruments.symbol}`)
    .where(sql`${inSymbols(instruments.symbol, symbols)} AND coalesce(${gaps.checkedAt}, 0) < ${since}`)
    .orderBy(sql`coalesce(${gaps.checkedAt}, 0)`, asc(instruments.symbol))
    .limit(most)
  const chosen = rows.map(({ instrument }) => instrument.symbol)
  const years = await db
    .select()
    .from(bars)
    .where(inSymbols(bars.symbol, chosen))
    .orderBy(asc(bars.symbol), asc(bars.year))
  return rows.map(({ instrument, missingAtSource }) => ({
    instrument,
    bars: years
      .filter(({ symbol }) => symbol === instrument.symbol)
      .flatMap(({ year, closes }) => unpacked(year, closes)),
    missingAtSource: missingAtSource ?? [],
  }))
}

/** Their bars have been looked through. */
export async function noteChecked(db: Database, symbols: readonly string[], now: number): Promise<void> {
  await db.run(sql`
    INSERT INTO gaps (symbol, checked_at, lacking)
    SELECT value, ${now}, '[]' FROM json_each(${JSON.stringify(symbols)}) WHERE true
    ON CONFLICT (symbol) DO UPDATE SET checked_at = excluded.checked_at`)
}

/** What was asked for from a day on is known anew from there. */
export function addLacking(symbol: string, from: Day, lacking: readonly Day[]): Statement {
  const days = JSON.stringify(lacking)
  return sql`
    INSERT INTO gaps (symbol, lacking) VALUES (${symbol}, ${days})
    ON CONFLICT (symbol) DO UPDATE SET lacking = (
      SELECT json_group_array(value) FROM (
        SELECT value FROM json_each(gaps.lacking) WHERE value < ${from} UNION ALL SELECT value FROM json_each(${days})
      ))
    WHERE gaps.lacking <> ${days}`
}
