import * as v from 'valibot'
import { id, instant } from './value.ts'

const channelFields = {
  id,
  kind: v.picklist(['push', 'email', 'ntfy', 'telegram', 'webhook']),
  label: v.string(),
  target: v.pipe(v.string(), v.description('Where it leads, without what opens it.')),
  created_at: instant,
  last_sent_at: v.nullable(instant),
  last_failed_at: v.nullable(instant),
  last_failure: v.nullable(v.string()),
  given_up_at: v.pipe(
    v.nullable(instant),
    v.description('When it was given up, after failures in a row; a test that arrives uses it again.'),
  ),
}
export const channels = v.strictObject({ channels: v.array(v.strictObject(channelFields)) })
export const channel = v.strictObject({
  ...channelFields,
  secret: v.pipe(
    v.nullable(v.string()),
    v.description('With which a webhook checks what it is sent. Told once, and never again.'),
  ),
})

export const tried = v.strictObject({
  status: v.picklist(['sent', 'failed']),
  said: v.pipe(v.nullable(v.string()), v.description('What came instead; null where it was sent.')),
})

export const notices = v.strictObject({
  notices: v.array(
    v.strictObject({
      id: v.string(),
      portfolio: v.nullable(v.string()),
      title: v.string(),
      body: v.string(),
      address: v.string(),
      at: instant,
      deliveries: v.array(
        v.strictObject({
          channel: v.string(),
          status: v.picklist(['waiting', 'sending', 'sent', 'failed']),
          at: instant,
          said: v.nullable(v.string()),
        }),
      ),
    }),
  ),
})
