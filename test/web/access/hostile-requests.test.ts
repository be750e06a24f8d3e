import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { routeTable } from '../../../src/web/access/route-table.ts'
import { app } from '../../../src/web/app.tsx'
import { freshSession, SESSION } from '../../worker/account.ts'
import { asStranger, HOST, importCsv, json, newPortfolio, send, settled } from '../../worker/app.ts'

// Every route of the table, asked by the owner with what no page of ours sends. Each request is answered as its readers
// are, never with a 500, and none of them changes a row that a person made. What forms are told of a body that is none
// stands in refusals.test.ts.

let id: string
let transaction: string
let asItWas: Record<string, string>

beforeAll(async () => {
  id = await newPortfolio({ benchmarks: [] })
  const deposit = { type: 'deposit', date: '2024-01-03', amount: '100', note: 'kept' }
  const added = await send(`/api/portfolios/${id}/transactions`, deposit)
  transaction = ((await added.json()) as { id: string }).id
  await settled(id)
})
// some tests make rows of their own
beforeEach(async () => void (asItWas = await rowsMade()))

const routes = Object.keys(routeTable).map((route) => route.split(' ') as [method: string, path: string])
const reads = (method: string) => method === 'GET'
const isApi = (path: string) => path.startsWith('/api/') || path.endsWith('.json')

/** The address of a route, with a portfolio's id and a name below it where it has them. */
function addressOf(path: string, portfolio: string, name: string): string {
  const query = path.startsWith('/api/dashboard-') ? `?portfolio_id=${portfolio}` : ''
  return path.replace('/portfolios/:id', `/portfolios/${portfolio}`).replace(/:[a-z]+/g, name) + query
}

type Sent = {
  path: string
  headers?: Record<string, string>
  body?: string | Uint8Array<ArrayBuffer> | ReadableStream
}

async function ask(method: string, { path, headers, body }: Sent): Promise<Response> {
  const context = createExecutionContext()
  const init = { method, headers: { origin: HOST, ...SESSION, ...headers }, body: body ?? null }
  const answer = await app.fetch(new Request(HOST + path, init), env, context)
  answer.webSocket?.accept()
  answer.webSocket?.close()
  await waitOnExecutionContext(context)
  return answer
}

/** What is wrong with an answer; null where it is whole, or a refusal in the shape that its reader takes. */
async function faultOf(answer: Response, path: string): Promise<string | null> {
  const text = await answer.text()
  if (answer.status >= 500) return `${answer.status}: ${text.slice(0, 200)}`
  if (answer.status < 400) return null
  const isSaid =
    isApi(path) || answer.headers.get('content-type')?.startsWith('application/problem+json')
      ? typeof (JSON.parse(text) as { detail: unknown }).detail === 'string'
      : text.includes('<main') && text.includes('<h1>')
  return isSaid ? null : `${answer.status}, and no sentence: ${text.slice(0, 200)}`
}

let known: { changes: number; rows: Record<string, string> } | undefined

/**
 * All that a person made, as the database has it, which is read again once any row has changed. What a portfolio is looked at
 * changes when somebody does.
 */
async function rowsMade(): Promise<Record<string, string>> {
  const changes = (await env.DB.prepare('SELECT total_changes() AS n').first<number>('n'))!
  if (known?.changes !== changes) known = { changes, rows: await readRowsMade() }
  return known.rows
}

async function readRowsMade(): Promise<Record<string, string>> {
  const tables = await env.DB.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all<{
    name: string
  }>()
  const background =
    /^(sqlite_|_cf_|d1_)|^(snapshots|refreshes|usage|counters|tracked|quotes|bars|histories)$/
  const names = tables.results.map(({ name }) => name).filter((name) => !background.test(name))
  const rows = await env.DB.batch(names.map((name) => env.DB.prepare(`SELECT * FROM "${name}"`)))
  return Object.fromEntries(
    names.map((name, i) => [name, JSON.stringify(rows[i]!.results.map(withoutLooks))]),
  )
}

function withoutLooks(row: unknown): unknown {
  const { opened_at: _, watched_until: __, ...rest } = row as Record<string, unknown>
  return rest
}

