import { callOf } from '../yahoo/endpoints.ts'
import type { Endpoint } from '../yahoo/endpoints.ts'
import { rateLimiter } from './rate-limiter.ts'

/** What became of one HTTP attempt. `rejected` is an answer with an error in it; `crumb` means our crumb is not accepted. */
export type Outcome =
  | 'ok'
  | 'rejected'
  | 'crumb'
  | 'turned-away'
  | '429'
  | '5xx'
  | 'timeout'
  | 'network'
  | 'html'
  | 'garbage'
  | 'too-large'

/** One HTTP attempt at Yahoo: how it went and how many milliseconds it took; Retry-After in seconds when it said so. */
export type UpstreamCall = { endpoint: Endpoint; outcome: Outcome; ms: number; retryAfter?: number }

export type UpstreamOptions = {
  fetch: typeof fetch
  /** Milliseconds since 1970. */
  now: () => number
  /** Waits before a retry; setTimeout unless a test brings its own. */
  sleep?: (ms: number) => Promise<unknown>
  /** Milliseconds for one attempt, body included. */
  timeout?: number
  /** How long a lane rests between two calls, in milliseconds. */
  spacing?: number
  /** For how many seconds an endpoint is to be left alone; null when it may be asked. Read just before each attempt. */
  rests?: (endpoint: Endpoint) => number | null
  onCall?: (call: UpstreamCall) => void
}

/** Why no usable answer came. Thrown from inside the fetch that yahoo-finance2 calls, because nothing else passes through it. */
export class UpstreamError extends Error {
  readonly outcome: Exclude<Outcome, 'ok' | 'rejected'>
  readonly retryAfter: number | undefined

  constructor(outcome: UpstreamError['outcome'], reason: string, retryAfter?: number) {
    super(reason)
    this.outcome = outcome
    this.retryAfter = retryAfter
  }
}

const TIMEOUT = 8_000
const LARGEST_BODY = 5 * 1024 * 1024
const RETRIES = 2
// at most four calls at once, and ten in a second
const LANES = 4
const SPACING = 400
const RETRY_WITHIN = 400
const retried = new Set<Outcome>(['network', 'timeout', '5xx'])

/**
 * A fetch with manners: four calls at once and ten a second, quotes before histories; 8 s a try, 5 MB at most, two
 * more tries when the network or Yahoo stumbles, and only JSON where JSON is due. Throws a Refusal for all else.
 */
export function politeFetch(options: UpstreamOptions): typeof fetch {
  // unbound on purpose: workerd refuses a fetch that is called as somebody's method
  const { fetch, now, onCall, rests } = options
  const sleep = options.sleep ?? ((ms: number) => new Promise((resolve) => setTimeout(resolve, ms)))
  const timeout = options.timeout ?? TIMEOUT
  const enter = rateLimiter(LANES, () => sleep(options.spacing ?? SPACING))

  return async (input: RequestInfo | URL, init?: RequestInit) => {
    const url = input instanceof Request ? input.url : String(input)
    const { endpoint } = callOf(url)
    for (let attempt = 0; ; attempt += 1) {
      // whoever asks for a quote waits for it; a chart is seldom wanted at once
      const leave = await enter(endpoint !== 'chart')
      const seconds = rests?.(endpoint) ?? null
      if (seconds !== null) {
        leave()
        throw new UpstreamError('429', circuitOpenMessage(seconds), seconds)
      }
      const started = now()
      const result = await attemptOnce(fetch, input, init, endpoint, url, timeout, now).finally(leave)
      const ms = now() - started
      if (!(result instanceof UpstreamError)) {
        onCall?.({ endpoint, outcome: result.status < 400 ? 'ok' : 'rejected', ms })
        return result
      }
      const { outcome, retryAfter } = result
      onCall?.({ endpoint, outcome, ms, ...(retryAfter !== undefined && { retryAfter }) })
      if (!retried.has(outcome) || attempt === RETRIES) throw result
      await sleep(Math.random() * RETRY_WITHIN * 2 ** attempt)
    }
  }
}

/** Why nothing is asked while a circuit is open. */
export function circuitOpenMessage(seconds: number): string {
  return `the market source is left alone for ${seconds} s`
}

async function attemptOnce(
  fetch: typeof globalThis.fetch,
  input: RequestInfo | URL,
  init: RequestInit | undefined,
  endpoint: Endpoint,
  url: string,
  timeout: number,
  now: () => number,
): Promise<Response | UpstreamError> {
  // Not AbortSignal.timeout: its timer cannot be cleared and would keep a Durable Object awake for 8 s after each call.
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), timeout)
  const expired = new Promise<UpstreamError>((resolve) => {
    controller.signal.addEventListener('abort', () => {
      resolve(new UpstreamError('timeout', `Yahoo did not answer within ${timeout / 1000} s`))
    })
  })
  const answer = Promise.resolve()
    .then(() => fetch(input, { ...init, signal: controller.signal }))
    .then((response) => examined(response, endpoint, url, controller.signal, now))
    .catch((error: unknown) => new UpstreamError('network', `Yahoo cannot be reached: ${brief(error)}`))
  try {
    return await Promise.race([expired, answer])
  } finally {
    clearTimeout(timer)
  }
}

