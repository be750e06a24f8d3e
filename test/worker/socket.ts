import { vi } from 'vitest'
import type { Signal } from '../../src/coordinator/live-events.ts'
import { HOST, request } from './app.ts'

/** An open page's live channel. */
export async function listen(
  id: string,
  query = '',
): Promise<{
  signals: Signal[]
  heard(wanted: (signal: Signal) => boolean): Promise<Signal>
  close(): void
}> {
  const answer = await request(`/portfolios/${id}/live${query}`, {
    headers: { upgrade: 'websocket', origin: HOST },
  })
  const socket = answer.webSocket
  if (!socket) throw new Error(`no WebSocket but ${answer.status}: ${await answer.text()}`)
  const signals: Signal[] = []
  socket.addEventListener('message', ({ data }) => {
    signals.push(JSON.parse(String(data)) as Signal)
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
        { timeout: 10_000, interval: 30 },
      ),
    close: () => socket.close(1000),
  }
}
