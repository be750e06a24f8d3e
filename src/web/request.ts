import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Child } from 'hono/jsx'
// not from 'hono/jsx', which brings hooks, streaming and a renderer for the browser along
import { Fragment } from 'hono/jsx/jsx-runtime'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { readerOf } from './accepted-languages.ts'
import { type Reader, withReader } from './reader.ts'
import { isLanguage } from './words/languages.ts'
import type { Role } from '../storage/visitors.ts'
import { writtenFor } from './views/shown-to.ts'

export type AppEnv = { Bindings: Env; Variables: object }
/** Of any route, whatever it has in `c.var`. */
// eslint-disable-next-line typescript/no-explicit-any -- a context takes its variables in as well as it hands them out
export type AppContext = Context<{ Bindings: Env; Variables: any }>

const PORTFOLIO_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function isPortfolioId(id: string): boolean {
  return PORTFOLIO_ID.test(id)
}

/**
 * The newest revision of a portfolio that this reader has seen: from the page's own signal, a script's query, or the
 * cookie that an edit left. KV may be up to a minute behind it.
 */
export function seenRevision(c: AppContext, portfolioId: string): number {
  const seen = [
    c.req.header('yardstick-revision'),
    c.req.query('revision'),
    getCookie(c, cookieName(portfolioId)),
  ]
  return Math.max(0, ...seen.map((text) => (text && /^\d{1,16}$/.test(text) ? Number(text) : 0)))
}

/** After an edit: the very next answer to this browser shows it, whichever page asks. */
export function rememberRevision(c: AppContext, portfolioId: string, revision: number): void {
  setCookie(c, cookieName(portfolioId), String(revision), {
    path: '/',
    maxAge: 120,
    httpOnly: true,
    sameSite: 'Lax',
  })
}

/** Whether htmx asks for a part of a page, which it puts into the page that is there. */
export function isInPlace(c: AppContext): boolean {
  return c.req.header('hx-request') === 'true'
}

/** HTML in this reader's language and numbers, with its ETag. */
export async function html(
  c: AppContext,
  content: Child,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  const text = writtenFor((c.get('role') as Role | undefined) ?? null, () =>
    withReader(reader(c), () => Fragment({ children: content }).toString()),
  )
  return hashed(c, text, 'text/html; charset=UTF-8', status)
}

/** JSON with its ETag. */
export function json(c: AppContext, value: object): Promise<Response> {
  return jsonText(c, JSON.stringify(value))
}

export function jsonText(c: AppContext, text: string): Promise<Response> {
  return hashed(c, text, 'application/json', 200)
}

const utf8 = new TextEncoder()

/** A text as bytes, with their hash: hono's middleware would read the answer back as a stream to hash it. */
async function hashed(
  c: AppContext,
  text: string,
  type: string,
  status: ContentfulStatusCode,
): Promise<Response> {
  const bytes = utf8.encode(text) as Uint8Array<ArrayBuffer>
  if (status === 200) {
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-1', bytes))
    c.header('etag', `"${btoa(String.fromCharCode(...hash))}"`)
  }
  return c.body(bytes, status, { 'content-type': type })
}

/** Who reads: by the language that was chosen, and by Accept-Language. */
export function reader(c: AppContext): Reader {
  const chosen = getCookie(c, 'language') ?? ''
  return readerOf(c.req.header('accept-language') ?? '', isLanguage(chosen) ? chosen : undefined) ?? {}
}

function cookieName(portfolioId: string): string {
  return `revision-${portfolioId.slice(0, 8)}`
}
