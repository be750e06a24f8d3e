/** Where a relay looks for the secret that it shares with the gateway, and where it says that this one is not it. */
const RELAY_HEADER = 'x-relay-secret'

/**
 * Returns a fetch that sends every https://H/p?q to <base>/H/p?q instead, where a stand-in for the source answers or a
 * relay passes it on; the relay is told the secret. It rejects where the relay does not accept that: the source was not asked.
 */
export function rewritten(
  base: string,
  fetch: typeof globalThis.fetch,
  secret?: string,
): typeof globalThis.fetch {
  const root = base.replace(/\/+$/, '')
  return async (input: RequestInfo | URL, init?: RequestInit) => {
    const url = new URL(input instanceof Request ? input.url : String(input))
    const request = new Request(
      `${root}/${url.host}${url.pathname}${url.search}`,
      input instanceof Request ? input : init,
    )
    if (secret) request.headers.set(RELAY_HEADER, secret)
    const answer = await (input instanceof Request ? fetch(request, init) : fetch(request))
    if (!answer.headers.has(RELAY_HEADER)) return answer
    await answer.body?.cancel()
    throw new Error('the relay does not accept our RELAY_SECRET')
  }
}
