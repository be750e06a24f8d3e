import { Hono } from 'hono'
import { coordinator } from '../../jobs/durable-objects.ts'
import { readSnapshot } from '../portfolio-reader.ts'
import { type AppEnv } from '../request.ts'

export const refreshes = new Hono<AppEnv>()

// the Refresh button; its progress comes over the live channel
refreshes.post('/portfolios/:id/refreshes', async (c) => {
  const snapshot = await readSnapshot(c, c.req.param('id'))
  if (!snapshot) return c.notFound()
  const { id } = snapshot.portfolio
  await coordinator(c.env, id).refresh('button', true)
  return c.req.header('hx-request') ? c.body(null, 204) : c.redirect(`/portfolios/${id}`, 303)
})
