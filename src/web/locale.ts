import type { StoredReader, Locale } from '../portfolio/sentence.ts'
import { readerOf } from './accepted-languages.ts'
import { locales, type Reader, withReader } from './reader.ts'
import { isLanguage } from './words/languages.ts'
import { translated } from './words/words.ts'

/** How a channel is told something: in the language, and with the numbers, of whoever made it. */
export function localeOf(stored: StoredReader): Locale {
  const reader = readerWith(stored)
  return { ...withReader(reader, locales), words: (text) => withReader(reader, () => translated(text)) }
}

/** How whoever reads the page that is being written is told something. */
export function readersLocale(): Locale {
  return { ...locales(), words: translated }
}

/** What is kept of a reader. */
export function storedReader({ language, locale }: Reader): StoredReader {
  return { language: language ?? null, locale: locale ?? null }
}

/** The reader that was kept. */
export function readerWith({ language, locale }: StoredReader): Reader {
  return readerOf(locale ?? '', language !== null && isLanguage(language) ? language : undefined) ?? {}
}
