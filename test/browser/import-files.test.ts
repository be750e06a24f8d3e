import type { Browser, Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { workbookOf } from '../statements/zipped.ts'
import { openTab, serve } from './browser.ts'
import type { Server } from './signed-in.ts'

// Files that people have, from the drop or the choice to the dashboard, on the demo market.

let server: Server
let browser: Browser
let url: URL

beforeAll(async () => {
  ;({ server, url, browser } = await serve())
})

type FileOf = {
  name: string
  bytes: Buffer
  question: string | null
  rows: number
  held: [string, string][]
  /** The page of the portfolio that it is dropped on. */
  on: string
}

const files: FileOf[] = [
  {
    // nothing but the person knows what comes first in these days
    name: 'umsätze.csv',
    bytes: Buffer.from(
      `Umsätze für Jürgen;;;;;;
Buchungstag;Kauf/Verkauf;Wertpapier;Symbol;Stück;Kurs in USD;Gebühr
03/02/2025;Kauf;Äpfel;AAPL;10;220,50;1,00
05/03/2025;Kauf;Fenster;MSFT;4;400,25;1,00
07/04/2025;Verkauf;Äpfel;AAPL;3;181,75;1,00
`,
      'latin1',
    ),
    question: '#days-dmy',
    rows: 3,
    held: [
      ['AAPL', '7'],
      ['MSFT', '4'],
    ],
    on: 'cash-flows',
  },
  {
    // lines above, numbers for days, sums and a remark below
    name: 'depot.xlsx',
    bytes: Buffer.from(
      workbookOf([
        ['Depotauszug', 'Jürgen Müller'],
        ['Zeitraum', '01.01.2025 - 30.06.2025'],
        ['Datum', 'Vorgang', 'Symbol', 'Stück', 'Kurs', 'Gebühr', 'Betrag'],
        [45691, 'Kauf', 'AAPL', 10, 220.5, 1, -2206],
        [45721, 'Kauf', 'MSFT', 4, 400.25, 1, -1602],
        ['Summe', '', '', '', '', 2, -3808],
        ['Alle Angaben ohne Gewähr'],
      ]),
    ),
    question: null,
    rows: 2,
    held: [
      ['AAPL', '10'],
      ['MSFT', '4'],
    ],
    on: 'settings',
  },
  {
    name: 'activity.ofx',
    bytes: Buffer.from(`OFXHEADER:100
DATA:OFXSGML
VERSION:102

<OFX><INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS><CURDEF>USD<INVACCTFROM><BROKERID>example.org<ACCTID>1</INVACCTFROM>
<INVTRANLIST><DTSTART>20250101<DTEND>20250601
<INVBANKTRAN><STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20250201<TRNAMT>3000<FITID>1<NAME>DEPOSIT</STMTTRN><SUBACCTFUND>CASH</INVBANKTRAN>
<BUYSTOCK><INVBUY><INVTRAN><FITID>2<DTTRADE>20250203</INVTRAN><SECID><UNIQUEID>037833100<UNIQUEIDTYPE>CUSIP</SECID><UNITS>10<UNITPRICE>220.5<COMMISSION>1<TOTAL>-2206<SUBACCTSEC>CASH<SUBACCTFUND>CASH</INVBUY><BUYTYPE>BUY</BUYSTOCK>
</INVTRANLIST></INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1>
<SECLISTMSGSRSV1><SECLIST><STOCKINFO><SECINFO><SECID><UNIQUEID>037833100<UNIQUEIDTYPE>CUSIP</SECID><SECNAME>APPLE INC<TICKER>AAPL</SECINFO></STOCKINFO></SECLIST></SECLISTMSGSRSV1></OFX>
`),
    question: null,
    rows: 2,
    held: [['AAPL', '10']],
    on: 'instruments/VOO',
  },
]

async function newPortfolio(): Promise<string> {
  const made = await server.fetch('/api/portfolios', {
    method: 'POST',
    body: JSON.stringify({ name: 'Mine', dividends: 'recorded' }),
    headers: { origin: url.origin, 'content-type': 'application/json' },
  })
  return ((await made.json()) as { id: string }).id
}

/** Presses Tab until the focus is there, as somebody does who has no mouse. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let pressed = 0; pressed < 80; pressed++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never reaches ${selector}`)
}

async function seesWhatIsHeld(page: Page, held: FileOf['held']): Promise<void> {
  for (const [symbol, shares] of held)
    await page.locator('#held dt', { hasText: symbol }).locator('+ dd', { hasText: shares }).waitFor()
}

/** The open questions: nothing is imported while there is one. */
function questions(page: Page): Promise<number> {
  return page.locator('#reading :is(#days, #decimals, #amount, #words, #securities)').count()
}

it.each(files)('$name comes in by keyboard alone', async ({ name, bytes, question, rows, held }) => {
  const id = await newPortfolio()
  const { page, close } = await openTab(browser, new URL(`/portfolios/${id}/imports`, url))
  // Chromium is told early that its own dialog is not wanted
  const chosen = page.waitForEvent('filechooser')
  await tabTo(page, '#file')
  await page.keyboard.press('Enter')
  const chooser = await chosen
  await chooser.setFiles({ name, mimeType: 'application/octet-stream', buffer: bytes })
  await tabTo(page, 'form[data-drop] button')
  await page.keyboard.press('Enter')
  await page.waitForSelector('#preview')
  expect(await questions(page)).toBe(question === null ? 0 : 1)
  if (question !== null) {
    await tabTo(page, question)
    await page.keyboard.press('Space')
    await page.waitForSelector('h1:text-is("Check before importing")')
    // what was pressed keeps the focus, on the page that has changed around it
    await page.waitForFunction((wanted) => document.activeElement?.matches(wanted), question)
  }
  await seesWhatIsHeld(page, held)
  await tabTo(page, '.after .primary')
  await page.keyboard.press('Enter')
  await page.waitForSelector(`h1:text-is("${rows} rows imported")`)
  await tabTo(page, '.actions .primary')
  await page.keyboard.press('Enter')
  await page.waitForURL(new URL(`/portfolios/${id}`, url).href)
  for (const [symbol] of held) await page.locator('#holdings tbody th', { hasText: symbol }).waitFor()
  await close()
})

it.each(files)(
  '$name is dropped on a phone’s page, and undone',
  async ({ name, bytes, question, rows, held, on }) => {
    const id = await newPortfolio()
    const { page, close } = await openTab(browser, new URL(`/portfolios/${id}/${on}`, url), {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    })
    await page.evaluate(
      async ([called, text]) => {
        const dataTransfer = new DataTransfer()
        const content = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
        dataTransfer.items.add(new File([content], called))
        // the script that takes it is loaded by the first thing that is dragged in
        document.dispatchEvent(new DragEvent('dragenter', { dataTransfer }))
        const loaded = () =>
          performance.getEntriesByType('resource').some((each) => each.name.includes('drop'))
        while (!loaded()) await new Promise((resolve) => requestAnimationFrame(resolve))
        await new Promise((resolve) => requestAnimationFrame(resolve))
        document.dispatchEvent(new DragEvent('drop', { dataTransfer }))
      },
      [name, bytes.toString('base64')] as const,
    )
    await page.waitForSelector('#preview')
    expect(await questions(page)).toBe(question === null ? 0 : 1)
    if (question !== null) await page.tap(question)
    const button = page.locator('.after .primary')
    await button.waitFor()
    await seesWhatIsHeld(page, held)
    // the button is in sight without scrolling, and nothing is wider than the phone
    expect(
      await button.evaluate((each) => {
        const { top, bottom } = each.getBoundingClientRect()
        return (
          top >= 0 &&
          bottom <= innerHeight &&
          document.elementFromPoint(innerWidth / 2, (top + bottom) / 2) !== null
        )
      }),
    ).toBe(true)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
    await button.tap()
    await page.waitForSelector(`h1:text-is("${rows} rows imported")`)
    await page.tap('a:text-is("Undo this import…")')
    await page.tap(`button:text-is("Delete ${rows} rows")`)
    await page.getByText(`Import undone. ${rows} rows were deleted.`).waitFor()
    const left = await server.fetch(`/api/portfolios/${id}/transactions`)
    expect(((await left.json()) as { transactions: unknown[] }).transactions).toEqual([])
    await close()
  },
)

it('a security that no ticker names is found by its name, and found again after the page has changed', async () => {
  const id = await newPortfolio()
  const { page, close } = await openTab(browser, new URL(`/portfolios/${id}/imports`, url))
  const csv = 'Date,Type,Security Name,Shares,Price\n2025-02-03,Buy,The fizzy one,3,60.00\n'
  await page.setInputFiles('#file', { name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await page.click('button:text-is("Check this file")')
  await page.focus('[name="security.The fizzy one"]')
  const found = async (typed: string, symbol: string) => {
    await page.fill(':focus', '')
    await page.keyboard.type(typed)
    await page.locator('[role=option]', { hasText: symbol }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.locator('.previewed .ticker', { hasText: symbol }).waitFor()
    await page.waitForFunction(() => (document.activeElement as HTMLInputElement).role === 'combobox')
  }
  await found('coca', 'KO')
  await found('apple', 'AAPL')
  await page.click('.after .primary:text-is("Import 1 row")')
  await page.waitForSelector('h1:text-is("1 row imported")')
  const booked = await server.fetch(`/api/portfolios/${id}/transactions`)
  expect(await booked.json()).toMatchObject({ transactions: [{ symbol: 'AAPL', shares: '3' }] })
  await close()
})

it('each change shows at once, loses no other, and keeps the focus where it is', async () => {
  const id = await newPortfolio()
  const { page, close } = await openTab(browser, new URL(`/portfolios/${id}/imports`, url))
  const csv = `Datum;Vorgang;Kürzel;Stück;Kurs
03.04.2024;Xyzzy;AAPL;4;160,50
05.06.2024;Kauf;AAPL;2;161,25
bald;Kauf;MSFT;2;400,25
`
  await page.setInputFiles('#file', { name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await page.click('button:text-is("Check this file")')
  await page.waitForSelector('.after .primary:text-is("Import 1 row")')
  const opened = page.url()
  // of two changes in a row neither waits for the other’s answer
  await page.selectOption('[name="word.xyzzy"]', 'buy')
  await page.locator('summary', { hasText: 'Fix this row' }).last().press('Enter')
  await page.fill('[name="line.4"]', '07.06.2024;Kauf;MSFT;2;400,25')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.after .primary:text-is("Import 3 rows")')
  await page.waitForFunction(() => (document.activeElement as HTMLInputElement | null)?.name === 'line.4')
  expect(await page.inputValue('[name="line.4"]')).toBe('07.06.2024;Kauf;MSFT;2;400,25')
  // what was mended can be mended again
  await page.fill('[name="line.4"]', 'morgen;Kauf;MSFT;2;400,25')
  await page.keyboard.press('Tab')
  await page.waitForSelector('.after .primary:text-is("Import 2 rows")')
  expect(await page.inputValue('[name="word.xyzzy"]')).toBe('buy')
  expect(page.url()).toBe(opened)
  await page.click('.after .primary')
  await page.waitForSelector('h1:text-is("2 rows imported")')

  // the next file of the kind is one click
  await page.click('a:text-is("Import another file")')
  const next = csv.replaceAll('2024', '2025').replace('bald', '07.06.2025')
  await page.setInputFiles('#file', { name: 'y.csv', mimeType: 'text/csv', buffer: Buffer.from(next) })
  await page.click('button:text-is("Check this file")')
  await page.click('.after .primary:text-is("Import 3 rows")')
  await page.waitForSelector('h1:text-is("3 rows imported")')
  await close()
})
