import { dayNumber, dayOf } from '../portfolio/day.ts'
import type { Bar } from '../portfolio/instrument.ts'

/** Reads the bars of one stored year. */
export function unpacked(year: number, closes: string): Bar[] {
  const newYear = dayNumber(`${year}-01-01`)
  return (JSON.parse(closes) as [number, number][]).map(([day, close]) => ({
    day: dayOf(newYear + day - 1),
    close,
  }))
}

/** Writes the bars of one year as they are stored: `[[day of the year, close], …]`. */
export function packed(year: number, own: readonly Bar[]): string {
  const newYear = dayNumber(`${year}-01-01`)
  return JSON.stringify(own.map((bar) => [dayNumber(bar.day) - newYear + 1, bar.close]))
}
