// A way out to Yahoo from home, for a Worker whose own place Yahoo refuses: it passes on what carries the secret, to
// Yahoo's hosts only, and follows no redirect.
//
//   RELAY_SECRET=… npm run relay -- --port 8788
//
// The Worker then needs its address as YAHOO_BASE_URL, and the same RELAY_SECRET (README.md, "More sources").
import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pathToFileURL } from 'node:url'
import { commandLine } from './command-line.ts'

/**
 * Where the gateway puts the secret, and the relay its refusal of another; the same as in src/market/http/rewritten.ts,
 * which Node cannot import from here.
 */
const HEADER = 'x-relay-secret'
/** What of a request is Yahoo's business. */
const PASSED_ON = ['accept', 'accept-language', 'content-type', 'cookie', 'origin', 'referer', 'user-agent']
const LARGEST = 100_000
/** The gateway waits no longer than eight seconds. */
const PATIENCE = 10_000

/** Serves the relay, and answers its address. `fetch` is how it goes out. */
export async function serveRelay(
  secret: string,
  { port = 0, host = '127.0.0.1', fetch = globalThis.fetch } = {},
): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    void respond(request, response)
  })
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const { status, headers, body } = await relayed(request, secret, fetch)
    response.writeHead(status, headers).end(body)
  }
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  return { url: `http://${host}:${(server.address() as AddressInfo).port}`, server }
}

type Answer = { status: number; headers: Record<string, string | string[]>; body: Buffer | string }

async function relayed(request: IncomingMessage, secret: string, out: typeof fetch): Promise<Answer> {
  if (!isSame(request.headers[HEADER], secret)) {
    const { headers, ...refused } = refusal(403, 'the secret is wrong or missing')
    return { ...refused, headers: { ...headers, [HEADER]: 'refused' } }
  }
  const target = targetOf(request.url ?? '')
  if (!target) return refusal(400, 'only hosts of yahoo.com are passed on to')
  const headers = new Headers()
  for (const name of PASSED_ON) {
    const value = request.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  try {
    const { method = 'GET' } = request
    const body = method === 'POST' ? await bodyOf(request) : undefined
    if (body === null) return refusal(413, `a request has at most ${LARGEST} bytes`)
    const signal = AbortSignal.timeout(PATIENCE)
    const answer = await out(target, { method, headers, redirect: 'manual', signal, ...(body && { body }) })
    const own: Answer['headers'] = { 'set-cookie': answer.headers.getSetCookie() }
    for (const name of ['content-type', 'location', 'retry-after']) {
      const value = answer.headers.get(name)
      if (value !== null) own[name] = value
    }
    return { status: answer.status, headers: own, body: Buffer.from(await answer.arrayBuffer()) }
  } catch (error) {
    const { message, cause } = error as Error
    return refusal(
      502,
      `Yahoo cannot be reached from here: ${((cause as Error | undefined)?.message ?? message).slice(0, 200)}`,
    )
  }
}

/** `/query2.finance.yahoo.com/v8/…` → https://query2.finance.yahoo.com/v8/…; null for a host that is not Yahoo's. */
function targetOf(path: string): string | null {
  const [, host = '', rest = ''] = /^\/((?:[a-z0-9-]+\.)+[a-z]+)(\/.*)?$/.exec(path) ?? []
  return host === 'yahoo.com' || host.endsWith('.yahoo.com') ? `https://${host}${rest || '/'}` : null
}

/** Compares without saying by its time how much of the secret was right. */
function isSame(told: string | string[] | undefined, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return typeof told === 'string' && secret !== '' && timingSafeEqual(digest(told), digest(secret))
}

/** Null for a body that is too large. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  let body = ''
  for await (const piece of request.setEncoding('utf8')) {
    body += String(piece)
    if (body.length > LARGEST) return null
  }
  return body
}

function refusal(status: number, reason: string): Answer {
  return { status, headers: { 'content-type': 'text/plain' }, body: reason }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const secret = process.env.RELAY_SECRET ?? ''
  const { values } = commandLine({ options: { port: { type: 'string', default: '8788' } } })
  const port = Number(values.port)
  if (secret.length < 16 || !Number.isInteger(port) || port < 1 || port > 65_535) {
    console.error('usage: RELAY_SECRET=<at least 16 characters> npm run relay -- --port 8788')
    process.exit(2)
  }
  const { url } = await serveRelay(secret, { port }).catch(() => {
    console.error(`Port ${port} is taken. Choose another: npm run relay -- --port ${(port % 65_535) + 1}`)
    process.exit(1)
  })
  console.log(`The relay to Yahoo is at ${url}. Put a tunnel or a reverse proxy with TLS in front of it.`)
}
