import type { Day } from '../portfolio/day.ts'
import { stored, text } from '../portfolio/decimal.ts'
import { annualized } from './annualized.ts'

/** An entry of the catalog: the name of a figure, its formula, and its inputs. */
export type Metric<Own = object> = {
  /** The label on a page. */
  name: string
  unit: Unit
  formula: string
  method: string
  /** The inputs without which the figure is null. The answer then gives the reason under the figure's name. */
  needs?: Need
  /** The inputs of the formula: figures of the same calculation, and sums of the period. */
  inputs: (own: Own, basis: Basis) => (Input | null)[]
  /** The days of the figure, when they are not the whole period. */
  days?: (basis: Basis, own: Own) => Days
  /** Why there is no figure, when the answer gives no reason. */
  missing: string
}

/** Every amount in the portfolio's currency, a period with a value to start from, or also a value at its end. */
export type Need = 'amounts' | 'period' | 'value'

/** Money is decimal text, ratios and counts are numbers, a day is text. */
export type Input = { label: string; value: string | number | null; unit: Unit }
/** A `number` is a figure without a unit, such as beta. */
export type Unit = 'money' | 'ratio' | 'number' | 'count' | 'day' | 'month'

export type Days = { from: Day | null; to: Day }

/** The inputs of the figures of the portfolio, or of one benchmark. */
export type Basis = Days & {
  value: string | null
  gain: string | null
  /** For a benchmark, without the withdrawals that it could not pay. */
  withdrawals: string | null
  portfolio: { value: string | null; dividends: string | null; interest: string | null; taxes: string | null }
  inputs: Inputs | null
}

/** The sums and days of a period. */
export type Inputs = {
  /** The first day that counts; null while there is none. */
  since: Day | null
  /** From that day to `as_of`. */
  days: number
  /** The days of the series that are not on a weekend. */
  trading_days: number
  /** The value at the close of the day on which the period begins; 0 for the whole history. */
  start_value: string
  start_cash: string
  deposits: string
  withdrawals: string
  /** Purchases, with their fees. */
  purchases: string
  /** Sales, less their fees. */
  sales: string
  /** Fees that belong to no trade. */
  other_fees: string
  /** Capital that was returned. */
  capital: string
  /** What transferred shares were worth; it is in the deposits and withdrawals. */
  shares_in: string
  shares_out: string
  /** What transferred shares had gained: added when they left, taken off when they came (portfolio/position.ts). */
  transferred_gain: string
  market_value: string | null
  /** The cost of the open lots. */
  cost_basis: string
  /** The dividends of the last 365 days, of holdings that are still open. */
  dividends_last_year: string
  /** What exchange rates did to cash in other currencies; only where they did, in a group. */
  revalued?: string
}

export const money = (label: string, value?: string | null): Input => ({
  label,
  value: value ?? null,
  unit: 'money',
})
/** The same, where most portfolios have none of it. */
export const some = (label: string, value: string | null): Input | null =>
  value === '0' ? null : money(label, value)
export const ratio = (label: string, value: number | null): Input => ({ label, value, unit: 'ratio' })
export const number = (label: string, value: number | null): Input => ({ label, value, unit: 'number' })
export const count = (label: string, value?: number): Input => ({
  label,
  value: value ?? null,
  unit: 'count',
})
export const onDay = (label: string, value?: Day | null): Input => ({
  label,
  value: value ?? null,
  unit: 'day',
})

/** Returns the value at which a period begins. The whole history begins with 0, which needs no line. */
export function atStart({ from, inputs }: Basis): Input | null {
  return from === null ? null : money('Value at the start', inputs?.start_value)
}

/** Returns the ratio of a period as a yearly rate; nothing for less than a year. */
export function aYear(value: number | null, { inputs }: Basis): Input | null {
  const rate = value === null || !inputs ? null : annualized(value, inputs.days)
  return rate === null ? null : ratio('A year', rate)
}

export const noValue = 'there is no value to measure'

export function plus(a: string | null, b: string | null): string | null {
  return a === null || b === null ? null : text(stored(a) + stored(b))
}

export function minus(a: string | null, b: string | null): string | null {
  return a === null || b === null ? null : text(stored(a) - stored(b))
}
