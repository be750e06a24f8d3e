import { DurableObject } from 'cloudflare:workers'
import { quotesByChart } from '../market/batch.ts'
import {
  afterFailure,
  afterSuccess,
  afterTooMany,
  allow,
  type Breaker,
  breakerIn,
} from '../market/http/breaker.ts'
import type { Answered, Fetched, MarketSource, Quoted, SourceDefinition } from '../market/source.ts'
import type { MarketConfig } from '../market/sources.ts'
import { circuitOpenMessage, type UpstreamCall } from '../market/http/polite-fetch.ts'
import { type Day, dayAt } from '../portfolio/day.ts'
import type { History } from '../portfolio/instrument.ts'
import { MINUTE } from '../portfolio/time.ts'
import { log } from './log.ts'
import { sourceOf } from './source.ts'

/**
 * The most prices a minute that may come from charts while the quotes fail. Each is a call of its own, and the
 * histories need some of the calls that the source tolerates.
 */
const BY_CHART = 50

/** A question that comes while a probe is out may be asked again after so many seconds. */
const PROBE = 10

/**
 * The only way out to the market, one for the whole app: one cookie and crumb, one queue of requests, one memory of
 * what the source refused. A source's library must not live in the Worker itself, where a request that waits for
 * another request's I/O is killed.
 */
