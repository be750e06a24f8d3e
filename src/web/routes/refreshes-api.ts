import { Hono } from 'hono'
import { coordinator } from '../../jobs/durable-objects.ts'
import { failedSymbols } from '../../coordinator/refresh-state.ts'
import { instant } from '../instant.ts'
import { readPortfolio } from '../portfolio-reader.ts'
import { noPortfolio } from '../problem.ts'
import { type AppEnv } from '../request.ts'

export const refreshesApi = new Hono<AppEnv>()

refreshesApi.post('/api/portfolios/:id/refreshes', async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  if (!portfolio) return noPortfolio(c)
  const started = await coordinator(c.env, portfolio.id).refresh('button', true)
  return started === 'missing' ? noPortfolio(c) : c.json(started, 202)
})

refreshesApi.get('/api/portfolios/:id/refreshes/latest', async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  if (!portfolio) return noPortfolio(c)
  const refresh = await coordinator(c.env, portfolio.id).latestRefresh()
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
