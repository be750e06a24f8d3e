import type { AppContext } from '../request.ts'

/** What the JSON API answers: the body, or the sentence of its refusal. */
export type Answered = { body: unknown } | { refused: string }
export type Ask = (path: string, init?: { method: string; body?: string }) => Promise<Answered>

/** How the whole app answers a request. */
export type Answer = (request: Request, c: AppContext) => Response | Promise<Response>

const own = new WeakSet<Request>()

/** True for a request that the Worker makes of itself, which is none of Cloudflare's. */
export function isOwnRequest(request: Request): boolean {
  return own.has(request)
}

/**
 * Asks the JSON API on behalf of whoever makes this request: with their token, through the same gate, scopes and
 * allowances. Nothing is read or calculated in another way for an assistant.
 */
export function ownApi(c: AppContext, answer: Answer): Ask {
  return async (path, init = { method: 'GET' }) => {
    const headers = new Headers()
    for (const name of ['authorization', 'cf-access-jwt-assertion', 'cf-connecting-ip']) {
      const value = c.req.header(name)
      if (value !== undefined) headers.set(name, value)
    }
    const request = new Request(new URL(path, c.req.url), { ...init, headers })
    own.add(request)
    const answered = await answer(request, c)
    const text = await answered.text()
    const body: unknown = text === '' ? null : JSON.parse(text)
    return answered.ok ? { body } : { refused: (body as { detail: string }).detail }
  }
}
