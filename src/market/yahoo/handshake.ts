import type { ExtendedCookieJar } from 'yahoo-finance2/lib/cookieJar'
import { UpstreamError } from '../http/polite-fetch.ts'
import { callOf } from './endpoints.ts'

/**
 * The pages that lead to a cookie: one as a rule, six through a European consent, seven where the consent asks three
 * times. Who is sent further goes in a circle.
 */
const PAGES = 7
/** After a handshake that led nowhere only its first page is asked for, and all of them anew once in so many tries. */
const WHOLE = 60

/** True when a handshake may be made from the first page to the last, after so many that led nowhere. */
export function isWhole(deadEnds: number): boolean {
  return deadEnds % WHOLE === 0
}

/**
 * Returns a fetch for yahoo-finance2 that bounds what it does to get its cookie. The library asks for the first page
 * whenever it wants a crumb, cookie or not: with one in the jar that page is not fetched again.
 */
export function boundedHandshake(
  fetch: typeof globalThis.fetch,
  jar: ExtendedCookieJar,
  deadEnds: () => number,
): typeof globalThis.fetch {
  let left = PAGES
  return async (input: RequestInfo | URL, init?: RequestInit) => {
    const url = input instanceof Request ? input.url : String(input)
    if (callOf(url).endpoint !== 'cookie') return fetch(input, init)
    // the library sends no cookie with the first page, and the jar's with all that follow
    if (!new Headers(init?.headers).has('cookie')) {
      const cookies = await jar.getCookies(url)
      if (cookies.some(({ key }) => key === 'A1' || key === 'A3')) return new Response('')
      left = isWhole(deadEnds()) ? PAGES : 1
    }
    if (left === 0) throw new UpstreamError('redirect', 'Yahoo’s consent pages lead nowhere')
    left -= 1
    return fetch(input, init)
  }
}
