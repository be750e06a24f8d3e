import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createTestHarness, unstable_readConfig } from 'wrangler'
import { remembered, type Server, signedIn } from './signed-in.ts'
import { demoBook } from '../../src/demo/prices.ts'
import type { Fault } from '../yahoo/faults.ts'
import { keepLog } from './app-log.ts'
import { launch, openPage, openTab } from './browser.ts'
import { priced } from './priced.ts'

// The dashboard through a week of March 2035, whatever the day is here: New York trades until Thursday, and Friday is
// Good Friday. So far ahead that no alarm set under this clock goes off: a page that is watched for more than an hour is
// watched no longer. The tests are in the order of their days, for no price is replaced by an older one.

let server: Server
let url: URL
let browser: Browser
let shares: string
let now: number

/** An instant by a clock in New York, which is in summer time. */
const at = (text: string) => Date.parse(`2035-03-${text}-04:00`)

beforeAll(async () => {
  const config = unstable_readConfig({ config: './wrangler.toml' })
  const vars = { MARKET: 'demo', YAHOO_BASE_URL: '', DEV_LOGIN: '1', LIMITS: 'off' }
  const harness = createTestHarness({
    workers: [{ config: { ...config, main: 'test/worker/clock-control.ts', vars } }],
  })
  await harness.listen()
  await harness.getWorker().applyD1Migrations('DB')
  server = remembered({ ...(await signedIn(harness)), ...keepLog(harness) })
  ;({ url } = server)
  await setClock(at('21T12:00'))
  await server.signIn()
  shares = await portfolio('AAPL,Buy,2035-01-10,100,10\nMSFT,Buy,2035-01-10,200,5\n')
  browser = await launch()
})

afterAll(() => server?.close())

afterEach(() => setFault(null))

/** Turns the Worker's clock. */
async function setClock(instant: number): Promise<void> {
  await server.fetch('/clock', { method: 'PUT', body: String(instant) })
  now = instant
}

async function post(path: string, type = 'text/plain', body = ''): Promise<{ id: string }> {
  const init = { method: 'POST', body, headers: { origin: url.origin, 'content-type': type } }
  return (await (await server.fetch(path, init)).json()) as { id: string }
}

async function portfolio(rows: string): Promise<string> {
  const { id } = await post(
    '/api/portfolios',
    'application/json',
    JSON.stringify({ name: 'Mine', dividends: 'recorded' }),
  )
  await post(`/api/portfolios/${id}/imports`, 'text/csv', `Ticker,Type,Date,Price,Shares\n${rows}`)
  await priced(server, id)
  return id
}

/** Those of the tests' own entry, test/worker/index.ts. */
type FaultyGateways = { getByName(name: string): { setFault(fault: Fault | null): Promise<void> } }

async function setFault(fault: Fault | null): Promise<void> {
  const env = await server.getWorker().getEnv()
  const gateways = env.MARKET_GATEWAY as unknown as FaultyGateways
  await gateways.getByName('market').setFault(fault)
}

const tick = (scheduledTime: number) =>
  server.getWorker().scheduled({ cron: '* * * * *', scheduledTime: new Date(scheduledTime) })

/** The same, with the timers of an open page, which has what it asked for: htmx waits for a minute only. */
async function turnTo(instant: number, page: Page): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('.htmx-request'))
  const passed = instant - now
  await setClock(instant)
  await page.clock.fastForward(passed)
}

/** The dashboard of a portfolio in a browser that takes its timers from the test. */
async function open(id = shares) {
  const opened = await openPage(browser, 'about:blank')
  await opened.page.clock.install()
  const connected = opened.page.waitForEvent('websocket')
  const answer = await opened.page.goto(new URL(`/portfolios/${id}`, url).href)
  return { ...opened, html: await answer!.text(), socket: await connected }
}

const drawn = async (page: Page) => {
  await page.waitForSelector('html[data-live=on]')
  await page.waitForSelector('[data-chart] canvas')
}

async function says(page: Page, wanted: string | RegExp, line = 1): Promise<void> {
  const said = async () => {
    const text = await page.textContent(`#freshness p:nth-of-type(${line})`)
    return text!.replace(/\s+/g, ' ').trim()
  }
  await expect.poll(said).toMatch(wanted)
}

const saysOfMarket = (page: Page, wanted: string) => says(page, wanted, 2)

const marked = (page: Page) =>
  page
    .locator('#holdings tr', { has: page.locator('.stale') })
    .locator('.symbol')
    .allTextContents()

const pulse = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.querySelector('.last-point')!, '::after').animationName)

