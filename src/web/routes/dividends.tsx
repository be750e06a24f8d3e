import { Hono } from 'hono'
import { database } from '../../storage/database.ts'
import { dividendsRecordedAt } from '../../storage/deleted-transactions.ts'
import { found, scope } from '../access/portfolio-scope.tsx'
import { clockOf } from '../clock.ts'
import { smallForm } from '../form-body.ts'
import { sentence } from '../format.ts'
import { refusal } from '../refusal.tsx'
import { renderPage } from '../render-page.tsx'
import { leaveNotice, noteMisread } from '../notice.ts'
import { type AppEnv, rememberRevision } from '../request.ts'
import { Dividends } from '../views/dividends.tsx'
import { english } from '../words/words.ts'

export const dividends = new Hono<AppEnv>()

dividends.get('/portfolios/:id/dividends', scope('page'), async (c) => {
  const { snapshot, list, actor, coordinator, asOf } = c.var
  const { id } = snapshot.portfolio
  const book = found(await coordinator.dividends(actor, asOf))
  const year = c.req.query('year') ?? ''
  const isYear = /^\d{4}$/.test(year)
  if (year && !isYear) noteMisread(c, 'year', english('The list is not filtered by it.'))
  const query = {
    year: isYear ? year : '',
    ticker: (c.req.query('ticker') ?? '').toUpperCase().slice(0, 20),
    page: c.req.query('page'),
  }
  const at = instant(c.req.query('recorded'))
  const recorded = at === null ? 0 : (await dividendsRecordedAt(database(c.env.DB), id, at)).size
  return renderPage(
    c,
    200,
    english('Dividends'),
    <Dividends
      snapshot={snapshot}
      clock={clockOf(snapshot, Date.now())}
      book={book}
      query={query}
      recorded={at !== null && recorded > 0 ? { count: recorded, at } : null}
    />,
    { list, current: id, revision: snapshot.revision },
  )
})

function instant(text: unknown): number | null {
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : null
}

// records proposed dividends: one by its name, or all
dividends.post('/portfolios/:id/dividends/proposals', scope('portfolio'), smallForm, async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const { accept } = await c.req.parseBody()
  const wanted = accept === 'all' ? accept : typeof accept === 'string' ? [accept] : []
  const accepted = await coordinator.acceptDividends(actor, wanted)
  if (accepted.status === 'refused') return refusal(c, 422, `${sentence(accepted.faults[0]!.reason)}.`)
  if (accepted.status !== 'ok') return c.notFound()
  rememberRevision(c, portfolio.id, accepted.revision)
  const { count, at } = accepted.value
  const page = `/portfolios/${portfolio.id}/dividends`
  if (count > 0) return c.redirect(`${page}?recorded=${at}`, 303)
  leaveNotice(c, english('Already recorded; nothing was added.'))
  return c.redirect(page, 303)
})

// takes back what was recorded together
dividends.post('/portfolios/:id/dividends/undo', scope('portfolio'), smallForm, async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const at = instant((await c.req.parseBody()).recorded)
  const undone = at === null ? null : await coordinator.undoAcceptance(actor, at)
  if (undone?.status !== 'ok') return c.notFound()
  rememberRevision(c, portfolio.id, undone.revision)
  const { value: count } = undone
  leaveNotice(
    c,
    count === 0
      ? english('Already undone; nothing was deleted.')
      : count === 1
        ? english('Undone. 1 dividend is no longer recorded.')
        : english('Undone. {n} dividends are no longer recorded.', { n: count }),
  )
  return c.redirect(`/portfolios/${portfolio.id}/dividends`, 303)
})

// chooses whether unrecorded dividends count by themselves
dividends.post('/portfolios/:id/dividends/counting', scope('portfolio'), smallForm, async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const { dividends: counting } = await c.req.parseBody()
  if (counting !== 'automatic' && counting !== 'recorded') return c.notFound()
  const changed = await coordinator.change(actor, { dividends: counting })
  if (changed.status !== 'ok') return c.notFound()
  rememberRevision(c, portfolio.id, changed.revision)
  leaveNotice(
    c,
    counting === 'automatic'
      ? english('Dividends now count automatically. You can change this in Settings.')
      : english('Only recorded dividends count now.'),
  )
  return c.redirect(`/portfolios/${portfolio.id}`, 303)
})

for (const [path, isDismissed] of [
  ['dismissed', true],
  ['restored', false],
] as const) {
  dividends.post(`/portfolios/:id/dividends/${path}`, scope('portfolio'), smallForm, async (c) => {
    const { portfolio, actor, coordinator } = c.var
    const { dividend } = await c.req.parseBody()
    const name = typeof dividend === 'string' ? dividend : ''
    const done = await coordinator.dismissDividend(actor, name, isDismissed)
    if (done.status !== 'ok') return c.notFound()
    rememberRevision(c, portfolio.id, done.revision)
    leaveNotice(
      c,
      isDismissed
        ? english('Dismissed. This dividend no longer counts.')
        : english('Restored. This dividend counts again.'),
    )
    return c.redirect(`/portfolios/${portfolio.id}/dividends`, 303)
  })
}
