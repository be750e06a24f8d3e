import { ExtendedCookieJar } from 'yahoo-finance2/lib/cookieJar'
import { DAY } from '../../portfolio/time.ts'
import { record } from '../field.ts'
import type { Keeper } from '../http/polite-fetch.ts'

/**
 * Returns a jar with the cookies and the crumb that an earlier source has kept, unless they are older than a day or
 * cannot be read; then it is empty. `keep` stores what is in it, with its age, when that is not what was stored last.
 */
export function keptJar(
  kept: Keeper,
  now: () => number,
): { jar: ExtendedCookieJar; keep: () => void; forget: () => void } {
  const jar = jarOf(kept.get(), now())
  let known = contents(jar)
  return {
    jar,
    keep() {
      const present = contents(jar)
      if (present === known) return
      known = present
      kept.set({ at: now(), jar: JSON.stringify(jar.serializeSync()) })
    },
    forget() {
      known = ''
      kept.set(null)
    },
  }
}

function jarOf(kept: unknown, now: number): ExtendedCookieJar {
  const { at, jar } = record(kept)
  if (typeof at !== 'number' || typeof jar !== 'string' || now - at > DAY) return new ExtendedCookieJar()
  try {
    return new ExtendedCookieJar(ExtendedCookieJar.deserializeSync(jar).store)
  } catch {
    return new ExtendedCookieJar()
  }
}

/** The same text for the same cookies, whenever they were last sent. yahoo-finance2 keeps the crumb as one of them. */
function contents(jar: ExtendedCookieJar): string {
  const cookies = jar.serializeSync()?.cookies ?? []
  return cookies.map(({ key, value, domain }) => JSON.stringify([key, value, domain])).join('\n')
}
