import { Hono } from 'hono'
import { coordinator } from '../../jobs/durable-objects.ts'
import { sourceOf } from '../../jobs/source.ts'
import { demoStatements } from '../../demo/statement.ts'
import { database } from '../../storage/database.ts'
import { type ListedNow, listedNow } from '../../storage/headlines.ts'
import { type Portfolio, portfolioById } from '../../storage/portfolios.ts'
import type { Listed } from '../../storage/snapshots.ts'
import type { Visitor } from '../../storage/visitors.ts'
import { briefOf, type ListedFigures } from '../../snapshot/headline.ts'
import { allPortfolios } from '../access/all-portfolios.ts'
import { idOffered, offeredId } from '../access/offered-id.ts'
import { refusePortfolio, tooManyPortfolios } from '../access/allowance.ts'
import { signedIn } from '../access/visitor.ts'
import { clockOf } from '../clock.ts'
import { byField, smallForm } from '../form-body.ts'
import { sources } from '../portfolio-reader.ts'
import { renderPage } from '../render-page.tsx'
import { leaveNotice } from '../notice.ts'
import { benchmarksMeant } from '../ticker-question.ts'
import { defaults, readPortfolioForm } from '../portfolio-form.ts'
import { withReader } from '../reader.ts'
import { type AppContext, type AppEnv, reader, rememberRevision } from '../request.ts'
import { type ListedRow, orderIn } from '../views/portfolio-list.tsx'
import { Overview } from '../views/overview.tsx'
import { NewPortfolio, Welcome } from '../views/welcome.tsx'
import { english, t } from '../words/words.ts'

export const portfolios = new Hono<AppEnv>()

// leads to the portfolio, or to the page that makes the first; of several it is their list
portfolios.get('/', async (c) => {
  const { list, groups } = await signedIn(c)
  const [first, second] = list
  const { search } = new URL(c.req.url)
  // the list of a past day is on that day's page of all of them
  if (second && c.req.query('as_of')) return c.redirect(`/portfolios/all${search}`)
  if (second) return overview(c, list, groups)
  if (first) return c.redirect(`/portfolios/${first.id}${search}`)
  return renderPage(
    c,
    200,
    english('Welcome'),
    <Welcome demo={sourceOf(c.env).isInvented} demoId={await offeredId(c)} ownId={await offeredId(c)} />,
  )
})

portfolios.get('/portfolios/new', async (c) => {
  const { list } = await signedIn(c)
  return renderPage(
    c,
    200,
    english('New portfolio'),
    <NewPortfolio typed={{ id: await offeredId(c) }} faults={{}} />,
    { list },
  )
})

portfolios.post('/portfolios', smallForm, async (c) => {
  const typed = await c.req.parseBody<{ [field: string]: string }>()
  const read = readPortfolioForm(typed)
  const { account, list } = await signedIn(c)
  if ('faults' in read) {
    return renderPage(
      c,
      422,
      english('New portfolio'),
      <NewPortfolio typed={typed} faults={byField(read.faults)} />,
      {
        list,
      },
    )
  }
  const tooMany = await refusePortfolio(c, account)
  if (tooMany) return tooMany
  const meant = await benchmarksMeant(c, read.form.benchmarks, defaults.benchmarks, typed)
  if ('question' in meant) {
    const ticker = { asked: meant.question, source: sourceOf(c.env).name }
    return renderPage(c, 422, english('New portfolio'), <NewPortfolio typed={typed} ticker={ticker} />, {
      list,
    })
  }
  const { benchmarks } = meant
  const create = async (id: string) => {
    const made = await coordinator(c.env, id).create({
      id,
      ownerId: account,
      createdAt: Date.now(),
      dismissedDividends: [],
      dismissedActions: [],
      ownInstruments: [],
      ...read.form,
      benchmarks,
    })
    if (made && made !== 'full') rememberRevision(c, id, made.revision)
    return { id, isFull: made === 'full' }
  }
  let { id, isFull } = await create(await idOffered(c, typed.id))
  // somebody who goes back and types another name wants another portfolio
  if (!isFull && (await ownPortfolio(c, account, id))?.name !== read.form.name)
    ({ id, isFull } = await create(crypto.randomUUID()))
  if (isFull) return tooManyPortfolios(c)
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
    dismissedActions: [],
    ownInstruments: [],
    id,
    ownerId,
    createdAt: Date.now(),
    name: 'Demo',
    description: withReader(reader(c), () => t('Made-up trades, to look around.')),
  }
  const csv = demoStatements[sourceOf(c.env).isInvented ? 'invented' : 'real']
  const made = await coordinator(c.env, id).create(portfolio, csv)
  // it was deleted after the page was made; the next page has another id
  if (!made) return c.redirect('/', 303)
  if (made === 'full') return tooManyPortfolios(c)
  rememberRevision(c, id, made.revision)
  leaveNotice(c, english('This is sample data. You can delete it any time in Settings.'))
  return c.redirect(`/portfolios/${id}`, 303)
})

/**
 * The list of several portfolios and groups, with the total: one KV read and two queries, however many there are. Only a
 * group of which a portfolio was edited since is made anew first, and what is older than a few minutes is valued again
 * behind it.
 */
async function overview(c: AppContext, list: Listed[], groups: Visitor['groups']): Promise<Response> {
  const { account } = await signedIn(c)
  const all = (await allPortfolios(c))!
  const named = groups.filter(({ kind }) => kind === 'group')
  const shown = [...named, ...list]
  const ids = [all, ...shown.map(({ id }) => id)]
  const db = database(c.env.DB)
  const [read, before] = await Promise.all([sources.snapshot(c, all), listedNow(db, ids)])
  const { revision = null, members = null } = before.get(all) ?? {}
  const moved = named.filter(({ id }) => hasMoved(before.get(id)))
  const [total] = await Promise.all([
    read({ account, list, revision, members }),
    ...moved.map(({ id }) => coordinator(c.env, id).snapshot(account, false)),
  ])
  if (!total || 'refused' in total) return c.notFound()
  const { snapshot } = total
  const listed = moved.length === 0 ? before : await listedNow(db, ids)
  const clock = clockOf(snapshot, Date.now())
  if (!clock.fresh)
    for (const id of [all, ...list.map((each) => each.id)])
      c.executionCtx.waitUntil(coordinator(c.env, id).refresh(account, 'opened', false))
  const rows = shown.map(({ id, name }) =>
    listedRow({ id, name, figures: listed.get(id)?.figures ?? null }, named),
  )
  const order = orderIn(c.req.query('sort'))
  const page = <Overview snapshot={snapshot} clock={clock} rows={rows} order={order} />
  return renderPage(c, 200, { name: snapshot.portfolio.name }, page, {
    list,
    groups: [{ id: all, name: snapshot.portfolio.name, kind: 'all', brief: briefOf(snapshot) }, ...named],
    current: all,
    revision: snapshot.revision,
  })
}

/** Whether a group is of something else than its line in the list says. */
function hasMoved(listed: ListedNow | undefined): boolean {
  return listed?.figures?.members !== listed?.members
}

function listedRow(
  { id, name, figures }: { id: string; name: string; figures: ListedFigures | null },
  groups: readonly { id: string }[],
): ListedRow {
  const { brief, gap, year, without } = figures ?? nothingShown
  const isGroup = groups.some((group) => group.id === id)
  const trouble = without.length > 0 ? english('no price for {symbol}', { symbol: without.join(', ') }) : null
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
