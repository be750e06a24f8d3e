import { HOST } from './app.ts'

// An authenticator as WebAuthn describes it (section 6), with one passkey: what it sends is made here byte by byte, so that
// each part of it can be wrong.

type Options = { challenge: string }

/** What an answer says; each part can be another than it should. */
export type Said = {
  counter?: number
  origin?: string
  rpId?: string
  /** False when it has not verified the person. */
  isVerified?: boolean
  challenge?: string
  type?: string
}

export type Authenticator = Awaited<ReturnType<typeof authenticator>>

export async function authenticator() {
  const keys = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair
  const id = crypto.getRandomValues(new Uint8Array(16))
  const jwk = (await crypto.subtle.exportKey('jwk', keys.publicKey)) as JsonWebKey
  // {1: 2, 3: -7, -1: 1, -2: x, -3: y}
  const publicKey = bytes(
    [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20],
    fromBase64Url(jwk.x!),
    [0x22, 0x58, 0x20],
    fromBase64Url(jwk.y!),
  )
  const frame = (response: object) => ({
    id: base64Url(id),
    rawId: base64Url(id),
    type: 'public-key',
    clientExtensionResults: {},
    response,
  })
  return {
    id: base64Url(id),

    /** Answers to a registration. */
    async make(options: Options, said: Said = {}) {
      const credential = bytes(new Uint8Array(16), [0, id.length], id, publicKey)
      const authData = bytes(await head({ counter: 0, ...said }, 0x40), credential)
      // {"fmt": "none", "attStmt": {}, "authData": …}
      const attestationObject = bytes(
        [0xa3, 0x63, ...ascii('fmt'), 0x64, ...ascii('none'), 0x67, ...ascii('attStmt'), 0xa0],
        [0x68, ...ascii('authData'), 0x58, authData.length],
        authData,
      )
      return frame({
        clientDataJSON: base64Url(clientData(options, { type: 'webauthn.create', ...said })),
        attestationObject: base64Url(attestationObject),
        transports: ['internal'],
      })
    },

    /** Answers to a sign-in. */
    async sign(options: Options, said: Said = {}, userHandle?: string) {
      const authenticatorData = await head({ counter: 1, ...said }, 0)
      const data = clientData(options, { type: 'webauthn.get', ...said })
      const signed = bytes(authenticatorData, new Uint8Array(await crypto.subtle.digest('SHA-256', data)))
      const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
      const signature = new Uint8Array(await crypto.subtle.sign(algorithm, keys.privateKey, signed))
      return frame({
        clientDataJSON: base64Url(data),
        authenticatorData: base64Url(authenticatorData),
        signature: base64Url(der(signature)),
        ...(userHandle !== undefined && { userHandle }),
      })
    },
  }
}

async function head({ counter = 0, rpId, isVerified = true }: Said, flags: number): Promise<Uint8Array> {
  const hash = await crypto.subtle.digest('SHA-256', bytes(ascii(rpId ?? new URL(HOST).hostname)))
  const count = new Uint8Array(4)
  new DataView(count.buffer).setUint32(0, counter)
  // present, and verified
  return bytes(new Uint8Array(hash), [flags | 0x01 | (isVerified ? 0x04 : 0)], count)
}

function clientData({ challenge }: Options, said: Said): Uint8Array<ArrayBuffer> {
  const { type, origin = HOST } = said
  return bytes(
    ascii(JSON.stringify({ type, challenge: said.challenge ?? challenge, origin, crossOrigin: false })),
  )
}

/** A signature as two integers of ASN.1; WebCrypto has both numbers one behind the other. */
function der(raw: Uint8Array): Uint8Array {
  const integer = (part: Uint8Array) => {
    const first = part.findIndex((each) => each !== 0)
    const own = part.subarray(first)
    const positive = own[0]! >= 0x80 ? bytes([0], own) : own
    return bytes([0x02, positive.length], positive)
  }
  const both = bytes(integer(raw.subarray(0, 32)), integer(raw.subarray(32)))
  return bytes([0x30, both.length], both)
}

function bytes(...parts: (Uint8Array | number[])[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((each) => [...each]))
}

function ascii(text: string): number[] {
  return [...new TextEncoder().encode(text)]
}

export function base64Url(of: Uint8Array): string {
  return btoa(String.fromCharCode(...of))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

function fromBase64Url(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (each) => each.charCodeAt(0))
}
