import { afterSwap } from './htmx.ts'

/** By so much a browser's timer and the server's clock may differ, in milliseconds. */
const MARGIN = 1_000

/**
 * With no news at all a price grows old and a market closes. The server says until when what it says of time is right;
 * then the page asks once for the parts that show it. Not while nobody looks: then as soon as somebody does.
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
    for (const region of ['freshness', 'holdings', 'chart']) {
      document.body.dispatchEvent(new CustomEvent(`changed-${region}`))
    }
  }

  afterSwap(wait)
  document.addEventListener('visibilitychange', ask)
  addEventListener('online', ask)
  wait()
}
