import { type Day, isDay, latestDay } from '../portfolio/day.ts'
import { A_DATE } from './api/asked.ts'
import { refusal } from './refusal.tsx'
import type { AppContext } from './request.ts'
import { english } from './words/words.ts'

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
  /^\/(activity|alerts|brokers|imports|settings|people|share-links|live|refreshes|everything|export\/(everything|track-record)|transactions\/(new$|[^/]+\/edit$))/

/** True for what follows a portfolio's own address in one that is the same on every day. */
export function isTimeless(rest: string): boolean {
  return TIMELESS.test(rest)
}

/** What an address that is the same on every day answers for a past one: a page leads to that day's dashboard. */
export function withoutPast(c: AppContext, portfolio: string, day: Day): Response | Promise<Response> | null {
  const home = `/portfolios/${portfolio}`
  const { path } = c.req
  const isOwn = path.startsWith(`${home}/`) && isTimeless(path.slice(home.length))
  if (!isOwn && !ELSEWHERE.test(path)) return null
  return PAGES.test(path)
    ? c.redirect(`${home}?as_of=${day}`)
    : refusal(c, 400, english('This address is the same on every day: leave out as_of.'))
}

const PAGES = /^\/(portfolios|groups)\/[^/]+\/(activity|alerts|brokers|imports|settings)$/

/** The same of a group's form, and of answers for programs: settings, people, links, files, refreshes, one transaction. */
const ELSEWHERE =
  /^\/groups\/|^\/api\/(portfolios|groups)\/[^/]+(\/(members|invitations|links|alerts|digest|brokers|imports|refreshes|transactions\/).*)?$/
