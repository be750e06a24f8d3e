import { list, record, type Unsure } from '../field.ts'

/** The most symbols that Yahoo answers in one call. */
export const MOST_IN_SPARK = 20

/** The address of the small charts of some symbols: their `meta` has the price, and they need no cookie. */
export function sparkAddress(symbols: readonly string[]): string {
  const query = new URLSearchParams({ symbols: symbols.join(','), range: '1d', interval: '1d' })
  return `https://query2.finance.yahoo.com/v7/finance/spark?${query.toString()}`
}

/**
 * Returns the `meta` of each symbol, as the charts have it; null for an answer of another shape.
 *
 * { spark: { result: [{ symbol: 'AAPL', response: [{ meta: { currency: 'USD', regularMarketPrice: 150.5,
 *   regularMarketTime: 1773068400, chartPreviousClose: 148.7, ... }, timestamp: [...], indicators: {...} }] }],
 *   error: null } }
 */
export function metasOf(body: unknown): Map<string, Unsure> | null {
  const { result, error } = record(record(body).spark)
  // none of the symbols is known
  if (record(error).code === 'Not Found') return new Map()
  if (!Array.isArray(result)) return null
  return new Map(
    list(result)
      .map(record)
      .flatMap((each): [string, Unsure][] => {
        const { meta } = record(list(each.response)[0])
        return typeof each.symbol === 'string' && meta ? [[each.symbol, record(meta)]] : []
      }),
  )
}
