import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiDocument, apiRoutes } from '../../src/web/api/document.ts'
import { operations } from '../../src/web/api/operations.ts'
import { serve } from './browser.ts'
import type { Server } from './signed-in.ts'
import { priced } from './priced.ts'

// The document of the API is held true from outside: two independent validators, and every route called as it says.

// eslint-disable-next-line typescript/no-explicit-any -- what a program would find in the answer
type Answer = any
type Schema = Record<string, unknown>
type Parameter = {
  name: string
  in: string
  required?: boolean
  schema: Schema & { enum?: string[]; format?: string }
}
type Described = {
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema?: Schema & { properties?: Record<string, Schema> } }> }
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}

const api = apiDocument() as Answer
const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)

let server: Server
let origin: string
/** What stands for the names in addresses. */
const ids: Record<string, string> = {}
const called = new Set<string>()

const described = (route: string): Described => {
  const [method, path] = route.split(' ') as [string, string]
  return api.paths[path.replaceAll(/:(\w+)/g, '{$1}')][method.toLowerCase()]
}

type Sent = { query?: Record<string, string>; body?: unknown; named?: Record<string, string> }

/** What was found to be otherwise than the document has it, since somebody looked. */
const differences: string[] = []
const found = () => differences.splice(0)

/** Calls a route with what the document has for it, and nothing else; notes where the answer is not as it says. */
async function call(
  route: string,
  { query = {}, body, named = {} }: Sent = {},
  status?: number,
): Promise<Answer> {
  const { parameters = [], requestBody, responses } = described(route)
  const unknown = Object.keys(query).filter((name) => !parameters.some((each) => each.name === name))
  if (unknown.length > 0) differences.push(`${route} does not ask for ${unknown.join(', ')}`)
  const isText = typeof body === 'string'
  if (body !== undefined && !isText)
    conforms(requestBody!.content['application/json']!.schema!, body, `the body of ${route}`)
  const type = Object.keys(requestBody?.content ?? {}).at(-1)
  const send = () => sent(route, { query: { ...portfolioOf(route), ...query }, body, named }, type)
  let answer = await send()
  // the prices of what is looked at for the first time are being fetched
  for (let i = 0; answer.status === 503 && i < 200; i++) {
    await new Promise((waited) => setTimeout(waited, 100))
    answer = await send()
  }
  const text = await answer.text()
  const about = `${route} ${JSON.stringify({ query, body })} answers ${answer.status}: ${text.slice(0, 300)}`
  const response = responses[String(answer.status)]
  called.add(route)
  if (!response || (status ?? answer.status) !== answer.status) differences.push(about)
  else if ((text === '') !== (response.content === undefined)) differences.push(about)
  else if (text !== '') conforms(response.content!['application/json']!.schema, JSON.parse(text), about)
  return text === '' ? null : JSON.parse(text)
}

/** Calls a route with something that it refuses, which must be a sentence in the shape that the document has. */
async function refused(route: string, { query = {}, body, named = {} }: Sent): Promise<Answer> {
  const answer = await sent(
    route,
    { query: { ...portfolioOf(route), ...query }, body, named },
    'application/json',
  )
  const problem = (await answer.json()) as Answer
  const about = `${route} ${JSON.stringify({ query, body })} answers ${answer.status}`
  const type = answer.headers.get('content-type') ?? ''
  if (![400, 404, 409, 422, 428].includes(answer.status) || !type.includes('application/problem+json'))
    differences.push(about)
  conforms(api.components.schemas.Problem, problem, about)
  return problem
}

function portfolioOf(route: string): Record<string, string> {
  const { parameters = [] } = described(route)
  return parameters.some(({ name }) => name === 'portfolio_id') ? { portfolio_id: ids['id']! } : {}
}

