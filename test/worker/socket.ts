import { env } from 'cloudflare:workers'
import { vi } from 'vitest'
import type { Signal } from '../../src/coordinator/live-events.ts'
import { asStranger, HOST, request } from './app.ts'

type Page = {
  signals: Signal[]
  heard(wanted: (signal: Signal) => boolean): Promise<Signal>
  close(): void
  /** The code that the server closed it with. */
  closed: Promise<number>
  send(text: string): void
}

/** An open page's live channel, once the coordinator has caught it up. */
export async function listen(id: string, query = ''): Promise<Page> {
  const page = await openSocket(id, query)
  // the handshake waits for nothing: this is answered behind what it has set off
  await env.PORTFOLIO.getByName(id).snapshot('owner', false)
  return page
}

/** The same as soon as the handshake is over. `who` is what the browser of another account has. */
export async function openSocket(id: string, query = '', who?: { cookie: string }): Promise<Page> {
  const answer = await (who ? asStranger : request)(`/portfolios/${id}/live${query}`, {
    headers: { upgrade: 'websocket', origin: HOST, ...who },
  })
  const socket = answer.webSocket
  if (!socket) throw new Error(`no WebSocket but ${answer.status}: ${await answer.text()}`)
  const signals: Signal[] = []
  socket.addEventListener('message', ({ data }) => {
    if (data !== 'pong') signals.push(JSON.parse(String(data)) as Signal)
  })
  const closed = new Promise<number>((resolve) => {
    socket.addEventListener('close', ({ code }) => resolve(code))
  })
  socket.accept()
  return {
    signals,
    heard: (wanted) =>
      vi.waitFor(
        () => {
          const found = signals.find(wanted)
          if (!found) throw new Error(`not heard; heard were ${JSON.stringify(signals)}`)
          return found
        },
        { timeout: 60_000, interval: 30 },
      ),
    close: () => socket.close(1000),
    closed,
    send: (text) => socket.send(text),
  }
}
