import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RefreshMessage } from '../../src/jobs/messages.ts'
import { runCron } from '../../src/jobs/schedule.ts'
import {
  importCsv,
  json,
  setFault,
  newPortfolio,
  request,
  send,
  settled,
  upstreamCalls,
} from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { deliver } from '../worker/queue.ts'
import { listen } from '../worker/socket.ts'

const csv = `Ticker,Type,Date,Price,Shares
AAPL,Buy,2024-02-01,186.86,10
MSFT,Buy,2024-02-12,415.26,4
AAPL,Sell,2024-06-03,194.03,3
BTC-USD,Buy,2024-03-04,68245.70,0.05
`

// on New Year's Day there is no bar of the year yet, and at midnight a refresh asks for more than prices
beforeEach(() => setClock())
afterEach(async () => {
  await setFault(null)
  vi.useRealTimers()
})

// one clock that goes on from the import to a message that failed
describe('a day', { shuffle: false }, () => {
  describe('from a CSV to a dashboard', () => {
    let id: string
    /** The calls that the import has made. */
    let calls: Record<string, number>

    beforeAll(async () => {
      setClock()
      // nothing is known of any ticker
      await env.DB.batch(
        ['quotes', 'bars', 'histories', 'instruments'].map((each) => env.DB.prepare(`DELETE FROM ${each}`)),
      )
      const before = await upstreamCalls()
      id = await newPortfolio()
      await importCsv(id, csv)
      await settled(id)
      calls = await upstreamCalls()
      for (const [endpoint, count] of Object.entries(before)) calls[endpoint]! -= count
    })

    it('background_price_updater_batch_processing: every ticker and benchmark has prices in D1', async () => {
      expect(await settled(id)).toMatchObject({ status: 'done', failed: [] })
      const { results } = await env.DB.prepare('SELECT symbol FROM quotes').all()
      expect(results.map((row) => row.symbol)).toEqual(
        expect.arrayContaining(['AAPL', 'BTC-USD', 'MSFT', 'QQQ', 'VOO']),
      )
    })

    it('histories are there from the year of the first transaction, a row a symbol and year', async () => {
      const { results } = await env.DB.prepare(
        "SELECT symbol, min(year) AS first, count(*) AS rows FROM bars WHERE symbol IN ('AAPL', 'VOO') GROUP BY symbol ORDER BY symbol",
      ).all<{ symbol: string; first: number; rows: number }>()
      const years = new Date().getUTCFullYear() - 2024 + 1
      expect(results).toEqual([
        { symbol: 'AAPL', first: 2024, rows: years },
        { symbol: 'VOO', first: 2024, rows: years },
      ])
    })

    it('background_chart_data_generation: the chart is in D1 and KV, and no reader waited', async () => {
      const chart = await env.SNAPSHOTS.get<{ days: string[]; value: number[] }>(`chart:${id}`, 'json')
      expect(chart!.days[0]).toBe('2024-02-01')
      expect(chart!.value.every((value) => value > 0)).toBe(true)
      const row = await env.DB.prepare('SELECT chart FROM snapshots WHERE portfolio_id = ?')
        .bind(id)
        .first<{ chart: string }>()
      expect(JSON.parse(row!.chart)).toEqual(chart)
    })

    it('the import cost one chart call a symbol, one call that knows the tickers, and at most one for prices', async () => {
      expect(calls.chart).toBe(5)
      expect(calls.quote).toBeLessThanOrEqual(2)
    })

    it('the same file again changes nothing', async () => {
      const before = await json(`/api/portfolios/${id}/performance?as_of=2024-12-31`)
      const { revision } = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
      expect(await (await importCsv(id, csv)).json()).toMatchObject({ accepted: 0, duplicates: 4, revision })
      expect(await json(`/api/portfolios/${id}/performance?as_of=2024-12-31`)).toEqual(before)
    })
  })

  describe('a refresh', { shuffle: false }, () => {
    let id: string

    beforeAll(async () => {
      setClock()
      id = await newPortfolio({ benchmarks: ['VOO'] })
      await importCsv(id, csv)
      await settled(id)
    })

    it('twenty clicks make one refresh', async () => {
      setClock(Date.now() + 60_000)
      const before = (await upstreamCalls()).quote ?? 0
      const clicks = await Promise.all(
        Array.from({ length: 20 }, () => send(`/api/portfolios/${id}/refreshes`, {})),
      )
      const generations = await Promise.all(
        clicks.map(async (click) => ((await click.json()) as { generation: number }).generation),
      )
      expect(new Set(generations).size).toBe(1)
      await settled(id)
      expect((await upstreamCalls()).quote! - before).toBe(1)
    })

    it('an open page hears the progress, and which regions changed', async () => {
      const page = await listen(id)
      setClock(Date.now() + 120_000)
      await send(`/api/portfolios/${id}/refreshes`, {})
      // BTC-USD trades around the clock, so something always moves
      const changed = await page.heard((signal) => signal.type === 'changed')
      expect(changed).toMatchObject({
        regions: expect.arrayContaining(['headline', 'holdings', 'freshness']),
        refresh: { status: 'done', done: 4, total: 4 },
      })
      page.close()
    })

    it('a cron tick brings new prices to a page that somebody looks at, and to no other', async () => {
      const watched = await listen(id)
      const alone = await newPortfolio({ name: 'Nobody looks', benchmarks: [] })
      await importCsv(alone, csv)
      await settled(alone)
      const before = await json(`/api/dashboard-initial-data?portfolio_id=${alone}`)
      const now = Date.now() + 10 * 60_000
      setClock(now)
      await runCron('* * * * *', now, env)
      await watched.heard((signal) => signal.type === 'changed')
      expect(await json(`/api/dashboard-initial-data?portfolio_id=${alone}`)).toMatchObject({
        revision: before.revision,
      })
      watched.close()
    })

    it('a cron tick touches no portfolio when nobody looks', async () => {
      await vi.waitFor(async () => {
        const row = await env.DB.prepare('SELECT max(watched_until) AS until FROM portfolios').first<{
          until: number
        }>()
        expect(row!.until).toBe(0)
      }, 60_000)
      const sent = vi.spyOn(env.REFRESH, 'sendBatch').mockResolvedValue({} as QueueSendBatchResponse)
      const now = Date.now() + 20 * 60_000
      setClock(now)
      await runCron('* * * * *', now, env)
      const messages = sent.mock.calls.flatMap(([batch]) => [...batch].map(({ body }) => body))
      sent.mockRestore()
      // BTC-USD, at least, has traded since
      expect(messages.length).toBeGreaterThan(0)
      const asked = vi.spyOn(env.PORTFOLIO, 'getByName')
      for (const message of messages) expect((await deliver(message)).explicitAcks).toHaveLength(1)
      expect(asked).not.toHaveBeenCalled()
      asked.mockRestore()
    })
  })

  describe('the queue', () => {
    const quotes: RefreshMessage = { kind: 'quotes', symbols: ['KO', 'JPM'], requester: null }

    it('a message that comes twice changes nothing the second time', async () => {
      const now = Date.now()
      setClock(now)
      expect((await deliver(quotes)).explicitAcks).toHaveLength(1)
      const rows = () =>
        env.DB.prepare("SELECT * FROM quotes WHERE symbol IN ('KO', 'JPM') ORDER BY symbol").all()
      const first = (await rows()).results
      expect(first).toHaveLength(2)
      await deliver(quotes)
      expect((await rows()).results).toEqual(first)
    })

    it('while the source is down it is tried again, later', async () => {
      await setFault({ kind: '500' })
      setClock(Date.now() + 120_000)
      const { explicitAcks, retryMessages } = await deliver({ ...quotes, symbols: ['V'] })
      expect(explicitAcks).toEqual([])
      expect(retryMessages).toHaveLength(1)
    })

    it('one that failed every try is parked, shown in the status, and its refresh ends', async () => {
      setClock(Date.now() + 30 * 60_000)
      const id = await newPortfolio({ benchmarks: ['DIS'] })
      await settled(id)
      await setFault({ kind: '429' })
      setClock(Date.now() + 60 * 60_000)
      const { generation } = (await (await send(`/api/portfolios/${id}/refreshes`, {})).json()) as {
        generation: number
      }
      const before = (await json('/api/status')).dead_letters.count
      const message: RefreshMessage = {
        kind: 'quotes',
        symbols: ['DIS'],
        requester: { portfolio: id, generation },
      }
      expect((await deliver(message, 5, 'yardstick-refresh-dlq')).explicitAcks).toHaveLength(1)
      expect((await json('/api/status')).dead_letters.count).toBe(before + 1)
      expect(await json(`/api/portfolios/${id}/refreshes/latest`)).toMatchObject({
        generation,
        status: 'failed',
        failed: [{ symbol: 'DIS', reason: 'the market source could not be reached' }],
      })
    })

    it('what no version of ours sent is parked at once', async () => {
      const before = (await json('/api/status')).dead_letters.count
      await deliver('nonsense')
      await vi.waitFor(
        async () => expect((await json('/api/status')).dead_letters.count).toBe(before + 1),
        60_000,
      )
    })

    it('an unknown symbol is reported with its reason and does not hold up the others', async () => {
      setClock(Date.now() + 5 * 3_600_000)
      const id = await newPortfolio({ benchmarks: [] })
      await importCsv(id, 'Ticker,Type,Date,Price,Shares\nNOPE,Buy,2024-01-10,5,1\nKO,Buy,2024-01-10,60,1\n')
      const latest = await settled(id)
      expect(latest).toMatchObject({
        status: 'done',
        failed: [{ symbol: 'NOPE', reason: expect.stringContaining('NOPE') }],
      })
      const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
      const bySymbol = Object.fromEntries(
        holdings.map((holding: { symbol: string }) => [holding.symbol, holding]),
      )
      expect(bySymbol.KO.market_value).not.toBeNull()
      // what has no close is worth what its latest trade paid (finance.md, "Prices")
      expect(bySymbol.NOPE).toMatchObject({ market_value: '5', price_from: 'paid', cost_basis: '5' })
      expect(bySymbol.NOPE.reason).toBe('at the price paid on 2024-01-10')
    })
  })

  it('pages answer while the source is down, from what is stored', async () => {
    const id = await newPortfolio({ benchmarks: [] })
    await importCsv(id, csv)
    await settled(id)
    await setFault({ kind: 'down' })
    setClock(Date.now() + 3 * 86_400_000)
    const before = await upstreamCalls()
    const initial = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
    expect(initial).toMatchObject({ fresh: false })
    expect(initial.summary.value).not.toBeNull()
    const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
    expect(
      holdings.every((holding: { stale: boolean; price: string }) => holding.stale && holding.price),
    ).toBe(true)
    expect((await request(`/portfolios/${id}/holdings`)).status).toBe(200)
    expect(await upstreamCalls()).toEqual(before)
  })
})
