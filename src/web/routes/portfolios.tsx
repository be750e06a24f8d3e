import { Hono } from 'hono'
import { coordinator } from '../../jobs/durable-objects.ts'
import { sourceOf } from '../../jobs/source.ts'
import { demoStatements } from '../../demo/statement.ts'
import { database } from '../../storage/database.ts'
import { headlinesOf } from '../../storage/headlines.ts'
import { type Portfolio, portfolioById } from '../../storage/portfolios.ts'
import type { Listed } from '../../storage/snapshots.ts'
import type { Visitor } from '../../storage/visitors.ts'
import { briefOf, type ListedFigures } from '../../snapshot/headline.ts'
import { allPortfolios } from '../access/all-portfolios.ts'
import { idOffered, offeredId } from '../access/offered-id.ts'
import { refusePortfolio } from '../access/allowance.ts'
import { signedIn } from '../access/visitor.ts'
import { clockOf } from '../clock.ts'
import { byField, smallForm } from '../form-body.ts'
import { renderPage } from '../render-page.tsx'
import { leaveNotice } from '../notice.ts'
import { benchmarksMeant } from '../ticker-question.ts'
import { defaults, readPortfolioForm } from '../portfolio-form.ts'
import { type AppContext, type AppEnv, rememberRevision } from '../request.ts'
import type { ListedRow } from '../views/portfolio-list.tsx'
import { Overview } from '../views/overview.tsx'
import { NewPortfolio, Welcome } from '../views/welcome.tsx'

export const portfolios = new Hono<AppEnv>()

// leads to the portfolio, or to the page that makes the first; of several it is their list
portfolios.get('/', async (c) => {
  const { list, groups } = await signedIn(c)
  const [first, second] = list
  if (second) return overview(c, list, groups)
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

/**
 * The list of several portfolios and groups, with the total. Groups are asked first, so that an edit is in their figures; what
 * is older than a few minutes is valued again behind it.
 */
async function overview(c: AppContext, list: Listed[], groups: Visitor['groups']): Promise<Response> {
  const { account } = await signedIn(c)
  const all = await allPortfolios(c)
  const named = groups.filter(({ kind }) => kind === 'group')
  const [total] = await Promise.all(
    [all!, ...named.map(({ id }) => id)].map((id) => coordinator(c.env, id).snapshot(account, false)),
  )
  if (!total) return c.notFound()
  const clock = clockOf(total, Date.now())
  const shown = [...named, ...list]
  const figures = await headlinesOf(
    database(c.env.DB),
    shown.map(({ id }) => id),
  )
  if (!clock.fresh)
    for (const { id } of [{ id: all! }, ...list])
      c.executionCtx.waitUntil(coordinator(c.env, id).refresh(account, 'opened', false))
  const rows = shown.map(({ id, name }) => listedRow({ id, name, figures: figures.get(id) ?? null }, named))
  const page = <Overview snapshot={total} clock={clock} rows={rows} />
  return renderPage(c, 200, total.portfolio.name, page, {
    list,
    groups: [{ id: all!, name: total.portfolio.name, kind: 'all', brief: briefOf(total) }, ...named],
    current: all!,
    revision: total.revision,
  })
}

function listedRow(
  { id, name, figures }: { id: string; name: string; figures: ListedFigures | null },
  groups: readonly { id: string }[],
): ListedRow {
  const { brief, gap, year, without } = figures ?? nothingShown
  const isGroup = groups.some((group) => group.id === id)
  const trouble = without.length > 0 ? `no price for ${without.join(', ')}` : null
  return { id, name, isGroup, ...brief, gap, year, trouble }
}

/** Of a portfolio that nobody has opened yet. */
const nothingShown: ListedFigures = {
  brief: { value: null, currency: 'USD', change: null, ratio: null },
  gap: null,
  year: { own: [], benchmark: [] },
  without: [],
}

/** Returns the portfolio whose id the form chose. Null when it is somebody else's, or was deleted. */
async function ownPortfolio(c: AppContext, account: string, id: string): Promise<Portfolio | null> {
  const portfolio = await portfolioById(database(c.env.DB), id)
  return portfolio?.ownerId === account ? portfolio : null
}
