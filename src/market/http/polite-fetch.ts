import { spendCall } from './call-budget.ts'
import { limited } from './limited-body.ts'
import { beats, rateLimiter } from './rate-limiter.ts'
import { secondsOf } from './retry-after.ts'

/**
 * How one HTTP attempt ended. `rejected` is an answer with an error in it; `crumb` means that the source did not
 * accept, or did not hand out, the token it requires.
 */
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
  | 'redirect'
  | 'garbage'
  | 'too-large'

/**
 * One HTTP attempt: how it went, how many milliseconds it took, Retry-After in seconds when the answer had one, and in words
 * why the answer cannot be used.
 */
export type UpstreamCall = {
  endpoint: string
  outcome: Outcome
  ms: number
  retryAfter?: number
  reason?: string
}

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
  /** For how many more seconds an endpoint must rest; null when it may be called. Read just before each attempt. */
  rests?: (endpoint: string) => number | null
  onCall?: (call: UpstreamCall) => void
  /** Told when an exchange of calls led nowhere, though each of them was answered. */
  onDeadEnd?: (endpoint: string) => void
  /** How many exchanges in a row led nowhere; it outlives the source, which ends with its Durable Object. */
  deadEnds?: Keeper<number>
  /** What the source was given to be known by, such as cookies; it outlives the source as well. */
  cookies?: Keeper
}

/** Where a source keeps a value. */
export type Keeper<T = unknown> = { get(): T; set(value: T): void }

/** What is particular to the HTTP of one source. */
export type Protocol = {
  /** The name of the source in messages. */
  name: string
  endpointOf(url: string): string
  /** True for endpoints whose caller is waiting for the answer: they go first. */
  isUrgent(endpoint: string): boolean
  /** True when only the headers of the answer are wanted, so that its body is not read. */
  isHeadersOnly?(url: string): boolean
  /** True for the source's own hosts. A call to another one, where a redirect may lead, is not made. */
  isOwnHost(host: string): boolean
  /** True for an endpoint whose caller follows redirects itself; at any other a redirect is a refusal. */
  mayRedirect?(endpoint: string): boolean
  /** How many milliseconds an answer is waited for, where it is less than eight seconds. */
  patience?(endpoint: string): number
  /** The largest body that is read, in bytes, where it is less than 5 MB. */
  largestBody?(endpoint: string): number
  /** Why an answer cannot be used; null when it can. Answers with 429 or 5xx never get here. */
  refusal(answer: Answer): UpstreamError | null
}

export type Answer = { endpoint: string; status: number; contentType: string; body: string }

/** Why no usable answer came. A source's library calls our fetch and lets nothing but an exception through. */
export class UpstreamError extends Error {
  readonly outcome: Exclude<Outcome, 'ok' | 'rejected'>
  readonly retryAfter: number | undefined
  /** Where the call went that it is about; absent for what was not called. */
  endpoint?: string

  constructor(outcome: UpstreamError['outcome'], reason: string, retryAfter?: number) {
    super(reason)
    this.outcome = outcome
    this.retryAfter = retryAfter
  }
}

const TIMEOUT = 8_000
const MEGABYTE = 1024 * 1024
const LARGEST_BODY = 5 * MEGABYTE
const RETRIES = 2
// at most four calls at once, and ten a second: twelve in any one, as four lanes of 400 ms allow
const LANES = 4
const SPACING = 400
const RETRY_WITHIN = 400
// in so many seconds another invocation with a budget of its own comes
const SPENT = 60
// not a timeout: somebody waits, and who has hung for 8 s hangs for 24
const retried = new Set<Outcome>(['network', '5xx'])

/**
 * Returns a fetch that spares the source: four calls at once and ten a second, urgent ones first, 8 s and 5 MB for
 * each attempt, and two more attempts when the network or the source fails. Each attempt is taken from the budget of
 * the invocation. A redirect is never followed here: cookies stay with the host they were given to. It throws an
 * UpstreamError for every answer that cannot be used.
 */
