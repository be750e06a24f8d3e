import { createExecutionContext, evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { forgetBeyond } from '../../src/storage/read-once.ts'
import { app } from '../../src/web/app.tsx'
import { HOST, json, request, send, signed, upstreamCalls } from '../worker/app.ts'
import { NOON, setClock } from '../worker/clock.ts'
import { invested, sharedInvested } from '../worker/invested.ts'
import { computedReads, pageReads, recentTrades, warmReads } from './reads.ts'

beforeEach(() => setClock())
afterEach(() => setClock())

const bought = { type: 'buy', symbol: 'AAPL', date: '2034-05-01', shares: '3', price: '420' }
// says how old the prices are, which an edit does not change
const edited = [...warmReads, ...computedReads, ...pageReads].filter(([name]) => name !== 'freshness')

// eslint-disable-next-line typescript/no-explicit-any -- a row as a script finds it
type Json = any

async function answers(
  id: string,
  from: typeof warmReads,
  init: (path: string) => [path: string, headers?: Record<string, string>] = (path) => [path],
): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const [name, path] of from) {
    const [asked, headers = {}] = init(path(id))
    const answer = await request(asked, { headers })
    expect([name, answer.status]).toEqual([name, 200])
    found.set(name, await answer.text())
  }
  return found
}

/** The same of an isolate that has read nothing of KV yet. */
const elsewhere: typeof answers = (...asked) => {
  forgetBeyond(0)
  return answers(...asked)
}

/** The names under which two rounds of answers differ. */
function differences(one: Map<string, string>, two: Map<string, string>): string[] {
  return [...one.keys()].filter((name) => one.get(name) !== two.get(name))
}

const names = (some: typeof warmReads) => some.map(([name]) => name)

const namingRevision = [
  'shell',
  'chart',
  'regions',
  'dashboard-initial-data',
  'a figure opened',
  ...names(pageReads),
]
/** The edit and its undoing are both in the log. */
const afterAnEdit = [
  'shell',
  'chart',
  'log',
  'regions',
  'dashboard-initial-data',
  'a figure opened',
  ...names(pageReads),
]

describe('an edit', () => {
  it('is in the very next answer of every endpoint, and undone it is out of it again', async () => {
    const id = await invested(recentTrades, { targets: 'AAPL 50, MSFT 40' })
    const path = `/api/portfolios/${id}/transactions`
    const before = await answers(id, edited)

    const added: { id: string } = await (await send(path, bought)).json()
    const withIt = await answers(id, edited)
    expect(differences(before, withIt)).toEqual(names(edited))

    const changed = { ...added, shares: '4', symbol: 'MSFT', price: '421' }
    expect((await send(`${path}/${added.id}`, changed, 'PUT')).status).toBe(200)
    expect(differences(withIt, await answers(id, edited))).toEqual(names(edited))

    expect((await request(`${path}/${added.id}`, { method: 'DELETE' })).status).toBe(204)
    const after = await answers(id, edited)
    // these name a revision, which only grows
    expect(differences(before, after)).toEqual(afterAnEdit)
  })
})

