import { toNumber } from '../portfolio/decimal.ts'
import type { Valuations } from '../portfolio/valuation.ts'
import type { Calculation, Measured } from './calculation.ts'
import { aYear, count, type Metric, noValue } from './metric.ts'
import type { DayFlow } from './period.ts'

/** The TWR of a portfolio; the index of a benchmark is its total return. */
export const twrs = {
  measure({ index, opening }) {
    const before = opening ?? index[0] ?? null
    const now = index.at(-1) ?? null
    return { figures: { twr: now !== null && before !== null && before !== 0 ? now / before - 1 : null } }
  },
  metrics: {
    twr: {
      name: 'TWR',
      unit: 'ratio',
      formula: 'Π (value at the day’s end + withdrawals) ÷ (value the day before + deposits) − 1',
      method:
        'Time-weighted: the return of the investments themselves, regardless of when money came or went. Money comes in at the start of a day and leaves at its end.',
      needs: 'value',
      inputs: ({ twr }, basis) => [
        count('Days', basis.inputs?.days),
        count('Trading days', basis.inputs?.trading_days),
        aYear(twr, basis),
      ],
      missing: noValue,
    },
  },
} satisfies Calculation<Measured, Twr>

type Twr = { twr: number | null }

export const benchmarkTwr: Metric<Twr> = {
  ...twrs.metrics.twr,
  formula: 'total-return index at the end ÷ at the start − 1',
  method: 'The benchmark itself over the same days, with dividends reinvested.',
  inputs: ({ twr }, basis) => [count('Days', basis.inputs?.days), aYear(twr, basis)],
}

/** Returns the time-weighted index of a whole series; null on a day without a value. */
export function wholeIndex({ value, deposits, withdrawals }: Valuations): (number | null)[] {
  return twrIndex(
    value.map((end) => (end === null ? null : toNumber(end))),
    deposits.map((paidIn, i) => ({ deposits: toNumber(paidIn), withdrawals: toNumber(withdrawals[i]!) })),
  )
}

/**
 * Returns the time-weighted index: what one unit of money has grown to, whatever was paid in or out on the way. Each
 * day multiplies it by (value + withdrawals) / (previous value + deposits), because money comes in at the start of
 * its day and leaves at the end. `value` is what there is at the day's end, after the withdrawals.
 *
 * There is one figure for each day. Before the first day the index is 1 and the value is 0; to start from an existing
 * portfolio, let the first day deposit its opening value. The return between two days is the quotient of their
 * figures − 1. A day that starts with nothing contributes 1 where it gets nothing or all of that is spent on a fee:
 * nothing was invested that could be lost. Less than a cent is nothing. A day without a value has no figure and hands its
 * flows to the next day that has one; the return is then measured across the gap.
 *
 * finance.md, "TWR"; the "true" time-weighted return of the GIPS standards with daily valuation.
 */
export function twrIndex(value: readonly (number | null)[], flows: readonly DayFlow[]): (number | null)[] {
  let index = 1
  let previous = 0
  let deposits = 0
  let withdrawals = 0
  return value.map((end, i) => {
    deposits += flows[i]!.deposits
    withdrawals += flows[i]!.withdrawals
    if (end === null) return null
    const start = previous + deposits
    const left = end + withdrawals
    const isInvested = start >= CENT && (previous >= CENT || left >= CENT)
    if (isInvested) index *= left / start
    previous = end
    deposits = 0
    withdrawals = 0
    return index
  })
}

/** A deposit that is assumed is rounded up to it, so that less may stay in an account that was emptied. */
const CENT = 0.01
