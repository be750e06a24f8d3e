import { fromBase64Url, joined } from './base64url.ts'
import { jwkOf, type PushKeys } from './keys.ts'

/** What a browser gives out so that only it can read what it is sent. */
type Subscriber = { p256dh: string; auth: string }

/** The most bytes of a message: a push service takes 4,096 with what is around them. */
export const LONGEST_MESSAGE = 3993

const RECORD = 4096

/**
 * Encrypts a message for one browser, as one record of `aes128gcm`. `own` is a pair of keys for this message alone, and `salt` its
 * 16 random bytes.
 *
 * Source: RFC 8291, section 3.4 (the keys); RFC 8188, section 2 (the header and the record).
 */
export async function encrypted(
  message: string,
  { p256dh, auth }: Subscriber,
  own: PushKeys,
  salt: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const [theirs, ours] = [fromBase64Url(p256dh)!, fromBase64Url(own.publicKey)!]
  const shared = await sharedSecret(p256dh, own)
  const input = await derived(shared, fromBase64Url(auth)!, joined('WebPush: info\0', theirs, ours), 32)
  const key = await derived(input, salt, joined('Content-Encoding: aes128gcm\0'), 16)
  const nonce = await derived(input, salt, joined('Content-Encoding: nonce\0'), 12)
  const aes = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt'])
  // 2 ends the last record, which is the only one
  const record = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce },
    aes,
    joined(message, new Uint8Array([2])),
  )
  const size = new Uint8Array(4)
  new DataView(size.buffer).setUint32(0, RECORD)
  return joined(salt, size, new Uint8Array([ours.length]), ours, record)
}

async function sharedSecret(theirs: string, own: PushKeys): Promise<ArrayBuffer> {
  const curve = { name: 'ECDH', namedCurve: 'P-256' }
  const [publicKey, privateKey] = await Promise.all([
    crypto.subtle.importKey('jwk', jwkOf(theirs), curve, false, []),
    crypto.subtle.importKey('jwk', jwkOf(own.publicKey, own.privateKey), curve, false, ['deriveBits']),
  ])
  // the types of the runtime call the field `$public`, the standard and the runtime itself `public`
  const exchange = { name: 'ECDH', public: publicKey } as unknown as Parameters<SubtleCrypto['deriveBits']>[0]
  return crypto.subtle.deriveBits(exchange, privateKey, 256)
}

/** HKDF (RFC 5869) with SHA-256, of so many bytes. */
async function derived(
  from: ArrayBuffer,
  salt: Uint8Array<ArrayBuffer>,
  info: Uint8Array<ArrayBuffer>,
  bytes: number,
): Promise<ArrayBuffer> {
  const key = await crypto.subtle.importKey('raw', from, 'HKDF', false, ['deriveBits'])
  return crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, key, bytes * 8)
}
