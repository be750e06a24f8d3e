import { setReader } from '../reader.ts'
import type { Catalog } from '../words/words.ts'

// uPlot calls `new Intl.NumberFormat(navigator.language)` while it loads. That throws on a tag that is not valid, such
// as the `en-US@posix` of a headless Chromium, and no script of the page would run. This file is therefore loaded first.
try {
  Intl.getCanonicalLocales(navigator.language)
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en-US' })
}

// the server wrote the page in this locale, and brings the words that scripts say unless they are English
const { dataset } = document.documentElement
const words = document.getElementById('interface-words')?.textContent
setReader({
  locale: dataset.locale,
  dates: dataset.dates,
  words: words ? (JSON.parse(words) as Catalog) : undefined,
})
