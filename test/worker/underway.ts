import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { vi } from 'vitest'
import { isUnderway, type RefreshState } from '../../src/coordinator/refresh-state.ts'
import { underway, until } from './left-over.ts'

/** Waits until nothing that a request has left running is under way, and no message. What is delayed is not waited for. */
export function nothingUnderway(): Promise<void> {
  return until(underway)
}

/**
 * Waits until nothing is under way that could still change what is read of a portfolio: nothing that a request has left
 * running, no message, no refresh, and no turn of the coordinator.
 */
export function nothingBehind(id: string): Promise<void> {
  return until(async () => {
    const named = underway()
    if (named !== null) return named
    const refresh = await runInDurableObject(env.PORTFOLIO.getByName(id), async (object, { storage }) => {
      // behind whatever it is doing
      await (object as unknown as Turns).inTurn(() => Promise.resolve())
      return storage.kv.get<RefreshState>('refresh')
    })
    if (refresh === undefined) return 'no refresh was begun'
    // what was begun meanwhile may have asked for another turn
    return isUnderway(refresh) ? `the refresh is ${refresh.status}` : underway()
  })
}

type Turns = { inTurn(work: () => Promise<void>): Promise<void> }

/** Waits until a check holds: what it is about happens behind what a test did, and no machine is too slow for it. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 60_000, interval: 20 })
}
