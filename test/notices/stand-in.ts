import {
  createDecipheriv,
  createECDH,
  createHmac,
  createPublicKey,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto'

/** What has arrived at one of the services: at which path, and what could be read of it. */
export type Arrived = { path: string; headers: Record<string, string>; read: Record<string, unknown> }

/** The hosts of the services that are stood in for. */
const services: Record<string, (request: Asked) => Response | Record<string, unknown>> = {
  'push.test': pushService,
  // on this machine, for a browser
  '127.0.0.1': pushService,
  'hooks.test': hook,
  'ntfy.test': ({ body }) => JSON.parse(body.toString()) as Record<string, unknown>,
  'api.telegram.org': telegram,
  'api.resend.com': mail('authorization', 'Bearer re_'),
  'api.postmarkapp.com': mail('x-postmark-server-token', 'pm-'),
}

type Asked = { url: URL; headers: Record<string, string>; body: Buffer }
type Browser = { ecdh: ReturnType<typeof createECDH>; auth: Buffer }

const browsers: Browser[] = []
/** The hour at which the tests are said to run (`npm run test:hours`). */
const AT = Number(process.env.TEST_STARTS_AT) || Date.now()

/** The secret of each webhook, by its path: whoever makes one tells it here. */
const secrets = new Map<string, string>()
const arrived = new Map<string, Arrived[]>()

/**
 * Stands in for every service that notices go to; undefined for any other host. A path with `/status/503` in it is answered with that
 * status, and `/status/429/7` with a Retry-After of 7 besides. GET `/arrived/…` says what has come to a path.
 */
export async function noticeStandIn(request: Request): Promise<Response | undefined> {
  const url = new URL(request.url)
  const service = services[url.hostname]
  if (!service) return undefined
  const { pathname: path } = url
  if (path.startsWith('/arrived'))
    return Response.json(arrived.get(url.hostname + path.slice('/arrived'.length)) ?? [])
  if (path === '/subscribe') return Response.json(newBrowser(url.origin, url.searchParams.get('then') ?? ''))
  if (path === '/secret') {
    secrets.set(url.searchParams.get('of')!, url.searchParams.get('is')!)
    return new Response()
  }
  const headers = Object.fromEntries(request.headers)
  const read = service({ url, headers, body: Buffer.from(await request.arrayBuffer()) })
  if (read instanceof Response) return read
  const key = url.hostname + path
  arrived.set(key, [...(arrived.get(key) ?? []), { path, headers, read }])
  const [, status, after] = /\/status\/(\d+)(?:\/(\d+))?/.exec(path) ?? []
  if (status === undefined) return new Response(null, { status: 201 })
  const location =
    Number(status) < 400 && Number(status) >= 300 ? { location: `${url.origin}/elsewhere` } : {}
  return new Response(JSON.stringify({ error: `because it is ${status}` }), {
    status: Number(status),
    headers: { ...location, ...(after !== undefined && { 'retry-after': after }) },
  })
}

/** Subscribes as a browser does; what it is sent at the path `/browser/N` only the stand-in can read. */
export function newBrowser(origin: string, then = ''): { endpoint: string; p256dh: string; auth: string } {
  const ecdh = createECDH('prime256v1')
  ecdh.generateKeys()
  const auth = randomBytes(16)
  browsers.push({ ecdh, auth })
  return {
    endpoint: `${origin}/browser/${browsers.length}${then}`,
    p256dh: ecdh.getPublicKey('base64url'),
    auth: auth.toString('base64url'),
  }
}

/** A push service (RFC 8030) and the browser behind it. */
function pushService({ url, headers, body }: Asked): Response | Record<string, unknown> {
  const browser = browsers[Number(/^\/browser\/(\d+)/.exec(url.pathname)?.[1]) - 1]
  if (!browser) return new Response('no such subscription', { status: 404 })
  const fault = faultOfVapid(headers.authorization ?? '', url.origin, AT)
  if (fault) return new Response(fault, { status: 403 })
  if (headers['content-encoding'] !== 'aes128gcm') return new Response('encoding', { status: 400 })
  if (!/^\d+$/.test(headers.ttl ?? '')) return new Response('no TTL', { status: 400 })
  if (!/^[\w-]{1,32}$/.test(headers.topic ?? 'none')) return new Response('topic', { status: 400 })
  if (body.length > 4096) return new Response('too large', { status: 413 })
  return JSON.parse(decrypted(body, browser.ecdh, browser.auth)) as Record<string, unknown>
}

/** Reads a message as RFC 8291, section 3.4 has it, by other means than ours. */
export function decrypted(body: Buffer, own: ReturnType<typeof createECDH>, auth: Buffer): string {
  const [salt, length] = [body.subarray(0, 16), body.readUInt8(20)]
  const [sender, record] = [body.subarray(21, 21 + length), body.subarray(21 + length)]
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), own.getPublicKey(), sender])
  const ikm = Buffer.from(hkdfSync('sha256', own.computeSecret(sender), auth, info, 32))
  const key = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: aes128gcm\0', 16))
  const nonce = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: nonce\0', 12))
  const cipher = createDecipheriv('aes-128-gcm', key, nonce)
  cipher.setAuthTag(record.subarray(-16))
  const padded = Buffer.concat([cipher.update(record.subarray(0, -16)), cipher.final()])
  const end = padded.lastIndexOf(2)
  if (end < 0 || padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('no delimiter')
  return padded.subarray(0, end).toString()
}

