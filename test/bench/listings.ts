import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isSession } from '../../src/market/hours/trading-hours.ts'
import { addDays, dayAt, dayNumber, type Day } from '../../src/portfolio/day.ts'
import type { D1 } from './responses.ts'
import { type Dice, dice } from './random-portfolio.ts'

export const YEARS = 3
const benchmarks = ['VOO', 'QQQ']

export const listed = (count: number) => Array.from({ length: count }, (_, i) => `S${i}`)

/** Puts so many invented symbols and the two benchmarks into D1 as if their histories had just been fetched. */
export async function list(
  db: Pick<D1, 'prepare'>,
  count: number,
  now: number,
  years = YEARS,
): Promise<void> {
  const days = sessions(now, years)
  const chance = dice(count)
  const symbols = [...benchmarks, ...listed(count)]
  const walks = symbols.map((symbol) => ({ symbol, closes: walk(days, chance) }))
  const insert = (table: string, columns: string, rows: unknown[][]) =>
    db
      .prepare(
        `INSERT INTO ${table} (${columns}) SELECT ${columns
          .split(',')
          .map((_, i) => `value->>${i}`)
          .join(',')} FROM json_each(?)`,
      )
      .bind(JSON.stringify(rows))
      .run()
  await insert(
    'instruments',
    'symbol,name,currency,kind,exchange,time_zone',
    symbols.map((symbol) => [symbol, `${symbol} Incorporated`, 'USD', 'equity', 'NYSE', 'America/New_York']),
  )
  await insert(
    'histories',
    'symbol,from_day,to_day,fetched_at',
    symbols.map((symbol) => [symbol, `${days[0]!.slice(0, 4)}-01-01`, days.at(-1), now]),
  )
  await insert(
    'quotes',
    'symbol,price,currency,previous_close,at,fetched_at',
    walks.map(({ symbol, closes }) => [
      symbol,
      (closes.at(-1)! * 1.01).toFixed(2),
      'USD',
      closes.at(-1)!.toFixed(2),
      now,
      now,
    ]),
  )
  for (const year of new Set(days.map((day) => day.slice(0, 4)))) {
    const first = dayNumber(`${year}-01-01`)
    const own = days.flatMap((day, i) => (day.startsWith(year) ? [i] : []))
    for (let from = 0; from < walks.length; from += 200) {
      const rows = walks.slice(from, from + 200).map(({ symbol, closes }) => {
        const packed = own.map((i) => [dayNumber(days[i]!) - first + 1, closes[i]])
        return [symbol, Number(year), JSON.stringify(packed)]
      })
      await insert('bars', 'symbol,year,closes', rows)
    }
  }
}

/** A folder of the same symbols as a stand-in for Yahoo serves them (test/yahoo/folder.ts). */
export function marketFolder(count: number, now: number, years = YEARS, kind = 'equity'): string {
  const days = sessions(now, years)
  const chance = dice(count)
  const folder = mkdtempSync(join(tmpdir(), 'yardstick-bench-'))
  for (const symbol of [...benchmarks, ...listed(count)]) {
    const closes = walk(days, chance).map((close, i) => [days[i], close])
    const exchange = kind === 'crypto' ? 'UTC' : 'America/New_York'
    const own = { symbol, name: `${symbol} Incorporated`, kind, currency: 'USD', exchange }
    writeFileSync(
      join(folder, `${symbol}.json`),
      JSON.stringify({ ...own, splits: [], dividends: [], closes }),
    )
  }
  return folder
}

/** A statement that buys each symbol three times over the years and sells a little: so many are held today. */
export function statement(count: number, now: number): string {
  const days = sessions(now, YEARS).slice(40)
  const chance = dice(count)
  const rows = listed(count).flatMap((symbol) => {
    const at = [0, 1, 2].map((third) => days[Math.floor(((third + chance()) * days.length) / 3)]!)
    const price = () => (20 + 300 * chance()).toFixed(2)
    return [
      ...at.map((day) => `${symbol},Buy,${day},${price()},${(1 + 40 * chance()).toFixed(4)}`),
      `${symbol},Sell,${days.at(-1)},${price()},0.5`,
    ]
  })
  return `Ticker,Type,Date,Price,Shares\n${rows.join('\n')}\n`
}

/** A statement of so many trades spread evenly over the years: half a day's shares of one symbol are sold at most. */
export function trades(count: number, symbols: number, now: number, years: number): string {
  const days = sessions(now, years).slice(10)
  const chance = dice(count)
  const held = new Map<string, number>()
  const rows = Array.from({ length: count }, (_, i) => {
    const symbol = i < symbols ? `S${i}` : `S${Math.floor(chance() * symbols)}`
    const before = held.get(symbol) ?? 0
    const isSale = before > 4 && chance() < 0.3
    const shares = 1 + Math.floor(chance() * (isSale ? before / 2 : 40))
    held.set(symbol, before + (isSale ? -shares : shares))
    const day = days[Math.floor((i * days.length) / count)]!
    return `${symbol},${isSale ? 'Sell' : 'Buy'},${day},${(20 + 300 * chance()).toFixed(2)},${shares}`
  })
  return `Ticker,Type,Date,Price,Shares\n${rows.join('\n')}\n`
}

/** New York's sessions from a New Year on, up to yesterday. */
function sessions(now: number, years: number): Day[] {
  const today = dayAt(now, 'America/New_York')
  const days: Day[] = []
  for (let day = `${Number(today.slice(0, 4)) - years}-01-01`; day < today; day = addDays(day, 1))
    if (isSession(day)) days.push(day)
  return days
}

function walk(days: readonly Day[], chance: Dice): number[] {
  let close = 20 + 300 * chance()
  return days.map(() => {
    close *= 1 + 0.03 * (chance() - 0.49)
    return Number(close.toFixed(2))
  })
}
