import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { closeText, type RecordedClose } from '../../src/portfolio/track-record.ts'
import { asStranger, importCsv, json, newPortfolio, request, send, settled } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { deliver } from '../worker/queue.ts'
import { words } from '../web/page.ts'

// New York closes at 21:00Z; the charts are made at a quarter past 22
const NOON = Date.parse('2035-03-07T17:00:00Z')
const evening = (day: string) => setClock(Date.parse(`${day}T22:17:00Z`))

beforeEach(() => setClock(NOON))
afterEach(() => setClock(NOON))

async function portfolio(): Promise<string> {
  const id = await newPortfolio({ name: 'Ours' })
  const csv = 'Ticker,Type,Date,Price,Shares\nKO,Buy,2034-02-01,60,10\nKO,Buy,2035-03-06,60,10\n'
  expect((await importCsv(id, csv)).status).toBe(201)
  await settled(id)
  return id
}

type File = {
  portfolio: string
  closes: (Omit<RecordedClose, 'at'> & { at: string })[]
  transactions: { ticker: string }[]
}

const record = async (id: string): Promise<File> => json(`/portfolios/${id}/export/track-record.json`)
const closeOf = (portfolioId: string) => deliver({ kind: 'chart', portfolio: portfolioId })

/** Each row has the hash of what it says, and that of the row before it. */
async function expectSound({ portfolio: id, closes }: File): Promise<void> {
  let before = '0'.repeat(64)
  for (const { hash, ...close } of closes) {
    const text = closeText(id, { ...close, at: Date.parse(close.at) })
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
    expect([
      close.previous,
      [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    ]).toEqual([before, hash])
    before = hash
  }
}

async function correct(id: string): Promise<void> {
  const { transactions } = await json(`/api/portfolios/${id}/transactions`)
  const { id: tx, version, type, symbol, date, price } = transactions.at(-1)
  const body = { version, type, symbol, date, price, shares: '11' }
  expect((await send(`/api/portfolios/${id}/transactions/${tx}`, body, 'PUT')).status).toBe(200)
}

it('has a row for each close, once, with the index of the day and the trades that were there', async () => {
  const id = await portfolio()
  // at noon the last session is that of the day before, which was over when the portfolio was made
  await closeOf(id)
  expect((await record(id)).closes).toEqual([])
  evening('2035-03-07')
  await closeOf(id)
  await closeOf(id)
  const { closes, transactions } = await record(id)
  expect(closes).toMatchObject([
    { number: 1, day: '2035-03-07', at: '2035-03-07T22:17:00.000Z', trades: 2, prompt: 1, removed: [] },
  ])
  expect([closes[0]!.added.length, transactions.length]).toEqual([2, 2])
  const { twr } = await json(`/api/portfolios/${id}/performance`)
  expect(Number(closes[0]!.index)).toBeCloseTo(1 + twr, 8)
})

it('shows a correction in the row after it, and fills no evening in that was missed', async () => {
  const id = await portfolio()
  evening('2035-03-07')
  await closeOf(id)
  evening('2035-03-08')
  await correct(id)
  // Thursday evening nobody came; it is Saturday
  setClock(Date.parse('2035-03-10T12:00:00Z'))
  await closeOf(id)
  const file = await record(id)
  expect(file.closes.map(({ number, day, at }) => [number, day, at])).toEqual([
    [1, '2035-03-07', '2035-03-07T22:17:00.000Z'],
    [2, '2035-03-09', '2035-03-10T12:00:00.000Z'],
  ])
  expect(file.closes[1]).toMatchObject({
    trades: 2,
    added: [expect.any(String)],
    removed: [expect.any(String)],
  })
  await expectSound(file)
})

it('goes on from where it was when the database was put back', async () => {
  const id = await portfolio()
  evening('2035-03-07')
  await closeOf(id)
  const before = await record(id)
  const { results: rows } = await env.DB.prepare('SELECT * FROM transactions WHERE portfolio_id = ?')
    .bind(id)
    .all()
  evening('2035-03-08')
  await correct(id)
  await closeOf(id)
  // a backup of the evening before
  const columns = Object.keys(rows[0]!)
  await env.DB.batch([
    env.DB.prepare('DELETE FROM transactions WHERE portfolio_id = ?').bind(id),
    env.DB.prepare('DELETE FROM track_record WHERE portfolio_id = ? AND number > 1').bind(id),
    env.DB.prepare('DELETE FROM snapshots WHERE portfolio_id = ?').bind(id),
    ...rows.map((row) =>
      env.DB.prepare(
        `INSERT INTO transactions (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      ).bind(...Object.values(row)),
    ),
  ])
  evening('2035-03-09')
  await closeOf(id)
  const { closes, ...rest } = await record(id)
  expect(closes.slice(0, 1)).toEqual(before.closes)
  expect(closes[1]).toMatchObject({ number: 2, day: '2035-03-09', added: [], removed: [] })
  await expectSound({ closes, ...rest })
})

it('is what a share link says of the trades, and of a group there is none', async () => {
  const id = await portfolio()
  const made = await send(`/api/portfolios/${id}/links`, {})
  const { pathname } = new URL((await made.json<{ address: string }>()).address)
  expect(await (await asStranger(pathname)).text()).not.toContain('Recorded before')
  evening('2035-03-07')
  await closeOf(id)
  const { closes } = await record(id)
  expect(words(await (await asStranger(pathname)).text())).toContain(
    `Recorded before the results: 50% of 2 trades within 3 days, at one close since Mar 7, 2035. Later changes are recorded as such. Note this to check it later: ${closes[0]!.hash}`,
  )
  const group = await json('/api/groups', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Both', portfolios: [id] }),
  })
  await closeOf(group.id)
  expect((await request(`/portfolios/${group.id}/export/track-record.json`)).status).toBe(404)
  const { results } = await env.DB.prepare('SELECT * FROM track_record WHERE portfolio_id = ?')
    .bind(group.id)
    .all()
  expect(results).toEqual([])
})
