import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Server, signedInContext } from './signed-in.ts'
import { openPage, openTab, serve, settled } from './browser.ts'
import { demoPortfolio } from './demo.ts'

// The dashboard and what stands around every page, on the demo market, with one server and one browser.

let server: Server
let browser: Browser
let url: URL
let id: string
const dashboard = (query = '') => new URL(`/portfolios/${id}${query}`, url)

beforeAll(async () => {
  ;({ server, url, browser } = await serve())
  id = await demoPortfolio(server, url)
})

const drawn = (page: Page) => page.waitForSelector('[data-chart] canvas')
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const regions = ['headline', 'chart', 'why', 'holdings', 'allocation', 'recent', 'log', 'freshness']

/** Tells an open page that parts of it changed; ends when it has them. */
async function outdated(page: Page, names: readonly string[]): Promise<void> {
  const arrived = page.waitForResponse((response) =>
    response.url().includes(`${id}/regions?of=${names.join(',')}`),
  )
  await page.evaluate((detail) => {
    document.body.dispatchEvent(new CustomEvent('outdated', { detail }))
  }, names)
  await (await arrived).finished()
  await settled(page)
}

/** The chart's readout in words: `Nov 20, 2026 Portfolio $1.00 …` */
const readout = async (page: Page) =>
  ((await page.textContent('[data-readout]')) ?? '').replace(/\s+/g, ' ').trim()

/** What moved in a page, by how much of the screen (Chromium's layout shifts). */
type Shift = { value: number; moved: string[] }

describe('a first visit', () => {
  it('weighs less than 70 kB compressed, from our own address only, its assets to be kept for good', async () => {
    const page = await (await signedInContext(browser, { locale: 'en-US' })).newPage()
    const bodies: Promise<[path: string, weight: number]>[] = []
    const strangers: string[] = []
    const assets: [path: string, kept: string][] = []
    page.on('response', (response) => {
      const { origin, pathname } = new URL(response.url())
      if (origin !== url.origin) strangers.push(response.url())
      if (pathname.startsWith('/assets/')) assets.push([pathname, response.headers()['cache-control']!])
      bodies.push(response.body().then((body) => [pathname, gzipSync(body, { level: 9 }).byteLength]))
    })
    await page.goto(dashboard().href)
    await drawn(page)
    await page.waitForLoadState('networkidle')
    const weights = await Promise.all(bodies)
    const total = weights.reduce((sum, [, weight]) => sum + weight, 0)
    expect(strangers).toEqual([])
    const forGood = [expect.stringMatching(/-[A-Z0-9]{8}\.(js|css)$/), 'public, max-age=31536000, immutable']
    expect(assets).toEqual([forGood, forGood])
    expect(weights.length).toBeGreaterThanOrEqual(4)
    console.log(`a first visit: ${total} bytes`, weights)
    expect(total).toBeLessThan(70_000)
    await page.close()
  })

  it.each([
    ['a wide screen', { viewport: { width: 1440, height: 900 } }],
    ['a phone', phone],
  ])('moves nothing on %s while the lines and new fragments arrive', async (_, options) => {
    const { page, close } = await openPage(browser, 'about:blank', options)
    await page.addInitScript(() => {
      const shifts: { value: number; moved: string[] }[] = []
      Object.assign(globalThis, { shifts })
      type Shift = {
        value: number
        sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[]
      }
      new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries() as unknown as Shift[])
          shifts.push({
            value,
            moved: sources.map(({ node, previousRect, currentRect }) => {
              const { className, nodeName } = (node instanceof Element ? node : node?.parentElement) ?? {}
              return `${nodeName} ${className}: ${previousRect.y} → ${currentRect.y}`
            }),
          })
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await page.goto(dashboard().href)
    await drawn(page)
    await outdated(page, regions)
    await page.waitForLoadState('networkidle')
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: Shift[] }).shifts)
    const shifted = shifts.reduce((sum, { value }) => sum + value, 0)
    expect(shifted < 0.01 ? [] : shifts).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
    // the name of a part is in one line beside its bar
    expect(
      await page
        .locator('.sums th')
        .first()
        .evaluate((name) => name.clientHeight),
    ).toBeLessThan(40)
    await close()
  })

  it('works in a browser whose language tag is not valid', async () => {
    const { page, close } = await openPage(browser, 'about:blank')
    await page.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'language', { get: () => 'en-US@posix', configurable: true })
    })
    await page.goto(dashboard().href)
    expect(await (await drawn(page)).isVisible()).toBe(true)
    await close()
  })

  it('writes numbers in the reader’s locale, in the chart as well', async () => {
    const { page, close } = await openTab(browser, dashboard(), { locale: 'de-DE' })
    await drawn(page)
    const german = /\d{1,3}\.\d{3},\d{2}\s\$/
    expect(await page.textContent('.total')).toMatch(german)
    expect(await readout(page)).toMatch(german)
    await close()
  })
})

