import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { coordinator } from '../../refresh/durable-objects.ts'
import { database } from '../../storage/database.ts'
import { portfoliosOf } from '../../storage/portfolios.ts'
import { framed } from '../frame.tsx'
import { readPortfolioForm } from '../portfolio-form.ts'
import { type AppEnv, ownerOf, rememberList, rememberRevision } from '../request.ts'
import { NewPortfolio, Welcome } from '../views/welcome.tsx'

export const portfolios = new Hono<AppEnv>()

// the first portfolio, or how to get one
portfolios.get('/', async (c) => {
  const [first] = await portfoliosOf(database(c.env.DB), ownerOf(c))
  if (first) return c.redirect(`/portfolios/${first.id}`)
  return framed(c, 200, 'Welcome', <Welcome demo={c.env.MARKET === 'demo'} />)
})

portfolios.get('/portfolios/new', async (c) => {
  const list = await portfoliosOf(database(c.env.DB), ownerOf(c))
  return framed(c, 200, 'New portfolio', <NewPortfolio typed={{}} faults={{}} />, { list })
})

portfolios.post('/portfolios', bodyLimit({ maxSize: 64 * 1024 }), async (c) => {
  const typed = await c.req.parseBody<{ [field: string]: string }>()
  const read = readPortfolioForm(typed)
  const owner = ownerOf(c)
  if ('faults' in read) {
    const list = await portfoliosOf(database(c.env.DB), owner)
    return framed(c, 422, 'New portfolio', <NewPortfolio typed={typed} faults={byField(read.faults)} />, {
      list,
    })
  }
  const portfolio = { id: crypto.randomUUID(), ownerId: owner, createdAt: Date.now(), ...read.form }
  const { revision } = await coordinator(c.env, portfolio.id).create(portfolio)
  rememberRevision(c, portfolio.id, revision)
  rememberList(c)
  const next = typed.next === 'add' ? 'transactions/new' : 'imports'
  return c.redirect(`/portfolios/${portfolio.id}/${next}`, 303)
})

export function byField(faults: readonly { field: string; reason: string }[]): Record<string, string> {
  return Object.fromEntries(faults.map(({ field, reason }) => [field, reason]))
}
