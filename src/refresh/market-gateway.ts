import { DurableObject } from 'cloudflare:workers'
import { afterFailure, afterSuccess, afterTooMany, allow, type Breaker, closed } from '../market/breaker.ts'
import { demoFetch, type Mischief } from '../market/demo.ts'
import type { Endpoint } from '../market/endpoint.ts'
import type { Fetched, Quoted } from '../market/source.ts'
import type { UpstreamCall } from '../market/upstream.ts'
import { rewritten, type Yahoo, yahoo } from '../market/yahoo.ts'
import type { Day } from '../portfolio/day.ts'
import type { History } from '../portfolio/instrument.ts'
import { log } from './log.ts'

/** What stops together: cookie and crumb are only there for the quotes. */
type Circuit = 'quote' | 'chart' | 'search'

const circuitOf: Record<Endpoint, Circuit> = {
  quote: 'quote',
  crumb: 'quote',
  cookie: 'quote',
  chart: 'chart',
  search: 'search',
}

/**
 * The only way out to the market, one for the whole app: one cookie and crumb, one queue of requests, one memory of
 * what the source refused. yahoo-finance2 must not live in the Worker itself, where a request that waits for another
 * request's I/O is killed.
 */
export class MarketGateway extends DurableObject<Env> {
  private readonly source: Yahoo
  /** What is being asked right now, so that the same question is asked once. */
  private readonly flights = new Map<string, Promise<unknown>>()
  private mischief: Mischief | null = null

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    ctx.storage.sql.exec(
      'CREATE TABLE IF NOT EXISTS calls (endpoint TEXT, outcome TEXT, count INTEGER, PRIMARY KEY (endpoint, outcome)) WITHOUT ROWID',
    )
    this.source = yahoo({ fetch: this.wire(), now: () => Date.now(), onCall: (call) => this.note(call) })
  }

  /** One upstream call for all symbols, 50 at most; an answer for each. */
  quotes(symbols: string[]): Promise<Map<string, Fetched<Quoted>>> {
    return this.once(`quotes ${symbols.toSorted().join(',')}`, async () => {
      const refusal = this.refusal('quote')
      if (refusal) return new Map(symbols.map((symbol) => [symbol, refusal]))
      return this.source.quotes(symbols)
    })
  }

  /** Daily bars, splits, dividends and the latest price, from a day on. */
  history(symbol: string, from: Day): Promise<Fetched<History>> {
    return this.once(
      `history ${symbol} ${from}`,
      async () => this.refusal('chart') ?? this.source.history(symbol, from),
    )
  }

  /** Upstream attempts since the beginning, and which circuits rest until when. */
  status(): {
    calls: { endpoint: string; outcome: string; count: number }[]
    circuits: { endpoint: string; openUntil: number }[]
  } {
    const calls = this.ctx.storage.sql
      .exec<{ endpoint: string; outcome: string; count: number }>(
        'SELECT * FROM calls ORDER BY endpoint, outcome',
      )
      .toArray()
    const circuits = (['quote', 'chart', 'search'] as const).map((endpoint) => ({
      endpoint,
      openUntil: this.breaker(endpoint).openUntil,
    }))
    return { calls, circuits }
  }

  /** Tells the demo market how to fail; a real market needs no telling. */
  misbehave(mischief: Mischief | null): void {
    this.mischief = mischief
  }

  private wire(): typeof fetch {
    if (this.env.MARKET === 'demo') return demoFetch({ now: () => Date.now(), mischief: () => this.mischief })
    const out: typeof fetch = (input, init) => fetch(input, init)
    return this.env.YAHOO_BASE_URL ? rewritten(this.env.YAHOO_BASE_URL, out) : out
  }

  private once<T>(question: string, ask: () => Promise<T>): Promise<T> {
    const underway = this.flights.get(question) as Promise<T> | undefined
    if (underway) return underway
    const flight = ask().finally(() => this.flights.delete(question))
    this.flights.set(question, flight)
    return flight
  }

  private refusal(circuit: Circuit): { status: 'unavailable'; reason: string; retryAfter: number } | null {
    const now = Date.now()
    const { allowed, breaker } = allow(this.breaker(circuit), now)
    this.ctx.storage.kv.put(circuit, breaker)
    if (allowed) return null
    const retryAfter = Math.ceil((breaker.openUntil - now) / 1000)
    return {
      status: 'unavailable',
      reason: `the market source is left alone for ${retryAfter} s`,
      retryAfter,
    }
  }

  private breaker(circuit: Circuit): Breaker {
    return this.ctx.storage.kv.get<Breaker>(circuit) ?? closed
  }

  private note(call: UpstreamCall): void {
    const { endpoint, outcome, ms, retryAfter } = call
    log('upstream', { endpoint, outcome, ms })
    this.ctx.storage.sql.exec(
      'INSERT INTO calls VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1',
      endpoint,
      outcome,
    )
    const circuit = circuitOf[endpoint]
    const before = this.breaker(circuit)
    const now = Date.now()
    const after =
      outcome === '429'
        ? afterTooMany(before, now, retryAfter)
        : outcome === 'ok' || outcome === 'rejected'
          ? afterSuccess(before, now)
          : afterFailure(before, now)
    if (after.openUntil > before.openUntil)
      log('circuit opened', { endpoint: circuit, seconds: (after.openUntil - now) / 1000 })
    this.ctx.storage.kv.put(circuit, after)
  }
}
