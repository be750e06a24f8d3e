import { forgotten, keepData, kept, keptData, keptMark, latestKept, take } from './kept-pages.ts'
import { agedPage, notSaved, nothingKept, offlineSentence } from './offline-page.ts'

declare const self: ServiceWorkerGlobalScope
/** What the build is called, and its style sheet; written by local/build-client.ts. */
declare const BUILD: { name: string; css: string }

// Runs in the browser of whoever keeps the last snapshot on their device, beside the pages: it is registered by a page that
// says so, and leaves with the first that does not. Share links and what is public are none of its business.

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
    event.waitUntil(check(event, found.clone()))
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

/** Asks for a page that was shown from what is kept. The page is told when it is of somebody else, or of another build. */
async function check({ request, resultingClientId }: FetchEvent, shown: Response): Promise<void> {
  const answer = await fetch(request.url, { headers: { accept: 'text/html' } }).catch(() => null)
  if (answer === null) return tell(resultingClientId, await offlineSentence(shown))
  const mark = await taken(request.url, answer)
  if (mark !== undefined && (!answer.ok || mark !== (await keptMark(shown))))
    await tell(resultingClientId, null)
}

/** Keeps a page. Where nothing is to be kept any more, nothing of us stays. */
async function taken(url: string, answer: Response): Promise<string | null | undefined> {
  const mark = await take(url, answer)
  if (mark === null) await leave()
  return mark
}

async function leave(): Promise<void> {
  await forgotten(() => true)
  await self.registration.unregister()
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
