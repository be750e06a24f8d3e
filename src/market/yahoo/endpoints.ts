export type Endpoint = 'quote' | 'spark' | 'chart' | 'search' | 'crumb' | 'cookie'

/** Names the endpoint that a Yahoo URL calls, with or without a stand-in's address before the host. */
export function callOf(url: string): { endpoint: Endpoint; symbols: string[] } {
  const { pathname, searchParams } = new URL(url)
  const chart = /\/v8\/finance\/chart\/([^/]+)$/.exec(pathname)
  if (chart) return { endpoint: 'chart', symbols: [decodeURIComponent(chart[1]!)] }
  const priced = /\/v7\/finance\/(quote|spark)$/.exec(pathname)
  if (priced) {
    const symbols = (searchParams.get('symbols') ?? '').split(',').filter(Boolean)
    return { endpoint: priced[1] as 'quote' | 'spark', symbols }
  }
  if (pathname.endsWith('/v1/finance/search')) return { endpoint: 'search', symbols: [] }
  if (pathname.endsWith('/v1/test/getcrumb')) return { endpoint: 'crumb', symbols: [] }
  // the quote page that sets the cookie, and the consent pages it may lead to
  return { endpoint: 'cookie', symbols: [] }
}
