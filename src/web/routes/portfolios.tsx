import { Hono } from 'hono'
import { coordinator } from '../../jobs/durable-objects.ts'
import { sourceOf } from '../../jobs/source.ts'
import { demoStatements } from '../../demo/statement.ts'
import { database } from '../../storage/database.ts'
import { type Portfolio, portfolioById } from '../../storage/portfolios.ts'
import { idOffered, offeredId } from '../access/offered-id.ts'
import { refusePortfolio } from '../access/allowance.ts'
import { signedIn } from '../access/visitor.ts'
import { byField, smallForm } from '../form-body.ts'
import { renderPage } from '../render-page.tsx'
import { leaveNotice } from '../notice.ts'
import { benchmarksMeant } from '../ticker-question.ts'
import { defaults, readPortfolioForm } from '../portfolio-form.ts'
import { type AppContext, type AppEnv, rememberRevision } from '../request.ts'
import { NewPortfolio, Welcome } from '../views/welcome.tsx'

export const portfolios = new Hono<AppEnv>()

// leads to the first portfolio, or to the page that makes one
portfolios.get('/', async (c) => {
  const [first] = (await signedIn(c)).list
  if (first) return c.redirect(`/portfolios/${first.id}`)
  return renderPage(
    c,
    200,
    'Welcome',
    <Welcome demo={sourceOf(c.env).isInvented} demoId={await offeredId(c)} ownId={await offeredId(c)} />,
  )
})

portfolios.get('/portfolios/new', async (c) => {
  const { list } = await signedIn(c)
  return renderPage(
    c,
    200,
    'New portfolio',
    <NewPortfolio typed={{ id: await offeredId(c) }} faults={{}} />,
    { list },
  )
})

portfolios.post('/portfolios', smallForm, async (c) => {
  const typed = await c.req.parseBody<{ [field: string]: string }>()
  const read = readPortfolioForm(typed)
  const { account, list } = await signedIn(c)
  if ('faults' in read) {
    return renderPage(c, 422, 'New portfolio', <NewPortfolio typed={typed} faults={byField(read.faults)} />, {
      list,
    })
  }
  const tooMany = await refusePortfolio(c, account)
  if (tooMany) return tooMany
  const meant = await benchmarksMeant(c, read.form.benchmarks, defaults.benchmarks, typed)
  if ('question' in meant) {
    const ticker = { asked: meant.question, source: sourceOf(c.env).name }
    return renderPage(c, 422, 'New portfolio', <NewPortfolio typed={typed} ticker={ticker} />, { list })
  }
  const { benchmarks } = meant
  const create = async (id: string) => {
    const made = await coordinator(c.env, id).create({
      id,
      ownerId: account,
      createdAt: Date.now(),
      dismissedDividends: [],
      ...read.form,
      benchmarks,
    })
    if (made) rememberRevision(c, id, made.revision)
    return id
  }
  let id = await create(await idOffered(c, typed.id))
  // somebody who goes back and types another name wants another portfolio
  if ((await ownPortfolio(c, account, id))?.name !== read.form.name) id = await create(crypto.randomUUID())
  const next = typed.next === 'add' ? 'transactions/new' : 'imports'
  return c.redirect(`/portfolios/${id}/${next}`, 303)
})

// makes the demo portfolio; its id comes with the form, so that a double click makes one
portfolios.post('/portfolios/demo', smallForm, async (c) => {
  const typed = await c.req.parseBody()
  const id = await idOffered(c, typed.id)
  const { account: ownerId } = await signedIn(c)
  const tooMany = await refusePortfolio(c, ownerId)
  if (tooMany) return tooMany
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
  const made = await coordinator(c.env, id).create(portfolio, csv)
  // it was deleted after the page was made; the next page has another id
  if (!made) return c.redirect('/', 303)
  rememberRevision(c, id, made.revision)
  leaveNotice(c, 'This is sample data. You can delete it any time in Settings.')
  return c.redirect(`/portfolios/${id}`, 303)
})

/** Returns the portfolio whose id the form chose. Null when it is somebody else's, or was deleted. */
async function ownPortfolio(c: AppContext, account: string, id: string): Promise<Portfolio | null> {
  const portfolio = await portfolioById(database(c.env.DB), id)
  return portfolio?.ownerId === account ? portfolio : null
}
