import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { coordinator } from '../../jobs/durable-objects.ts'
import { clockOf } from '../clock.ts'
import { renderPage } from '../render-page.tsx'
import { leaveNotice } from '../notice.ts'
import { readPortfolioForm } from '../portfolio-form.ts'
import { readPage, readPortfolio } from '../portfolio-reader.ts'
import { type AppContext, type AppEnv, ownerOf, rememberList, rememberRevision } from '../request.ts'
import type { Faults, Typed } from '../views/portfolio-form.tsx'
import { Settings } from '../views/settings.tsx'
import { byField } from './portfolios.tsx'

export const settings = new Hono<AppEnv>()

settings.get('/portfolios/:id/settings', (c) => shown(c, 200))

settings.post('/portfolios/:id/settings', bodyLimit({ maxSize: 64 * 1024 }), async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  if (!portfolio) return c.notFound()
  const typed = await c.req.parseBody<{ [field: string]: string }>()
  const { name, description, baseCurrency, benchmarks, costBasis } = portfolio
  const read = readPortfolioForm(typed, { name, description, baseCurrency, benchmarks, costBasis })
  if ('faults' in read) return shown(c, 422, { typed, faults: byField(read.faults) })
  const changed = await coordinator(c.env, portfolio.id).change(ownerOf(c), read.form)
  if (changed.status !== 'ok') return c.notFound()
  rememberRevision(c, portfolio.id, changed.revision)
  rememberList(c)
  leaveNotice(c, 'Settings saved.')
  return c.redirect(`/portfolios/${portfolio.id}/settings`, 303)
})

settings.post('/portfolios/:id/settings/delete', bodyLimit({ maxSize: 64 * 1024 }), async (c) => {
  const portfolio = await readPortfolio(c, c.req.param('id'))
  if (!portfolio) return c.notFound()
  const { confirm } = await c.req.parseBody()
  const confirmed = typeof confirm === 'string' ? confirm.trim() : ''
  if (confirmed !== portfolio.name.trim()) return shown(c, 422, { confirmed })
  await coordinator(c.env, portfolio.id).remove(ownerOf(c))
  rememberList(c)
  leaveNotice(c, `${portfolio.name} was deleted.`)
  return c.redirect('/', 303)
})

type Refused = { typed?: Typed; faults?: Faults; confirmed?: string }

async function shown(c: AppContext, status: 200 | 422, refused: Refused = {}): Promise<Response> {
  const page = await readPage(c, c.req.param('id') ?? '')
  if (!page) return c.notFound()
  const { snapshot, list } = page
  return renderPage(
    c,
    status,
    'Settings',
    <Settings snapshot={snapshot} clock={clockOf(snapshot, Date.now())} {...refused} />,
    { list, current: snapshot.portfolio.id, revision: snapshot.revision },
  )
}
