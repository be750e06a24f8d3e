import { Hono } from 'hono'
import { database } from '../../storage/database.ts'
import { channelsOf, type NoticeChannel, removeChannel } from '../../storage/notice-channels.ts'
import { recentNotices } from '../../storage/notices.ts'
import { signedIn } from '../access/visitor.ts'
import { channelBody } from '../api/channel-body.ts'
import { makeChannel, noSuchChannel, readChannel, tooManyChannels } from '../channel-form.ts'
import { instant } from '../instant.ts'
import { jsonBody, smallJson } from '../json-body.ts'
import { problem, refused } from '../problem.ts'
import type { AppEnv } from '../request.ts'
import { tryChannel } from '../try-channel.ts'

export const noticesApi = new Hono<AppEnv>()

noticesApi.get('/api/notice-channels', async (c) => {
  const { account } = await signedIn(c)
  const channels = await channelsOf(database(c.env.DB), account)
  return c.json({ channels: channels.map(channelJson) })
})

noticesApi.post('/api/notice-channels', smallJson, async (c) => {
  const body = await jsonBody(c, channelBody)
  if (body instanceof Response) return body
  const read = readChannel(c, body)
  if ('faults' in read) return refused(c, read.faults)
  const made = await makeChannel(c, read.form, false)
  if (!made) return problem(c, 422, tooManyChannels)
  c.header('cache-control', 'private, no-store')
  return c.json({ ...channelJson(made.row), secret: made.secret }, 201)
})

noticesApi.delete('/api/notice-channels/:channel', async (c) => {
  const { account } = await signedIn(c)
  const isGone = await removeChannel(database(c.env.DB), account, c.req.param('channel'), Date.now())
  return isGone ? c.body(null, 204) : problem(c, 404, noSuchChannel)
})

noticesApi.post('/api/notice-channels/:channel/test', async (c) => {
  const tried = await tryChannel(c, c.req.param('channel'))
  if (tried === null) return problem(c, 404, noSuchChannel)
  if (tried instanceof Response) return tried
  return c.json({ status: tried.said === null ? 'sent' : 'failed', said: tried.said })
})

/** So many of the latest are told. */
const MOST = 100

noticesApi.get('/api/notices', async (c) => {
  const { account } = await signedIn(c)
  const told = await recentNotices(database(c.env.DB), account, MOST)
  return c.json({
    notices: told.map(({ id, portfolioId, title, body, address, at, deliveries }) => ({
      id,
      portfolio: portfolioId,
      title,
      body,
      address,
      at: instant(at),
      deliveries: deliveries.map((each) => ({ ...each, at: instant(each.at) })),
    })),
  })
})

function channelJson(row: NoticeChannel) {
  const { id, kind, label, target, createdAt, sentAt, failedAt, failure, stoppedAt } = row
  return {
    id,
    kind,
    label,
    target,
    created_at: instant(createdAt),
    last_sent_at: instant(sentAt),
    last_failed_at: instant(failedAt),
    last_failure: failure,
    given_up_at: instant(stoppedAt),
  }
}
