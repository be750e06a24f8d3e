import { beforeAll, describe, expect, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import type { Server } from './signed-in.ts'
import { openPage, openTab, serve } from './browser.ts'
import { priced } from './priced.ts'

// The pages around the dashboard, in a real browser on the demo market: with script, without it, live, and on a phone.

let server: Server
let url: URL
let browser: Browser
let id: string

const trades = `Ticker,Date,Type,Shares,Price,Amount
NVDA,2018-05-11,Buy,0.754,1194.40,
KO,2022-01-14,Buy,20,84,
KO,2023-03-10,Dividend,,,9.10
NVDA,2024-01-16,Sell,5,95,
`

beforeAll(async () => {
  ;({ server, url, browser } = await serve())
  id = await portfolio('Demo & <sons>')
})

async function send(path: string, type: string, body: string): Promise<{ id: string; status: string }> {
  const init = { method: 'POST', body, headers: { origin: url.origin, 'content-type': type } }
  return (await (await server.fetch(path, init)).json()) as { id: string; status: string }
}

async function portfolio(
  name: string,
  more: { benchmarks?: string[]; base_currency?: string } = {},
  csv = trades,
): Promise<string> {
  const made = await send(
    '/api/portfolios',
    'application/json',
    JSON.stringify({ name, dividends: 'recorded', ...more }),
  )
  await send(`/api/portfolios/${made.id}/imports`, 'text/csv', csv)
  await priced(server, made.id)
  return made.id
}

const at = (page: string, of = id) => new URL(`/portfolios/${of}/${page}`, url)

/** The widths of a screen at which a page is wider than it: the style sheets decide, and charts follow. */
async function widestBeyond(page: Page, widths: number[]): Promise<string[]> {
  const found: string[] = []
  for (const width of widths) {
    await page.setViewportSize({ width, height: 844 })
    const beyond = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    // a chart is drawn anew in the frames after
    try {
      await expect.poll(beyond).toBe(0)
    } catch {
      found.push(`${width}: ${await beyond()} too wide`)
    }
  }
  return found
}

const pages = [
  'dividends',
  'cash-flows',
  'cash-flows?view=VOO',
  'risk',
  'instruments/NVDA',
  'activity',
  'settings',
]

describe('each page', () => {
  it.each(pages)('%s shows what it has, on a wide screen and on a phone', async (path) => {
    const { page, close } = await openTab(browser, at(path))
    await page.waitForSelector('html[data-live=on]')
    expect(await page.textContent('h1')).not.toBe('')
    expect(await widestBeyond(page, [1440, 390])).toEqual([])
    await close()
  })
})

it('no page is wider than the screen, with five benchmarks, millions and a name without a space', async () => {
  const csv = 'Ticker,Date,Type,Shares,Price\nKO,2022-01-14,Buy,200000,84\n'
  const wide = await portfolio('x'.repeat(100), { benchmarks: ['VOO', 'QQQ', 'SPY', 'BND', 'GLD'] }, csv)
  const { page } = await openPage(browser, at('', wide))
  for (const path of ['', 'transactions', 'imports', 'settings', 'instruments/KO', 'instruments/NOPE']) {
    await page.goto(at(path, wide).href.replace(/\/$/, ''))
    expect([path, await widestBeyond(page, [1200, 768, 390])]).toEqual([path, []])
  }
  // an explanation is not cut off with the table that it belongs to
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(at('', wide).href.replace(/\/$/, ''))
  await page.click('#explain-max_drawdown summary')
  await page.waitForSelector('#explain-max_drawdown .aside')
  const isOnTop = await page
    .locator('#explain-max_drawdown .aside')
    .last()
    .evaluate((last) => {
      last.scrollIntoView({ block: 'center' })
      const { x, y } = last.getBoundingClientRect()
      return document.elementFromPoint(x + 4, y + 4) === last
    })
  expect(isOnTop).toBe(true)
  await page.context().close()
})

it('a figure is not broken into two lines, nor is its name in the log', async () => {
  const csv = 'Ticker,Date,Type,Shares,Price\nSAP.DE,2022-01-14,Buy,20000,840\nKO,2022-01-14,Buy,1,60\n'
  const abroad = await portfolio('Abroad', { base_currency: 'EUR' }, csv)
  const { page, close } = await openTab(browser, at('instruments/SAP.DE', abroad))
  const broken = (selector: string) =>
    page.$$eval(selector, (found) => {
      const texts = found.filter((each) => {
        const range = document.createRange()
        range.selectNodeContents(each)
        return new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom / 8))).size > 1
      })
      return texts.map((each) => each.textContent)
    })
  for (const width of [390, 1100, 1440]) {
    await page.setViewportSize({ width, height: 844 })
    expect(await broken('.cards [data-money]')).toEqual([])
  }
  await page.goto(at('dividends', abroad).href)
  await page.click('#more-proposals summary')
  await page.click('button:has-text("Record all")')
  await page.waitForFunction(() => document.querySelector('.done')?.textContent?.includes('recorded'))
  await page.goto(at('activity', abroad).href)
  await page.click('#log details summary')
  expect(await page.locator('#log details li').count()).toBeGreaterThan(3)
  expect(await broken('#log details li')).toEqual([])
  await close()
})