describe('while KV is behind', () => {
  /** What a portfolio answers that nobody changes, by how many there are: the menu of its pages names them all. */
  const settledAnswers = new Map<number, ReturnType<typeof answers>>()

  const only = (...some: string[]) => edited.filter(([name]) => some.includes(name))

  /**
   * Makes an edit, and puts back into KV what it had before: so it looks to a reader far away. What `read` names is
   * answered before the edit and after it.
   */
  async function editedBehindKv(read: typeof warmReads) {
    const id = await invested(recentTrades)
    const [snapshot, chart] = await Promise.all([
      env.SNAPSHOTS.get(`snapshot:${id}`),
      env.SNAPSHOTS.get(`chart:${id}`),
    ])
    const old = await answers(id, read)
    const posted = await send(`/api/portfolios/${id}/transactions`, bought)
    const { revision } = (await posted.json()) as { revision: number }
    const fresh = await answers(id, read)
    await Promise.all([
      env.SNAPSHOTS.put(`snapshot:${id}`, snapshot!),
      env.SNAPSHOTS.put(`chart:${id}`, chart!),
    ])
    return { id, old, fresh, revision, cookie: posted.headers.get('set-cookie')!.split(';')[0]! }
  }

  it('a reader who has seen nothing newer is shown what KV has', async () => {
    const warm = warmReads.filter(([name]) => name !== 'freshness')
    const { id, old } = await editedBehindKv(warm)
    const shown = await elsewhere(id, warm)
    // the menu of a page has each portfolio's value as D1 has it
    const withoutMenu = (html = '') => html.replace(/<details[^>]*class="[^"]*switcher.*?<\/details>/s, '')
    const isOther = (name: string) => withoutMenu(shown.get(name)) !== withoutMenu(old.get(name))
    expect([...shown.keys()].filter(isOther)).toEqual([])
  })

  it('for more than a minute, what is newer is shown to everybody', async () => {
    const value = only('headline', 'chart')
    const { id, old, fresh } = await editedBehindKv(value)
    const shownAt = (now: number) => {
      setClock(now)
      return elsewhere(id, value)
    }
    expect(differences(await shownAt(NOON + 59_000), old)).toEqual([])
    expect(differences(await shownAt(NOON + 61_000), fresh)).toEqual([])
  })

  it('and so it is shown as KV has it while the object fails, but to nobody who has seen it newer', async () => {
    const value = only('headline', 'chart')
    const { id, old, revision } = await editedBehindKv(value)
    setClock(NOON + 61_000)
    const failing = { get: () => () => Promise.reject(new Error('Internal error in Durable Object.')) }
    const PORTFOLIO = { getByName: () => new Proxy({}, failing) } as unknown as Env['PORTFOLIO']
    const ask = (path: string) => {
      forgetBeyond(0)
      return app.fetch(signed(HOST + path), { ...env, PORTFOLIO }, createExecutionContext())
    }
    for (const [name, path] of value) {
      const shown = await ask(path(id))
      expect([name, shown.status, await shown.text()]).toEqual([name, 200, old.get(name)])
      const newer = await ask(`${path(id)}?revision=${revision}`)
      expect([name, newer.status]).toEqual([name, 500])
    }
  })

  it('who made the edit is shown it everywhere: by the cookie, by the page’s header, by the query', async () => {
    const { id, fresh, revision, cookie } = await editedBehindKv(edited)
    const query = (path: string) => `${path}${path.includes('?') ? '&' : '?'}revision=${revision}`
    const hints: ((path: string) => [string, Record<string, string>?])[] = [
      (path) => [path, { cookie }],
      (path) => [path, { 'yardstick-revision': String(revision) }],
      (path) => [query(path)],
    ]
    const calls = await upstreamCalls()
    for (const hint of hints) expect(differences(await answers(id, edited, hint), fresh)).toEqual([])
    expect(await upstreamCalls()).toEqual(calls)
  })

  const form = (path: string, fields: Record<string, string>) => {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.set(name, value)
    return request(path, { method: 'POST', body })
  }
  const deposit = { date: '2034-05-01', amount: '500' }
  const rowOf = async (id: string) =>
    (await json(`/api/portfolios/${id}/transactions?limit=500`)).transactions.find(
      ({ type }: { type: string }) => type === 'buy',
    )

  /** A form has no nulls: what is not filled in is left out. */
  const filled = (row: Json) =>
    Object.fromEntries(Object.entries<string | null>(row).filter(([, value]) => value !== null))

  // the row that is restored was deleted before KV stood still
  it.each<
    [string, (id: string, row: Json) => Promise<Response>, ((path: string, row: Json) => Promise<unknown>)?]
  >([
    ['adds', (id) => form(`/portfolios/${id}/transactions`, bought)],
    [
      'changes',
      (id, row) =>
        form(`/portfolios/${id}/transactions/${row.id}`, { ...filled(row), version: '1', price: '399' }),
    ],
    ['deletes', (id, row) => form(`/portfolios/${id}/transactions/${row.id}/delete`, {})],
    [
      'restores',
      (id, row) => form(`/portfolios/${id}/transactions/${row.id}/restore`, {}),
      (path, row) => request(`${path}/transactions/${row.id}`, { method: 'DELETE' }),
    ],
    ['pays in', (id) => form(`/portfolios/${id}/cash-flows`, { ...deposit, type: 'deposit', note: '' })],
    [
      'takes dividends back',
      (id) => form(`/portfolios/${id}/dividends/undo`, { recorded: String(Date.now()) }),
      (path) => send(`${path}/dividend-proposals`, { accept: 'all' }),
    ],
    ['records dividends', (id) => form(`/portfolios/${id}/dividends/proposals`, { accept: 'all' })],
    [
      'imports',
      (id) => form(`/portfolios/${id}/imports`, { text: 'Ticker,Date,Amount\nAAPL,2034-05-01,9\n' }),
    ],
    ['renames', (id) => form(`/portfolios/${id}/settings`, { name: 'Renamed' })],
  ])('who %s by form is shown it by the cookie', async (_, edit, prepare) => {
    const id = await invested(recentTrades)
    const row = await rowOf(id)
    await prepare?.(`/api/portfolios/${id}`, row)
    const keys = [`snapshot:${id}`, `chart:${id}`]
    const kept = await Promise.all(keys.map((key) => env.SNAPSHOTS.get(key)))
    const some = only('dashboard-initial-data', 'dashboard-holdings-data')
    const old = await answers(id, some)

    const answer = await edit(id, row)
    expect([200, 303]).toContain(answer.status)
    const cookie = answer.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ')
    const fresh = await answers(id, some)
    await Promise.all(keys.map((key, i) => env.SNAPSHOTS.put(key, kept[i]!)))
    expect(differences(await elsewhere(id, some), old)).toEqual([])
    expect(differences(await answers(id, some, (path) => [path, { cookie }]), fresh)).toEqual([])
    expect(differences(old, fresh)).toContain('dashboard-initial-data')
  })

  it('a chart that is older than its snapshot is not joined to it', async () => {
    const id = await invested(recentTrades)
    const chart = only('chart.json')
    const settled = await env.SNAPSHOTS.get(`chart:${id}`)
    await send(`/api/portfolios/${id}/transactions`, bought)
    const fresh = await answers(id, chart)
    await env.SNAPSHOTS.put(`chart:${id}`, settled!)
    expect(differences(await elsewhere(id, chart), fresh)).toEqual([])
  })

  it('the cookie is the browser’s alone, and short-lived', async () => {
    const id = await invested(recentTrades)
    const posted = await send(`/api/portfolios/${id}/transactions`, bought)
    const cookie = posted.headers.get('set-cookie')!
    const { revision } = (await posted.json()) as { revision: number }
    expect(cookie).toContain(`=${revision};`)
    expect(cookie).toMatch(/Max-Age=120; Path=\/; HttpOnly; SameSite=Lax/)
  })

  it.each(['999999999', '-1', 'x', '1e9', ''])(
    'a revision “%s” that nobody wrote changes no answer',
    async (made) => {
      const id = await sharedInvested(recentTrades)
      const { length } = (await json('/api/portfolios')).portfolios
      const settled = settledAnswers.get(length) ?? answers(id, edited)
      settledAnswers.set(length, settled)
      const hinted = await answers(id, edited, (path) => [path, { 'yardstick-revision': made }])
      expect(differences(await settled, hinted)).toEqual([])
    },
  )
})

