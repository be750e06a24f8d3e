import { readFileSync } from 'node:fs'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Server } from './signed-in.ts'
import { openPage, serve, settled } from './browser.ts'
import { demoPortfolio } from './demo.ts'

// Every page in both themes under axe: nothing it calls serious or critical. What is folded away is unfolded
// first, and what opens over a page is looked at open: axe judges only what can be seen.

const axe = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

let server: Server
let url: URL
let browser: Browser
let id: string

beforeAll(async () => {
  ;({ server, url, browser } = await serve())
})

/** Lies over the page when open, and would hide what is below from the rest. */
const overlays = 'details:is(.popover, .explain, .baggers)'

describe('before there is a portfolio', () => {
  it.concurrent.each([
    ['welcome', '/'],
    ['new portfolio', '/portfolios/new'],
    ['status', '/status'],
    ['the API', '/api'],
    ['notifications', '/../../account/notices'],
    ['not found', '/nothing-here'],
  ])('%s', async (name, path) => {
    const { page, close } = await openPage(browser, new URL(path, url))
    expect(await auditPage(page, name)).toEqual([])
    await close()
  })
})

describe('of a portfolio', () => {
  beforeAll(async () => {
    id = await demoPortfolio(server, url)
  })

  const at = (path: string) => new URL(`/portfolios/${id}${path}`, url)

  it.concurrent.each([
    ['dashboard', ''],
    ['a past day', '?as_of=2021-06-30'],
    ['what to compare with', '/compare'],
    ['a look at a rate', '?vs=4%25'],
    ['what if', '?what_if=60+VOO+%2B+40+QQQ+for+TSLA'],
    ['the gap by a what-if', '/gap?benchmark=no+TSLA&what_if=no+TSLA&by=lot'],
    ['the flows of a figure by a what-if', '/gap/TSLA?benchmark=no+TSLA&what_if=no+TSLA'],
    ['a what-if that is none', '/compare?had=kept&symbol=TSLA&from=May'],
    ['transactions', '/transactions'],
    ['add transaction', '/transactions/new'],
    ['dividends', '/dividends'],
    ['cash flows', '/cash-flows'],
    ['the gap', '/gap'],
    ['the decisions', '/decisions'],
    ['the targets', '/targets?amount=1000'],
    ['the flows of a figure', '/gap/TSLA'],
    ['a figure explained', '/figures/xirr'],
    ['risk and months', '/risk'],
    ['a figure of risk explained', '/risk/beta'],
    ['instrument', '/instruments/TSLA'],
    ['imports', '/imports'],
    ['brokers', '/brokers'],
    ['alerts', '/alerts'],
    ['a new alert', '/alerts?kind=drawdown'],
    ['activity', '/activity'],
    ['settings', '/settings'],
    ['the API', '/api'],
    ['not found', '/nothing-here'],
    ['status', '/../../status'],
  ])('%s', async (name, path) => {
    const { page, close } = await openPage(browser, at(path))
    expect(await auditPage(page, name)).toEqual([])
    await close()
  })

  it('the preview of a file, with all that it can ask', async () => {
    const { page, close } = await openPage(browser, at('/imports'))
    await page.click('summary:text-is("Or paste its text")')
    await page.fill(
      'textarea',
      `Konto;Datum;Vorgang;Wertpapier;Stück;Kurs
A;03.04.2024;Xyzzy;AAPL;4;160,50
B;05.06.2024;Kauf;The fizzy one;2;61,25
B;bald;Kauf;MSFT;2;400,25
A;05.06.2024;Kauf;MSFT;2;400,25
`,
    )
    await page.click('button:text-is("Check this file")')
    await page.waitForSelector('#accounts')
    expect(await auditPage(page, 'preview')).toEqual([])
    await close()
  })

  it.each([
    ['links', { shows: 'amounts', days: '7' }, /\/s\/[\w-]{43}/],
    ['links', { shows: 'percentages', days: '7' }, /\/s\/[\w-]{43}/],
    ['people/invitations', { role: 'viewer' }, /\/invitations\/[\w-]{43}/],
  ])('what somebody is sent: %s %j', async (form, fields, address) => {
    const made = await server.fetch(`/portfolios/${id}/${form}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { origin: url.origin },
    })
    const [path] = address.exec(await made.text())!
    const { page, close } = await openPage(browser, new URL(path, url), { isStranger: true })
    expect(await auditPage(page, form)).toEqual([])
    await close()
  })

  it.concurrent('edit transaction', async () => {
    const listed = await server.fetch(`/api/portfolios/${id}/transactions?limit=1`)
    const { transactions } = (await listed.json()) as { transactions: { id: string }[] }
    const { page, close } = await openPage(browser, at(`/transactions/${transactions[0]!.id}/edit`))
    expect(await auditPage(page, 'edit transaction')).toEqual([])
    await close()
  })

  it.concurrent('a transaction that was refused', async () => {
    const { page, close } = await openPage(browser, at('/transactions/new'))
    await page.click('form.entry button.primary')
    await page.waitForSelector('form.entry .fault')
    expect(await auditPage(page, 'refused transaction')).toEqual([])
    await close()
  })

  it.concurrent.each(['red', 'blue'])('the dashboard with gains in %s', async (palette) => {
    const { page, close } = await openPage(browser, at(''))
    await page.evaluate((chosen) => (document.documentElement.dataset.palette = chosen), palette)
    expect(await audit(page, `dashboard, gains in ${palette}`)).toEqual([])
    await close()
  })

  it.concurrent.each([
    ['search palette', '/', '#palette [role=option]'],
    ['help', '?', '#help'],
  ])('the %s', async (name, key, shown) => {
    const { page, close } = await openPage(browser, at(''))
    await page.waitForSelector('html[data-live=on]')
    await page.keyboard.press(key)
    await page.waitForSelector(shown)
    expect(await audit(page, name, 'dialog[open]')).toEqual([])
    await close()
  })

  it.concurrent.each([
    ['dashboard', '', overlays],
    ['transactions', '/transactions', '.baggers'],
    ['phone', '', '.tab-bar .popover'],
  ])('what opens over the %s', async (name, path, which) => {
    const { page, close } = await openPage(browser, at(path), name === 'phone' ? { viewport: phone } : {})
    const all = await page.locator(which).filter({ visible: true }).all()
    expect(all).not.toEqual([])
    for (const overlay of all) {
      const own = `[id="${await overlay.getAttribute('id')}"]`
      await overlay.evaluate((it: HTMLDetailsElement) => {
        it.open = true
        it.scrollIntoView({ block: 'center' })
      })
      // fetched when it comes into sight
      if (own.includes('explain-')) await page.waitForSelector(`${own} .formula`)
      expect(await audit(page, `${name}, ${own} open`, own)).toEqual([])
      await overlay.evaluate((it: HTMLDetailsElement) => (it.open = false))
    }
    await close()
  })
})

describe('of a group, and of several portfolios', () => {
  let group: string

  beforeAll(async () => {
    const demo = await demoPortfolio(server, url)
    const headers = { origin: url.origin, 'content-type': 'application/json' }
    const made = async (path: string, body: object) => {
      const answer = await server.fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
      return ((await answer.json()) as { id: string }).id
    }
    const other = await made('/api/portfolios', { name: 'Pension' })
    group = await made('/api/groups', { name: 'Family', portfolios: [demo, other] })
  })

  it.concurrent.each([
    ['their list', () => '/'],
    ['its dashboard', () => `/portfolios/${group}`],
    ['its transactions', () => `/portfolios/${group}/transactions`],
    ['its settings', () => `/groups/${group}/settings`],
    ['a new one', () => '/groups/new'],
  ])('%s', async (name, path) => {
    const { page, close } = await openPage(browser, new URL(path(), url))
    expect(await auditPage(page, name)).toEqual([])
    await close()
  })
})

/** What a long table goes on with: hundreds of rows like those above them, and most of the time. */
const alike = 'tbody > tr:nth-child(n + 25)'

type Axe = { axe: { run(of: unknown, options: RunOptions): Promise<AxeResults> } }

const phone = { width: 390, height: 844 }

/** The whole page, all of it unfolded, on a wide screen in both themes, and on a phone in the dark one. */
async function auditPage(page: Page, name: string): Promise<string[]> {
  await page.locator(`details:not(${overlays})`).evaluateAll((all) => {
    for (const each of all) each.setAttribute('open', '')
  })
  const wide = await audit(page, name)
  await page.setViewportSize(phone)
  return [...wide, ...(await audit(page, `${name} on a phone`, undefined, ['dark']))]
}

/** What axe calls serious or critical in the themes: one entry a node, of the page or of a part of it. */
async function audit(
  page: Page,
  name: string,
  part?: string,
  themes: ('light' | 'dark')[] = ['light', 'dark'],
): Promise<string[]> {
  await settled(page)
  // by the debugger's protocol: the pages' own policy lets no foreign script in
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe)
  const found: string[] = []
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const options: RunOptions = {
      resultTypes: ['violations'],
      // only rules that are off by default read the style sheets a second time
      preload: false,
    }
    const { violations, passes } = await page.evaluate(
      ([context, given]) => (globalThis as unknown as Axe).axe.run(context, given),
      [{ include: [part ?? 'html'], exclude: [alike] }, options] as const,
    )
    // of what cannot be seen nothing would be wrong either
    expect(passes.map(({ id: rule }) => rule)).toContain('color-contrast')
    for (const { id: rule, impact, nodes } of violations) {
      if (impact !== 'serious' && impact !== 'critical') continue
      for (const { html, target, failureSummary } of nodes)
        found.push(
          `${name}, ${colorScheme}: ${rule} (${impact})\n${String(target)}\n${html}\n${failureSummary}`,
        )
    }
  }
  return found
}
