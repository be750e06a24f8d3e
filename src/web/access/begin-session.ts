import { database, inOneTransaction, type Statement } from '../../storage/database.ts'
import { moveBrowser } from '../../storage/notice-channels.ts'
import { beginSession, endPresented } from '../../storage/sessions.ts'
import type { AppContext } from '../request.ts'
import { channelHere } from '../this-browser.ts'
import { hashOf, newSecret } from './secret.ts'
import { giveSession, sessionOf } from './session-cookie.ts'

/**
 * Signs this browser in to an account, with a session that nobody has seen before: whatever session it had ends, so that
 * one that somebody else has put there is worth nothing. `first` is what is done in the same transaction before, and `last`
 * behind it. Returns false when a condition was not true behind `first`, and nobody is signed in.
 */
export async function signInAs(
  c: AppContext,
  accountId: string,
  first: readonly Statement[] = [],
  condition?: Condition,
  last: readonly Statement[] = [],
): Promise<boolean> {
  const db = database(c.env.DB)
  const secret = newSecret()
  const before = sessionOf(c)
  const device = deviceIn(c.req.header('user-agent') ?? '')
  const results = await inOneTransaction(db, [
    ...first,
    ...(before === null ? [] : [endPresented(db, await hashOf(before))]),
    ...beginSession(db, { hash: await hashOf(secret), accountId, device }, Date.now(), condition),
    ...last,
  ])
  if (results.at(-1 - last.length)!.meta.changes === 0) return false
  const channel = channelHere(c)
  if (channel !== null) await inOneTransaction(db, [moveBrowser(accountId, channel, await hashOf(secret))])
  giveSession(c, secret)
  return true
}

type Condition = Parameters<typeof beginSession>[3]

/** Returns the browser and the system that a User-Agent names, as its owner would: `Firefox on Windows`. */
export function deviceIn(userAgent: string): string {
  const browser = browsers.find(([pattern]) => pattern.test(userAgent))?.[1]
  const system = systems.find(([pattern]) => pattern.test(userAgent))?.[1]
  return [browser ?? 'A program', system].filter((each) => each !== undefined).join(' on ')
}

// each names the ones below it as well
const browsers: readonly [RegExp, string][] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  // without a border, so that it is found in HeadlessChrome
  [/(Chrome|Chromium|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const systems: readonly [RegExp, string][] = [
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]
