import { createExecutionContext, listDurableObjectIds, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { database, inOneTransaction } from '../../src/storage/database.ts'
import { insertPortfolio, portfolioById } from '../../src/storage/portfolios.ts'
import { app } from '../../src/web/app.tsx'
import { HOST, json, newPortfolio, request, settled, signed } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { follow, page, post, words } from './page.ts'

beforeEach(() => setClock())
afterEach(() => setClock())

/** The id that the first-run page gives its demo portfolio. */
async function offered(): Promise<string> {
  const [, id] = /action="\/portfolios\/demo">\s*<input type="hidden" name="id" value="([^"]+)"/.exec(
    await page('/'),
  )!
  return id!
}

const names = async (): Promise<string[]> =>
  (await json('/api/portfolios')).portfolios.map(({ name }: { name: string }) => name)

describe('the first run', { shuffle: false }, () => {
  beforeAll(async () => {
    for (const { id } of (await json('/api/portfolios')).portfolios)
      await request(`/api/portfolios/${id}`, { method: 'DELETE' })
  })

  it('offers three ways: a CSV, by hand, and a look at the demo', async () => {
    const text = words(await page('/'))
    expect(text).toContain('Create and import a CSV')
    expect(text).toContain('Create and add trades by hand')
    expect(text).toContain('Explore the demo')
    expect(text).toContain('at demo market prices')
  })

  it('the demo is a portfolio with trades in it, one though the button was pressed twice', async () => {
    const id = await offered()
    const [answer, again] = await Promise.all([
      post('/portfolios/demo', { id }),
      post('/portfolios/demo', { id }),
    ])
    expect(again.headers.get('location')).toBe(`/portfolios/${id}`)
    expect(answer.headers.get('location')).toBe(`/portfolios/${id}`)
    expect(await names()).toEqual(['Demo'])
    expect(words(await follow(answer))).toContain('This is sample data.')
    // the lines of the statement without its header
    expect((await json(`/api/portfolios/${id}/transactions?limit=500`)).transactions).toHaveLength(292)
    expect(await deeds(id)).toEqual(['create portfolio', 'import import'])
    expect(await settled(id)).toMatchObject({ status: 'done', failed: [] })
    const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
    expect(holdings.map(({ reason }: { reason: string | null }) => reason)).toEqual(holdings.map(() => null))
    expect(words(await page(`/portfolios/${id}`))).toContain('NVIDIA Corporation')
    // VOO against VOO: total return on both sides, bought at the closes of the demo market
    const voo = holdings.find(({ symbol }: { symbol: string }) => symbol === 'VOO')
    expect(voo.total_return).toBeGreaterThan(voo.gain_ratio)
    expect(100 * voo.vs.VOO).toBeCloseTo(0, 1)
    // the page is still open in another tab
    const before = await deeds(id)
    await post('/portfolios/demo', { id })
    expect(await deeds(id)).toEqual(before)
  })

  it('is there again when the demo was deleted, and its old page makes no second one', async () => {
    const { portfolios } = await json('/api/portfolios')
    const [{ id }] = portfolios
    expect(await follow(await post(`/portfolios/${id}/settings/delete`, { confirm: 'Demo' }))).toContain(
      'Explore the demo',
    )
    expect((await post('/portfolios/demo', { id })).headers.get('location')).toBe('/')
    expect(await names()).toEqual([])
    expect(await offered()).not.toBe(id)
  })

  it('with real prices, the demo’s trades are at real ones', async () => {
    const bindings = { ...env, MARKET: 'yahoo' } as Env
    const ctx = createExecutionContext()
    const welcome = await app.fetch(signed(`${HOST}/`), bindings, ctx)
    expect(words(await welcome.text())).toContain('at the real closing prices of those days')
    const body = new URLSearchParams({ id: '' })
    const sent = signed(`${HOST}/portfolios/demo`, { method: 'POST', body, headers: { origin: HOST } })
    const id = (await app.fetch(sent, bindings, ctx)).headers.get('location')!.split('/')[2]!
    await waitOnExecutionContext(ctx)
    const { transactions } = await json(`/api/portfolios/${id}/transactions?limit=500`)
    expect(transactions).toContainEqual(
      // Tesla closed at 627.07 that day, after its first split and before its second
      expect.objectContaining({ type: 'sell', symbol: 'TSLA', date: '2020-12-10', price: '627.07' }),
    )
    await settled(id)
  })

  it('says the same to the id of somebody else’s portfolio and to one that is free, and leaves ours alone', async () => {
    const own = await newPortfolio({ name: 'Ours' })
    await settled(own)
    const before = await deeds(own)
    const theirs = crypto.randomUUID()
    const row = { ...(await portfolioById(database(env.DB), own))!, id: theirs, ownerId: 'somebody' }
    await inOneTransaction(database(env.DB), insertPortfolio(database(env.DB), row))
    for (const path of ['/portfolios/demo', '/portfolios'])
      for (const id of [theirs, own, crypto.randomUUID()]) {
        const answer = await post(path, { id, name: 'Ours', benchmarks: '', base_currency: 'USD' })
        const made = answer.headers.get('location')!.split('/')[2]!
        expect([answer.status, made === id]).toEqual([303, false])
        expect(answer.headers.get('set-cookie')).not.toContain(id.slice(0, 8))
        await settled(made)
      }
    expect([await deeds(own), await deeds(theirs)]).toEqual([before, []])
    const objects = await listDurableObjectIds(env.PORTFOLIO)
    expect(objects.some((each) => each.equals(env.PORTFOLIO.idFromName(theirs)))).toBe(false)
    expect((await json(`/api/portfolios/${own}/transactions`)).transactions).toEqual([])
  })

  it('makes the demo under an id of its own when it was sent none', async () => {
    const answer = await request('/portfolios/demo', {
      method: 'POST',
      body: new URLSearchParams({ id: 'x' }),
    })
    expect(answer.headers.get('location')).toMatch(/^\/portfolios\/[0-9a-f-]{36}$/)
    await settled(answer.headers.get('location')!.split('/')[2]!)
  })
})

