import { Hono } from 'hono'
import { coordinator } from '../../jobs/durable-objects.ts'
import { readSnapshot } from '../portfolio-reader.ts'
import { noPortfolio, problem } from '../problem.ts'
import type { AppEnv } from '../request.ts'

export const live = new Hono<AppEnv>()

// the signals of a portfolio, over a WebSocket
live.get('/portfolios/:id/live', async (c) => {
  if (c.req.header('upgrade') !== 'websocket') return problem(c, 400, 'This address speaks WebSocket only.')
  // browsers send the origin of the page with an upgrade, and no CORS check follows
  const origin = c.req.header('origin')
  if (origin && origin !== new URL(c.req.url).origin)
    return problem(c, 400, 'Open the page at its own address.')
  const snapshot = await readSnapshot(c, c.req.param('id'))
  if (!snapshot) return noPortfolio(c)
  const { status, webSocket, headers } = await coordinator(c.env, snapshot.portfolio.id).fetch(c.req.raw)
  // the answer of an object is immutable, and this one has its Server-Timing still to come
  return new Response(null, { status, webSocket, headers })
})
