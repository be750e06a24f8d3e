import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serve } from './browser.ts'
import type { Server } from './signed-in.ts'
import { priced } from './priced.ts'

// What an assistant sees: the official client of the Model Context Protocol, over HTTP, at the running Worker.

// eslint-disable-next-line typescript/no-explicit-any -- what a program would find in the answer
type Answer = any

let server: Server
let url: string
let id: string
const tokens = { read: '', write: '' }
const clients: Client[] = []

beforeAll(async () => {
  const served = await serve()
  server = served.server
  url = served.url.origin
  const post = async (path: string, body: object | string, type = 'application/json') => {
    const sent = typeof body === 'string' ? body : JSON.stringify(body)
    const headers = { origin: url, 'content-type': type }
    return (await server.fetch(path, { method: 'POST', headers, body: sent })).json() as Answer
  }
  tokens.read = (await post('/api/tokens', { name: 'an assistant' })).token
  tokens.write = (await post('/api/tokens', { name: 'one that writes', scope: 'write' })).token
  id = (await post('/api/portfolios', { name: 'Savings', benchmarks: ['VOO', 'QQQ'] })).id
  const trades = 'Ticker,Type,Date,Price,Shares\nKO,buy,2024-01-02,60,100\nMSFT,buy,2024-02-05,400,5\n'
  await post(`/api/portfolios/${id}/imports`, trades, 'text/csv')
  await priced(server, id)
})

afterAll(async () => {
  for (const client of clients) await client.close()
})

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const api = async (path: string): Promise<Answer> =>
  (await fetch(url + path, { headers: bearer(tokens.read) })).json()

async function connected(token: string): Promise<Client> {
  const client = new Client({ name: 'the tests', version: '1' })
  const transport = new StreamableHTTPClientTransport(new URL('/mcp', url), {
    requestInit: { headers: bearer(token) },
  })
  // the transport's session is optional, which the client's type does not say under exactOptionalPropertyTypes
  await client.connect(transport as Parameters<Client['connect']>[0])
  clients.push(client)
  return client
}

async function call(name: string, given: Record<string, unknown>, token = tokens.read): Promise<Answer> {
  const client = await connected(token)
  const result: Answer = await client.callTool({ name, arguments: given })
  if (result.isError) return { refused: result.content[0].text }
  expect(JSON.parse(result.content[0].text)).toEqual(result.structuredContent)
  return result.structuredContent
}

const figure = (told: Answer, name: string) => told.figures.find((each: Answer) => each.figure === name)

