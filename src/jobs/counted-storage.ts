import { type Resource, spend } from '../storage/usage.ts'

/** An object's own storage with its rows counted, as Cloudflare bills them: each key, and the alarm, is a row. */
export function countedStorage(storage: DurableObjectStorage): DurableObjectStorage {
  const kv = counting(storage.kv, {
    get: 'objectRowsRead',
    put: 'objectRowsWritten',
    delete: 'objectRowsWritten',
  })
  const counted = counting(storage, { setAlarm: 'objectRowsWritten', deleteAlarm: 'objectRowsWritten' })
  return new Proxy(counted, { get: (target, name) => (name === 'kv' ? kv : Reflect.get(target, name)) })
}

/** The same, with one row counted for each call of these methods. */
function counting<T extends object>(part: T, rows: { [method: string]: Resource }): T {
  return new Proxy(part, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown
      if (typeof value !== 'function') return value
      return (...given: unknown[]) => {
        const row = rows[String(name)]
        if (row !== undefined) spend(row)
        return Reflect.apply(value, target, given) as unknown
      }
    },
  })
}
