/** Where a relay looks for the secret that it shares with the gateway. */
export const RELAY_HEADER = 'x-relay-secret'

/**
 * Returns a fetch that sends every https://H/p?q to <base>/H/p?q instead, where a stand-in for the source answers or a
 * relay passes it on; the relay is told the secret.
 */
export function rewritten(
  base: string,
  fetch: typeof globalThis.fetch,
  secret?: string,
): typeof globalThis.fetch {
  const root = base.replace(/\/+$/, '')
  return (input: RequestInfo | URL, init?: RequestInit) => {
    const url = new URL(input instanceof Request ? input.url : String(input))
    const request = new Request(
      `${root}/${url.host}${url.pathname}${url.search}`,
      input instanceof Request ? input : init,
    )
    if (secret) request.headers.set(RELAY_HEADER, secret)
    return input instanceof Request ? fetch(request, init) : fetch(request)
  }
}
