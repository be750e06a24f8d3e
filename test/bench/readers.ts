import type { Signal } from '../../src/coordinator/live-events.ts'
import { cookieOf, type Served, signIn } from './responses.ts'

/** An account may have twenty pages of a portfolio open (coordinator/live-channel.ts). */
const PAGES_EACH = 20

/** A page's socket, and when it heard what. */
export type Reader = {
  cookie: string
  /** Resolves with the first signal after `since` (performance.now()) that says something changed. */
  changed(since: number): Promise<{ at: number; signal: Extract<Signal, { type: 'changed' }> }>
  /** The same with the first one that has this revision, or a later one. */
  heard(revision: number): Promise<void>
  close(): void
}

/** Makes as many accounts as so many pages need, all of which may see the portfolio. */
export async function accounts(worker: Served, portfolio: string, pages: number): Promise<string[]> {
  const names = Array.from({ length: Math.ceil(pages / PAGES_EACH) }, (_, i) => `reader${i}`)
  for (const name of names) {
    await signIn(worker.db, name)
    await worker.db
      .prepare("INSERT INTO members (portfolio_id, account_id, role, created_at) VALUES (?, ?, 'viewer', 0)")
      .bind(portfolio, name)
      .run()
  }
  return names
}

/** Opens so many sockets at once; each is there when its handshake is over. */
export function open(
  worker: Served,
  portfolio: string,
  names: readonly string[],
  count: number,
  revision: number,
): Promise<Reader[]> {
  const address = `${worker.origin.replace('http', 'ws')}/portfolios/${portfolio}/live?revision=${revision}`
  return Promise.all(
    Array.from({ length: count }, (_, i) => reader(address, cookieOf(names[Math.floor(i / PAGES_EACH)]!))),
  )
}

function reader(address: string, cookie: string): Promise<Reader> {
  type Heard = Awaited<ReturnType<Reader['changed']>>
  const heard: Heard[] = []
  const waiting = new Set<() => void>()
  // Node's own WebSocket takes headers, which the standard's does not
  const socket = new WebSocket(address, { headers: { cookie } } as unknown as string[])
  socket.addEventListener('message', ({ data }) => {
    const signal = JSON.parse(String(data)) as Signal
    if (signal.type !== 'changed') return
    heard.push({ at: performance.now(), signal })
    for (const look of waiting) look()
  })
  const found = (wanted: (each: Heard) => boolean) =>
    new Promise<Heard>((resolve) => {
      const look = () => {
        const first = heard.find(wanted)
        if (!first) return
        waiting.delete(look)
        resolve(first)
      }
      waiting.add(look)
      look()
    })
  return new Promise((resolve, reject) => {
    socket.addEventListener('error', () => reject(new Error(`the socket of ${address} failed`)))
    socket.addEventListener('open', () =>
      resolve({
        cookie,
        changed: (since) => found(({ at }) => at >= since),
        heard: async (revision) => void (await found(({ signal }) => signal.revision >= revision)),
        close: () => socket.close(1000),
      }),
    )
  })
}
