import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const VISITS = 7

/**
 * Milliseconds until the first contentful paint of a page that is kept on the device, the median of seven visits, the processor
 * four times slower. In a Chromium that is worked by its protocol alone: playwright has a script of its own in each page, and
 * makes it before the page's first paint.
 */
export async function keptVisit(url: URL, path: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'yardstick-chromium-'))
  const chromium = spawn(
    process.env.CHROMIUM!,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--remote-debugging-port=0',
      `--user-data-dir=${folder}`,
      '--lang=en-US',
      'about:blank',
    ],
    { stdio: 'ignore' },
  )
  try {
    const browser = await connected(folder)
    const { targetInfos } = await browser('Target.getTargets')
    const { targetId } = targetInfos.find(({ type }: { type: string }) => type === 'page')
    const { sessionId } = await browser('Target.attachToTarget', { targetId, flatten: true })
    const page: Ask = (method, params) => browser(method, params, sessionId)
    const evaluated = async (expression: string) =>
      (await page('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })).result.value
    const until = async (expression: string) => {
      while (!(await evaluated(expression).catch(() => false))) await sleep(100)
    }
    const go = async (to: string) => {
      await page('Page.navigate', { url: to })
      await until("document.readyState === 'complete'")
    }
    await go(new URL('/sign-in', url).href)
    await evaluated(
      "fetch('/sign-in/local', { method: 'POST', headers: { accept: 'application/json' } }).then(({ status }) => status)",
    )
    await go(new URL('/account', url).href)
    await evaluated('document.querySelector(\'form[action="/account/kept-snapshot"] button\').click()')
    await until('navigator.serviceWorker.controller !== null')
    const own = new URL(path, url).href
    await go(own)
    await until("document.querySelector('[data-chart] canvas') !== null")
    await sleep(1500)
    await page('Emulation.setCPUThrottlingRate', { rate: 4 })
    const seen: number[] = []
    for (let visit = 0; visit < VISITS; visit++) {
      await go('about:blank')
      await page('Page.navigate', { url: own })
      // nothing is asked of the page while it paints
      await sleep(2500)
      if (!(await evaluated("performance.getEntriesByType('navigation')[0].workerStart > 0")))
        throw new Error('the page did not come from the device')
      seen.push(await evaluated("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
    }
    return seen.toSorted((a, b) => a - b)[VISITS >> 1]!
  } finally {
    chromium.kill()
    await sleep(500)
    rmSync(folder, { recursive: true, force: true })
  }
}

type Ask = (method: string, params?: object, sessionId?: string) => Promise<any>

/** Connects to the Chromium whose folder that is, once it listens. */
async function connected(folder: string): Promise<Ask> {
  const listening = async (): Promise<string> => {
    try {
      const [port, path] = readFileSync(join(folder, 'DevToolsActivePort'), 'utf8').split('\n')
      return `ws://127.0.0.1:${port}${path}`
    } catch {
      await sleep(100)
      return listening()
    }
  }
  const socket = new WebSocket(await listening())
  await new Promise((resolve) => socket.addEventListener('open', resolve))
  const asked = new Map<number, { resolve: (value: any) => void; reject: (error: Error) => void }>()
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error } = JSON.parse(String(data))
    if (error) asked.get(id)?.reject(new Error(error.message))
    else asked.get(id)?.resolve(result)
    asked.delete(id)
  })
  let last = 0
  return (method, params = {}, sessionId) =>
    new Promise((resolve, reject) => {
      asked.set(++last, { resolve, reject })
      socket.send(JSON.stringify({ id: last, method, params, sessionId }))
    })
}
