import { type Day, dayNumber } from './day.ts'
import { DAY, TIME_ZONE } from './time.ts'

/**
 * A sentence that is written later, for whoever reads it then: its words in English, by which other languages know them, and what
 * stands for the names in their braces. It is kept as JSON.
 */
export type Sentence = { words: string; values?: Readonly<Record<string, Value>> }

/**
 * What stands in a sentence. A text is a name; a `reason` is our own, in English. A `price` is decimal text, and so is a `gain`, whose
 * sign is written; of a `ratio` and a `change` 0.1 is 10 %, and `points` is a plain number. A `time` is an instant in milliseconds,
 * and is written as New York's. Several values follow each other with commas.
 */
export type Value =
  | string
  | Sentence
  | readonly Value[]
  | { reason: string }
  | { price: string; currency: string }
  | { gain: string; currency: string }
  | { ratio: number }
  | { change: number }
  | { points: number }
  | { day: Day }
  | { weekday: Day }
  | { time: number }

/** The names in a sentence’s braces: `'n'` of `'{n} rows'`. */
export type Named<W extends string> = W extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Named<Rest>
  : never

/** In which language, and how, somebody reads: the locales of numbers and of days, and what our English words are in theirs. */
export type Locale = { numbers: string; dates: string; words: (english: string) => string }

/** What is kept of a reader, by which they are told things later: a language, and the place whose numbers they read; null is English. */
export type StoredReader = { language: string | null; locale: string | null }

/** Of whoever has said nothing else. */
export const american: Locale = { numbers: 'en-US', dates: 'en-US', words: (english) => english }

/** Writes a sentence: `VOO fell below $500: $498.20 at 15:32 New York.` */
export function written({ words, values = {} }: Sentence, locale: Locale): string {
  return locale
    .words(words)
    .replace(/\{(\w+)\}/g, (braces, name: string) =>
      Object.hasOwn(values, name) ? valueIn(values[name]!, locale) : braces,
    )
}

/** Writes a value, which may be a sentence or a name. */
export function valueIn(value: Value, locale: Locale): string {
  if (typeof value === 'string') return value
  if (isSeveral(value)) return value.map((each) => valueIn(each, locale)).join(', ')
  if ('words' in value) return written(value, locale)
  if ('reason' in value) return locale.words(value.reason)
  const { numbers, dates } = formatsOf(locale)
  if ('price' in value) return minus(numbers(priceStyle(value.currency)).format(exactly(value.price)))
  if ('gain' in value) return minus(numbers(gainStyle(value.currency)).format(exactly(value.gain)))
  if ('ratio' in value) return `${minus(numbers(tenth).format(100 * value.ratio))} %`
  if ('change' in value) return `${minus(numbers(signedTenth).format(100 * value.change))} %`
  if ('points' in value) return minus(numbers(tenth).format(value.points))
  if ('day' in value) return dates(mediumDay).format(dayNumber(value.day) * DAY)
  if ('weekday' in value) return dates(longWeekday).format(dayNumber(value.weekday) * DAY)
  return dates(clock).format(value.time)
}

/** `Array.isArray` does not tell a list that nobody may change. */
function isSeveral(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

const exactly = (decimal: string) => decimal as Intl.StringNumericLiteral
const minus = (text: string) => text.replace('-', '−')

/** A price has up to four decimals, and none where it is whole. */
function priceStyle(currency: string): Intl.NumberFormatOptions {
  return { ...ofMoney(currency), maximumFractionDigits: 4, trailingZeroDisplay: 'stripIfInteger' }
}

/** A gain is to the cent. */
function gainStyle(currency: string): Intl.NumberFormatOptions {
  return { ...ofMoney(currency), maximumFractionDigits: 2, signDisplay: 'exceptZero' }
}

function ofMoney(currency: string): Intl.NumberFormatOptions {
  return /^[A-Z]{3}$/i.test(currency) ? { style: 'currency', currency } : { minimumFractionDigits: 2 }
}

const tenth = { maximumFractionDigits: 1 } as const
const signedTenth = { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero' } as const
const mediumDay = { timeZone: 'UTC', dateStyle: 'medium' } as const
const longWeekday = { timeZone: 'UTC', weekday: 'long' } as const
const clock = { timeZone: TIME_ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

/** The formats of a locale: making one costs more than what is written with it. Few are needed at a time. */
function formatsOf({ numbers, dates }: Locale) {
  return {
    numbers: (style: Intl.NumberFormatOptions) =>
      kept(numberFormats, numbers, style, () => new Intl.NumberFormat(numbers, style)),
    dates: (style: Intl.DateTimeFormatOptions) =>
      kept(dateFormats, dates, style, () => new Intl.DateTimeFormat(dates, style)),
  }
}

const numberFormats = new Map<string, Intl.NumberFormat>()
const dateFormats = new Map<string, Intl.DateTimeFormat>()

function kept<T>(formats: Map<string, T>, locale: string, style: object, make: () => T): T {
  const key = locale + JSON.stringify(style)
  let format = formats.get(key)
  if (format === undefined) {
    if (formats.size >= 200) formats.clear()
    formats.set(key, (format = make()))
  }
  return format
}