describe('the chart', () => {
  it('shows the values of a day only while somebody points at it, also after a swap', async () => {
    const { page, close } = await openTab(browser, dashboard())
    await drawn(page)
    const isShown = () => page.isVisible('[data-readout] .readout-value')
    expect(await isShown()).toBe(false)
    await outdated(page, ['chart'])
    await page.waitForLoadState('networkidle')
    expect(await isShown()).toBe(false)
    await page.hover('[data-plot]')
    await page.waitForSelector('[data-readout] .readout-value', { state: 'visible' })
    await close()
  })

  it('offers its ranges in a sheet on a phone, which closes after a choice', async () => {
    const { page, close } = await openTab(browser, dashboard(), phone)
    await drawn(page)
    expect(await page.isVisible('[data-range="1m"]')).toBe(false)
    await page.click('#chart .opener')
    await page.click('[data-range="1m"]')
    expect(await page.isVisible('[data-range="1m"]')).toBe(false)
    expect(await page.textContent('#chart .opener')).toBe('1M')
    await close()
  })

  it('shows money, returns and drawdown, of the same lines', async () => {
    const { page, close } = await openTab(browser, dashboard())
    await drawn(page)
    const total = (await page.textContent('.total'))!.trim()
    expect(await readout(page)).toContain(`Portfolio${total}VOO`)
    await page.click('[data-unit=percent]')
    const { summary } = await summaryOf()
    const written = (ratio: number) => `${ratio < 0 ? '−' : '+'}${Math.abs(100 * ratio).toFixed(2)}%`
    await expect.poll(() => readout(page)).toContain(`Portfolio${written(summary.twr)}`)
    await page.click('[data-unit=drawdown]')
    // whoever points at a day gets every day, so the deepest is the figure beside it
    await page.focus('[data-plot]')
    await page.keyboard.press('Home')
    await page.waitForFunction(() =>
      document.querySelector('[data-plot]')!.ariaValueText!.includes('Portfolio'),
    )
    const deepest = await deepestOf(page)
    expect(deepest).toBe(written(summary.max_drawdown))
    await page.reload()
    await drawn(page)
    expect(await page.getAttribute('[data-unit=drawdown]', 'aria-pressed')).toBe('true')
    await close()
  })

  it('has its range in the address, by click, key and two dates, and remembers it', async () => {
    const { page, close } = await openTab(browser, dashboard())
    await drawn(page)
    await page.click('[data-range=ytd]')
    expect(new URL(page.url()).search).toBe('?range=ytd')
    await page.keyboard.press('5')
    expect(new URL(page.url()).search).toBe('?range=5y')
    await page.click('.custom:has([name=from]) summary')
    await page.fill('[name=from]', '2024-06-28')
    await page.fill('[name=to]', '2024-01-02')
    await page.click('[data-custom] button')
    expect(await page.textContent('[data-custom] .fault')).toContain('must be before')
    await page.fill('[name=to]', '2024-06-28')
    await page.fill('[name=from]', '2024-01-02')
    await page.click('[data-custom] button')
    expect(new URL(page.url()).search).toBe('?from=2024-01-02&to=2024-06-28')
    await page.waitForFunction(() =>
      document.querySelector('[data-readout]')!.textContent!.includes('Jun 28, 2024'),
    )
    // the page without a range in its address
    await page.goto(dashboard().href)
    await page.waitForFunction(() =>
      document.querySelector('[data-readout]')!.textContent!.includes('Jun 28, 2024'),
    )
    // its end is past: a new price leaves it where it is
    await outdated(page, ['chart'])
    await page.waitForLoadState('networkidle')
    expect(await readout(page)).toContain('Jun 28, 2024')
    await close()
  })

  it('announces the values of a day to the arrow keys', async () => {
    const { page, close } = await openTab(browser, new URL('?range=3m', dashboard()))
    await drawn(page)
    await page.focus('[data-plot]')
    const said = () => page.getAttribute('[data-plot]', 'aria-valuetext')
    const last = await said()
    expect(last).toMatch(/^\w+ \d+, \d{4}: Portfolio \$[\d,.]+, VOO \$[\d,.]+, QQQ \$[\d,.]+$/)
    await page.keyboard.press('ArrowLeft')
    await page.waitForFunction(() =>
      /Portfolio \$/.test(document.querySelector('[data-plot]')!.ariaValueText!),
    )
    const before = (await said())!
    expect(before).not.toBe(last)
    expect(await readout(page)).toContain(before.split(':')[0]!)
    await page.keyboard.press('Home')
    const first = await said()
    await page.keyboard.press('ArrowLeft')
    expect(await said()).toBe(first)
    await page.keyboard.press('End')
    expect(await said()).toBe(last)
    await close()
  })

  it('marks trades on request, describes those under the pointer, and keeps the choice', async () => {
    const { page, close } = await openTab(browser, dashboard())
    await drawn(page)
    expect(await page.isVisible('[data-day-trades]')).toBe(false)
    const loaded = page.waitForResponse(/trades\.json\?range=all$/)
    await page.click('[data-trades]')
    await loaded
    expect(await page.textContent('[data-day-trades]')).toContain('▲ Bought')
    await page.focus('[data-plot]')
    await page.keyboard.press('Home')
    await page.waitForFunction(() =>
      /▲ Bought [\d.]+ [A-Z]/.test(document.querySelector('[data-day-trades]')!.textContent!),
    )
    await page.reload()
    await page.waitForSelector('[data-day-trades]:not([hidden])')
    await close()
  })

  it('lets its last point pulse only while it is live, and never with reduced motion', async () => {
    const pulse = (page: Page, live: boolean, market: string) =>
      page.evaluate(
        ([on, phase]) => {
          if (on) document.documentElement.dataset.live = 'on'
          else delete document.documentElement.dataset.live
          document.querySelector<HTMLElement>('[data-chart]')!.dataset.market = phase as string
          return getComputedStyle(document.querySelector('.last-point')!, '::after').animationName
        },
        [live, market] as const,
      )
    const { page, close } = await openTab(browser, dashboard())
    await drawn(page)
    expect(await pulse(page, true, 'open')).toBe('pulse')
    expect(await pulse(page, false, 'open')).toBe('none')
    expect(await pulse(page, true, 'closed')).toBe('none')
    await page.emulateMedia({ reducedMotion: 'reduce' })
    expect(await pulse(page, true, 'open')).toBe('none')
    await close()
  })
})

