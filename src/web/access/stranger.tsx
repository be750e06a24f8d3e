import { isClaimed } from '../../storage/accounts.ts'
import { database } from '../../storage/database.ts'
import type { Visitor } from '../../storage/visitors.ts'
import { problem } from '../problem.ts'
import { answersJson, refusal } from '../refusal.tsx'
import { renderPage } from '../render-page.tsx'
import type { AppContext } from '../request.ts'
import { Problem } from '../views/problem.tsx'
import { accessSettings } from './access-settings.ts'
import { isLocalOwner } from './local-owner.ts'
import { english } from '../words/words.ts'

type Answer = Response | Promise<Response>

/**
 * Answers somebody who is not signed in: a page leads to the sign-in and from there back to it, a program gets 401. The
 * answer depends on nothing that the request names.
 */
export async function refuseStranger(c: AppContext): Promise<Response> {
  if (!(await isOpen(c))) return unclaimed(c)
  if (accessSettings(c.env) !== null)
    return refusal(
      c,
      401,
      english(
        'Cloudflare Access let this request through, but it is nobody’s: a program sends its service token together with an API token, and a person sends none.',
      ),
    )
  const { pathname, search } = new URL(c.req.url)
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  if (answersJson(c)) {
    c.header('www-authenticate', 'Bearer realm="Yardstick"')
    return problem(c, 401, 'Sign in first, or send an API token of yours.')
  }
  const address = `/sign-in?next=${encodeURIComponent(isRead ? pathname + search : '/')}`
  // a fragment would show the sign-in in its place
  if (c.req.header('hx-request')) {
    c.header('hx-redirect', '/sign-in')
    return problem(c, 401, 'Sign in first.')
  }
  return isRead
    ? c.redirect(address, 303)
    : refusal(c, 401, english('You are signed out. Sign in and try again.'))
}

/** Refuses a token that may only read what changes something. A preview of a file changes nothing. */
export function refuseToken(c: AppContext, { scope }: Visitor): Answer | null {
  // the form of the page says in its body which of both it is
  const isPreview = /^\/api\/.*\/imports$/.test(c.req.path) && c.req.query('preview') === '1'
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD' || isPreview
  return scope === 'write' || isRead ? null : refusal(c, 403, english('This API token is read-only.'))
}

/** Says whether there is somebody who runs the instance; on one's own machine there will be, with one click. */
export async function isOpen(c: AppContext): Promise<boolean> {
  return isLocalOwner(c) || isClaimed(database(c.env.DB), accessSettings(c.env) !== null)
}

/** Answers everything while nobody has claimed the instance. */
export function unclaimed(c: AppContext): Answer {
  const mayClaim = setupToken(c.env) !== null
  const detail = mayClaim
    ? english(
        'Nobody has claimed this Yardstick yet. Its operator can claim it at /setup with its SETUP_TOKEN.',
      )
    : english(
        'Nobody has claimed this Yardstick yet. Whoever runs it chooses a long secret with `npx wrangler secret put SETUP_TOKEN`, and enters it at /setup.',
      )
  if (answersJson(c)) return problem(c, 503, detail)
  const title = english('Not set up yet')
  const way = mayClaim ? { href: '/setup', words: english('Set it up') } : undefined
  return renderPage(c, 503, title, <Problem status={503} title={title} detail={detail} way={way} />)
}

/** Returns what claims the instance; null when there is none, or one that could be guessed. */
export function setupToken(env: Env): string | null {
  const { SETUP_TOKEN } = env
  return SETUP_TOKEN !== undefined && SETUP_TOKEN.length > 20 ? SETUP_TOKEN : null
}
