import type { Tongue, Voice } from '../portfolio/sentence.ts'
import { readerOf } from './accepted-languages.ts'
import { locales, type Reader, withReader } from './reader.ts'
import { isLanguage } from './words/languages.ts'
import { translated } from './words/words.ts'

/** How a channel is told something: in the language, and with the numbers, of whoever made it. */
export function voiceOf(tongue: Tongue): Voice {
  const reader = readerWith(tongue)
  return { ...withReader(reader, locales), words: (text) => withReader(reader, () => translated(text)) }
}

/** How whoever reads the page that is being written is told something. */
export function readersVoice(): Voice {
  return { ...locales(), words: translated }
}

/** What is kept of a reader. */
export function tongueOf({ language, locale }: Reader): Tongue {
  return { language: language ?? null, locale: locale ?? null }
}

/** The reader that was kept. */
export function readerWith({ language, locale }: Tongue): Reader {
  return readerOf(locale ?? '', language !== null && isLanguage(language) ? language : undefined) ?? {}
}
