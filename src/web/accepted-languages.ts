import type { Reader } from './reader.ts'
import { isLanguage, type Language, languages } from './words/languages.ts'

/**
 * Reads Accept-Language (`de-AT,de;q=0.9`): numbers and days are of the first tag that Intl knows, with digits 0–9; the
 * words of the first that we have a catalog of, or of the language that was chosen. Null without any of these.
 */
export function readerOf(accepted: string, chosen?: Language): Reader | null {
  const key = `${chosen ?? ''} ${accepted}`
  const known = readers.get(key)
  if (known !== undefined) return known
  if (readers.size >= 200) readers.clear()
  const found = firstKnown(accepted, chosen)
  readers.set(key, found)
  return found
}

/** By what was read: each page reads it twice, which takes longer than a row of a table. */
const readers = new Map<string, Reader | null>()

function firstKnown(accepted: string, chosen: Language | undefined): Reader | null {
  const tags = accepted.split(',').slice(0, 8).flatMap(localeOf)
  const first = tags.find(({ language }) => Intl.NumberFormat.supportedLocalesOf(language).length > 0)
  if (first === undefined && chosen === undefined) return null
  const { language, region } = first ?? new Intl.Locale(chosen!)
  const land = region ?? new Intl.Locale(language).maximize().region ?? 'US'
  const spoken = chosen ?? tags.map((tag) => tag.language).find(isLanguage) ?? 'en'
  return {
    locale: `${language}-${land}-u-nu-latn`,
    dates: `${spoken}-${land}`,
    language: spoken,
    words: languages[spoken].words,
  }
}

function localeOf(tag: string): Intl.Locale[] {
  try {
    return [new Intl.Locale(tag.replace(/;.*/, '').trim())]
  } catch {
    // `*`, or a text that is no tag, such as the `en-US@posix` of some Chromium
    return []
  }
}
