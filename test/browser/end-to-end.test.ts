import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import type { Server } from './signed-in.ts'
import { previousSession } from '../../src/market/hours/trading-hours.ts'
import { dayAt } from '../../src/portfolio/day.ts'
import { serveYahoo, type YahooServer } from '../yahoo/folder.ts'
import { inventedMarkets } from '../yahoo/invented.ts'
import { launch, openTab, started } from './browser.ts'

// The road as an investor walks it, in a real browser, through the real local platform, against a stand-in for Yahoo.

/** As much of D1 as a test outside of the runtime needs. */
type Statements = { prepare(sql: string): { run(): Promise<unknown> } }

let yahoo: YahooServer
let server: Server
let url: URL
let browser: Browser

beforeAll(async () => {
  yahoo = await serveYahoo(inventedMarkets(Date.now()))
  server = await started({ MARKET: 'yahoo', YAHOO_BASE_URL: yahoo.url })
  ;({ url } = server)
  browser = await launch()
})

afterAll(async () => {
  await server?.close()
  await yahoo?.close()
})

// ten sessions ago, so that the prices of the day are known
const bought = Array.from({ length: 10 }).reduce<string>(
  (day) => previousSession(day),
  dayAt(Date.now(), 'America/New_York'),
)
const csv = `Ticker,Type,Date,Price,Shares\nACME,Buy,${bought},124.00,100\nCOIN-USD,Buy,${bought},10,1\n`

describe('from the first visit to a live page', { shuffle: false }, () => {
  it('first visit: a portfolio is made, a CSV imported, and the dashboard fills itself', async () => {
    const { page, close } = await openTab(browser, url)
    await page.fill('input[name=name]', 'My <b>money</b>')
    await page.click('form[action="/portfolios"] button')
    await page.waitForURL(/\/imports$/)
    await page.setInputFiles('input[type=file]', {
      name: 'trades.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(csv),
    })
    await page.click('form[enctype] button:text-is("Check this file")')
    await page.click('button:text-is("Import 2 rows")')
    await page.getByText('Dashboard').or(page.getByText('dashboard')).first().waitFor()
    await page.goto(new URL('/', url).href)
    await page.waitForURL(/\/portfolios\/[0-9a-f-]{36}$/)
    // 100 × 124.90, the close of the last session (50 + 749 / 10), and a coin at 10
    await page.waitForFunction(() => document.querySelector('#holdings')?.textContent?.includes('12,490.00'))
    expect(await page.textContent('#headline')).toContain('12,500.00')
    expect(await page.textContent('h1')).toBe('My <b>money</b>')
    expect(await page.textContent('#holdings')).toContain('Acme & <Sons>')
    await page.waitForSelector('[data-chart] canvas')
    await close()
  })

  it('the same figures are in the first HTML, before any script runs', async () => {
    const { page, close } = await openTab(browser, url, { javaScriptEnabled: false })
    await page.waitForURL(/\/portfolios\//)
    expect(await page.textContent('#headline')).toContain('12,500.00')
    await page.click('form[action$="/refreshes"] button')
    await page.waitForURL(/\/portfolios\/[0-9a-f-]{36}$/)
    expect(await page.textContent('#headline')).toContain('12,500.00')
    await close()
  })

  it('a refresh pressed in one tab moves the figures in both, by themselves', async () => {
    const first = await openTab(browser, url)
    const second = await openTab(browser, first.page.url())
    for (const { page } of [first, second]) await page.waitForSelector('html[data-live=on]')
    const chart = await second.page.waitForSelector('[data-chart] canvas')
    yahoo.setPrice('ACME', 200)
    // the button takes what came in the last ten seconds for fresh
    const { DB } = (await server.getWorker().getEnv()) as unknown as { DB: Statements }
    await DB.prepare('UPDATE quotes SET fetched_at = fetched_at - 10500').run()
    await first.page.click('form[action$="/refreshes"] button')
    for (const { page } of [first, second]) {
      await page.waitForFunction(() =>
        document.querySelector('#headline')?.textContent?.includes('20,010.00'),
      )
      await page.waitForFunction(() =>
        document.querySelector('#holdings')?.textContent?.includes('20,000.00'),
      )
    }
    // only what changed was swapped: the plot is the same element
    expect(await chart.evaluate((canvas) => canvas.isConnected)).toBe(true)
    await first.close()
    await second.close()
  })

  it('a cron tick moves an open page too', async () => {
    const { page, close } = await openTab(browser, url)
    await page.waitForSelector('html[data-live=on]')
    yahoo.setPrice('COIN-USD', 42)
    await server
      .getWorker()
      .scheduled({ cron: '* * * * *', scheduledTime: new Date(Date.now() + 10 * 60_000) })
    await page.waitForFunction(() => document.querySelector('#headline')?.textContent?.includes('20,042.00'))
    await page.waitForFunction(() => document.querySelector('#holdings')?.textContent?.includes('42.00'))
    expect(await page.textContent('#headline')).toContain('20,042.00')
    await close()
  })

  it('with the source down the page still shows what is stored', async () => {
    yahoo.setFault({ kind: '500' })
    const { page, close } = await openTab(browser, url)
    await page.waitForURL(/\/portfolios\//)
    expect(await page.textContent('#holdings')).toContain('ACME')
    // KV's copy may be a minute old; the live channel tells of the newer one
    await page.waitForFunction(() => document.querySelector('#headline')?.textContent?.includes('20,042.00'))
    yahoo.setFault(null)
    await close()
  })
})
