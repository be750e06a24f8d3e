import { openPage, serve } from '../browser/browser.ts'
import unpackChromium from '../browser/unpack-chromium.ts'
import { keptVisit } from './kept-visit.ts'
import { list, statement, YEARS } from './listings.ts'
import type { D1 } from './responses.ts'

type Aims = {
  painted: number
  again: number
  blocked: number
  elements: number
  round?: number
  longest?: number
}

const sizes: [holdings: number, aims: Aims][] = [
  [50, { painted: 800, again: 200, blocked: 150, elements: 8000 }],
  [200, { painted: 1000, again: 200, blocked: 250, elements: 8000, round: 200 }],
  [500, { painted: 1200, again: 200, blocked: 300, elements: 8000, longest: 50 }],
  [1000, { painted: 1200, again: 200, blocked: 300, elements: 8000 }],
]

const REGIONS = ['headline', 'chart', 'why', 'holdings', 'allocation', 'freshness']
const LONG = 50
/** So many holdings has the portfolio that is visited first. */
const UNMEASURED = 20

/**
 * The dashboard in Chromium, on a slow phone’s processor and line, and a change of every figure on it. Each visit is of a
 * browser profile of its own, which has nothing in its caches.
 */
export async function browser(wanted: readonly string[] = []): Promise<void> {
  const measured = sizes.filter(([holdings]) => wanted.length === 0 || wanted.includes(String(holdings)))
  console.log(`
The dashboard in Chromium at 1.6 Mbit/s and 150 ms, its processor four times slower: milliseconds until the first paint
and of tasks beyond ${LONG} each; then a round of live figures, all of them other ones, at that speed and at full speed.
Portfolios of ${measured.map(([holdings]) => holdings).join(', ')} holdings, ${YEARS} years and two benchmarks. A first visit to another is not
measured: a browser and a Worker that have just started are slower at whatever comes first.
`)
  process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'
  await unpackChromium()
  const { server, url, browser: chromium } = await serve()
  const post = async (path: string, type: string, body: string) => {
    const headers = { 'content-type': type, origin: url.origin }
    return (await (await server.fetch(path, { method: 'POST', body, headers })).json()) as { id: string }
  }
  const look = async (id: string) => {
    const { page, close } = await openPage(chromium, 'about:blank')
    const device = await page.context().newCDPSession(page)
    const slowed = (rate: number) => device.send('Emulation.setCPUThrottlingRate', { rate })
    await device.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 150,
      downloadThroughput: 1.6e6 / 8,
      uploadThroughput: 0.75e6 / 8,
    })
    await slowed(4)
    await page.addInitScript(() => {
      const tasks: number[] = []
      Object.assign(globalThis, { tasks })
      new PerformanceObserver((entries) => {
        tasks.push(...entries.getEntries().map(({ duration }) => duration))
      }).observe({ type: 'longtask', buffered: true })
    })
    // by the protocol: playwright's own evaluate and waitForSelector load a script of theirs into the page, a long task
    const evaluated = async <T>(expression: string) =>
      (await device.send('Runtime.evaluate', { expression, returnByValue: true })).result.value as T
    const tasks = () => evaluated<number[]>('tasks.splice(0, Infinity)')
    await page.goto(new URL(`/portfolios/${id}`, url).href)
    await page.waitForLoadState('networkidle')
    while (!(await evaluated<boolean>("document.querySelector('[data-chart] canvas') !== null")))
      await page.waitForTimeout(100)
    const opening = await tasks()
    const painted = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]!.startTime,
    )
    const round = async () => {
      await page.evaluate(() => {
        for (const figure of document.querySelectorAll('body [data-live]')) figure.textContent = '…'
      })
      await page.waitForTimeout(500)
      await tasks()
      const answered = page.waitForResponse(/\/regions\?/)
      await page.evaluate((names) => {
        document.body.dispatchEvent(new CustomEvent('outdated', { detail: names }))
      }, REGIONS)
      await answered
      await page.waitForTimeout(1500)
      return tasks()
    }
    const slow = await round()
    await slowed(1)
    const fast = await round()
    const elements = await page.evaluate(() => document.querySelectorAll('*').length)
    await close()
    // the line does not matter
    const again = await keptVisit(url, `/portfolios/${id}`)
    return {
      painted,
      again,
      blocked: beyond(opening),
      elements,
      round: beyond(slow),
      longest: Math.max(0, ...fast),
    }
  }
  try {
    const { DB } = (await server.getWorker().getEnv()) as unknown as { DB: D1 }
    const now = Date.now()
    await list(DB, Math.max(...measured.map(([holdings]) => holdings)), now)
    const made = async (holdings: number) => {
      const { id } = await post('/api/portfolios', 'application/json', `{"name":"${holdings} holdings"}`)
      await post(`/api/portfolios/${id}/imports`, 'text/csv', statement(holdings, now))
      return id
    }
    await look(await made(UNMEASURED))
    for (const [holdings, aims] of measured) {
      const seen = await look(await made(holdings))
      console.log(`${holdings} holdings`)
      console.table({
        'first paint, ms': { today: Math.round(seen.painted), aim: aims.painted },
        'first paint of a visit that is kept on the device, ms': {
          today: Math.round(seen.again),
          aim: aims.again,
        },
        'blocked while it opens, ms': { today: Math.round(seen.blocked), aim: aims.blocked },
        elements: { today: seen.elements, aim: aims.elements },
        'blocked by a round, ms': { today: Math.round(seen.round), aim: aims.round },
        'longest task of a round, ms, at full speed': { today: Math.round(seen.longest), aim: aims.longest },
      })
    }
  } finally {
    await chromium.close()
    await server.close()
  }
}

function beyond(tasks: readonly number[]): number {
  return tasks.reduce((sum, task) => sum + task - LONG, 0)
}