/** What the portfolio's audit log says was done, oldest first. */
async function deeds(id: string): Promise<string[]> {
  const { results } = await env.DB.prepare(
    'SELECT action, subject FROM audit WHERE portfolio_id = ? ORDER BY id',
  )
    .bind(id)
    .all<{ action: string; subject: string }>()
  return results.map(({ action, subject }) => `${action} ${subject.split(':')[0]}`)
}

describe('a new portfolio', () => {
  const made = async (answer: Response) => {
    expect(answer.status).toBe(303)
    const [, , id] = answer.headers.get('location')!.split('/')
    await settled(id!)
    return id!
  }

  it('is one, though its form was sent twice; another name makes another', async () => {
    const [, id] = /name="id" value="([^"]+)"/.exec(await page('/portfolios/new'))!
    const form = { id: id!, name: 'Twice', benchmarks: 'VOO', base_currency: 'USD', cost_basis: 'fifo' }
    const answers = await Promise.all([post('/portfolios', form), post('/portfolios', form)])
    expect(await Promise.all(answers.map(made))).toEqual([id, id])
    expect((await names()).filter((name) => name === 'Twice')).toHaveLength(1)
    const other = await made(await post('/portfolios', { ...form, name: 'Back and again' }))
    expect(other).not.toBe(id)
    expect((await names()).filter((name) => /Twice|Back/.test(name)).toSorted()).toEqual([
      'Back and again',
      'Twice',
    ])
  })

  it('keeps its id in a form that was refused', async () => {
    const id = crypto.randomUUID()
    const refused = await post('/portfolios', { id, name: ' ', benchmarks: '', base_currency: 'USD' })
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain(`name="id" value="${id}"`)
  })
})
