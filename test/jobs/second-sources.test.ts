import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { demoMarket } from '../../src/demo/source.ts'
import { isSession, session } from '../../src/market/hours/trading-hours.ts'
import { type SourceDefinition } from '../../src/market/source.ts'
import { type MarketConfig, secondSources } from '../../src/market/sources.ts'
import { addDays, type Day, dayAt } from '../../src/portfolio/day.ts'
import { pairOf } from '../../src/portfolio/exchange-rate.ts'
import { finnhubStandIn, frankfurterStandIn, keys, tiingoStandIn } from '../market/stand-ins.ts'
import { importCsv, json, newPortfolio, request, send, setFault, settled } from '../worker/app.ts'
import { DAY, NOON, setClock } from '../worker/clock.ts'
import { type Market, openMarket, share } from '../worker/market.ts'
import { eventually } from '../worker/underway.ts'
import type { MarketFile } from '../yahoo/book.ts'

const LAST: Day = '2035-04-30'
const price = (day: Day) => 100 + ((Date.parse(day) / DAY) % 20)
let market: Market
let id: string
let now = NOON

const today = () => dayAt(Date.now(), 'America/New_York')
const before = (day: Day) => {
  let last = addDays(day, -1)
  while (!isSession(last)) last = addDays(last, -1)
  return last
}
/** The day of the latest trade: today's at noon, or that of the last session. */
const traded = () => (isSession(today()) ? today() : before(today()))

/** The latest trade: half an hour ago while the market is open, and else at the last close. */
const latest = () =>
  isSession(today())
    ? { price: price(traded()) + 1, at: Date.parse(`${traded()}T16:30:00Z`) }
    : { price: price(traded()), at: session(traded())!.closes }

const files = new Map<string, MarketFile>()
const standIns: Record<string, (request: Request) => Response> = {
  frankfurter: frankfurterStandIn(() => days('2035-01-01', today()), { USD: 1.25 }),
  tiingo: tiingoStandIn(
    () => [...files.values()],
    () => before(today()),
  ),
  finnhub: finnhubStandIn(() => {
    const { price: c, at } = latest()
    const quote = { c, pc: price(before(traded())), t: at / 1000 }
    return new Map([...files.keys()].map((symbol) => [symbol, quote]))
  }),
}

function days(from: Day, to: Day): Day[] {
  const all: Day[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) if (isSession(day)) all.push(day)
  return all
}

/** How often each second source was asked. */
const calls: Record<string, number> = {}
function asked(id: string, request: Request): Request {
  calls[id] = (calls[id] ?? 0) + 1
  return request
}

let original: unknown[] = []

/** Puts second sources behind the gateway, each with its stand-in in place of the network. */
async function switchOn(ids: readonly string[]): Promise<void> {
  await runInDurableObject(env.MARKET_GATEWAY.getByName('market'), (instance) => {
    const gateway = instance as unknown as {
      env: object
      markets: unknown[]
      marketOf(definition: SourceDefinition<MarketConfig>): unknown
    }
    if (original.length === 0) original = [...gateway.markets]
    Object.assign(gateway.env, keys)
    // the chosen source behind its circuits, too
    gateway.markets.splice(
      0,
      gateway.markets.length,
      gateway.marketOf({ ...demoMarket, network: () => market.fetch }),
    )
    for (const source of secondSources.filter((each) => ids.includes(each.id))) {
      const network = () => async (input: RequestInfo | URL, init?: RequestInit) =>
        standIns[source.id]!(asked(source.id, new Request(input, init)))
      gateway.markets.push(gateway.marketOf({ ...source, network }))
    }
  })
}

const rows = async () =>
  (await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)).holdings as Record<string, string>[]

beforeAll(async () => {
  setClock(now)
  await setFault(null)
  for (const symbol of ['ACME', 'VOO']) files.set(symbol, share(symbol, '2034-12-01', LAST, price))
  const shown = [...files.values()].map((file) => ({
    ...file,
    closes: file.closes.filter(([day]) => day < '2035-03-07'),
  }))
  const rates: MarketFile = {
    ...share(pairOf('USD', 'EUR'), '2034-12-01', '2035-03-06', 0.8),
    name: 'USD/EUR',
    currency: 'EUR',
    kind: 'currency',
    exchange: 'Europe/London',
  }
  market = await openMarket([...shown, rates])
  for (const { symbol } of shown) market.prices.set(symbol, price('2035-03-07'))
  id = await newPortfolio({ base_currency: 'EUR', benchmarks: ['VOO'] })
  await importCsv(id, 'Ticker,Type,Date,Price,Shares,Currency\nACME,Buy,2035-01-10,110,10,USD\n')
})
afterAll(async () => {
  market.isGone = false
  await runInDurableObject(env.MARKET_GATEWAY.getByName('market'), (instance) => {
    const { markets } = instance as unknown as { markets: unknown[] }
    markets.splice(0, markets.length, ...original)
  })
  await market.close()
  await setFault(null)
  vi.useRealTimers()
})

