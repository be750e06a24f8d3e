import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { breath } from '../../src/coordinator/breath.ts'
import { isSession } from '../../src/market/hours/trading-hours.ts'
import { callOf } from '../../src/market/yahoo/endpoints.ts'
import { answer } from '../../src/demo/fake-yahoo.ts'
import type { MarketSource } from '../../src/market/source.ts'
import { yahoo } from '../../src/market/yahoo/client.ts'
import { addDays } from '../../src/portfolio/day.ts'
import type { Day } from '../../src/portfolio/day.ts'
import { bookOf, type MarketFile } from '../yahoo/book.ts'

/** A test's own market behind the gateway: what it is told to say, it says in Yahoo's HTTP. */
export type Market = {
  files: Map<string, MarketFile>
  /** Symbols that trade at another price than their last close, at the time they are asked for. */
  prices: Map<string, number>
  /** Fields of a quote's row and a chart's meta as a broken Yahoo sends them; null for no row at all. */
  spoilt: Map<string, Record<string, unknown> | null>
  /** `quote ACME,VOO`, `chart ACME`, oldest first. */
  calls: string[]
  /** How it is reached. */
  fetch: typeof fetch
  /** True while nothing of it can be reached. */
  isGone: boolean
  close(): Promise<void>
}

/** Puts the market in the place of the gateway's source until it is closed. */
export async function openMarket(files: readonly MarketFile[]): Promise<Market> {
  const market: Market = {
    files: new Map(files.map((file) => [file.symbol, file])),
    prices: new Map(),
    spoilt: new Map(),
    calls: [],
    fetch: (input, init) => reach(input, init),
    isGone: false,
    close: () => place(original).then(() => undefined),
  }
  const reach = async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init)
    if (market.isGone) throw new TypeError('fetch failed')
    const { endpoint, symbols } = callOf(request.url)
    if (symbols.length > 0) market.calls.push(`${endpoint} ${symbols.join(',')}`)
    const said = answer(request, bookOf([...market.files.values()], market.prices), Date.now())
    return spoil(said, market.spoilt)
  }
  const original = await place(yahoo({ fetch: reach, now: () => Date.now(), sleep: breath }))
  return market
}

/** The gateway's source from here on; answers the one before. */
async function place(source: MarketSource): Promise<MarketSource> {
  return runInDurableObject(env.MARKET_GATEWAY.getByName('market'), (instance) => {
    const { markets } = instance as unknown as { markets: [{ source: MarketSource }] }
    const before = markets[0].source
    markets[0].source = source
    return before
  })
}

type Said = {
  quoteResponse?: { result: { symbol: string }[] }
  spark?: { result: { symbol: string; response: { meta: object }[] }[] }
  chart?: { result: { meta: { symbol: string } }[] | null }
}

async function spoil(response: Response, spoilt: Market['spoilt']): Promise<Response> {
  if (!response.ok || !response.headers.get('content-type')?.includes('json')) return response
  const body: Said = await response.json()
  if (body.quoteResponse) {
    body.quoteResponse.result = body.quoteResponse.result.flatMap((row) => {
      const fields = spoilt.get(row.symbol)
      return fields === null ? [] : [{ ...row, ...fields }]
    })
  }
  if (body.spark) {
    body.spark.result = body.spark.result.filter(({ symbol }) => spoilt.get(symbol) !== null)
    for (const { symbol, response } of body.spark.result) Object.assign(response[0]!.meta, spoilt.get(symbol))
  }
  for (const { meta } of body.chart?.result ?? []) Object.assign(meta, spoilt.get(meta.symbol))
  return Response.json(body)
}

/** A share with a close on every session of New York between two days. */
export function share(
  symbol: string,
  from: Day,
  to: Day,
  close: number | ((day: Day) => number),
  about: Partial<MarketFile> = {},
): MarketFile {
  const closes: MarketFile['closes'] = []
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (isSession(day)) closes.push([day, typeof close === 'number' ? close : close(day)])
  }
  return {
    symbol,
    name: `${symbol} Inc.`,
    currency: 'USD',
    exchange: 'America/New_York',
    splits: [],
    dividends: [],
    closes,
    ...about,
  }
}