export function politeFetch(protocol: Protocol, options: UpstreamOptions): typeof fetch {
  // unbound on purpose: workerd refuses a fetch that is called as a method
  const { fetch, now, onCall, rests } = options
  const sleep = options.sleep ?? ((ms: number) => new Promise((resolve) => setTimeout(resolve, ms)))
  const timeout = options.timeout ?? TIMEOUT
  const enter = rateLimiter(LANES, beats(LANES, options.spacing ?? SPACING, { now, sleep }))

  return async (input: RequestInfo | URL, init?: RequestInit) => {
    const url = urlOf(input)
    const endpoint = protocol.endpointOf(url)
    const { hostname } = new URL(url)
    if (!protocol.isOwnHost(hostname)) {
      throw new UpstreamError(
        'redirect',
        `${protocol.name} sent us on to another host, ${hostname.slice(0, 60)}`,
      )
    }
    const patience = Math.min(timeout, protocol.patience?.(endpoint) ?? timeout)
    for (let attempt = 0; ; attempt += 1) {
      const leave = await enter(protocol.isUrgent(endpoint))
      const seconds = rests?.(endpoint) ?? null
      if (seconds !== null) {
        leave()
        throw new UpstreamError('429', circuitOpenMessage(seconds), seconds)
      }
      if (!spendCall()) {
        leave()
        throw new UpstreamError('429', circuitOpenMessage(SPENT), SPENT)
      }
      const started = now()
      const result = await attemptOnce(protocol, fetch, input, init, patience, now).finally(leave)
      const ms = now() - started
      if (!(result instanceof UpstreamError)) {
        // who is asked only for headers, and not for a symbol, turns us away
        const refused = protocol.isHeadersOnly?.(url) ? 'turned-away' : 'rejected'
        onCall?.({ endpoint, outcome: result.status < 400 ? 'ok' : refused, ms })
        return result
      }
      const { outcome, retryAfter, message: reason } = result
      onCall?.({ endpoint, outcome, ms, reason, ...(retryAfter !== undefined && { retryAfter }) })
      if (!retried.has(outcome) || attempt === RETRIES) {
        result.endpoint = endpoint
        throw result
      }
      await sleep(Math.random() * RETRY_WITHIN * 2 ** attempt)
    }
  }
}

/** Explains why no call is made while a circuit is open. */
export function circuitOpenMessage(seconds: number): string {
  return `requests to the market source are paused for ${seconds} s`
}

async function attemptOnce(
  protocol: Protocol,
  fetch: typeof globalThis.fetch,
  input: RequestInfo | URL,
  init: RequestInit | undefined,
  timeout: number,
  now: () => number,
): Promise<Response | UpstreamError> {
  // Not AbortSignal.timeout: its timer cannot be cleared and would keep a Durable Object awake for 8 s after each call.
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), timeout)
  const expired = new Promise<UpstreamError>((resolve) => {
    controller.signal.addEventListener('abort', () => {
      resolve(new UpstreamError('timeout', `${protocol.name} did not answer within ${timeout / 1000} s`))
    })
  })
  const answer = Promise.resolve()
    .then(() => fetch(input, { ...init, redirect: 'manual', signal: controller.signal }))
    .then((response) => examined(protocol, response, urlOf(input), controller.signal, now))
    .catch(
      (error: unknown) => new UpstreamError('network', `${protocol.name} cannot be reached: ${brief(error)}`),
    )
  try {
    return await Promise.race([expired, answer])
  } finally {
    clearTimeout(timer)
  }
}

async function examined(
  protocol: Protocol,
  response: Response,
  url: string,
  signal: AbortSignal,
  now: () => number,
): Promise<Response | UpstreamError> {
  const { status } = response
  if (status === 429) {
    await response.body?.cancel()
    const retryAfter = secondsOf(response.headers.get('retry-after'), now())
    return new UpstreamError('429', `${protocol.name} asks us to slow down (429)`, retryAfter)
  }
  if (status >= 500) {
    await response.body?.cancel()
    return new UpstreamError('5xx', `${protocol.name} is having problems (HTTP ${status})`)
  }
  const endpoint = protocol.endpointOf(url)
  if (isRedirect(response) && !protocol.mayRedirect?.(endpoint)) {
    await response.body?.cancel()
    return new UpstreamError(
      'redirect',
      `${protocol.name} sent us elsewhere instead of an answer (HTTP ${status})`,
    )
  }
  if (protocol.isHeadersOnly?.(url)) {
    await response.body?.cancel()
    return copy(response, '')
  }
  const largest = protocol.largestBody?.(endpoint) ?? LARGEST_BODY
  const body = await limited(response, signal, largest)
  if (body === null) {
    return new UpstreamError('too-large', `${protocol.name} sent more than ${largest / MEGABYTE} MB`)
  }
  const contentType = response.headers.get('content-type') ?? ''
  return protocol.refusal({ endpoint, status, contentType, body }) ?? copy(response, body)
}

function isRedirect({ status }: Response): boolean {
  return status >= 300 && status < 400 && status !== 304
}

function copy(response: Response, body: string): Response {
  const headers = new Headers(response.headers)
  // this describes the body as it was sent; it has been decompressed since
  headers.delete('content-encoding')
  headers.delete('content-length')
  const hasNoBody = response.status === 204 || response.status === 304
  return new Response(hasNoBody ? null : body, {
    status: response.status,
    statusText: response.statusText,
    headers,
  })
}

function urlOf(input: RequestInfo | URL): string {
  return input instanceof Request ? input.url : String(input)
}

/** The first words of an error: messages of libraries may carry whole bodies. */
export function brief(error: unknown): string {
  return String(error instanceof Error ? error.message : error)
    .replace(/\s+/g, ' ')
    .slice(0, 120)
}
