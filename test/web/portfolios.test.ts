import { regions } from '../../src/coordinator/live-events.ts'
import { listDurableObjectIds } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { database, inOneTransaction } from '../../src/storage/database.ts'
import { insertPortfolio, portfolioById } from '../../src/storage/portfolios.ts'
import { json, newPortfolio, request, send, settled } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'

beforeEach(() => setClock())
afterEach(() => setClock())

async function problemOf(answer: Response) {
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  const problem = (await answer.json()) as { title: string; status: number; detail: string }
  expect(problem.status).toBe(answer.status)
  return problem
}

describe('a portfolio is refused', () => {
  const before = async () => (await json('/api/portfolios')).portfolios.length

  it.each([
    ['without a name', {}, 'name: a portfolio needs a name'],
    ['with an empty name', { name: '  ' }, 'name: a portfolio needs a name'],
    ['with null for a name', { name: null }, 'name: a portfolio needs a name'],
    ['with a name that is no text', { name: { first: 'x' } }, 'name: must be text'],
    [
      'with a name of 101 characters',
      { name: 'x'.repeat(101) },
      'name: a name can have at most 100 characters',
    ],
    ['with a currency that is none', { name: 'x', base_currency: 'dollar' }, 'base_currency: “DOLLAR”'],
    [
      'with a benchmark that is no ticker',
      { name: 'x', benchmarks: ['VOO', '<b>'] },
      'benchmarks: “<B>” is not a ticker',
    ],
    ['with six benchmarks', { name: 'x', benchmarks: 'A B C D E F' }, 'benchmarks: choose at most 5'],
    [
      'with an unknown cost basis',
      { name: 'x', cost_basis: 'best' },
      'cost_basis: “best” is not a cost basis (fifo, lifo, hifo, average)',
    ],
    ['with a cost basis from the prototype', { name: 'x', cost_basis: 'toString' }, 'cost_basis: “toString”'],
  ])('%s, with a sentence that names the field', async (_, input, sentence) => {
    const count = await before()
    const refused = await send('/api/portfolios', input)
    expect(refused.status).toBe(422)
    expect((await problemOf(refused)).detail).toContain(sentence)
    expect(await before()).toBe(count)
  })

  it.each([
    ['broken JSON', '{"name":', 400],
    ['a list', '[]', 400],
    ['null', 'null', 400],
    ['nothing', '', 400],
    ['65 kB', JSON.stringify({ name: 'x', description: 'x'.repeat(66_000) }), 413],
  ])('whose body is %s', async (_, body, status) => {
    const refused = await request('/api/portfolios', { method: 'POST', body })
    expect(refused.status).toBe(status)
    expect((await problemOf(refused)).detail).toMatch(/^The body .+\.$/)
  })

  it('names every field at fault at once', async () => {
    const refused = await send('/api/portfolios', { name: '', cost_basis: 'best' })
    const { faults } = (await refused.json()) as { faults: { field: string }[] }
    expect(faults.map(({ field }) => field)).toEqual(['name', 'cost_basis'])
  })
})

describe('PATCH', () => {
  it('changes what is sent and keeps the rest', async () => {
    const id = await newPortfolio({ name: 'Before', benchmarks: ['SPY'], cost_basis: 'hifo' })
    const patched = await send(`/api/portfolios/${id}`, { name: 'After', description: null }, 'PATCH')
    expect(patched.status).toBe(200)
    expect(await json(`/api/portfolios/${id}`)).toMatchObject({
      name: 'After',
      description: '',
      benchmarks: ['SPY'],
      cost_basis: 'hifo',
    })
    await settled(id)
  })

  it('shows on the dashboard with the revision it answers', async () => {
    const id = await newPortfolio()
    await settled(id)
    const { revision } = (await (
      await send(`/api/portfolios/${id}`, { benchmarks: 'spy' }, 'PATCH')
    ).json()) as {
      revision: number
    }
    const initial = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
    expect(initial).toMatchObject({ revision, portfolio: { benchmarks: ['SPY'] } })
    expect(Object.keys(initial.summary.benchmarks)).toEqual(['SPY'])
    await settled(id)
  })

  it('refuses what a new portfolio would be refused for', async () => {
    const id = await newPortfolio({ name: 'Stays' })
    const refused = await send(`/api/portfolios/${id}`, { name: '' }, 'PATCH')
    expect(refused.status).toBe(422)
    expect(await json(`/api/portfolios/${id}`)).toMatchObject({ name: 'Stays' })
    await settled(id)
  })
})

describe('a deleted portfolio', () => {
  it('is out of every list and route, cached copies included', async () => {
    const id = await newPortfolio({ name: 'Short-lived' })
    await settled(id)
    expect((await request(`/portfolios/${id}`)).status).toBe(200)
    expect((await request(`/api/portfolios/${id}`, { method: 'DELETE' })).status).toBe(204)
    for (const path of [...reads(id), ...pages(id)])
      expect([path, (await request(path)).status]).toEqual([path, 404])
    expect(
      (await json('/api/portfolios')).portfolios.map((portfolio: { id: string }) => portfolio.id),
    ).not.toContain(id)
    expect(await (await request('/status')).text()).not.toContain('Short-lived')
    expect((await request(`/api/portfolios/${id}`, { method: 'DELETE' })).status).toBe(404)
  })
})

