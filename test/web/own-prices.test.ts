import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { tooManyChanged } from '../../src/web/own-price-form.ts'
import { anotherAccount } from '../worker/account.ts'
import { asStranger, HOST, json, newPortfolio, request, send, settled } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { page, post, words } from './page.ts'

const HOUSE = '/api/instruments/MY-HOUSE'
const mark = (body: object, symbol = 'MY-HOUSE') => send(`/api/instruments/${symbol}`, body, 'PUT')
const put = (prices: unknown, symbol = 'MY-HOUSE') => send(`/api/instruments/${symbol}/prices`, prices, 'PUT')
const told = async (asked: Promise<Response>) => {
  const answer = await asked
  const { detail } = (await answer.json()) as { detail: string }
  return { status: answer.status, detail }
}
const buys = (id: string, symbol: string, date = '2034-01-03', more: object = {}) =>
  send(`/api/portfolios/${id}/transactions`, {
    type: 'buy',
    symbol,
    date,
    shares: '1',
    price: '300',
    ...more,
  })
const tracked = async (symbol: string) =>
  (await env.DB.prepare('SELECT portfolio_id FROM tracked WHERE symbol = ?').bind(symbol).all()).results

/** A portfolio that has bought the house, and one that has not. */
let [one, other] = ['', '']
const house = async () =>
  (await json(`/api/dashboard-holdings-data?portfolio_id=${one}`)).holdings.find(
    ({ symbol }: { symbol: string }) => symbol === 'MY-HOUSE',
  )

beforeAll(async () => {
  setClock()
  one = await newPortfolio({ benchmarks: [] })
  other = await newPortfolio({ benchmarks: [] })
})

