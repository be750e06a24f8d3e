import { callOf } from '../../src/market/yahoo/endpoints.ts'
import type { Endpoint } from '../../src/market/yahoo/endpoints.ts'

/** How a stand-in for Yahoo should fail: at every endpoint and for every symbol unless it names some. */
export type Fault = {
  kind: '429' | '500' | 'crumb' | 'html' | 'slow' | 'partial' | 'garbage' | 'down'
  endpoint?: Endpoint
  symbols?: readonly string[]
}

/** A fetch that fails as it is told to at the time of the call. */
export function faultyFetch(real: typeof fetch, fault: () => Fault | null): typeof fetch {
  return (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init)
    return injectFault(request, fault(), () => real(request))
  }
}

/** The answer as the fault leaves it; untouched when there is none for this call. Rejects when Yahoo is "down". */
export async function injectFault(
  request: Request,
  fault: Fault | null,
  answer: () => Response | Promise<Response>,
): Promise<Response> {
  const { endpoint, symbols } = callOf(request.url)
  if (!fault || (fault.endpoint && fault.endpoint !== endpoint)) return answer()
  const { kind, symbols: victims } = fault
  if (victims && kind !== 'partial' && !symbols.some((symbol) => victims.includes(symbol))) return answer()
  switch (kind) {
    case '429':
      return new Response('Too Many Requests\r\n', { status: 429, headers: { 'retry-after': '30' } })
    case '500':
      return new Response('Internal Server Error', { status: 500 })
    case 'crumb':
      return Response.json(
        { finance: { result: null, error: { code: 'Unauthorized', description: 'Invalid Crumb' } } },
        { status: 401 },
      )
    case 'html':
      return page('<!doctype html><html><body>Will be right back...</body></html>')
    case 'slow':
      await aborted(request.signal)
      throw new TypeError('fetch failed: the other side never answered')
    case 'partial':
      return partial(await answer(), endpoint, symbols, victims)
    case 'garbage':
      return new Response('{"quoteResponse":{"result":[{"symbol', {
        headers: { 'content-type': 'application/json' },
      })
    case 'down':
      throw new TypeError('fetch failed')
  }
}

/** Quotes without the rows of the victims, or without every second one. Other answers stay whole. */
async function partial(
  answer: Response,
  endpoint: Endpoint,
  symbols: string[],
  victims: readonly string[] | undefined,
): Promise<Response> {
  if (endpoint !== 'quote' || !answer.ok) return answer
  const missing = victims ?? symbols.filter((_, index) => index % 2 === 1)
  const body: { quoteResponse: { result: { symbol: string }[] } } = await answer.json()
  body.quoteResponse.result = body.quoteResponse.result.filter((row) => !missing.includes(row.symbol))
  return Response.json(body)
}

function page(html: string): Response {
  return new Response(html, { headers: { 'content-type': 'text/html' } })
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 60_000)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
