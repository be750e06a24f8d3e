import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { importCsv, json, newPortfolio, request, send, settled } from '../worker/app.ts'
import { type Market, openMarket, share } from '../worker/market.ts'
import { page, words } from './page.ts'

let market: Market

const SPUN = '2026-02-09'
const after = (day: string) => day >= SPUN

beforeAll(async () => {
  vi.setSystemTime(Date.parse('2026-03-05T15:00:00Z'))
  market = await openMarket([
    // 28.1 of 128.1 go to the shares of CHILD: the source lists 1281 for 1000, and has divided the closes before
    share('PARENT', '2025-01-02', '2026-03-04', 100, { splits: [[SPUN, 1281, 1000]] }),
    share('AGAIN', '2025-01-02', '2026-03-04', 100, { splits: [[SPUN, 1281, 1000]] }),
    share('PLAIN', '2025-01-02', '2026-03-04', 100, { splits: [[SPUN, 3, 2]] }),
    share('CHILD', SPUN, '2026-03-04', 56.2),
    share('LAST', '2025-01-02', '2026-01-30', 40),
    share('OLDT', '2025-01-02', '2026-01-30', 50, { name: 'Brick & Co.' }),
    share('NEWT', '2025-01-02', '2026-03-04', (day) => (after(day) ? 55 : 50), { name: 'Brick Co' }),
  ])
})
afterAll(async () => {
  await market.close()
  vi.useRealTimers()
})

async function holding(symbol: string, day: string, price: string): Promise<string> {
  const id = await newPortfolio({ benchmarks: [] })
  await importCsv(id, `Ticker,Type,Date,Price,Shares\n${symbol},Buy,${day},${price},10\n`)
  await settled(id)
  return id
}

async function press(path: string, fields: Record<string, string>): Promise<Response> {
  return request(path, { method: 'POST', body: new URLSearchParams(fields) })
}

const shares = async (id: string): Promise<Record<string, string>> => {
  const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
  return Object.fromEntries(holdings.map((row: Record<string, string>) => [row.symbol, row.shares]))
}
const warnings = async (id: string): Promise<string[]> =>
  (await json(`/api/dashboard-initial-data?portfolio_id=${id}`)).warnings

