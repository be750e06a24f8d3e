import { signedIn } from './visitor.ts'
import type { AppContext } from '../request.ts'

/**
 * Returns an id for a portfolio that a form may make, so that the form sent twice makes one. Its second half proves that it
 * was offered to this session: with an id that somebody else's portfolio may have, a form would learn whether it does.
 */
export async function offeredId(c: AppContext): Promise<string> {
  const first = hex(crypto.getRandomValues(new Uint8Array(8)))
  return spelled(first + (await proofOf(c, first)))
}

/** Returns the id that a form brings back; a new one where it was not offered to this session. */
export async function idOffered(c: AppContext, id: unknown): Promise<string> {
  const digits = typeof id === 'string' ? id.replaceAll('-', '') : ''
  const isOffered =
    /^[0-9a-f]{32}$/.test(digits) && digits.slice(16) === (await proofOf(c, digits.slice(0, 16)))
  return isOffered ? spelled(digits) : crypto.randomUUID()
}

async function proofOf(c: AppContext, first: string): Promise<string> {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const { proof } = await signedIn(c)
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes(proof.hash), hmac, false, ['sign'])
  return hex(new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes(first))).subarray(0, 8))
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** As a UUID is written. */
function spelled(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