describe('an assistant is told what the API answers', () => {
  it('which portfolios are there?', async () => {
    const { portfolios, groups } = await call('portfolios', {})
    expect({ portfolios }).toEqual(await api('/api/portfolios'))
    expect({ groups }).toEqual(await api('/api/groups'))
  })

  it('how did it do? Every figure with its formula, inputs, days and reason', async () => {
    const told = await call('performance', { portfolio: id })
    const summary = await api(`/api/portfolios/${id}/performance`)
    // 100 × 60 + 5 × 400, and dividends that were not asked for
    expect(figure(told, 'invested').result).toBe('8000')
    for (const name of ['value', 'total_gain', 'cash', 'xirr', 'twr', 'volatility', 'max_drawdown'])
      expect(figure(told, name).result).toEqual(summary[name])
    for (const name of ['value', 'gain', 'gap', 'xirr', 'twr'])
      expect(figure(told, `benchmarks.QQQ.${name}`).result).toEqual(summary.benchmarks.QQQ[name])
    for (const each of told.figures) {
      expect(each.formula).toMatch(/\w/)
      expect(each.days.to).toBe(summary.as_of)
      expect(each.inputs.length).toBeGreaterThan(0)
      expect(each.result === null).toBe(each.shown === '—')
      // what there is may have a remark, and what there is not has a reason
      expect(each.result ?? each.reason).not.toBeNull()
    }
    // a ratio is shown as the percentage that it is
    const { shown, result } = figure(told, 'xirr')
    expect(shown).toBe(`${(result * 100).toFixed(2).replace('-', '−')}%`)
  })

  it('and until the end of June 2024, since April?', async () => {
    const period = { as_of: '2024-06-28', from: '2024-03-29' }
    const told = await call('performance', {
      portfolio: id,
      ...period,
      figures: ['twr', 'benchmarks.VOO.gap'],
    })
    const summary = await api(`/api/portfolios/${id}/performance?${new URLSearchParams(period).toString()}`)
    expect(told.figures.map((each: Answer) => each.result)).toEqual([summary.twr, summary.benchmarks.VOO.gap])
    expect(told.figures[0].days).toEqual({ from: '2024-03-29', to: '2024-06-28' })
  })

  it('how is the XIRR calculated? With its flows', async () => {
    const told = await call('explain', { portfolio: id, figure: 'xirr' })
    const { explain } = await api(`/api/portfolios/${id}/performance?explain=xirr`)
    expect(told).toMatchObject(explain)
    expect(told.flows[0]).toEqual({ day: '2024-01-02', amount: '-6000' })
  })

  it.each([
    ['risk', 'benchmarks.VOO.beta'],
    ['income', 'yield'],
  ])('and a figure of %s?', async (of, name) => {
    const told = await call('explain', { portfolio: id, figure: name, of })
    expect(told).toMatchObject((await api(`/api/portfolios/${id}/${of}?explain=${name}`)).explain)
  })

  it('what is held?', async () => {
    const told = await call('holdings', { portfolio: id })
    const { holdings } = await api(`/api/dashboard-holdings-data?portfolio_id=${id}`)
    expect(told.holdings).toEqual(holdings)
    for (const each of Object.keys(told.formulas)) expect(holdings[0]).toHaveProperty(each)
    // the formulas are those of the figures
    for (const row of holdings) {
      const of = (name: string) => Number(row[name])
      expect(of('market_value')).toBeCloseTo(of('shares') * of('price'), 6)
      expect(of('unrealized_gain')).toBeCloseTo(of('market_value') - of('cost_basis'), 6)
      expect(of('gain_ratio')).toBeCloseTo(of('unrealized_gain') / of('cost_basis'), 9)
      expect(of('price_gain')).toBeCloseTo(
        of('realized_gain') + of('unrealized_gain') - of('currency_gain'),
        6,
      )
      expect(of('weight')).toBeCloseTo(of('market_value') / Number(told.totals.market_value), 9)
      expect(row.vs.VOO).toBeCloseTo(row.total_return - row.benchmarks.VOO, 9)
    }
    expect((await call('holdings', { portfolio: id, symbol: 'ko' })).holdings).toEqual([
      expect.objectContaining({ symbol: 'KO', shares: '100' }),
    ])
  })

  it('why is it ahead of QQQ, or behind? The parts add up', async () => {
    const told = await call('gap', { portfolio: id, benchmark: 'QQQ', by: 'lot' })
    expect(told).toMatchObject(await api(`/api/portfolios/${id}/gap?benchmark=QQQ&by=lot`))
    const { parts, cash_drag, fees, interest, uncovered, gap } = told
    const lines = [...parts.map((part: Answer) => part.gap), cash_drag, fees, interest, uncovered]
    expect(lines.reduce((sum, line) => sum + Number(line), 0)).toBeCloseTo(Number(gap), 6)
  })

  it('what was bought?', async () => {
    const told = await call('transactions', { portfolio: id, limit: 1 })
    expect(told).toEqual(await api(`/api/portfolios/${id}/transactions?limit=1`))
    const next = await call('transactions', { portfolio: id, after: told.next })
    expect(next.transactions).toEqual([expect.objectContaining({ symbol: 'KO', shares: '100', price: '60' })])
  })

  it('what will it pay?', async () => {
    const told = await call('dividends', { portfolio: id, limit: 2 })
    const income = await api(`/api/portfolios/${id}/income`)
    expect(told.expected.map((each: Answer) => [each.figure, each.result])).toEqual(
      ['expected', 'yield', 'yield_on_cost', 'growth'].map((name) => [name, income[name]]),
    )
    expect(told).toMatchObject({ payments: income.dividends.slice(0, 2), months: income.months })
  })

  it('what if there had been no KO?', async () => {
    const told = await call('what_if', { portfolio: id, what_if: 'no KO' })
    const query = new URLSearchParams({ what_if: 'no KO' }).toString()
    const { benchmarks } = await api(`/api/portfolios/${id}/performance?${query}`)
    expect(figure(told, 'benchmarks.no KO.gap').result).toBe(benchmarks['no KO'].gap)
    expect(told.gap).toMatchObject(await api(`/api/portfolios/${id}/gap?${query}`))
  })

  it('and in all portfolios together?', async () => {
    const body = JSON.stringify({ name: 'Another' })
    const headers = { 'content-type': 'application/json', ...bearer(tokens.write) }
    await fetch(`${url}/api/portfolios`, { method: 'POST', headers, body })
    const told = await call('performance', { portfolio: 'all', figures: ['value'] })
    expect(told.figures[0].result).toBe((await api('/api/portfolios/all/performance')).value)
  })
})

