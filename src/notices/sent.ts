import { limited } from '../market/http/limited-body.ts'
import { secondsOf } from '../market/http/retry-after.ts'
import type { Call } from './channel.ts'
import type { Sending } from './sending.ts'

/** How a call goes out: by whose fetch, and what time it is, in milliseconds. */
export type Out = { fetch: typeof fetch; now: () => number; timeout?: number }

/** What a service has answered; nothing of a body that is longer than a few kilobytes, or breaks off. */
export type Answer = { status: number; body: string; retryAfter: number | null }
/** Why there is no answer. Of a call that nobody answered nobody knows whether it arrived. */
export type Unanswered = { status: null; said: string; mayHaveArrived: boolean }

const TIMEOUT = 10_000
const LARGEST_ANSWER = 8 * 1024

/**
 * Posts a call, once, and says what came of it. Ten seconds are waited for it, no redirect is followed, since where it leads nobody
 * has checked, and of the answer eight kilobytes are read.
 */
export async function posted(call: Call, out: Out): Promise<Answer | Unanswered> {
  // unbound on purpose: workerd refuses a fetch that is called as a method
  const { fetch, now, timeout = TIMEOUT } = out
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), timeout)
  const { host } = new URL(call.url)
  try {
    const { url, headers, body } = call
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: controller.signal,
    })
    const retryAfter = secondsOf(response.headers.get('retry-after'), now()) ?? null
    // once there is a status, the notice has arrived or not, whatever becomes of the sentence behind it
    const text = await limited(response, controller.signal, LARGEST_ANSWER).catch(() => null)
    return { status: response.status, body: text ?? '', retryAfter }
  } catch {
    // what an exception says may have the address in it, which may be a secret
    const mayHaveArrived = controller.signal.aborted
    const said = mayHaveArrived
      ? `${host} did not answer within ${timeout / 1000} seconds.`
      : `${host} cannot be reached.`
    return { status: null, said, mayHaveArrived }
  } finally {
    clearTimeout(timer)
  }
}

/** Says what an answer means by its status alone. */
export function judgedByStatus({ status, retryAfter }: Answer, host: string, said: string | null): Sending {
  if (status >= 200 && status < 300) return { status: 'sent' }
  const words =
    said === null ? `${host} answered HTTP ${status}.` : `${host} answered HTTP ${status}: ${said}`
  if (status === 404 || status === 410) return { status: 'gone', said: words }
  if (status === 429 || status >= 500) return { status: 'later', said: words, retryAfter }
  if (status >= 300 && status < 400)
    return {
      status: 'refused',
      said: `${host} sent us elsewhere (HTTP ${status}). Enter the address that it leads to.`,
    }
  return { status: 'refused', said: words }
}
