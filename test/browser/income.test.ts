import { beforeAll, describe, expect, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { openTab, serve, settled } from './browser.ts'
import { demoPortfolio } from './demo.ts'

// The income ahead in a real browser; axe looks at its page in accessibility.test.ts.

let browser: Browser
let dividends: URL

beforeAll(async () => {
  const { server, url, browser: launched } = await serve()
  browser = launched
  dividends = new URL(`/portfolios/${await demoPortfolio(server, url)}/dividends`, url)
})

describe('the income ahead', () => {
  it('is explained and unfolded by keyboard', async () => {
    const { page, close } = await openTab(browser, dividends)
    await settled(page)
    await page.focus('#explain-income-yield summary')
    await page.keyboard.press('Enter')
    await page.waitForSelector('#explain-income-yield .formula')
    expect(await page.textContent('#explain-income-yield .formula')).toContain('÷ holdings at market')
    await page.keyboard.press('Escape')
    await page.focus('#each-dividend > summary')
    await page.keyboard.press('Enter')
    expect(await page.isVisible('#each-dividend table')).toBe(true)
    await close()
  })

  it('has its bars beside a table, and all of it without script and on a phone', async () => {
    const { page, close } = await openTab(browser, dividends, {
      viewport: { width: 390, height: 844 },
      javaScriptEnabled: false,
    })
    const months = page.locator('#income .months')
    expect(await months.getAttribute('aria-hidden')).toBe('true')
    const bars = await months.locator('li').count()
    expect(await page.locator('#income caption ~ tbody tr').count()).toBe(bars)
    const beyond = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(await beyond()).toBe(0)
    await page.click('#each-dividend > summary')
    expect(await beyond()).toBe(0)
    await page.click('#explain-income-growth summary')
    await page.click('#explain-income-growth a')
    expect(await page.textContent('h1')).toBe('Dividend growth')
    await close()
  })

  it('hides its amounts in private', async () => {
    const { page, close } = await openTab(browser, dividends)
    await settled(page)
    await page.keyboard.press('p')
    await page.waitForSelector('[data-privacy]')
    const wide = await page.$$eval('#income .months [data-money]', (amounts) =>
      amounts.map((each) => getComputedStyle(each, '::before').content),
    )
    expect(wide.length).toBeGreaterThan(6)
    expect(new Set(wide)).toEqual(new Set(['"•••••"']))
    await close()
  })
})
