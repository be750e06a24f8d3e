import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { createTestHarness } from 'wrangler'
import { keepLog, noteTyped } from './app-log.ts'
import { remembered, type Server, signedIn, signedInContext, signedInto } from './signed-in.ts'

/** As much of D1 as emptying it needs. */
type Statement = { all(): Promise<{ results: { name: string }[] }> }
type Database = { prepare(sql: string): Statement; batch(all: Statement[]): Promise<unknown> }

let launched: Promise<Browser> | undefined
let shared: Promise<Server> | undefined

/** Headless Chromium that asks nothing of any network: one for all files, each of whose pages has its own context. */
export function launch(): Promise<Browser> {
  launched ??= chromium.launch({
    ...(process.env.CHROMIUM ? { executablePath: process.env.CHROMIUM } : {}),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--hide-scrollbars',
    ],
  })
  return launched
}

/** The app on the demo market, with an empty database, and a browser to look at it. Both end with the process. */
export async function serve(): Promise<{ server: Server; url: URL; browser: Browser }> {
  const isFirst = shared === undefined
  shared ??= started({ MARKET: 'demo' })
  const server = remembered(await shared)
  const { url } = server
  const browser = await launch()
  if (!isFirst) {
    const tabs = [...used.values()].flat()
    const others = browser.contexts().filter((each) => !tabs.some((tab) => tab.context() === each))
    for (const context of others) await context.close()
    await empty(server, url)
  }
  return { server, url, browser }
}

/** A server of one's own, which is the caller's to close, with an empty database. */
export async function started(vars: Record<string, string>): Promise<Server> {
  // `npm test` has just built the Worker; a single file run by hand builds it anew
  const built = process.env.DIST_IS_BUILT ? { prebuiltWorkerDir: './dist' } : {}
  // whoever is connected with a broker reaches nobody
  const local = {
    ...vars,
    DEV_LOGIN: '1',
    LIMITS: 'off',
    IBKR_BASE_URL: 'http://127.0.0.1:9',
    SNAPTRADE_BASE_URL: 'http://127.0.0.1:9',
  }
  const harness = createTestHarness({ workers: [{ configPath: './wrangler.toml', vars: local, ...built }] })
  await harness.listen()
  await harness.getWorker().applyD1Migrations('DB')
  return remembered({ ...(await signedIn(harness)), ...keepLog(harness) })
}

/** Deletes what the file before has left: its portfolios with all that their objects keep, then every row. */
async function empty(server: Server, { origin }: URL): Promise<void> {
  // the file before may have signed out everywhere
  await server.signIn()
  const listed = await server.fetch('/api/portfolios')
  const { portfolios } = (await listed.json()) as { portfolios: { id: string }[] }
  for (const { id } of portfolios) {
    await server.fetch(`/api/portfolios/${id}`, { method: 'DELETE', headers: { origin } })
  }
  const { DB } = (await server.getWorker().getEnv()) as unknown as { DB: Database }
  const tables = await DB.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()
  const own = tables.results.filter(({ name }) => !/^(sqlite_|_cf_|d1_)/.test(name))
  // all at once, because some refer to others
  await DB.batch(
    ['PRAGMA defer_foreign_keys = on', ...own.map(({ name }) => `DELETE FROM "${name}"`)].map((each) =>
      DB.prepare(each),
    ),
  )
  await server.signIn()
}

/** Chromium complains of every answer above 399; that a form's was refused is a part of the page. */
const REFUSED = /^Failed to load resource: the server responded with a status of (404|409|422) /

/**
 * A page, and what it complained of: any console error or CSP violation is a failure. It is signed in, but for
 * a stranger.
 */
export async function openPage(
  browser: Browser,
  url: URL | string,
  options: BrowserContextOptions & { isStranger?: boolean } = {},
): Promise<{ page: Page; complaints: string[]; close: () => Promise<void> }> {
  // without a locale Chromium takes `en-US@posix` from LANG=C, which Intl refuses
  const { isStranger, ...more } = options
  const settings = { locale: 'en-US', timezoneId: 'America/New_York', ...more }
  const context = isStranger ? await browser.newContext(settings) : await signedInContext(browser, settings)
  const page = await context.newPage()
  const complaints = heard(page)
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

/** Notes what a page complains of from here on, and what is typed in it. */
function heard(page: Page): string[] {
  noteTyped(page)
  // no machine is too slow for it
  page.setDefaultTimeout(60_000)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !REFUSED.test(message.text()))
      complaints.push(`console: ${message.text()}`)
  })
  return complaints
}

/** By what their contexts were made with, which no tab loses. */
const used = new Map<string, Page[]>()

/**
 * The same in a tab that was used before, whose renderer is warm: some half of a new one's time. It has no cookie of the test
 * before, nothing in its storage and no listener. It is not for tests that change the clock or the scripts of a page for good,
 * that take a page's line, or that keep something on the device.
 */
export async function openTab(
  browser: Browser,
  url: URL | string,
  { viewport, ...made }: BrowserContextOptions = {},
): ReturnType<typeof openPage> {
  const kind = JSON.stringify(made)
  const alike = used.get(kind) ?? []
  used.set(kind, alike)
  // whoever fails does not give it back
  const tab = alike.pop()
  const size = viewport ?? { width: 1280, height: 720 }
  if (!tab) return again(await openPage(browser, url, { ...made, viewport: size }), alike)
  const context = tab.context()
  await context.clearCookies()
  const devtools = await context.newCDPSession(tab)
  const { origin } = new URL(url)
  await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'local_storage' })
  await devtools.detach()
  await signedInto(context)
  await tab.setViewportSize(size)
  await tab.emulateMedia({ media: null, colorScheme: null, reducedMotion: null })
  await tab.mouse.move(0, 0)
  const complaints = heard(tab)
  await tab.goto(String(url))
  return again({ page: tab, complaints, close: () => Promise.resolve() }, alike)
}

/**
 * Closing it is giving it back, at an address that has nothing to say, not even that it is signed out. It is one of the
 * app's own: `about:blank` lacks its Cross-Origin-Opener-Policy, so that going there and back starts a renderer each.
 */
function again(opened: Awaited<ReturnType<typeof openPage>>, alike: Page[]): typeof opened {
  const { page, complaints } = opened
  return {
    page,
    complaints,
    close: async () => {
      expect(complaints).toEqual([])
      await page.unrouteAll()
      for (const event of ['request', 'response', 'websocket', 'pageerror', 'console'] as const)
        page.removeAllListeners(event)
      await page.goto(new URL('/healthz', page.url()).href)
      alike.push(page)
    },
  }
}

/** Waits until a page follows its portfolio, and has in its place what it asked for. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    // between two pages a document has no body yet
    if (document.readyState !== 'complete') return false
    const { portfolio, past } = document.body.dataset
    const isLive = document.documentElement.dataset.live === 'on' || !portfolio || past !== undefined
    return isLive && !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling, .htmx-added')
  })
}
