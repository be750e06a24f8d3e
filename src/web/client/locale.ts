import { setReader } from '../reader.ts'

// uPlot calls `new Intl.NumberFormat(navigator.language)` while it loads. That throws on a tag that is not valid, such
// as the `en-US@posix` of a headless Chromium, and no script of the page would run. This file is therefore loaded first.
try {
  Intl.getCanonicalLocales(navigator.language)
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en-US' })
}

// the server wrote the page in this locale
const { locale, dates } = document.documentElement.dataset
setReader({ locale, dates })