const reads = (id: string) => [
  `/api/portfolios/${id}`,
  `/api/portfolios/${id}/transactions`,
  `/api/portfolios/${id}/transactions/1`,
  `/api/portfolios/${id}/refreshes/latest`,
  `/api/portfolios/${id}/performance`,
  `/api/portfolios/${id}/performance?as_of=2020-01-02`,
  `/api/portfolios/${id}/performance?from=2020-01-02`,
  `/api/portfolios/${id}/cash-flows`,
  `/api/dashboard-initial-data?portfolio_id=${id}`,
  `/api/dashboard-holdings-data?portfolio_id=${id}`,
  `/api/dashboard-holdings-data?portfolio_id=${id}&as_of=2020-01-02`,
  `/api/dashboard-chart-data?portfolio_id=${id}`,
  `/api/dashboard-chart-data?portfolio_id=${id}&as_of=2020-01-02`,
]
const pages = (id: string) => [
  `/portfolios/${id}`,
  ...[...regions, 'chart.json', 'trades.json', 'symbols.json', 'imports', 'export/holdings.csv'].map(
    (part) => `/portfolios/${id}/${part}`,
  ),
]

const entry = { type: 'deposit', date: '2024-01-02', amount: '1' }
const writes: [method: string, path: (id: string) => string, body: unknown][] = [
  ['PATCH', (id) => `/api/portfolios/${id}`, { name: 'x' }],
  ['DELETE', (id) => `/api/portfolios/${id}`, undefined],
  ['POST', (id) => `/api/portfolios/${id}/imports`, 'Ticker,Date,Amount\n'],
  ['POST', (id) => `/api/portfolios/${id}/transactions`, entry],
  ['PUT', (id) => `/api/portfolios/${id}/transactions/1`, { ...entry, version: 1 }],
  ['DELETE', (id) => `/api/portfolios/${id}/transactions/1`, undefined],
  ['POST', (id) => `/api/portfolios/${id}/refreshes`, {}],
]

/** The answers other than 404 of every route that names a portfolio. */
async function found(id: string): Promise<[string, number][]> {
  const statuses: [string, number][] = []
  for (const path of [...reads(id), ...pages(id)]) {
    for (const seen of ['0', '9']) {
      statuses.push([path, (await request(path, { headers: { 'yardstick-revision': seen } })).status])
    }
  }
  for (const [method, path, body] of writes) {
    const sent = typeof body === 'string' ? body : JSON.stringify(body)
    const answer = await request(path(id), { method, body: method === 'DELETE' ? null : sent })
    statuses.push([`${method} ${path(id)}`, answer.status])
  }
  const form = { method: 'POST', body: new URLSearchParams({ text: 'x' }) }
  for (const path of [`/portfolios/${id}/imports`, `/portfolios/${id}/refreshes`]) {
    statuses.push([`POST ${path}`, (await request(path, form)).status])
  }
  const live = await request(`/portfolios/${id}/live`, { headers: { upgrade: 'websocket' } })
  statuses.push(['live', live.status])
  return statuses.filter(([, status]) => status !== 404)
}

describe('somebody else’s portfolio', () => {
  it('is 404 everywhere, its copies in KV included, and stays as it is', async () => {
    const own = await newPortfolio({ name: 'Ours' })
    await settled(own)
    const id = crypto.randomUUID()
    const db = database(env.DB)
    const theirs = { ...(await portfolioById(db, own))!, id, ownerId: 'somebody', name: 'Theirs' }
    await inOneTransaction(db, insertPortfolio(db, theirs))
    const copy = (await env.SNAPSHOTS.get(`snapshot:${own}`))!
    const snapshot = copy.replaceAll(own, id).replace('"owner":"owner"', '"owner":"somebody"')
    expect(JSON.parse(snapshot)).toMatchObject({ portfolio: { id, owner: 'somebody' } })
    await env.SNAPSHOTS.put(`snapshot:${id}`, snapshot)
    await env.SNAPSHOTS.put(`chart:${id}`, (await env.SNAPSHOTS.get(`chart:${own}`))!)

    expect(await found(id)).toEqual([])
    expect(
      (await json('/api/portfolios')).portfolios.map((portfolio: { id: string }) => portfolio.id),
    ).not.toContain(id)
    expect(await portfolioById(db, id)).toEqual(theirs)
    expect(await env.SNAPSHOTS.get(`snapshot:${id}`)).toBe(snapshot)
  })
})

describe('an id that somebody made up', () => {
  it.each([
    ['of the right shape', '00000000-0000-4000-8000-000000000000'],
    ['of another shape', 'nobody'],
    ['in upper case', 'ABCDEFAB-0000-4000-8000-ABCDEFABCDEF'],
  ])('%s is 404 everywhere, and no Durable Object is made for it', async (_, id) => {
    const objects = async () => (await listDurableObjectIds(env.PORTFOLIO)).length
    const count = await objects()
    expect(await found(id)).toEqual([])
    expect(await objects()).toBe(count)
  })
})
