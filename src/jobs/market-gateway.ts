import { DurableObject } from 'cloudflare:workers'
import { lateCharts } from '../market/batch.ts'
import { withBudget } from '../market/http/call-budget.ts'
import { recentPrices } from '../market/recent-prices.ts'
import { type Answered, MOST_SYMBOLS, type Quoted, type SourceDefinition } from '../market/source.ts'
import type { MarketConfig } from '../market/sources.ts'
import { addDays, type Day } from '../portfolio/day.ts'
import type { History, Instrument, Security } from '../portfolio/instrument.ts'
import { asTraded } from '../portfolio/split.ts'
import { countBusyTime } from './busy.ts'
import { type CallingPlace, callingPlace } from './calling-place.ts'
import { handOver } from './counters.ts'
import {
  type GuardedSource,
  guardedSource,
  historyOf,
  nextMinute,
  pricesOf,
  signed,
} from './guarded-source.ts'
import { log } from './log.ts'
import { type PriceAllowance, priceAllowance, recentCalls } from './price-allowance.ts'
import { historyOfAny, otherQuotesOf, type Sources } from './second-sources.ts'
import { secondSourcesOf, sourceOf } from './source.ts'
import { type Ended, type UpstreamCalls, upstreamCalls } from './upstream-calls.ts'

/**
 * The only way out to the market, one for the whole app: one cookie and crumb, one queue of requests, one memory of
 * what the source refused. A source's library must not live in the Worker itself, where a request that waits for
 * another request's I/O is killed.
 */
export class MarketGateway extends DurableObject<Env> {
  private readonly markets: Sources
  /** The questions that are out, so that the same question is asked once. */
  private readonly flights = new Map<string, Promise<unknown>>()
  private readonly allowed: PriceAllowance = priceAllowance()
  private readonly late = lateCharts(() => Date.now())
  private readonly recent = recentPrices<Answered<Quoted>>(() => Date.now())
  private readonly asides = recentCalls()
  private readonly calls: UpstreamCalls
  private readonly place: CallingPlace

  static {
    countBusyTime(this.prototype)
  }

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    const chosen = sourceOf(env)
    this.calls = upstreamCalls(ctx.storage, chosen.id, Date.now())
    this.place = callingPlace(ctx.storage, () => {
      const { definition } = this.markets[0]
      return !definition.isInvented && (definition.isDirect?.(this.env) ?? false)
    })
    this.markets = [this.marketOf(chosen), ...secondSourcesOf(env).map((each) => this.marketOf(each))]
  }

  /** The prices of some symbols, in one upstream call for each fifty; an answer for every symbol. */
  quotes(symbols: string[]): Promise<Map<string, Answered<Quoted>>> {
    return this.once(`quotes ${symbols.toSorted().join(',')}`, async () => {
      const recent = this.recent.take(symbols)
      const others = symbols.filter((symbol) => !recent.has(symbol))
      return new Map([...recent, ...(await pricesOf(this.markets[0], 'quotes', others))])
    })
  }

  /**
   * The latest prices by other ways, for what somebody looks at while the quotes fail: twenty symbols a minute in one
   * call of the plainer way, what that does not bring by chart, ten a minute, and what is lacking then from the second
   * sources that know of it. Beyond that they are unavailable, and what was answered does not wait for what hangs. Of
   * those `awaited` a history is on its way, which is a chart and brings the price.
   */
  otherQuotes(symbols: string[], awaited: string[] = []): Promise<Map<string, Answered<Quoted>>> {
    const question = [symbols, awaited].map((each) => each.toSorted().join(',')).join(' ')
    return this.once(`other quotes ${question}`, () =>
      otherQuotesOf(this.markets, this.allowed, this.late, symbols, awaited),
    )
  }

  /**
   * Daily bars, splits, dividends and the latest price, from a day on. While the chosen source is left alone, a second
   * one answers for the symbols that it knows of, and for an exchange rate that the chosen one lacks.
   */
  history(symbol: string, from: Day): Promise<Answered<History>> {
    // it brings a price, after which an earlier one is no answer
    this.recent.take([symbol])
    return this.once(`history ${symbol} ${from}`, () => historyOfAny(this.markets, symbol, from))
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
      const priced = await pricesOf(
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
          const answer = await historyOf(chosen, symbol, addDays(day, -5))
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
      const answers = await pricesOf(this.markets[0], 'quotes', symbols)
      this.recent.keep(answers)
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
    return { since: this.calls.since(), calls, ended, circuits, place: this.place.name() }
  }

  /** A source's way out. */
  protected network(source: SourceDefinition<MarketConfig>): typeof fetch {
    return source.network(this.env)
  }

  /** A source that calls by that way, and whose calls are counted. */
  protected marketOf(definition: SourceDefinition<MarketConfig>): GuardedSource {
    const { id } = definition
    return guardedSource(definition, {
      env: this.env,
      storage: this.ctx.storage,
      fetch: this.network(definition),
      onCall: ({ endpoint, outcome, ms }) => {
        log('upstream', { source: id, endpoint, outcome, ms })
        this.calls.note({ source: id, endpoint, outcome }, 1, Date.now())
        void this.place.locate()
      },
      onDeadEnd: (endpoint) => this.calls.note({ source: id, endpoint, outcome: 'dead-end' }, 0, Date.now()),
    })
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
}
