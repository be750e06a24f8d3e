import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Server } from './signed-in.ts'
import { openTab, serve } from './browser.ts'
import { priced } from './priced.ts'

// The transactions page as its owner uses it, on the demo market; one portfolio, of which each test leaves three rows.

let server: Server
let browser: Browser
let list: string
let api: string

const csv = `Ticker,Type,Date,Price,Shares
AAPL,Buy,2026-01-05,200.5,10
MSFT,Buy,2026-02-03,400,5.25
AAPL,Sell,2026-03-02,210,4
`

beforeAll(async () => {
  const served = await serve()
  ;({ server, browser } = served)
  const made = await sent(
    '/api/portfolios',
    'application/json',
    JSON.stringify({ name: 'Mine', dividends: 'recorded' }),
    served.url,
  )
  const { id } = (await made.json()) as { id: string }
  await sent(`/api/portfolios/${id}/imports`, 'text/csv', csv, served.url)
  list = new URL(`/portfolios/${id}/transactions`, served.url).href
  api = `/api/portfolios/${id}/transactions`
  await priced(server, id)
})

function sent(path: string, type: string, body: string, url: URL = new URL(list), method = 'POST') {
  return server.fetch(path, { method, body, headers: { origin: url.origin, 'content-type': type } })
}

type Row = Record<string, string> & { id: string; version: number }

async function rows(): Promise<Row[]> {
  return ((await (await server.fetch(api)).json()) as { transactions: Row[] }).transactions
}

const find = async (type: string, symbol: string) =>
  (await rows()).find((row) => row.type === type && row.symbol === symbol)!

const remove = async (row: Row) => sent(`${api}/${row.id}`, 'text/plain', '', undefined, 'DELETE')

const open = (search = '', options?: BrowserContextOptions) => openTab(browser, list + search, options)

async function live(page: Page): Promise<void> {
  await page.waitForSelector('html[data-live=on]')
}

/** What the table shows, a row a line: type and ticker. */
const shown = (page: Page) =>
  page.$$eval('.trades tbody tr:not(.editing)', (trs) =>
    trs.map((tr) => [...tr.querySelectorAll('.type, .symbol')].map((cell) => cell.textContent).join(' ')),
  )

const theRows = ['Sell AAPL', 'Buy MSFT', 'Buy AAPL']

async function fill(page: Page, form: string, values: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await page.fill(`${form} [name=${name}]`, value)
}

