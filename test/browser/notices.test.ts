import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page, Worker } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newBrowser, noticeStandIn } from '../notices/stand-in.ts'
import { openPage, openTab, serve } from './browser.ts'
import type { Server } from './signed-in.ts'

// A browser subscribes, is told something, and shows it. Chromium without a window has no push service: the subscription is one of
// the stand-in's, on this machine, which reads what the Worker has sent.

let server: Server
let browser: Browser
let url: URL
const service = createServer((asked, response) => {
  void answered(asked).then(async (answer) =>
    response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer())),
  )
})
let origin: string

async function answered(asked: IncomingMessage): Promise<Response> {
  const body = Buffer.concat(await asked.toArray())
  const headers = Object.entries(asked.headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ])
  const { method = 'GET' } = asked
  return (await noticeStandIn(
    new Request(origin + asked.url, { method, headers, ...(method === 'POST' && { body }) }),
  ))!
}

beforeAll(async () => {
  ;({ server, url, browser } = await serve())
  await new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening))
  origin = `http://127.0.0.1:${(service.address() as AddressInfo).port}`
})
afterAll(() => void service.close())

const address = () => new URL('/account/notices', url)
const registrations = (page: Page) =>
  page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)

it('a browser subscribes at its button, shows what it is told, and is told nothing more once the channel is removed', async () => {
  const { page, close } = await openPage(browser, address())
  await page.context().grantPermissions(['notifications'], { origin: url.origin })
  const { endpoint, p256dh, auth } = newBrowser(origin)
  await page.addInitScript(
    (subscription) => {
      let own: object | null = null
      const made = {
        toJSON: () => subscription,
        unsubscribe: async () => ((own = null), true),
      }
      Object.assign(PushManager.prototype, {
        subscribe: async ({ applicationServerKey: key }: { applicationServerKey: string }) => {
          if (!/^B[\w-]{86}$/.test(key)) throw new Error(`no key: ${key}`)
          return (own = made)
        },
        getSubscription: async () => own,
      })
    },
    { endpoint, keys: { p256dh, auth } },
  )
  await page.reload()
  expect(await registrations(page)).toBe(0)
  await page.click('text=Turn on in this browser')
  await page.waitForSelector('text=(this browser)')
  await page.click('button:text-is("Send a test")')
  await page.waitForSelector('[role=status]:text-is("Sent.")')

  // the stand-in has read it, and hands it to the browser as a push service does
  const [{ read }] = (await (await fetch(endpoint.replace('/browser', '/arrived/browser'))).json()) as [
    { read: Record<string, string> },
  ]
  expect(read).toMatchObject({ title: 'Test from Yardstick', address: '/account/notices' })
  // without a window there is nothing to show a notification in: what the worker would show is noted
  const [worker] = page.context().serviceWorkers() as [Worker]
  await worker.evaluate(
    'self.registration.showNotification = async (title, options) => { self.shown = { title, ...options } }',
  )
  // the event is made here, because this Chromium brings none that its devtools send
  await worker.evaluate((data) => {
    const event = new (
      globalThis as unknown as { PushEvent: new (type: string, init: object) => Event }
    ).PushEvent('push', { data })
    dispatchEvent(event)
  }, JSON.stringify(read))
  await expect
    .poll(() => worker.evaluate('self.shown'), { timeout: 30_000 })
    .toEqual({
      title: 'Test from Yardstick',
      body: 'If you can read this, notifications arrive here.',
      tag: 'test',
      data: '/account/notices',
      icon: '/icons/192.png',
    })
  // nothing of the pages is kept by a worker that is there for notifications alone
  const kept = await page.evaluate(async () =>
    (await caches.keys()).filter((name) => name.startsWith('kept')),
  )
  expect(kept).toEqual([])

  await page.click('button:text-is("Remove channel")')
  await page.waitForSelector('text=Channel removed.')
  await expect.poll(() => registrations(page)).toBe(0)
  const { channels } = (await (await server.fetch('/api/notice-channels')).json()) as { channels: [] }
  expect(channels).toEqual([])
  await close()
})

it('without script a channel is added, tried and removed, and the page says that the browser itself needs it', async () => {
  const { page, close } = await openTab(browser, address(), { javaScriptEnabled: false })
  expect(await page.textContent('main')).toContain('Notifications in the browser need JavaScript.')
  await page.click('summary:text-is("ntfy")')
  await page.fill('#ntfy-server', `${origin}/none/status/403`)
  await page.fill('#ntfy-topic', 'secret-topic')
  await page.click('#add-ntfy button')
  await page.click('button:text-is("Send a test")')
  expect(await page.textContent('[role=status]:not([hidden]) >> nth=-1')).toContain('HTTP 40')
  await page.click('button:text-is("Remove channel")')
  await page.waitForSelector('text=There are none yet')
  await close()
})
