import { afterSwap } from './htmx.ts'
import { outdated } from './regions.ts'

/** A browser's timer and the server's clock may differ by this many milliseconds. */
const MARGIN = 1_000

/**
 * Keeps the age of prices and the state of the market current. They change without a message, so the server names the
 * instant until which they are right. The page then requests the regions that show them; a hidden page waits until it is
 * visible again.
 */
export function ageing(): void {
  let waitsFor: string | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let due = false

  const wait = () => {
    const { now, until } = document.querySelector<HTMLElement>('#freshness')?.dataset ?? {}
    if (until === undefined || until === waitsFor) return
    waitsFor = until
    due = false
    clearTimeout(timer)
    timer = setTimeout(
      () => {
        due = true
        ask()
      },
      Number(until) - Number(now) + MARGIN,
    )
  }
  const ask = () => {
    if (!due || document.hidden || !navigator.onLine) return
    due = false
    waitsFor = undefined
    outdated(['freshness', 'holdings', 'chart'])
  }

  afterSwap(wait)
  document.addEventListener('visibilitychange', ask)
  addEventListener('online', ask)
  wait()
}
