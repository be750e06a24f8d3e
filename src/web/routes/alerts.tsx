import { Hono } from 'hono'
import type { AlertKind } from '../../snapshot/alert.ts'
import { alertsOf, digestReaders, MOST_ALERTS, setDigest } from '../../storage/alerts.ts'
import { database, inOneTransaction } from '../../storage/database.ts'
import { found, missing, scope } from '../access/portfolio-scope.tsx'
import { asksOf, readAlert } from '../alert-form.ts'
import { channelsIn, readChannels, workingChannels } from '../chosen-channels.ts'
import { byField, smallForm } from '../form-body.ts'
import { leaveNotice } from '../notice.ts'
import { readPage } from '../portfolio-reader.ts'
import { refusal } from '../refusal.tsx'
import { renderPage } from '../render-page.tsx'
import type { AppContext, AppEnv } from '../request.ts'
import { Alerts } from '../views/alerts.tsx'
import { alertNames, type AskedAlert } from '../views/new-alert.tsx'
import { english } from '../words/words.ts'

export const alerts = new Hono<AppEnv>()

alerts.get('/portfolios/:id/alerts', scope('access'), (c) =>
  alertsPage(c, 200, c.var.actor, asked(c.req.query('kind'), c.req.query('subject'))),
)

alerts.post('/portfolios/:id/alerts', scope('access'), smallForm, async (c) => {
  const form = await c.req.parseBody({ all: true })
  const typed = form as { kind?: string; subject?: string; level?: string }
  const { snapshot } = found(await readPage(c, c.req.param('id')))
  const own = await workingChannels(database(c.env.DB), c.var.actor)
  const read = readAlert({ ...typed, channels: channelsIn(form) }, snapshot, own)
  if ('faults' in read) {
    const again = asked(typed.kind, typed.subject, typed.level)
    return alertsPage(c, 422, c.var.actor, { ...again, faults: byField(read.faults) })
  }
  const set = await c.var.coordinator.setAlert(c.var.actor, read.wanted)
  if (set.status === 'missing') return missing(c)
  if (set.status === 'too many')
    return refusal(c, 422, english('You have {n} alerts here, which is the most.', { n: MOST_ALERTS }))
  return back(c, english('Alert set.'))
})

alerts.post('/portfolios/:id/alerts/digest', scope('access'), smallForm, async (c) => {
  const form = await c.req.parseBody({ all: true })
  const { wanted } = form
  if (wanted !== 'on' && wanted !== 'off')
    return refusal(c, 422, english('Say with wanted=on or wanted=off what to do.'))
  const db = database(c.env.DB)
  const whose = { portfolioId: c.req.param('id'), account: c.var.actor }
  const by = readChannels(channelsIn(form), await workingChannels(db, c.var.actor))
  if (wanted === 'on' && 'reason' in by) return alertsPage(c, 422, c.var.actor, asked(undefined), by.reason)
  const isOn = wanted === 'on' && 'channels' in by
  await inOneTransaction(db, [setDigest(db, whose, isOn ? by : null, Date.now())])
  return back(
    c,
    wanted === 'on' ? english('You get the weekly digest.') : english('You get no weekly digest any more.'),
  )
})

alerts.post('/portfolios/:id/alerts/:alert/remove', scope('access'), smallForm, async (c) =>
  (await c.var.coordinator.removeAlert(c.var.actor, c.req.param('alert')))
    ? back(c, english('Alert removed.'))
    : missing(c),
)

/** What is asked for in the form of a kind; nothing for a kind that there is not. */
function asked(kind: string | undefined, subject = '', level = ''): AskedAlert {
  const known = Object.hasOwn(alertNames, kind ?? '') ? (kind as AlertKind) : null
  return { kind: known, subject, level: known && asksOf(known).level ? level : '', faults: {} }
}

async function alertsPage(
  c: AppContext,
  status: 200 | 422,
  account: string,
  about: AskedAlert,
  digestFault?: string,
): Promise<Response> {
  const id = c.req.param('id')!
  const db = database(c.env.DB)
  const [read, own, readers, channels] = await Promise.all([
    readPage(c, id),
    alertsOf(db, id, account),
    digestReaders(db, id),
    workingChannels(db, account),
  ])
  const { snapshot, list } = found(read)
  const digest = readers.find((each) => each.account === account) ?? null
  const props = { snapshot, alerts: own, digest, channels, asked: about, digestFault, now: Date.now() }
  return renderPage(c, status, english('Alerts'), <Alerts {...props} />, {
    list,
    current: id,
    revision: snapshot.revision,
  })
}

function back(c: AppContext, notice: string): Response {
  leaveNotice(c, notice)
  return c.redirect(`/portfolios/${c.req.param('id')}/alerts`, 303)
}
