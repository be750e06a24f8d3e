import { DurableObject } from 'cloudflare:workers'
import { quotesByChart } from '../market/batch.ts'
import {
  afterFailure,
  afterSuccess,
  afterTooMany,
  allow,
  type Breaker,
  closed,
} from '../market/http/breaker.ts'
import type { Fault } from '../demo/faults.ts'
import { demoFetch } from '../demo/prices.ts'
import type { Endpoint } from '../market/yahoo/endpoints.ts'
import type { Fetched, Quoted } from '../market/source.ts'
import { circuitOpenMessage, type UpstreamCall } from '../market/http/polite-fetch.ts'
import { rewritten, type Yahoo, yahoo } from '../market/yahoo/client.ts'
import { type Day, dayAt } from '../portfolio/day.ts'
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
 * Symbols a minute whose price may come from a chart while the quotes fail: it is a call a symbol, and it must not use
 * up the patience that the histories need.
 */
const BY_CHART = 50

/** Seconds after which those may ask again who came while a probe was out. */
const PROBE = 10

/**
 * The only way out to the market, one for the whole app: one cookie and crumb, one queue of requests, one memory of
 * what the source refused. yahoo-finance2 must not live in the Worker itself, where a request that waits for another
 * request's I/O is killed.
 */
export class MarketGateway extends DurableObject<Env> {
  private readonly source: Yahoo
  /** What is being asked right now, so that the same question is asked once. */
  private readonly flights = new Map<string, Promise<unknown>>()
  private byChart = { minute: 0, asked: 0 }
  private fault: Fault | null = null

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    ctx.storage.sql.exec(
      'CREATE TABLE IF NOT EXISTS calls (endpoint TEXT, outcome TEXT, count INTEGER, PRIMARY KEY (endpoint, outcome)) WITHOUT ROWID',
    )
    const { kv, sql } = ctx.storage
    if (
      kv.get('counting since') === undefined &&
      sql.exec('SELECT 1 FROM calls LIMIT 1').toArray().length === 0
    )
      kv.put('counting since', Date.now())
    this.source = yahoo({
      fetch: this.wire(),
      now: () => Date.now(),
      onCall: (call) => this.note(call),
      rests: (endpoint) => this.rests(circuitOf[endpoint]),
      // the demo market is no one else's
      ...(env.MARKET === 'demo' && { spacing: 0 }),
    })
  }

  /** One upstream call for all symbols, 50 at most; an answer for each. */
  quotes(symbols: string[]): Promise<Map<string, Fetched<Quoted>>> {
    return this.once(`quotes ${symbols.toSorted().join(',')}`, async () => {
      const refusal = this.refusal('quote')
      if (refusal) return new Map(symbols.map((symbol) => [symbol, refusal]))
      return this.source.quotes(symbols)
    })
  }

  /**
   * The latest prices by chart, one call a symbol: for what somebody looks at while the quotes fail. Beyond fifty a
   * minute they are unavailable.
   */
  async quotesByChart(symbols: string[]): Promise<Map<string, Fetched<Quoted>>> {
    const now = Date.now()
    const minute = Math.floor(now / 60_000)
    if (this.byChart.minute !== minute) this.byChart = { minute, asked: 0 }
    const asked = symbols.slice(0, BY_CHART - this.byChart.asked)
    this.byChart.asked += asked.length
    const charts = { history: (symbol: string, from: Day) => this.history(symbol, from) }
    const answers = await quotesByChart(charts, asked, dayAt(now, 'UTC'))
    for (const symbol of symbols.slice(asked.length)) {
      answers.set(symbol, { status: 'unavailable', reason: circuitOpenMessage(60), retryAfter: 60 })
    }
    return answers
  }

  /** Daily bars, splits, dividends and the latest price, from a day on. */
  history(symbol: string, from: Day): Promise<Fetched<History>> {
    return this.once(
      `history ${symbol} ${from}`,
      async () => this.refusal('chart') ?? this.source.history(symbol, from),
    )
  }

  /** Upstream attempts since an instant (null: since before that was kept), and which circuits rest until when. */
  status(): {
    since: number | null
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
    return { since: this.ctx.storage.kv.get<number>('counting since') ?? null, calls, circuits }
  }

  /** Tells the demo market how to fail; a real market needs no telling. */
  setFault(fault: Fault | null): void {
    this.fault = fault
  }

  private wire(): typeof fetch {
    if (this.env.MARKET === 'demo') return demoFetch({ now: () => Date.now(), fault: () => this.fault })
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
    // a probe is out, and what it finds is known in seconds
    const retryAfter = breaker.probing ? PROBE : Math.ceil((breaker.openUntil - now) / 1000)
    return { status: 'unavailable', reason: circuitOpenMessage(retryAfter), retryAfter }
  }

  /** Seconds for which a circuit stays open that has opened since the question was let in. */
  private rests(circuit: Circuit): number | null {
    const { openUntil, probing } = this.breaker(circuit)
    const left = openUntil - Date.now()
    return left > 0 && !probing ? Math.ceil(left / 1000) : null
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
        : outcome !== 'ok' && outcome !== 'rejected'
          ? afterFailure(before, now)
          : // a cookie and a crumb that come are no recovery while the quotes still refuse them
            endpoint === circuit
            ? afterSuccess(before, now)
            : before
    if (after.openUntil > before.openUntil)
      log('circuit opened', { endpoint: circuit, seconds: (after.openUntil - now) / 1000 })
    this.ctx.storage.kv.put(circuit, after)
  }
}
