import { Hono } from 'hono'
import { coordinator } from '../../jobs/durable-objects.ts'
import { sourceOf } from '../../jobs/source.ts'
import { demoStatements } from '../../demo/statement.ts'
import { database } from '../../storage/database.ts'
import { type Portfolio, portfolioById, portfoliosOf } from '../../storage/portfolios.ts'
import { actorOf } from '../access/actor.ts'
import { roleOf } from '../access/role.ts'
import { byField, smallForm } from '../form-body.ts'
import { renderPage } from '../render-page.tsx'
import { leaveNotice } from '../notice.ts'
import { defaults, readPortfolioForm } from '../portfolio-form.ts'
import { type AppContext, type AppEnv, isPortfolioId, rememberList, rememberRevision } from '../request.ts'
import { NewPortfolio, Welcome } from '../views/welcome.tsx'

export const portfolios = new Hono<AppEnv>()

// leads to the first portfolio, or to the page that makes one
portfolios.get('/', async (c) => {
  const [first] = await portfoliosOf(database(c.env.DB), actorOf(c))
  if (first) return c.redirect(`/portfolios/${first.id}`)
  return renderPage(
    c,
    200,
    'Welcome',
    <Welcome demo={sourceOf(c.env).isInvented} demoId={crypto.randomUUID()} />,
  )
})

portfolios.get('/portfolios/new', async (c) => {
  const list = await portfoliosOf(database(c.env.DB), actorOf(c))
  return renderPage(c, 200, 'New portfolio', <NewPortfolio typed={{}} faults={{}} />, { list })
})

portfolios.post('/portfolios', smallForm, async (c) => {
  const typed = await c.req.parseBody<{ [field: string]: string }>()
  const read = readPortfolioForm(typed)
  const owner = actorOf(c)
  if ('faults' in read) {
    const list = await portfoliosOf(database(c.env.DB), owner)
    return renderPage(c, 422, 'New portfolio', <NewPortfolio typed={typed} faults={byField(read.faults)} />, {
      list,
    })
  }
  const create = async (id: string) => {
    const { revision } = await coordinator(c.env, id).create({
      id,
      ownerId: owner,
      createdAt: Date.now(),
      dismissedDividends: [],
      ...read.form,
    })
    rememberRevision(c, id, revision)
    return id
  }
  let id = await create(idIn(typed))
  // somebody who goes back and types another name wants another portfolio
  if ((await ownPortfolio(c, id))?.name !== read.form.name) id = await create(crypto.randomUUID())
  rememberList(c)
  const next = typed.next === 'add' ? 'transactions/new' : 'imports'
  return c.redirect(`/portfolios/${id}/${next}`, 303)
})

// makes the demo portfolio; its id comes with the form, so that a double click makes one
portfolios.post('/portfolios/demo', smallForm, async (c) => {
  const typed = await c.req.parseBody()
  const id = idIn(typed)
  const ownerId = actorOf(c)
  const portfolio = {
    ...defaults,
    dismissedDividends: [],
    id,
    ownerId,
    createdAt: Date.now(),
    name: 'Demo',
    description: 'Made-up trades, to look around.',
  }
  const csv = demoStatements[sourceOf(c.env).isInvented ? 'invented' : 'real']
  const { revision } = await coordinator(c.env, id).create(portfolio, csv)
  // it was deleted after the page was made; the next page has another id
  if (!(await ownPortfolio(c, id))) return c.redirect('/', 303)
  rememberRevision(c, id, revision)
  rememberList(c)
  leaveNotice(c, 'This is sample data. You can delete it any time in Settings.')
  return c.redirect(`/portfolios/${id}`, 303)
})

/** Returns the id that the page chose for the new portfolio. */
function idIn({ id }: Record<string, unknown>): string {
  return typeof id === 'string' && isPortfolioId(id) ? id : crypto.randomUUID()
}

/** Returns the portfolio whose id the form chose. Null when it is somebody else's, or was deleted. */
async function ownPortfolio(c: AppContext, id: string): Promise<Portfolio | null> {
  const portfolio = await portfolioById(database(c.env.DB), id)
  return portfolio && roleOf(actorOf(c), portfolio.ownerId) === 'owner' ? portfolio : null
}
