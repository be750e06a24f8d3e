import { createExecutionContext, runInDurableObject, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PortfolioCoordinator } from '../../src/coordinator/portfolio-coordinator.ts'
import { runCron } from '../../src/jobs/schedule.ts'
import { app } from '../../src/web/app.tsx'
import { HOST, json, request, send, settled, signed } from '../worker/app.ts'
import { setClock, TODAY } from '../worker/clock.ts'
import { countingEnv, nothing } from '../worker/counting.ts'
import { invested } from '../worker/invested.ts'
import { nothingUnderway } from '../worker/underway.ts'
import { page, words } from './page.ts'

const DAY = '2022-05-31'

let id: string

beforeAll(async () => {
  id = await invested()
})

beforeEach(() => setClock())
afterEach(() => setClock())

/** Every page, fragment and file that differs by the day. */
const pages = [
  '',
  '/headline',
  '/holdings',
  '/regions?of=headline,why,holdings',
  '/transactions',
  '/dividends',
  '/cash-flows',
  '/gap',
  '/decisions',
  '/targets',
  '/gap/TSLA',
  '/risk',
  '/risk/beta',
  '/instruments/TSLA',
  '/figures/twr',
  '/figures/income-yield',
]

describe('a page as of a past day', () => {
  it('shows the figures that the API says of that day', async () => {
    const { value } = await json(`/api/portfolios/${id}/performance?as_of=${DAY}`)
    const shown = words(await page(`/portfolios/${id}?as_of=${DAY}`))
    const amount = Number(value).toLocaleString('en-US', {
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
    })
    expect(shown).toContain(`$${amount}`)
    expect(shown).toContain('As of May 31, 2022')
    expect(shown).not.toContain('market open')
    expect(words(await page(`/portfolios/${id}`))).not.toContain(amount)
  })

  it('lists no transaction, dividend or sale of a later day', async () => {
    // 4 of 10 QQQ were sold on 2022-06-01
    expect(words(await page(`/portfolios/${id}/transactions?as_of=${DAY}`))).not.toContain('Jun 1, 2022')
    expect(words(await page(`/portfolios/${id}/transactions?as_of=2022-06-01`))).toContain('Jun 1, 2022')
    expect(words(await page(`/portfolios/${id}/cash-flows?as_of=2012-02-02`))).not.toContain('2012-02-03')
    const file = await page(`/portfolios/${id}/export/transactions.csv?as_of=${DAY}`)
    expect(file.trim().split('\n')).toHaveLength(1 + 4)
    const { transactions } = await json(`/api/portfolios/${id}/transactions?as_of=${DAY}`)
    expect(transactions.map(({ date }: { date: string }) => date)).toEqual([
      '2021-03-02',
      '2012-03-19',
      '2012-02-03',
      '2012-01-03',
    ])
  })

  it.each(pages)('%s leads to others of that day only, and asks for nothing else', async (path) => {
    const html = await page(`/portfolios/${id}${path}${path.includes('?') ? '&' : '?'}as_of=${DAY}`)
    const found = [...html.matchAll(/ (?:href|hx-get|data-region|data-source)="([^"]*)"/g)]
    const own = found.map(([, address]) => address!.replaceAll('&amp;', '&'))
    const timeless = /\/(activity|alerts|imports|settings|transactions\/new|[^/]+\/edit)([?#]|$)/
    const inside = own.filter((each) => each.startsWith(`/portfolios/${id}`) && !timeless.test(each))
    // the way back to today is the only one without
    const without = inside.filter((each) => !each.includes(`as_of=${DAY}`))
    expect([[], [`/portfolios/${id}`]]).toContainEqual(without)
  })

  it('answers each JSON endpoint of that day', async () => {
    const { summary, as_of } = await json(`/api/dashboard-initial-data?portfolio_id=${id}&as_of=${DAY}`)
    expect(as_of).toBe(DAY)
    const { today: _, ...figures } = summary
    expect(figures).toEqual(await json(`/api/portfolios/${id}/performance?as_of=${DAY}`))
    const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}&as_of=${DAY}`)
    for (const row of holdings)
      expect(row).toMatchObject({ price_as_of: expect.stringMatching(/^2022-05-/), stale: false })
    const chart = await json(`/api/dashboard-chart-data?portfolio_id=${id}&as_of=${DAY}`)
    expect(chart.days.at(-1)).toBe(DAY)
    expect(chart.value.at(-1)).toBe(
      Number(summary.value)
        .toFixed(2)
        .replace(/\.?0+$/, ''),
    )
    const lines = await json(`/portfolios/${id}/chart.json?range=1m&days=every&as_of=${DAY}`)
    expect([lines.days[0], lines.days.at(-1)]).toEqual(['2022-05-02', DAY])
    const trades = await json(`/portfolios/${id}/trades.json?as_of=${DAY}`)
    expect(trades.at(-1).date).toBe('2021-03-02')
    const prices = await json(`/portfolios/${id}/instruments/TSLA/prices.json?as_of=${DAY}`)
    expect(prices.days.at(-1)).toBe(DAY)
  })

  it('changes nothing: no KV read or write, no row written, no message, no refresh', async () => {
    for (const path of pages) {
      const { env: counting, counts } = countingEnv(env)
      const ctx = createExecutionContext()
      const at = `${HOST}/portfolios/${id}${path}${path.includes('?') ? '&' : '?'}as_of=${DAY}`
      const answer = await app.fetch(signed(at), counting, ctx)
      await answer.text()
      await waitOnExecutionContext(ctx)
      const { kvReads, kvWrites, d1RowsWritten, messages, objectCalls, d1Queries } = counts
      expect([path, { kvReads, kvWrites, d1RowsWritten, messages }]).toEqual([
        path,
        { kvReads: 0, kvWrites: 0, d1RowsWritten: 0, messages: 0 },
      ])
      // the figures, what the page lists, and the gap's decisions
      expect(objectCalls).toBeLessThanOrEqual(3)
      expect(d1Queries).toBeLessThanOrEqual(4)
    }
  })

  it('is asked again by its ETag, which costs the query that says who asks, and no calculation', async () => {
    for (const path of [...pages, '/chart.json', '/trades.json']) {
      const at = `${HOST}/portfolios/${id}${path}${path.includes('?') ? '&' : '?'}as_of=${DAY}`
      const first = await app.fetch(signed(at), env, createExecutionContext())
      expect([path, first.status]).toEqual([path, 200])
      const { env: counting, counts } = countingEnv(env)
      const headers = { 'if-none-match': first.headers.get('etag')! }
      const answer = await app.fetch(signed(at, { headers }), counting, createExecutionContext())
      expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([
        path,
        304,
        'private, no-cache',
      ])
      const { d1RowsRead: _, ...rest } = counts
      expect(rest).toEqual({ ...nothing, d1RowsRead: undefined, d1Trips: 1, d1Queries: 1 })
    }
  })

  it('has another ETag after an edit, for another reader, and of a day that is not over', async () => {
    const at = (day: string) => `/portfolios/${id}/holdings?as_of=${day}`
    const etagOf = async (path: string, headers: Record<string, string> = {}) =>
      (await request(path, { headers })).headers.get('etag')!
    const before = await etagOf(at(DAY))
    expect(before).toMatch(/^"past-/)
    expect(await etagOf(at(DAY), { 'accept-language': 'de' })).not.toBe(before)
    expect(await etagOf(at('2022-05-30'))).not.toBe(before)
    expect(await etagOf(at(TODAY))).not.toMatch(/^"past-/)
    const row = { type: 'deposit', date: '2022-05-30', amount: '5' }
    const { id: added } = (await (await send(`/api/portfolios/${id}/transactions`, row)).json()) as {
      id: string
    }
    const again = await request(at(DAY), { headers: { 'if-none-match': before } })
    expect(again.status).toBe(200)
    await request(`/api/portfolios/${id}/transactions/${added}`, { method: 'DELETE' })
  })

  it('is calculated once of a ledger', async () => {
    await runInDurableObject(env.PORTFOLIO.getByName(id), async (object: PortfolioCoordinator) => {
      const reads = [
        () => object.snapshotOn('owner', DAY),
        () => object.chartOn('owner', DAY),
        () => object.performance('owner', DAY, null),
        () => object.holdingsOn('owner', DAY, true),
        () => object.gap('owner', 'VOO', DAY, null, 'symbol'),
        () => object.dividends('owner', DAY),
        () => object.factsheet('owner', 'TSLA', DAY),
        () => object.risk('owner', DAY, 'all'),
      ]
      for (const read of reads) expect(await read()).toBe(await read())
    })
  })

  it('before the first transaction says so, and offers no file to import', async () => {
    const shown = words(await page(`/portfolios/${id}?as_of=2011-12-30`))
    expect(shown).toContain('Nothing yet on Dec 30, 2011')
    expect(shown).not.toContain('Add a transaction')
  })

  // the evenings are later than the day that every other test has
  describe('of a day that the dashboard has been seen on', { shuffle: false }, () => {
    it('of today is today’s, by its closes and latest prices', async () => {
      const { value } = await json(`/api/portfolios/${id}/performance`)
      expect(
        (await json(`/api/dashboard-initial-data?portfolio_id=${id}&as_of=${TODAY}`)).summary.value,
      ).toBe(value)
    })

    it('is what the dashboard said in the evening of that day', async () => {
      const said = async (query: string) => {
        const { summary } = await json(`/api/dashboard-initial-data?portfolio_id=${id}${query}`)
        const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}${query}`)
        const rows = holdings.map(({ symbol, shares, price, market_value, vs }: Record<string, unknown>) => {
          return { symbol, shares, price, market_value, vs }
        })
        return { summary, rows }
      }
      const kept = new Map<string, object>()
      for (const day of ['2035-03-07', '2035-03-08', '2035-03-09']) {
        // the bars of the day are fetched a quarter past six in New York
        const evening = Date.parse(`${day}T23:15:00Z`)
        setClock(evening)
        await runCron('15 22 * * MON-FRI', evening, env)
        await nothingUnderway()
        const { results } = await env.DB.prepare('SELECT DISTINCT to_day FROM histories').all()
        expect(results).toEqual([{ to_day: day }])
        await request(`/api/portfolios/${id}/refreshes`, { method: 'POST' })
        await settled(id)
        kept.set(day, await said(''))
      }
      expect(new Set([...kept.values()].map((each) => JSON.stringify(each))).size).toBe(3)
      for (const [day, then] of kept) expect([day, await said(`&as_of=${day}`)]).toEqual([day, then])
    })
  })

  it('leads from a page that is the same on every day to the dashboard of that day', async () => {
    for (const path of ['activity', 'brokers', 'imports', 'settings']) {
      const answer = await request(`/portfolios/${id}/${path}?as_of=${DAY}`)
      expect([answer.status, answer.headers.get('location')]).toEqual([302, `/portfolios/${id}?as_of=${DAY}`])
    }
    const { transactions } = await json(`/api/portfolios/${id}/transactions?limit=1`)
    const answers = [
      `/portfolios/${id}/export/everything.json`,
      `/portfolios/${id}/export/track-record.json`,
      `/api/portfolios/${id}/brokers`,
      `/api/portfolios/${id}`,
      `/api/portfolios/${id}/members`,
      `/api/portfolios/${id}/imports`,
      `/api/portfolios/${id}/refreshes/latest`,
      `/api/portfolios/${id}/transactions/${transactions[0].id}`,
    ]
    for (const path of answers) {
      const answer = await request(`${path}?as_of=${DAY}`)
      expect([path, answer.status, await answer.text()]).toEqual([
        path,
        400,
        expect.stringContaining('the same on every day'),
      ])
    }
  })

  it.each(['2022-13-01', 'yesterday', '2199-01-01'])('refuses %s in a sentence', async (day) => {
    for (const path of [...pages, '/chart.json', '/export/holdings.csv']) {
      const at = `/portfolios/${id}${path}${path.includes('?') ? '&' : '?'}as_of=${day}`
      const answer = await request(at)
      expect([path, answer.status]).toEqual([path, 400])
      expect(await answer.text()).toContain('as_of')
    }
  })
})
