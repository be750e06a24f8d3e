import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { CashFlowType } from '../../metrics/cash-flows.ts'
import { dayAt } from '../../portfolio/day.ts'
import { TIME_ZONE } from '../../portfolio/time.ts'
import { coordinator } from '../../jobs/durable-objects.ts'
import { plainNumber } from '../../statements/spelling.ts'
import { clockOf } from '../clock.ts'
import { day, money } from '../format.ts'
import { renderPage } from '../render-page.tsx'
import { leaveNotice } from '../notice.ts'
import { readPage } from '../portfolio-reader.ts'
import { type AppContext, type AppEnv, ownerOf, rememberRevision } from '../request.ts'
import { type CashForm, CashFlows, type FlowsAsked, flowTypes } from '../views/cash-flows.tsx'
import { byField } from './portfolios.tsx'

export const cashFlows = new Hono<AppEnv>()

cashFlows.get('/portfolios/:id/cash-flows', (c) => shown(c, 200))

// a deposit or a withdrawal, by hand
cashFlows.post('/portfolios/:id/cash-flows', bodyLimit({ maxSize: 64 * 1024 }), async (c) => {
  const page = await readPage(c, c.req.param('id'))
  if (!page) return c.notFound()
  const { id, base_currency: currency } = page.snapshot.portfolio
  const body = await c.req.parseBody()
  const typed = Object.fromEntries(
    ['type', 'date', 'amount', 'note', 'key'].map((name) => {
      const value = body[name]
      return [name, typeof value === 'string' ? value : '']
    }),
  ) as Record<'type' | 'date' | 'amount' | 'note' | 'key', string>
  const again = (faults: Record<string, string>) => shown(c, 422, { typed, faults })
  if (typed.type !== 'deposit' && typed.type !== 'withdrawal')
    return again({ type: 'choose deposit or withdrawal' })
  const { type, date, note } = typed
  const amount = plainNumber(typed.amount) ?? typed.amount
  // the same form sent twice makes one row; the same deposit on a page that shows the first makes another
  const key = typed.key === '' ? null : `${typed.key} ${type} ${date} ${amount} ${note}`.slice(0, 200)
  const added = await coordinator(c.env, id).add(ownerOf(c), { type, date, amount, note }, key)
  switch (added.status) {
    case 'ok':
      rememberRevision(c, id, added.revision)
      leaveNotice(
        c,
        `${type === 'deposit' ? 'Deposit' : 'Withdrawal'} of ${money(amount, currency)} on ${day(date)} recorded.`,
      )
      return c.redirect(`/portfolios/${id}/cash-flows`, 303)
    case 'refused':
      return again(byField(added.faults))
    case 'duplicate':
    case 'conflict':
    case 'missing':
      return c.notFound()
  }
})

async function shown(c: AppContext, status: 200 | 422, form?: CashForm): Promise<Response> {
  const page = await readPage(c, c.req.param('id') ?? '')
  if (!page) return c.notFound()
  const { snapshot, list } = page
  const { id, benchmarks } = snapshot.portfolio
  const now = Date.now()
  const asked = askedOf(c, benchmarks)
  const book = await coordinator(c.env, id).cashFlows(asked.view, null)
  if (!book) return c.notFound()
  return renderPage(
    c,
    status,
    'Cash flows',
    <CashFlows
      snapshot={snapshot}
      clock={clockOf(snapshot, now)}
      book={book}
      asked={asked}
      today={dayAt(now, TIME_ZONE)}
      form={form}
    />,
    { list, current: id, revision: snapshot.revision },
  )
}

/** A view that the portfolio no longer has, and types that are none, are as if not asked for. */
function askedOf(c: AppContext, benchmarks: readonly string[]): FlowsAsked {
  const view = c.req.query('view') ?? ''
  const types = (c.req.query('type') ?? '').split(',').filter((type) => Object.hasOwn(flowTypes, type))
  return {
    view: benchmarks.includes(view) ? view : 'portfolio',
    types: [...new Set(types)] as CashFlowType[],
    page: c.req.query('page'),
  }
}