function sent(route: string, { query = {}, body, named = {} }: Sent, type?: string): Promise<Response> {
  const [method, path] = route.split(' ') as [string, string]
  const address = path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(named[name] ?? ids[name]!),
  )
  const search = new URLSearchParams(query).toString()
  return server.fetch(`${address}${search && `?${search}`}`, {
    method,
    headers: { origin, ...(type && { 'content-type': type }) },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
}

function conforms(schema: Schema, value: unknown, about: string): void {
  const validate = ajv.compile(schema)
  if (!validate(value)) differences.push(`${JSON.stringify(validate.errors?.slice(0, 3))} where ${about}`)
}

const post = async (path: string, body: object | string): Promise<Answer> => {
  const sent = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await server.fetch(path, { method: 'POST', headers: { origin }, body: sent })
  return answer.json()
}

beforeAll(async () => {
  const served = await serve()
  server = served.server
  origin = served.url.origin
  const trades = [
    'Ticker,Type,Date,Price,Shares,Amount',
    'KO,buy,2022-01-03,60,100,',
    'MSFT,buy,2022-02-01,300,5,',
    'MSFT,sell,2023-02-01,350,2,',
    ',deposit,2022-01-03,,,9000',
  ]
  ids['id'] = (
    await post('/api/portfolios', { name: 'Documented', benchmarks: ['VOO'], targets: 'KO 60, MSFT 40' })
  ).id
  await post(`/api/portfolios/${ids['id']}/imports`, `${trades.join('\n')}\n`)
  ids['other'] = (await post('/api/portfolios', { name: 'Another' })).id
  await priced(server, ids['id']!)
})

describe('the document', () => {
  it('is OpenAPI 3.1, says an independent validator', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(api))
    expect({ valid, errors }).toEqual({ valid: true })
    expect(api.openapi).toBe('3.1.0')
  })

  it('has every route of the API and no other', () => {
    expect(Object.keys(operations).toSorted()).toEqual([...apiRoutes].toSorted())
    const ways = Object.values(api.paths as object).flatMap((each) => Object.values(each as object))
    expect(ways).toHaveLength(apiRoutes.length)
    const names = ways.map((each: Answer) => each.operationId)
    expect(new Set(names).size).toBe(names.length)
  })

  it('is the file that is served, and needs no account', async () => {
    const answer = await fetch(`${origin}/openapi.json`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('application/json'),
    ])
    expect(await answer.json()).toEqual(JSON.parse(JSON.stringify(api)))
  })
})

const reading = apiRoutes.filter((route) => route.startsWith('GET '))

describe('what reads is asked in every way that the document has', () => {
  // these have their names first
  const unnamed = reading.filter((route) => !/:(?!id\b)|groups\/:id/.test(route))

  it.each(unnamed)('%s', async (route) => {
    await call(route, {}, 200)
    for (const { name, in: where, schema } of described(route).parameters ?? []) {
      if (where !== 'query') continue
      for (const value of schema.enum ?? samples[name] ?? [])
        await call(route, { query: { [name]: value } }, 200)
      if (schema.format === 'date') {
        await call(route, { query: { [name]: name === 'until' ? '' : '2023-06-30' } }, 200)
        const told = name === 'until' ? null : await refused(route, { query: { [name]: 'soon' } })
        if (told && !told.detail.includes(name)) differences.push(`${route} says nothing of ${name}`)
      }
    }
    expect(found()).toEqual([])
  })

  const samples: Record<string, string[]> = {
    vs: ['QQQ', '4% a year'],
    benchmark: ['VOO', 'QQQ'],
    what_if: ['no KO', 'VOO each time'],
    limit: ['1', '500'],
    amount: ['1000'],
    view: ['portfolio', 'VOO'],
    q: ['KO', 'apple'],
    revision: ['1'],
  }

  it('figures with their explanation', async () => {
    for (const [route, figure] of [
      ['performance', 'xirr'],
      ['risk', 'benchmarks.VOO.beta'],
      ['income', 'yield'],
    ]) {
      const told = await call(`GET /api/portfolios/:id/${route}`, { query: { explain: figure! } }, 200)
      expect(told.explain.figure).toBe(figure)
      await refused(`GET /api/portfolios/:id/${route}`, { query: { explain: 'luck' } })
    }
    expect(found()).toEqual([])
  })

  it('a group, and all portfolios together', async () => {
    const about = reading.filter((route) =>
      /portfolios\/:id\/(performance|gap|risk|transactions)$|dashboard-/.test(route),
    )
    const query = (route: string) => (route.includes('dashboard-') ? { portfolio_id: 'all' } : {})
    for (const route of about) await call(route, { query: query(route), named: { id: 'all' } }, 200)
    expect(found()).toEqual([])
  })
})

