import { type Day, dayNumber } from './day.ts'
import { countOf, fromNumber, type Price } from './decimal.ts'
import type { Bar } from './instrument.ts'
import { partitionPoint } from './partition-point.ts'

/** Closes by day, oldest first, in two columns of one length. Days count from 1970-01-01. */
export type PriceHistory = {
  readonly days: Int32Array
  readonly closes: Closes
}

/** A list where a close does not fit into 64 bits: from 922 million on. */
export type Closes = BigInt64Array | readonly Price[]

/** A close is carried forward however old; one that is older than so many days is stale (finance.md, "Prices"). */
export const STALE_DAYS = 7

/** Makes a history of bars that are oldest first; each close is converted to a decimal once. */
export function priceHistory(bars: readonly Bar[]): PriceHistory {
  return historyOfNumbers(
    bars.map((bar) => dayNumber(bar.day)),
    bars.map((bar) => bar.close),
  )
}

/** The same of day numbers and closes. A portfolio has a million of them, which are counted without a BigInt for each. */
export function historyOfNumbers(days: readonly number[], closes: readonly number[]): PriceHistory {
  const counts = new BigInt64Array(closes.length)
  const halves = halvesOf(counts)
  for (let i = 0; i < closes.length; i++) {
    const count = countOf(closes[i]!)
    if (Number.isNaN(count)) {
      const close = fromNumber(closes[i]!)
      if (BigInt.asIntN(64, close) !== close) return historyOf(days, closes.map(fromNumber))
      counts[i] = close
    } else {
      const upper = Math.floor(count / 2 ** 32)
      halves[2 * i] = count - upper * 2 ** 32
      halves[2 * i + 1] = upper
    }
  }
  return { days: shared(Int32Array.from(days)), closes: counts }
}

/** Makes a history of days and closes, oldest first. */
export function historyOf(days: Iterable<number>, closes: readonly Price[]): PriceHistory {
  return { days: shared(Int32Array.from(days)), closes: fit(closes) ? BigInt64Array.from(closes) : closes }
}

function fit(closes: readonly Price[]): boolean {
  return closes.every((close) => BigInt.asIntN(64, close) === close)
}

/** Returns a history that goes on with later points, oldest first; one of its last day stands for that day's close. */
export function continued(
  history: PriceHistory,
  later: readonly { day: number; close: Price }[],
): PriceHistory {
  if (later.length === 0) return history
  const kept = lastIndexUpTo(history, later[0]!.day - 1) + 1
  const days = continuedDays(history.days, kept, later)
  const added = later.map(({ close }) => close)
  if (!(history.closes instanceof BigInt64Array && fit(added)))
    return { days, closes: [...history.closes.slice(0, kept), ...added] }
  const closes = new BigInt64Array(kept + later.length)
  closes.set(history.closes.subarray(0, kept))
  closes.set(added, kept)
  return { days, closes }
}

/** Histories of the same days mostly go on with the same days, one after the other. */
function continuedDays(before: Int32Array, kept: number, later: readonly { day: number }[]): Int32Array {
  const isLatest =
    latest.before === before &&
    latest.kept === kept &&
    latest.days.length === kept + later.length &&
    later.every(({ day }, i) => latest.days[kept + i] === day)
  if (isLatest) return latest.days
  const days = new Int32Array(kept + later.length)
  days.set(before.subarray(0, kept))
  later.forEach(({ day }, i) => (days[kept + i] = day))
  latest = { before, kept, days: shared(days) }
  return latest.days
}

const none: Int32Array = new Int32Array(0)
let latest = { before: none, kept: 0, days: none }

/** So many lists of days are remembered, the latest of each length. */
const CALENDARS = 16

const calendars = new Map<number, Int32Array>()

/** Most symbols of an exchange have closes of the same days: they are kept once, a third of what histories take. */
function shared(days: Int32Array): Int32Array {
  const known = calendars.get(days.length)
  if (known && areSame(known, days)) return known
  calendars.delete(days.length)
  calendars.set(days.length, days)
  if (calendars.size > CALENDARS) calendars.delete(calendars.keys().next().value!)
  return days
}

/** True for lists of the same days. */
export function areSame(a: Int32Array, b: Int32Array): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Returns a history up to a day; the same one when it has nothing later. */
export function upTo(history: PriceHistory, day: Day): PriceHistory {
  const kept = lastIndexUpTo(history, dayNumber(day)) + 1
  const { days, closes } = history
  return kept === days.length ? history : { days: days.subarray(0, kept), closes: closes.slice(0, kept) }
}

export const noPrices: PriceHistory = historyOf([], [])

/** Returns a close by its index, as the nearest double to what it counts (1e-10). Reading halves makes no BigInt. */
export function nearestCounts(closes: Closes): (index: number) => number {
  if (!(closes instanceof BigInt64Array)) return (index) => Number(closes[index])
  const halves = halvesOf(closes)
  return (index) => countIn(halves, index)
}

/** The same of closes whose halves are known. */
export function countIn(halves: Int32Array, index: number): number {
  return halves[2 * index + 1]! * 2 ** 32 + (halves[2 * index]! >>> 0)
}

/** Returns what no close counts more than, whatever its sign: at most twice as much as the largest. */
export function boundOfCounts(halves: Int32Array): number {
  let bits = 0
  for (let upper = 1; upper < halves.length; upper += 2) {
    const half = halves[upper]!
    // of what is negative every bit counts that is not set
    bits |= half ^ (half >> 31)
  }
  return 2 ** (64 - Math.clz32(bits))
}

/** Returns the index of the first day or close in which two histories differ; the length of the shorter at most. */
export function firstDifference(a: PriceHistory, b: PriceHistory): number {
  const length = Math.min(a.days.length, b.days.length)
  const isSame = sameCloses(a.closes, b.closes)
  let i = 0
  while (i < length && a.days[i] === b.days[i] && isSame(i)) i++
  return i
}

function sameCloses(a: Closes, b: Closes): (index: number) => boolean {
  if (!(a instanceof BigInt64Array && b instanceof BigInt64Array)) return (i) => a[i] === b[i]
  const [ours, theirs] = [halvesOf(a), halvesOf(b)]
  return (i) => ours[2 * i] === theirs[2 * i] && ours[2 * i + 1] === theirs[2 * i + 1]
}

/** The lower half of each close, and its upper half after it. */
export function halvesOf({ buffer, byteOffset, length }: BigInt64Array): Int32Array {
  return new Int32Array(buffer, byteOffset, 2 * length)
}

/**
 * Returns the index of the last close on or before a day, −1 when there is none. A caller that walks forward passes
 * the last answer as `hint`, so that only the days in between are read.
 */
export function lastIndexUpTo({ days }: Pick<PriceHistory, 'days'>, day: number, hint = -1): number {
  if (hint >= 0) {
    let i = hint
    while (i + 1 < days.length && days[i + 1]! <= day) i++
    return i
  }
  return partitionPoint(days, (each) => each <= day) - 1
}

/**
 * Returns the same for a history of which thousands of days are asked, in any order: each is looked up in a table of all
 * days between the first close and the last.
 */
export function lastIndexes(days: Int32Array): (day: number) => number {
  const [first = 0, last = -1] = [days[0], days.at(-1)]
  const indexes = new Int32Array(last - first + 1)
  for (let day = first, index = 0; day <= last; day++) {
    if (days[index + 1] === day) index++
    indexes[day - first] = index
  }
  return (day) => (day < first ? -1 : day > last ? days.length - 1 : indexes[day - first]!)
}
