import { env } from 'cloudflare:workers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { interactiveBrokers } from '../../src/brokers/ibkr/broker.ts'
import { breath } from '../../src/coordinator/breath.ts'
import { runCron } from '../../src/jobs/schedule.ts'
import { anotherAccount } from '../worker/account.ts'
import { byToken, importCsv, json, newPortfolio, request, send } from '../worker/app.ts'
import { NOON, setClock } from '../worker/clock.ts'
import { nothingUnderway } from '../worker/underway.ts'
import { page, post, words } from './page.ts'

// the stand-in of the Flex Web Service (test/brokers/ibkr/stand-in.ts): a query's number says how many trades there are
beforeAll(() => {
  const connect = interactiveBrokers.connect.bind(interactiveBrokers)
  // for how long the service is left alone until its statement is made is tried in test/brokers/ibkr
  vi.spyOn(interactiveBrokers, 'connect').mockImplementation((options, config) =>
    connect({ ...options, sleep: breath }, config),
  )
})
beforeEach(() => setClock())
afterEach(() => setClock())
afterAll(() => void vi.restoreAllMocks())

const TOKEN = '200001'
const brokers = (id: string) => json(`/api/portfolios/${id}/brokers`)
const connect = (id: string, query: string, token = TOKEN) =>
  send(`/api/portfolios/${id}/brokers/ibkr`, { token, query }, 'PUT')

/** Connects, or connects anew, and waits for what comes of the statement that is asked for at once. */
async function fetched(id: string, query: string, token = TOKEN): Promise<string> {
  // statements are listed by the instant of their arrival
  setClock(Date.now() + 60_000)
  expect((await connect(id, query, token)).status).toBe(200)
  return outcomeOf(id)
}

async function outcomeOf(id: string): Promise<string> {
  await nothingUnderway()
  const [connection] = (await brokers(id)).connections
  expect(connection.outcome).not.toBeNull()
  return connection.outcome as string
}

/** In the order of their days. */
async function rowsOf(id: string): Promise<string[]> {
  const { transactions } = await json(`/api/portfolios/${id}/transactions`)
  return transactions
    .map(({ type, symbol, date, shares }: Record<string, string>) => `${date} ${type} ${symbol} ${shares}`)
    .toSorted()
}

