import { Hono } from 'hono'
import { decimal, type Money, ONE } from '../../portfolio/decimal.ts'
import { readTargets } from '../../portfolio/target.ts'
import { plainNumber } from '../../statements/spelling.ts'
import { found, scope, type ScopedContext } from '../access/portfolio-scope.tsx'
import { clockOf } from '../clock.ts'
import { smallForm } from '../form-body.ts'
import { leaveNotice } from '../notice.ts'
import { readPortfolioForm, settingsOf } from '../portfolio-form.ts'
import { readPage } from '../portfolio-reader.ts'
import { pricesBehind } from '../refresh-behind.ts'
import { refusal } from '../refusal.tsx'
import { renderPage } from '../render-page.tsx'
import { type AppContext, type AppEnv, rememberRevision } from '../request.ts'
import { TargetsPage, type Typed } from '../views/targets.tsx'
import { english } from '../words/words.ts'

export const targets = new Hono<AppEnv>()

targets.get('/portfolios/:id/targets', scope('page'), async (c) => show(c, 200, {}))

targets.get('/api/portfolios/:id/targets', scope('portfolio'), pricesBehind, async (c) => {
  const { portfolio, actor, coordinator, asOf } = c.var
  const amount = amountOf(c)
  if (amount === null) return refusal(c, 400, notAnAmount(c))
  const read = readTargets(portfolio.targets ?? '')
  if (!read || 'reason' in read) return c.json({ targets: null })
  const report = found(await coordinator.rebalancing(actor, read.targets, amount, asOf))
  return c.json({ targets: read.spelling, ...report })
})

targets.post('/portfolios/:id/targets', scope('portfolio'), smallForm, (c) => save(c))
targets.post('/groups/:id/targets', scope('portfolio'), smallForm, (c) => save(c))

async function save(c: ScopedContext<'portfolio'>): Promise<Response> {
  const { portfolio, actor, coordinator } = c.var
  const { targets: typed } = await c.req.parseBody()
  if (typeof typed !== 'string') return refusal(c, 400, english('The form has no targets.'))
  const read = readPortfolioForm({ targets: typed }, settingsOf(portfolio))
  if ('faults' in read) {
    const { snapshot, list } = found(await readPage(c, portfolio.id))
    return page(c, 422, { snapshot, list }, { typed: { targets: typed, fault: read.faults[0]!.reason } })
  }
  const changes = { targets: read.form.targets }
  const changed = portfolio.kind
    ? await coordinator.changeGroup(actor, changes, null)
    : await coordinator.change(actor, changes)
  if (changed.status !== 'ok') return c.notFound()
  rememberRevision(c, portfolio.id, changed.revision)
  leaveNotice(
    c,
    read.form.targets === null ? english('The targets were removed.') : english('Targets saved.'),
  )
  return c.redirect(`/portfolios/${portfolio.id}/targets`, 303)
}

async function show(c: ScopedContext<'page'>, status: 200, about: { typed?: Typed }): Promise<Response> {
  const { snapshot, list, actor, coordinator, asOf } = c.var
  const amount = amountOf(c)
  if (amount === null) return refusal(c, 400, notAnAmount(c))
  const read = readTargets(snapshot.portfolio.targets ?? '')
  const report =
    read && 'targets' in read ? found(await coordinator.rebalancing(actor, read.targets, amount, asOf)) : null
  return page(c, status, { snapshot, list }, { ...about, report })
}

type Frame = NonNullable<Exclude<Awaited<ReturnType<typeof readPage>>, { refused: string }>>

function page(
  c: AppContext,
  status: 200 | 422,
  { snapshot, list }: Frame,
  about: Omit<Parameters<typeof TargetsPage>[0], 'snapshot' | 'clock'>,
) {
  const content = <TargetsPage snapshot={snapshot} clock={clockOf(snapshot, Date.now())} {...about} />
  return renderPage(c, status, english('Targets'), content, {
    list,
    current: snapshot.portfolio.id,
    revision: snapshot.revision,
  })
}

/** The new money that the address names, 0 without any; null where it is no amount. */
function amountOf(c: AppContext): Money | null {
  const typed = (c.req.query('amount') ?? '').trim()
  if (typed === '') return 0n
  const amount = decimal(plainNumber(typed) ?? typed)
  return amount === null || amount < 0n || amount > MOST ? null : amount
}

const MOST: Money = 1_000_000_000_000n * ONE

function notAnAmount(c: AppContext): string {
  return english('amount must be a number such as 1000, not “{text}”.', {
    text: (c.req.query('amount') ?? '').slice(0, 40),
  })
}
