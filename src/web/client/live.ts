import { notify } from './notice.ts'
import { outdated } from './regions.ts'
import { recordRevision } from './revision.ts'
import { t } from '../words/words.ts'

type Progress = { status: string; done: number; total: number }
type Message =
  | { type: 'changed'; revision: number; regions: string[]; refresh: Progress }
  | ({ type: 'progress' } & Progress)
  | { type: 'reading' | 'writing'; done: number; total: number }

/** As coordinator/live-channel.ts closes it. */
const SIGNED_OUT = 4401

const SHORTEST_WAIT = 1_000
const LONGEST_WAIT = 60_000
const PING_EVERY = 30_000

/** Listens for changes on the server while the page is visible. */
export function live(): void {
  const { portfolio, past } = document.body.dataset
  // a past day does not change
  if (portfolio === undefined || past !== undefined) return
  let socket: WebSocket | null = null
  let failures = 0
  let retry: ReturnType<typeof setTimeout> | undefined

  const connect = () => {
    clearTimeout(retry)
    if (socket || document.hidden || !navigator.onLine) return
    const opened = new WebSocket(addressOf(portfolio))
    socket = opened
    let answered = true
    const ping = setInterval(() => {
      if (opened.readyState !== WebSocket.OPEN) return
      // the browser takes minutes to close a connection that was cut on the way
      if (!answered) return opened.close()
      answered = false
      opened.send('ping')
    }, PING_EVERY)
    opened.addEventListener('open', () => {
      failures = 0
      document.documentElement.dataset.live = 'on'
    })
    opened.addEventListener('message', ({ data }) => {
      answered = true
      receive(data)
    })
    opened.addEventListener('close', ({ code }) => {
      clearInterval(ping)
      if (socket !== opened) return
      socket = null
      delete document.documentElement.dataset.live
      // whoever may see it no longer is led to the sign-in, and after that to what there is for them then
      if (code === SIGNED_OUT) return location.assign(signInAddress())
      // otherwise the server itself closes the connection for one reason only
      if (code === 1000) return notify(t('This portfolio was deleted. Showing the previous figures.'))
      retry = setTimeout(connect, jittered(failures++))
    })
  }
  const disconnect = () => {
    clearTimeout(retry)
    const closing = socket
    socket = null
    closing?.close(1000)
    delete document.documentElement.dataset.live
  }

  document.addEventListener('visibilitychange', () => (document.hidden ? disconnect() : connect()))
  addEventListener('offline', () => {
    disconnect()
    notify(t('You’re offline. Showing the previous figures until you’re back.'))
  })
  addEventListener('online', () => {
    notify(null)
    failures = 0
    connect()
  })
  addEventListener('pagehide', disconnect)
  addEventListener('pageshow', connect)
  connect()
}

function signInAddress(): string {
  const { pathname, search } = location
  return `/sign-in?next=${encodeURIComponent(pathname + search)}`
}

/** The address carries the revision of the page, so that the server at once sends the changes that the page missed. */
function addressOf(portfolio: string): string {
  const address = new URL(`/portfolios/${portfolio}/live`, location.href)
  address.protocol = address.protocol.replace('http', 'ws')
  const { revision } = document.body.dataset
  if (revision !== undefined) address.searchParams.set('revision', revision)
  return address.href
}

function receive(data: unknown): void {
  if (typeof data !== 'string' || data === 'pong') return
  const message = JSON.parse(data) as Message
  switch (message.type) {
    case 'changed':
      recordRevision(message.revision)
      // figures of a day that is pinned stay as they are
      if (document.body.dataset.past === undefined) askFor(message.regions)
      showProgress(message.refresh)
      break
    case 'progress':
      showProgress(message)
      break
    case 'reading':
    case 'writing':
      for (const element of document.querySelectorAll('[data-reading]'))
        element.textContent = t(
          message.type === 'reading' ? 'Read {done} of {total} rows' : 'Saved {done} of {total} rows',
          {
            done: counted(message.done),
            total: counted(message.total),
          },
        )
      break
  }
}

function askFor(regions: string[]): void {
  // a region that follows every change requests its page, which brings the age of the prices along
  if (document.querySelector('[hx-trigger="changed from:body"]'))
    document.body.dispatchEvent(new CustomEvent('changed'))
  else outdated(regions)
}

function showProgress({ done, total }: Progress): void {
  for (const element of document.querySelectorAll('[data-progress]')) {
    element.textContent = done < total ? t('{done} of {total}', { done, total }) : ''
  }
}

/** In the locale in which the server wrote the page. */
function counted(rows: number): string {
  return rows.toLocaleString(document.documentElement.dataset.locale ?? 'en-US')
}

/** Doubles the wait with each failure. Half of it is random, so that many pages do not reconnect in the same second. */
function jittered(failures: number): number {
  return Math.min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** failures) * (0.5 + Math.random() / 2)
}