describe('what changes something', () => {
  it('portfolios', async () => {
    const body = { name: 'New', benchmarks: 'VOO', withholding: 0.15, targets: null }
    const { id } = await call('POST /api/portfolios', { body }, 201)
    await call('PATCH /api/portfolios/:id', { body: { name: 'Newer' }, named: { id } }, 200)
    await call('DELETE /api/portfolios/:id', { named: { id } }, 204)
    expect(found()).toEqual([])
  })

  it('groups', async () => {
    const { id } = await call(
      'POST /api/groups',
      { body: { name: 'Both', portfolios: [ids['id'], ids['other']] } },
      201,
    )
    await call('GET /api/groups/:id', { named: { id } }, 200)
    await call('GET /api/groups', {}, 200)
    await call('PATCH /api/groups/:id', { body: { portfolios: ids['id'] }, named: { id } }, 200)
    await call('DELETE /api/groups/:id', { named: { id } }, 204)
    expect(found()).toEqual([])
  })

  it('transactions', async () => {
    const body = {
      type: 'buy',
      symbol: 'KO',
      date: '2024-01-03',
      shares: 1,
      price: '60.5',
      note: 'why',
      review: '2025-01-03',
    }
    const made = await call('POST /api/portfolios/:id/transactions', { body }, 201)
    const named = { tx: made.id }
    await call('GET /api/portfolios/:id/transactions/:tx', { named }, 200)
    const changed = { ...body, shares: '2', version: made.version }
    await call('PUT /api/portfolios/:id/transactions/:tx', { body: changed, named }, 200)
    await refused('PUT /api/portfolios/:id/transactions/:tx', { body: changed, named })
    await call('DELETE /api/portfolios/:id/transactions/:tx', { named }, 204)
    await call('POST /api/portfolios/:id/transactions/:tx/restore', { named }, 200)
    const kinds = [
      {
        type: 'transfer_in',
        symbol: 'VOO',
        date: '2024-01-03',
        shares: '1',
        acquired: '2023-01-03',
        cost: '300',
      },
      { type: 'split', symbol: 'VOO', date: '2024-02-01', ratio: '2:1' },
      { type: 'sell', symbol: 'KO', date: '2024-03-01', shares: '1', price: '60', lots: '2022-01-03 1' },
      { type: 'buy', symbol: 'NOSUCHTICKER', date: '2024-03-01', shares: '1', price: '60' },
    ]
    for (const each of kinds) await call('POST /api/portfolios/:id/transactions', { body: each }, 201)
    const listed = await call('GET /api/portfolios/:id/transactions', { query: { derived: '1' } }, 200)
    const sale = listed.transactions.find((each: Answer) => each.lots)
    const whole = { ...sale, lots: sale.lots.map(({ transaction }: Answer) => ({ transaction })) }
    const route = 'PUT /api/portfolios/:id/transactions/:tx'
    expect(await call(route, { body: whole, named: { tx: sale.id } }, 200)).toMatchObject({ lots: sale.lots })
    await call('GET /api/portfolios/:id/decisions', {}, 200)
    expect(found()).toEqual([])
  })

  it('imports', async () => {
    const route = 'POST /api/portfolios/:id/imports'
    const file = 'Ticker,Type,Date,Price,Shares\nKO,buy,2024-05-02,62,3\nKO,buy,soon,1,1\n'
    await call(route, { body: file, query: { preview: '1' } }, 200)
    const { import_id } = await call(route, { body: file }, 201)
    for (const { name, schema } of described(route).parameters!.filter((each) => each.in === 'query'))
      for (const value of (schema.enum ?? ['{"decimals":"."}']).filter((each) => each !== '0'))
        await call(route, { body: file, query: { preview: '1', [name]: value } }, 200)
    await call('GET /api/portfolios/:id/imports', {}, 200)
    await call('DELETE /api/portfolios/:id/imports/:import', { named: { import: import_id } }, 200)
    expect(found()).toEqual([])
  })

  it('brokers', async () => {
    const route = '/api/portfolios/:id/brokers'
    const named = { broker: 'ibkr' }
    await call(`PUT ${route}/:broker`, { named, body: { token: '200001', query: '1' } }, 200)
    await call(`POST ${route}/:broker/fetch`, { named }, 202)
    await call(`GET ${route}`, {}, 200)
    await call(`DELETE ${route}/:broker`, { named }, 204)
    await refused(`PUT ${route}/:broker`, { named, body: { token: 'x', query: '1' } })
    expect(found()).toEqual([])
  })

  it('alerts', async () => {
    const route = '/api/portfolios/:id/alerts'
    const { id: alert } = await call(`POST ${route}`, { body: { kind: 'drawdown', level: '10' } }, 201)
    const named = { alert }
    await call(`PUT ${route}/:alert`, { named, body: { kind: 'price_held' } }, 200)
    await call('PUT /api/portfolios/:id/digest', {}, 204)
    await call(`GET ${route}`, {}, 200)
    await call('DELETE /api/portfolios/:id/digest', {}, 204)
    await call(`DELETE ${route}/:alert`, { named }, 204)
    await refused(`POST ${route}`, { body: { kind: 'weather' } })
    expect(found()).toEqual([])
  })

  it('dividends', async () => {
    await call('PATCH /api/portfolios/:id', { body: { dividends: 'recorded' } }, 200)
    const { proposals } = await call('GET /api/portfolios/:id/dividend-proposals', {}, 200)
    const [first, second] = proposals as { id: string }[]
    await call('POST /api/portfolios/:id/dividend-proposals', { body: { accept: [first!.id] } }, 201)
    const named = { name: second!.id }
    await call('PUT /api/portfolios/:id/dismissed-dividends/:name', { named }, 200)
    await call('DELETE /api/portfolios/:id/dismissed-dividends/:name', { named }, 200)
    await call('POST /api/portfolios/:id/dividend-proposals', { body: { accept: 'all' } }, 201)
    expect(found()).toEqual([])
  })

  it('corporate actions', async () => {
    const route = '/api/portfolios/:id/action-proposals'
    const { DB } = (await server.getWorker().getEnv()) as unknown as {
      DB: { prepare: (sql: string) => { run: () => Promise<unknown> } }
    }
    // the source lists a spin-off of KO, which an edit has the object read
    await DB.prepare(
      "INSERT INTO corporate_actions (symbol, day, kind, numerator, denominator) VALUES ('KO', '2023-01-05', 'split', 1281, 1000)",
    ).run()
    await DB.prepare("UPDATE histories SET fetched_at = fetched_at + 1 WHERE symbol = 'KO'").run()
    await call('PATCH /api/portfolios/:id', { body: { description: 'spun off' } }, 200)
    const { proposals } = await call(`GET ${route}`, {}, 200)
    const proposal = (proposals as { id: string }[])[0]!.id
    await call(`POST ${route}`, { query: { preview: '1' }, body: { proposal, answer: 'split' } }, 200)
    await call(`POST ${route}`, { body: { proposal, answer: 'dismissed' } }, 201)
    await refused(`POST ${route}`, { body: { proposal, answer: 'guess' } })
    expect(found()).toEqual([])
  })

  it('people and links', async () => {
    const { DB } = (await server.getWorker().getEnv()) as unknown as {
      DB: { prepare: (sql: string) => { run: () => Promise<unknown> } }
    }
    await DB.prepare("INSERT INTO owners (id, created_at, name, is_admin) VALUES ('bea', 0, 'Bea', 0)").run()
    await DB.prepare(`INSERT INTO members VALUES ('${ids['id']}', 'bea', 'viewer', 0)`).run()
    await call('GET /api/portfolios/:id/members', {}, 200)
    await call(
      'PATCH /api/portfolios/:id/members/:member',
      { body: { role: 'editor' }, named: { member: 'bea' } },
      200,
    )
    await call('DELETE /api/portfolios/:id/members/:member', { named: { member: 'bea' } }, 204)
    await call('POST /api/portfolios/:id/invitations', { body: { role: 'viewer', note: 'Bea' } }, 201)
    const { invitations } = await call('GET /api/portfolios/:id/invitations', {}, 200)
    const invitation = invitations[0].id as string
    await call('DELETE /api/portfolios/:id/invitations/:invitation', { named: { invitation } }, 204)
    const { id: link } = await call(
      'POST /api/portfolios/:id/links',
      { body: { shows: 'amounts', days: null } },
      201,
    )
    await call('GET /api/portfolios/:id/links', {}, 200)
    await call('DELETE /api/portfolios/:id/links/:link', { named: { link } }, 204)
    expect(found()).toEqual([])
  })

  it('the account', async () => {
    const { id: token } = await call(
      'POST /api/tokens',
      { body: { name: 'A script', expires_in_days: 'never' } },
      201,
    )
    await call('GET /api/tokens', {}, 200)
    await call('DELETE /api/tokens/:token', { named: { token } }, 204)
    // nobody listens there
    const hook = { kind: 'webhook', address: 'http://127.0.0.1:9/', label: 'Home' }
    const { id: channel } = await call('POST /api/notice-channels', { body: hook }, 201)
    await call('POST /api/notice-channels/:channel/test', { named: { channel } }, 200)
    await call('GET /api/notice-channels', {}, 200)
    await call('GET /api/notices', {}, 200)
    await call('DELETE /api/notice-channels/:channel', { named: { channel } }, 204)
    const body = await call('GET /api/account/export', {}, 200)
    await call('POST /api/account/import', { body }, 201)
    expect(found()).toEqual([])
  })

  it('prices and messages', async () => {
    await call('POST /api/portfolios/:id/refreshes', {}, 202)
    const named = { symbol: 'MY-HOUSE' }
    const house = { priced: 'own', currency: 'EUR', name: 'The house' }
    await call('PUT /api/instruments/:symbol', { named, body: house }, 200)
    const own = 'PUT /api/instruments/:symbol/prices'
    await call(own, { named, body: [{ date: '2024-01-02', price: '310.5' }] }, 200)
    await call('GET /api/instruments/:symbol/prices', { named, query: { as_of: '2024-03-01' } }, 200)
    await refused(own, { named, body: [{ date: '2024-01-02', price: 0 }] })
    await call(own, { named, body: [] }, 200)
    const { DB } = (await server.getWorker().getEnv()) as unknown as {
      DB: { prepare: (sql: string) => { run: () => Promise<unknown> } }
    }
    const letters = ['a', 'b'].map(
      (id) => `('${id}', '{"kind":"chart","portfolio":"${ids['id']}"}', 'it failed', 1)`,
    )
    await DB.prepare(`INSERT INTO dead_letters (id, message, reason, at) VALUES ${letters.join(', ')}`).run()
    await call('GET /api/status', {}, 200)
    await call('POST /api/dead-letters/:id/resend', { named: { id: 'a' } }, 202)
    await call('POST /api/dead-letters/resend', {}, 202)
    expect(found()).toEqual([])
  })
})

describe('what the document does not have is refused', () => {
  const bodies = apiRoutes.flatMap((route) => {
    const { properties } = described(route).requestBody?.content['application/json']?.schema ?? {}
    const isFile = route === 'POST /api/account/import'
    return isFile ? [] : Object.keys(properties ?? {}).map((field) => [route, field] as const)
  })

  it.each(bodies)('%s: true for %s', async (route, field) => {
    const named = {
      tx: 'x',
      member: 'x',
      broker: 'ibkr',
      channel: 'x',
      symbol: 'MY-HOUSE',
      id: ids[route.includes('/groups/') ? 'group' : 'id']!,
    }
    if (route.includes('/groups/')) {
      const made = await post('/api/groups', { name: 'One', portfolios: [ids['id']] })
      named.id = made.id
    }
    const { detail, faults } = await refused(route, { body: { version: 1, [field]: true }, named })
    expect(faults?.map((each: Answer) => each.field) ?? detail).toContain(field)
    expect(found()).toEqual([])
  })
})

afterAll(() => {
  // asked for one test alone, the others have called nothing
  if (called.size > 40 && called.size < apiRoutes.length)
    throw new Error(`nobody called ${apiRoutes.filter((route) => !called.has(route)).join(', ')}`)
})