async function examined(
  response: Response,
  endpoint: Endpoint,
  url: string,
  signal: AbortSignal,
  now: () => number,
): Promise<Response | UpstreamError> {
  const { status } = response
  if (status === 429) {
    await response.body?.cancel()
    const retryAfter = secondsOf(response.headers.get('retry-after'), now())
    return new UpstreamError('429', 'Yahoo asks us to slow down (429)', retryAfter)
  }
  if (status >= 500) {
    await response.body?.cancel()
    return new UpstreamError('5xx', `Yahoo is in trouble (HTTP ${status})`)
  }
  if (url.includes('finance.yahoo.com/quote/')) {
    // asked for its cookie only
    await response.body?.cancel()
    return copy(response, '')
  }
  const body = await limited(response, signal)
  if (body === null) return new UpstreamError('too-large', 'Yahoo sent more than 5 MB')
  if (endpoint === 'crumb') return crumb(response, body)
  if (endpoint !== 'cookie') {
    const trimmed = body.trimStart()
    const isCrumbRefused = /"Invalid (Crumb|Cookie)"/i.test(trimmed.slice(0, 300))
    // quotes alone need a crumb, and Yahoo has refused it in every one of these ways
    if (endpoint === 'quote' && (status === 401 || status === 403 || isCrumbRefused)) {
      return new UpstreamError('crumb', 'Yahoo did not accept our crumb')
    }
    if (trimmed.startsWith('<') || /html/.test(response.headers.get('content-type') ?? '')) {
      return new UpstreamError('html', `Yahoo sent a web page where data was due (HTTP ${status})`)
    }
    if (status === 401 || status === 403) {
      return new UpstreamError('turned-away', `Yahoo turned us away (HTTP ${status})`)
    }
    const content = parsed(trimmed)
    if (!content)
      return new UpstreamError('garbage', `Yahoo sent something that is not JSON (HTTP ${status})`)
    // yahoo-finance2 would write the URL to the console
    if (status >= 400 && !saysWhy(content))
      return new UpstreamError('garbage', `Yahoo refused without a reason (HTTP ${status})`)
  }
  return copy(response, body)
}

/** A crumb is one short word. "Too Many Requests" and web pages have been served in its place, with status 200. */
function crumb(response: Response, body: string): Response | UpstreamError {
  if (response.status !== 200)
    return new UpstreamError('crumb', `Yahoo gave no crumb (HTTP ${response.status})`)
  if (/^[^\s<>{}]{1,64}$/.test(body)) return copy(response, body)
  return new UpstreamError('429', 'Yahoo gave no crumb but a refusal')
}

/** The body as text; null, and the rest left unread, when it is too large. Time that is up ends the reading, too. */
async function limited(response: Response, signal: AbortSignal): Promise<string | null> {
  if (!response.body) return ''
  const reader = response.body.getReader()
  signal.addEventListener('abort', () => void reader.cancel().catch(() => {}))
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.byteLength
    if (size > LARGEST_BODY) {
      await reader.cancel()
      return null
    }
    text += decoder.decode(value, { stream: true })
  }
}

function parsed(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}

/** { chart: { result: null, error: { code, description } } } and its like. */
function saysWhy(content: object): boolean {
  const [only, ...others] = Object.values(content) as unknown[]
  return (
    others.length === 0 && typeof only === 'object' && only !== null && 'error' in only && only.error !== null
  )
}

function copy(response: Response, body: string): Response {
  const headers = new Headers(response.headers)
  // of the body as it travelled; it has been unpacked since
  headers.delete('content-encoding')
  headers.delete('content-length')
  const hasNoBody = response.status === 204 || response.status === 304
  return new Response(hasNoBody ? null : body, {
    status: response.status,
    statusText: response.statusText,
    headers,
  })
}

/** Retry-After is a number of seconds or a date. */
function secondsOf(header: string | null, now: number): number | undefined {
  if (header === null) return undefined
  if (/^\d+$/.test(header)) return +header
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000))
}

/** The first words of an error: messages of yahoo-finance2 carry whole bodies. */
export function brief(error: unknown): string {
  return String(error instanceof Error ? error.message : error)
    .replace(/\s+/g, ' ')
    .slice(0, 120)
}
