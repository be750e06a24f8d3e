import { forgotten, keepData, kept, keptData, keptMark, latestKept, take } from './kept-pages.ts'
import { agedPage, notSaved, nothingKept, offlineSentence } from './offline-page.ts'

declare const self: ServiceWorkerGlobalScope
/** What the build is called, and its style sheet; written by local/build-client.ts. */
declare const BUILD: { name: string; css: string }

// Runs in the browser of whoever keeps the last snapshot on their device, or has notifications shown there, beside the pages:
// what is kept leaves with the first page that does not say so. Share links and what is public are none of its business.

const SHELL = `shell ${BUILD.name}`

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(SHELL)
      .then((shell) => shell.add(BUILD.css))
      .then(() => self.skipWaiting()),
  )
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    forgotten((name) => name.startsWith('shell ') && name !== SHELL).then(() => self.clients.claim()),
  )
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== location.origin || PUBLIC.test(pathname)) return
  if (request.method !== 'GET') {
    // sent on for our own pages only: the request of another site must stay as the browser made it
    if (request.mode === 'navigate' && isFromOurs(request))
      event.respondWith(fetch(request).catch(() => notSaved(BUILD.css)))
  } else if (pathname.startsWith('/assets/')) {
    // the browser's own cache has them and is faster, unless it has dropped them
    if (!navigator.onLine) event.respondWith(caches.match(request).then((found) => found ?? fetch(request)))
  } else if (DATA.test(pathname)) event.respondWith(data(request))
  else if (request.mode === 'navigate') event.respondWith(page(event))
})

const PUBLIC = /^\/(s|feeds|invitations|setup)\//
const DATA = /^\/portfolios\/[\w-]+\/(chart|trades|symbols)\.json$/

/**
 * Answers a visit, which comes from no page of ours, from what is kept, and asks the server behind it. Within the app the
 * server comes first, because what was edited a moment ago is on its next page; so it does when somebody reloads.
 */
async function page(event: FetchEvent): Promise<Response> {
  const { request } = event
  const found = await kept(request.url)
  if (found && navigator.onLine && request.cache === 'default' && !isFromOurs(request)) {
    // no copy of it goes along: the browser would then get the page through this worker, piece by piece
    event.waitUntil(check(event))
    return found
  }
  try {
    const answer = await fetch(request)
    event.waitUntil(taken(request.url, answer.clone()))
    return answer
  } catch {
    if (found) return agedPage(found)
    const latest = new URL(request.url).pathname === '/' && (await latestKept())
    return latest ? Response.redirect(latest) : nothingKept(BUILD.css)
  }
}

/** So many milliseconds a browser has to paint a kept page before the answer of the server is read and kept. */
const PAINTING = 200

/** Asks for a page that was shown from what is kept. The page is told when it is of somebody else, or of another build. */
async function check({ request, resultingClientId }: FetchEvent): Promise<void> {
  const shown = await keptMark()
  await new Promise((resolve) => setTimeout(resolve, PAINTING))
  const answer = await fetch(request.url, { headers: { accept: 'text/html' } }).catch(() => null)
  if (answer === null) {
    const page = await kept(request.url)
    if (page) await tell(resultingClientId, await offlineSentence(page))
    return
  }
  const mark = await taken(request.url, answer)
  if (mark !== undefined && (!answer.ok || mark !== shown)) await tell(resultingClientId, null)
}

/** Keeps a page. Where nothing is to be kept any more, nothing of us stays. */
async function taken(url: string, answer: Response): Promise<string | null | undefined> {
  const mark = await take(url, answer)
  if (mark === null) await leave()
  return mark
}

/** Keeps nothing any more, and goes, unless it is there to show notifications: those hold nothing back from a cache. */
async function leave(): Promise<void> {
  await forgotten(() => true)
  if ((await self.registration.pushManager?.getSubscription()) == null) await self.registration.unregister()
}

type Told = { title: string; body: string; address: string; tag: string }

self.addEventListener('push', (event) => {
  const { title, body, address, tag } = event.data!.json() as Told
  event.waitUntil(
    self.registration.showNotification(title, { body, tag, data: address, icon: '/icons/192.png' }),
  )
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const address = new URL(event.notification.data as string, location.origin)
  if (address.origin === location.origin) event.waitUntil(shown(address.href))
})

/** Shows a page of ours: in the window that has it already, or in another. */
async function shown(address: string): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window' })
  const open = windows.find(({ url }) => url === address)
  await (open ? open.focus() : self.clients.openWindow(address))
}

async function tell(client: string, sentence: string | null): Promise<void> {
  ;(await self.clients.get(client))?.postMessage(sentence)
}

async function data(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request)
    if (answer.status === 401) await leave()
    else if (answer.ok) await keepData(request.url, answer.clone())
    return answer
  } catch (error) {
    const found = await keptData(request.url)
    if (found) return found
    throw error
  }
}

function isFromOurs({ referrer }: Request): boolean {
  return referrer.startsWith(`${location.origin}/`)
}
