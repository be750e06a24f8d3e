import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'

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
