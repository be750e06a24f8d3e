import type { Language } from './words/languages.ts'
import type { Catalog } from './words/words.ts'

/**
 * The reader that a text is written for. Without a `timeZone`, times are those of New York. `dates` is the locale of
 * days and times when it differs from that of numbers: a French reader, whose language we do not have, gets `en-FR`,
 * which has English words in French order. Without `words`, sentences are English.
 */
export type Reader = {
  locale?: string | undefined
  dates?: string | undefined
  language?: Language | undefined
  words?: Catalog | undefined
  timeZone?: string | undefined
}

let currentReader: Reader = {}

/** Sets the reader of all later texts that name no other. It is for a browser, which has one reader. */
export function setReader(reader: Reader): void {
  currentReader = reader
}

/** Sets the reader while `write` runs. `write` must be synchronous, because a Worker has many readers at a time. */
export function withReader<T>(reader: Reader, write: () => T): T {
  const before = currentReader
  currentReader = reader
  try {
    return write()
  } finally {
    currentReader = before
  }
}

/** The locales of the reader, for an axis whose labels share one format. */
export function locales(): { numbers: string; dates: string } {
  return {
    numbers: currentReader.locale ?? 'en-US',
    dates: currentReader.dates ?? currentReader.locale ?? 'en-US',
  }
}

/** The catalog of the reader’s language; undefined for English. */
export function currentWords(): Catalog | undefined {
  return currentReader.words
}
