import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { inOneTransaction, jsonPieces } from '../../src/storage/database.ts'
import { db, rows } from './sample.ts'

describe('statements in one transaction', () => {
  const insert = (id: string) => sql`INSERT INTO owners (id, created_at) VALUES (${id}, 1)`

  it('are all carried out', async () => {
    await inOneTransaction(db(), [insert('ann'), insert('bob')])
    expect(await rows('owners')).toEqual([
      { id: 'ann', created_at: 1 },
      { id: 'bob', created_at: 1 },
    ])
  })

  it('or none of them, when the last one fails', async () => {
    await expect(inOneTransaction(db(), [insert('cid'), insert('ann')])).rejects.toThrow('UNIQUE')
    expect((await rows('owners')).map((row) => row.id)).not.toContain('cid')
  })

  it('may be none at all', async () => {
    await inOneTransaction(db(), [])
    expect(await rows('owners')).toHaveLength(2)
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
