import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { tooMuch } from '../../src/coordinator/portfolio-size.ts'
import type { Transaction } from '../../src/portfolio/transaction.ts'
import { database } from '../../src/storage/database.ts'
import { portfolioById } from '../../src/storage/portfolios.ts'
import { importCsv, json, newPortfolio, send } from '../worker/app.ts'

const row = (symbol: string | null, newSymbol?: string) =>
  ({ symbol, ...(newSymbol !== undefined && { terms: { newSymbol } }) }) as Transaction
const of = (count: number) => Array.from({ length: count }, (_, i) => row(`T${i}`))

describe('a portfolio', () => {
  it('has 500 tickers, those too that shares were exchanged for', () => {
    expect(tooMuch([], of(500))).toBeNull()
    expect(tooMuch(of(500), [...of(500), row('T7'), row(null)])).toBeNull()
    const sentence = 'a portfolio has at most 500 tickers, and this would make 501'
    expect(tooMuch(of(500), of(501))).toBe(sentence)
    expect(tooMuch(of(500), [...of(500), row('T7', 'NEW')])).toBe(sentence)
  })

  it('has 100,000 transactions', () => {
    const many = Array.from({ length: 100_000 }, () => row('KO'))
    expect(tooMuch(many.slice(1), many)).toBeNull()
    expect(tooMuch(many, [...many, row('KO')])).toBe(
      'a portfolio has at most 100,000 transactions, and this would make 100,001',
    )
  })

  it('that is beyond already may be made smaller', () => {
    expect(tooMuch(of(600), of(599))).toBeNull()
    expect(tooMuch(of(600), of(601))).not.toBeNull()
  })
})

/** With the limits that all other tests are without. */
async function limited(id: string): Promise<void> {
  await runInDurableObject(env.PORTFOLIO.getByName(id), (object) => {
    const coordinator = object as unknown as { env: object }
    coordinator.env = { ...coordinator.env, LIMITS: '' }
  })
}

it('one ticker too many is refused with a sentence, whichever way it comes', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  await limited(id)
  const csv = (from: number, to: number) =>
    `Ticker,Type,Date,Price,Shares\n${Array.from({ length: to - from }, (_, i) => `T${from + i},Buy,2024-06-01,5,1`).join('\n')}\n`
  const all = await importCsv(id, csv(0, 501))
  expect([all.status, await all.text()]).toEqual([
    422,
    expect.stringContaining('at most 500 tickers, and this would make 501'),
  ])
  expect((await json(`/api/portfolios/${id}/transactions`)).transactions).toEqual([])
  expect((await importCsv(id, csv(0, 500))).status).toBe(201)
  const path = `/api/portfolios/${id}/transactions`
  const buy = { type: 'buy', date: '2024-06-02', price: '5', shares: '1' }
  expect((await send(path, { ...buy, symbol: 'T7' })).status).toBe(201)
  const more = await send(path, { ...buy, symbol: 'ONEMORE' })
  expect([more.status, await more.text()]).toEqual([422, expect.stringContaining('at most 500 tickers')])
})

it.each([
  ['portfolios', null],
  ['groups', 'group' as const],
])(
  'of two %s made at once by somebody with 19, one is the last and of the other nothing is left',
  async (_, kind) => {
    const [ownerId, like] = [
      `collector of ${String(kind)}`,
      await portfolioById(database(env.DB), await newPortfolio()),
    ]
    await env.DB.prepare('INSERT INTO owners (id, created_at) VALUES (?, 0)').bind(ownerId).run()
    const made = async (): Promise<unknown> => {
      const id = crypto.randomUUID()
      await limited(id)
      const about = { ...like!, id, ownerId, kind }
      return kind
        ? env.PORTFOLIO.getByName(id).createGroup(about, [])
        : env.PORTFOLIO.getByName(id).create(about)
    }
    for (let i = 0; i < 19; i++) await made()
    const last = await Promise.all([made(), made()])
    expect(last).toContain('full')
    expect(last).toContainEqual({ revision: expect.any(Number) as number })
    const count = (from: string) => env.DB.prepare(`SELECT count(*) n FROM ${from}`).bind(ownerId).first('n')
    expect(await count('portfolios WHERE owner_id = ?')).toBe(20)
    expect(await count("audit WHERE actor = ? AND subject = 'portfolio'")).toBe(20)
  },
)
