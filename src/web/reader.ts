/**
 * The reader that a text is written for. Without a `timeZone`, times are those of New York. `dates` is the locale of
 * days and times when it differs from that of numbers: our sentences are English, so a German reader gets `en-DE`,
 * which has English words in German order.
 */
export type Reader = {
  locale?: string | undefined
  dates?: string | undefined
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

/** Reads Accept-Language (`de-AT,de;q=0.9`): the first tag that Intl knows, with digits 0–9; null without any. */
export function readerOf(languages: string): Reader | null {
  const known = readers.get(languages)
  if (known !== undefined) return known
  if (readers.size >= 200) readers.clear()
  const found = firstKnown(languages)
  readers.set(languages, found)
  return found
}

/** By what was read: each page reads it twice, which takes longer than a row of a table. */
const readers = new Map<string, Reader | null>()

function firstKnown(languages: string): Reader | null {
  for (const tag of languages.split(',').slice(0, 8)) {
    try {
      const { language, region } = new Intl.Locale(tag.replace(/;.*/, '').trim())
      if (Intl.NumberFormat.supportedLocalesOf(language).length === 0) continue
      const land = region ?? new Intl.Locale(language).maximize().region ?? 'US'
      return { locale: `${language}-${land}-u-nu-latn`, dates: `en-${land}` }
    } catch {
      // `*`, or a text that is no tag, such as the `en-US@posix` of some Chromium
    }
  }
  return null
}

/** The locales of the reader, for an axis whose labels share one format. */
export function locales(): { numbers: string; dates: string } {
  return {
    numbers: currentReader.locale ?? 'en-US',
    dates: currentReader.dates ?? currentReader.locale ?? 'en-US',
  }
}
