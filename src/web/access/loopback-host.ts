import { createMiddleware } from 'hono/factory'
import { isLoopback } from '../../market/http/loopback.ts'
import { refusal } from '../refusal.tsx'
import type { AppEnv } from '../request.ts'
import { english } from '../words/words.ts'

/**
 * On one's own machine, answers only requests to the machine itself. Without it any page on the web could read the local
 * portfolios: it lets its own name resolve to 127.0.0.1, and to the browser both are one site (DNS rebinding).
 * `npm start` sets `DEV_LOGIN`; a deployed Worker has no such variable, and answers to whatever name leads to it.
 */
export const loopbackHost = createMiddleware<AppEnv>(async (c, next) => {
  const { DEV_LOGIN } = c.env as Env & { DEV_LOGIN?: string }
  if (DEV_LOGIN === undefined) return next()
  const address = new URL(c.req.url)
  if (isLoopback(address.hostname)) {
    if (address.hostname === 'localhost' || c.req.header('sec-fetch-mode') !== 'navigate') return next()
    // a browser makes no passkey for an address of numbers
    address.hostname = 'localhost'
    return c.req.method === 'GET' ? c.redirect(address.href) : next()
  }
  return refusal(
    c,
    421,
    english('This Yardstick answers only at http://localhost, on the machine that it runs on.'),
  )
})
