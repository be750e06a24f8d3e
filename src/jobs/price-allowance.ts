import { MINUTE } from '../portfolio/time.ts'

/**
 * How many symbols a minute may be priced otherwise while the quotes fail: slower than by the quotes, since it is then
 * that the source asks to slow down. The plainer way takes twenty a call; a chart is a call of its own, and so is a
 * price of a second source. A search is two calls.
 */
const MOST = { plain: 20, chart: 10, second: 20, search: 5 }

/** What a reader may have asked besides the quotes: a price by another way, or a search. */
type OtherWay = keyof typeof MOST

/** Returns the first of some symbols, as many as the minute still allows by that way; they are counted. */
export type PriceAllowance = (way: OtherWay, symbols: readonly string[], now: number) => string[]

export function priceAllowance(): PriceAllowance {
  let used = { minute: 0, plain: 0, chart: 0, second: 0, search: 0 }
  return (way, symbols, now) => {
    const minute = Math.floor(now / MINUTE)
    if (used.minute !== minute) used = { minute, plain: 0, chart: 0, second: 0, search: 0 }
    const allowed = symbols.slice(0, MOST[way] - used[way])
    used[way] += allowed.length
    return allowed
  }
}

/** Counts calls by the minute: how many there were in this one and the one before. */
export function recentCalls() {
  let last = { minute: 0, calls: 0, before: 0 }
  const at = (now: number) => {
    const minute = Math.floor(now / MINUTE)
    if (minute === last.minute + 1) last = { minute, calls: 0, before: last.calls }
    else if (minute !== last.minute) last = { minute, calls: 0, before: 0 }
    return last
  }
  return {
    add: (calls: number, now: number): void => void (at(now).calls += calls),
    recent: (now: number): number => at(now).calls + at(now).before,
  }
}
