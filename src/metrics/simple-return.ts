import { type Money, ratioOf } from '../portfolio/decimal.ts'

/**
 * Returns the gain ÷ all the money that was put in, the value at the start of the period included; when it came does
 * not matter. 0.5 is 50 % over the whole time, not per year. Null without a gain, or when no money was put in
 * (finance.md, "Simple return").
 */
export function simpleReturn(gain: Money | null, putIn: Money): number | null {
  return ratioOf(gain, putIn)
}
