import type { Browser, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Server } from './signed-in.ts'
import { list, statement } from '../bench/listings.ts'
import type { D1 } from '../bench/responses.ts'
import { openTab, serve } from './browser.ts'

// A portfolio of a thousand holdings: the page has what is seen, and what is asked for counts all of them.

const HOLDINGS = 1000
let server: Server
let browser: Browser
let url: URL
let id: string
const now = Date.now()

beforeAll(async () => {
  ;({ server, url, browser } = await serve())
  const { DB } = (await server.getWorker().getEnv()) as unknown as { DB: D1 }
  await list(DB, HOLDINGS, now)
  id = ((await post('/api/portfolios', 'application/json', '{"name":"Many"}')) as { id: string }).id
  await post(`/api/portfolios/${id}/imports`, 'text/csv', statement(HOLDINGS, now))
})

async function post(path: string, type: string, body: string): Promise<unknown> {
  const headers = { 'content-type': type, origin: url.origin }
  const answer = await server.fetch(path, { method: 'POST', body, headers })
  expect(answer.ok).toBe(true)
  return answer.json()
}

const dashboard = (query = '') => new URL(`/portfolios/${id}${query}`, url)
const rows = (page: Page) => page.locator('#holdings [data-sortable] > tbody > [id]')
const elements = (page: Page) => page.evaluate(() => document.querySelectorAll('*').length)

async function settledPage(page: Page): Promise<void> {
  await page.waitForSelector('[data-chart] canvas')
  await page.waitForSelector('html[data-live=on]')
  await page.waitForLoadState('networkidle')
}

describe('a thousand holdings', () => {
  it('are fewer than 8,000 elements, and their sums are of all', async () => {
    const { page, close } = await openTab(browser, dashboard())
    await settledPage(page)
    expect(await elements(page)).toBeLessThan(8_000)
    expect(await rows(page).count()).toBeLessThan(HOLDINGS)
    expect(await page.locator('.treemap > svg').count()).toBeLessThan(HOLDINGS)
    expect(await page.textContent('.treemap')).toMatch(/\d+ others/)
    expect(await page.textContent('#holdings h2 .count')).toBe(String(HOLDINGS))
    const answer = await server.fetch(`/api/dashboard-initial-data?portfolio_id=${id}`)
    const { summary } = (await answer.json()) as { summary: { value: string } }
    const shown = (await page.textContent('#holdings-total .value'))!.replaceAll(/[^\d.]/g, '')
    expect(Number(shown)).toBeCloseTo(Number(summary.value), 2)
    await close()
  })

  it('are loaded while the reader scrolls, each once and in the chosen order', async () => {
    const { page, close } = await openTab(browser, dashboard('?sort=name&dir=asc'))
    await settledPage(page)
    const before = await rows(page).count()
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname.split('/').slice(3).join('/')))
    await page.locator('#holdings tr.more').scrollIntoViewIfNeeded()
    await expect.poll(() => rows(page).count()).toBeGreaterThan(before)
    expect(new Set(asked)).toEqual(new Set(['holdings/rows']))
    const names = await page.locator('#holdings [data-sortable] tbody th .symbol').allTextContents()
    expect(names).toEqual(names.toSorted())
    expect(new Set(names).size).toBe(names.length)
    expect(await page.locator('#holdings tbody th a[tabindex="0"]').count()).toBe(1)
    await close()
  })

  it('are updated by one request, for the rows that the reader has reached', async () => {
    const { page, close } = await openTab(browser, dashboard())
    await settledPage(page)
    const before = await rows(page).count()
    await page.locator('#holdings tr.more').scrollIntoViewIfNeeded()
    await expect.poll(() => rows(page).count()).toBeGreaterThan(before)
    const loaded = await rows(page).count()
    await page.evaluate(() => scrollTo(0, 0))
    await page.waitForLoadState('networkidle')
    const asked: URL[] = []
    page.on('request', (request) => asked.push(new URL(request.url())))
    await page.evaluate(() =>
      document.body.dispatchEvent(
        new CustomEvent('outdated', { detail: ['headline', 'why', 'holdings', 'allocation', 'freshness'] }),
      ),
    )
    await expect.poll(() => rows(page).count()).toBeLessThan(loaded)
    await page.waitForLoadState('networkidle')
    expect(asked.map(({ pathname }) => pathname)).toEqual([`/portfolios/${id}/regions`])
    await close()
  })

  it('are all there without JavaScript, behind a link', async () => {
    const { page, close } = await openTab(browser, dashboard('?sort=name&dir=asc'), {
      javaScriptEnabled: false,
    })
    expect(await rows(page).count()).toBeLessThan(HOLDINGS)
    await page.getByRole('link', { name: 'Show all 1,000' }).click()
    expect(new URL(page.url()).search).toBe('?sort=name&dir=asc&rows=all')
    await expect.poll(() => rows(page).count()).toBe(HOLDINGS)
    await close()
  })
})
