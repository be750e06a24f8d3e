import { type Answer, type Protocol, UpstreamError } from '../http/polite-fetch.ts'
import { callOf } from './endpoints.ts'
import { record } from '../field.ts'
import { notUnderstood } from './library-answer.ts'
import { getDomain } from './registrable-domain.ts'

/** How to talk to Yahoo's hosts, and which of their answers cannot be used. */
export const protocol: Protocol = {
  name: 'Yahoo',
  endpointOf: (url) => callOf(url).endpoint,
  // somebody waits for a quote; a chart is seldom urgent
  isUrgent: (endpoint) => endpoint !== 'chart',
  // the quote page is requested only for its cookie
  isHeadersOnly: (url) => url.includes('finance.yahoo.com/quote/'),
  isOwnHost: (host) => getDomain(host) === 'yahoo.com',
  // yahoo-finance2 goes through the pages of the consent itself, each with the cookies that are its host's
  mayRedirect: (endpoint) => endpoint === 'cookie',
  // fifty prices come in a fraction of a second; what hangs must not hold them up
  patience: (endpoint) => (endpoint === 'quote' || endpoint === 'spark' ? 2_500 : 8_000),
  // fifty rows are a tenth of it; a chart of thirty years is half of the five that it may be
  largestBody: (endpoint) => (endpoint === 'chart' ? 5 : 1) * 1024 * 1024,
  refusal: (answer) => {
    if (answer.endpoint === 'crumb') return crumbRefusal(answer)
    return answer.endpoint === 'cookie' ? null : dataRefusal(answer)
  },
}

/** A crumb is one short word. Yahoo has served "Too Many Requests" and web pages in its place, with status 200. */
function crumbRefusal({ status, body }: Answer): UpstreamError | null {
  if (status !== 200) return new UpstreamError('crumb', `Yahoo gave no crumb (HTTP ${status})`)
  return /^[^\s<>{}]{1,64}$/.test(body) ? null : new UpstreamError('429', 'Yahoo refused to give a crumb')
}

/** Quotes, charts and searches are JSON, and an error says why. */
function dataRefusal({ endpoint, status, contentType, body }: Answer): UpstreamError | null {
  const trimmed = body.trimStart()
  const isCrumbRefused = /"Invalid (Crumb|Cookie)"/i.test(trimmed.slice(0, 300))
  // only quotes need a crumb, and Yahoo has refused it in every one of these ways
  if (endpoint === 'quote' && (status === 401 || status === 403 || isCrumbRefused)) {
    return new UpstreamError('crumb', 'Yahoo did not accept our crumb')
  }
  if (trimmed.startsWith('<') || contentType.includes('html')) {
    return new UpstreamError('html', `Yahoo sent a web page instead of data (HTTP ${status})`)
  }
  if (status === 401 || status === 403) {
    return new UpstreamError('turned-away', `Yahoo refused the request (HTTP ${status})`)
  }
  // yahoo-finance2 parses the text once more; it takes only text, and the error it throws for a body that is no JSON
  // would come too late for the count of failures
  const content = parsed(trimmed)
  if (!content) {
    return new UpstreamError('garbage', `Yahoo sent something that is not JSON (HTTP ${status})`)
  }
  if (status >= 400) {
    // yahoo-finance2 would log the URL
    return hasError(content)
      ? null
      : new UpstreamError('garbage', `Yahoo refused without giving a reason (HTTP ${status})`)
  }
  const { result } = record(record(content).quoteResponse)
  return endpoint === 'quote' && !Array.isArray(result)
    ? new UpstreamError('garbage', notUnderstood().reason)
    : null
}

function parsed(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}

/** Reads `{ chart: { result: null, error: { code, description } } }` and similar bodies. */
function hasError(content: object): boolean {
  const [only, ...others] = Object.values(content) as unknown[]
  return (
    others.length === 0 && typeof only === 'object' && only !== null && 'error' in only && only.error !== null
  )
}
