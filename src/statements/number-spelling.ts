import { isCoin, moneyOfCoin } from './money-codes.ts'

/** The character between whole units and fractions. */
export type DecimalMark = '.' | ','

/** A number of a file in plain spelling (`-1234.5`), and the currency that stands beside it, '' for none. */
type SpelledNumber = { plain: string; currency: string }

/**
 * Reads a number as any program writes it, once it is known what its decimal mark is: `€ 1.234,56`, `(1,234.50)`,
 * `-$0.04`, `USD 1.23`, `1'234.5`, `1 234,5 kr`, `@150.00`, `5.00-`, `12,34,567`, `1.5E+06`. Null for what is no number under that
 * mark: the other mark may only group thousands. See `isBlankNumber` for cells that stand for none.
 */
export function numberIn(cell: string, mark: DecimalMark): SpelledNumber | null {
  const parts = partsOf(cell)
  const digits = parts && scaled(plainDigits(parts.digits, mark), parts.exponent)
  if (!digits) return null
  const plain = parts.negative && !/^[0.]*$/.test(digits) ? `-${digits}` : digits
  return { plain, currency: parts.currency }
}

/** True for what stands in a column of numbers for none: nothing, `--`, `n/a`, or a rule below the header. */
export function isBlankNumber(cell: string): boolean {
  return /^(?:-*|–|—|n\/?a|null|none|nan|-\.--)$/i.test(cell)
}

/** The marks under which a cell is a number; both with the same value says nothing. */
export function marksOf(cell: string): { marks: DecimalMark[]; differ: boolean } {
  const parts = partsOf(cell)
  if (!parts) return { marks: [], differ: false }
  const [point, comma] = [plainDigits(parts.digits, '.'), plainDigits(parts.digits, ',')]
  const marks: DecimalMark[] = []
  if (point !== null) marks.push('.')
  if (comma !== null) marks.push(',')
  return { marks, differ: point !== comma }
}

/** No number is longer; what is longer is not looked at. */
const LONGEST = 48

const CURRENCY =
  '[A-Z]{3}|(?:US|A|C|CA|AU|NZ|HK|S|R|MX|NT)?[$€£¥₹]|[円元원₽₩฿₺₪₫đ₱₴]|Rs\\.?|R[Mp]?|kr\\.?|zł|Kč|Fr\\.|Ft|TL|лв\\.?|руб\\.?|грн\\.?|p'
/** What exchanges of coins count in: `40000.00 USDT`. */
const COIN = '(?<= )[A-Z]{4,5}'
const NUMBER = new RegExp(
  `^(${CURRENCY})?\\s?([+\\-−–]?)\\s?@?(${CURRENCY})?\\s?([+\\-−–]?)(\\d[\\d.,'’ \\u202F\\u2009]*|[.,]\\d+)([\\-−]?)\\s?(${CURRENCY}|${COIN})?([\\-−]?)$`,
)

/** What spreadsheets and programs write of a long number: `1E+06`, `1.5E-05`, `1.0E6`. `5E2` may be the code of a share. */
const POWER = /^([-−+]?\d(?:[.,]\d+)?)(?:[eE]([+-]\d{1,2})|(?<=[.,]\d+)[eE](\d{1,2}))$/

/** What is counted: `10 Stk`, `25 shares`. */
const UNIT = /(?<=\d)\s?(?:stk|st|stück|shares?|units?|pcs|szt|ks|db|aandelen|株|口)\.?$/i

/** What an account owes stands as `12.50 DR`, what it has as `12.50 CR`. */
const BOOKED = /^(.*\d) ?([CD]R)\.?$/i

/** `$ (12.50)` */
const BRACKETED = new RegExp(`^(${CURRENCY}) ?\\((.*)\\)$`)

type Parts = { negative: boolean; digits: string; exponent: number; currency: string }

