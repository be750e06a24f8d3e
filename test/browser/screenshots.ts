import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestHarness } from 'wrangler'
import { launch, openPage } from './browser.ts'
import unpackChromium from './unpack-chromium.ts'

// Pictures of the pages, for anyone who wants to look at the whole product in one go: `npm run screenshots [folder]`.

process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'

const folder = process.argv[2] ?? 'screenshots'
const sizes = {
  desktop: { viewport: { width: 1440, height: 900 } },
  dark: { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' as const },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
}

mkdirSync(folder, { recursive: true })
await unpackChromium()
const server = createTestHarness({ workers: [{ configPath: './wrangler.toml', vars: { MARKET: 'demo' } }] })
const { url } = await server.listen()
await server.getWorker().applyD1Migrations('DB')
const browser = await launch()

await pictures('welcome', '/')
const id = await demoPortfolio()
await pictures('dashboard', `/portfolios/${id}`)
await pictures('transactions', `/portfolios/${id}/transactions`)
await pictures('transaction-form', `/portfolios/${id}/transactions/new`)
for (const page of ['dividends', 'cash-flows', 'instruments/NVDA', 'activity', 'settings']) {
  await pictures(page.split('/')[0]!, `/portfolios/${id}/${page}`)
}
await pictures('import', `/portfolios/${id}/imports`)
await pictures('status', '/status')

await browser.close()
await server.close()

async function pictures(name: string, path: string): Promise<void> {
  for (const [size, options] of Object.entries(sizes)) {
    const { page, close } = await openPage(browser, new URL(path, url), options)
    await page.waitForLoadState('networkidle')
    if (name === 'dashboard') await page.waitForSelector('[data-chart] canvas')
    await page.waitForTimeout(300)
    const file = join(folder, `${name}-${size}.png`)
    await page.screenshot({ path: file, fullPage: true })
    console.log(file)
    await close()
  }
}

async function demoPortfolio(): Promise<string> {
  const headers = { origin: url.origin }
  const post = async (path: string, type: string, body: string) =>
    (await (
      await server.fetch(path, { method: 'POST', body, headers: { ...headers, 'content-type': type } })
    ).json()) as { id: string }
  const { id } = await post('/api/portfolios', 'application/json', JSON.stringify({ name: 'Demo portfolio' }))
  await post(
    `/api/portfolios/${id}/imports`,
    'text/csv',
    readFileSync(join(import.meta.dirname, '../../src/local/demo.csv'), 'utf8'),
  )
  for (let tries = 0; tries < 100; tries++) {
    const latest = (await (await server.fetch(`/api/portfolios/${id}/refreshes/latest`)).json()) as {
      status: string
    }
    if (latest.status === 'done') return id
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('the demo portfolio never got its prices')
}
