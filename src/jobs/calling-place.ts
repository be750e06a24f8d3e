import { record } from '../market/field.ts'
import { HOUR } from '../portfolio/time.ts'
import { countedStorage } from './counted-storage.ts'

/** The data center from which an object's calls go out. */
export type CallingPlace = {
  /** Where that was last; null while it is not known. It outlives the object, which ends seconds after its last call. */
  name: () => string | null
  /** Asks the platform where this object is: once in its life, and once an hour. */
  locate: () => Promise<void>
}

/** `isLocal` says whether calls go out from where the object is, and from nowhere else. */
export function callingPlace(storage: DurableObjectStorage, isLocal: () => boolean): CallingPlace {
  const { kv } = countedStorage(storage)
  let isLocated = false
  const last = (): { name: string | null; at: number } => {
    const { name, at } = record(kv.get('place'))
    return typeof name === 'string' && typeof at === 'number' && isLocal()
      ? { name, at }
      : { name: null, at: 0 }
  }
  return {
    name: () => last().name,
    async locate() {
      const now = Date.now()
      if (isLocated || !isLocal()) return
      isLocated = true
      if (now - last().at < HOUR) return
      try {
        const answer = await fetch('https://www.cloudflare.com/cdn-cgi/trace', {
          signal: AbortSignal.timeout(2000),
        })
        const name = /^colo=([A-Z]{3})$/m.exec(await answer.text())?.[1]
        if (name !== undefined) kv.put('place', { name, at: now })
      } catch {
        // what is kept is the best that is known
      }
    },
  }
}
