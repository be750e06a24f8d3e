import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Fault } from '../portfolio/entry.ts'
import type { AppContext } from './request.ts'

const titles: Record<number, string> = {
  400: 'We couldn’t read this request',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not possible here',
  409: 'This was changed by someone else',
  413: 'Too large',
  414: 'The address is too long',
  415: 'This kind of content isn’t supported',
  421: 'Wrong host name',
  422: 'Not accepted',
  428: 'Version required',
  429: 'Too many tries',
  500: 'Something went wrong on our side',
  503: 'Temporarily unavailable',
}

/** The heading of a refusal. */
export function titleOf(status: number): string {
  return titles[status] ?? 'Problem'
}

/** Answers an error in the format of RFC 9457, with a sentence that tells the reader what to do. */
export function problem(
  c: AppContext,
  status: ContentfulStatusCode,
  detail: string,
  more: Record<string, unknown> = {},
): Response {
  return c.json({ title: titleOf(status), status, detail, ...more }, status, {
    'content-type': 'application/problem+json',
  })
}

/** Answers the faults of a form's fields; the first one is the sentence. */
export function refused(
  c: AppContext,
  faults: readonly (Fault | { field: string; reason: string })[],
): Response {
  return problem(c, 422, faults.map((fault) => `${fault.field}: ${fault.reason}`).join('; '), { faults })
}
