import { type Day, dayAt } from '../portfolio/day.ts'
import { TIME_ZONE } from '../portfolio/time.ts'
import type { Visitor } from '../storage/visitors.ts'
import assets from './assets.json'
import { type AppContext, seenRevision } from './request.ts'

/**
 * Returns the ETag of what an address answers of a past day. That changes only with the revision of the portfolio, with
 * what the visitor may see, and with how they read: a browser that has it asks again, and is told so at the price of the
 * query that says who they are. It is kept by no other rule, since an edit, a sign-out and a member's removal count at the
 * very next look. Null for a day that is not over, whose prices still move, and for what writes.
 */
export async function pastValidator(
  c: AppContext,
  portfolio: string,
  visitor: Visitor,
  day: Day | null,
): Promise<string | null> {
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  const today = dayAt(Date.now(), TIME_ZONE)
  const { revision } = visitor
  if (day === null || !isRead || day >= today) return null
  // a reader who has seen more than D1 has is answered by the object
  if (revision === null || seenRevision(c, portfolio) > revision) return null
  const { account, name, isAdmin, role, kind, members, list, groups } = visitor
  const seen = { account, name, isAdmin, role, kind, members, list, groups }
  // pages of another year name the year of their days
  const text = JSON.stringify([c.req.url, portfolio, revision, today, seen, readBy(c), assets])
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text)))
  return `"past-${btoa(String.fromCharCode(...hash))}"`
}

/** Whether a browser has just what an ETag names. A page that was compressed has a weak one. */
export function hasAlready(c: AppContext, etag: string): boolean {
  const known = c.req.header('if-none-match') ?? ''
  return known.split(',').some((each) => each.trim().replace(/^W\//, '') === etag)
}

/** What of a request decides how an answer is written. */
function readBy(c: AppContext): unknown {
  const cookies = (c.req.header('cookie') ?? '').split('; ').filter((each) => !each.startsWith('revision-'))
  const headers = ['accept', 'accept-language', 'hx-request', 'hx-request-type', 'sec-fetch-mode']
  return [cookies.toSorted(), headers.map((name) => c.req.header(name) ?? null)]
}