describe('a split with the ratio of a spin-off', () => {
  it('is asked about, and booked as one with the shares that arrived', async () => {
    const id = await holding('PARENT', '2025-03-03', '128.1')
    const path = `/portfolios/${id}/instruments/PARENT`
    expect((await warnings(id)).join()).toContain(
      `PARENT: the source lists a split of 1281 for 1000 on ${SPUN}, which is how it lists spin-offs.`,
    )
    const asked = await page(path)
    expect(words(asked)).toContain('lists a split of 1,281 for 1,000 on Feb 9, 2026')
    // 281/1281 of the price left
    expect(asked).toContain('name="cost_share" value="0.2194"')
    const answer = { proposal: `PARENT@${SPUN}`, answer: 'spin_off', shares: '5', cost_share: '0.2194' }
    const unknown = await press(`${path}/proposals`, { ...answer, new_symbol: 'NOCHILD' })
    expect(unknown.status).toBe(422)
    expect(words(await unknown.text())).toContain('knows no NOCHILD.')
    // 10 shares were bought for 1,281; CHILD takes 0.2194 of it. Nobody has a price of it yet, so it counts at its cost
    const shown = words(
      await page(`${path}/proposals?${new URLSearchParams({ ...answer, new_symbol: 'child' })}`),
    )
    expect(shown).toContain('PARENT: shares 12.81 10')
    expect(shown).toContain('PARENT: cost $1,281.00 $999.95')
    expect(shown).toContain('CHILD: cost $0.00 $281.05')
    expect(shown).toContain('Nothing is booked yet.')
    expect(await shares(id)).toEqual({ PARENT: '12.81' })
    expect((await press(`${path}/proposals`, { ...answer, new_symbol: 'child' })).status).toBe(303)
    await settled(id)
    expect(await shares(id)).toEqual({ PARENT: '10', CHILD: '5' })
    expect((await warnings(id)).join()).not.toContain('spin-offs')
    expect(words(await page(path))).not.toContain('Was this a spin-off?')
    // pressed twice it is booked once
    expect((await press(`${path}/proposals`, { ...answer, new_symbol: 'child' })).status).toBe(303)
    expect(await shares(id)).toEqual({ PARENT: '10', CHILD: '5' })
  })

  it('is dismissed for the whole instance together with the row, or not at all', async () => {
    const id = await holding('AGAIN', '2025-03-03', '128.1')
    const answer = { proposal: `AGAIN@${SPUN}`, answer: 'spin_off', shares: '5', cost_share: '0.2194' }
    const dismissed = () =>
      env.DB.prepare("SELECT count(*) FROM corporate_actions WHERE symbol = 'AGAIN' AND kind = 'no_split'")
    // the row cannot be written, as where the object is killed before
    await env.DB.prepare(
      "CREATE TRIGGER no_row BEFORE INSERT ON transactions BEGIN SELECT RAISE(ABORT, 'no row'); END",
    ).run()
    const sent = press(`/portfolios/${id}/instruments/AGAIN/proposals`, { ...answer, new_symbol: 'CHILD' })
    const { status } = await sent.finally(() => env.DB.prepare('DROP TRIGGER no_row').run())
    expect([status, await dismissed().first('count(*)')]).toEqual([500, 0])
    expect(await shares(id)).toEqual({ AGAIN: '12.81' })
  })

  it('stays a split where it was one', async () => {
    const id = await holding('AGAIN', '2025-03-03', '128.1')
    const path = `/portfolios/${id}/instruments/AGAIN`
    expect((await press(`${path}/proposals`, { proposal: `AGAIN@${SPUN}`, answer: 'split' })).status).toBe(
      303,
    )
    await settled(id)
    expect(await shares(id)).toEqual({ AGAIN: '12.81' })
    expect(words(await page(path))).not.toContain('Was this a spin-off?')
  })

  it('is not asked about where its ratio is plain, or nothing was held', async () => {
    expect(await warnings(await holding('PLAIN', '2025-03-03', '150'))).toEqual([])
    expect(await warnings(await holding('AGAIN', '2026-02-10', '100'))).toEqual([])
  })
})

it('a company that is no longer quoted is offered the ticker that the source has under its name', async () => {
  const id = await holding('OLDT', '2025-03-03', '50')
  const path = `/portfolios/${id}/instruments/OLDT`
  expect(await page(path)).toContain(`hx-get="${path}/new-tickers"`)
  const offered = await page(`${path}/new-tickers`)
  expect(words(offered)).toContain('OLDT is now NEWT')
  expect((await press(`${path}/rename`, { to: 'NEWT' })).status).toBe(303)
  await settled(id)
  expect(await shares(id)).toEqual({ NEWT: '10' })
})

