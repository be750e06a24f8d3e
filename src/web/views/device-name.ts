import { t } from '../words/words.ts'

/**
 * What a session, a passkey or a channel is called. One that was called by its browser and its system (begin-session.ts) is called
 * so in the reader’s language; a name that somebody gave stays as it is.
 */
export function deviceName(stored: string): string {
  const [, browser, system] = NAMED_BY_US.exec(stored) ?? []
  if (browser === undefined) return stored
  const name = browser === 'A program' ? t('A program') : browser
  return system === undefined ? name : t('{browser} on {system}', { browser: name, system })
}

const NAMED_BY_US =
  /^(Edge|Opera|Firefox|Chrome|Safari|A program)(?: on (iOS|Android|Windows|macOS|ChromeOS|Linux))?$/
