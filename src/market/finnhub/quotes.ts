import { jsonSource } from '../http/json-source.ts'
import type { UpstreamOptions } from '../http/polite-fetch.ts'
import type { Fetched, MarketSource, Quoted } from '../source.ts'
import { instant, priceText, record } from '../field.ts'
import { usListing } from '../us-listing.ts'

/** Finnhub's latest prices, with the user's own token: one call for each symbol. */
export function finnhubQuotes(
  options: UpstreamOptions,
  token: string,
): Required<Pick<MarketSource, 'quotes'>> {
  const ask = jsonSource({ name: 'Finnhub', host: 'finnhub.io', endpoint: 'quote' }, options)
  return {
    async quotes(symbols) {
      return new Map(
        await Promise.all(symbols.map(async (symbol) => [symbol, await quoteOf(symbol)] as const)),
      )
    },
  }

  async function quoteOf(symbol: string): Promise<Fetched<Quoted>> {
    const spelled = symbolOf(symbol)
    if (spelled === null) return { status: 'rejected', reason: `Finnhub has no ${symbol}` }
    const query = new URLSearchParams({ symbol: spelled })
    const answer = await ask(`https://finnhub.io/api/v1/quote?${query.toString()}`, {
      'x-finnhub-token': token,
    })
    return answer.status === 'ok' ? quotedOf(symbol, answer.value) : answer
  }
}

/** How Finnhub spells a symbol: a class of shares with a dot (`BRK.B`). Null for what its free key does not have. */
export function symbolOf(symbol: string): string | null {
  return /^[A-Z]{1,5}(-[A-Z])?$/.test(symbol) ? symbol.replace('-', '.') : null
}

/**
 * An unknown symbol has zeros. There is no currency: all of these are in dollars.
 *
 * { c: 182.63, d: 1.85, dp: 1.0239, h: 183.12, l: 180.97, o: 181.05, pc: 180.78, t: 1704067200 }
 */
function quotedOf(symbol: string, body: unknown): Fetched<Quoted> {
  const { c, pc, t } = record(body)
  const price = priceText(c, 1)
  const at = instant(t)
  if (price === null || !at)
    return { status: 'rejected', reason: `Finnhub gives no price of ${symbol}`, noData: true }
  return {
    status: 'ok',
    value: {
      instrument: usListing(symbol),
      quote: { symbol, price, currency: 'USD', previousClose: priceText(pc, 1), at },
    },
  }
}
