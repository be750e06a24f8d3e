import { encodeBase64Url } from 'hono/utils/encode'

/** Returns 256 random bits, in 43 characters of base64url: what only its holder has. */
export function newSecret(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)).buffer)
}

/** Returns what is stored of a secret: its SHA-256, in base64url. A secret of 256 bits needs no salt and no slow hash. */
export async function hashOf(secret: string): Promise<string> {
  return base64Url(await crypto.subtle.digest('SHA-256', utf8.encode(secret)))
}

const utf8 = new TextEncoder()

/** Says whether a text is what `newSecret` makes: anything else is not looked up. */
export function isSecret(text: string): boolean {
  return /^[\w-]{43}$/.test(text)
}

/** Without the padding that hono's own has, and which a cookie would escape. */
function base64Url(bytes: ArrayBuffer): string {
  return encodeBase64Url(bytes).replaceAll('=', '')
}
