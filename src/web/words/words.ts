import type { Child } from 'hono/jsx'
import type { Named } from '../../portfolio/sentence.ts'
import { currentWords, locales } from '../reader.ts'
import type { german } from './german.ts'

/** A sentence or a word of the interface, as it is in English. Each is a key of every other language’s catalog. */
export type Words = keyof typeof german

/** Words without a name in braces, which is what a constant can list: `t(typeNames[type])`. */
export type Label = Exclude<Words, `${string}{${string}`>

type Values<W extends string, V> = [Named<W>] extends [never] ? [] : [values: Record<Named<W>, V>]

/**
 * Returns words of the interface in the reader’s language: `t('{n} recorded', { n: '5' })`. Words that a catalog lacks
 * are an error of types. It reads who the reader is while a page is written, so call it in a view, not while a module
 * or a route is loaded; what a constant lists is of the type `Label`. Where one and several differ, there are two
 * sentences: `t(n === 1 ? '{n} row' : '{n} rows', { n })`. A number is written as the reader writes it.
 */
export function t<W extends Words>(words: W, ...[values]: Values<W, string | number>): string {
  return filled(currentWords()?.[words] ?? words, values, locales().numbers)
}

/** The same for a sentence with links or figures in it, in the order of that language. */
export function parts<W extends Words>(words: W, ...[values]: Values<W, Child>): Child {
  const text = currentWords()?.[words] ?? words
  return text
    .split(/\{(\w+)\}/)
    .map((part, i) => (i % 2 === 0 ? part : (values as Record<string, Child>)[part])) as Child
}

/** English text of ours, which a page has `translated`; a name that somebody has given is none. */
export type English = string & { readonly isEnglish: true }

/**
 * Returns the English text of words that go a way before they are shown: as a cookie, a page’s title, a refusal, which a
 * program reads in English. The page that shows it has it `translated`.
 */
export function english<W extends Words>(words: W, ...[values]: Values<W, string | number>): English {
  return filled(words, values, 'en') as English
}

/** The same of a text that floors below or views have put together from our words. */
export function ours(text: string): English {
  return text as English
}

/**
 * Returns a text that was made elsewhere, such as the reason why there is no figure, in the reader’s language: whole, or
 * by a sentence of the catalog with names in braces that it is an instance of, or sentence by sentence. What the catalog
 * does not have stays English.
 */
export function translated(text: string): string {
  const catalog = currentWords()
  if (catalog === undefined) return text
  const whole = foundIn(catalog, text)
  if (whole !== null) return whole
  const [, parameter, fault] = /^(what_if|vs|benchmark): (.+)$/.exec(text) ?? []
  if (fault !== undefined) return `${parameter}: ${translated(fault)}`
  return text
    .split(/(?<=[.!?]) /)
    .map((each) => foundIn(catalog, each) ?? each)
    .join(' ')
}

function foundIn(catalog: Catalog, sentence: string): string | null {
  return faultIn(catalog, sentence) ?? instanceIn(catalog, sentence) ?? reasonIn(catalog, sentence)
}

/** What is wrong with a cell of a file: `Date “2031-03-01”: 2031-03-01 is in the future.` */
function faultIn(catalog: Catalog, sentence: string): string | null {
  const [, name, cell, fault] =
    /^([A-Z][A-Za-z ]*)(?: “([^”]*)”)?(?:: | (?=is not ))(.+)$/.exec(sentence) ?? []
  if (name === undefined || fault === undefined || !Object.hasOwn(catalog, name)) return null
  const reason = reasonIn(catalog, fault) ?? instanceIn(catalog, fault)
  if (reason === null) return null
  const field = catalog[name]!
  if (cell === undefined) return t('{field}: {reason}', { field, reason })
  if (fault.startsWith('is not ')) return t('{field} “{cell}” {reason}', { field, cell, reason })
  return t('{field} “{cell}”: {reason}', { field, cell, reason })
}

/** A reason that a period, and a capital, have made a sentence. */
function reasonIn(catalog: Catalog, sentence: string): string | null {
  if (!sentence.endsWith('.')) return null
  const reason = sentence.slice(0, -1)
  const small = reason.charAt(0).toLowerCase() + reason.slice(1)
  const words = instanceIn(catalog, reason) ?? instanceIn(catalog, small)
  return words === null
    ? null
    : `${reason === small ? words : words.charAt(0).toUpperCase() + words.slice(1)}.`
}

function instanceIn(catalog: Catalog, text: string): string | null {
  // a portfolio may be called `constructor`
  if (Object.hasOwn(catalog, text)) return catalog[text]!
  if (text.length > LONGEST) return null
  let known = instances.get(catalog)
  if (known === undefined) instances.set(catalog, (known = new Map()))
  // readers of one language write numbers in several ways
  const locale = locales().numbers
  let words = known.get(locale + text)
  if (words === undefined) {
    words = byPattern(catalog, text, locale)
    if (known.size >= MOST_INSTANCES) known.clear()
    known.set(locale + text, words)
  }
  return words
}

