import { type Day, isDay } from '../portfolio/day.ts'

/**
 * Converts a number as statements write it to plain spelling: `$1,234.50 ` → `1234.5`, `(12.5)` → `-12.5`, `-$3` →
 * `-3`, `.5` → `0.5`. Commas may only group thousands.
 *
 * Null for text that is no number or would have to be guessed: ``, `1.234,56`, `1,23`, `1 234`, `€5`, `1e5`, `0x10`.
 */
export function plainNumber(spelled: string): string | null {
  if (PLAIN.test(spelled)) return spelled
  const bracketed = /^\((.*)\)$/.exec(spelled.trim())
  const match = /^([+\-−]?) ?\$? ?([+\-−]?)([1-9]\d{0,2}(?:,\d{3})+|\d*)(?:\.(\d*))?$/.exec(
    bracketed ? bracketed[1]! : spelled.trim(),
  )
  if (!match) return null
  const [, before = '', after = '', whole = '', fraction = ''] = match
  const signs = before + after + (bracketed ? '-' : '')
  if (signs.length > 1 || whole + fraction === '') return null
  const digits = whole.replaceAll(',', '').replace(/^0+(?=\d)/, '') || '0'
  let kept = fraction.length
  while (fraction[kept - 1] === '0') kept--
  const decimals = fraction.slice(0, kept)
  const plain = decimals ? `${digits}.${decimals}` : digits
  return (signs === '-' || signs === '−') && plain !== '0' ? `-${plain}` : plain
}

/** What is plain already, as most of a file is. */
const PLAIN = /^(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/

/** Removes the sign, for columns in which brokers write money that left as a negative; `n/a` stays `n/a`. */
export function unsigned(spelled: string): string {
  return plainNumber(spelled)?.replace('-', '') ?? spelled
}

/**
 * Converts a day as statements write it: `2012-01-03`, or the American way with slashes, month first: `1/3/12`,
 * `01/03/2012`. Of years with two digits, 00–69 are 2000–2069 and 70–99 are 1970–1999. Null for a day that does not
 * exist (`13/1/2012`) and for every other spelling.
 */
export function plainDay(spelled: string): Day | null {
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})$/.exec(spelled.trim())
  const day = slashed
    ? `${fullYear(slashed[3]!)}-${slashed[1]!.padStart(2, '0')}-${slashed[2]!.padStart(2, '0')}`
    : spelled.trim()
  return isDay(day) ? day : null
}

function fullYear(year: string): string {
  if (year.length === 4) return year
  return Number(year) < 70 ? `20${year}` : `19${year}`
}
