import { env } from 'cloudflare:workers'
import * as v from 'valibot'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { operations } from '../../src/web/api/operations.ts'
import { entryBody, replacedBody } from '../../src/web/transaction-form.ts'
import { portfolioBody } from '../../src/web/portfolio-form.ts'
import { HOST, json, newPortfolio, request, send, settled } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'

beforeEach(() => setClock())
afterEach(() => setClock())

// a field that was given is used or refused (finance.md, "Fees"); a value of another kind is not read as empty

const bought = { type: 'buy', symbol: 'AAPL', date: '2034-01-03', shares: '10', price: '185.5' }
const paid = { type: 'dividend', symbol: 'AAPL', date: '2034-01-04', amount: '10' }
const split = { type: 'split', symbol: 'AAPL', date: '2034-01-05', ratio: '3:1' }
/** A row in which a field is used. */
const rowWith: Record<string, Record<string, string>> = { tax: paid, amount: paid, ratio: split }
const said = {
  text: 'must be text',
  number: 'must be a number, or text',
  texts: 'must be text, or a list of texts',
  lots: expect.stringMatching(/^must be a list of {"transaction", "shares"}, .* or text such as /),
}

const isNone: Record<keyof typeof said, unknown[]> = {
  text: [true, false, {}, { first: 'x' }, [], ['x'], 7, 0],
  number: [true, false, {}, { value: 1 }, [], [1]],
  texts: [true, false, {}, 7, [7], [null], [['VOO']], ['VOO', true]],
  lots: [
    7,
    {},
    [null],
    ['2024-01-02'],
    [{ shares: '1' }],
    [{ transaction: 7, shares: '1' }],
    [{ transaction: 'a', shares: true }],
    [{ transaction: 'a', shares: '1', price: '2' }],
  ],
}
/** What a field takes, told by what it takes. */
const kindOf = (field: v.GenericSchema) =>
  v.is(field, 7) ? 'number' : v.is(field, ['x']) ? 'texts' : v.is(field, []) ? 'lots' : 'text'
const cases = (body: { entries: Record<string, v.GenericSchema> }) =>
  Object.entries(body.entries).flatMap(([field, schema]) => {
    const kind = kindOf(schema)
    return isNone[kind].map(
      (value) => [`${field}: ${JSON.stringify(value)}`, field, value, said[kind]] as const,
    )
  })

let id: string
let row: { id: string }
const rows = () => `/api/portfolios/${id}/transactions`

beforeAll(async () => {
  setClock()
  id = await newPortfolio({ benchmarks: [] })
  row = await (await send(rows(), bought)).json()
  await settled(id)
})

async function refusal(answer: Response) {
  const { faults } = (await answer.json()) as { faults?: unknown }
  return [answer.status, faults]
}

describe('a transaction', () => {
  it.each(cases(entryBody))('is not made with %s', async (_, field, value, reason) => {
    const answer = await send(rows(), { ...(rowWith[field] ?? bought), [field]: value })
    expect(await refusal(answer)).toEqual([422, [{ field, reason }]])
  })

  it.each(cases(replacedBody))('is not changed to %s', async (_, field, value, reason) => {
    const changed = { ...(rowWith[field] ?? bought), version: 1, [field]: value }
    const answer = await send(`${rows()}/${row.id}`, changed, 'PUT')
    expect(await refusal(answer)).toEqual([422, [{ field, reason }]])
  })

  it('stays as it was', async () => {
    const { transactions } = await json(rows())
    expect(transactions).toEqual([expect.objectContaining({ ...bought, version: 1 })])
  })

  it('names every field of another kind at once', async () => {
    const answer = await send(rows(), { ...bought, units: true, note: 5, fee: {} })
    const { faults } = (await answer.json()) as { faults: { field: string }[] }
    expect(faults.map(({ field }) => field).toSorted()).toEqual(['fee', 'note', 'units'])
  })

  it('is refused with a misspelled field, and may be sent back with all that an answer has', async () => {
    for (const misspelled of ['fees', 'Fee', 'quantity']) {
      const answer = await send(rows(), { ...bought, [misspelled]: '5' })
      const [status, faults] = await refusal(answer)
      expect([status, faults]).toMatchObject([
        422,
        [{ field: misspelled, reason: expect.stringContaining('fields are type, symbol,') }],
      ])
    }
    const read = await json(`${rows()}/${row.id}`)
    const { status } = await send(`${rows()}/${row.id}`, { ...read, version: 7 }, 'PUT')
    expect(status).toBe(409)
  })

  it('takes numbers as they are written, and null for nothing', async () => {
    const answer = await send(rows(), { ...bought, shares: 0.000_000_01, price: 12.5, fee: 1, note: null })
    const made = (await answer.json()) as { id: string }
    expect(made).toMatchObject({ shares: '0.00000001', price: '12.5', fee: '1', note: '' })
    await request(`${rows()}/${made.id}`, { method: 'DELETE' })
  })

  it('refuses a number that JSON can write and nobody can hold', async () => {
    const body = JSON.stringify({ ...bought, shares: 0 }).replace('"shares":0', '"shares":1e999')
    expect((await request(rows(), { method: 'POST', body })).status).toBe(422)
  })
})