/** Trying each pattern takes a quarter of a millisecond, and a page says the same as the one before. */
const instances = new WeakMap<Catalog, Map<string, string | null>>()
const MOST_INSTANCES = 2_000

/** In characters: no sentence of ours is longer, and a pattern with several names takes ever more time with the length. */
const LONGEST = 500

function byPattern(catalog: Catalog, text: string, locale: string): string | null {
  for (const { pattern, names, words } of patternsOf(catalog)) {
    const found = pattern.exec(text)
    if (!found) continue
    return words.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = found[names.indexOf(name) + 1]!
      // these are texts of ours, too; a name is not
      if (OURS.has(name)) return translated(value)
      return NUMBERS.has(name) ? numberIn(locale, value) : value
    })
  }
  return null
}

const OURS = new Set(['reason', 'entry', 'field', 'rows', 'source'])
/** What is exact and plain in English, as programs read it. */
const NUMBERS = new Set(['n', 'shares', 'held', 'amount', 'price', 'close', 'value'])

/** `1.5`, which is exact, and `60,000`, which `english` has written. */
function numberIn(locale: string, value: string): string {
  if (/^\d+\.\d+$/.test(value)) return value.replace('.', decimalMark(locale))
  return /^\d{1,3}(,\d{3})+$/.test(value) ? counted(Number(value.replaceAll(',', '')), locale) : value
}

/** `,` of `de-DE`, `.` of `de-CH`. */
function decimalMark(locale: string): string {
  let mark = marks.get(locale)
  if (mark === undefined) {
    if (marks.size >= 200) marks.clear()
    marks.set(locale, (mark = new Intl.NumberFormat(locale).format(1.5).charAt(1)))
  }
  return mark
}

const marks = new Map<string, string>()

function filled(text: string, values: Record<string, string | number> | undefined, locale: string): string {
  if (values === undefined) return text
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]!
    return typeof value === 'number' ? counted(value, locale) : value
  })
}

/** A small number is the same in each locale, and `toLocaleString` is slow. */
function counted(value: number, locale: string): string {
  return value < 1_000 ? String(value) : value.toLocaleString(locale)
}

/** A word as it stands within a sentence: English writes it small, German as it is. */
export function withinSentence(word: string): string {
  return currentWords() === undefined ? word.toLowerCase() : word
}

export type Catalog = Readonly<Record<string, string>>
type Pattern = { pattern: RegExp; names: string[]; words: string }

const patterns = new WeakMap<Catalog, Pattern[]>()

function patternsOf(catalog: Catalog): Pattern[] {
  let known = patterns.get(catalog)
  if (known === undefined) {
    known = Object.entries(catalog)
      // a sentence of little but names, such as `{from} to {to}`, would be found in every other
      .filter(
        ([english]) => english.includes('{') && (lettersOf(english) >= FEWEST_LETTERS || isTellTale(english)),
      )
      // a longer sentence is the more exact one
      .toSorted(([a], [b]) => lettersOf(b) - lettersOf(a))
      .map(([english, words]) => ({
        // the odd ones are names
        pattern: new RegExp(
          `^${english
            .split(/\{(\w+)\}/)
            .map((part, i) => (i % 2 === 0 ? escaped(part) : `(${shapes[part] ?? '.+?'})`))
            .join('')}$`,
        ),
        names: [...english.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!),
        words,
      }))
    patterns.set(catalog, known)
  }
  return known
}

/**
 * What can stand for a name, so that a short sentence such as `{n} dividends` is not found in `All dividends`: a number, a day with
 * a figure in it, a ticker or several. For other names that may be any text.
 */
const shapes: Readonly<Record<string, string>> = {
  n: String.raw`[−+-]?\d(?:[\d.,’\u00a0\u202f ]*\d)?`,
  day: String.raw`[^“”]*?\d[^“”]*?`,
  field: '[^“”:]+?',
  // of what somebody typed nothing may be left
  text: '.*?',
  entry: String.raw`[Aa]n? [a-z -]+?`,
  symbol: String.raw`[^\sa-z]\S*?(?: [^\sa-z]\S*?)*?`,
}

/** So many letters a sentence has beside its names, to be recognized. */
const FEWEST_LETTERS = 7

/** Or it begins with what nothing else begins with, or is a count, or a chat, that the floors below write. */
function isTellTale(english: string): boolean {
  return english.startsWith('{entry} ') || /^(?:\{n\} (?:rows|others)|chat \{id\})$/.test(english)
}

function lettersOf(english: string): number {
  return english.replaceAll(/\{\w+\}/g, '').replaceAll(/\P{L}/gu, '').length
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
