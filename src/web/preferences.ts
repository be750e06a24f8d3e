import type { Label } from './words/words.ts'

/** The options of each preference. The first is the default. */
export const preferences = {
  // each language is named in itself
  language: { title: 'Language', options: { auto: 'Same as browser', en: 'English', de: 'Deutsch' } },
  theme: { title: 'Theme', options: { auto: 'Same as system', light: 'Light', dark: 'Dark' } },
  palette: {
    title: 'Gain and loss',
    options: { green: 'Green and red', red: 'Red and green', blue: 'Blue and orange' },
  },
  privacy: { title: 'Money', options: { off: 'Shown', on: 'Hidden' } },
} as const satisfies Record<string, { title: Label; options: Record<string, Label> }>

type Preference = keyof typeof preferences
export type Chosen = Record<Preference, string>

export const names = Object.keys(preferences) as Preference[]

/** Reads the preferences from cookies or a form. An unknown option counts as not chosen. */
export function chosen(read: (name: Preference) => string | undefined): Chosen {
  const of = (name: Preference) => {
    const value = read(name)
    const options = Object.keys(preferences[name].options)
    return value !== undefined && options.includes(value) ? value : options[0]!
  }
  return { language: of('language'), theme: of('theme'), palette: of('palette'), privacy: of('privacy') }
}