describe('what cannot be answered', () => {
  it.each([
    ['performance', { portfolio: '00000000-0000-4000-8000-000000000000' }, 'There is no such portfolio.'],
    ['performance', { as_of: 'soon' }, 'as_of must be a date such as 2024-03-01, not “soon”.'],
    ['performance', { figures: ['luck'] }, 'There is no figure “luck”. There are value,'],
    ['holdings', { symbol: 'TSLA' }, 'The portfolio never held TSLA.'],
    ['what_if', { what_if: 'more' }, '“more” is no what-if.'],
    ['explain', { figure: 'luck' }, 'explain must be one of value,'],
  ])('%s %j is refused by the sentence of the API', async (name, given, sentence) => {
    expect((await call(name, { portfolio: id, ...given })).refused).toContain(sentence)
  })

  it.each([
    ['sell_all', {}, 'There is no tool “sell_all”. The tools are portfolios,'],
    ['performance', {}, '`portfolio` is missing: The id of a portfolio'],
    ['performance', { portfolio: 7 }, '`portfolio` must be text.'],
    ['performance', { portfolio: 'all', figures: 'xirr' }, '`figures` must be a list of texts.'],
    [
      'performance',
      { portfolio: 'all', currency: 'EUR' },
      'There is no argument “currency”. It takes portfolio,',
    ],
    ['gap', { portfolio: 'all', by: 'moon' }, '`by` must be one of symbol, lot, year.'],
    ['holdings', { portfolio: 'all', limit: 0 }, '`limit` must be a whole number from 1 to 500.'],
    ['add_transactions', { portfolio: 'all' }, 'add_transactions needs an API token that may write.'],
  ])('%s %j is an error of the protocol', async (name, given, sentence) => {
    const refused = call(name, given)
    await expect(refused).rejects.toMatchObject({ code: -32602, message: expect.stringContaining(sentence) })
  })
})

describe('a change', () => {
  const csv = 'Ticker,Type,Date,Price,Shares\nVOO,buy,2024-05-02,460,2\n'
  const recorded = async () => (await api(`/api/portfolios/${id}/transactions`)).transactions.length

  it('has its tools only where the token may write', async () => {
    const named = async (token: string) =>
      (await (await connected(token)).listTools()).tools.map(({ name }) => name)
    const reading = await named(tokens.read)
    expect(reading).not.toContain('add_transactions')
    expect(await named(tokens.write)).toEqual([...reading, 'add_transactions', 'undo_import'])
  })

  it('is shown, and done only when that is confirmed; and taken back in the same way', async () => {
    const add = (given: object) => call('add_transactions', { portfolio: id, csv, ...given }, tokens.write)
    const before = await recorded()
    const shown = await add({})
    expect(shown).toMatchObject({ status: 'preview', preview: { counts: { new: 1, known: 0, rejected: 0 } } })
    // of something else it is no confirmation, and neither is an invented one
    const other = csv.replace('460', '46')
    for (const wrong of [
      { csv: other, confirmation: shown.confirmation },
      { confirmation: `${shown.confirmation.slice(0, -1)}x` },
      { confirmation: 'yes' },
    ])
      expect(await add(wrong)).toMatchObject({
        status: 'preview',
        says: expect.stringContaining('something else'),
      })
    expect(await recorded()).toBe(before)

    const done = await add({ confirmation: shown.confirmation })
    expect(done).toMatchObject({ status: 'done', accepted: 1 })
    expect(await recorded()).toBe(before + 1)
    expect(await add({ confirmation: shown.confirmation })).toEqual({
      refused: 'All of these rows are there already. There is nothing to add.',
    })

    const undo = (given: object) =>
      call('undo_import', { portfolio: id, import: done.import_id, ...given }, tokens.write)
    const { confirmation, preview } = await undo({})
    expect(preview.takes_out).toMatchObject({ id: done.import_id, accepted: 1 })
    expect(await undo({ confirmation })).toMatchObject({ status: 'done', deleted: 1 })
    expect(await recorded()).toBe(before)
    expect(await undo({})).toEqual({ refused: 'This import was undone already.' })
  })
})