describe('adding', () => {
  it('opens a form above the table with the fields of its type, and the row appears', async () => {
    const { page, close } = await open()
    await live(page)
    await page.keyboard.press('n')
    await page.waitForSelector('#entry form')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('value'))).toBe('buy')
    expect(await page.isVisible('#entry [name=shares]')).toBe(true)
    expect(await page.isVisible('#entry [name=amount]')).toBe(false)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    expect(await page.isVisible('#entry [name=shares]')).toBe(false)
    await fill(page, '#entry', { symbol: 'aapl', date: '2026-03-20', amount: '3.125' })
    await page.keyboard.press('Enter')
    await page.waitForSelector('#done :text("Added: Dividend AAPL 3.125 on Mar 20, 2026.")')
    expect(await shown(page)).toEqual(['Dividend AAPL', ...theRows])
    expect(await page.$('#entry form')).toBeNull()
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Edit Dividend AAPL, Mar 20, 2026',
    )
    await remove(await find('dividend', 'AAPL'))
    await close()
  })

  it('says beside the fields what is wrong, keeps what was typed, and takes it when it is right', async () => {
    const { page, close } = await open()
    await page.click('#add-transaction')
    await fill(page, '#entry', {
      symbol: 'KO',
      date: '2026-03-20',
      shares: '-1',
      price: 'ten',
      note: 'a & b',
    })
    await page.click('#entry button.primary')
    await page.waitForSelector('#new-price-fault:text("“ten” is not a number.")')
    expect(await page.textContent('#new-shares-fault')).toContain('at least 0.00000001')
    expect(await page.inputValue('#entry [name=note]')).toBe('a & b')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('new-shares')
    expect(await page.isVisible('[data-notice]')).toBe(false)
    await fill(page, '#entry', { shares: '0.123456789', price: '60' })
    await page.click('#entry button.primary')
    await page.waitForSelector('.trades .note:text("a & b")')
    expect(await find('buy', 'KO')).toMatchObject({ shares: '0.123456789' })
    await remove(await find('buy', 'KO'))
    await close()
  })

  it('finds a security by its name, by keyboard alone, and asks about a ticker that nobody knows', async () => {
    const { page, close } = await open()
    await live(page)
    await page.keyboard.press('n')
    await page.waitForSelector('#entry form')
    await page.focus('#entry [name=symbol]')
    await page.waitForSelector('#entry [role=combobox]')
    await page.keyboard.type('apple')
    // its own tickers come without the server
    await page.waitForSelector('[role=option][data-symbol=AAPL]')
    await page.fill('#entry [name=symbol]', '')
    await page.keyboard.type('coca')
    await page.waitForSelector('[role=option][data-symbol=KO]')
    await page.keyboard.press('ArrowDown')
    const active = await page.getAttribute('#entry [role=combobox]', 'aria-activedescendant')
    expect(await page.getAttribute(`[id="${active}"]`, 'data-symbol')).toBe('KO')
    await page.keyboard.press('Enter')
    expect(await page.inputValue('#entry [name=symbol]')).toBe('KO')
    expect(await page.isVisible('[role=listbox]')).toBe(false)
    await page.waitForFunction(
      () => document.querySelector('[data-known]')!.textContent === 'The Coca-Cola Company',
    )

    await fill(page, '#entry', { symbol: 'NOPENOPE', date: '2026-03-02', shares: '1', price: '10' })
    await page.click('#entry .button.primary')
    await page.waitForSelector('#entry .ticker-question')
    expect(await page.textContent('#entry .ticker-question p')).toContain('Book it anyway?')
    await page.check('#entry [name=insist]')
    await page.click('#entry .button.primary')
    await page.waitForSelector('#entry form', { state: 'detached' })
    await remove(await find('buy', 'NOPENOPE'))
    await close()
  })

  it('a double click makes one row', async () => {
    const { page, close } = await open()
    await page.click('#add-transaction')
    await fill(page, '#entry', { symbol: 'KO', date: '2026-03-20', shares: '1', price: '60' })
    await page.dblclick('#entry button.primary')
    await page.waitForSelector('#done :text("Added")')
    await page.waitForLoadState('networkidle')
    expect(await shown(page)).toEqual(['Buy KO', ...theRows])
    await remove(await find('buy', 'KO'))
    await close()
  })

  it('asks before it adds a row that is there already', async () => {
    const { page, close } = await open()
    await page.click('#add-transaction')
    await fill(page, '#entry', { symbol: 'MSFT', date: '2026-02-03', shares: '5.25', price: '400' })
    await page.click('#entry button.primary')
    await page.waitForSelector('#entry .question:text("already have this transaction")')
    await page.click('#entry a:text("Don’t add")')
    await page.waitForSelector('#entry:empty', { state: 'attached' })
    expect(await shown(page)).toEqual(theRows)
    await close()
  })
})

