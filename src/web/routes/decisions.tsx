import { Hono } from 'hono'
import { database } from '../../storage/database.ts'
import { transactionOf } from '../../storage/transactions.ts'
import { found, scope } from '../access/portfolio-scope.tsx'
import { clockOf } from '../clock.ts'
import { smallForm } from '../form-body.ts'
import { sentence } from '../format.ts'
import { namedBenchmark } from '../look.ts'
import { leaveNotice } from '../notice.ts'
import { pricesBehind } from '../refresh-behind.ts'
import { refusal } from '../refusal.tsx'
import { renderPage } from '../render-page.tsx'
import { type AppEnv, rememberRevision } from '../request.ts'
import { entryOf, typedOf } from '../transaction-form.ts'
import { DecisionBookPage } from '../views/decision-book.tsx'
import { english } from '../words/words.ts'

export const decisions = new Hono<AppEnv>()

/** So many decisions that won, and that lost, are shown. */
const MOST = 10

decisions.get('/portfolios/:id/decisions', scope('page'), async (c) => {
  const { snapshot, list, actor, coordinator, asOf, look } = c.var
  const { id, benchmarks } = snapshot.portfolio
  const benchmark = namedBenchmark(c.req.query('vs'), benchmarks)
  const book = found(await coordinator.decisionBook(actor, benchmark, MOST, asOf, look))
  const content = <DecisionBookPage snapshot={snapshot} clock={clockOf(snapshot, Date.now())} book={book} />
  return renderPage(c, 200, english('Decisions'), content, { list, current: id, revision: snapshot.revision })
})

decisions.get('/api/portfolios/:id/decisions', scope('portfolio'), pricesBehind, async (c) => {
  const { portfolio, actor, coordinator, asOf, look } = c.var
  const benchmark = look?.vs ?? namedBenchmark(c.req.query('vs'), portfolio.benchmarks)
  return c.json(found(await coordinator.decisionBook(actor, benchmark, MOST, asOf, look)))
})

// sets the next day of review, or none
decisions.post('/portfolios/:id/transactions/:tx/review', scope('portfolio'), smallForm, async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const row = await transactionOf(database(c.env.DB), portfolio.id, c.req.param('tx'))
  if (!row) return refusal(c, 404, english('This transaction was deleted in the meantime.'))
  const { review } = await c.req.parseBody()
  if (typeof review !== 'string')
    return refusal(c, 400, english('review must be a date such as 2024-03-01, or empty.'))
  const saved = await coordinator.replace(actor, row.id, row.version, entryOf({ ...typedOf(row), review }))
  if (saved.status === 'refused') return refusal(c, 422, `${sentence(saved.faults[0]!.reason)}.`)
  if (saved.status !== 'ok')
    return refusal(c, 409, english('This transaction was changed at the same time. Look at it again.'))
  rememberRevision(c, portfolio.id, saved.revision)
  leaveNotice(
    c,
    review === '' ? english('Reviewed.') : english('Reviewed. It comes up again on the day you chose.'),
  )
  return c.redirect(`/portfolios/${portfolio.id}/decisions`, 303)
})
