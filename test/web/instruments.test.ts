import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { importCsv, json, newPortfolio, request, settled } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { invested, sharedInvested } from '../worker/invested.ts'
import { page, words } from './page.ts'

beforeEach(() => setClock())
afterEach(() => setClock())

const trades = `Ticker,Date,Type,Shares,Price,Amount
TSLA,2012-01-03,Buy,10,$28.08,
TSLA,2034-03-02,Sell,100,$500.00,
BTC-USD,2034-03-02,Buy,0.1,90000,
BRK-B,2034-03-02,Buy,1,700,
`

describe('the page of an instrument', () => {
  it('has its price with age and source, lots, sales, splits and transactions', async () => {
    const id = await sharedInvested(trades)
    const html = await page(`/portfolios/${id}/instruments/TSLA`)
    const text = words(html)
    const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}&lots=1`)
    const tesla = holdings.find(({ symbol }: { symbol: string }) => symbol === 'TSLA')
    // 10 shares of 2012 are 150 after 5:1 and 3:1, less the 100 sold
    expect(tesla.lots[0].shares).toBe('50')
    expect(text).toMatch(/Shares 50/)
    expect(text).toMatch(/Traded 12:00 , updated 12:00 from the demo market/)
    // 100 × 500, less 100/150 of 280.80
    expect(text).toMatch(/Sales 1 .+Mar 2, 2034 100 \$50,000\.00 \$187\.20 \+\$49,812\.80/)
    expect(text).toMatch(/Splits 2/)
    expect(text).toMatch(/Jan 3, 2012 Buy 10 \$28\.08/)
    expect(html).toContain(`data-source="/portfolios/${id}/instruments/TSLA/prices.json?range=all"`)
    expect(await page(`/portfolios/${id}/instruments/tsla?range=5y`)).toContain('prices.json?range=5y')
    // whoever speaks to the page names a range as it is written (WCAG 2.5.3), also where a change is too long for its cents
    const pills = [...html.matchAll(/<a [^>]*data-range="\w+"[^>]* aria-label="([^"]+)"[^>]*>(.*?)<\/a>/g)]
    expect(pills.map(([, name]) => name)).toEqual(pills.map(([, , content]) => words(content!).trim()))
    expect(pills.some(([, name]) => /^All \+[\d,]{3,}%$/.test(name!))).toBe(true)
  })

  it('marks a price that is older than it should be', async () => {
    const id = await invested(trades)
    expect(await page(`/portfolios/${id}/instruments/TSLA`)).not.toContain('class="stale"')
    vi.setSystemTime(Date.now() + 3 * 3_600_000)
    expect(await page(`/portfolios/${id}/instruments/TSLA`)).toContain('class="stale"')
  })

  it.each(['BTC-USD', 'BRK-B', 'VOO'])('is there for %s', async (symbol) => {
    const id = await sharedInvested(trades)
    expect(words(await page(`/portfolios/${id}/instruments/${symbol}`))).toContain(symbol)
  })

  it('of a benchmark and of an exchange rate says that they are not held', async () => {
    const id = await newPortfolio({ benchmarks: ['VOO', '^GSPC'], base_currency: 'EUR' })
    await importCsv(id, trades)
    await settled(id)
    expect(words(await page(`/portfolios/${id}/instruments/VOO`))).toContain('is one of Test’s benchmarks')
    expect(words(await page(`/portfolios/${id}/instruments/USDEUR%3DX`))).toContain('Not in Test')
    expect((await request(`/portfolios/${id}/instruments/%5EGSPC`)).status).toBe(200)
    const link = `/portfolios/${id}/instruments/USDEUR%3DX`
    expect(await page(link)).toContain(`${link}/prices.json?range=all`)
  })

  it('without a price says why', async () => {
    const id = await newPortfolio({ benchmarks: [] })
    await importCsv(id, 'Ticker,Type,Date,Price,Shares\nNOSUCH1,Buy,2034-01-03,10,1\n')
    await settled(id)
    const text = words(await page(`/portfolios/${id}/instruments/NOSUCH1`))
    expect(text).toMatch(/No price .*(No data found|unknown)/)
    expect(text).toContain('Buy 1 $10.00')
  })

  it('takes prices of the owner’s, typed or pasted, and shows them with their age', async () => {
    const id = await newPortfolio({ benchmarks: [] })
    await importCsv(id, 'Ticker,Type,Date,Price,Shares\nMY-HOUSE,Buy,2030-01-03,300000,1\n')
    await settled(id)
    const path = `/portfolios/${id}/instruments/MY-HOUSE`
    const prices = '2033-12-31 310,000\n2034-03-05\t$312,500.50\nyesterday 5\n'
    const answer = await request(`${path}/own-prices`, {
      method: 'POST',
      body: new URLSearchParams({ prices }),
    })
    expect(answer.status).toBe(303)
    await settled(id)
    const text = words(await page(path))
    expect(text).toMatch(/\$312,500\.50 .*Own price of Mar 5, 2034/)
    expect(text).toMatch(
      /Own prices 2 .*Mar 5, 2034 \$312,500\.50 \d+ days? .*Dec 31, 2033 \$310,000\.00 \d+ days/,
    )
    const { holdings, totals } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
    expect(holdings[0]).toMatchObject({ price_from: 'own', market_value: '312500.5' })
    expect(totals.without).toEqual([])
    // nobody is asked for it, so no page waits for a newer one
    expect(holdings[0]).toMatchObject({ stale: false })
    expect((await json(`/api/dashboard-initial-data?portfolio_id=${id}`)).fresh).toBe(true)
    expect(words(await page(`/portfolios/${id}/freshness`))).toContain('Own prices')
    const tracked = env.DB.prepare('SELECT symbol FROM tracked WHERE portfolio_id = ?').bind(id)
    expect((await tracked.all()).results).toEqual([])
  })

  it.each(['MSFT', '%3Cb%3E', 'A'.repeat(60)])('is a 404 with a sentence for %s', async (symbol) => {
    const id = await sharedInvested(trades)
    const answer = await request(`/portfolios/${id}/instruments/${symbol}`)
    expect(answer.status).toBe(404)
    const html = await answer.text()
    expect(html).toContain('transactions, and it isn’t a benchmark.')
    expect(html).not.toContain('<B>')
    expect((await request(`/portfolios/${id}/instruments/${symbol}/prices.json`)).status).toBe(404)
  })
})

describe('the line of the chart', () => {
  it('comes in columns, private, and is not sent again while it is the same', async () => {
    const id = await sharedInvested(trades)
    const path = `/portfolios/${id}/instruments/TSLA/prices.json`
    const answer = await request(path)
    expect(answer.headers.get('cache-control')).toBe('private, no-cache')
    const series = (await answer.json()) as { days: string[]; close: number[]; trades: { type: string }[] }
    expect(series.close).toHaveLength(series.days.length)
    expect(series.trades.map(({ type }) => type)).toEqual(['buy', 'sell'])
    const etag = answer.headers.get('etag')!
    expect((await request(path, { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await json(`${path}?range=1m`)).days.length).toBeLessThan(30)
    expect((await request(`${path}?range=2w`)).status).toBe(400)
  })
})
