import { MINUTE } from '../../portfolio/time.ts'

/** So long may somebody think about a preview. */
const LASTS = 10 * MINUTE

/**
 * What proves that a write was shown before it is done: when it expires, and a proof made with a secret of whoever asked, of
 * what was shown. Nothing is stored for it, and of what would become otherwise meanwhile it is no confirmation.
 */
export async function confirmationOf(secret: string, shown: unknown, now: number): Promise<string> {
  const expires = (now + LASTS).toString(36)
  return `${expires}.${await proofOf(secret, expires, shown)}`
}

/** Returns null where it confirms what is shown now, or why it does not. */
export async function faultOfConfirmation(
  given: string,
  secret: string,
  shown: unknown,
  now: number,
): Promise<string | null> {
  const [expires = '', proof] = given.split('.')
  const isOurs = /^[0-9a-z]{8,9}$/.test(expires)
  if (isOurs && Number.parseInt(expires, 36) < now)
    return 'This preview is older than ten minutes. Look at the new one, and confirm that.'
  if (isOurs && proof === (await proofOf(secret, expires, shown))) return null
  return 'This confirms something else than what would happen now. Look at the new preview, and confirm that.'
}

async function proofOf(secret: string, expires: string, shown: unknown): Promise<string> {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes(secret), hmac, false, ['sign'])
  const signed = await crypto.subtle.sign('HMAC', key, bytes(`${expires} ${JSON.stringify(shown)}`))
  return Array.from(new Uint8Array(signed).subarray(0, 16), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