/** Waits until the one holding is so. */
async function shows(wanted: Record<string, unknown>): Promise<void> {
  await eventually(async () => {
    await settled(id)
    const [acme] = await rows()
    for (const [field, value] of Object.entries(wanted)) {
      if (acme?.[field] !== value) throw new Error(`${field} is ${acme?.[field]}`)
    }
  })
}

async function refreshed(): Promise<void> {
  await send(`/api/portfolios/${id}/refreshes`, {})
  await settled(id)
}

// two months are lived through from test to test
describe('while the chosen source is gone', { shuffle: false }, () => {
  beforeAll(() => shows({ price: String(price('2035-03-07')), price_source: 'the demo market' }))

  it('and before, no other is asked, for no rate and no price', async () => {
    await switchOn(['frankfurter', 'tiingo', 'finnhub'])
    setClock(NOON + 6 * 60_000)
    const before = market.calls.length
    await refreshed()
    expect(market.calls.length).toBeGreaterThan(before)
    expect(calls).toEqual({})
  })

  it('thirty days long, the dashboard is complete, and each price has its source and age', async () => {
    await switchOn(['frankfurter', 'tiingo', 'finnhub'])
    market.isGone = true
    for (let day = 3; day <= 30; day += 3) {
      now = NOON + day * DAY
      // a refresh brings the bars, and the close with them; the next one the price
      for (const at of [now, now + 60_000]) {
        setClock(at)
        await refreshed()
      }
      const [acme] = await rows()
      expect(acme).toMatchObject({
        price: String(latest().price),
        price_source: 'Finnhub',
        stale: false,
      })
      expect(acme!.price_as_of).toBe(new Date(latest().at).toISOString())
      expect(Number(acme!.market_value)).toBeCloseTo(10 * latest().price * 0.8, 2)
    }
    const { summary, fresh, missing } = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
    expect(fresh).toBe(true)
    expect(missing).toEqual([])
    expect(summary.value).not.toBeNull()
    expect(summary.benchmarks.VOO.value).not.toBeNull()
    const page = await (await request(`/portfolios/${id}/freshness`)).text()
    expect(page).toContain('; 2 from Finnhub; 1 from the ECB')
    expect(Object.keys(calls).toSorted()).toEqual(['finnhub', 'frankfurter', 'tiingo'])
    // every session of these days has its bar
    const { days: charted } = await json(`/api/dashboard-chart-data?portfolio_id=${id}&from=2035-03-07`)
    expect(charted.filter((day: Day) => isSession(day))).toEqual(days('2035-03-07', today()))
  })

  it('a source that counts in other units is held for review, and not mixed in', async () => {
    now += DAY
    setClock(now)
    const own = files.get('ACME')!
    // a split that it applies and does not tell of
    files.set('ACME', { ...own, closes: own.closes.map(([day, close]) => [day, close / 2]) })
    await switchOn(['frankfurter', 'tiingo'])
    const [shown] = await rows()
    await refreshed()
    const [after] = await rows()
    expect(after!.price).toBe(shown!.price)
    expect(after!.quarantined).toMatchObject({
      reason: expect.stringContaining('Tiingo counts in other units'),
    })
    files.set('ACME', own)
  })

  it('and back, its prices count again', async () => {
    now += DAY
    setClock(now)
    market.isGone = false
    for (const file of files.values())
      market.files.set(file.symbol, { ...file, closes: file.closes.filter(([day]) => day < today()) })
    market.prices.clear()
    for (const symbol of files.keys()) market.prices.set(symbol, 123)
    await refreshed()
    await shows({ price: '123' })
    expect((await rows())[0]).toMatchObject({ price_source: 'the demo market', quarantined: null })
  })
  it('a rate that it does not know, while the ECB does not answer, is asked for again within the hour', async () => {
    await switchOn(['frankfurter'])
    const pair = pairOf('USD', 'CHF')
    const gateway = env.MARKET_GATEWAY.getByName('market')
    const answers = async () => [
      await gateway.history(pair, '2035-04-02'),
      (await gateway.otherQuotes([pair])).get(pair),
    ]
    const known = standIns.frankfurter!
    standIns.frankfurter = () => new Response('', { status: 429 })
    for (const answer of await answers()) expect(answer).toMatchObject({ status: 'rejected', noData: true })
    // what neither knows is left alone for a day
    setClock(now + DAY)
    standIns.frankfurter = known
    for (const answer of await answers()) {
      expect(answer!.status).toBe('rejected')
      expect(answer).not.toHaveProperty('noData')
    }
  })
})
