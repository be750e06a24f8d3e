import type { Fetched } from '../source.ts'
import { type Answer, politeFetch, UpstreamError, type UpstreamOptions } from './polite-fetch.ts'

/** An answer of a source that speaks plain JSON: what it says, that it knows nothing of it, or that none came. */
type JsonAnswer = { status: 'ok'; value: unknown } | Exclude<Fetched<never>, { status: 'ok' }>

/**
 * Returns how to ask a source that answers JSON at one host, as politely as any other. An address that it does not
 * know, or a question it cannot read, is a rejection.
 */
export function jsonSource(
  { name, host, endpoint }: { name: string; host: string; endpoint: string },
  options: UpstreamOptions,
): (address: string, headers?: Record<string, string>) => Promise<JsonAnswer> {
  const polite = politeFetch(
    {
      name,
      endpointOf: () => endpoint,
      isUrgent: () => false,
      isOwnHost: (asked) => asked === host,
      refusal: (answer) => refusal(name, answer),
    },
    options,
  )
  return async (address, headers = {}) => {
    try {
      const response = await polite(address, { headers: { accept: 'application/json', ...headers } })
      return response.status < 400
        ? { status: 'ok', value: await response.json() }
        : { status: 'rejected', reason: `${name} does not know it (HTTP ${response.status})` }
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error
      const { message: reason, outcome, retryAfter = outcome === '429' ? 60 : undefined } = error
      return { status: 'unavailable', reason, ...(retryAfter !== undefined && { retryAfter }) }
    }
  }
}

function refusal(name: string, { status, body }: Answer): UpstreamError | null {
  if (status === 401 || status === 403) {
    return new UpstreamError('turned-away', `${name} does not accept our key (HTTP ${status})`)
  }
  if (status >= 400) return null
  try {
    JSON.parse(body)
    return null
  } catch {
    return new UpstreamError('garbage', `${name} sent something that is not JSON`)
  }
}
