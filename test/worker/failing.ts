import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'

/**
 * How a call fails: it is refused and does nothing, or it is carried out and its answer is lost on the way, which the
 * caller cannot tell apart.
 */
export type Fault = 'refused' | 'lost'

/** Decides by the number of the call, 1 for the first. */
export type Faults = (call: number) => Fault | null | Promise<Fault | null>

/** The real D1, some of whose calls fail; a batch is one call. `calls` and `writes` number what was asked of it. */
export function failingD1(
  real: D1Database,
  faults: Faults,
): { db: D1Database; calls: number[]; writes: number[] } {
  const calls: number[] = []
  const writes: number[] = []
  const originals = new WeakMap<D1PreparedStatement, D1PreparedStatement>()
  const reads = new WeakSet<D1PreparedStatement>()
  const call = async <T>(asked: D1PreparedStatement[], work: () => Promise<T>): Promise<T> => {
    const number = calls.length + 1
    calls.push(number)
    if (!asked.every((each) => reads.has(each))) writes.push(number)
    const fault = await faults(number)
    if (fault === 'refused') throw new Error('D1_ERROR: no connection')
    const answer = await work()
    if (fault === 'lost') throw new Error('D1_ERROR: Network connection lost.')
    return answer
  }
  const statement = (original: D1PreparedStatement, query: string): D1PreparedStatement => {
    const failing: D1PreparedStatement = new Proxy(original, {
      get(target, name) {
        const value = Reflect.get(target, name) as unknown
        if (typeof value !== 'function') return value
        if (name === 'bind') return (...values: unknown[]) => statement(target.bind(...values), query)
        return (...given: unknown[]) =>
          call([failing], () => Reflect.apply(value, target, given) as Promise<unknown>)
      },
    })
    originals.set(failing, original)
    if (/^\s*select/i.test(query)) reads.add(failing)
    return failing
  }
  const db = new Proxy(real, {
    get(target, name) {
      if (name === 'prepare') return (query: string) => statement(target.prepare(query), query)
      if (name !== 'batch') throw new Error(`D1 is asked for ${String(name)}, which cannot fail here`)
      return (batch: D1PreparedStatement[]) =>
        call(batch, () => target.batch(batch.map((each) => originals.get(each)!)))
    },
  })
  return { db, calls, writes }
}

/** The n-th call fails, and no other. */
export function nth(n: number, fault: Fault): Faults {
  return (call) => (call === n ? fault : null)
}

/** The real KV, some of whose calls throw; asked with the method's name. */
export function failingKv(real: KVNamespace, fails: (method: string) => boolean): KVNamespace {
  return new Proxy(real, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown
      if (typeof value !== 'function') return value
      return async (...given: unknown[]) => {
        if (fails(String(name)))
          throw new Error(`KV ${String(name).toUpperCase()} failed: 429 Too Many Requests`)
        return Reflect.apply(value, target, given) as unknown
      }
    },
  })
}

/**
 * The real coordinators, called from within: what they throw reaches the caller as over RPC, but the runtime does not
 * report it as uncaught besides.
 */
export const coordinators = {
  getByName: (name: string) =>
    new Proxy(
      {},
      {
        get:
          (_, method) =>
          async (...given: unknown[]) => {
            const ended = await runInDurableObject(env.PORTFOLIO.getByName(name), async (instance) => {
              const work = Reflect.get(instance, method) as (...given: unknown[]) => Promise<unknown>
              try {
                return { value: await work.apply(instance, given) }
              } catch (error) {
                return { error }
              }
            })
            if ('error' in ended) throw ended.error
            return ended.value
          },
      },
    ),
} as unknown as Env['PORTFOLIO']

/** Gives a portfolio's coordinator other bindings until it is evicted or given the real ones back. */
export async function rewire(id: string, bindings: Partial<Env>): Promise<void> {
  await runInDurableObject(env.PORTFOLIO.getByName(id), (instance) => {
    Object.assign(instance, { env: { ...env, ...bindings } })
  })
}
