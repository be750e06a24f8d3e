import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { createTestHarness } from 'wrangler'

/** Headless Chromium that asks nothing of any network. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    ...(process.env.CHROMIUM ? { executablePath: process.env.CHROMIUM } : {}),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--hide-scrollbars',
    ],
  })
}

/** The app with an empty database, and a browser to look at it. Both are the caller's to close. */
export async function serve(vars: Record<string, string> = { MARKET: 'demo' }) {
  // `npm test` has just built the Worker; a single file run by hand builds it anew
  const built = process.env.DIST_IS_BUILT ? { prebuiltWorkerDir: './dist' } : {}
  const server = createTestHarness({ workers: [{ configPath: './wrangler.toml', vars, ...built }] })
  const { url } = await server.listen()
  await server.getWorker().applyD1Migrations('DB')
  return { server, url, browser: await launch() }
}

/** Chromium complains of every answer above 399; that a form's was refused is a part of the page. */
const REFUSED = /^Failed to load resource: the server responded with a status of (404|409|422) /

/** A page, and what it complained of: any console error or CSP violation is a failure. */
export async function openPage(
  browser: Browser,
  url: URL | string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[]; close: () => Promise<void> }> {
  // without a locale Chromium takes `en-US@posix` from LANG=C, which Intl refuses
  const context = await browser.newContext({ locale: 'en-US', timezoneId: 'America/New_York', ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !REFUSED.test(message.text()))
      complaints.push(`console: ${message.text()}`)
  })
  await page.goto(String(url))
  return {
    page,
    complaints,
    close: async () => {
      expect(complaints).toEqual([])
      await context.close()
    },
  }
}

/** Waits until a page follows its portfolio, and has in its place what it asked for. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const isLive = document.documentElement.dataset.live === 'on' || !document.body.dataset.portfolio
    return isLive && !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling, .htmx-added')
  })
}