/** Asks each, one after the other. Returns of those that were answered badly what it was, and which tables they changed. */
async function faultsOf(method: string, route: string, all: readonly Sent[]): Promise<string[]> {
  const faults: string[] = []
  for (const each of all) {
    const fault = await faultOf(await ask(method, each), route)
    const { path, headers, body } = each
    const said = `${method} ${path.slice(0, 90)} ${JSON.stringify(headers)?.slice(0, 90)} ${typeof body === 'string' ? body.slice(0, 30) : ''}`
    if (fault !== null) faults.push(`${said} → ${fault}`)
  }
  const rows = await rowsMade()
  const changed = Object.keys(rows).filter((name) => rows[name] !== asItWas[name])
  return [...faults, ...changed.map((name) => `changed rows of ${name}`)]
}

const names = ['%00', '%E0%A4%A', '__proto__', 'z'.repeat(4_000)]

it.each(routes.filter(([, path]) => path.includes(':')))(
  'a name that is none names nothing: %s %s',
  async (method, path) => {
    const body = reads(method) || method === 'DELETE' ? {} : { body: '{}' }
    const headers = { 'content-type': isApi(path) ? 'application/json' : 'application/x-www-form-urlencoded' }
    const below = path.replace('/portfolios/:id', '').includes(':')
    const all = names.flatMap((name) => [
      ...(path.includes('/portfolios/:id') ? [addressOf(path, name, transaction)] : []),
      ...(below ? [addressOf(path, id, name)] : []),
    ])
    const faults = await faultsOf(
      method,
      path,
      all.map((each) => ({ path: each, headers, ...body })),
    )
    expect(faults).toEqual([])
  },
)

const headers: Record<string, string>[] = [
  {
    'accept-language': 'x'.repeat(4_000),
    accept: `x/y;q=z,${'a'.repeat(4_000)}`,
    'if-none-match': `"${'e'.repeat(4_000)}`,
    range: 'bytes=0-1,5-,-3',
    'cf-connecting-ip': 'not an address',
    'idempotency-key': 'k'.repeat(300),
  },
  {
    'accept-language': 'de-DE-u-nu-arab,;q=,,__proto__',
    'hx-request': 'true',
    'hx-target': '__proto__',
    'hx-current-url': 'javascript:alert(1)',
    'x-forwarded-for': '::1',
    'x-http-method-override': 'DELETE',
    cookie: `${SESSION.cookie}; view=%E0%A4%A; theme=__proto__; notice=%00%ff; ${'c=v; '.repeat(300)}`,
  },
  {
    authorization: `Bearer ys_${'x'.repeat(10_000)}`,
    upgrade: 'websocket',
    'sec-websocket-version': '99',
    [`x-${'n'.repeat(2_000)}`]: 'v'.repeat(8_000),
    'user-agent': 'u'.repeat(5_000),
  },
]

it.each(routes.filter(([method]) => reads(method)))(
  'headers that no browser sends are passed over: %s %s',
  async (method, path) => {
    const name = path.includes(':region') ? 'holdings' : path.includes(':symbol') ? 'AAPL' : transaction
    const faults = await faultsOf(
      method,
      path,
      headers.map((each) => ({ path: addressOf(path, id, name), headers: each })),
    )
    expect(faults).toEqual([])
  },
)

// these read no body: they are asked with too large a one only
const bodiless =
  /\/(delete|remove|restore|refreshes|resend|local|end|revoke|withdraw|recovery-codes|demo|undo|digest|sign-out(-everywhere)?|leave|options\.json)$/
