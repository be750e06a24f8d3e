import type { Bar, Split } from '../../portfolio/instrument.ts'

/** A price that differs from the one before by more than this factor needs confirmation. */
const JUMP = 5

/** True when two prices are near each other as they are, or after the splits between them. */
export function isExplained(before: Bar, after: Bar, splits: readonly Split[]): boolean {
  const between = splits.filter(({ day }) => day > before.day && day <= after.day)
  return isNear(before.close, after.close) || isBySplits(before, after, between)
}

export function isBySplits(before: Bar, after: Bar, splits: readonly Split[]): boolean {
  const ratio = splits.reduce((product, split) => (product * split.numerator) / split.denominator, 1)
  return isNear(before.close, after.close) || isNear(before.close / ratio, after.close)
}

export function isNear(a: number, b: number, factor = JUMP): boolean {
  return a <= b * factor && b <= a * factor
}

/**
 * True when two prices differ by about a factor of 100 in a currency that is quoted in hundredths: the source
 * sometimes takes pence for pounds, or the other way round.
 */
export function looksLikePence(before: number, after: number, currency: string): boolean {
  return hundredths.has(currency) && (isNear(before * 100, after, 1.5) || isNear(before, after * 100, 1.5))
}

const hundredths = new Set(['GBP', 'ZAR', 'ILS'])

export function jumped(before: Bar, currency: string): string {
  return `it is more than five times above or below the ${before.close} ${currency} of ${before.day}, and no split is known`
}
