import { Hono } from 'hono'
import { coordinator } from '../../jobs/durable-objects.ts'
import { database } from '../../storage/database.ts'
import { type Portfolio, portfoliosOf } from '../../storage/portfolios.ts'
import { jsonBody } from '../json-body.ts'
import { readPortfolioForm } from '../portfolio-form.ts'
import { readPortfolio } from '../portfolio-reader.ts'
import { noPortfolio, refused } from '../problem.ts'
import { type AppEnv, ownerOf, rememberRevision } from '../request.ts'

export const portfoliosApi = new Hono<AppEnv>()

portfoliosApi.get('/api/portfolios', async (c) => {
  const all = await portfoliosOf(database(c.env.DB), ownerOf(c))
  return c.json({ portfolios: all.map(shown) })
})

portfoliosApi.post('/api/portfolios', async (c) => {
  const body = await jsonBody(c)
  if (body instanceof Response) return body
  const read = readPortfolioForm(body)
  if ('faults' in read) return refused(c, read.faults)
  const owner = ownerOf(c)
  const portfolio = { id: crypto.randomUUID(), ownerId: owner, createdAt: Date.now(), ...read.form }
  const { revision } = await coordinator(c.env, portfolio.id).create(portfolio)
  return c.json({ ...shown(portfolio), revision }, 201, { location: `/api/portfolios/${portfolio.id}` })
})

portfoliosApi.get('/api/portfolios/:id', async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  return portfolio ? c.json(shown(portfolio)) : noPortfolio(c)
})

portfoliosApi.patch('/api/portfolios/:id', async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  if (!portfolio) return noPortfolio(c)
  const body = await jsonBody(c)
  if (body instanceof Response) return body
  const read = readPortfolioForm(body, formOf(portfolio))
  if ('faults' in read) return refused(c, read.faults)
  const changed = await coordinator(c.env, portfolio.id).change(ownerOf(c), read.form)
  if (changed.status !== 'ok') return noPortfolio(c)
  rememberRevision(c, portfolio.id, changed.revision)
  return c.json({ ...shown(changed.value), revision: changed.revision })
})

portfoliosApi.delete('/api/portfolios/:id', async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  if (!portfolio) return noPortfolio(c)
  await coordinator(c.env, portfolio.id).remove(ownerOf(c))
  return c.body(null, 204)
})

function shown(portfolio: Portfolio) {
  return {
    id: portfolio.id,
    name: portfolio.name,
    description: portfolio.description,
    base_currency: portfolio.baseCurrency,
    benchmarks: portfolio.benchmarks,
    cost_basis: portfolio.costBasis,
    created_at: new Date(portfolio.createdAt).toISOString(),
  }
}

function formOf({ name, description, baseCurrency, benchmarks, costBasis }: Portfolio) {
  return { name, description, baseCurrency, benchmarks, costBasis }
}
