import { german } from './german.ts'
import { scripts } from './german/scripts.ts'
import type { Catalog } from './words.ts'

/**
 * The languages of the interface. English needs no catalog: its words are what the others are found by. `scripts` is
 * the JSON of what the browser's scripts say, and `manifest` what a system shows of the app that was installed.
 */
export const languages: Record<Language, { words?: Catalog; scripts?: string; manifest: string }> = {
  en: { manifest: '/manifest.webmanifest' },
  de: { words: german, scripts: JSON.stringify(scripts), manifest: '/manifest.de.webmanifest' },
}

export type Language = 'en' | 'de'

export function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(languages, tag)
}
