import type uPlot from 'uplot'
import { locales } from '../reader.ts'
import type { Unit } from './line.ts'

export function dates(_u: uPlot, splits: number[], _axis: number, _space: number, step: number): string[] {
  return splits.map((seconds) => {
    const date = new Date(seconds * 1000)
    const write = (options: Intl.DateTimeFormatOptions) =>
      date.toLocaleDateString(locales().dates, { timeZone: 'UTC', ...options })
    if (step >= 365 * DAY) return write({ year: 'numeric' })
    if (step < 28 * DAY) return write({ month: 'short', day: 'numeric' })
    if (splits.at(-1)! - splits[0]! > 500 * DAY) return write({ month: 'short', year: 'numeric' })
    return date.getUTCMonth() === 0 ? write({ year: 'numeric' }) : write({ month: 'short' })
  })
}

const DAY = 86_400
/** Ticks are whole days apart: there is one value a day, and two labels of one day would read the same. */
export const incrs = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 30, 60, 90, 120, 180, 365, 730, 1825, 3650, 9125,
].map((days) => days * DAY)

export function amounts(splits: number[], unit: Unit, currency: string): string[] {
  const step = Math.abs((splits[1] ?? 0) - (splits[0] ?? 0))
  const inMoney = unit === 'money' || unit === 'price'
  const large = inMoney && Math.max(...splits.map(Math.abs)) >= 10_000
  const format = new Intl.NumberFormat(locales().numbers, {
    ...(inMoney ? { style: 'currency', currency } : { style: 'percent' }),
    ...(large ? { notation: 'compact' } : {}),
    maximumFractionDigits: large ? 2 : decimalsOf(inMoney ? step : step * 100),
    minimumFractionDigits: 0,
  })
  return splits.map((value) => format.format(value).replace('-', '−'))
}

function decimalsOf(step: number): number {
  return step > 0 ? Math.min(4, Math.max(0, Math.ceil(-Math.log10(step)))) : 0
}

export function hidden(unit: Unit): boolean {
  return unit === 'money' && document.documentElement.dataset.privacy === 'on'
}
