/** What a piece of work asked of the platform. */
export type Counts = {
  kvReads: number
  kvWrites: number
  d1Trips: number
  d1Queries: number
  d1RowsRead: number
  d1RowsWritten: number
  objectCalls: number
  messages: number
}

export const nothing: Counts = {
  kvReads: 0,
  kvWrites: 0,
  d1Trips: 0,
  d1Queries: 0,
  d1RowsRead: 0,
  d1RowsWritten: 0,
  objectCalls: 0,
  messages: 0,
}

/**
 * The same bindings, each call counted. A bulk read of KV is one call, a batch of D1 one trip with many queries.
 * `statements` are the texts of what D1 was asked. `payer` says whose counts these are, where that changes.
 */
export function countingEnv(
  real: Env,
  payer?: () => Counts,
): { env: Env; counts: Counts; statements: string[] } {
  const counts = { ...nothing }
  const statements: string[] = []
  const own = payer ?? (() => counts)
  const env: Env = {
    ...real,
    DB: countingD1(real.DB, own, statements),
    SNAPSHOTS: watched(real.SNAPSHOTS, (name) => {
      if (name === 'put' || name === 'delete') own().kvWrites++
      else own().kvReads++
    }),
    PORTFOLIO: watchedObjects(real.PORTFOLIO, () => own().objectCalls++),
    MARKET_GATEWAY: watchedObjects(real.MARKET_GATEWAY, () => own().objectCalls++),
    PRICE_DESK: watchedObjects(real.PRICE_DESK, () => own().objectCalls++),
    WRONG_TRIES: watchedObjects(real.WRONG_TRIES, () => own().objectCalls++),
    ALLOWANCES: watchedObjects(real.ALLOWANCES, () => own().objectCalls++),
    REFRESH: watched(real.REFRESH, () => own().messages++),
    REFRESH_DLQ: watched(real.REFRESH_DLQ, () => own().messages++),
  }
  return { env, counts, statements }
}

export function countingD1(
  real: D1Database,
  counts: Counts | (() => Counts),
  statements: string[] = [],
): D1Database {
  const own = typeof counts === 'function' ? counts : () => counts
  const originals = new WeakMap<D1PreparedStatement, { prepared: D1PreparedStatement; query: string }>()
  const note = ({ meta }: D1Result) => {
    own().d1RowsWritten += meta.rows_written
    own().d1RowsRead += meta.rows_read
  }
  const statement = (original: D1PreparedStatement, query: string): D1PreparedStatement => {
    const counted = new Proxy(original, {
      get(target, name) {
        const value = Reflect.get(target, name) as unknown
        if (typeof value !== 'function') return value
        if (name === 'bind') return (...values: unknown[]) => statement(target.bind(...values), query)
        return async (...given: unknown[]) => {
          own().d1Trips++
          own().d1Queries++
          statements.push(query)
          // these two do not say how many rows they read: asked once more, they do
          if (name === 'raw' || name === 'first') note(await target.all())
          const answer = (await Reflect.apply(value, target, given)) as unknown
          if (name === 'all' || name === 'run') note(answer as D1Result)
          return answer
        }
      },
    })
    originals.set(counted, { prepared: original, query })
    return counted
  }
  return new Proxy(real, {
    get(target, name) {
      if (name === 'prepare') return (query: string) => statement(target.prepare(query), query)
      if (name === 'batch') {
        return async (batch: D1PreparedStatement[]) => {
          own().d1Trips++
          own().d1Queries += batch.length
          const known = batch.map((each) => originals.get(each)!)
          statements.push(...known.map(({ query }) => query))
          const answers = await target.batch(known.map(({ prepared }) => prepared))
          answers.forEach(note)
          return answers
        }
      }
      throw new Error(`D1 is asked for ${String(name)}, which is not counted`)
    },
  })
}

/** Each call of a method of an object; that its name is looked up asks nothing of the platform. */
function watchedObjects<T extends { getByName(name: string): object }>(namespace: T, note: () => void): T {
  return new Proxy(namespace, {
    get(target, name) {
      if (name === 'getByName') return (id: string) => watched(target.getByName(id), note)
      throw new Error(`an object is asked for by ${String(name)}, which is not counted`)
    },
  })
}

function watched<T extends object>(binding: T, note: (method: string) => void): T {
  return new Proxy(binding, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown
      if (typeof value !== 'function') return value
      return (...given: unknown[]) => {
        note(String(name))
        return Reflect.apply(value, target, given) as unknown
      }
    },
  })
}