describe('what an account prices itself', { shuffle: false }, () => {
  it('is asked of nobody, worth what was paid and then what its owner says, in its currency', async () => {
    const marked = await mark({ priced: 'own', currency: 'usd', name: ' My  house ' })
    expect([marked.status, await marked.json()]).toEqual([
      200,
      { symbol: 'MY-HOUSE', priced: 'own', currency: 'USD', name: 'My house' },
    ])
    expect((await buys(one, 'my-house')).status).toBe(201)
    expect(await tracked('MY-HOUSE')).toEqual([])
    expect(await house()).toMatchObject({ name: 'My house', price: '300', price_from: 'paid' })
    const { fresh, missing } = await json(`/api/dashboard-initial-data?portfolio_id=${one}`)
    expect([fresh, missing]).toEqual([
      true,
      [{ symbol: 'MY-HOUSE', reason: 'no own price has been entered yet' }],
    ])
    expect(words(await page(`/portfolios/${one}/instruments/MY-HOUSE`))).toContain(
      'You price MY-HOUSE yourself. Enter its first price below.',
    )

    const set = await put([
      { date: '2034-03-01', price: 320.5 },
      { date: '2034-02-01', price: '310' },
    ])
    const prices = [
      { date: '2034-02-01', price: '310' },
      { date: '2034-03-01', price: '320.5' },
    ]
    expect([set.status, await set.json()]).toEqual([200, prices])
    expect(await json(`${HOUSE}/prices`)).toEqual(prices)
    expect(await json('/api/instruments/my-house/prices?as_of=2034-02-28')).toEqual(prices.slice(0, 1))
    expect(await house()).toMatchObject({ price: '320.5', price_from: 'own', market_value: '320.5' })
    // those of what somebody has are nobody else's business
    expect((await json(`/api/portfolios/${other}/transactions`)).transactions).toEqual([])
  })

  it('has the list that was sent last, and each price that it took away can be restored', async () => {
    const { transactions } = await json(`/api/portfolios/${one}/transactions`)
    const [march] = transactions.filter(({ date }: { date: string }) => date === '2034-03-01')
    expect((await put([{ date: '2034-02-01', price: '310' }])).status).toBe(200)
    const after = (await json(`/api/portfolios/${one}/transactions`)).transactions
    // the row that says the same has stayed
    expect(after).toEqual(transactions.filter(({ date }: { date: string }) => date !== '2034-03-01'))
    const restored = await send(`/api/portfolios/${one}/transactions/${march.id}/restore`, {})
    expect(restored.status).toBe(200)
    expect(await json(`${HOUSE}/prices`)).toHaveLength(2)
    expect(await (await put([])).json()).toEqual([])
    expect(await house()).toMatchObject({ price: '300', price_from: 'paid' })
  })

  it('is refused in a list that would write more than a day of the free plan has, before it is written', () => {
    const day = (i: number) => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10)
    const prices = Array.from({ length: 2000 }, (_, i) => ({ date: day(i), price: 10n }))
    const among = Array.from({ length: 11 }, (_, i) => `p${i}`)
    const there = (portfolio: string) =>
      prices.map(({ date, price }) => ({
        portfolio,
        date,
        amount: price,
        currency: 'USD',
        listingCurrency: null,
      }))
    const list = { prices, currency: 'USD' }
    expect(tooManyChanged(list, among.slice(1), [])).toBeNull()
    expect(tooManyChanged(list, among, [])).toContain('in 11 portfolios 22,000 prices would be written')
    // one of them has the list already
    expect(tooManyChanged(list, among, there('p3'))).toBeNull()
    expect(tooManyChanged({ ...list, prices: [] }, among, among.flatMap(there))).toContain('at most 20,000')
  })

  it('is priced by every portfolio that has it, a later one too, and kept for a purchase to come', async () => {
    await mark({ priced: 'own', currency: 'EUR' }, 'BARN')
    const later = await newPortfolio({ benchmarks: [] })
    expect((await put([{ date: '2034-02-01', price: '50' }], 'BARN')).status).toBe(200)
    await buys(later, 'BARN')
    await settled(later)
    expect(await tracked('BARN')).toEqual([])
    const [barn] = (await json(`/api/dashboard-holdings-data?portfolio_id=${later}`)).holdings
    expect(barn).toMatchObject({ currency: 'EUR', price: '50', price_from: 'own' })
    // a group of all asks no market for it either, and its rates are
    await json('/api/dashboard-holdings-data?portfolio_id=all')
    expect(await tracked('BARN')).toEqual([])
    expect((await request(`/api/portfolios/${later}`, { method: 'DELETE' })).status).toBe(204)
  })

  it('is in the file of everything, and keeps its owner’s prices under another ticker', async () => {
    const file = await json('/api/account/export')
    expect(file.portfolios[0].portfolio.own_instruments).toEqual(['BARN EUR BARN', 'MY-HOUSE USD My house'])
    const rename = (from: string, to: string) => post(`/portfolios/${one}/instruments/${from}/rename`, { to })
    expect((await rename('MY-HOUSE', 'MY-HOME')).status).toBe(303)
    expect(await tracked('MY-HOME')).toEqual([])
    expect((await rename('MY-HOME', 'MY-HOUSE')).status).toBe(303)
    expect(await house()).toMatchObject({ name: 'My house' })
  })

  it('is the market’s again once nothing of it is left', async () => {
    await put([{ date: '2034-02-01', price: '310' }])
    expect(await told(mark({ priced: 'market' }))).toMatchObject({
      status: 422,
      detail: 'priced: there are prices of your own in USD; replace them by an empty list first',
    })
    expect(await told(mark({ priced: 'own', currency: 'CHF' }))).toMatchObject({
      status: 422,
      detail: 'currency: there are prices of your own in USD; replace them by an empty list first',
    })
    await put([])
    expect(await (await mark({ priced: 'market' })).json()).toMatchObject({ priced: 'market', name: null })
    expect(await tracked('MY-HOUSE')).toEqual([{ portfolio_id: one }])
    await mark({ priced: 'own', currency: 'USD', name: 'My house' })
  })

  it('may be what the market quotes: from then on its owner’s prices count', async () => {
    await buys(other, 'AAPL')
    await settled(other)
    expect(await (await put([{ date: '2034-02-01', price: '1.5' }], 'AAPL')).json()).toHaveLength(1)
    const [apple] = (await json(`/api/dashboard-holdings-data?portfolio_id=${other}`)).holdings
    expect(apple).toMatchObject({ price: '1.5', price_from: 'own', currency: 'USD' })
    expect(await tracked('AAPL')).toEqual([])
  })

  it('concerns nobody else, not even who may edit one of its portfolios', async () => {
    await put([{ date: '2034-02-01', price: '310' }])
    const headers = { ...(await anotherAccount('neighbor')), 'content-type': 'application/json' }
    const as = (method: string, body?: object) =>
      asStranger(`${HOUSE}/prices`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    await env.DB.prepare("INSERT INTO members VALUES (?, 'neighbor', 'editor', 0)").bind(one).run()
    expect(await told(as('GET'))).toMatchObject({
      status: 404,
      detail: 'None of your portfolios has MY-HOUSE.',
    })
    expect(await told(as('PUT', []))).toMatchObject({
      status: 422,
      detail: 'You have no portfolio yet. Make one first.',
    })
    const init = { method: 'POST', headers, body: '{"name":"Theirs","benchmarks":[]}' }
    expect((await asStranger('/api/portfolios', init)).status).toBe(201)
    expect((await told(as('PUT', [{ date: '2034-02-01', price: '1' }]))).detail).toMatch(
      /^None of your portfolios has MY-HOUSE\. Book its purchase, or say with PUT/,
    )
    expect(await json(`${HOUSE}/prices`)).toEqual([{ date: '2034-02-01', price: '310' }])
  })

  it.each([
    ['{}', 400, 'The body must be a JSON list.'],
    ['[', 400, 'The body must be a JSON list.'],
    ['[1]', 422, '[0]: must be an object with a date and a price'],
    ['[{}]', 422, '[0].date: is missing; [0].price: is missing'],
    ['[{"date":"2034-02-30","price":"1"}]', 422, '[0].date: “2034-02-30” is not a date (YYYY-MM-DD)'],
    ['[{"date":"1899-12-31","price":1}]', 422, '[0].date: 1899-12-31 is before 1900'],
    ['[{"date":"2999-01-01","price":1}]', 422, '[0].date: 2999-01-01 is in the future'],
    ['[{"date":20340201,"price":1}]', 422, '[0].date: must be text'],
    [
      '[{"date":"2034-02-01","price":0}]',
      422,
      '[0].price: price must be at least 0.00000001; enter that for shares that are worth nothing',
    ],
    ['[{"date":"2034-02-01","price":"-1"}]', 422, '[0].price: price must be at least 0.00000001'],
    ['[{"date":"2034-02-01","price":true}]', 422, '[0].price: must be a number, or text'],
    [
      '[{"date":"2034-02-01","price":1,"fee":2}]',
      422,
      '[0].fee: is not read here; the fields are date, price',
    ],
    [
      '[{"date":"2034-02-01","price":1},{"date":"2034-02-01","price":2}]',
      422,
      '[1].date: 2034-02-01 is the day of [0] too',
    ],
    [`[${'1,'.repeat(2000)}1]`, 422, 'prices: there are 2001 prices, and at most 2000 can be set'],
  ])('%.60s is refused in a sentence, and changes nothing', async (body, status, detail) => {
    const before = await json(`${HOUSE}/prices`)
    const init = { method: 'PUT', body, headers: { 'content-type': 'application/json' } }
    expect(await told(request(`${HOUSE}/prices`, init))).toMatchObject({ status, detail })
    expect(await json(`${HOUSE}/prices`)).toEqual(before)
  })

  it.each([
    [{}, 'priced: must be own or market'],
    [{ priced: 'me' }, 'priced: “me” is neither own nor market'],
    [{ priced: 'own', currency: 'GBX' }, 'currency: GBX is a hundredth of GBP: use GBP'],
    [{ priced: 'own', currency: 'EUQ' }, 'currency: “EUQ” is not a currency code such as USD'],
    [{ priced: 'own', currency: '€' }, 'currency: “€” is not a currency code such as USD'],
    [{ priced: 'market', name: 'House' }, 'name: comes from the market'],
    [{ priced: 'own', price: 1 }, 'price: is not read here; the fields are priced, currency, name'],
  ])('%j is refused in a sentence', async (body, detail) => {
    expect(await told(mark(body))).toMatchObject({ status: 422, detail })
  })

  it('is found by its ticker alone', async () => {
    expect(await told(mark({ priced: 'own' }, '%3Cscript%3E'))).toMatchObject({
      status: 422,
      detail: 'symbol: “<SCRIPT>” is not a ticker',
    })
    expect((await request('/api/instruments/..%2F..%2Fx/prices')).status).toBe(404)
    const wrong = await request(HOUSE, { method: 'DELETE', headers: { origin: HOST } })
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'PUT'])
  })
})
