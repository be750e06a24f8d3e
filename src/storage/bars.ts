import { dayNumber, dayOf } from '../portfolio/day.ts'
import type { Bar } from '../portfolio/instrument.ts'
import { json } from './json.ts'

/** Reads the bars of one stored year; none when they cannot be read. */
export function unpacked(year: number, closes: string): Bar[] {
  return (barsOf(year, closes) ?? []).map(([day, close]) => ({ day: dayOf(day), close }))
}

/** Says whether the bars of a stored year can be read. */
export function isReadable(closes: string): boolean {
  return isBars(json(closes))
}

/** Reads the bars of one stored year as day numbers and closes; null when they cannot be read. */
export function barsOf(year: number, closes: string): [day: number, close: number][] | null {
  const newYear = dayNumber(`${year}-01-01`)
  const stored = json(closes)
  if (!isBars(stored)) return null
  for (const bar of stored) bar[0] += newYear - 1
  return stored
}

function isBars(stored: unknown): stored is [day: number, close: number][] {
  const isBar = (each: unknown) =>
    Array.isArray(each) && Number.isInteger(each[0]) && typeof each[1] === 'number'
  return Array.isArray(stored) && stored.every(isBar)
}

/** Writes the bars of one year as they are stored: `[[day of the year, close], …]`. */
export function packed(year: number, own: readonly Bar[]): string {
  const newYear = dayNumber(`${year}-01-01`)
  return JSON.stringify(own.map((bar) => [dayNumber(bar.day) - newYear + 1, bar.close]))
}