describe('a portfolio', () => {
  const before = async () => (await json('/api/portfolios')).portfolios

  it.each(cases(portfolioBody))('is neither made nor changed with %s', async (_, field, value, reason) => {
    const all = await before()
    const made = await send('/api/portfolios', { name: 'Mine', [field]: value })
    expect(await refusal(made)).toEqual([422, [{ field, reason }]])
    const changed = await send(`/api/portfolios/${id}`, { [field]: value }, 'PATCH')
    expect(await refusal(changed)).toEqual([422, [{ field, reason }]])
    expect(await before()).toEqual(all)
  })

  it('takes a rate as a number', async () => {
    const changed = await send(`/api/portfolios/${id}`, { withholding: 0.15 }, 'PATCH')
    expect(await changed.json()).toMatchObject({ withholding: '0.15' })
  })
})

describe('a field that nobody reads is refused, and one of an answer may be sent back', () => {
  const bodies = Object.entries(operations).flatMap(([name, { body, sentBack }]) =>
    typeof body === 'object' && 'entries' in body && body.type === 'object'
      ? [[name, Object.keys(body.entries as object), Object.keys(sentBack?.entries ?? {})] as const]
      : [],
  )
  let group: string
  beforeAll(async () => {
    const made = await send('/api/groups', { name: 'One of them', portfolios: [id], benchmarks: [] })
    group = ((await made.json()) as { id: string }).id
  })

  it.each(bodies)('by %s', async (name, fields, answered) => {
    const [method, route] = name.split(' ') as [string, string]
    const path = route
      .replace('/portfolios/:id', `/portfolios/${id}`)
      .replace('/groups/:id', `/groups/${group}`)
      .replace(':tx', row.id)
      .replace(':broker', 'ibkr')
      .replace(':symbol', 'KO')
      .replace(/:(alert|member)$/, crypto.randomUUID())
    const nothing = Object.fromEntries(answered.map((field) => [field, null]))
    const answer = await send(path, { ...nothing, nobodyReadsThis: 1 }, method)
    const reason = `is not read here; the fields are ${fields.join(', ')}`
    expect(await refusal(answer)).toEqual([422, [{ field: 'nobodyReadsThis', reason }]])
  })
})

it.each(
  [null, true, {}, 7, [7], [null], 'AAPL@2034-02-01', [{}]].map((value) => [JSON.stringify(value), value]),
)('dividends to accept are not %s', async (_, accept) => {
  expect((await send(`/api/portfolios/${id}/dividend-proposals`, { accept })).status).toBe(422)
})

it.each(['true', 'yes', '2'])(
  'a preview is not asked for with %s, and nothing is imported',
  async (preview) => {
    const path = `/api/portfolios/${id}/imports?preview=${preview}`
    const body = 'Ticker,Type,Date,Price,Shares\nKO,Buy,2034-01-10,60,100\n'
    const answer = await request(path, { method: 'POST', body, headers: { 'content-type': 'text/csv' } })
    expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([
      400,
      '`preview` must be 1 or 0.',
    ])
    expect((await json(rows())).transactions).toHaveLength(1)
  },
)

describe('a form', () => {
  const written = async () => {
    const { results } = await env.DB.prepare('SELECT COUNT(*) AS count FROM audit').all<{ count: number }>()
    return results[0]!.count
  }
  const post = (path: string, fields: Record<string, string | File>) => {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.append(name, value)
    return request(path, { method: 'POST', body, headers: { origin: HOST } })
  }
  const file = () => new File(['2034-01-03'], 'x.txt')

  it.each<[string, Record<string, string>, string]>([
    ['transactions', bought, 'units'],
    ['transactions', bought, 'key'],
    [`transactions/:tx`, { ...bought, version: '1' }, 'note'],
    ['cash-flows', { type: 'deposit', date: '2034-01-03', amount: '5' }, 'note'],
    ['settings', { name: 'Mine' }, 'benchmarks'],
    ['settings/delete', { confirm: 'Test' }, 'confirm'],
    ['dividends/proposals', {}, 'accept'],
    ['dividends/counting', {}, 'dividends'],
    ['dividends/dismissed', {}, 'dividend'],
    ['instruments/AAPL/rulings', { ruling: 'same' }, 'day'],
    // one without a day is for all transactions
    ['instruments/AAPL/rename', { to: 'OLD' }, 'until'],
  ])('to %s with %o refuses a file for %s', async (path, fields, field) => {
    const before = await written()
    const answer = await post(`/portfolios/${id}/${path.replace(':tx', row.id)}`, {
      ...fields,
      [field]: file(),
    })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(`<p class="lead">${field} must be text.</p>`)
    expect(await written()).toBe(before)
  })

  it('to imports takes a file or its text, not both', async () => {
    const statement = 'Ticker,Type,Date,Price,Shares\nKO,Buy,2034-01-10,60,100\n'
    const answer = await post(`/portfolios/${id}/imports`, {
      file: new File([statement], 'x.csv'),
      text: statement,
    })
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('but not both')])
    expect((await json(rows())).transactions).toHaveLength(1)
  })
})

it.each([
  [20, 422, /^name: must be text$/],
  [21, 400, /^The body is nested more than 20 levels deep\.$/],
  // where the parser itself gives up, it is no JSON
  [30_000, 400, /nested more than 20|must be a JSON object/],
])('a body that is nested %i deep is refused with a sentence', async (depth, status, sentence) => {
  const body = `{"name":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`
  const headers = { 'content-type': 'application/json' }
  const answer = await request('/api/portfolios', { method: 'POST', body, headers })
  expect(answer.status).toBe(status)
  expect(((await answer.json()) as { detail: string }).detail).toMatch(sentence)
})

it('brackets in a text nest nothing', async () => {
  const made = await send('/api/portfolios', { name: '[{'.repeat(25), benchmarks: [] })
  expect(made.status).toBe(201)
})
