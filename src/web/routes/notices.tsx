import { Hono } from 'hono'
import { ownPushKeys } from '../../jobs/deliver-notice.ts'
import { database } from '../../storage/database.ts'
import { channelsOf, removeChannel } from '../../storage/notice-channels.ts'
import { recentNotices } from '../../storage/notices.ts'
import { deviceIn } from '../access/begin-session.ts'
import { signedIn } from '../access/visitor.ts'
import { pushBody } from '../api/channel-body.ts'
import {
  makeChannel,
  noSuchChannel,
  readChannel,
  readSubscription,
  tooManyChannels,
} from '../channel-form.ts'
import { byField, smallForm } from '../form-body.ts'
import { jsonBody, smallJson } from '../json-body.ts'
import { leaveNotice } from '../notice.ts'
import { problem, refused } from '../problem.ts'
import { refusal } from '../refusal.tsx'
import { renderPage } from '../render-page.tsx'
import type { AppContext, AppEnv } from '../request.ts'
import { channelHere, forgetChannelHere, noteChannelHere } from '../this-browser.ts'
import { tryChannel } from '../try-channel.ts'
import { NewWebhook } from '../views/channel-form.tsx'
import { Notices, type NoticesProps } from '../views/notices.tsx'
import { english } from '../words/words.ts'

export const notices = new Hono<AppEnv>()

notices.get('/account/notices', (c) => noticesPage(c, 200))

notices.post('/account/notices', smallForm, async (c) => {
  const typed = await c.req.parseBody<{ [field: string]: string }>()
  const read = readChannel(c, typed)
  if ('faults' in read) return noticesPage(c, 422, { typed, faults: byField(read.faults) })
  const made = await makeChannel(c, read.form, false)
  if (!made) return refusal(c, 422, tooManyChannels)
  if (made.secret !== null) {
    // no later page shows the secret, and it stays in no cookie and no cache
    c.header('cache-control', 'private, no-store')
    const { list } = await signedIn(c)
    const page = <NewWebhook secret={made.secret} label={made.row.label} />
    return renderPage(c, 201, english('Notifications'), page, { list })
  }
  return back(c, english('Channel added. Send a test to see whether it works.'))
})

// with which a browser subscribes; a page that only shows something makes no keys
notices.post('/account/notices/push/options.json', smallJson, async (c) => {
  const { publicKey } = await ownPushKeys(database(c.env.DB))
  return c.json({ key: publicKey })
})

// a browser that has subscribed: its page’s script says so
notices.post('/account/notices/push.json', smallJson, async (c) => {
  const body = await jsonBody(c, pushBody)
  if (body instanceof Response) return body
  const read = readSubscription(c, body, deviceIn(c.req.header('user-agent') ?? ''))
  if ('faults' in read) return refused(c, read.faults)
  const made = await makeChannel(c, read.form, true)
  if (!made) return problem(c, 422, tooManyChannels)
  noteChannelHere(c, made.row.id)
  return c.json({ id: made.row.id }, 201)
})

notices.post('/account/notices/:channel/test', async (c) => {
  const id = c.req.param('channel')
  const tried = await tryChannel(c, id)
  if (tried === null) return refusal(c, 404, noSuchChannel)
  return tried instanceof Response ? tried : noticesPage(c, 200, { tried: { id, ...tried } })
})

notices.post('/account/notices/:channel/remove', async (c) => {
  const { account } = await signedIn(c)
  const id = c.req.param('channel')
  if (!(await removeChannel(database(c.env.DB), account, id, Date.now())))
    return refusal(c, 404, noSuchChannel)
  if (channelHere(c) === id) forgetChannelHere(c)
  return back(c, english('Channel removed.'))
})

/** So many of the latest notices are shown. */
const SHOWN = 20

async function noticesPage(
  c: AppContext,
  status: 200 | 422,
  more: Pick<NoticesProps, 'tried' | 'typed' | 'faults'> = {},
): Promise<Response> {
  const { account, list } = await signedIn(c)
  const db = database(c.env.DB)
  const [channels, told] = await Promise.all([channelsOf(db, account), recentNotices(db, account, SHOWN)])
  const here = channelHere(c)
  const props = { channels, told, here, list, now: Date.now(), ...more }
  return renderPage(c, status, english('Notifications'), <Notices {...props} />, { list })
}

function back(c: AppContext, notice: string): Response {
  leaveNotice(c, notice)
  return c.redirect('/account/notices', 303)
}