describe('editing', () => {
  it('turns the row into a form with every digit, and back', async () => {
    const { page, close } = await open()
    const row = await find('buy', 'MSFT')
    const place = `#transaction-${row.id}`
    await page.click(`${place} .edit`)
    await page.waitForSelector(`${place}.editing`)
    expect(await page.inputValue(`${place} [name=shares]`)).toBe('5.25')
    await page.click(`${place} a:text("Cancel")`)
    await page.waitForSelector(`${place}:not(.editing)`)
    await page.waitForSelector(`${place} .edit:focus`)
    await page.click(`${place} .edit`)
    await fill(page, place, { shares: '5.2500000001' })
    await page.click(`${place} button.primary`)
    await page.waitForSelector(`${place}:not(.editing) [title="5.2500000001"]`)
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Edit Buy MSFT, Feb 3, 2026',
    )
    await close()
  })

  it('of the same row in two tabs: the second sees both values and chooses', async () => {
    const row = await find('buy', 'MSFT')
    const place = `#transaction-${row.id}`
    const [first, second] = [await open(), await open()]
    for (const { page } of [first, second]) {
      await live(page)
      await page.click(`${place} .edit`)
      await page.waitForSelector(`${place}.editing`)
    }
    await fill(second.page, place, { shares: '7', note: 'mine' })
    await fill(first.page, place, { shares: '6', note: 'theirs' })
    await first.page.click(`${place} button.primary`)
    await first.page.waitForSelector(`${place}:not(.editing)`)
    // the second tab follows, its form as it is being filled in
    await second.page.waitForFunction(() =>
      document.querySelector('.trades tfoot')?.textContent?.includes('−$3,565.00'),
    )
    expect(await second.page.inputValue(`${place} [name=note]`)).toBe('mine')
    await second.page.click(`${place} button.primary`)
    const versions = await second.page.waitForSelector(`${place} .versions`)
    expect(await versions.$$eval('tbody tr', (trs) => trs.map((tr) => tr.textContent))).toEqual([
      'Shares67',
      'Notetheirsmine',
    ])
    await second.page.click(`${place} a:text("Keep saved version")`)
    await second.page.waitForSelector(`${place}:not(.editing) .note:text("theirs")`)
    expect(await find('buy', 'MSFT')).toMatchObject({ shares: '6', note: 'theirs' })

    await first.page.click(`${place} .edit`)
    await fill(first.page, place, { shares: '8', note: '' })
    const there = await find('buy', 'MSFT')
    await sent(
      `${api}/${row.id}`,
      'application/json',
      JSON.stringify({ ...there, shares: '9' }),
      undefined,
      'PUT',
    )
    await first.page.click(`${place} button.primary`)
    await first.page.click(`${place} button:text("Save mine")`)
    await first.page.waitForSelector(`${place}:not(.editing)`)
    expect(await find('buy', 'MSFT')).toMatchObject({ shares: '8', note: '' })
    await first.close()
    await second.close()
  })

  it('is not lost when the row is deleted in another tab', async () => {
    const row = await find('buy', 'MSFT')
    const place = `#transaction-${row.id}`
    const { page, close } = await open()
    await live(page)
    await page.click(`${place} .edit`)
    await fill(page, place, { shares: '12' })
    await remove(row)
    await page.waitForFunction(() => document.querySelector('.trades tfoot')?.textContent?.includes('2 rows'))
    expect(await page.inputValue(`${place} [name=shares]`)).toBe('12')
    await page.click(`${place} button.primary`)
    await page.waitForSelector(`${place} .fault:text("deleted in the meantime")`)
    await page.click(`${place} a:text("Cancel")`)
    await page.waitForSelector(place, { state: 'detached' })
    await sent(`${api}/${row.id}/restore`, 'text/plain', '')
    await page.waitForSelector(`${place}:not(.editing)`)
    await close()
  })
})

describe('deleting', () => {
  it('offers to undo it, and the row is back in its place', async () => {
    const { page, close } = await open()
    const row = await find('buy', 'MSFT')
    await live(page)
    await page.click(`#transaction-${row.id} button.tool`)
    await page.waitForSelector('#done :text("Deleted: Buy 8 MSFT at 400")')
    await page.waitForSelector(`#transaction-${row.id}`, { state: 'detached' })
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('undo')
    // the offer outlives what is told over the live channel
    await page.waitForLoadState('networkidle')
    await page.click('#undo')
    await page.waitForSelector(`#transaction-${row.id}`)
    expect(await shown(page)).toEqual(theRows)
    await close()
  })

  it('what cannot be deleted stays, and says why', async () => {
    const { page, close } = await open()
    const row = await find('buy', 'AAPL')
    await page.click(`#transaction-${row.id} button.tool`)
    await page.waitForSelector('#done .refused:text("sold 4 AAPL, but held only 0")')
    expect(await shown(page)).toEqual(theRows)
    await close()
  })
})

