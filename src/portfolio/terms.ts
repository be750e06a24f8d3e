import { type Day, isDay } from './day.ts'
import type { Money } from './decimal.ts'

/** What only some kinds of transaction have (kind.ts). */
export type Terms = {
  /** The day on which shares that came from elsewhere were acquired. */
  acquired?: Day
  /** What all of these shares had cost. */
  cost?: Money
}

/** The first day of which a transaction needs a price: that on which its shares were acquired. */
export function firstDayOf({ date, terms }: { date: Day; terms?: Terms }): Day {
  return terms?.acquired ?? date
}

/** The same as JSON has it: a decimal is text, its whole ten-billionths. */
export type StoredTerms = {
  acquired?: string
  cost?: string
}

export function storedTerms({ cost, ...terms }: Terms): StoredTerms {
  return { ...terms, ...(cost !== undefined && { cost: cost.toString() }) }
}

export function termsIn({ cost, ...terms }: StoredTerms): Terms {
  return { ...terms, ...(cost !== undefined && { cost: BigInt(cost) }) }
}

/** True for what `storedTerms` writes. */
export function areTerms(value: unknown): value is StoredTerms {
  if (typeof value !== 'object' || value === null) return false
  const { acquired, cost } = value as StoredTerms
  return (acquired === undefined || isDay(acquired)) && (cost === undefined || isWhole(cost))
}

const isWhole = (decimal: unknown) => typeof decimal === 'string' && /^-?\d+$/.test(decimal)
