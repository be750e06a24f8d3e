import { fromBase64Url, toBase64Url } from './base64url.ts'

/** A pair of keys on P-256, in base64url: the point (65 bytes), and the secret number (32 bytes). */
export type PushKeys = { publicKey: string; privateKey: string }

/** Makes a new pair. */
export async function newPushKeys(): Promise<PushKeys> {
  const pair = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair
  const raw = (await crypto.subtle.exportKey('raw', pair.publicKey)) as ArrayBuffer
  const { d } = (await crypto.subtle.exportKey('jwk', pair.privateKey)) as JsonWebKey
  return { publicKey: toBase64Url(raw), privateKey: d! }
}

/** Returns a key as WebCrypto takes it: the point alone for a public one. */
export function jwkOf(publicKey: string, privateKey?: string): JsonWebKey {
  const point = fromBase64Url(publicKey)!
  return {
    kty: 'EC',
    crv: 'P-256',
    x: toBase64Url(point.slice(1, 33)),
    y: toBase64Url(point.slice(33, 65)),
    ...(privateKey !== undefined && { d: privateKey }),
  }
}

/** Says whether a text is a point of a browser: uncompressed, in base64url. Whether it is on the curve, importing it says. */
export function isPoint(text: string): boolean {
  const bytes = fromBase64Url(text)
  return bytes?.length === 65 && bytes[0] === 4
}