export class MarketGateway extends DurableObject<Env> {
  private readonly chosen: SourceDefinition<MarketConfig>
  private readonly source: MarketSource
  /** The questions that are out, so that the same question is asked once. */
  private readonly flights = new Map<string, Promise<unknown>>()
  private byChart = { minute: 0, requested: 0 }

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.chosen = sourceOf(env)
    this.createCalls()
    this.source = this.chosen.connect({
      fetch: this.network(),
      now: () => Date.now(),
      onCall: (call) => this.note(call),
      rests: (endpoint) => this.rests(this.circuitWith(endpoint)),
    })
  }

  /** The prices of some symbols, in one upstream call for each fifty; an answer for every symbol. */
  quotes(symbols: string[]): Promise<Map<string, Answered<Quoted>>> {
    return this.once(`quotes ${symbols.toSorted().join(',')}`, async () => {
      const refusal = this.refusal(this.chosen.circuitOf.quotes)
      if (refusal) return new Map(symbols.map((symbol) => [symbol, this.signed(refusal)]))
      const answers = await this.source.quotes(symbols)
      return new Map([...answers].map(([symbol, answer]) => [symbol, this.signed(answer)]))
    })
  }

  /**
   * The latest prices by chart, one call for each symbol, for what somebody looks at while the quotes fail. Beyond
   * fifty a minute they are unavailable.
   */
  async quotesByChart(symbols: string[]): Promise<Map<string, Answered<Quoted>>> {
    const now = Date.now()
    const minute = Math.floor(now / MINUTE)
    if (this.byChart.minute !== minute) this.byChart = { minute, requested: 0 }
    const requested = symbols.slice(0, BY_CHART - this.byChart.requested)
    this.byChart.requested += requested.length
    const charts = { history: (symbol: string, from: Day) => this.history(symbol, from) }
    const answers = await quotesByChart(charts, requested, dayAt(now, 'UTC'))
    for (const symbol of symbols.slice(requested.length)) {
      answers.set(symbol, { status: 'unavailable', reason: circuitOpenMessage(60), retryAfter: 60 })
    }
    return new Map([...answers].map(([symbol, answer]) => [symbol, this.signed(answer)]))
  }

  /** Daily bars, splits, dividends and the latest price, from a day on. */
  history(symbol: string, from: Day): Promise<Answered<History>> {
    return this.once(`history ${symbol} ${from}`, async () =>
      this.signed(this.refusal(this.chosen.circuitOf.history) ?? (await this.source.history(symbol, from))),
    )
  }

  /**
   * Upstream attempts since an instant (null: since before that was kept) by source, and until when each circuit of
   * the present source is open.
   */
  status(): {
    since: number | null
    calls: { source: string; endpoint: string; outcome: string; count: number }[]
    circuits: { source: string; endpoint: string; openUntil: number }[]
  } {
    const calls = this.ctx.storage.sql
      .exec<{ source: string; endpoint: string; outcome: string; count: number }>(
        'SELECT source, endpoint, outcome, count FROM upstream_calls ORDER BY source, endpoint, outcome',
      )
      .toArray()
    const circuits = this.chosen.circuits.map(({ name }) => ({
      source: this.chosen.id,
      endpoint: name,
      openUntil: this.breaker(name).openUntil,
    }))
    const since = this.ctx.storage.kv.get('counting since')
    return { since: typeof since === 'number' ? since : null, calls, circuits }
  }

  /** The source's way out. */
  protected network(): typeof fetch {
    return this.chosen.network(this.env)
  }

  private signed<T>(answer: Fetched<T>): Answered<T> {
    return { ...answer, source: this.chosen.name }
  }

  /** The table of attempts. Those that were counted before sources had names were the present one's. */
  private createCalls(): void {
    const { kv, sql } = this.ctx.storage
    sql.exec(
      'CREATE TABLE IF NOT EXISTS upstream_calls (source TEXT, endpoint TEXT, outcome TEXT, count INTEGER, PRIMARY KEY (source, endpoint, outcome)) WITHOUT ROWID',
    )
    if (sql.exec("SELECT 1 FROM sqlite_schema WHERE name = 'calls'").toArray().length > 0) {
      sql.exec(
        'INSERT INTO upstream_calls SELECT ?, endpoint, outcome, count FROM calls WHERE true ON CONFLICT DO NOTHING',
        this.chosen.id,
      )
      sql.exec('DROP TABLE calls')
    }
    const isNew = sql.exec('SELECT 1 FROM upstream_calls LIMIT 1').toArray().length === 0
    if (isNew && kv.get('counting since') === undefined) kv.put('counting since', Date.now())
  }

  private once<T>(question: string, ask: () => Promise<T>): Promise<T> {
    const underway = this.flights.get(question) as Promise<T> | undefined
    if (underway) return underway
    const flight = ask().finally(() => this.flights.delete(question))
    this.flights.set(question, flight)
    return flight
  }

  private refusal(circuit: string): { status: 'unavailable'; reason: string; retryAfter: number } | null {
    const now = Date.now()
    const { allowed, breaker } = allow(this.breaker(circuit), now)
    this.keep(circuit, breaker)
    if (allowed) return null
    // a probe is out, and its answer is known in seconds
    const retryAfter = breaker.probing ? PROBE : Math.ceil((breaker.openUntil - now) / 1000)
    return { status: 'unavailable', reason: circuitOpenMessage(retryAfter), retryAfter }
  }

  /**
   * How many seconds a circuit stays open; null when it is closed or probing. A queued call asks just before it
   * goes out.
   */
  private rests(circuit: string): number | null {
    const { openUntil, probing } = this.breaker(circuit)
    const left = openUntil - Date.now()
    return left > 0 && !probing ? Math.ceil(left / 1000) : null
  }

  private breaker(circuit: string): Breaker {
    return breakerIn(this.ctx.storage.kv.get(`${this.chosen.id} ${circuit}`))
  }

  private keep(circuit: string, breaker: Breaker): void {
    this.ctx.storage.kv.put(`${this.chosen.id} ${circuit}`, breaker)
  }

  /** The name of the circuit that an endpoint belongs to. */
  private circuitWith(endpoint: string): string {
    const circuit = this.chosen.circuits.find(({ endpoints }) => endpoints.includes(endpoint))
    if (!circuit) throw new Error(`no circuit of ${this.chosen.name} has the endpoint ${endpoint}`)
    return circuit.name
  }

  private note(call: UpstreamCall): void {
    const { endpoint, outcome, ms, retryAfter } = call
    const source = this.chosen.id
    log('upstream', { source, endpoint, outcome, ms })
    this.ctx.storage.sql.exec(
      'INSERT INTO upstream_calls VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1',
      source,
      endpoint,
      outcome,
    )
    const circuit = this.circuitWith(endpoint)
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
      log('circuit opened', { source, endpoint: circuit, seconds: (after.openUntil - now) / 1000 })
    this.keep(circuit, after)
  }
}
