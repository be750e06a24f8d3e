import { DurableObject } from 'cloudflare:workers'
import { quotesByChart } from '../market/batch.ts'
import { withBudget } from '../market/http/call-budget.ts'
import { type Circuits, circuits } from '../market/http/circuits.ts'
import {
  type Answered,
  type Fetched,
  type MarketSource,
  MOST_SYMBOLS,
  type Quoted,
  type SourceDefinition,
} from '../market/source.ts'
import { record } from '../market/field.ts'
import type { MarketConfig } from '../market/sources.ts'
import { circuitOpenMessage, type UpstreamCall } from '../market/http/polite-fetch.ts'
import { addDays, type Day, dayAt } from '../portfolio/day.ts'
import { currenciesOf } from '../portfolio/exchange-rate.ts'
import type { History, Instrument, Security } from '../portfolio/instrument.ts'
import { asTraded } from '../portfolio/split.ts'
import { HOUR } from '../portfolio/time.ts'
import { countBusyTime } from './busy.ts'
import { countedStorage } from './counted-storage.ts'
import { handOver } from './counters.ts'
import { log } from './log.ts'
import { type PriceAllowance, priceAllowance, recentCalls } from './price-allowance.ts'
import { secondSourcesOf, sourceOf } from './source.ts'
import { type Ended, type UpstreamCalls, upstreamCalls } from './upstream-calls.ts'

/**
 * The only way out to the market, one for the whole app: one cookie and crumb, one queue of requests, one memory of
 * what the source refused. A source's library must not live in the Worker itself, where a request that waits for
 * another request's I/O is killed.
 */
export class MarketGateway extends DurableObject<Env> {
  /** The chosen source, and those that stand in for it. */
  private readonly markets: readonly [Market, ...Market[]]
  /** The questions that are out, so that the same question is asked once. */
  private readonly flights = new Map<string, Promise<unknown>>()
  private isLocated = false
  private readonly allowed: PriceAllowance = priceAllowance()
  private readonly asides = recentCalls()
  private readonly calls: UpstreamCalls

