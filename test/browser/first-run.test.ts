import type { Browser } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { openPage, openTab, serve } from './browser.ts'

// An empty database: whoever comes first looks at the demo, and leaves nothing behind.

let browser: Browser
let url: URL

beforeAll(async () => {
  ;({ url, browser } = await serve())
})

const money = /\$[\d,]+\.\d\d/

// who signs in here sees no first visit any more
describe('a first visit', { shuffle: false }, () => {
  describe('the demo', () => {
    it('is one click to a dashboard that fills and draws itself; deleted, it is the first visit again', async () => {
      const { page, close } = await openTab(browser, url)
      await page.dblclick('text=Explore the demo')
      await page.waitForURL(/\/portfolios\/[0-9a-f-]{36}$/)
      expect(await page.textContent('h1')).toBe('Demo')
      await page.waitForSelector('[data-chart] canvas')
      await page.waitForFunction(() =>
        /\$[\d,]+\.\d\d/.test(document.querySelector('.total')?.textContent ?? ''),
      )
      await page.waitForFunction(
        () => document.querySelectorAll('#holdings tbody td.price time').length >= 10,
      )
      expect(await page.locator('.switcher nav a[href^="/portfolios/"] > span:text-is("Demo")').count()).toBe(
        1,
      )

      await page.goto(`${page.url()}/settings`)
      await page.click('#delete summary')
      await page.fill('#confirm', 'Demo')
      await page.click('.destructive')
      await page.getByRole('button', { name: 'Explore the demo' }).waitFor()
      await close()
    })

    it('needs no script', async () => {
      const { page, close } = await openTab(browser, url, { javaScriptEnabled: false })
      await page.click('text=Explore the demo')
      await page.waitForURL(/\/portfolios\/[0-9a-f-]{36}$/)
      expect(await page.textContent('[data-notice]')).toContain('This is sample data.')
      // the prices arrive behind, and the next look at the page has them
      await expect
        .poll(
          async () => {
            await page.reload()
            return page.textContent('.total')
          },
          { timeout: 60_000 },
        )
        .toMatch(money)
      expect(await page.locator('#holdings tbody tr').count()).toBeGreaterThanOrEqual(10)
      await close()
    })
  })

  describe('somebody who sits at the machine', () => {
    it('is one click from the demo’s page, and is led to what they asked for', async () => {
      const { page, close } = await openPage(browser, new URL('/portfolios/new', url), { isStranger: true })
      expect(await page.textContent('h1')).toBe('Sign in')
      await page.click('text=Open Yardstick')
      await page.waitForURL('**/portfolios/new')
      expect(await page.textContent('h1')).toBe('New portfolio')
      await page.click('#preferences summary')
      await page.click('text=Account')
      await page.waitForURL('**/account')
      expect(await page.textContent('.sessions')).toContain('Chrome on Linux (this browser)')
      await page.click('text=Sign out everywhere')
      await page.waitForURL('**/sign-in')
      await page.goto(String(new URL('/portfolios/new', url)))
      expect(await page.textContent('h1')).toBe('Sign in')
      await close()
    })
  })
})
