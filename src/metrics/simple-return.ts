import { type Money, ratioOf } from '../portfolio/decimal.ts'

/**
 * Simple return: the gain ÷ all the money that was put in, what the period started with included; when it came does
 * not count. 0.5 is 50 %, of the whole time and not a year. Null without a gain, or when no money was put in.
 *
 * finance.md, "Simple return".
 */
export function simpleReturn(gain: Money | null, putIn: Money): number | null {
  return ratioOf(gain, putIn)
}