const tooLarge = new Uint8Array(25_100_000)
const deep = '['.repeat(20_000) + ']'.repeat(20_000)
const deepObject = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`

it.each(routes.filter(([method]) => !reads(method)))(
  'a body that is none changes nothing: %s %s',
  async (method, path) => {
    const bodies: [type: string, body: string][] = [
      ['application/json', deep],
      ['application/json', deepObject],
      ['application/json', '{"__proto__":{"x":1},"constructor":1,"name":{"toString":1},"type":[],"note":{}}'],
      ['application/json', 'null'],
      ['application/json; charset=utf-7', '+AHsAfQ-'],
      ['application/x-www-form-urlencoded', '__proto__=1&constructor=x&toString=1&a=1&a=2&a[]=3'],
      [`multipart/form-data; boundary=${'b'.repeat(5_000)}`, '--'],
      ['a'.repeat(3_000), 'x'],
      ['image/png', '\x89PNG\0'],
      ['', 'x'],
    ]
    const address = addressOf(path, id, transaction)
    const body = path.endsWith('/account/import') ? tooLarge : tooLarge.subarray(0, 5_100_000)
    const large = await ask(method, { path: address, body })
    expect([large.status, await faultOf(large, path)]).toEqual([413, null])
    const isRead = !bodiless.test(path) && method !== 'DELETE'
    const all = bodies.map(([type, text]) => ({
      path: address,
      headers: { 'content-type': type },
      body: text,
    }))
    const faults = await faultsOf(method, path, isRead ? all : [])
    expect(faults).toEqual([])
  },
)

// hono's router would run the handlers of such an address twice, and a body without a length can be read once
it('an address that spells a parameter of its route is found nowhere', async () => {
  const named = routes.filter(([, path]) => path.replace('/portfolios/:id', '').includes('/:'))
  expect(named.length).toBeGreaterThan(40)
  const told: [route: string, status: number, fault: string | null][] = []
  for (const [method, path] of named) {
    const sent: Sent = { path: path.replace('/portfolios/:id', `/portfolios/${id}`) }
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const body = () => new Blob(['name=x']).stream()
    const answer = await ask(method, reads(method) ? sent : { ...sent, headers: form, body: body() })
    const { status } = answer
    told.push([path, status, status === 404 ? await faultOf(answer, path) : `${status}`])
  }
  expect(told.filter(([, status, fault]) => status !== 404 || fault !== null)).toEqual([])
})

it('what is another’s is found below no portfolio and no account of one’s own', async () => {
  const { cookie } = await freshSession('mallory')
  const made = await asStranger('/api/portfolios', {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: '{"name":"Hers","benchmarks":""}',
  })
  const hers = ((await made.json()) as { id: string }).id
  await importCsv(id, 'Ticker,Date,Type,Shares,Price\nKO,2024-01-03,Buy,10,60\n')
  await settled(id)
  const idOf = async (answer: Promise<Response>) => ((await (await answer).json()) as { id: string }).id
  await env.DB.prepare(
    "INSERT INTO passkeys VALUES ('hers', 'owner', 'key', 0, '', 'Phone', 0, NULL, NULL)",
  ).run()
  const theirs: Record<string, string> = {
    ':tx': transaction,
    ':import': (await json(`/api/portfolios/${id}/imports`)).imports[0].id,
    ':link': await idOf(send(`/api/portfolios/${id}/links`, { note: 'kept' })),
    ':invitation': await idOf(send(`/api/portfolios/${id}/invitations`, { role: 'viewer' })),
    ':member': 'owner',
    ':token': await idOf(send('/api/tokens', { name: 'kept', scope: 'write' })),
    ':session': 'session of owner',
    ':passkey': 'hers',
    ':channel': await idOf(send('/api/notice-channels', { kind: 'webhook', address: 'https://hooks.test/' })),
  }
  const below = routes.filter(([, path]) => Object.keys(theirs).some((name) => path.includes(name)))
  expect(below.length).toBeGreaterThan(15)
  const before = await rowsMade()
  const told: [route: string, status: number][] = []
  for (const [method, path] of below) {
    const address = path
      .replace('/portfolios/:id', `/portfolios/${hers}`)
      .replace(/:[a-z]+/g, (name) => encodeURIComponent(theirs[name]!))
    const type = isApi(path) ? 'application/json' : 'application/x-www-form-urlencoded'
    // what each of these routes takes, so that it comes to look for what is named
    const fields = {
      type: 'deposit',
      date: '2024-01-03',
      amount: '7',
      version: '1',
      role: 'viewer',
      name: 'x',
      review: '',
    }
    const body = isApi(path) ? JSON.stringify({ ...fields, version: 1 }) : String(new URLSearchParams(fields))
    // an address of the API is asked nothing that it does not take
    const sent = {
      path: isApi(path) ? address : `${address}?version=1`,
      headers: { cookie, 'content-type': type },
    }
    const answer = await ask(method, reads(method) || method === 'DELETE' ? sent : { ...sent, body })
    told.push([`${method} ${path}`, answer.status])
  }
  // a form that revokes what is gone already leads back to its page
  expect(told.filter(([, status]) => ![404, 303, 422].includes(status))).toEqual([])
  expect(told.filter(([route, status]) => route.startsWith('GET') && status !== 404)).toEqual([])
  expect(await rowsMade()).toEqual(before)
})