describe('KV that has lost a portfolio', () => {
  it('answers the same from the coordinator, without an upstream call, and is filled again', async () => {
    const id = await invested(recentTrades)
    const before = await answers(id, edited)
    const calls = await upstreamCalls()
    for (const [name] of edited) {
      const one = edited.filter(([each]) => each === name)
      await Promise.all([env.SNAPSHOTS.delete(`snapshot:${id}`), env.SNAPSHOTS.delete(`chart:${id}`)])
      expect((await elsewhere(id, one)).get(name)).toBe(before.get(name))
    }
    expect(await upstreamCalls()).toEqual(calls)
    setClock(NOON + 2 * 60_000)
    await answers(id, warmReads)
    const { revision } = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
    expect(await env.SNAPSHOTS.get(`snapshot:${id}`, 'json')).toMatchObject({ revision })
    expect(await env.SNAPSHOTS.get(`chart:${id}`, 'json')).toHaveProperty('days')
  })
})

it('a snapshot that an older version made is made anew, everywhere', async () => {
  const id = await invested(recentTrades)
  const before = await answers(id, edited)
  const { revision } = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
  const old = JSON.stringify({ shape: 0, revision, portfolio: { id, owner: 'owner' } })
  await env.SNAPSHOTS.put(`snapshot:${id}`, old)
  await env.DB.prepare('UPDATE snapshots SET snapshot = ? WHERE portfolio_id = ?').bind(old, id).run()
  await evictDurableObject(env.PORTFOLIO.getByName(id))
  const after = await elsewhere(id, edited)
  // these name a revision, which only grows
  expect(differences(before, after)).toEqual(namingRevision)
  expect(await json(`/api/dashboard-initial-data?portfolio_id=${id}`)).toMatchObject({
    revision: revision + 1,
  })
})
