import { Hono } from 'hono'
import { accessList } from '../../storage/access-list.ts'
import { database } from '../../storage/database.ts'
import type { Role } from '../../storage/visitors.ts'
import { found, scope } from '../access/portfolio-scope.tsx'
import { byField, smallForm } from '../form-body.ts'
import { renderPage } from '../render-page.tsx'
import { leaveNotice } from '../notice.ts'
import { readPortfolioForm, settingsOf } from '../portfolio-form.ts'
import { readPage, type Reading } from '../portfolio-reader.ts'
import { type AppContext, type AppEnv, rememberRevision } from '../request.ts'
import type { Faults, Typed } from '../views/portfolio-form.tsx'
import { Settings } from '../views/settings.tsx'

export const settings = new Hono<AppEnv>()

settings.get('/portfolios/:id/settings', scope('page'), (c) => settingsPage(c, 200, c.var))

settings.post('/portfolios/:id/settings', scope('portfolio'), smallForm, async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const typed = await c.req.parseBody<{ [field: string]: string }>()
  const read = readPortfolioForm(typed, settingsOf(portfolio))
  if ('faults' in read) return again(c, portfolio.id, { typed, faults: byField(read.faults) })
  const changed = await coordinator.change(actor, read.form)
  if (changed.status !== 'ok') return c.notFound()
  rememberRevision(c, portfolio.id, changed.revision)
  leaveNotice(c, 'Settings saved.')
  return c.redirect(`/portfolios/${portfolio.id}/settings`, 303)
})

settings.post('/portfolios/:id/settings/delete', scope('portfolio'), smallForm, async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const { confirm } = await c.req.parseBody()
  const confirmed = typeof confirm === 'string' ? confirm.trim() : ''
  if (confirmed !== portfolio.name.trim()) return again(c, portfolio.id, { confirmed })
  await coordinator.remove(actor)
  leaveNotice(c, `${portfolio.name} was deleted.`)
  return c.redirect('/', 303)
})

/** What the page says besides the settings: what was refused, and what was made and is shown once. */
type Told = {
  typed?: Typed
  faults?: Faults
  confirmed?: string
  invited?: string
  inviteFault?: string
  shared?: string
  shareFault?: string
}

/** Shows the page again, with what was typed and what is wrong with it. */
async function again(c: AppContext, id: string, told: Told): Promise<Response> {
  return settingsPage(c, 422, found(await readPage(c, id)), told)
}

export async function settingsPage(
  c: AppContext,
  status: 200 | 422,
  { snapshot, list }: Reading['page'],
  told: Told = {},
): Promise<Response> {
  const { id } = snapshot.portfolio
  const role = c.get('role') as Role
  const access = role === 'owner' ? await accessList(database(c.env.DB), id, Date.now()) : null
  const page = <Settings snapshot={snapshot} role={role} access={access} {...told} />
  return renderPage(c, status, 'Settings', page, { list, current: id, revision: snapshot.revision })
}