describe('while New York trades', () => {
  it('says when it closes and how old the prices are; the last point pulses', async () => {
    const { page, close } = await open()
    await drawn(page)
    await saysOfMarket(page, 'market open · closes 16:00')
    await says(page, /^Up to date as of 12:00 New York time$/)
    expect(await marked(page)).toEqual([])
    expect(await pulse(page)).toBe('pulse')
    await close()
  })

  it('prices that become stale on an open page are marked, although the source is silent', async () => {
    const { page, close } = await open()
    await drawn(page)
    await turnTo(at('21T12:14'), page)
    await says(page, /^Up to date as of 12:00 New York time$/)
    expect(await marked(page)).toEqual([])
    await turnTo(at('21T12:16'), page)
    await says(page, /^Prices from 12:00 New York time/)
    await expect.poll(() => marked(page)).toEqual(['AAPL', 'MSFT'])
    await close()
  })

  it('a page opened while the source is down has the old figures at once, and follows when it is back', async () => {
    await setClock(at('21T12:16'))
    const before = await open()
    await says(before.page, /^Up to date as of 12:16 New York time$/)
    const total = await before.page.textContent('.total')
    await setFault({ kind: 'down' })
    await setClock(at('21T12:40'))
    const { page, html, close } = await open()
    // before any script ran, or the source was asked
    const text = html.replace(/<[^>]+>/g, '')
    expect(text).toContain('Prices from 12:16 New York time, refreshing…')
    expect(html.match(/<mark class="stale"/g)).toHaveLength(2)
    expect(await page.textContent('.total')).toBe(total)
    await says(page, /^Prices from 12:16 New York time; couldn’t update: (Yahoo|the market source) /)
    expect(await marked(page)).toEqual(['AAPL', 'MSFT'])
    expect(await page.textContent('.total')).toBe(total)

    await setFault(null)
    // a source that failed five times is left alone for a minute
    await setClock(at('21T12:42'))
    await tick(at('21T12:42'))
    await says(page, /^Up to date as of 12:42 New York time$/)
    await expect.poll(() => marked(page)).toEqual([])
    expect(await page.textContent('.total')).not.toBe(total)
    await close()
    await before.close()
  })
})

describe('a refresh', () => {
  it('pressed in one tab counts up in both, and both change by themselves', async () => {
    await setClock(at('21T14:00'))
    const first = await open()
    const second = await open()
    const tabs = [first.page, second.page]
    for (const page of tabs) await says(page, /^Up to date as of 14:00 New York time$/)
    await setFault({ kind: 'html', symbols: ['MSFT'] })
    await setClock(at('21T14:10'))
    const before = await second.page.textContent('#holdings')
    await first.page.click('#freshness form[method=post] button')
    // MSFT and the benchmarks besides, which the portfolio is measured by
    for (const page of tabs) await says(page, /^Prices from 14:00 New York time, refreshing… 3 of 4$/)
    await setFault(null)
    await setClock(at('21T14:12'))
    for (const page of tabs) await says(page, /^Up to date as of 14:1\d New York time$/)
    expect(await second.page.textContent('#holdings')).not.toBe(before)
    await first.close()
    await second.close()
  })
})

describe('a change', () => {
  it('is requested once by an open page, whatever it concerns', async () => {
    await setClock(at('21T14:30'))
    const { page, socket, close } = await open()
    await drawn(page)
    await says(page, /^Up to date as of 14:30 New York time$/)
    await page.waitForLoadState('networkidle')
    const told: string[][] = []
    const asked: URL[] = []
    socket.on('framereceived', ({ payload }) => {
      const signal = payload === 'pong' ? null : (JSON.parse(String(payload)) as { regions?: string[] })
      if (signal?.regions) told.push(signal.regions)
    })
    page.on('request', (request) => asked.push(new URL(request.url())))
    await setClock(at('21T14:35'))
    await tick(at('21T14:35'))
    await says(page, /^Up to date as of 14:35 New York time$/)
    await page.waitForLoadState('networkidle')
    expect(told).toHaveLength(1)
    expect(told[0]).toEqual(
      expect.arrayContaining(['headline', 'chart', 'holdings', 'allocation', 'freshness']),
    )
    expect(asked.map(({ pathname }) => pathname)).toEqual([`/portfolios/${shares}/regions`])
    expect(asked[0]!.searchParams.get('of')).toBe(told[0]!.join(','))
    await close()
  })

  it.each(['transactions', 'cash-flows', 'dividends'])('and once by the page of %s', async (name) => {
    await setClock(at('21T14:40'))
    const { page, close } = await openTab(browser, new URL(`/portfolios/${shares}/${name}`, url))
    await page.waitForSelector('html[data-live=on]')
    await page.waitForLoadState('networkidle')
    const before = await page.textContent('#freshness time')
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    const next = Date.parse((await page.getAttribute('#freshness time', 'datetime'))!) + 5 * 60_000
    await setClock(next)
    await tick(next)
    await expect.poll(() => page.textContent('#freshness time')).not.toBe(before)
    await page.waitForLoadState('networkidle')
    expect(asked).toEqual([`/portfolios/${shares}/${name}`])
    await close()
  })
})