/** What is wrong with the header that says who sends (RFC 8292); null for nothing. */
export function faultOfVapid(header: string, audience: string, now = Date.now()): string | null {
  const [, token, key] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(header) ?? []
  if (token === undefined || key === undefined) return 'no vapid'
  const [head, claims, signature] = token.split('.') as [string, string, string]
  const point = Buffer.from(key, 'base64url')
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  }
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  if (!isSigned) return 'not signed'
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>
  if (aud !== audience) return `not for us: ${String(aud)}`
  if (typeof exp !== 'number' || exp * 1000 <= now || exp * 1000 > now + 24 * 3_600_000)
    return 'not valid now'
  return /^(https:\/\/|mailto:)/.test(String(sub)) ? null : 'from nobody'
}

function hook({ url, headers, body }: Asked): Response | Record<string, unknown> {
  const secret = secrets.get(url.pathname)
  const { 'webhook-id': id = '', 'webhook-timestamp': at = '', 'webhook-signature': signature } = headers
  if (secret !== undefined && signature !== signatureOf(secret, id, at, body.toString()))
    return new Response('not signed', { status: 401 })
  return JSON.parse(body.toString()) as Record<string, unknown>
}

/** The signature of Standard Webhooks. */
export function signatureOf(secret: string, id: string, at: string, body: string): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}`
}

/** A chat that begins with 429 is one to wait for, and 404 is nobody's. */
function telegram({ url, body }: Asked): Response | Record<string, unknown> {
  const read = JSON.parse(body.toString()) as Record<string, unknown>
  const chat = String(read.chat_id)
  const no = (code: number, description: string, parameters = {}) =>
    Response.json({ ok: false, error_code: code, description, ...parameters }, { status: code })
  if (!url.pathname.startsWith('/bot12345')) return no(401, `Unauthorized: ${url.pathname}`)
  if (chat.startsWith('429'))
    return no(429, 'Too Many Requests: retry after 35', { parameters: { retry_after: 35 } })
  if (chat.startsWith('400')) return no(400, 'Bad Request: chat not found')
  return read
}

function mail(header: string, begins: string) {
  return ({ headers, body }: Asked): Response | Record<string, unknown> =>
    headers[header]?.startsWith(begins)
      ? (JSON.parse(body.toString()) as Record<string, unknown>)
      : Response.json({ message: 'API key is invalid', Message: 'API key is invalid' }, { status: 401 })
}
