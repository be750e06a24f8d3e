import type { Browser, Page, Response } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { openPage, serve, settled } from './browser.ts'
import { demoPortfolio } from './demo.ts'
import type { Server } from './signed-in.ts'

// What a browser keeps of whoever asks it to, and what it says without a line to the server.

let server: Server
let browser: Browser
let url: URL
let id: string
const dashboard = () => new URL(`/portfolios/${id}`, url).href

beforeAll(async () => {
  ;({ server, url, browser } = await serve())
  id = await demoPortfolio(server, url)
})

/** What is kept in this browser, by the names of the caches. */
const cached = (page: Page) =>
  page.evaluate(async () => {
    const named = await Promise.all(
      (await caches.keys()).map(async (name) => {
        const keys = await (await caches.open(name)).keys()
        return [name.split(' ')[0], keys.map((each) => new URL(each.url).pathname)] as const
      }),
    )
    return Object.fromEntries(named)
  })

const drawn = (page: Page) => page.waitForSelector('[data-chart] canvas')

/** A browser that keeps the dashboard and its chart. */
async function keeping() {
  const opened = await openPage(browser, new URL('/account', url))
  const { page } = opened
  await page.click('text=Keep the last snapshot on this device')
  await page.waitForURL('**/account')
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await page.goto(dashboard())
  await drawn(page)
  await settled(page)
  await kept(page)
  return opened
}

const kept = (page: Page) =>
  page.waitForFunction(
    async (wanted) => {
      const name = (await caches.keys()).find((each) => each.startsWith('kept '))
      const keys = name === undefined ? [] : await (await caches.open(name)).keys()
      return wanted.every((path) => keys.some((each) => new URL(each.url).pathname === path))
    },
    [`/portfolios/${id}`, `/portfolios/${id}/chart.json`],
  )

/** What is left on the device of the page, and of the service worker that kept it. */
const left = (page: Page) =>
  page.evaluate(async () => ({
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }))

const nothing = { caches: [], workers: 0 }

/** A visit that comes from no page: a bookmark, or an icon on the home screen. */
async function visit(page: Page, address: string): Promise<Response> {
  await page.goto('about:blank')
  return (await page.goto(address))!
}

describe('the last snapshot on this device', () => {
  it('is not kept unless somebody asks for it: nothing is registered, and no cache is made', async () => {
    const { page, close } = await openPage(browser, dashboard())
    await drawn(page)
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0)
    expect(await cached(page)).toEqual({})
    const manifest = (await (await server.fetch('/manifest.webmanifest')).json()) as {
      icons: { src: string; sizes: string }[]
    }
    const german = (await (await server.fetch('/manifest.de.webmanifest')).json()) as object
    const { description, lang } = german as { description: string; lang: string }
    expect([lang, { ...german, description, lang }]).toEqual(['de', { ...manifest, description, lang }])
    for (const { src, sizes } of manifest.icons) {
      const picture = new DataView(await (await server.fetch(src)).arrayBuffer())
      expect(`${picture.getUint32(16)}x${picture.getUint32(20)}`).toBe(sizes)
    }
    await close()
  })

  it('paints a second visit without waiting for the server, then asks it once for the page', async () => {
    const { page, close } = await keeping()
    const device = await page.context().newCDPSession(page)
    await device.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    const asked: string[] = []
    page.context().on('request', (request) => {
      if (request.serviceWorker()) asked.push(new URL(request.url()).pathname)
    })
    const answer = await visit(page, dashboard())
    expect(answer.fromServiceWorker()).toBe(true)
    expect(await page.textContent('.total')).toMatch(/^\$[\d,]+\.\d\d/)
    await settled(page)
    const painted = await page.evaluate(() => {
      const [{ startTime } = { startTime: NaN }] = performance.getEntriesByName('first-contentful-paint')
      return startTime
    })
    console.log(`a second visit at a fourth of the speed: first paint after ${Math.round(painted)} ms`)
    await expect.poll(() => asked.filter((path) => path === `/portfolios/${id}`).length).toBe(1)
    await close()
  })

  it('is shown offline with its age, draws its chart, and takes no edit', async () => {
    const { page } = await keeping()
    await page.context().setOffline(true)
    await visit(page, dashboard())
    expect(await page.textContent('#offline')).toMatch(
      /^You’re offline\. This browser kept these figures just now, on .*\d{4}.* Changes are not possible/,
    )
    expect(await page.textContent('#freshness')).not.toContain('Up to date')
    await drawn(page)
    await page.click('#freshness form[method=post] button')
    await page.waitForSelector('text=Nothing was sent or changed')
    // the start leads to the last dashboard, and what is not kept says so
    await visit(page, url.href)
    expect(page.url()).toBe(dashboard())
    const other = await visit(page, new URL(`/portfolios/${id}/transactions`, url).href)
    expect(other.status()).toBe(503)
    expect(await page.textContent('h1')).toBe('You’re offline')
    // in the language that was chosen, whatever the browser's is
    await page.context().addCookies([{ name: 'language', value: 'de', url: url.href }])
    await visit(page, other.url())
    expect(await page.textContent('h1')).toBe('Keine Verbindung')
    await page.context().clearCookies({ name: 'language' })
    // back online there is no trace of it
    await page.context().setOffline(false)
    await visit(page, dashboard())
    expect(await page.locator('#offline').count()).toBe(0)
    await page.context().close()
  })

  it('is gone when it is switched off, and so is what kept it', async () => {
    const { page, close } = await keeping()
    await page.goto(new URL('/account', url).href)
    await page.click('text=Keep nothing on this device')
    await expect.poll(() => left(page)).toEqual(nothing)
    await close()
  })

  it('is gone after signing out, and what others keep is never shown', async () => {
    const { page, close } = await keeping()
    await page.evaluate(async () => {
      const own = (await caches.keys()).find((name) => name.startsWith('kept '))!
      await (
        await caches.open(own.replace(/^kept [\w-]+/, 'kept somebody-else'))
      ).put('/portfolios/of-theirs', new Response('secret'))
    })
    await page.goto(dashboard())
    await expect
      .poll(() => page.evaluate(async () => (await caches.keys()).join()))
      .not.toContain('somebody-else')
    await page.goto(new URL('/account', url).href)
    await page.click('.sessions li:has-text("this browser") button')
    await page.waitForURL('**/sign-in')
    await expect.poll(() => left(page)).toEqual(nothing)
    await close()
    await server.signIn()
  })

  it('is gone at the next visit when the session was ended elsewhere', async () => {
    const { page, close } = await keeping()
    await server.fetch('/account/sign-out-everywhere', {
      method: 'POST',
      headers: { origin: url.origin },
      redirect: 'manual',
    })
    await page.waitForURL('**/sign-in?**')
    await expect.poll(() => left(page)).toEqual(nothing)
    await close()
    await server.signIn()
  })

  it('of another build is replaced: the page is loaded anew once the server has answered', async () => {
    const { page, close } = await keeping()
    await page.evaluate(async (path) => {
      const own = (await caches.keys()).find((name) => name.startsWith('kept '))!
      const cache = await caches.open(own)
      const page = (await cache.match(path))!
      const old = (await page.text())
        .replace(/data-keep="([^ ]+) [^"]*"/, 'data-keep="$1 old"')
        .replace(/<h1.*?<\/h1>/, '<h1>Old</h1>')
      const older = await caches.open(own.replace(/^(kept [\w-]+) .*/, '$1 old'))
      await older.put(path, new Response(old, { headers: page.headers }))
      await caches.delete(own)
    }, `/portfolios/${id}`)
    await visit(page, dashboard())
    await page.waitForFunction(() => document.documentElement.dataset.keep?.includes('/assets/'))
    await kept(page)
    expect(Object.keys(await cached(page)).toSorted()).toEqual(['kept', 'shell'])
    await close()
  })
})

