import { joined, toBase64Url } from './base64url.ts'
import { jwkOf, type PushKeys } from './keys.ts'

/** In seconds; a service takes 24 hours at most. */
const VALID = 12 * 60 * 60

/**
 * The header that tells a push service who sends: a token for that service, signed by the keys with which the browser has
 * subscribed. `origin` is whom the service may turn to, and `now` in milliseconds.
 *
 * Source: RFC 8292, sections 2 and 3.
 */
export async function vapid(endpoint: string, origin: string, keys: PushKeys, now: number): Promise<string> {
  const claims = {
    aud: new URL(endpoint).origin,
    exp: Math.floor(now / 1000) + VALID,
    // an address of mail or of the web by https; one's own machine has neither
    sub: origin.startsWith('https:') ? origin : 'mailto:owner@yardstick.invalid',
  }
  const signed = [{ typ: 'JWT', alg: 'ES256' }, claims]
    .map((part) => toBase64Url(joined(JSON.stringify(part))))
    .join('.')
  const key = await crypto.subtle.importKey(
    'jwk',
    jwkOf(keys.publicKey, keys.privateKey),
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['sign'],
  )
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, joined(signed))
  return `vapid t=${signed}.${toBase64Url(signature)}, k=${keys.publicKey}`
}
