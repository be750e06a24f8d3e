/** Control characters other than tab and line ends. Also NUL, at which SQLite's text functions end a text. */
// eslint-disable-next-line no-control-regex -- these are what it is about
const CONTROL = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F]/

/**
 * Returns why a typed text is none that can be stored and shown again as it was typed, or null. Half of a surrogate
 * pair, which a JSON escape can spell, has no UTF-8.
 */
export function faultOfText(text: string): string | null {
  if (!text.isWellFormed()) return 'contains half of a character'
  return CONTROL.test(text) ? 'contains a control character' : null
}