  static {
    countBusyTime(this.prototype)
  }

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    const chosen = sourceOf(env)
    this.calls = upstreamCalls(ctx.storage, chosen.id, Date.now())
    this.markets = [this.marketOf(chosen), ...secondSourcesOf(env).map((each) => this.marketOf(each))]
  }

  /** The prices of some symbols, in one upstream call for each fifty; an answer for every symbol. */
  quotes(symbols: string[]): Promise<Map<string, Answered<Quoted>>> {
    return this.once(`quotes ${symbols.toSorted().join(',')}`, () =>
      this.prices(this.markets[0], 'quotes', symbols),
    )
  }

  /**
   * The latest prices by other ways, for what somebody looks at while the quotes fail: twenty symbols a minute in one
   * call of the plainer way, what that does not bring by chart, ten a minute, and what is lacking then from the second
   * sources that know of it. Beyond that they are unavailable, and what was answered does not wait for what hangs.
   */
  otherQuotes(symbols: string[]): Promise<Map<string, Answered<Quoted>>> {
    return this.once(`other quotes ${symbols.toSorted().join(',')}`, async () => {
      const [chosen, ...others] = this.markets
      const plainly = this.allowed('plain', symbols, Date.now())
      const answers = await this.prices(chosen, 'plainQuotes', plainly)
      const keep = (found: Map<string, Answered<Quoted>>) => {
        // a rejection says more than a price that did not come
        for (const [symbol, answer] of found) if (answer.status !== 'unavailable') answers.set(symbol, answer)
      }
      const lacking = () => plainly.filter((symbol) => answers.get(symbol)?.status !== 'ok')
      const charts = { history: (symbol: string, from: Day) => this.historyOf(chosen, symbol, from) }
      const today = dayAt(Date.now(), 'UTC')
      const charted = await quotesByChart(charts, this.allowed('chart', lacking(), Date.now()), today)
      keep(new Map([...charted].map(([symbol, answer]) => [symbol, signed(chosen, answer)])))
      for (const other of others) {
        const known = lacking().filter(
          (symbol) => standsIn(other, symbol) && isMissed(answers.get(symbol)!, symbol),
        )
        const found = await this.prices(other, 'quotes', this.allowed('second', known, Date.now()))
        keep(found)
        for (const [symbol, { status }] of found)
          if (status === 'unavailable') answers.set(symbol, notForADay(answers.get(symbol)!))
      }
      for (const symbol of symbols) if (!answers.has(symbol)) answers.set(symbol, signed(chosen, nextMinute))
      return answers
    })
  }

  /**
   * Daily bars, splits, dividends and the latest price, from a day on. While the chosen source is left alone, a second
   * one answers for the symbols that it knows of, and for an exchange rate that the chosen one lacks.
   */
  history(symbol: string, from: Day): Promise<Answered<History>> {
    return this.once(`history ${symbol} ${from}`, async () => {
      const [chosen, ...others] = this.markets
      const answer = await this.historyOf(chosen, symbol, from)
      const isLeftAlone = chosen.circuits.isOpen(chosen.definition.circuitOf.history!)
      if (
        answer.status === 'ok' ||
        !isMissed(answer, symbol) ||
        (answer.status === 'unavailable' && !isLeftAlone)
      ) {
        return answer
      }
      let isOpen = false
      for (const other of others) {
        if (!standsIn(other, symbol)) continue
        const found = await this.historyOf(other, symbol, from)
        if (found.status === 'ok') return found
        isOpen ||= found.status === 'unavailable'
      }
      return isOpen ? notForADay(answer) : answer
    })
  }

  /**
   * Securities by a ticker, an ISIN or a part of a name, with the currencies that they trade in: two calls, at most five
   * times a minute. A source without a search has no answer, and one that does not say a currency leaves it null.
   */
  search(query: string): Promise<Answered<Security[]>> {
    return this.once(`search ${query}`, async () => {
      const [chosen] = this.markets
      const circuit = chosen.definition.circuitOf.search
      if (circuit === undefined) return signed(chosen, { status: 'rejected', reason: 'it has no search' })
      const refusal = chosen.circuits.refusal(circuit)
      if (refusal) return signed(chosen, refusal)
      if (this.allowed('search', [query], Date.now()).length === 0) return signed(chosen, nextMinute)
      this.asides.add(2, Date.now())
      const found = await chosen.source.search!(query)
      if (found.status !== 'ok' || found.value.length === 0) return signed(chosen, found)
      const priced = await this.prices(
        chosen,
        'plainQuotes',
        found.value.map(({ symbol }) => symbol),
      )
      const value = found.value.map((each) => {
        const answer = priced.get(each.symbol)
        return { ...each, currency: answer?.status === 'ok' ? answer.value.instrument.currency : null }
      })
      return signed(chosen, { status: 'ok', value })
    })
  }

  /**
   * What some listings closed at on a day, in major units and in the shares of that day, to tell which of them a trade was in:
   * a chart each, of the ten a minute. On a holiday it is the close before. A listing without one, or one too many, is not
   * in it.
   */
  closesOn(symbols: string[], day: Day): Promise<Map<string, number>> {
    return this.once(`closes ${day} ${symbols.join(',')}`, async () => {
      const [chosen] = this.markets
      const asked = this.allowed('chart', symbols, Date.now())
      this.asides.add(asked.length, Date.now())
      const found = await Promise.all(
        asked.map(async (symbol): Promise<[string, number][]> => {
          const answer = await this.historyOf(chosen, symbol, addDays(day, -5))
          if (answer.status !== 'ok') return []
          const bar = answer.value.bars.findLast((each) => each.day <= day)
          return bar ? [[symbol, asTraded(bar.close, answer.value.splits, bar.day)]] : []
        }),
      )
      return new Map(found.flat())
    })
  }

  /** The instruments behind tickers that nobody needs yet, null for one that the source does not know: one call for fifty. */
  instruments(symbols: string[]): Promise<Map<string, Instrument | null>> {
    return this.once(`instruments ${symbols.toSorted().join(',')}`, async () => {
      this.asides.add(Math.ceil(symbols.length / MOST_SYMBOLS), Date.now())
      const answers = await this.prices(this.markets[0], 'quotes', symbols)
      return new Map(
        [...answers].flatMap(([symbol, answer]): [string, Instrument | null][] => {
          if (answer.status === 'ok') return [[symbol, answer.value.instrument]]
          return answer.status === 'rejected' ? [[symbol, null]] : []
        }),
      )
    })
  }

  /** The calls of this minute and of the one before that no plan has asked for: searches, and what files need to be read. */
  asidesOf(now: number): number {
    return this.asides.recent(now)
  }

  /**
   * Upstream attempts since an instant (null: since before that was kept) by source, and until when each circuit of
   * the present source is open.
   */
  status(): {
    since: number | null
    calls: Omit<Ended, 'at'>[]
    /** When each endpoint last ended in each way, as far as that was noted. */
    ended: Ended[]
    /** The data center from which the calls go out; null while it is not known. */
    place: string | null
    circuits: { source: string; endpoint: string; openUntil: number }[]
  } {
    const ended = this.calls.all()
    const calls = ended
      .filter(({ count }) => count > 0)
      .map(({ source, endpoint, outcome, count }) => ({ source, endpoint, outcome, count }))
    const circuits = this.markets.flatMap(({ definition, circuits: own }) =>
      definition.circuits.map(({ name }) => ({
        source: definition.id,
        endpoint: name,
        openUntil: own.openUntil(name),
      })),
    )
    return { since: this.calls.since(), calls, ended, circuits, place: this.place().name }
  }

  /** A source's way out. */
  protected network(source: SourceDefinition<MarketConfig>): typeof fetch {
    return source.network(this.env)
  }

  /** A source behind its circuits, which outlive it. */
  protected marketOf(definition: SourceDefinition<MarketConfig>): Market {
    const { kv } = countedStorage(this.ctx.storage)
    const key = (name: string) => `${definition.id} ${name}`
    const guards = circuits(
      definition.circuits,
      {
        get: (circuit) => kv.get(key(circuit)),
        put: (circuit, breaker) => kv.put(key(circuit), breaker),
      },
      () => Date.now(),
    )
    const opened = (circuit: ReturnType<Circuits['note']>) => {
      if (!circuit) return
      log('circuit opened', { source: definition.id, endpoint: circuit.circuit, seconds: circuit.seconds })
    }
    const source = definition.connect(
      {
        fetch: this.network(definition),
        now: () => Date.now(),
        onCall: (call) => {
          this.count(definition.id, call)
          opened(guards.note(call))
        },
        onDeadEnd: (endpoint) => {
          this.calls.note({ source: definition.id, endpoint, outcome: 'dead-end' }, 0, Date.now())
          opened(guards.deadEnd(endpoint))
        },
        rests: (endpoint) => guards.rests(endpoint),
        deadEnds: {
          get: () => Number(kv.get(key('dead ends'))) || 0,
          set: (count) => kv.put(key('dead ends'), count),
        },
        cookies: {
          get: () => kv.get(key('cookies')),
          set: (cookies) => kv.put(key('cookies'), cookies),
        },
      },
      this.env,
    )
    return { definition, circuits: guards, source }
  }

  /** Asks a source for prices, or says for each symbol why it may not be asked now. None of a source that has none. */
  private async prices(
    market: Market,
    question: 'quotes' | 'plainQuotes',
    symbols: readonly string[],
  ): Promise<Map<string, Answered<Quoted>>> {
    const circuit = market.definition.circuitOf[question]
    const { source } = market
    if (symbols.length === 0 || circuit === undefined) return new Map()
    const refusal = market.circuits.refusal(circuit)
    const answers = refusal
      ? symbols.map((symbol) => [symbol, refusal] as const)
      : await source[question]!(symbols)
    return new Map([...answers].map(([symbol, answer]) => [symbol, signed(market, answer)]))
  }

  private async historyOf(market: Market, symbol: string, from: Day): Promise<Answered<History>> {
    const circuit = market.definition.circuitOf.history
    if (circuit === undefined) return signed(market, { status: 'rejected', reason: 'it has no histories' })
    const refusal = market.circuits.refusal(circuit)
    return signed(market, refusal ?? (await market.source.history!(symbol, from)))
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

  private count(source: string, { endpoint, outcome, ms }: UpstreamCall): void {
    log('upstream', { source, endpoint, outcome, ms })
    this.calls.note({ source, endpoint, outcome }, 1, Date.now())
    void this.locate()
  }

  /** Where calls were last seen to go out from. It outlives the object, which ends seconds after its last call. */
  private place(): { name: string | null; at: number } {
    const { name, at } = record(countedStorage(this.ctx.storage).kv.get('place'))
    return typeof name === 'string' && typeof at === 'number' && this.isLocal()
      ? { name, at }
      : { name: null, at: 0 }
  }

  /** True when calls go out from where this object is. */
  private isLocal(): boolean {
    const { definition } = this.markets[0]
    return !definition.isInvented && (definition.isDirect?.(this.env) ?? false)
  }

  /** Asks the platform where this object is, when that is where calls go out: once in its life, and once an hour. */
  private async locate(): Promise<void> {
    const now = Date.now()
    if (this.isLocated || !this.isLocal()) return
    this.isLocated = true
    if (now - this.place().at < HOUR) return
    try {
      const answer = await fetch('https://www.cloudflare.com/cdn-cgi/trace', {
        signal: AbortSignal.timeout(2000),
      })
      const name = /^colo=([A-Z]{3})$/m.exec(await answer.text())?.[1]
      if (name !== undefined) countedStorage(this.ctx.storage).kv.put('place', { name, at: now })
    } catch {
      // what is kept is the best that is known
    }
  }
}

/** A source with its circuits. */
type Market = { definition: SourceDefinition<MarketConfig>; circuits: Circuits; source: MarketSource }

function signed<T>({ definition }: Market, answer: Fetched<T>): Answered<T> {
  return { ...answer, source: definition.name }
}

function standsIn({ definition }: Market, symbol: string): boolean {
  return definition.covers?.(symbol) ?? false
}

/** True when another source may answer: none came, or it is an exchange rate, which all who know of it give alike. */
function isMissed({ status }: Answered<unknown>, symbol: string): boolean {
  return status === 'unavailable' || (status === 'rejected' && currenciesOf(symbol) !== null)
}

/** A rejection by one source while another, which may know more, did not answer: it stands for an hour, not for a day. */
function notForADay<T>(answer: Answered<T>): Answered<T> {
  return answer.status === 'rejected' ? { ...answer, noData: true } : answer
}

const nextMinute: Fetched<never> = {
  status: 'unavailable',
  reason: circuitOpenMessage(60),
  retryAfter: 60,
}
