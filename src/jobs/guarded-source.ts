import { type Circuits, circuits } from '../market/http/circuits.ts'
import { circuitOpenMessage, type UpstreamCall } from '../market/http/polite-fetch.ts'
import {
  type Answered,
  type Fetched,
  type MarketSource,
  type Quoted,
  type SourceDefinition,
} from '../market/source.ts'
import type { MarketConfig } from '../market/sources.ts'
import type { Day } from '../portfolio/day.ts'
import type { History } from '../portfolio/instrument.ts'
import { countedStorage } from './counted-storage.ts'
import { log } from './log.ts'

/** A source of prices behind its circuits. */
export type GuardedSource = {
  definition: SourceDefinition<MarketConfig>
  circuits: Circuits
  source: MarketSource
}

/** What a source calls by, and who is told how its calls have ended. */
type Surroundings = {
  env: Env
  storage: DurableObjectStorage
  fetch: typeof fetch
  onCall: (call: UpstreamCall) => void
  onDeadEnd: (endpoint: string) => void
}

/** Connects a source. Its circuits, its cookies and the count of its dead ends are stored, and so outlive it. */
export function guardedSource(
  definition: SourceDefinition<MarketConfig>,
  { env, storage, fetch, onCall, onDeadEnd }: Surroundings,
): GuardedSource {
  const { kv } = countedStorage(storage)
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
      fetch,
      now: () => Date.now(),
      onCall: (call) => {
        onCall(call)
        opened(guards.note(call))
      },
      onDeadEnd: (endpoint) => {
        onDeadEnd(endpoint)
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
    env,
  )
  return { definition, circuits: guards, source }
}

/** Asks a source for prices, or says for each symbol why it may not be asked now. None of a source that has none. */
export async function pricesOf(
  asked: GuardedSource,
  question: 'quotes' | 'plainQuotes',
  symbols: readonly string[],
): Promise<Map<string, Answered<Quoted>>> {
  const circuit = asked.definition.circuitOf[question]
  const { source } = asked
  if (symbols.length === 0 || circuit === undefined) return new Map()
  const refusal = asked.circuits.refusal(circuit)
  const answers = refusal
    ? symbols.map((symbol) => [symbol, refusal] as const)
    : await source[question]!(symbols)
  return new Map([...answers].map(([symbol, answer]) => [symbol, signed(asked, answer)]))
}

/** Asks a source for the history of a symbol, or says why it may not be asked now. */
export async function historyOf(asked: GuardedSource, symbol: string, from: Day): Promise<Answered<History>> {
  const circuit = asked.definition.circuitOf.history
  if (circuit === undefined) return signed(asked, { status: 'rejected', reason: 'it has no histories' })
  const refusal = asked.circuits.refusal(circuit)
  return signed(asked, refusal ?? (await asked.source.history!(symbol, from)))
}

/** An answer with the name of the source that gave it. */
export function signed<T>({ definition }: GuardedSource, answer: Fetched<T>): Answered<T> {
  return { ...answer, source: definition.name }
}

/** The answer to what a minute allows no more of. */
export const nextMinute: Fetched<never> = {
  status: 'unavailable',
  reason: circuitOpenMessage(60),
  retryAfter: 60,
}
