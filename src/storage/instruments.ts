import { and, eq, sql } from 'drizzle-orm'
import type { Day } from '../portfolio/day.ts'
import type { Instrument, Split, StoredSymbol } from '../portfolio/instrument.ts'
import { unpacked } from './bars.ts'
import { type Database, inSymbols, type Statement } from './database.ts'
import { bars, histories, instruments, quotes } from './market-schema.ts'

/** Returns the instruments of these symbols, as far as they are known. */
export async function instrumentsOf(db: Database, symbols: readonly string[]): Promise<Instrument[]> {
  return db.select().from(instruments).where(inSymbols(instruments.symbol, symbols))
}

/** Returns, in one query, what the verdict on new prices needs. A symbol without any stored data is not in it. */
export async function knownOf(db: Database, symbols: readonly string[]): Promise<Map<string, StoredSymbol>> {
  if (symbols.length === 0) return new Map()
  const rows = await db
    .select({
      instrument: instruments,
      quote: quotes,
      fromDay: histories.fromDay,
      year: bars.year,
      last: sql<string | null>`iif(json_valid(${bars.closes}), ${bars.closes}->'$[#-1]', NULL)`,
      // one walk through the symbol's rows, dividends among them, and not one for each kind
      actions: sql<string>`(SELECT json_group_array(json_array(kind, day, numerator, denominator))
        FROM corporate_actions WHERE symbol = ${instruments.symbol} AND kind IN ('split', 'no_split', 'same'))`,
      first: sql<string | null>`(SELECT json_array(year, closes->'$[0]') FROM bars
        WHERE symbol = ${instruments.symbol} AND closes <> '[]' AND json_valid(closes) ORDER BY year LIMIT 1)`,
    })
    .from(instruments)
    .leftJoin(quotes, eq(quotes.symbol, instruments.symbol))
    .leftJoin(histories, eq(histories.symbol, instruments.symbol))
    .leftJoin(
      bars,
      and(eq(bars.symbol, instruments.symbol), sql`${bars.year} = CAST(${histories.toDay} AS INTEGER)`),
    )
    .where(inSymbols(instruments.symbol, symbols))
  return new Map(
    rows.map(({ instrument, quote, fromDay, year, last, actions, first }) => [
      instrument.symbol,
      {
        instrument,
        quote,
        fromDay,
        lastBar: year === null || last === null ? null : (unpacked(year, `[${last}]`)[0] ?? null),
        ...actionsIn(actions),
        firstBarDay: firstDayIn(first),
        held: quote?.held ?? null,
      },
    ]),
  )
}

/** Reads `[2024, [2, 100.5]]`: the year, and its first bar as it is stored. */
function firstDayIn(json: string | null): Day | null {
  if (json === null) return null
  const [year, bar] = JSON.parse(json) as [number, unknown]
  return unpacked(year, JSON.stringify([bar]))[0]?.day ?? null
}

/** Reads `[['split', '2020-08-31', 4, 1], …]`. */
function actionsIn(json: string): Pick<StoredSymbol, 'splits' | 'dismissed' | 'sameSince'> {
  const rows = JSON.parse(json) as [kind: string, day: Day, numerator: number, denominator: number][]
  const splits = (wanted: string): Split[] =>
    rows.flatMap(([kind, day, numerator, denominator]) =>
      kind === wanted ? { day, numerator, denominator } : [],
    )
  const said = rows.flatMap(([kind, day]) => (kind === 'same' ? [day] : []))
  return { splits: splits('split'), dismissed: splits('no_split'), sameSince: said.toSorted().at(-1) ?? null }
}

/** Saves instruments; one that has not changed is not written. */
export function saveInstruments(db: Database, known: readonly Instrument[]): Statement {
  const rows = known.map((i) => [i.symbol, i.name, i.currency, i.kind, i.exchange, i.timeZone, i.session])
  // only a chart says when the session is, so a quote without it leaves the stored session
  return sql`
    INSERT INTO instruments (symbol, name, currency, kind, exchange, time_zone, session)
    SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6
    FROM json_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT (symbol) DO UPDATE SET name = excluded.name, currency = excluded.currency, kind = excluded.kind,
      exchange = excluded.exchange, time_zone = excluded.time_zone,
      session = coalesce(excluded.session, instruments.session)
    WHERE excluded.name IS NOT instruments.name OR excluded.currency IS NOT instruments.currency
      OR excluded.kind IS NOT instruments.kind OR excluded.exchange IS NOT instruments.exchange
      OR excluded.time_zone IS NOT instruments.time_zone
      OR coalesce(excluded.session, instruments.session) IS NOT instruments.session`
}
