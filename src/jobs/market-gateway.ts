import { DurableObject } from 'cloudflare:workers'
import { quotesByChart } from '../market/batch.ts'
import { withBudget } from '../market/http/call-budget.ts'
import { type Circuits, circuits } from '../market/http/circuits.ts'
import type { Answered, Fetched, MarketSource, Quoted, SourceDefinition } from '../market/source.ts'
import type { MarketConfig } from '../market/sources.ts'
import { circuitOpenMessage, type UpstreamCall } from '../market/http/polite-fetch.ts'
import { type Day, dayAt } from '../portfolio/day.ts'
import type { History } from '../portfolio/instrument.ts'
import { MINUTE } from '../portfolio/time.ts'
import { spend } from '../storage/usage.ts'
import { countBusyTime } from './busy.ts'
import { handOver } from './counters.ts'
import { log } from './log.ts'
import { sourceOf } from './source.ts'

/**
 * How many symbols a minute may be priced otherwise while the quotes fail: slower than by the quotes, since it is then
 * that the source asks to slow down. The plainer way takes twenty a call, and a chart is a call of its own.
 */
const OTHERWISE = { plain: 20, chart: 10 }

/**
 * The only way out to the market, one for the whole app: one cookie and crumb, one queue of requests, one memory of
 * what the source refused. A source's library must not live in the Worker itself, where a request that waits for
 * another request's I/O is killed.
 */
export class MarketGateway extends DurableObject<Env> {
  private readonly chosen: SourceDefinition<MarketConfig>
  private readonly source: MarketSource
  private readonly circuits: Circuits
  /** The questions that are out, so that the same question is asked once. */
  private readonly flights = new Map<string, Promise<unknown>>()
  /** How many symbols were asked for otherwise in this minute. */
  private otherwise = { minute: 0, plain: 0, chart: 0 }

  static {
    countBusyTime(this.prototype)
  }

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.chosen = sourceOf(env)
    this.createCalls()
    const { kv } = ctx.storage
    const put = (name: string, value: unknown) => {
      kv.put(name, value)
      spend('objectRowsWritten')
    }
    const key = (name: string) => `${this.chosen.id} ${name}`
    this.circuits = circuits(
      this.chosen.circuits,
      {
        get: (circuit) => kv.get(key(circuit)),
        put: (circuit, breaker) => put(key(circuit), breaker),
      },
      () => Date.now(),
    )
    this.source = this.chosen.connect({
      fetch: this.network(),
      now: () => Date.now(),
      onCall: (call) => this.note(call),
      onDeadEnd: (endpoint) => this.opened(this.circuits.deadEnd(endpoint)),
      rests: (endpoint) => this.circuits.rests(endpoint),
      deadEnds: {
        get: () => Number(kv.get(key('dead ends'))) || 0,
        set: (count) => put(key('dead ends'), count),
      },
    })
  }

  /** The prices of some symbols, in one upstream call for each fifty; an answer for every symbol. */
  quotes(symbols: string[]): Promise<Map<string, Answered<Quoted>>> {
    return this.once(`quotes ${symbols.toSorted().join(',')}`, async () =>
      this.allSigned(await this.guarded('quotes', symbols, () => this.source.quotes(symbols))),
    )
  }

  /**
   * The latest prices by other ways, for what somebody looks at while the quotes fail: twenty symbols a minute in one
   * call of the plainer way, and what that does not bring by chart, ten a minute. Beyond that they are unavailable,
   * and what was answered does not wait for what hangs.
   */
  otherQuotes(symbols: string[]): Promise<Map<string, Answered<Quoted>>> {
    return this.once(`other quotes ${symbols.toSorted().join(',')}`, async () => {
      const plainly = this.allowed('plain', symbols)
      const answers = await this.guarded('plainQuotes', plainly, () => this.source.plainQuotes!(plainly))
      const lacking = plainly.filter((symbol) => answers.get(symbol)?.status !== 'ok')
      const charted = this.allowed('chart', lacking)
      const charts = { history: (symbol: string, from: Day) => this.history(symbol, from) }
      for (const [symbol, answer] of await quotesByChart(charts, charted, dayAt(Date.now(), 'UTC'))) {
        // a rejection says more than a chart that did not come
        if (answer.status !== 'unavailable') answers.set(symbol, answer)
      }
      for (const symbol of symbols) if (!answers.has(symbol)) answers.set(symbol, nextMinute)
      return this.allSigned(answers)
    })
  }

  /** Daily bars, splits, dividends and the latest price, from a day on. */
  history(symbol: string, from: Day): Promise<Answered<History>> {
    return this.once(`history ${symbol} ${from}`, async () =>
      this.signed(
        this.circuits.refusal(this.chosen.circuitOf.history) ?? (await this.source.history(symbol, from)),
      ),
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
      openUntil: this.circuits.openUntil(name),
    }))
    const since = this.ctx.storage.kv.get('counting since')
    return { since: typeof since === 'number' ? since : null, calls, circuits }
  }

  /** The source's way out. */
  protected network(): typeof fetch {
    return this.chosen.network(this.env)
  }

  /** Asks for prices, or says for each symbol why they may not be asked for now. */
  private async guarded(
    question: 'quotes' | 'plainQuotes',
    symbols: readonly string[],
    ask: () => Promise<Map<string, Fetched<Quoted>>>,
  ): Promise<Map<string, Fetched<Quoted>>> {
    if (symbols.length === 0) return new Map()
    const refusal = this.circuits.refusal(this.chosen.circuitOf[question])
    return refusal ? new Map(symbols.map((symbol) => [symbol, refusal])) : ask()
  }

  /** The first of these symbols, as many as this minute still allows by that way; they are counted. */
  private allowed(way: 'plain' | 'chart', symbols: readonly string[]): string[] {
    const minute = Math.floor(Date.now() / MINUTE)
    if (this.otherwise.minute !== minute) this.otherwise = { minute, plain: 0, chart: 0 }
    const requested = symbols.slice(0, OTHERWISE[way] - this.otherwise[way])
    this.otherwise[way] += requested.length
    return requested
  }

  private allSigned(answers: Map<string, Fetched<Quoted>>): Map<string, Answered<Quoted>> {
    return new Map([...answers].map(([symbol, answer]) => [symbol, this.signed(answer)]))
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

  /** One flight for the same question, and one budget of calls for each. */
  private once<T>(question: string, ask: () => Promise<T>): Promise<T> {
    const underway = this.flights.get(question) as Promise<T> | undefined
    if (underway) return underway
    const flight = withBudget(ask).finally(() => {
      this.flights.delete(question)
      // the object may have an isolate of its own, and its counts no other way out
      this.ctx.waitUntil(handOver(this.env.DB, Date.now()))
    })
    this.flights.set(question, flight)
    return flight
  }

  private note(call: UpstreamCall): void {
    const { endpoint, outcome, ms } = call
    const source = this.chosen.id
    log('upstream', { source, endpoint, outcome, ms })
    this.ctx.storage.sql.exec(
      'INSERT INTO upstream_calls VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1',
      source,
      endpoint,
      outcome,
    )
    spend('objectRowsWritten')
    this.opened(this.circuits.note(call))
  }

  private opened(opened: ReturnType<Circuits['note']>): void {
    if (!opened) return
    const { circuit, seconds } = opened
    log('circuit opened', { source: this.chosen.id, endpoint: circuit, seconds })
  }
}

const nextMinute: Fetched<never> = {
  status: 'unavailable',
  reason: circuitOpenMessage(60),
  retryAfter: 60,
}