it('the chart of two days names each of them once', async () => {
  const yesterday = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10)
  const young = await portfolio(
    'Young',
    {},
    `Ticker,Date,Type,Shares,Price\nBTC-USD,${yesterday},Buy,1,90000\n`,
  )
  const { page, close } = await openPage(browser, 'about:blank')
  await page.addInitScript(() => {
    const written: string[] = []
    Object.assign(globalThis, { written })
    // eslint-disable-next-line typescript/unbound-method -- is called on its object below
    const fillText = CanvasRenderingContext2D.prototype.fillText
    CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {
      written.push(text)
      fillText.call(this, text, ...at)
    }
  })
  await page.goto(at('', young).href.replace(/\/$/, ''))
  await page.waitForFunction(() =>
    (globalThis as unknown as { written: string[] }).written.includes('Portfolio'),
  )
  const written = await page.evaluate(() => (globalThis as unknown as { written: string[] }).written)
  // all that was painted in one go
  const once = written.slice(0, written.indexOf('Portfolio'))
  const days = once.filter((text) => /^[A-Z][a-z]{2} \d+$/.test(text))
  expect(days.length).toBeGreaterThan(1)
  expect(days).toEqual([...new Set(days)])
  await close()
})

describe('an instrument', () => {
  it('is drawn with the portfolio’s trades; the range is in the address, and its keys work', async () => {
    const { page, close } = await openTab(browser, at('instruments/NVDA'))
    await page.waitForSelector('figure[data-prices] canvas')
    await page.click('[data-range="1m"]')
    await page.waitForURL(/range=1m$/)
    await page.keyboard.press('6')
    await page.waitForURL(/range=all$/)
    // the pointer on the day of the first purchase reads it out
    const over = (await page.locator('.u-over').boundingBox())!
    const words = page.locator('[data-readout]')
    let found = ''
    for (let x = 1; x < over.width && !found.includes('bought'); x += 1) {
      await page.mouse.move(over.x + x, over.y + 20)
      found = (await words.textContent()) ?? ''
    }
    expect(found).toContain('▲ bought 30.16 at')
    // without a pointer, the arrows read out each day
    const slider = page.getByRole('slider', { name: 'Day in the chart' })
    await slider.press('Home')
    expect(await slider.getAttribute('aria-valuenow')).toBe('0')
    const first = await slider.getAttribute('aria-valuetext')
    await slider.press('ArrowRight')
    expect(await slider.getAttribute('aria-valuenow')).toBe('1')
    expect(await slider.getAttribute('aria-valuetext')).not.toBe(first)
    await close()
  })
})

describe('risk and months', () => {
  it('draws the rolling year, follows keys and what is recorded elsewhere, and fits a phone in either theme', async () => {
    const own = await portfolio('Risky')
    const { page, close } = await openTab(browser, at('risk?range=5y&vs=QQQ', own))
    await page.waitForSelector('figure[data-rolling] canvas')
    await page.waitForSelector('html[data-live=on]')
    expect(await page.textContent('[data-readout]')).toMatch(/Portfolio[+−][\d.,]+%VOO[+−]/)
    const slider = page.getByRole('slider', { name: 'Day in the chart' })
    await slider.press('Home')
    const first = await slider.getAttribute('aria-valuetext')
    await slider.press('ArrowRight')
    expect(await slider.getAttribute('aria-valuetext')).not.toBe(first)
    expect(first).toMatch(/: Portfolio [+−][\d.,]+%, VOO/)
    // an explanation opens by keyboard, and goes
    await page.focus('#explain-beta summary')
    await page.keyboard.press('Enter')
    await page.waitForSelector('#explain-beta .formula')
    expect(await page.textContent('#explain-beta')).toContain('Days that both have')
    await page.keyboard.press('Escape')
    // a table that does not fit is reached and scrolled by keys
    await page.setViewportSize({ width: 390, height: 844 })
    const table = page.getByRole('group', { name: 'Return of each month, in percent' })
    await table.focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => table.evaluate((it) => it.scrollLeft)).toBeGreaterThan(0)
    const cell = page.locator('.monthly td.tile-gain-3').first()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
      expect(await cell.evaluate((it) => getComputedStyle(it).backgroundColor)).not.toBe('rgba(0, 0, 0, 0)')
    }
    // the chart stays while what is around it changes
    await page.evaluate(() => document.querySelector('[data-rolling] canvas')!.setAttribute('data-same', ''))
    const sold = { type: 'sell', symbol: 'KO', date: '2024-02-01', shares: '20', price: '60' }
    await send(`/api/portfolios/${own}/transactions`, 'application/json', JSON.stringify(sold))
    await page.waitForFunction(() =>
      document.querySelector('.contributions')?.textContent?.includes(', sold'),
    )
    expect(await page.locator('canvas[data-same]').count()).toBe(1)
    await close()
  })

  it('is complete without script', async () => {
    const { page, close } = await openTab(browser, at('risk'), { javaScriptEnabled: false })
    await page.click('nav[aria-label="Period"] a:has-text("3Y")')
    await page.waitForURL(/range=3y/)
    expect(await page.textContent('#rolling')).toMatch(/Best \+[\d.]+% \(.*Ahead of VOO on \d+% of/s)
    expect(await page.locator('.monthly').count()).toBe(4)
    await page.click('#explain-sharpe summary')
    await page.click('#explain-sharpe a')
    expect(await page.textContent('h1')).toBe('Sharpe ratio')
    expect(await page.textContent('.explained')).toContain('Risk-free rate of a day')
    await close()
  })
})

