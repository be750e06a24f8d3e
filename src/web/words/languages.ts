import { german } from './german.ts'
import { scripts } from './german/scripts.ts'
import type { Catalog } from './words.ts'

/**
 * The languages of the interface. English needs no catalog: its words are what the others are found by. `scripts` is
 * the JSON of what the browser's scripts say.
 */
export const languages: Record<Language, { words?: Catalog; scripts?: string }> = {
  en: {},
  de: { words: german, scripts: JSON.stringify(scripts) },
}

export type Language = 'en' | 'de'

export function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(languages, tag)
}
