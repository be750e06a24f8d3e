import { faultOfAddress, hostOf } from './address.ts'
import type { Call, Channel, Message, Opened } from './channel.ts'

/**
 * An address that is sent a notice as JSON, signed as Standard Webhooks have it, so that whoever receives it can check it with a
 * library of any language. The secret is made by us, and shown once.
 *
 *   POST / HTTP/1.1
 *   webhook-id: alert:17:2026-11-30
 *   webhook-timestamp: 1796040000
 *   webhook-signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
 *
 *   {"type":"notice","timestamp":"2026-11-30T12:00:00.000Z","data":{"id":"alert:17:2026-11-30","title":"…","body":"…",
 *    "link":"https://yardstick.example/portfolios/…","tag":"alert:17"}}
 *
 * Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const webhook: Channel = {
  kind: 'webhook',
  name: 'Webhook',
  steps: [
    'Enter an address of yours that takes JSON by POST.',
    'The next page shows a secret once. With it your server checks the header webhook-signature, as Standard Webhooks have it.',
  ],
  fields: [
    {
      name: 'address',
      label: 'Address',
      hint: 'https://example.com/hook',
      fault: faultOfAddress,
      isSecret: true,
    },
  ],
  // whoever reads webhook-id does
  knowsRepeats: () => true,
  target: ({ address }) => hostOf(address!),
  call: posting,
}

async function posting(opened: Opened, { notice, link, now }: Message): Promise<Call> {
  const { id, title, body, tag, at } = notice
  const text = JSON.stringify({
    type: 'notice',
    timestamp: new Date(at).toISOString(),
    data: { id, title, body, link, tag },
  })
  const seconds = String(Math.floor(now / 1000))
  // a header takes ASCII only
  const named = encodeURIComponent(id)
  return {
    url: opened.address!,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Yardstick/1.0',
      'webhook-id': named,
      'webhook-timestamp': seconds,
      'webhook-signature': `v1,${await signature(opened.secret!, `${named}.${seconds}.${text}`)}`,
    },
    body: text,
  }
}

const PREFIX = 'whsec_'

/** Makes the secret of a webhook: 24 random bytes in base64, behind `whsec_`. */
export function newWebhookSecret(): string {
  return PREFIX + btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24))))
}

/** HMAC with SHA-256, in base64. */
async function signature(secret: string, signed: string): Promise<string> {
  const bytes = Uint8Array.from(atob(secret.slice(PREFIX.length)), (each) => each.charCodeAt(0))
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const signatureOf = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(signed))
  return btoa(String.fromCharCode(...new Uint8Array(signatureOf)))
}