describe('an edit without a line is refused, and what was entered stays', () => {
  /** Does it offline, on a page of the portfolio, and waits for the sentence. */
  async function offline(
    path: string,
    enter: (page: Page) => Promise<unknown>,
    send: (page: Page) => Promise<unknown>,
  ) {
    const { page } = await openPage(browser, new URL(`/portfolios/${id}/${path}`, url))
    await settled(page)
    await enter(page)
    await page.context().setOffline(true)
    await page.waitForSelector('text=Showing the previous figures until')
    await send(page)
    await page.waitForSelector('text=Nothing was sent or changed')
    return page
  }

  it('in the form of a transaction', async () => {
    const page = await offline(
      'transactions/new',
      (page) => page.fill('[name=note]', 'first tranche'),
      (page) =>
        page.locator('form.entry').evaluate((form: HTMLFormElement) => {
          form.noValidate = true
          form.requestSubmit()
        }),
    )
    expect(await page.inputValue('[name=note]')).toBe('first tranche')
    await page.context().close()
  })

  it('by the button that deletes a transaction while it is edited', async () => {
    const page = await offline(
      'transactions',
      async (page) => {
        await page.click('a.edit')
        await page.fill('form.entry [name=note]', 'second thoughts')
      },
      (page) => page.click('#delete'),
    )
    expect(await page.inputValue('form.entry [name=note]')).toBe('second thoughts')
    await page.context().close()
  })

  it('where a file is imported, by its form or dropped', async () => {
    const file = { name: 'trades.csv', mimeType: 'text/csv', buffer: Buffer.from('Ticker,Type\n') }
    const page = await offline(
      'imports',
      (page) => page.setInputFiles('#file', file),
      (page) => page.click('text=Check this file'),
    )
    const chosen = () => page.$eval('#file', (input: HTMLInputElement) => input.files![0]!.name)
    expect(await chosen()).toBe('trades.csv')
    await page.context().setOffline(false)
    await page.evaluate(() => document.dispatchEvent(new DragEvent('dragenter')))
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('drop')),
    )
    await page.context().setOffline(true)
    await expect
      .poll(async () => {
        await page.evaluate(() => {
          const dataTransfer = new DataTransfer()
          dataTransfer.items.add(new File(['Ticker,Type\n'], 'dropped.csv'))
          document.dispatchEvent(new DragEvent('drop', { dataTransfer }))
        })
        return (await page.isVisible('text=Nothing was sent or changed')) && chosen()
      })
      .toBe('dropped.csv')
    await page.context().close()
  })
})
