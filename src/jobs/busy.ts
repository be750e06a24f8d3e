import { spend } from '../storage/usage.ts'

/**
 * Counts the time in which an object of a class is at work, from the beginning of a call to its answer; calls that
 * overlap count once. That is what Cloudflare bills: an object that waits and may hibernate costs nothing. A call
 * is counted by whoever makes it (durable-objects.ts).
 */
export function countBusyTime(prototype: object): void {
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (name === 'constructor' || typeof value !== 'function') continue
    const method = value as (...given: unknown[]) => unknown
    Object.defineProperty(prototype, name, {
      configurable: true,
      writable: true,
      value(this: object, ...given: unknown[]): unknown {
        const end = begin(this)
        try {
          const answer = method.apply(this, given)
          if (answer instanceof Promise) void answer.then(end, end)
          else end()
          return answer
        } catch (error) {
          end()
          throw error
        }
      },
    })
  }
}

const atWork = new WeakMap<object, { calls: number; since: number }>()

function begin(object: object): () => void {
  const own = atWork.get(object) ?? { calls: 0, since: 0 }
  atWork.set(object, own)
  // not the clock of the app, which a test sets; both stand still while something is computed
  if (own.calls++ === 0) own.since = performance.now()
  return () => {
    if (--own.calls === 0) spend('objectMs', performance.now() - own.since)
  }
}
