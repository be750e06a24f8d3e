import type { Browser } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Server } from './signed-in.ts'
import { openTab, serve, settled } from './browser.ts'
import { demoPortfolio } from './demo.ts'

let server: Server
let url: URL
let browser: Browser
let second: string
let group: string

const post = (path: string, body: object) =>
  server.fetch(path, {
    method: 'POST',
    headers: { origin: url.origin, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const made = async (path: string, body: object) =>
  ((await (await post(path, body)).json()) as { id: string }).id

beforeAll(async () => {
  ;({ server, url, browser } = await serve())
  const demo = await demoPortfolio(server, url)
  second = await made('/api/portfolios', { name: 'Pension', base_currency: 'EUR' })
  await post(`/api/portfolios/${second}/transactions`, {
    type: 'deposit',
    date: '2024-01-03',
    amount: '5000',
  })
  group = await made('/api/groups', { name: 'Family', portfolios: [demo, second] })
})

describe('the first page of somebody with several portfolios', { shuffle: false }, () => {
  it('fits a phone, and leads to each of them and to the total', async () => {
    const { page, close } = await openTab(browser, new URL('/', url), {
      viewport: { width: 390, height: 844 },
    })
    await settled(page)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(wide).toBeLessThanOrEqual(0)
    expect(await page.locator('.portfolio-list tbody tr').count()).toBe(3)
    const last = await page.locator(`#row-${second} td`).nth(2).boundingBox()
    expect(last!.x + last!.width).toBeLessThanOrEqual(390)
    await page.click(`#row-${group} a`)
    await page.waitForURL(`**/portfolios/${group}`)
    await close()
  })

  it('works without script', async () => {
    const { page, close } = await openTab(browser, new URL('/', url), { javaScriptEnabled: false })
    await page.click('#switcher summary')
    expect(await page.locator('#switcher nav a').allInnerTexts()).toEqual([
      expect.stringContaining('All portfolios'),
      expect.stringContaining('Family'),
      expect.stringContaining('Demo'),
      expect.stringMatching(/Pension\s+€5,000\.00/),
      'New portfolio…',
      'New group…',
    ])
    await page.click('#switcher nav a:has-text("New group")')
    await page.fill('#name', 'Both')
    await page.click('button:has-text("Create group")')
    await expect.poll(() => page.locator('.group-parts tbody tr').count()).toBe(2)
    expect(await page.locator('a:has-text("Add transaction")').count()).toBe(0)
    await close()
  })

  it('follows an edit of one of them', async () => {
    const { page, close } = await openTab(browser, new URL('/', url))
    await settled(page)
    const row = page.locator(`#row-${second}`)
    expect(await row.innerText()).toContain('€5,000.00')
    await post(`/api/portfolios/${second}/transactions`, {
      type: 'deposit',
      date: '2024-01-04',
      amount: '250',
    })
    await page.waitForFunction(
      (id) => document.getElementById(`row-${id}`)?.innerText.includes('€5,250.00'),
      second,
    )
    await close()
  })
})

it('a group’s dashboard fits a phone, with what each portfolio holds under each holding', async () => {
  const { page, close } = await openTab(browser, new URL(`/portfolios/${group}`, url), {
    viewport: { width: 390, height: 844 },
  })
  await settled(page)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(wide).toBeLessThanOrEqual(0)
  // what is far below is laid out when one scrolls there
  expect((await page.locator('#holdings .held-in').first().textContent())!.trim()).toMatch(/^Demo /)
  await close()
})