describe('shares that nobody quotes any more', () => {
  const gone = { proposal: 'LAST@2026-02-02' }
  const propose = async (id: string): Promise<{ proposals: { id: string }[]; dismissed: { id: string }[] }> =>
    json(`/api/portfolios/${id}/action-proposals`)

  it('are asked about, and count at their last price until somebody says that they are to stay so', async () => {
    const id = await holding('LAST', '2025-03-03', '50')
    expect((await warnings(id)).join()).toContain(
      'LAST: no longer quoted since 2026-02-02. Its shares count at their last price until somebody says on the page of LAST what became of them.',
    )
    expect((await propose(id)).proposals).toMatchObject([
      { id: gone.proposal, kind: 'ended', symbol: 'LAST', day: '2026-02-02', shares: '10', price: '40' },
    ])
    const path = `/portfolios/${id}/instruments/LAST`
    expect(words(await page(path))).toContain('What became of LAST?')
    expect((await press(`${path}/proposals`, { ...gone, answer: 'dismissed' })).status).toBe(303)
    await settled(id)
    expect((await warnings(id)).join()).not.toContain('LAST')
    expect(words(await page(path))).toContain('Dismissed: What became of LAST?')
    const log = words(await page(`/portfolios/${id}/activity`))
    expect(log).toMatch(/Dismissed proposals.{1,20}LAST@2026-02-02/)
    const kept = await json(`/portfolios/${id}/export/everything.json`)
    expect(kept.portfolios[0].portfolio.dismissed_actions).toEqual([gone.proposal])
    expect((await press(`${path}/proposals`, { ...gone, answer: 'restored' })).status).toBe(303)
    await settled(id)
    expect((await warnings(id)).join()).toContain('LAST: no longer quoted')
  })

  it('were exchanged in a merger with cash in lieu, or paid out', async () => {
    const id = await holding('LAST', '2025-03-03', '50')
    const post = (query: string, body: object) =>
      send(`/api/portfolios/${id}/action-proposals${query}`, { ...gone, ...body })
    // 10 at 0.26 are 2.6 of NEWT: 2 arrive, and 33 are paid for 0.6 of them, a sale of 6/26 of what cost 500
    const merger = { answer: 'exchange', new_symbol: 'NEWT', ratio: '0.26', shares: 2, amount: 33 }
    const shown = await (await post('?preview=1', merger)).json<Record<string, any>>()
    expect(shown.figures).toMatchObject({
      symbols: [
        { symbol: 'LAST', shares: { before: '10', after: '0' }, value: { before: '400', after: '0' } },
        {
          symbol: 'NEWT',
          shares: { before: '0', after: '2' },
          cost: { before: '0', after: expect.stringMatching(/^384\.61538/) },
        },
      ],
      cash: { before: '0', after: '33' },
    })
    expect(await shares(id)).toEqual({ LAST: '10' })
    const wrong = await post('', { answer: 'spin_off', new_symbol: 'NEWT' })
    expect([wrong.status, (await wrong.json<Record<string, any>>()).faults[0].field]).toEqual([422, 'answer'])
    expect((await post('', { answer: 'exchange', new_symbol: 'NEWT' })).status).toBe(422)
    expect((await post('', { ...merger, proposal: 'OTHER@2026-02-02' })).status).toBe(404)
    expect((await post('?preview=2', merger)).status).toBe(400)
    expect((await post('?previev=1', merger)).status).toBe(400)
    expect((await post('', merger)).status).toBe(201)
    await settled(id)
    expect(await shares(id)).toEqual({ NEWT: '2' })
    const other = await holding('LAST', '2025-03-03', '50')
    const paid = { ...gone, answer: 'sale', price: '41' }
    expect((await press(`/portfolios/${other}/instruments/LAST/proposals`, paid)).status).toBe(303)
    await settled(other)
    expect(await shares(other)).toEqual({})
    expect((await propose(other)).proposals).toEqual([])
  })
})

it('a ticker that the source answers with another one for is asked about, and renamed at a click', async () => {
  const id = await holding('LAST', '2025-03-03', '50')
  await env.DB.prepare(`UPDATE histories SET listed_as = 'NEWT' WHERE symbol = 'LAST'`).run()
  await evictDurableObject(env.PORTFOLIO.getByName(id))
  const { proposals } = await json(`/api/portfolios/${id}/action-proposals`)
  expect(proposals).toMatchObject([{ id: 'LAST@NEWT', kind: 'renamed', new_symbol: 'NEWT' }])
  const path = `/portfolios/${id}/instruments/LAST`
  expect(words(await page(path))).toContain('Is LAST now NEWT?')
  expect((await press(`${path}/proposals`, { proposal: 'LAST@NEWT', answer: 'renamed' })).status).toBe(303)
  await settled(id)
  expect(await shares(id)).toEqual({ NEWT: '10' })
  await env.DB.prepare(`UPDATE histories SET listed_as = NULL WHERE symbol = 'LAST'`).run()
})
