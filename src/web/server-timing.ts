import { createMiddleware } from 'hono/factory'
import type { AppEnv } from './request.ts'

/** The services that a request waits for. */
const services = { kv: 'read', d1: 'query', do: 'call' } as const
type Service = keyof typeof services

/** One wait, in milliseconds of the isolate's clock; `end` is null while it lasts. */
export type Wait = { service: Service; times: number; start: number; end: number | null }

/**
 * Adds `Server-Timing` to every response: the number of calls to KV, D1 and Durable Objects, and the time spent waiting
 * for each. It is measured around the bindings. The counts are exact, but the clock of a Worker moves only with I/O:
 * the time of a call includes the computing before it, and computing after the last call (mostly rendering) is in no
 * time at all. Therefore there is no `render`.
 *
 * Hono's `timing` does not suffice: it counts nothing, each call would have to name its wait, and of two waits with
 * one name that overlap it forgets the first.
 */
export const serverTiming = createMiddleware<AppEnv>(async (c, next) => {
  const waits: Wait[] = []
  const { env } = c
  const start = performance.now()
  c.env = {
    ...env,
    DB: timedD1(env.DB, waits),
    SNAPSHOTS: timed(env.SNAPSHOTS, 'kv', waits),
    PORTFOLIO: timedObjects(env.PORTFOLIO, waits),
    MARKET_GATEWAY: timedObjects(env.MARKET_GATEWAY, waits),
  }
  await next()
  c.header('server-timing', written(waits, performance.now() - start), { append: true })
})

/**
 * Writes the header: `kv;dur=0.8;desc="1 read", total;dur=0.9`. Waits that overlap count once, and waits that last
 * longer than the request are named.
 */
export function written(waits: readonly Wait[], total: number): string {
  const metrics = (Object.keys(services) as Service[]).flatMap((service) => {
    const own = waits.filter((wait) => wait.service === service)
    if (own.length === 0) return []
    const behind = own.filter(({ end }) => end === null).length
    const said = times(
      own.reduce((sum, wait) => sum + wait.times, 0),
      services[service],
    )
    return `${service};dur=${rounded(covered(own))};desc="${said}${behind > 0 ? ` (${behind} not waited for)` : ''}"`
  })
  return [...metrics, `total;dur=${rounded(total)};desc="by a clock that moves on I/O"`].join(', ')
}

/** The milliseconds in which at least one of the ended waits lasted. */
function covered(waits: readonly Wait[]): number {
  let sum = 0
  let until = -Infinity
  for (const { start, end } of waits.toSorted((a, b) => a.start - b.start)) {
    if (end === null || end <= until) continue
    sum += end - Math.max(start, until)
    until = end
  }
  return sum
}

function times(count: number, unit: string): string {
  if (count === 1) return `1 ${unit}`
  return `${count} ${unit === 'query' ? 'queries' : `${unit}s`}`
}

function rounded(ms: number): string {
  return String(Math.round(ms * 10) / 10)
}

/** Wraps a binding or a stub, and notes each call. */
function timed<T extends object>(binding: T, service: Service, waits: Wait[]): T {
  return new Proxy(binding, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown
      if (typeof value !== 'function') return value
      return (...given: unknown[]) => waited(Reflect.apply(value, target, given), service, 1, waits)
    },
  })
}

function timedObjects<T extends object>(namespace: T, waits: Wait[]): T {
  return new Proxy(namespace, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown
      if (typeof value !== 'function') return value
      if (name !== 'getByName') return (...given: unknown[]) => Reflect.apply(value, target, given) as unknown
      return (...given: unknown[]) => timed(Reflect.apply(value, target, given) as object, 'do', waits)
    },
  })
}

/** Wraps D1, its statements and batches. D1 accepts only its own statements in a batch, so they are unwrapped there. */
function timedD1(d1: D1Database, waits: Wait[]): D1Database {
  const originals = new WeakMap<D1PreparedStatement, D1PreparedStatement>()
  const statement = (original: D1PreparedStatement): D1PreparedStatement => {
    const stand = new Proxy(original, {
      get(target, name) {
        const value = Reflect.get(target, name) as unknown
        if (typeof value !== 'function') return value
        if (name === 'bind') return (...values: unknown[]) => statement(target.bind(...values))
        return (...given: unknown[]) => waited(Reflect.apply(value, target, given), 'd1', 1, waits)
      },
    })
    originals.set(stand, original)
    return stand
  }
  return new Proxy(d1, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown
      if (name === 'prepare') return (query: string) => statement(target.prepare(query))
      if (name === 'batch') {
        return (batch: D1PreparedStatement[]) =>
          waited(target.batch(batch.map((each) => originals.get(each) ?? each)), 'd1', batch.length, waits)
      }
      return typeof value === 'function'
        ? (...given: unknown[]) => waited(Reflect.apply(value, target, given), 'd1', 1, waits)
        : value
    },
  })
}

function waited<T>(answer: T, service: Service, times: number, waits: Wait[]): T {
  const wait: Wait = { service, times, start: performance.now(), end: null }
  waits.push(wait)
  const ended = () => void (wait.end = performance.now())
  void Promise.resolve(answer).then(ended, ended)
  return answer
}
