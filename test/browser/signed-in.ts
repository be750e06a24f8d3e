import type { Browser, BrowserContext } from 'playwright-core'
import type { createTestHarness } from 'wrangler'

type Harness = ReturnType<typeof createTestHarness>

/** What a browser has that is signed in. */
type Session = { name: string; value: string }

/** A server on this machine, as `npm start` has it, whose `fetch` is signed in as its owner. */
export type Server = Pick<Harness, 'getWorker' | 'close'> & {
  url: URL
  fetch: (path: string, init?: RequestInit) => Promise<Response>
  /** Signs in anew, after the database was emptied. */
  signIn: () => Promise<void>
  /** Signs a browser's context in. */
  signBrowserIn: (context: BrowserContext) => Promise<void>
}

/** Signs in to a server that listens, with one click's request. */
export async function signedIn(harness: Harness): Promise<Server> {
  const { url } = await harness.listen()
  // the name by which a browser makes passkeys
  url.hostname = 'localhost'
  let session: Session
  const signIn = async () => {
    const answer = await fetch(new URL('/sign-in/local', url), {
      method: 'POST',
      headers: { origin: url.origin, accept: 'application/json' },
    })
    const [, name, value] = /^(\w+)=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '') ?? []
    if (!name || !value) throw new Error(`no session but ${answer.status}: ${await answer.text()}`)
    session = { name, value }
  }
  await signIn()
  return {
    url,
    getWorker: harness.getWorker.bind(harness),
    close: harness.close.bind(harness),
    signIn,
    async fetch(path, init = {}) {
      const headers = new Headers(init.headers)
      headers.set('cookie', `${session.name}=${session.value}`)
      return fetch(new URL(path, url), { ...init, headers })
    },
    async signBrowserIn(context) {
      const { hostname: domain } = url
      await context.addCookies([{ ...session, domain, path: '/', httpOnly: true, sameSite: 'Lax' }])
    },
  }
}

let current: Server | undefined

/** Makes a server the one that browsers are signed in to. One at a time: cookies of localhost count at every port. */
export function remembered(server: Server): Server {
  current = server
  return server
}

/** A context of a browser that is signed in. */
export async function signedInContext(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0],
): Promise<BrowserContext> {
  const context = await browser.newContext(options)
  await signedInto(context)
  return context
}

/** Signs a context in to the server at hand. */
export async function signedInto(context: BrowserContext): Promise<void> {
  await current?.signBrowserIn(context)
}
