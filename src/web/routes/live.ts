import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { scope } from '../access/portfolio-scope.tsx'
import { problem } from '../problem.ts'
import type { AppEnv } from '../request.ts'

export const live = new Hono<AppEnv>()

const ownSocket = createMiddleware<AppEnv>(async (c, next) => {
  if (c.req.header('upgrade') !== 'websocket')
    return problem(c, 400, 'This address accepts only WebSocket connections.')
  // browsers send the page's origin with an upgrade, and no CORS check follows
  const origin = c.req.header('origin')
  if (origin && origin !== new URL(c.req.url).origin)
    return problem(c, 400, 'Connections from other sites are refused.')
  return next()
})

// sends the signals of a portfolio over a WebSocket
live.get('/portfolios/:id/live', ownSocket, scope('viewer', 'access'), async (c) => {
  const { status, webSocket, headers } = await c.var.coordinator.fetch(c.req.raw)
  // a response from a Durable Object is immutable, and this one still gets its Server-Timing
  return new Response(null, { status, webSocket, headers })
})
