import { faultOfAddress, hostOf } from '../address.ts'
import type { Call, Channel, Message, Opened } from '../channel.ts'
import { fromBase64Url, joined, toBase64Url } from './base64url.ts'
import { encrypted, LONGEST_MESSAGE } from './encrypted.ts'
import { isPoint, newPushKeys } from './keys.ts'
import { vapid } from './vapid.ts'

/** How long a service keeps a notice for a device that is off, in seconds. */
const KEPT = 2 * 24 * 60 * 60

/**
 * A browser that has subscribed (RFC 8030): its push service is sent what only the browser can read. Written out, because the
 * libraries that run in workerd encrypt by the draft before RFC 8291 (`aesgcm`), and none is shorter than the standard.
 */
export const push: Channel = {
  kind: 'push',
  name: 'Web Push',
  steps: [],
  // the page's script fills them in
  fields: [
    {
      name: 'endpoint',
      label: 'Address at the push service',
      hint: 'The browser has it.',
      fault: faultOfAddress,
      isSecret: true,
    },
    {
      name: 'p256dh',
      label: 'Public key',
      hint: 'The browser has it.',
      fault: (typed) => (isPoint(typed) ? null : 'must be a public key of a browser'),
      isSecret: true,
    },
    {
      name: 'auth',
      label: 'Secret',
      hint: 'The browser has it.',
      fault: (typed) => (fromBase64Url(typed)?.length === 16 ? null : 'must be 16 bytes in base64url'),
      isSecret: true,
    },
  ],
  // a later message of the same topic takes the place of one that is not delivered yet
  knowsRepeats: () => true,
  target: ({ endpoint }) => hostOf(endpoint!),
  call: pushed,
}

async function pushed(opened: Opened, { notice, origin, now, keys }: Message): Promise<Call> {
  const { endpoint, p256dh, auth } = opened as { endpoint: string; p256dh: string; auth: string }
  const { title, body, address, tag } = notice
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const message = fitted({ title, body, address, tag })
  return {
    url: endpoint,
    headers: {
      authorization: await vapid(endpoint, origin, keys, now),
      'content-type': 'application/octet-stream',
      'content-encoding': 'aes128gcm',
      ttl: String(KEPT),
      urgency: 'normal',
      topic: await topicOf(tag),
    },
    body: await encrypted(message, { p256dh, auth }, await newPushKeys(), salt),
  }
}

type Shown = { title: string; body: string; address: string; tag: string }

/** The message as JSON, with as many lines as there is room for. */
function fitted(shown: Shown): string {
  const message = JSON.stringify(shown)
  if (joined(message).length <= LONGEST_MESSAGE) return message
  const { body } = shown
  return fitted({ ...shown, body: `${body.slice(0, Math.floor(body.length * 0.75))}…` })
}

/** A topic has 32 characters of base64url at most (RFC 8030, section 5.4). */
async function topicOf(tag: string): Promise<string> {
  return toBase64Url(await crypto.subtle.digest('SHA-256', joined(tag))).slice(0, 32)
}
