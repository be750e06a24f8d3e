import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { signedIn } from '../access/visitor.ts'
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
live.get('/portfolios/:id/live', scope('access'), ownSocket, async (c) => {
  const { account, proof } = await signedIn(c)
  const address = new URL('https://coordinator/live')
  const seen = c.req.query('revision')
  if (seen !== undefined) address.searchParams.set('revision', seen)
  address.searchParams.set('account', account)
  address.searchParams.set('session', proof.id)
  if (proof.expiresAt !== null) address.searchParams.set('until', String(proof.expiresAt))
  const opened = await c.var.coordinator.fetch(address, { headers: { upgrade: 'websocket' } })
  const { status, webSocket, headers } = opened
  // a response from a Durable Object is immutable, and this one still gets its Server-Timing
  return new Response(null, { status, webSocket, headers })
})
