import { TIME_ZONE } from '../portfolio/time.ts'
import { locales, type Reader } from './reader.ts'

/** Writes from the decimal text, so that no digit passes through a double, with a true minus sign. */
export function written(decimal: string, options: Intl.NumberFormatOptions, reader?: Reader): string {
  const { format, texts } = numbers(options, reader)
  let text = texts.get(decimal)
  if (text === undefined) {
    text = format.format(decimal as Intl.StringNumericLiteral).replace('-', '−')
    remember(texts, decimal, text)
  }
  return text
}

export function moment(instant: number, options: Intl.DateTimeFormatOptions, reader?: Reader): string {
  const timeZone = reader?.timeZone ?? TIME_ZONE
  const locale = reader?.dates ?? reader?.locale ?? locales().dates
  const make = () => new Intl.DateTimeFormat(locale, { timeZone, ...options })
  const { format, texts } = cached(dateFormats, options, `${locale} ${timeZone}`, make)
  let text = texts.get(instant)
  if (text === undefined) {
    text = format.format(instant)
    remember(texts, instant, text)
  }
  return text
}

export function numbers(options: Intl.NumberFormatOptions, reader?: Reader): Cached<Intl.NumberFormat> {
  const locale = reader?.locale ?? locales().numbers
  return cached(numberFormats, options, locale, () => new Intl.NumberFormat(locale, options))
}

/**
 * A format with the texts it has written. Making an Intl format costs more than writing a page of numbers, and a page
 * and its fragments write the same figures: the cache takes a third off a dashboard of 50 holdings.
 */
type Cached<T> = { format: T; texts: Map<string | number, string> }

/** Cached formats, by the object of the options, which is mostly the same one, or by its JSON; then by the locale. */
type Formats<T> = { byOptions: WeakMap<object, Map<string, Cached<T>>>; byJson: Map<string, Cached<T>> }

const numberFormats: Formats<Intl.NumberFormat> = { byOptions: new WeakMap(), byJson: new Map() }
const dateFormats: Formats<Intl.DateTimeFormat> = { byOptions: new WeakMap(), byJson: new Map() }

function cached<T>(
  { byOptions, byJson }: Formats<T>,
  options: object,
  locale: string,
  make: () => T,
): Cached<T> {
  let own = byOptions.get(options)
  if (!own) byOptions.set(options, (own = new Map()))
  let known = own.get(locale)
  if (known) return known
  const key = locale + JSON.stringify(options)
  known = byJson.get(key)
  if (!known) {
    // readers name their own locale
    if (byJson.size >= 1_000) byJson.clear()
    byJson.set(key, (known = { format: make(), texts: new Map() }))
  }
  own.set(locale, known)
  return known
}

function remember(texts: Map<string | number, string>, of: string | number, text: string): void {
  if (texts.size >= 5_000) texts.clear()
  texts.set(of, text)
}
