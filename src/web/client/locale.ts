import { setReader } from '../reader.ts'

// uPlot asks `new Intl.NumberFormat(navigator.language)` while it loads, which throws on tags that are none, such as
// the `en-US@posix` of a headless Chromium, and takes every script of the page with it. Hence before uPlot.
try {
  Intl.getCanonicalLocales(navigator.language)
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en-US' })
}

// the locale in which the server wrote the page
const { locale, dates } = document.documentElement.dataset
setReader({ locale, dates })
