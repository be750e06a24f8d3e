import { Hono } from 'hono'
import { coordinator } from '../../jobs/durable-objects.ts'
import { database } from '../../storage/database.ts'
import { type Portfolio, portfoliosOf, spelledSettings } from '../../storage/portfolios.ts'
import { refusePortfolio, tooManyPortfolios } from '../access/allowance.ts'
import { signedIn } from '../access/visitor.ts'
import { missing, scope } from '../access/portfolio-scope.tsx'
import { jsonBody, smallJson } from '../json-body.ts'
import { portfolioBody, readPortfolioForm, settingsOf } from '../portfolio-form.ts'
import { refused } from '../problem.ts'
import { type AppEnv, rememberRevision } from '../request.ts'

export const portfoliosApi = new Hono<AppEnv>()

portfoliosApi.get('/api/portfolios', async (c) => {
  const all = await portfoliosOf(database(c.env.DB), (await signedIn(c)).account)
  return c.json({ portfolios: all.map(portfolioJson) })
})

portfoliosApi.post('/api/portfolios', smallJson, async (c) => {
  const body = await jsonBody(c, portfolioBody)
  if (body instanceof Response) return body
  const read = readPortfolioForm(body)
  if ('faults' in read) return refused(c, read.faults)
  const { account } = await signedIn(c)
  const tooMany = await refusePortfolio(c, account)
  if (tooMany) return tooMany
  const portfolio = {
    id: crypto.randomUUID(),
    ownerId: account,
    createdAt: Date.now(),
    dismissedDividends: [],
    dismissedActions: [],
    ownInstruments: [],
    ...read.form,
  }
  const made = await coordinator(c.env, portfolio.id).create(portfolio)
  if (made === 'full') return tooManyPortfolios(c)
  return c.json({ ...portfolioJson(portfolio), revision: made!.revision }, 201, {
    location: `/api/portfolios/${portfolio.id}`,
  })
})

portfoliosApi.get('/api/portfolios/:id', scope('portfolio'), (c) => c.json(portfolioJson(c.var.portfolio)))

portfoliosApi.patch('/api/portfolios/:id', scope('portfolio'), smallJson, async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const body = await jsonBody(c, portfolioBody, ['id', 'kind', 'created_at', 'revision'])
  if (body instanceof Response) return body
  const read = readPortfolioForm(body, settingsOf(portfolio))
  if ('faults' in read) return refused(c, read.faults)
  const changed = await coordinator.change(actor, read.form)
  if (changed.status !== 'ok') return missing(c)
  rememberRevision(c, portfolio.id, changed.revision)
  return c.json({ ...portfolioJson(changed.value), revision: changed.revision })
})

portfoliosApi.delete('/api/portfolios/:id', scope('portfolio'), async (c) => {
  await c.var.coordinator.remove(c.var.actor)
  return c.body(null, 204)
})

function portfolioJson(portfolio: Portfolio) {
  return {
    id: portfolio.id,
    ...(portfolio.kind && { kind: portfolio.kind }),
    ...spelledSettings(portfolio),
    created_at: new Date(portfolio.createdAt).toISOString(),
  }
}
