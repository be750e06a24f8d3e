import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { commandLine } from '../../src/local/command-line.ts'

// Pictures of the pages, for anyone who wants to look at the whole product in one go: `npm run screenshots [folder]`.

process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'

const [folder = 'screenshots'] = commandLine({ allowPositionals: true }).positionals
// a mistyped option does not wait for wrangler and the browser
const { openPage, serve } = await import('./browser.ts')
const { demoPortfolio } = await import('./demo.ts')
const { default: unpackChromium } = await import('./unpack-chromium.ts')
const sizes = {
  desktop: { viewport: { width: 1440, height: 900 } },
  dark: { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' as const },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
}

mkdirSync(folder, { recursive: true })
await unpackChromium()
const { server, url, browser } = await serve()

await pictures('welcome', '/')
await pictures('new-portfolio', '/portfolios/new')
const id = await demoPortfolio(server, url)
await pictures('dashboard', `/portfolios/${id}`)
await comparison(`/portfolios/${id}?range=5y`)
await pictures('dashboard-drawdown', `/portfolios/${id}?range=5y`, async (page) => {
  await page.click('[data-unit=drawdown]')
  await page.click('[data-trades]')
})
await pictures('dashboard-private', `/portfolios/${id}`, (page) => page.keyboard.press('p'))
await pictures('palette', `/portfolios/${id}`, async (page) => {
  await page.keyboard.press('/')
  await page.waitForSelector('#palette [role=option]')
})
await pictures('help', `/portfolios/${id}`, (page) => page.keyboard.press('?'))
// the pages of the navigation that are there
for (const [name, path] of [
  ['transactions', 'transactions'],
  ['add-transaction', 'transactions/new'],
  ['dividends', 'dividends'],
  ['cash-flows', 'cash-flows'],
  ['risk', 'risk'],
  ['import', 'imports'],
  ['activity', 'activity'],
  ['alerts', 'alerts'],
  ['settings', 'settings'],
  ['instrument', 'instruments/TSLA'],
] as const) {
  const at = `/portfolios/${id}/${path}`
  if ((await server.fetch(at)).ok) await pictures(name, at)
}
await pictures('status', '/status')
await pictures('not-found', '/nothing-here')

await browser.close()
await server.close()

/** The lines alone, in percent: how the portfolio stands against the index funds. */
async function comparison(path: string): Promise<void> {
  const { page } = await openPage(browser, new URL(path, url), sizes.desktop)
  await page.waitForSelector('[data-chart] canvas')
  await page.click('[data-unit=percent]')
  await page.waitForTimeout(300)
  const file = join(folder, 'comparison.png')
  await page.locator('#chart').screenshot({ path: file })
  console.log(file)
  await page.context().close()
}

async function pictures(
  name: string,
  path: string,
  before: (page: Page) => Promise<void> = async () => {},
): Promise<void> {
  for (const [size, options] of Object.entries(sizes)) {
    const { page } = await openPage(browser, new URL(path, url), options)
    await page.waitForLoadState('networkidle')
    if (await page.$('[data-chart]')) await page.waitForSelector('[data-chart] canvas')
    await before(page)
    await page.waitForTimeout(300)
    const file = join(folder, `${name}-${size}.png`)
    await page.screenshot({ path: file, fullPage: true })
    console.log(file)
    await page.context().close()
  }
}