it('sorts, filters and pages by links, which are in the address', async () => {
  const { page, close } = await open()
  await page.click('.trades th a:text-is("Ticker")')
  await page.waitForURL(/sort=ticker&dir=asc$/)
  expect((await shown(page)).map((row) => row.split(' ')[1])).toEqual(['AAPL', 'AAPL', 'MSFT'])
  expect(await page.getAttribute('.trades th:has-text("Ticker")', 'aria-sort')).toBe('ascending')
  await page.click('.filters a:text-is("Buys")')
  await page.waitForURL(/show=buys/)
  await page.fill('#filter-ticker', 'aapl')
  await page.keyboard.press('Enter')
  await page.waitForURL(/ticker=aapl/)
  expect(await shown(page)).toEqual(['Buy AAPL'])
  expect(await page.getAttribute('.trades th:has-text("Ticker")', 'aria-sort')).toBe('ascending')
  await page.click('.filters a:text-is("Clear")')
  await page.waitForURL((url) => !url.searchParams.has('ticker'))
  expect(await shown(page)).toHaveLength(3)
  await close()
})

it('filters and sorts in sheets on a phone, without script as well', async () => {
  const phone = { viewport: { width: 390, height: 844 }, javaScriptEnabled: false }
  const { page, close } = await open('', phone)
  expect(await page.isVisible('#filter-ticker')).toBe(false)
  await page.click('[popovertarget=filter]')
  await page.fill('#filter-ticker', 'aapl')
  await page.click('#filter button')
  await page.waitForURL(/ticker=aapl/)
  expect(await shown(page)).toHaveLength(2)
  await page.click('[popovertarget=sort]')
  await page.click('#sort a:text-is("Amount")')
  await page.waitForURL(/sort=amount/)
  await page.click('.chosen')
  await page.waitForURL((url) => !url.searchParams.has('ticker'))
  expect(await shown(page)).toHaveLength(3)
  await close()
})

it('works without script', async () => {
  const { page, close } = await open('?sort=ticker&dir=asc', { javaScriptEnabled: false })
  await page.click('#add-transaction')
  await page.waitForURL(/\/new\?/)
  await page.click('button.primary')
  expect(await page.textContent('#new-symbol-fault')).toBe('A buy needs a ticker.')
  await page.check('[name=type][value=deposit]', { force: true })
  await page.fill('[name=amount]', '250.25')
  await page.fill('[name=date]', '2026-03-20')
  await page.click('button.primary')
  await page.waitForURL(/sort=ticker&dir=asc&added=/)
  expect(await page.textContent('#done')).toContain('Added: Deposit 250.25 on Mar 20, 2026.')

  await page.click('[aria-label="Edit Deposit, Mar 20, 2026"]')
  await page.fill('[name=amount]', '251')
  await page.click('button.primary')
  await page.waitForURL(/saved=/)
  await page.click('[aria-label="Delete Deposit, Mar 20, 2026"]')
  await page.waitForURL(/deleted=/)
  expect(await shown(page)).toHaveLength(3)
  await page.click('#undo')
  await page.waitForURL(/restored=/)
  expect(await shown(page)).toHaveLength(4)
  await page.click('[aria-label="Delete Deposit, Mar 20, 2026"]')
  await page.waitForURL(/deleted=/)
  await close()
})

it('shows a transaction in two lines on a phone', async () => {
  const { page, close } = await open('', { viewport: { width: 390, height: 844 } })
  const row = (await page.$('.trades tbody tr'))!
  const height = (await row.boundingBox())!.height
  expect(height).toBeGreaterThan(44)
  expect(height).toBeLessThan(64)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await close()
})
