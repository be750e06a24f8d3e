import { Hono } from 'hono'
import { type Resent, resend, resendAll } from '../../jobs/dead-letters.ts'
import { sourceOf } from '../../jobs/source.ts'
import { signedIn } from '../access/visitor.ts'
import { renderPage } from '../render-page.tsx'
import { instant } from '../instant.ts'
import { problem } from '../problem.ts'
import type { AppEnv } from '../request.ts'
import { statusOf } from '../status.ts'
import { Problem } from '../views/problem.tsx'
import { Status } from '../views/status.tsx'
import { english } from '../words/words.ts'

export const status = new Hono<AppEnv>()

status.get('/healthz', (c) => c.text('ok'))

status.get('/api/status', async (c) => c.json(await statusOf(c.env, Date.now())))

status.get('/status', async (c) => {
  const now = Date.now()
  const [{ list, groups }, shown] = await Promise.all([signedIn(c), statusOf(c.env, now)])
  return renderPage(
    c,
    200,
    english('Status'),
    <Status status={shown} own={[...list, ...groups]} now={now} source={sourceOf(c.env)} />,
    { list },
  )
})

// a letter that is sent again gets the same answer as the first time
status.post('/api/dead-letters/:id/resend', async (c) => {
  const id = c.req.param('id')
  const resent = await resend(c.env, id, Date.now())
  if (resent.status === 'sent') return c.json({ id, resent_at: instant(resent.at) }, 202)
  const { code, detail } = notSent[resent.status]
  return problem(c, code, detail)
})

status.post('/dead-letters/:id/resend', async (c) => {
  const resent = await resend(c.env, c.req.param('id'), Date.now())
  if (resent.status === 'sent') return c.redirect('/status#dead-letters', 303)
  const { code, detail } = notSent[resent.status]
  return renderPage(
    c,
    code,
    english('Not sent'),
    <Problem status={code} title={english('Not sent')} detail={detail} />,
  )
})

status.post('/api/dead-letters/resend', async (c) => {
  const now = Date.now()
  const sent = await resendAll(c.env, now)
  if (sent === null) return problem(c, notSent.unsent.code, notSent.unsent.detail)
  return c.json({ sent, resent_at: instant(now) }, 202)
})

status.post('/dead-letters/resend', async (c) => {
  if ((await resendAll(c.env, Date.now())) !== null) return c.redirect('/status#dead-letters', 303)
  const { code, detail } = notSent.unsent
  return renderPage(
    c,
    code,
    english('Not sent'),
    <Problem status={code} title={english('Not sent')} detail={detail} />,
  )
})

const notSent = {
  missing: { code: 404, detail: english('There is no such dead letter.') },
  unreadable: {
    code: 422,
    detail: english('Yardstick doesn’t recognize this message, so sending it again would fail again.'),
  },
  unsent: {
    code: 503,
    detail: english('The queue didn’t accept the message. It is still here; try again in a minute.'),
  },
} as const satisfies Record<Exclude<Resent['status'], 'sent'>, { code: number; detail: string }>
