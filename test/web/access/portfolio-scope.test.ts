import { createExecutionContext, listDurableObjectIds, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { routeName, routeTable } from '../../../src/web/access/route-table.ts'
import { database, inOneTransaction } from '../../../src/storage/database.ts'
import { insertPortfolio, portfolioById } from '../../../src/storage/portfolios.ts'
import { app } from '../../../src/web/app.tsx'
import { anotherAccount, SESSION } from '../../worker/account.ts'
import { HOST, json, newPortfolio, request, settled } from '../../worker/app.ts'
import { invested } from '../../worker/invested.ts'
import { recentTrades } from '../reads.ts'

type Role = 'viewer' | 'editor'

/** The role that a route needs. */
const need = (route: string) => {
  const [method, path] = route.split(' ') as [string, string]
  return routeTable[routeName(method, path)]!
}

/** Every route that names a portfolio, as the app has it. */
const routes = [...new Set(app.routes.map(({ method, path }) => `${method} ${path}`))].filter((route) =>
  /^(?!ALL )\w+ (\/portfolios\/:id|\/api\/portfolios\/:id|\/api\/dashboard-)/.test(route),
)

const pathOf = (route: string, id: string) =>
  `${route.split(' ')[1]!}${route.includes('/api/dashboard-') ? `?portfolio_id=${id}` : ''}`
    .replace(':id', id)
    .replace(':symbol', 'AAPL')
    .replace(':broker', 'ibkr')
    .replace(/:region\{.*\}/, 'holdings')
    .replaceAll(/:[a-z]+/g, 'x')

/** The answer to a route, with nothing much in what is sent. */
async function ask(route: string, id: string, who = SESSION): Promise<Response> {
  const method = route.split(' ')[0]!
  const isApi = route.includes(' /api/')
  const headers = new Headers({ origin: HOST, ...who })
  if (route.endsWith('/live')) headers.set('upgrade', 'websocket')
  if (method !== 'GET') {
    headers.set('content-type', isApi ? 'application/json' : 'application/x-www-form-urlencoded')
  }
  const body = method === 'GET' || method === 'DELETE' ? null : isApi ? '{}' : 'text=x'
  const ctx = createExecutionContext()
  const sent = new Request(HOST + pathOf(route, id), { method, headers, body })
  const answer = await app.fetch(sent, env, ctx)
  answer.webSocket?.accept()
  answer.webSocket?.close()
  await waitOnExecutionContext(ctx)
  return answer
}

/** Status, text and headers of a route's answer, whatever the id; the times that it took are left out. */
async function said(route: string, id: string): Promise<[number, string, string[]]> {
  const answer = await ask(route, id)
  const headers = [...answer.headers]
    .filter(([name]) => name !== 'server-timing')
    .map((each) => each.join(': '))
  return [answer.status, (await answer.text()).replaceAll(id, '…'), headers]
}

let own: string

beforeAll(async () => {
  own = await invested(recentTrades)
})

it('there are routes to ask', () => {
  expect(routes.length).toBeGreaterThan(40)
})

it('whatever is not a GET changes something, but for the order to fetch prices, what one is told and the way out', () => {
  const own = /\/(refreshes|leave|digest|alerts)$|\/alerts\//
  const changing = routes.filter((route) => !route.startsWith('GET') && !own.test(route))
  expect(changing.filter((route) => !['editor', 'owner'].includes(need(route)))).toEqual([])
})

describe('a portfolio that is none of ours', () => {
  const unknown = crypto.randomUUID()
  const theirs = crypto.randomUUID()
  const deleted = { id: '' }
  const objects = async () => (await listDurableObjectIds(env.PORTFOLIO)).length

  beforeAll(async () => {
    const db = database(env.DB)
    const row = { ...(await portfolioById(db, own))!, id: theirs, ownerId: 'somebody', name: 'Theirs' }
    await inOneTransaction(db, insertPortfolio(db, row))
    const copy = (await env.SNAPSHOTS.get(`snapshot:${own}`))!.replaceAll(own, theirs)
    await env.SNAPSHOTS.put(`snapshot:${theirs}`, copy.replace('"owner":"owner"', '"owner":"somebody"'))
    await env.SNAPSHOTS.put(`chart:${theirs}`, (await env.SNAPSHOTS.get(`chart:${own}`))!)
    deleted.id = await newPortfolio({ benchmarks: [] })
    await settled(deleted.id)
    await request(`/api/portfolios/${deleted.id}`, { method: 'DELETE' })
  })

  it.each(routes)(
    '%s: not there, somebody else’s and deleted are one 404, without a Durable Object',
    async (route) => {
      const before = await objects()
      const nothing = await said(route, unknown)
      expect(nothing[0]).toBe(404)
      expect(await said(route, theirs)).toEqual(nothing)
      expect(await said(route, deleted.id)).toEqual(nothing)
      expect((await said(route, 'nobody'))[0]).toBe(404)
      expect(await objects()).toBe(before)
    },
  )

  it('says so as a page, or as a problem where a script reads', async () => {
    const kinds = { page: /^text\/html/, problem: /^application\/problem\+json/ }
    for (const route of routes) {
      const type = (await ask(route, unknown)).headers.get('content-type')!
      const isScripts = /\/api\/|\.json$|\/live$/.test(route)
      expect([route, type]).toEqual([route, expect.stringMatching(isScripts ? kinds.problem : kinds.page)])
    }
  })

  it('of which KV still has a copy is 404 from the coordinator, also as a page', async () => {
    const id = await newPortfolio({ benchmarks: [] })
    await settled(id)
    const copy = (await env.SNAPSHOTS.get(`snapshot:${id}`))!
    await request(`/api/portfolios/${id}`, { method: 'DELETE' })
    await env.SNAPSHOTS.put(`snapshot:${id}`, copy)
    const dividends = await request(`/portfolios/${id}/dividends`)
    expect([dividends.status, dividends.headers.get('content-type')]).toEqual([
      404,
      'text/html; charset=UTF-8',
    ])
    expect(await json(`/api/dashboard-holdings-data?portfolio_id=${id}&lots=1`)).toMatchObject({
      status: 404,
      detail: 'There is no such portfolio.',
    })
  })
})

describe('a role that is too low', () => {
  const member = async (role: Role) => {
    const who = await anotherAccount(role)
    await env.DB.prepare('INSERT OR IGNORE INTO members VALUES (?, ?, ?, 0)').bind(own, role, role).run()
    return who
  }

  it.each<Role>(['viewer', 'editor'])('%s is told so, and may do the rest', async (role) => {
    const who = await member(role)
    const before = await portfolioById(database(env.DB), own)
    const answers: [string, number][] = []
    for (const route of routes) answers.push([route, (await ask(route, own, who)).status])
    expect(answers.filter(([, status]) => status >= 500)).toEqual([])
    const refused = answers.flatMap(([route, status]) => (status === 403 ? [route] : []))
    const tooMuch = routes.filter(
      (route) => need(route) === 'owner' || (role === 'viewer' && need(route) === 'editor'),
    )
    expect(refused.toSorted()).toEqual(tooMuch.toSorted())
    expect(await portfolioById(database(env.DB), own)).toEqual(before)
  })

  it('is a problem for a script, a page for a person', async () => {
    const who = await member('viewer')
    const api = await ask('PATCH /api/portfolios/:id', own, who)
    expect(api.headers.get('content-type')).toBe('application/problem+json')
    expect(await api.json()).toEqual({
      title: 'Not allowed',
      status: 403,
      detail: 'You can view this portfolio, but you cannot change it.',
    })
    const page = await ask('POST /portfolios/:id/settings/delete', own, who)
    expect(page.headers.get('content-type')).toMatch(/^text\/html/)
    expect(await page.text()).toContain('Only the owner of this portfolio can do this.')
  })
})
