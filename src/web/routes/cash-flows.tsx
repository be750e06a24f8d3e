import { Hono } from 'hono'
import type { CashFlowType } from '../../metrics/cash-flows.ts'
import { latestDay } from '../../portfolio/day.ts'
import { plainNumber } from '../../statements/spelling.ts'
import { found, scope, type ScopedContext } from '../access/portfolio-scope.tsx'
import { clockOf } from '../clock.ts'
import { byField, smallForm } from '../form-body.ts'
import { day, money } from '../format.ts'
import { readerDay } from '../reader-day.ts'
import { keyTooLong, LONGEST_KEY } from '../idempotency-key.ts'
import { refusal } from '../refusal.tsx'
import { renderPage } from '../render-page.tsx'
import { leaveNotice, noteMisread } from '../notice.ts'
import { withReader } from '../reader.ts'
import { type AppContext, type AppEnv, rememberRevision, reader } from '../request.ts'
import { type CashFlowsQuery, flowTypes } from '../views/cash-book.tsx'
import { type CashForm, CashFlows } from '../views/cash-flows.tsx'
import { english } from '../words/words.ts'

export const cashFlows = new Hono<AppEnv>()

cashFlows.get('/portfolios/:id/cash-flows', scope('page'), (c) => cashFlowsPage(c, 200))

// records a deposit or a withdrawal by hand
cashFlows.post('/portfolios/:id/cash-flows', scope('page'), smallForm, async (c) => {
  const { snapshot, actor, coordinator } = c.var
  const { id, base_currency: currency } = snapshot.portfolio
  const body = await c.req.parseBody()
  const typed = Object.fromEntries(
    ['type', 'date', 'amount', 'note', 'key'].map((name) => {
      const value = body[name]
      return [name, typeof value === 'string' ? value : '']
    }),
  ) as Record<'type' | 'date' | 'amount' | 'note' | 'key', string>
  const again = (faults: Record<string, string>) => cashFlowsPage(c, 422, { typed, faults })
  if (typed.type !== 'deposit' && typed.type !== 'withdrawal')
    return again({ type: english('choose deposit or withdrawal') })
  if (typed.key.length > LONGEST_KEY) return refusal(c, 400, keyTooLong)
  const { type, date, note } = typed
  const amount = plainNumber(typed.amount) ?? typed.amount
  // the same form sent twice makes one row; the same deposit from a page that already shows the first one makes
  // another
  const key = typed.key === '' ? null : `${typed.key} ${type} ${date} ${amount} ${note}`
  const added = await coordinator.add(actor, { type, date, amount, note }, key)
  switch (added.status) {
    case 'ok':
      rememberRevision(c, id, added.revision)
      leaveNotice(
        c,
        english(
          type === 'deposit'
            ? 'Deposit of {amount} on {day} recorded.'
            : 'Withdrawal of {amount} on {day} recorded.',
          withReader(reader(c), () => ({ amount: money(amount, currency), day: day(date) })),
        ),
      )
      return c.redirect(`/portfolios/${id}/cash-flows`, 303)
    case 'refused':
      return again(byField(added.faults))
    case 'used':
    case 'duplicate':
    case 'conflict':
    case 'missing':
      return c.notFound()
  }
})

async function cashFlowsPage(
  c: ScopedContext<'page'>,
  status: 200 | 422,
  form?: CashForm,
): Promise<Response> {
  const { snapshot, list, actor, coordinator, asOf, look } = c.var
  const { id, benchmarks } = snapshot.portfolio
  const now = Date.now()
  const query = queryOf(c, benchmarks)
  const book = found(
    await coordinator.cashBook(
      actor,
      query.view,
      query.types,
      Math.trunc(Number(query.page)) || 1,
      asOf,
      look,
    ),
  )
  return renderPage(
    c,
    status,
    english('Cash flows'),
    <CashFlows
      snapshot={snapshot}
      clock={clockOf(snapshot, now)}
      book={book}
      query={query}
      today={readerDay(c, now)}
      latest={latestDay(now)}
      form={form}
    />,
    { list, current: id, revision: snapshot.revision },
  )
}

/** Reads the query. A view that the portfolio no longer has, and unknown types, count as not requested, and are said. */
function queryOf(c: AppContext, benchmarks: readonly string[]): CashFlowsQuery {
  const view = c.req.query('view') ?? ''
  const asked = (c.req.query('type') ?? '').split(',').filter((type) => type !== '')
  const types = asked.filter((type) => Object.hasOwn(flowTypes, type))
  if (asked.length > 0 && types.length === 0)
    noteMisread(c, 'type', english('The list is not filtered by it.'))
  const isKnown = benchmarks.includes(view)
  if (view && view !== 'portfolio' && !isKnown)
    noteMisread(c, 'view', english('The cash flows of the portfolio are shown.'))
  return {
    view: isKnown ? view : 'portfolio',
    types: [...new Set(types)] as CashFlowType[],
    page: c.req.query('page'),
  }
}
