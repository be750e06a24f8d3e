import { Hono } from 'hono'
import { sourceOf } from '../../jobs/source.ts'
import { found, scope } from '../access/portfolio-scope.tsx'
import { byField, smallForm } from '../form-body.ts'
import { leaveNotice } from '../notice.ts'
import { readPortfolioForm, settingsOf } from '../portfolio-form.ts'
import { readPage } from '../portfolio-reader.ts'
import { type AppContext, type AppEnv, rememberRevision } from '../request.ts'
import { benchmarksMeant } from '../ticker-question.ts'
import { settingsPage, type Told } from '../settings-page.tsx'
import { english } from '../words/words.ts'

export const settings = new Hono<AppEnv>()

settings.get('/portfolios/:id/settings', scope('page'), async (c) => {
  const { portfolio, group } = c.var.snapshot
  return group ? c.redirect(`/groups/${portfolio.id}/settings`) : settingsPage(c, 200, c.var)
})

settings.post('/portfolios/:id/settings', scope('portfolio'), smallForm, async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const typed = await c.req.parseBody<{ [field: string]: string }>()
  const read = readPortfolioForm(typed, settingsOf(portfolio))
  if ('faults' in read) return again(c, portfolio.id, { typed, faults: byField(read.faults) })
  const meant = await benchmarksMeant(c, read.form.benchmarks, portfolio.benchmarks, typed)
  if ('question' in meant)
    return again(c, portfolio.id, { typed, ticker: { asked: meant.question, source: sourceOf(c.env).name } })
  const changed = await coordinator.change(actor, { ...read.form, benchmarks: meant.benchmarks })
  if (changed.status !== 'ok') return c.notFound()
  rememberRevision(c, portfolio.id, changed.revision)
  leaveNotice(c, english('Settings saved.'))
  return c.redirect(`/portfolios/${portfolio.id}/settings`, 303)
})

settings.post('/portfolios/:id/settings/delete', scope('portfolio'), smallForm, async (c) => {
  const { portfolio, actor, coordinator } = c.var
  const { confirm } = await c.req.parseBody()
  const confirmed = typeof confirm === 'string' ? confirm.trim() : ''
  if (confirmed !== portfolio.name.trim()) return again(c, portfolio.id, { confirmed })
  await coordinator.remove(actor)
  leaveNotice(c, english('{name} was deleted.', { name: portfolio.name }))
  return c.redirect('/', 303)
})

/** Shows the page again, with what was typed and what is wrong with it. */
async function again(c: AppContext, id: string, told: Told): Promise<Response> {
  return settingsPage(c, 422, found(await readPage(c, id)), told)
}
