import type { TotalReturn } from './benchmark.ts'
import type { Rebalancing } from './benchmark-spelling.ts'
import { type Day, dayNumber, dayOf } from './day.ts'
import { lastIndexes, lastIndexUpTo } from './price-history.ts'

/** One part of a blend: its weight, a part of 1, its total-return index and the days on which it has a close. */
export type PartIndex = { weight: number; index: TotalReturn; days: Int32Array; sessions: Int32Array }

/**
 * Returns the index of a blend, 1 at the close of `since`, or of the first later day on which all of its parts have a
 * price: on that day its money is put into the parts by their weights. Between two rebalancings it grows with the parts'
 * total returns, each by its share. It is rebalanced at the close of the first day of a period on which every part has a
 * close of its own. Before `since` it is what the parts bought on that day would have been worth. Null before the first
 * price of any part (finance.md, "Blends, fixed rates and price indexes").
 */
export function blendIndex(parts: readonly PartIndex[], rebalanced: Rebalancing, since: Day): TotalReturn {
  const starts = parts.map(({ days }) => days[0])
  if (starts.includes(undefined)) return () => null
  const start = Math.max(...(starts as number[]))
  const days = Int32Array.from(new Set(parts.flatMap((part) => [...part.days]).filter((day) => day >= start)))
  days.sort()
  const bought = Math.max(start, dayNumber(since))
  const units = parts.map(({ weight, index }) => weight / (index(dayOf(bought)) ?? 0))
  // a level of 0 buys nothing, and is no price
  if (units.includes(Infinity)) return () => null
  const levels = levelsOf(parts, days, rebalanced, bought, units)
  const indexOf = lastIndexes(days)
  return (day) => {
    const index = indexOf(dayNumber(day))
    return index < 0 ? null : levels[index]!
  }
}

function levelsOf(
  parts: readonly PartIndex[],
  days: Int32Array,
  rebalanced: Rebalancing,
  bought: number,
  firstUnits: readonly number[],
): Float64Array {
  const periodOf = periods[rebalanced]
  const units = [...firstUnits]
  const tradedAt = parts.map(() => -1)
  let period = periodOf(dayOf(bought))
  return Float64Array.from(days, (number) => {
    const day = dayOf(number)
    const own = parts.map(({ index }) => index(day)!)
    const level = own.reduce((sum, each, i) => sum + units[i]! * each, 0)
    if (number <= bought || periodOf(day) === period) return level
    const areTraded = parts.map(({ sessions }, i) => {
      tradedAt[i] = lastIndexUpTo({ days: sessions }, number, tradedAt[i])
      return sessions[tradedAt[i]!] === number && own[i]! > 0
    })
    if (areTraded.includes(false)) return level
    parts.forEach(({ weight }, i) => (units[i] = (weight * level) / own[i]!))
    period = periodOf(day)
    return level
  })
}

/** The period that a day is in. */
const periods: Record<Rebalancing, (day: Day) => string> = {
  yearly: (day) => day.slice(0, 4),
  quarterly: (day) => `${day.slice(0, 4)} ${Math.ceil(Number(day.slice(5, 7)) / 3)}`,
  monthly: (day) => day.slice(0, 7),
  never: () => '',
}

/** Returns the index of a yearly rate: (1 + rate)^(days ÷ 365). It has a level on every day. */
export function rateIndex(rate: number): TotalReturn {
  return (day) => (1 + rate) ** (dayNumber(day) / 365)
}