it.each(['de-DE', 'fr-CH', 'ar-EG', 'hi-IN'])(
  'is as wide as the screen in the numbers of %s',
  async (locale) => {
    const { page, close } = await openTab(browser, dashboard(), {
      locale,
      viewport: { width: 1440, height: 900 },
    })
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
    await close()
  },
)

it('the words of a tile of the allocation fit in it', async () => {
  const { page, close } = await openTab(browser, dashboard())
  const modes = ['Day', 'Gain', 'vs VOO']
  for (const [width, mode] of modes.flatMap((mode) =>
    [390, 800, 1440].map((each) => [each, mode] as const),
  )) {
    await page.setViewportSize({ width, height: 900 })
    await page.click(`.modes a:text-is("${mode}")`)
    await page.waitForSelector(`.modes [aria-current]:text-is("${mode}")`)
    const beyond = await page.$$eval('.treemap text', (texts) =>
      texts
        .filter((text) => {
          const [own, tile] = [text, text.parentElement!.querySelector('rect')!].map((each) =>
            each.getBoundingClientRect(),
          )
          return own!.bottom > tile!.bottom || own!.right > tile!.right
        })
        .map((text) => `${text.parentElement!.textContent}: ${text.textContent}`),
    )
    expect(beyond).toEqual([])
  }
  await close()
})