describe('a connected broker', () => {
  it('has its statement imported, and each evening what is new in it', async () => {
    const id = await newPortfolio()
    expect(await fetched(id, '2')).toBe('2 rows imported.')
    expect(await rowsOf(id)).toEqual(['2034-01-03 buy KO 10', '2034-01-04 buy PEP 5'])

    // an evening on which nothing was traded: another text with the same rows
    expect(await fetched(id, '2')).toBe('0 rows imported, 2 already there.')
    // what somebody has deleted stays deleted, though the statement goes on having it
    const { transactions } = await json(`/api/portfolios/${id}/transactions`)
    const pep = transactions.find(({ symbol }: { symbol: string }) => symbol === 'PEP')
    await request(`/api/portfolios/${id}/transactions/${pep.id}`, { method: 'DELETE' })
    expect(await fetched(id, '3')).toBe('1 row imported, 2 already there.')
    expect(await rowsOf(id)).toEqual(['2034-01-03 buy KO 10', '2034-02-01 sell KO 4'])

    // every statement is kept as it came
    const { statements } = await brokers(id)
    expect(statements.map(({ outcome, is_open }: Record<string, unknown>) => [outcome, is_open])).toEqual([
      ['1 row imported, 2 already there.', false],
      ['0 rows imported, 2 already there.', false],
      ['2 rows imported.', false],
    ])
    const file = await request(`/portfolios/${id}/brokers/statements/${statements[0].id}`)
    expect([file.headers.get('content-type'), (await file.text()).match(/tradeID/g)]).toEqual([
      'application/xml; charset=utf-8',
      ['tradeID', 'tradeID', 'tradeID'],
    ])
    // an import like any other: it can be undone
    const { imports } = await json(`/api/portfolios/${id}/imports`)
    expect(imports.map(({ accepted }: { accepted: number }) => accepted)).toEqual([1, 2])
  })

  it('has a row that resembles one of the ledger wait for somebody', async () => {
    const id = await newPortfolio()
    await importCsv(id, 'Ticker,Type,Date,Price,Shares\nKO,Buy,2034-01-03,60.05,10\n')
    expect(await fetched(id, '2')).toBe('1 row imported, 1 row held back, which resemble rows you have.')
    expect(await rowsOf(id)).toEqual(['2034-01-03 buy KO 10', '2034-01-04 buy PEP 5'])
    const html = await page(`/portfolios/${id}/brokers`)
    const [, statement] = /name="statement" value="([^"]+)"/.exec(html)!
    const form = new FormData()
    form.set('preview', '1')
    form.set('statement', statement!)
    const preview = await request(`/portfolios/${id}/imports`, { method: 'POST', body: form })
    expect([preview.status, words(await preview.text())]).toEqual([200, expect.stringContaining('KO')])
    expect((await post(`/portfolios/${id}/brokers/statements/${statement}/settle`, {})).status).toBe(303)
    expect((await brokers(id)).statements[0].is_open).toBe(false)
    // and is not asked about again
    expect(await fetched(id, '2')).toBe('0 rows imported, 2 already there.')
  })

  it('that refuses the token is said on the page, with what to do', async () => {
    const id = await newPortfolio()
    expect(await fetched(id, '1', '101255')).toBe(
      'The token has expired. Create a new one at Interactive Brokers and enter it here.',
    )
    expect(words(await page(`/portfolios/${id}/brokers`))).toContain('The token has expired.')
    expect(await rowsOf(id)).toEqual([])
  })

  it('is asked each evening, once', async () => {
    const id = await newPortfolio()
    await fetched(id, '1')
    const evening = NOON + 5.25 * 3_600_000
    setClock(evening)
    await runCron('15 22 * * MON-FRI', evening, env)
    await nothingUnderway()
    const { statements, connections } = await brokers(id)
    expect(Date.parse(connections[0].asked_at)).toBeGreaterThanOrEqual(evening)
    await runCron('15 22 * * MON-FRI', evening, env)
    await nothingUnderway()
    expect((await brokers(id)).statements).toEqual(statements)
  })

  it('is left alone once whoever connected it may edit no longer, and nothing comes in', async () => {
    const id = await newPortfolio()
    await fetched(id, '1')
    await anotherAccount('dan')
    await env.DB.prepare("UPDATE broker_connections SET account_id = 'dan' WHERE portfolio_id = ?")
      .bind(id)
      .run()
    await env.PORTFOLIO.getByName(id).fetchStatement('ibkr')
    expect((await brokers(id)).connections).toEqual([])
    expect((await brokers(id)).statements).toHaveLength(1)
    expect(await rowsOf(id)).toEqual(['2034-01-03 buy KO 10'])
  })

  it('keeps its token to itself', async () => {
    const id = await newPortfolio()
    const secret = '200123456789'
    await fetched(id, '1', secret)
    const seen = await Promise.all(
      [
        `/api/portfolios/${id}/brokers`,
        `/portfolios/${id}/brokers`,
        `/portfolios/${id}/export/everything.json`,
        `/portfolios/${id}/activity`,
        '/api/account/export',
      ].map(async (path) => (await request(path)).text()),
    )
    expect(seen.filter((text) => text.includes(secret))).toEqual([])
    expect(words(seen[3]!)).toContain('connected a broker: ibkr')
    const gone = await request(`/api/portfolios/${id}/brokers/ibkr`, { method: 'DELETE' })
    expect(gone.status).toBe(204)
    const left = await env.DB.prepare('SELECT * FROM broker_connections WHERE portfolio_id = ?')
      .bind(id)
      .all()
    expect([left.results, (await brokers(id)).statements]).toEqual([[], [expect.anything()]])
    expect((await send(`/api/portfolios/${id}/brokers/ibkr/fetch`, {})).status).toBe(404)
  })

  it.each([
    [{ token: '', query: '1' }, 'token'],
    [{ token: 'not digits', query: '1' }, 'token'],
    [{ token: TOKEN, query: '1; DROP' }, 'query'],
    [{ token: TOKEN }, 'query'],
    [{ token: 5, query: '1' }, 'token'],
  ])('is not connected with %j', async (body, field) => {
    const id = await newPortfolio()
    const refused = await send(`/api/portfolios/${id}/brokers/ibkr`, body, 'PUT')
    expect([refused.status, await refused.text()]).toEqual([
      422,
      expect.stringContaining(`"field":"${field}"`),
    ])
    const typed = Object.fromEntries(Object.entries(body).map(([name, value]) => [name, String(value)]))
    const again = await post(`/portfolios/${id}/brokers/ibkr`, typed)
    const html = await again.text()
    // one field is at fault, and what was typed as the query stands in it again; a token is not sent back
    expect([again.status, html.match(/class="fault"/g)?.length, html.includes(TOKEN)]).toEqual([
      422,
      1,
      false,
    ])
    expect(html.includes('value="1"')).toBe(typed.query === '1')
    expect((await brokers(id)).connections).toEqual([])
  })

  it('may be SnapTrade, by a personal key', async () => {
    // the stand-in (test/brokers/snaptrade/stand-in.ts) has as many activities as the Client ID says
    const id = await newPortfolio()
    const come = async (query: string) => {
      setClock(Date.now() + 60_000)
      const typed = { token: 'stand-in-consumer-key', query }
      expect((await post(`/portfolios/${id}/brokers/snaptrade`, typed)).status).toBe(303)
      return outcomeOf(id)
    }
    expect(await come('PERS-2')).toBe('2 rows imported.')
    expect(await come('PERS-2')).toBe('Nothing has changed since the last statement.')
    expect(await come('PERS-4')).toBe('2 rows imported, 2 already there.')
    expect(await rowsOf(id)).toEqual([
      '2034-01-02 deposit null null',
      '2034-01-03 buy KO 10',
      '2034-02-01 dividend KO null',
      '2034-02-02 sell KO 4',
    ])
    expect(await come('PERS-4/B2')).toBe('SnapTrade has no account with the number B2. It has A1.')
    const { statements } = await brokers(id)
    const file = await request(`/portfolios/${id}/brokers/statements/${statements[0].id}`)
    expect(file.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(words(await page(`/portfolios/${id}/brokers`))).toContain('Client ID PERS-4')
  })

  it('is none of those that there are', async () => {
    const id = await newPortfolio()
    const unknown = { token: TOKEN, query: '1' }
    expect((await send(`/api/portfolios/${id}/brokers/other`, unknown, 'PUT')).status).toBe(404)
    expect((await post(`/portfolios/${id}/brokers/other`, unknown)).status).toBe(404)
    expect((await byToken('ys_none', `/api/portfolios/${id}/brokers`)).status).toBe(401)
  })
})
