import { Hono } from 'hono'
import { failedSymbols } from '../../coordinator/refresh-state.ts'
import { refuseTooOften } from '../access/allowance.ts'
import { found, missing, scope } from '../access/portfolio-scope.tsx'
import { instant } from '../instant.ts'
import type { AppEnv } from '../request.ts'

export const refreshesApi = new Hono<AppEnv>()

refreshesApi.post('/api/portfolios/:id/refreshes', scope('portfolio'), async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const tooOften = await refuseTooOften(c, 'refresh', actor, portfolio.id)
  if (tooOften) return tooOften
  const started = await coordinator.refresh(actor, 'button', true)
  return started === 'missing' ? missing(c) : c.json(started, 202)
})

refreshesApi.get('/api/portfolios/:id/refreshes/latest', scope('portfolio'), async (c) => {
  const { actor, coordinator } = c.var
  const refresh = found(await coordinator.latestRefresh(actor))
  return c.json({
    generation: refresh.generation,
    status: refresh.status,
    reason: refresh.reason,
    done: refresh.total - refresh.pending.length,
    total: refresh.total,
    failed: failedSymbols(refresh),
    waiting: refresh.waiting,
    started_at: instant(refresh.startedAt),
    finished_at: instant(refresh.finishedAt),
  })
})