describe('when New York closes', () => {
  it('an open page says so by itself, and its last point stops pulsing', async () => {
    await setClock(at('21T15:55'))
    const { page, close } = await open()
    await drawn(page)
    await says(page, /^Up to date as of 15:55 New York time$/)
    expect(await pulse(page)).toBe('pulse')
    await turnTo(at('21T16:01'), page)
    await saysOfMarket(page, 'after hours · opens Thu 09:30')
    await expect.poll(() => pulse(page)).toBe('none')
    expect(await marked(page)).toEqual([])
    await close()
  })
})

describe('while New York is closed', () => {
  beforeAll(async () => {
    await setClock(at('22T16:45'))
    await post(`/api/portfolios/${shares}/refreshes`)
    await priced(server, shares)
  })

  it.each([
    ['on the eve of Good Friday', '22T22:00', '16:45'],
    ['on Good Friday', '23T12:00', 'Thu 16:45'],
    ['on a Saturday', '24T12:00', 'Thu 16:45'],
  ])('%s says when it opens, and calls the last close up to date', async (_, instant, taken) => {
    await setClock(at(instant))
    const { page, close } = await open()
    await drawn(page)
    await saysOfMarket(page, 'market closed · opens Mon 09:30')
    await says(page, `Up to date as of ${taken} New York time`)
    expect(await marked(page)).toEqual([])
    expect(await page.locator('#holdings .price [data-live]').allTextContents()).toEqual(
      ['AAPL', 'MSFT'].map((symbol) => `$${closeOn('2035-03-22', symbol)}`),
    )
    expect(await pulse(page)).toBe('none')
    await close()
  })

  it('only the price of a coin becomes stale, and is requested', async () => {
    await setClock(at('24T12:00'))
    const id = await portfolio('AAPL,Buy,2035-01-10,100,10\nBTC-USD,Buy,2035-01-10,50000,0.1\n')
    await setClock(at('24T13:00'))
    await setFault({ kind: 'html', symbols: ['BTC-USD'] })
    const { page, close } = await open(id)
    await says(page, /^Prices from Thu 16:45 New York time; couldn’t update: /)
    expect(await marked(page)).toEqual(['BTC-USD'])
    await setFault(null)
    await setClock(at('24T13:02'))
    await says(page, /^Up to date as of Thu 16:45 New York time$/)
    await expect.poll(() => marked(page)).toEqual([])
    await close()
  })

  it('an open page requests nothing until the market opens, and then once the regions that show the time', async () => {
    await setClock(at('24T14:00'))
    const { page, socket, close } = await open()
    await drawn(page)
    await page.waitForLoadState('networkidle')
    const asked: string[] = []
    const sent: unknown[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname.split('/').at(-1)!))
    socket.on('framesent', ({ payload }) => sent.push(payload))
    const wait = async (minutes: number) => {
      for (let pings = 0; pings < 2 * minutes; pings++) {
        const pong = socket.waitForEvent('framereceived')
        await turnTo(now + 30_000, page)
        expect((await pong).payload).toBe('pong')
      }
    }
    await wait(10)
    expect(asked).toEqual([])

    await turnTo(at('26T04:01'), page)
    await saysOfMarket(page, 'pre-market · opens 09:30')
    await says(page, /^Up to date as of Thu 16:45 New York time$/)
    await wait(5)
    expect(asked).toEqual(['regions'])
    expect(new Set(sent)).toEqual(new Set(['ping']))
    await close()
  })
})

it('what becomes stale on a hidden page is requested when the page is shown', async () => {
  await setClock(at('26T10:00'))
  const { page, close } = await open()
  await drawn(page)
  await says(page, /^Up to date as of 10:00 New York time$/)
  const look = (hidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { value, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    }, hidden)
  await look(true)
  await setFault({ kind: 'html' })
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await turnTo(at('26T10:20'), page)
  await page.waitForTimeout(200)
  expect(asked).toEqual([])
  expect(await marked(page)).toEqual([])
  await look(false)
  await expect.poll(() => marked(page)).toEqual(['AAPL', 'MSFT'])
  await close()
})

/** What the source says a share cost at the close of that day. */
function closeOn(day: string, symbol: string): string {
  return demoBook.find(symbol)!.bars(day, day)[0]!.close.toFixed(2)
}