describe('by keyboard alone', () => {
  it('letters typed while the palette loads are searched for and press no key of the page', async () => {
    // a page that is open already may send its next request around the route
    const { page, close } = await openPage(browser, 'about:blank')
    await page.route(/palette/, async (route) => {
      await page.keyboard.type('nvdp')
      await route.continue()
    })
    await page.goto(String(dashboard()))
    await page.keyboard.press('/')
    await page.waitForSelector('#palette [role=option], #palette .aside')
    expect(await page.inputValue('#palette input')).toBe('nvdp')
    expect(await page.getAttribute('html', 'data-privacy')).toBeNull()
    await close()
  })

  it('/ finds tickers, pages and actions', async () => {
    const { page, close } = await openTab(browser, dashboard())
    await page.focus('.topline .actions a')
    await page.keyboard.press('/')
    await page.waitForSelector('#palette [role=option]')
    await page.keyboard.type('micros')
    await page.waitForFunction(() => document.querySelector('#palette li b')?.textContent === 'MSFT')
    expect(await page.getAttribute('#palette ul', 'aria-label')).toBe('Tickers')
    await page.keyboard.press('Escape')
    await page.waitForSelector('#palette', { state: 'detached' })
    expect(await page.evaluate(() => document.activeElement!.textContent!.trim())).toBe('Add transaction')
    await page.keyboard.press('/')
    await page.waitForSelector('#palette [role=option]')
    await page.keyboard.type('dark')
    await page.keyboard.press('Enter')
    expect(await page.getAttribute('html', 'data-theme')).toBe('dark')
    await page.keyboard.press('/')
    await page.waitForSelector('#palette [role=option]')
    await page.keyboard.type('zzz')
    expect(await page.textContent('#palette-list')).toBe('No matches.')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('statu')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/status$/)
    await close()
  })

  it('? lists the keys, and g with a letter goes to the listed page', async () => {
    const { page, close } = await openTab(browser, dashboard())
    await page.keyboard.press('?')
    await page.waitForSelector('#help')
    for (const label of ['Search', 'Refresh prices', 'Transactions', 'Dividends', 'Cash flows', 'Import']) {
      expect(await page.textContent('#help')).toContain(label)
    }
    // a key under a dialog is for the dialog
    await page.keyboard.press('p')
    expect(await page.getAttribute('html', 'data-privacy')).toBeNull()
    await page.keyboard.press('Escape')
    await page.waitForSelector('#help', { state: 'detached' })
    await page.keyboard.press('g')
    await page.keyboard.press('i')
    await page.waitForURL(/\/imports$/)
    await close()
  })

  it('rows are one stop, with arrows between them, also after sorting and a new fragment', async () => {
    const { page, close } = await openTab(browser, dashboard())
    const links = page.locator('.holdings [data-sortable] tbody th a')
    const stops = () => page.locator('.holdings [data-sortable] tbody th a[tabindex="0"]').allTextContents()
    await links.first().focus()
    await page.keyboard.press('ArrowDown')
    const focused = () => page.evaluate(() => document.activeElement!.textContent)
    expect(await focused()).toBe((await links.allTextContents())[1])
    await page.keyboard.press('End')
    expect(await focused()).toBe((await links.allTextContents()).at(-1))
    expect(await stops()).toEqual([await focused()])
    await page.getByRole('link', { name: 'Holding', exact: true }).click()
    await page.waitForSelector('.holdings thead th:first-child[aria-sort=ascending]')
    expect(await focused()).toBe('Holding')
    const sorted = await links.allTextContents()
    expect(sorted).toEqual(sorted.toSorted((a, b) => a.localeCompare(b)))
    expect(new URL(page.url()).search).toBe('?sort=name&dir=asc')
    await outdated(page, ['holdings'])
    expect(await links.allTextContents()).toEqual(sorted)
    expect(await stops()).toHaveLength(1)
    await close()
  })

  it('what is open closes on Escape or a click beside it, and the focus returns', async () => {
    const { page, close } = await openTab(browser, dashboard())
    await drawn(page)
    await settled(page)
    for (const menu of ['#switcher', '#preferences', '#custom-range', '#explain-total_gain']) {
      const summary = page.locator(`${menu} > summary`)
      await summary.focus()
      await page.keyboard.press('Enter')
      expect(await page.getAttribute(menu, 'open')).toBe('')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Escape')
      expect([menu, await page.getAttribute(menu, 'open')]).toEqual([menu, null])
      await summary.click()
      await page.mouse.click(5, 300)
      expect([menu, await page.getAttribute(menu, 'open')]).toEqual([menu, null])
    }
    await page.locator('#preferences > summary').click()
    await page.focus('#preferences input[value=green]')
    await page.keyboard.press('Escape')
    expect(await page.evaluate(() => document.activeElement!.ariaLabel)).toBe('Preferences')
    await close()
  })

  it('how a figure is calculated is fetched when it is opened, and again when the figures change', async () => {
    const { page, close } = await openTab(browser, dashboard())
    await drawn(page)
    const asked: string[] = []
    page.on('request', (request) => {
      if (request.url().includes('/figures/')) asked.push(new URL(request.url()).pathname)
    })
    await page.focus('#explain-xirr > summary')
    expect(asked).toEqual([])
    await page.keyboard.press('Enter')
    await page.waitForSelector('#explain-xirr .formula')
    await page.evaluate(() =>
      document.body.dispatchEvent(new CustomEvent('outdated', { detail: ['headline'] })),
    )
    await expect.poll(() => asked).toHaveLength(2)
    await page.waitForSelector('#explain-xirr[open] .formula')
    expect(new Set(asked)).toEqual(new Set([`/portfolios/${id}/figures/xirr`]))
    await close()
  })

  it('Tab goes through the whole page, always in sight, and out of it again', async () => {
    const { page, close } = await openTab(browser, dashboard())
    await drawn(page)
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    const seen: string[] = []
    for (let presses = 0; presses < 150; presses++) {
      await page.keyboard.press('Tab')
      const here = await page.evaluate(() => {
        const active = document.activeElement as HTMLElement
        if (active === document.body) return null
        const { outlineStyle, outlineWidth } = getComputedStyle(active)
        const ring = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1
        return { name: (active.ariaLabel ?? active.textContent ?? '').trim() || active.tagName, ring }
      })
      if (here === null) break
      expect(here).toMatchObject({ ring: true })
      seen.push(here.name)
    }
    expect(seen[0]).toBe('Skip to content')
    expect(seen).toContain('Refresh')
    expect(seen).toContain('Day in the chart')
    expect(seen.length).toBeLessThan(150)
    await close()
  })
})