describe('live', () => {
  it('a page follows what is recorded elsewhere, and keeps the form that is being filled in', async () => {
    const { page, close } = await openTab(browser, at('cash-flows'))
    await page.waitForSelector('html[data-live=on]')
    await page.click('#record summary')
    await page.fill('#amount', '12.3')
    await page.fill('#note', 'half of it')
    const deposit = { type: 'deposit', date: '2024-02-01', amount: '777', note: 'from elsewhere' }
    await send(`/api/portfolios/${id}/transactions`, 'application/json', JSON.stringify(deposit))
    await page.waitForFunction(() => document.querySelector('#list')?.textContent?.includes('from elsewhere'))
    expect(await page.inputValue('#amount')).toBe('12.3')
    await page.click('#record button')
    await page.waitForFunction(() => document.querySelector('#list')?.textContent?.includes('half of it'))
    expect(await page.textContent('[data-notice]')).toContain('Deposit of $12.30')
    await close()
  })

  it('a page of a portfolio that was deleted elsewhere says so', async () => {
    const going = await portfolio('Going')
    const { page, close } = await openPage(browser, at('', going).href.replace(/\/$/, ''))
    await page.waitForSelector('html[data-live=on]')
    await page.clock.install()
    const init = { method: 'DELETE', headers: { origin: url.origin } }
    expect((await server.fetch(`/api/portfolios/${going}`, init)).status).toBe(204)
    await page.waitForFunction(() =>
      document.querySelector('[data-notice]:not([hidden])')?.textContent?.includes('was deleted'),
    )
    // and is not asked for again, however long one waits
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    page.on('websocket', (socket) => asked.push(socket.url()))
    await page.clock.fastForward(60_000)
    expect(asked).toEqual([])
    await close()
  })

  it('an open activity log shows what was just done', async () => {
    const { page, close } = await openTab(browser, at('activity'))
    await page.waitForSelector('html[data-live=on]')
    const fee = { type: 'fee', date: '2024-02-02', amount: '3.21' }
    await send(`/api/portfolios/${id}/transactions`, 'application/json', JSON.stringify(fee))
    await page.waitForFunction(() => document.querySelector('#log')?.textContent?.includes('$3.21'))
    expect(await page.textContent('#log')).toContain('You added: fee of $3.21 on Feb 2, 2024')
    await close()
  })
})

describe('without JavaScript', () => {
  const plain = { javaScriptEnabled: false }

  it('a proposed dividend is recorded and taken back, and a wrong deposit comes back as it was typed', async () => {
    const { page, complaints } = await openPage(browser, at('dividends'), plain)
    await page.click('#more-proposals summary')
    await page.click('.proposals tbody button')
    await page.waitForURL(/\/dividends\?recorded=\d+$/)
    expect(await page.textContent('.done')).toContain('1 dividend recorded.')
    await page.click('.done button')
    await page.waitForURL(/\/dividends$/)
    expect(await page.textContent('[data-notice]')).toContain('Undone. 1 dividend is no longer recorded.')

    await page.goto(at('cash-flows').href)
    await page.click('#record summary')
    await page.fill('#amount', 'a lot')
    await page.click('#record button')
    expect(await page.textContent('#amount-fault')).toContain('“a lot” is not a number')
    expect(await page.inputValue('#amount')).toBe('a lot')
    // Chromium reports every 422 as a console error
    expect(complaints.filter((each) => !each.includes('422'))).toEqual([])
    await page.context().close()
  })

  it('settings are saved; a portfolio is deleted under its name', async () => {
    const other = await portfolio('To go')
    const { page, close } = await openTab(browser, at('settings', other), plain)
    await page.fill('#name', 'Gone soon')
    await page.click('form[action$="/settings"] button')
    await page.waitForURL(/\/settings$/)
    expect(await page.textContent('[data-notice]')).toContain('Settings saved.')
    expect(await page.textContent('.switcher summary')).toBe('Gone soon')
    await page.click('#delete summary')
    await page.fill('#confirm', 'Gone soon')
    await page.click('.destructive')
    await page.waitForURL(/(\/portfolios\/[0-9a-f-]{36}|\/)$/)
    expect(await page.textContent('[data-notice]')).toContain('Gone soon was deleted.')
    expect(await page.locator('.switcher nav').textContent()).not.toContain('Gone soon')
    await close()
  })
})
