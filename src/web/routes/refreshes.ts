import { Hono } from 'hono'
import { refuseTooOften } from '../access/allowance.ts'
import { scope } from '../access/portfolio-scope.tsx'
import type { AppEnv } from '../request.ts'

export const refreshes = new Hono<AppEnv>()

// the Refresh button; its progress comes over the live channel
refreshes.post('/portfolios/:id/refreshes', scope('snapshot'), async (c) => {
  const { snapshot, actor, coordinator } = c.var
  const tooOften = await refuseTooOften(c, 'refresh', actor, snapshot.portfolio.id)
  if (tooOften) return tooOften
  await coordinator.refresh(actor, 'button', true)
  return c.req.header('hx-request')
    ? c.body(null, 204)
    : c.redirect(`/portfolios/${snapshot.portfolio.id}`, 303)
})