describe('over HTTP', () => {
  const initialize = {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18' },
  }
  const send = (body: unknown, headers: Record<string, string> = {}, method = 'POST') =>
    fetch(`${url}/mcp`, {
      method,
      headers: { 'content-type': 'application/json', ...bearer(tokens.read), ...headers },
      ...(method === 'POST' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  const told = async (answer: Response): Promise<Answer> => ({
    status: answer.status,
    ...((await answer.json()) as object),
  })

  it.each([
    ['2025-11-25', '2025-11-25'],
    ['2025-06-18', '2025-06-18'],
    ['1999-01-01', '2025-11-25'],
  ])('a client of %s is answered in %s', async (asked, protocolVersion) => {
    const { result } = await told(await send({ ...initialize, params: { protocolVersion: asked } }))
    expect(result).toMatchObject({ protocolVersion, capabilities: { tools: {} } })
  })

  it('nobody comes in without a token, or with a session', async () => {
    const headers = { origin: url, 'content-type': 'application/json' }
    const body = JSON.stringify(initialize)
    const withSession = await server.fetch('/mcp', { method: 'POST', headers, body })
    expect([withSession.status, (await told(withSession)).detail]).toEqual([
      403,
      expect.stringContaining('token'),
    ])
    const wrong = await send(initialize, bearer(`ys_${'A'.repeat(43)}`))
    expect(wrong.headers.get('www-authenticate')).toContain('Bearer')
    expect(await told(wrong)).toMatchObject({
      status: 401,
      detail: 'Sign in first, or send an API token of yours.',
    })
    await expect(connected('ys_none')).rejects.toThrow('Sign in first')
  })

  it.each([
    ['a page of another site', initialize, { origin: 'https://evil.example' }, 403, -32600],
    ['an unknown version', initialize, { 'mcp-protocol-version': '1999-01-01' }, 400, -32600],
    ['another type', initialize, { 'content-type': 'text/plain' }, 415, -32600],
    ['who takes no JSON', initialize, { accept: 'text/html' }, 406, -32600],
    ['what is no JSON', '{', {}, 400, -32700],
    ['what is no message', { id: 1 }, {}, 400, -32600],
    ['no messages', [], {}, 400, -32600],
    ['an unknown method', { jsonrpc: '2.0', id: 1, method: 'prompts/list' }, {}, 200, -32601],
    ['a tool without a name', { jsonrpc: '2.0', id: 1, method: 'tools/call', params: {} }, {}, 200, -32602],
    ['params that are a list', { jsonrpc: '2.0', id: 1, method: 'ping', params: [] }, {}, 400, -32602],
  ])('%s is refused with a sentence', async (_what, body, headers, status, code) => {
    expect(await told(await send(body, headers as Record<string, string>))).toMatchObject({
      status,
      error: { code, message: expect.stringMatching(/\w.*\.$/) },
    })
  })

  it('several messages are answered in order, notifications by nothing, and there are no streams', async () => {
    const ping = (each: number) => ({ jsonrpc: '2.0', id: each, method: 'ping' })
    const initialized = { jsonrpc: '2.0', method: 'notifications/initialized' }
    const both = (await (await send([ping(1), initialized, ping(2)])).json()) as { id: number }[]
    expect(both.map((each) => each.id)).toEqual([1, 2])
    expect((await send(initialized)).status).toBe(202)
    for (const method of ['GET', 'DELETE']) {
      const answer = await send(null, {}, method)
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
    }
  })
})
