import type { Browser } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import type { Server } from './signed-in.ts'
import { demoStatements } from '../../src/demo/statement.ts'
import { openTab, serve } from './browser.ts'

// A file on its way into a portfolio, on the demo market.

let server: Server
let browser: Browser
let url: URL

const csv = `Ticker,Type,Date,Price,Shares
AAPL,Buy,2026-01-05,200.5,10
MSFT,Buy,2026-02-03,400,5.25
AAPL,Sell,"<img src=x onerror=alert(1)>",210,4
`

beforeAll(async () => {
  ;({ server, url, browser } = await serve())
})

async function newPortfolio(): Promise<string> {
  const made = await server.fetch('/api/portfolios', {
    method: 'POST',
    body: JSON.stringify({ name: 'Mine', dividends: 'recorded' }),
    headers: { origin: url.origin, 'content-type': 'application/json' },
  })
  return ((await made.json()) as { id: string }).id
}

it.each([
  ['with scripts', true],
  ['without scripts', false],
])(
  'is previewed, imported without being chosen again, and on the dashboard: %s',
  async (_, javaScriptEnabled) => {
    const id = await newPortfolio()
    const { page, close } = await openTab(browser, new URL(`/portfolios/${id}/imports`, url), {
      javaScriptEnabled,
    })
    const file = { name: 'trades.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }
    await page.setInputFiles('input[type=file]', file)
    await page.click('form button:text-is("Check this file")')
    await page.waitForSelector('h1:text-is("Check before importing")')
    expect(await page.locator('.cards dd').allTextContents()).toEqual(['2', '0', '1', '0'])
    expect(await page.locator('.previewed tbody .verdict').allTextContents()).toEqual([
      'New',
      'New',
      'Rejected',
    ])
    expect(await page.textContent('.previewed .words')).toContain('<img src=x onerror=alert(1)>')
    const transactions = await server.fetch(`/api/portfolios/${id}/transactions`)
    expect(((await transactions.json()) as { transactions: unknown[] }).transactions).toEqual([])

    await page.click('button:text-is("Import 2 rows")')
    await page.waitForSelector('h1:text-is("2 rows imported")')
    expect(await page.textContent('.records tbody th')).toBe('4')
    await page.click('a:text-is("Open the dashboard")')
    await page.waitForURL(new URL(`/portfolios/${id}`, url).href)
    const holdings = await page.waitForSelector('#holdings')
    expect(await holdings.textContent()).toContain('MSFT')
    await close()
  },
)

it('a file of years is previewed whole, imported, and the dashboard fills itself', async () => {
  const sample = demoStatements.invented
  const rows = sample.trim().split('\n').length - 1
  const id = await newPortfolio()
  const { page, close } = await openTab(browser, new URL(`/portfolios/${id}/imports`, url))
  const file = { name: 'trades.csv', mimeType: 'text/csv', buffer: Buffer.from(sample) }
  await page.setInputFiles('input[type=file]', file)
  await page.click('form button:text-is("Check this file")')
  await page.waitForSelector('h1:text-is("Check before importing")')
  expect(await page.locator('.cards dd').allTextContents()).toEqual([String(rows), '0', '0', '0'])
  await page.click(`button:text-is("Import ${rows} rows")`)
  await page.waitForSelector(`h1:text-is("${rows} rows imported")`)
  await page.click('a:text-is("Open the dashboard")')
  await page.locator('#freshness').getByText('Up to date as of').waitFor()
  expect(await page.textContent('.total')).toMatch(/^\$[\d,]+\.\d\d$/)
  // all is there by itself: no holding waits for its price
  const prices = await page.locator('#holdings tbody .price').allTextContents()
  expect(prices.filter((price) => !price.includes('$'))).toEqual([])
  expect(prices.length).toBeGreaterThan(5)
  await close()
})

it('a file dropped on any page of the portfolio opens its preview, and what is open is answered by keyboard', async () => {
  const id = await newPortfolio()
  const { page, close } = await openTab(browser, new URL(`/portfolios/${id}/transactions`, url), {
    viewport: { width: 390, height: 844 },
  })
  // the script that takes it is loaded by what is dragged in, and may come later than the drop
  await page.evaluate((text) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([text], 'umsaetze.csv'))
    document.dispatchEvent(new DragEvent('dragenter', { dataTransfer }))
    document.dispatchEvent(new DragEvent('drop', { dataTransfer }))
  }, 'Datum;Vorgang;Kürzel;Stück;Kurs\n03/04/2024;Kauf;ZZZA;4;60,50\n05/06/2024;Kauf;ZZZA;2;61,25\n')
  await page.waitForSelector('h1:text-is("One question first")')
  await page.focus('#days-dmy')
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await page.waitForSelector('button:text-is("Import 2 rows")')
  await page.focus('button:text-is("Import 2 rows")')
  await page.keyboard.press('Enter')
  await page.waitForSelector('h1:text-is("2 rows imported")')
  await page.click('a:text-is("Undo this import…")')
  await page.click('button:text-is("Delete 2 rows")')
  await page.waitForSelector('[data-notice]:not([hidden])')
  expect(await page.textContent('[data-notice]')).toContain('Import undone. 2 rows were deleted.')
  await close()
})
