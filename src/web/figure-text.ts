import type { Unit } from '../metrics/metric.ts'
import { coefficient, day, exact, money, none, percent } from './format.ts'

/** Writes a figure of the catalog, or what it is calculated from, by its unit; `—` where there is none. */
export function figureText(value: string | number | null, unit: Unit, currency: string): string {
  if (value === null) return none
  switch (unit) {
    case 'money':
      return money(String(value), currency)
    case 'ratio':
      return percent(Number(value))
    case 'number':
      return coefficient(Number(value))
    case 'count':
      return exact(String(value))
    case 'day':
      return day(String(value))
    case 'month':
      return String(value)
  }
}
