import { env } from 'cloudflare:workers'
import { desc, eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { inOneTransaction, isOlderDatabase, jsonPieces } from '../../src/storage/database.ts'
import { instruments, quotes } from '../../src/storage/market-schema.ts'
import { db, rows } from './sample.ts'

describe('statements in one transaction', () => {
  const insert = (id: string) => sql`INSERT INTO owners (id, created_at) VALUES (${id}, 1)`

  const accounts = async () => (await rows('owners')).map(({ id }) => id).filter((id) => id !== 'owner')

  it('are all carried out', async () => {
    await inOneTransaction(db(), [insert('ann'), insert('bob')])
    expect(await accounts()).toEqual(expect.arrayContaining(['ann', 'bob']))
  })

  it('or none of them, when the last one fails', async () => {
    await inOneTransaction(db(), [insert('dan')])
    await expect(inOneTransaction(db(), [insert('cid'), insert('dan')])).rejects.toThrow('UNIQUE')
    expect(await accounts()).not.toContain('cid')
  })

  it('may be none at all', async () => {
    const before = await accounts()
    await inOneTransaction(db(), [])
    expect(await accounts()).toEqual(before)
  })
})

describe('a statement', () => {
  it('that names a column which is not there fails, and reads no name of a column as a text', async () => {
    // as on a database that is older than the code; SQLite itself would answer the text later
    const failed = await db()
      .all(sql`SELECT "later" FROM owners`)
      .catch((error: unknown) => error)
    expect(isOlderDatabase(failed)).toBe(true)
  })

  it('keeps the double quotes within its texts', async () => {
    expect(await db().all(sql`SELECT '{"a":"b"}' ->> '$.a' AS "c"`)).toEqual([{ c: 'b' }])
  })

  it('of two tables answers both columns of one name, in order', async () => {
    await inOneTransaction(db(), [
      sql`INSERT INTO quotes (symbol, price, currency, at, fetched_at) VALUES ('B', '2', 'USD', 1, 1), ('A', '1', 'EUR', 1, 1)`,
      sql`INSERT INTO instruments (symbol, name, currency, kind, exchange, time_zone)
        VALUES ('A', 'a', 'GBP', 'equity', '', ''), ('B', 'b', 'CHF', 'equity', '', '')`,
    ])
    const found = await db()
      .select({ quoted: quotes.currency, listed: instruments.currency, symbol: quotes.symbol })
      .from(quotes)
      .innerJoin(instruments, eq(instruments.symbol, quotes.symbol))
      .orderBy(desc(quotes.symbol))
      .limit(2)
    expect(found).toEqual([
      { quoted: 'USD', listed: 'CHF', symbol: 'B' },
      { quoted: 'EUR', listed: 'GBP', symbol: 'A' },
    ])
  })
})

describe('rows as JSON parameters', () => {
  const bytes = (text: string) => new TextEncoder().encode(text).length

  it('none make no parameter', () => {
    expect(jsonPieces([])).toEqual([])
  })

  it('keep their order and their number over all pieces', () => {
    const many = Array.from({ length: 4_500 }, (_, i) => [i, `row ${i}`])
    const pieces = jsonPieces(many)
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.flatMap((piece) => JSON.parse(piece) as unknown[])).toEqual(many)
  })

  it('stay below the 2 MB that D1 takes, however long their notes are', () => {
    const many = Array.from({ length: 2_000 }, (_, i) => [i, '€'.repeat(1_000)])
    const pieces = jsonPieces(many)
    expect(Math.max(...pieces.map(bytes))).toBeLessThan(2_000_000)
    expect(pieces.flatMap((piece) => JSON.parse(piece) as unknown[])).toEqual(many)
  })
})

it('D1 here refuses what the real one refuses: more than 100 parameters', async () => {
  const many = Array.from({ length: 101 }, (_, i) => i)
  const marks = many.map(() => '?').join(',')
  await expect(
    env.DB.prepare(`SELECT 1 IN (${marks})`)
      .bind(...many)
      .all(),
  ).rejects.toThrow('too many SQL variables')
})
