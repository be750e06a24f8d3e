import type { Browser, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { openTab, serve, settled } from './browser.ts'
import { demoPortfolio } from './demo.ts'
import type { Server } from './signed-in.ts'

let server: Server
let url: URL
let browser: Browser
let id: string

beforeAll(async () => {
  ;({ server, url, browser } = await serve())
  id = await demoPortfolio(server, url)
})

const at = (path: string) => new URL(`/portfolios/${id}${path}`, url)
const phone = { viewport: { width: 390, height: 844 } }
const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)

describe('what if, and against anything', () => {
  it('a phone without script goes from a symbol to what if, to why, and back to what is', async () => {
    const { page, close } = await openTab(browser, at('/instruments/TSLA'), {
      ...phone,
      javaScriptEnabled: false,
    })
    await page.click('#what-if a:text-is("not bought it")')
    expect(new URL(page.url()).search).toBe('?what_if=no+TSLA')
    expect(await page.textContent('.look-note')).toContain(
      'What if I had not bought TSLA? The portfolio would be worth $',
    )
    expect(await overflow(page)).toBe(0)
    await page.click('.gaps a:text-is("no TSLA")')
    expect(await page.textContent('h1')).toBe('Why ahead of no TSLA')
    expect(await overflow(page)).toBe(0)
    await page.click('.look-note a')
    expect([page.url(), await page.$('.look-note')]).toEqual([String(at('')), null])
    await close()
  })

  it('a phone without script asks by a form what would be, and goes down to the flows of a part', async () => {
    const { page, close } = await openTab(browser, at('/compare'), { ...phone, javaScriptEnabled: false })
    const form = page.locator('.questions form', { hasText: 'put the money for' })
    await form.locator('select').selectOption('TSLA')
    await form.locator('[name=into]').fill('60/40')
    // by keyboard
    await form.locator('[name=into]').press('Enter')
    await page.waitForURL(/what_if=60/)
    expect(new URL(page.url()).searchParams.get('what_if')).toBe('60 VOO + 40 BND for TSLA')
    await page.click('#why a:text-is("Purchases")')
    await page.click('#why a:text-is("Details")')
    await page.click('.waterfall a:has(.gain-gain)')
    expect(await page.textContent('h1')).toBe('A purchase of TSLA against 60 VOO + 40 BND for TSLA')
    expect(await page.textContent('.trail tbody')).toContain('Bought, as it is')
    expect(await overflow(page)).toBe(0)
    await close()
  })

  it('a look at what nobody has prices of shows itself without script', async () => {
    const { page, close } = await openTab(browser, at('?vs=SAP.DE'), { ...phone, javaScriptEnabled: false })
    expect(await page.textContent('h1')).toBe('Prices on their way')
    expect(await page.textContent('[role=status]')).toContain('The prices of SAP.DE are being fetched')
    expect(await overflow(page)).toBe(0)
    await page.waitForSelector('.look-note', { timeout: 60_000 })
    expect(await page.textContent('.look-note')).toContain('Also measured against SAP.DE')
    await close()
  })

  it('a benchmark is suggested while one types, drawn as one more line, and left out again', async () => {
    const { page, close } = await openTab(browser, at(''))
    await settled(page)
    await page.click('#chart a:text-is("Compare, what if…")')
    await page.waitForURL(/\/compare/)
    await settled(page)
    await page.click('#vs')
    await page.keyboard.type('savings at 4 %')
    await page.click('.ticker-list [data-symbol="4 %"]')
    expect(await page.inputValue('#vs')).toBe('4 %')
    await page.click('button:text-is("Compare")')
    await page.waitForURL(/\?vs=4/)
    await settled(page)
    expect(await page.textContent('.look-note')).toContain('Also measured against 4 %')
    await page.waitForSelector('[data-plot] canvas')
    expect(await page.textContent('[data-against="3"]')).toBe('4 %')
    // its trades and another range are asked for with it
    const marks = page.waitForResponse(/trades\.json\?range=all&vs=4/)
    await page.click('[data-trades]')
    expect((await marks).status()).toBe(200)
    const asked = page.waitForResponse(/chart\.json\?range=5y&vs=4/)
    await page.click('[data-range="5y"]')
    const { lines } = (await (await asked).json()) as { lines: { symbol: string | null }[] }
    expect(lines.map(({ symbol }) => symbol)).toEqual([null, 'VOO', 'QQQ', '4 %'])
    await page.click('.look-note a')
    await page.waitForURL(String(at('')))
    expect(await page.$('[data-against="3"]')).toBeNull()
    await close()
  })
})
