import { Hono } from 'hono'
import { sourceOf } from '../../jobs/source.ts'
import { database } from '../../storage/database.ts'
import { groupMembersOf } from '../../storage/groups.ts'
import type { Portfolio } from '../../storage/portfolios.ts'
import { idOffered, offeredId } from '../access/offered-id.ts'
import { scope } from '../access/portfolio-scope.tsx'
import { signedIn } from '../access/visitor.ts'
import { byField, smallForm } from '../form-body.ts'
import { ALWAYS_THERE, readGroupForm, tooManyGroups } from '../group-form.ts'
import { likeFirst, makeGroup } from '../make-group.ts'
import { leaveNotice } from '../notice.ts'
import { refusal } from '../refusal.tsx'
import { renderPage } from '../render-page.tsx'
import { withReader } from '../reader.ts'
import { type AppContext, type AppEnv, reader, rememberRevision } from '../request.ts'
import { benchmarksMeant, type TickerAnswer, type TickerQuestion } from '../ticker-question.ts'
import { type GroupFaults, GroupSettings, NewGroup, type TypedGroup } from '../views/group-form.tsx'
import { english, t } from '../words/words.ts'

export const groups = new Hono<AppEnv>()

groups.get('/groups/new', async (c) => {
  const { list } = await signedIn(c)
  const { baseCurrency, benchmarks } = await likeFirst(c)
  const typed: TypedGroup = {
    id: await offeredId(c),
    name: withReader(reader(c), () => t('Family')),
    description: '',
    benchmarks: benchmarks.join(', '),
    base_currency: baseCurrency,
    portfolios: list.map(({ id }) => id),
  }
  return newPage(c, 200, typed)
})

groups.post('/groups', smallForm, async (c) => {
  const typed = await typedIn(c)
  const { list } = await signedIn(c)
  const read = readGroupForm(typed, await likeFirst(c), list)
  if ('faults' in read) return newPage(c, 422, typed, byField(read.faults))
  const meant = await benchmarksMeant(c, read.form.benchmarks, [], typed)
  if ('question' in meant) return newPage(c, 422, typed, {}, meant.question)
  const made = await makeGroup(
    c,
    { ...read.form, benchmarks: meant.benchmarks },
    await idOffered(c, typed.id),
  )
  if (made === null) return refusal(c, 422, tooManyGroups)
  rememberRevision(c, made.group.id, made.revision)
  return c.redirect(`/portfolios/${made.group.id}`, 303)
})

groups.get('/groups/:id/settings', scope('portfolio'), async (c) => {
  const { portfolio: group } = c.var
  const members = await groupMembersOf(database(c.env.DB), group)
  const { name, description, benchmarks, baseCurrency } = group
  const ids = members.map(({ portfolio }) => portfolio.id)
  const typed = {
    name,
    description,
    benchmarks: benchmarks.join(', '),
    base_currency: baseCurrency,
    portfolios: ids,
  }
  return settingsPage(c, 200, group, typed)
})

groups.post('/groups/:id/settings', scope('portfolio'), smallForm, async (c) => {
  const { portfolio: group, actor, coordinator } = c.var
  const { portfolios, ...settings } = await typedIn(c)
  const typed = { ...settings, portfolios }
  const { list } = await signedIn(c)
  const isAll = group.kind === 'all'
  const read = readGroupForm(isAll ? settings : typed, group, list, isAll)
  if ('faults' in read) return settingsPage(c, 422, group, typed, { faults: byField(read.faults) })
  const meant = await benchmarksMeant(c, read.form.benchmarks, group.benchmarks, typed)
  if ('question' in meant) return settingsPage(c, 422, group, typed, { asked: meant.question })
  const { portfolios: members, ...changes } = read.form
  const changed = await coordinator.changeGroup(actor, { ...changes, benchmarks: meant.benchmarks }, members)
  if (changed.status !== 'ok') return c.notFound()
  rememberRevision(c, group.id, changed.revision)
  leaveNotice(c, english('Settings saved.'))
  return c.redirect(`/portfolios/${group.id}`, 303)
})

groups.post('/groups/:id/delete', scope('portfolio'), smallForm, async (c) => {
  const { portfolio: group, actor, coordinator } = c.var
  if (group.kind === 'all') return refusal(c, 422, ALWAYS_THERE)
  const { confirm } = await c.req.parseBody()
  const confirmed = typeof confirm === 'string' ? confirm.trim() : ''
  if (confirmed !== group.name.trim()) {
    const { name, description, benchmarks, baseCurrency } = group
    const typed = {
      name,
      description,
      benchmarks: benchmarks.join(', '),
      base_currency: baseCurrency,
      portfolios: [],
    }
    return settingsPage(c, 422, group, typed, { confirmed })
  }
  await coordinator.removeGroup(actor)
  leaveNotice(c, english('{name} was deleted. Its portfolios are still here.', { name: group.name }))
  return c.redirect('/', 303)
})

/** What the form says; a box that is not checked is not sent, so that no portfolios are none. */
async function typedIn(c: AppContext): Promise<TypedGroup & TickerAnswer> {
  const body = await c.req.parseBody({ all: true })
  const text = (field: string) => [body[field]].flat().find((value) => typeof value === 'string') ?? ''
  const portfolios = [body.portfolios ?? []].flat().filter((value) => typeof value === 'string')
  return {
    id: text('id'),
    name: text('name'),
    description: text('description'),
    benchmarks: text('benchmarks'),
    base_currency: text('base_currency'),
    portfolios,
    asked: text('asked'),
    chosen: text('chosen'),
    insist: text('insist'),
  }
}

async function newPage(
  c: AppContext,
  status: 200 | 422,
  typed: TypedGroup,
  faults: GroupFaults = {},
  asked?: TickerQuestion,
) {
  const { list } = await signedIn(c)
  const page = <NewGroup typed={typed} faults={faults} visible={list} ticker={tickerOf(c, asked)} />
  return renderPage(c, status, english('New group'), page, { list })
}

function tickerOf(c: AppContext, asked: TickerQuestion | undefined) {
  return asked && { asked, source: sourceOf(c.env).name }
}

async function settingsPage(
  c: AppContext,
  status: 200 | 422,
  group: Portfolio,
  typed: TypedGroup,
  {
    faults = {},
    confirmed,
    asked,
  }: { faults?: GroupFaults; confirmed?: string; asked?: TickerQuestion } = {},
) {
  const { list } = await signedIn(c)
  const isAll = group.kind === 'all'
  const page = (
    <GroupSettings
      group={{ id: group.id, name: group.name, isAll }}
      typed={typed}
      faults={faults}
      visible={isAll ? null : list}
      confirmed={confirmed}
      ticker={tickerOf(c, asked)}
    />
  )
  return renderPage(c, status, english('Settings'), page, { list, current: group.id })
}
