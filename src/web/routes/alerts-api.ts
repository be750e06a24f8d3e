import { Hono } from 'hono'
import { text } from '../../portfolio/decimal.ts'
import { type Alert, alertsOf, digestReaders, MOST_ALERTS, setDigest } from '../../storage/alerts.ts'
import { database, inOneTransaction } from '../../storage/database.ts'
import { found, missing, scope, type ScopedContext } from '../access/portfolio-scope.tsx'
import { alertBody, readAlert } from '../alert-form.ts'
import { digestBody, readChannels, workingChannels } from '../chosen-channels.ts'
import { instant } from '../instant.ts'
import { jsonBody, smallJson } from '../json-body.ts'
import { readPage } from '../portfolio-reader.ts'
import { problem, refused } from '../problem.ts'
import type { AppEnv } from '../request.ts'

export const alertsApi = new Hono<AppEnv>()

alertsApi.get('/api/portfolios/:id/alerts', scope('access'), async (c) => {
  const [db, id, account] = [database(c.env.DB), c.req.param('id'), c.var.actor]
  const [own, readers] = await Promise.all([alertsOf(db, id, account), digestReaders(db, id)])
  const digest = readers.find((each) => each.account === account)
  return c.json({
    alerts: own.map(alertJson),
    digest: digest !== undefined,
    digest_channels: digest?.channels ?? null,
  })
})

alertsApi.post('/api/portfolios/:id/alerts', scope('access'), smallJson, (c) => set(c, null))

alertsApi.put('/api/portfolios/:id/alerts/:alert', scope('access'), smallJson, (c) =>
  set(c, c.req.param('alert')),
)

alertsApi.delete('/api/portfolios/:id/alerts/:alert', scope('access'), async (c) =>
  (await c.var.coordinator.removeAlert(c.var.actor, c.req.param('alert')))
    ? c.body(null, 204)
    : problem(c, 404, NO_ALERT),
)

alertsApi.put('/api/portfolios/:id/digest', scope('access'), smallJson, async (c) => {
  // it may be asked for without a body
  const body = (await c.req.text()) === '' ? {} : await jsonBody(c, digestBody)
  if (body instanceof Response) return body
  const by = readChannels(body.channels, await workingChannels(database(c.env.DB), c.var.actor))
  if ('reason' in by) return refused(c, [{ field: 'channels', reason: by.reason }])
  return digest(c, by)
})

alertsApi.delete('/api/portfolios/:id/digest', scope('access'), (c) => digest(c, null))

async function set(c: ScopedContext<'access'>, id: string | null): Promise<Response> {
  const body = await jsonBody(c, alertBody, id === null ? [] : answeredFields)
  if (body instanceof Response) return body
  const { snapshot } = found(await readPage(c, c.req.param('id')!))
  const own = await workingChannels(database(c.env.DB), c.var.actor)
  const read = readAlert(body, snapshot, own)
  if ('faults' in read) return refused(c, read.faults)
  const made = await c.var.coordinator.setAlert(c.var.actor, read.wanted, id)
  if (made.status === 'too many')
    return problem(c, 422, `You have ${MOST_ALERTS} alerts on this portfolio, which is the most.`)
  if (made.status !== 'ok') return id === null ? missing(c) : problem(c, 404, NO_ALERT)
  return c.json(alertJson(made.value), id === null ? 201 : 200)
}

async function digest(
  c: ScopedContext<'access'>,
  wanted: { channels: string[] | null } | null,
): Promise<Response> {
  const db = database(c.env.DB)
  const whose = { portfolioId: c.req.param('id')!, account: c.var.actor }
  await inOneTransaction(db, [setDigest(db, whose, wanted, Date.now())])
  return c.body(null, 204)
}

const answeredFields = ['id', 'set_on', 'created_at', 'told_at', 'is_beyond']

const NO_ALERT = 'You have no such alert on this portfolio.'

function alertJson({ id, kind, subject, level, setOn, createdAt, toldAt, channels, state }: Alert) {
  return {
    id,
    kind,
    subject,
    level: text(level),
    set_on: setOn,
    created_at: instant(createdAt),
    told_at: instant(toldAt),
    channels,
    is_beyond: state.side === null ? null : state.side === 'beyond',
  }
}