describe('the preferences of a browser', () => {
  it('are kept: privacy, colors and theme apply before any script runs', async () => {
    const { page, close } = await openTab(browser, dashboard())
    await drawn(page)
    await page.keyboard.press('p')
    await page.click('#preferences summary')
    await page.check('[name=palette][value=blue]')
    await page.check('[name=theme][value=dark]')
    const look = () =>
      page.evaluate(() => {
        const { theme, palette, privacy } = document.documentElement.dataset
        const total = document.querySelector<HTMLElement>('.total [data-money]')!
        const dots = getComputedStyle(total, '::before').content
        // five dots fill the only line that is seen
        const isBelow = total.scrollHeight >= 2 * total.clientHeight
        return { theme, palette, privacy, dots, cut: getComputedStyle(total).overflow, isBelow }
      })
    const wanted = {
      theme: 'dark',
      palette: 'blue',
      privacy: 'on',
      dots: '"•••••"',
      cut: 'hidden',
      isBelow: true,
    }
    expect(await look()).toEqual(wanted)
    const text = await (await page.request.get(dashboard().href)).text()
    expect(text).toMatch(/<html[^>]+data-theme="dark" data-palette="blue" data-privacy="on"/)
    await page.reload()
    expect(await look()).toEqual(wanted)
    // what must not be seen, nowhere: every money on the page is marked as such
    const bare = await page.evaluate(() => {
      const walker = document.createTreeWalker(document.querySelector('main')!, NodeFilter.SHOW_TEXT)
      const found: string[] = []
      while (walker.nextNode()) {
        const element = walker.currentNode.parentElement!
        const isPrice = element.closest('td.price, noscript')
        if (/\$\d/.test(walker.currentNode.nodeValue!) && !element.closest('[data-money]') && !isPrice)
          found.push(walker.currentNode.nodeValue!)
      }
      return found
    })
    expect(bare).toEqual([])
    await page.keyboard.press('p')
    expect((await look()).dots).toBe('none')
    await close()
  })
})

