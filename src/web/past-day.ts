import { type Day, isDay, latestDay } from '../portfolio/day.ts'
import { A_DATE } from './day-param.ts'
import { refusal } from './refusal.tsx'
import type { AppContext } from './request.ts'

/** Returns the past day that `as_of` asks for, null without one and for what writes, or what is wrong with it. */
export function readPastDay(c: AppContext): { day: Day | null } | { fault: string } {
  const value = c.req.query('as_of') ?? ''
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  if (value === '' || !isRead) return { day: null }
  if (!isDay(value)) return { fault: `as_of must be ${A_DATE}, not “${value.slice(0, 40)}”.` }
  // as for what may be entered, a day that has begun somewhere is no future
  if (value > latestDay(Date.now())) return { fault: `as_of (${value}) is in the future.` }
  return { day: value }
}

/** Pages that are the same on every day, and what writes. */
const TIMELESS =
  /^\/(activity|imports|settings|people|share-links|live|refreshes|everything|export\/everything|transactions\/(new$|[^/]+\/edit$))/

/** What an address that is the same on every day answers for a past one: a page leads to that day's dashboard. */
export function withoutPast(c: AppContext, portfolio: string, day: Day): Response | Promise<Response> | null {
  const home = `/portfolios/${portfolio}`
  if (!c.req.path.startsWith(`${home}/`) || !TIMELESS.test(c.req.path.slice(home.length))) return null
  return PAGES.test(c.req.path)
    ? c.redirect(`${home}?as_of=${day}`)
    : refusal(c, 400, 'This address is the same on every day: leave out as_of.')
}

const PAGES = /\/(activity|imports|settings)$/

/** Makes the links, forms and regions of a page about a past day lead to others of that day. */
export function keptOn(day: Day, portfolio: string, page: Response): Response {
  const home = `/portfolios/${portfolio}`
  const ofThatDay = (address: string) => {
    const [, path = '', query = '', hash = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/.exec(address) ?? []
    const isOwn = path === home || path.startsWith(`${home}/`)
    if (!isOwn || TIMELESS.test(path.slice(home.length)) || /[?&]as_of=/.test(query)) return address
    return `${path}${query === '' ? '?' : `${query}&`}as_of=${day}${hash}`
  }
  const keep = (name: string): HTMLRewriterElementContentHandlers => ({
    element(element) {
      const address = element.getAttribute(name)
      if (address !== null && address !== '') element.setAttribute(name, ofThatDay(address))
    },
  })
  return (
    new HTMLRewriter()
      .on('a[href]:not([data-present])', keep('href'))
      .on('[hx-get]', keep('hx-get'))
      .on('[data-region]', keep('data-region'))
      .on('[data-source]', keep('data-source'))
      // a form without an action asks for the page that it is on; the one that chooses the day has its own field
      .on('form:not([method=post]):not([data-day])', {
        element(form) {
          const action = form.getAttribute('action') ?? home
          if (ofThatDay(action) !== action)
            form.append(`<input type="hidden" name="as_of" value="${day}">`, { html: true })
        },
      })
      .transform(page)
  )
}