function partsOf(cell: string): Parts | null {
  if (cell.length > LONGEST) return null
  // the wide digits of Japan
  const wide = /[\uFF00-\uFFEF]/.test(cell) ? cell.normalize('NFKC') : cell
  const [, owned, owes] = BOOKED.exec(wide) ?? []
  const booked = owned ? partsOf(owned) : null
  if (booked) return /d/i.test(owes!) ? { ...booked, negative: !booked.negative } : booked
  const [, unit = '', inBrackets] = BRACKETED.exec(wide) ?? []
  const spelled = inBrackets === undefined ? wide : `(${unit}${inBrackets})`
  const [, mantissa, signed, unsigned] = POWER.exec(spelled) ?? []
  const exponent = Number(signed ?? unsigned ?? 0)
  // beyond these no number is one of shares or of money
  if (Math.abs(exponent) > 15) return null
  const own = mantissa ?? spelled
  const bracketed = own.startsWith('(') && own.endsWith(')')
  const match = NUMBER.exec((bracketed ? own.slice(1, -1).trim() : own).replace(UNIT, ''))
  if (!match) return null
  const [
    ,
    first = '',
    before = '',
    second = '',
    inner = '',
    digits = '',
    behind = '',
    last = '',
    after = '',
  ] = match
  const signs = [before, inner, behind, after].filter(Boolean)
  if (signs.length + (bracketed ? 1 : 0) > 1) return null
  const sign = first || second || last
  if (sign.length > 3 && /^[A-Z]+$/.test(sign) && !isCoin(sign) && moneyOfCoin(sign) === sign) return null
  return {
    negative: bracketed || (signs.length > 0 && signs[0] !== '+'),
    digits: digits.trimEnd(),
    exponent,
    currency: currencies[sign] ?? (/^[A-Z]{3,5}$/.test(sign) ? moneyOfCoin(sign) : ''),
  }
}

/** `$` alone, `kr` and `R` are the money of several countries. */
const currencies: Record<string, string> = {
  US$: 'USD',
  A$: 'AUD',
  AU$: 'AUD',
  C$: 'CAD',
  CA$: 'CAD',
  NZ$: 'NZD',
  HK$: 'HKD',
  S$: 'SGD',
  R$: 'BRL',
  MX$: 'MXN',
  NT$: 'TWD',
  '€': 'EUR',
  '£': 'GBP',
  '₹': 'INR',
  zł: 'PLN',
  Kč: 'CZK',
  'Fr.': 'CHF',
  円: 'JPY',
  元: 'CNY',
  원: 'KRW',
  '₩': 'KRW',
  '₽': 'RUB',
  'руб.': 'RUB',
  руб: 'RUB',
  '฿': 'THB',
  '₺': 'TRY',
  TL: 'TRY',
  '₪': 'ILS',
  '₫': 'VND',
  đ: 'VND',
  '₱': 'PHP',
  '₴': 'UAH',
  'грн.': 'UAH',
  грн: 'UAH',
  'лв.': 'BGN',
  лв: 'BGN',
  RM: 'MYR',
  Rp: 'IDR',
  Ft: 'HUF',
  p: 'GBX',
}

/** Moves the decimal mark: `1.505` by 2 is `150.5`. */
function scaled(digits: string | null, exponent: number): string | null {
  if (digits === null || exponent === 0) return digits
  const [whole = '', fraction = ''] = digits.split('.')
  const [left, right] = [whole.padStart(1 - exponent, '0'), fraction.padEnd(exponent, '0')]
  const at = left.length + exponent
  const all = left + right
  const kept = withoutZeros(all.slice(at))
  const units = all.slice(0, at).replace(/^0+(?=\d)/, '')
  return kept ? `${units}.${kept}` : units
}

/** `1.234,5` with a comma as its mark is `1234.5`; null where the other characters do not group thousands. */
function plainDigits(digits: string, mark: DecimalMark): string | null {
  const at = digits.indexOf(mark)
  const whole = at < 0 ? digits : digits.slice(0, at)
  const fraction = at < 0 ? '' : digits.slice(at + 1)
  if (/\D/.test(fraction)) return null
  const groups = /\D/.test(whole) ? whole.split(/\D/) : null
  if (groups && !isGrouped(groups, whole)) return null
  const units = (groups ? groups.join('') : whole).replace(/^0+(?=\d)/, '') || '0'
  const kept = withoutZeros(fraction)
  return kept ? `${units}.${kept}` : units
}

/** Groups of three, or in India the last of three and those before it of two; one character between all of them. */
function isGrouped(groups: readonly string[], whole: string): boolean {
  const [first, ...others] = groups as [string, ...string[]]
  if (first === '' || first.length > 3 || first.startsWith('0')) return false
  if (others.at(-1)!.length !== 3) return false
  const areOfTwo = first.length <= 2 && others.slice(0, -1).every(({ length }) => length === 2)
  if (!areOfTwo && others.some(({ length }) => length !== 3)) return false
  return new Set(whole.replaceAll(/\d/g, '')).size === 1
}

function withoutZeros(fraction: string): string {
  let kept = fraction.length
  while (fraction[kept - 1] === '0') kept--
  return fraction.slice(0, kept)
}