describe('the connection', () => {
  it('brings a rename elsewhere to the head of the page, the switcher and the tab', async () => {
    const { page, close } = await openTab(browser, dashboard())
    await page.waitForSelector('html[data-live=on]')
    const rename = (name: string) =>
      server.fetch(`/api/portfolios/${id}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', origin: url.origin },
        body: JSON.stringify({ name }),
      })
    await rename('Retirement <b>')
    await page.waitForSelector('h1:text-is("Retirement <b>")')
    expect(await page.textContent('#switcher summary')).toBe('Retirement <b>')
    expect(await page.title()).toBe('Retirement <b> · Yardstick')
    await rename('Demo')
    await page.waitForSelector('h1:text-is("Demo")')
    await close()
  })

  it('lost and found again: a sentence, and then it follows as before', async () => {
    const { page, complaints } = await openPage(browser, dashboard())
    await page.waitForSelector('html[data-live=on]')
    await page.context().setOffline(true)
    await page.waitForSelector('[data-notice]:not([hidden])')
    expect(await page.textContent('[data-notice]')).toContain('You’re offline.')
    expect(await page.getAttribute('html', 'data-live')).toBeNull()
    expect(await page.textContent('.total')).toMatch(/\$[\d,]+\.\d\d/)
    await page.context().setOffline(false)
    await page.waitForSelector('html[data-live=on]')
    expect(await page.isVisible('[data-notice]')).toBe(false)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('is closed while the page is hidden, and nothing is requested meanwhile', async () => {
    const { page, close } = await openPage(browser, dashboard())
    await page.waitForSelector('html[data-live=on]')
    await page.waitForLoadState('networkidle')
    await page.clock.install()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    page.on('websocket', (socket) => asked.push(socket.url()))
    const look = (hidden: boolean) =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'hidden', { value, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
      }, hidden)
    await look(true)
    await page.waitForSelector('html:not([data-live])')
    await page.clock.fastForward(60_000)
    expect(asked).toEqual([])
    await look(false)
    await page.waitForSelector('html[data-live=on]')
    await close()
  })
})

describe('why it is ahead', () => {
  const table = '#why table.waterfall'

  it('brings the decisions when the reader comes to them, and they stay while prices change', async () => {
    const { page, close } = await openTab(browser, dashboard(), { viewport: { width: 1440, height: 600 } })
    await drawn(page)
    await outdated(page, ['why'])
    expect(await page.locator('#decisions').count()).toBe(0)
    const before = (await page.locator('#why').boundingBox())!
    await page.locator('[data-revealed]').scrollIntoViewIfNeeded()
    await page.waitForSelector('#decisions')
    await settled(page)
    // their place was kept
    expect(Math.abs((await page.locator('#why').boundingBox())!.height - before.height)).toBeLessThan(12)
    expect(new URL(page.url()).search).toBe('')
    const [shown] = await page.$$('#decisions')
    await outdated(page, ['why', 'headline'])
    expect(await shown!.evaluate((element) => element.isConnected)).toBe(true)
    expect(await page.locator('#decisions table').count()).toBe(2)
    await close()
  })

  it('is of the chosen period and division, by keyboard, when prices change, and when it is opened again', async () => {
    const { page, close } = await openTab(browser, dashboard('?decisions=shown'))
    await settled(page)
    const whole = await page.textContent(table)
    await page.focus('#why a:text-is("12M")')
    await page.keyboard.press('Enter')
    await page.waitForSelector('#why a[aria-current]:text-is("12M")')
    expect(await page.evaluate(() => document.activeElement!.textContent)).toBe('12M')
    await page.focus('#why a:text-is("Purchases")')
    await page.keyboard.press('Enter')
    await page.waitForSelector('#why a[aria-current]:text-is("Purchases")')
    const isChosen = async () => {
      expect(await page.locator('#why [data-choices] a[aria-current]').allTextContents()).toEqual([
        'Purchases',
        '12M',
      ])
      expect(await page.textContent('#why')).toContain('Since the close of')
      expect(await page.textContent('#why')).toContain('Purchases and sales after')
      expect(await page.textContent(table)).not.toBe(whole)
    }
    await isChosen()
    await outdated(page, ['headline', 'why', 'holdings'])
    await isChosen()
    const { searchParams } = new URL(page.url())
    expect([searchParams.get('by'), searchParams.get('period')]).toEqual(['lot', '12m'])
    await page.reload()
    await isChosen()
    // the chart has a period of its own
    expect(await page.getAttribute('[data-chart]', 'data-source')).toContain('range=all')
    await close()
  })

  it('is never of another period than the last one chosen, though an older answer is on its way', async () => {
    const { page, close } = await openTab(browser, dashboard('?decisions=shown'))
    await settled(page)
    const asked: string[] = []
    await page.route('**/regions?*', async (route) => {
      asked.push(new URL(route.request().url()).search)
      // the first answer waits until the reader has chosen again
      if (asked.length === 1) await page.click('#why a:text-is("1M")')
      await route.continue()
    })
    await page.click('#why a:text-is("5Y")')
    await page.waitForSelector('#why a[aria-current]:text-is("1M")')
    await settled(page)
    expect(asked.map((query) => new URLSearchParams(query).get('period'))).toEqual(['5y', '1m'])
    expect(await page.getAttribute('#why', 'data-region')).toContain('period=1m')
    await close()
  })
})

describe('without JavaScript', () => {
  it('every control that is shown does its job', async () => {
    const { page, close } = await openTab(browser, dashboard(), { javaScriptEnabled: false })
    expect(await page.textContent('.total')).toMatch(/\$[\d,]+\.\d\d/)
    expect(await page.textContent('[data-chart] table')).toContain('VOO')
    for (const hidden of ['[data-do=palette]', '[data-unit]', '[data-trades]', '[data-plot]']) {
      expect(await page.locator(hidden).first().isVisible()).toBe(false)
    }
    await page.click('.custom:has([name=from]) summary')
    await page.fill('[name=from]', '2024-01-02')
    await page.fill('[name=to]', '2024-06-28')
    await page.click('[data-custom] button')
    expect(new URL(page.url()).search).toBe('?from=2024-01-02&to=2024-06-28')
    expect(await page.getAttribute('[data-chart]', 'data-source')).toContain('from=2024-01-02&to=2024-06-28')
    await page.getByRole('link', { name: 'Gain %', exact: true }).click()
    expect(new URL(page.url()).search).toBe('?sort=gain-ratio')
    const keys = async () => {
      // the page that a click asked for is there whole
      await page.waitForLoadState()
      return page.$$eval('#holdings tbody td.gain-ratio', (cells) =>
        cells.map((cell) =>
          Number(/[-−+]?[\d.,]+/.exec(cell.textContent!)![0].replace('−', '-').replace(',', '')),
        ),
      )
    }
    const falling = await keys()
    expect(new Set(falling).size).toBeGreaterThan(3)
    expect(falling).toEqual(falling.toSorted((a, b) => b - a))
    await page.getByRole('link', { name: 'Gain %', exact: true }).click()
    expect(await keys()).toEqual(falling.toReversed())
    expect(await page.getAttribute('#holdings th[aria-sort]', 'aria-sort')).toBe('ascending')
    await page.click('#why a:text-is("YTD")')
    await page.waitForLoadState()
    expect(await page.locator('#why a[aria-current]:text-is("YTD")').count()).toBe(1)
    await page.click('#why a:text-is("Years")')
    await page.waitForLoadState()
    expect(await page.locator('#why [data-choices] a[aria-current]').allTextContents()).toEqual([
      'Years',
      'YTD',
    ])
    await page.click('#why >> text=Best and worst decisions')
    expect(await page.textContent('#decisions')).toContain('Best decisions')
    await page.goBack()
    // the range that was asked for before is kept
    expect(await page.getAttribute('[data-chart]', 'data-source')).toContain('from=2024-01-02&to=2024-06-28')
    await page.click('#preferences summary')
    await page.check('[name=theme][value=dark]')
    await page.click('#preferences form button.button')
    expect(await page.getAttribute('html', 'data-theme')).toBe('dark')
    expect(new URL(page.url()).pathname).toBe(`/portfolios/${id}`)
    await close()
  })
})

describe('on a phone', () => {
  it('the main actions are at the thumb, and a holding is two lines', async () => {
    const { page, close } = await openTab(browser, dashboard(), phone)
    await drawn(page)
    const bar = page.getByRole('navigation', { name: 'Main actions' })
    const { y, height } = (await bar.boundingBox())!
    expect(y + height).toBe(844)
    await bar.getByText('More').tap()
    expect(await bar.getByRole('link', { name: 'Cash flows' }).isVisible()).toBe(true)
    await page.keyboard.press('Escape')
    await bar.getByRole('button', { name: 'Search' }).tap()
    await page.waitForSelector('#palette[open]')
    await page.keyboard.press('Escape')
    const row = (await page.locator('.holdings tbody tr').first().boundingBox())!
    expect(row.height).toBeGreaterThan(40)
    expect(row.height).toBeLessThan(64)
    // as wide as the screen
    expect((await page.locator('[data-plot]').boundingBox())!.width).toBeGreaterThan(380)
    await close()
  })
})

describe('on paper', () => {
  it('has no controls, and no bar outside of its cell', async () => {
    const { page, close } = await openTab(browser, dashboard())
    await drawn(page)
    await page.emulateMedia({ media: 'print' })
    const found = await page.evaluate(() => {
      const seen = (each: Element) => each.checkVisibility()
      const isWithin = (bar: Element) => {
        const [own, cell] = [bar.getBoundingClientRect(), bar.closest('td, th')!.getBoundingClientRect()]
        return own.left >= cell.left - 1 && own.right <= cell.right + 1
      }
      return {
        controls: [...document.querySelectorAll('.masthead, .tab-bar, button, .tabs')].filter(seen).length,
        bars: [...document.querySelectorAll('.grid svg')].filter((bar) => seen(bar) && !isWithin(bar)).length,
        rows: [...document.querySelectorAll('.holdings tbody tr')].filter(seen).length,
      }
    })
    expect(found).toEqual({ controls: 0, bars: 0, rows: 14 })
    await close()
  })
})

describe('for a screen reader', () => {
  it('names, heads and landmarks are there, in either theme', async () => {
    const { page, close } = await openTab(browser, dashboard())
    await drawn(page)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      const faults = await page.evaluate(() => {
        const found: string[] = []
        const named = (element: Element) =>
          element.getAttribute('aria-label') || element.textContent?.trim() || element.getAttribute('title')
        for (const control of document.querySelectorAll('a[href], button, summary')) {
          if (!named(control)) found.push(`no name: ${control.outerHTML.slice(0, 80)}`)
        }
        for (const field of document.querySelectorAll<HTMLInputElement>(
          'input:not([type=hidden]), select, textarea',
        )) {
          if (!field.labels?.length && !field.ariaLabel)
            found.push(`no label: ${field.outerHTML.slice(0, 80)}`)
        }
        for (const table of document.querySelectorAll('table')) {
          if (!table.querySelector('th[scope]')) found.push(`no heads: ${table.className}`)
        }
        for (const image of document.querySelectorAll('svg')) {
          const isPart = image.parentElement!.closest('svg')
          if (!isPart && image.ariaHidden !== 'true' && !image.ariaLabel)
            found.push('a picture without words')
        }
        const ids = [...document.querySelectorAll('[id]')].map((element) => element.id)
        found.push(...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `twice: ${id}`))
        for (const [what, count] of [
          ['main', 1],
          ['h1', 1],
          ['[aria-live]', 1],
          ['header.masthead', 1],
        ] as const) {
          if (document.querySelectorAll(what).length !== count) found.push(`not ${count} ${what}`)
        }
        const unnamed = [...document.querySelectorAll('nav, section')].filter(
          (part) => part.closest('dialog') === null && !part.ariaLabel,
        )
        found.push(...unnamed.map((part) => `a region without name: ${part.className}`))
        return found
      })
      expect([colorScheme, faults]).toEqual([colorScheme, []])
    }
    await close()
  })
})

// eslint-disable-next-line typescript/no-explicit-any -- what a script would find in the answer
async function summaryOf(): Promise<any> {
  return (await server.fetch(`/api/dashboard-initial-data?portfolio_id=${id}`)).json()
}

/** Walks the crosshair over every day; answers the lowest value it says of the portfolio. */
async function deepestOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const plot = document.querySelector<HTMLElement>('[data-plot]')!
    const press = (key: string) => plot.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    press('Home')
    let deepest = { words: '', number: 1 }
    for (let day = 0; day <= Number(plot.ariaValueMax); day++) {
      const words = /Portfolio ([^,]+),/.exec(plot.ariaValueText!)![1]!
      const number = Number(words.replace('−', '-').replace('%', ''))
      if (number < deepest.number) deepest = { words, number }
      press('ArrowRight')
    }
    return deepest.words
  })
}

describe('a past day', () => {
  const total = (page: Page) => page.textContent('[data-live=value]')
  const isOf = (page: Page, name: string) =>
    page.waitForFunction((text) => document.querySelector('#freshness')?.textContent?.includes(text), name)

  it('is shown by a click on the chart, moves with the arrow keys and ends with Escape', async () => {
    const { page, close } = await openPage(browser, dashboard(), {
      viewport: { width: 1440, height: 900 },
    })
    await drawn(page)
    const now = await total(page)
    const { x, y, width, height } = (await page.locator('[data-plot] .u-over').boundingBox())!
    await page.mouse.click(x + width / 2, y + height / 2)
    await isOf(page, 'As of')
    await page.waitForFunction(() => new URL(location.href).searchParams.has('as_of'))
    const day = new URL(page.url()).searchParams.get('as_of')!
    expect(day).toMatch(/^20\d\d-\d\d-\d\d$/)
    // the figures are those of the page of that day
    const { page: other, close: closeOther } = await openTab(browser, dashboard(`?as_of=${day}`))
    expect(await total(page)).toBe(await total(other))
    expect(await total(page)).not.toBe(now)
    await closeOther()
    await page.focus('[data-plot]')
    await page.keyboard.press('ArrowLeft')
    await page.waitForFunction((before) => new URL(location.href).searchParams.get('as_of')! < before, day)
    // dragged, it is followed as well; unpressed, it is only read
    const dayAt = (part: number) => page.mouse.move(x + width * part, y + height / 2)
    await dayAt(0.5)
    await page.mouse.down()
    await dayAt(0.25)
    await page.waitForFunction(
      (before) => new URL(location.href).searchParams.get('as_of')! < `${Number(before.slice(0, 4)) - 1}`,
      day,
    )
    await page.mouse.up()
    const dragged = await page.evaluate(() => document.body.dataset.past)
    await dayAt(0.75)
    expect(await page.evaluate(() => document.body.dataset.past)).toBe(dragged)
    await page.focus('[data-plot]')
    await page.keyboard.press('Escape')
    await isOf(page, 'Refresh')
    await page.waitForFunction(() => !new URL(location.href).searchParams.has('as_of'))
    await page.waitForFunction(
      (text) => document.querySelector('[data-live=value]')!.textContent === text,
      now,
    )
    await close()
  })

  it('is chosen by its date without script, and its links keep it', async () => {
    const { page, close } = await openTab(browser, dashboard(), { javaScriptEnabled: false })
    await page.click('#any-day summary')
    await page.fill('#any-day input', '2021-06-30')
    await page.click('#any-day button')
    expect(new URL(page.url()).search).toBe('?as_of=2021-06-30')
    await page.click('.masthead >> text=Transactions')
    expect(new URL(page.url()).searchParams.get('as_of')).toBe('2021-06-30')
    expect(await page.textContent('#freshness')).toContain('As of Jun 30, 2021')
    await page.click('text=Back to today')
    expect(new URL(page.url()).search).toBe('')
    await close()
  })
})
