import { type Money, ratioOf } from '../portfolio/decimal.ts'
import type { Calculation, Measured } from './calculation.ts'
import { atStart, aYear, money } from './metric.ts'

const missing = 'no money was put in'

export const simpleReturns = {
  measure({ gain, putIn }) {
    const ratio = simpleReturn(gain, putIn)
    return {
      figures: { simple_return: ratio },
      reasons: { simple_return: ratio === null ? missing : undefined },
    }
  },
  metrics: {
    simple_return: {
      name: 'Gain %',
      unit: 'ratio',
      formula: 'gain ÷ (value at the start + deposits)',
      method: 'Simple return on all the money put in, regardless of when it came.',
      needs: 'value',
      inputs: ({ simple_return }, basis) => [
        money('Gain', basis.gain),
        atStart(basis),
        money('Deposits', basis.inputs?.deposits),
        aYear(simple_return, basis),
      ],
      missing,
    },
  },
} satisfies Calculation<Measured, { simple_return: number | null }>

/**
 * Returns the gain ÷ all the money that was put in, the value at the start of the period included; when it came does
 * not matter. 0.5 is 50 % over the whole time, not per year. Null without a gain, or when no money was put in
 * (finance.md, "Simple return").
 */
export function simpleReturn(gain: Money | null, putIn: Money): number | null {
  return ratioOf(gain, putIn)
}
