import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Fault } from '../portfolio/entry.ts'
import type { AppContext } from './request.ts'
import { english } from './words/words.ts'

const titles: Record<number, string> = {
  400: english('We couldn’t read this request'),
  401: english('Sign in first'),
  403: english('Not allowed'),
  404: english('Not found'),
  405: english('Not possible here'),
  409: english('This was changed by someone else'),
  413: english('Too large'),
  414: english('The address is too long'),
  415: english('This kind of content isn’t supported'),
  421: english('Wrong host name'),
  422: english('Not accepted'),
  428: english('Version required'),
  429: english('Too many tries'),
  500: english('Something went wrong on our side'),
  503: english('Temporarily unavailable'),
}

/** The heading of a refusal. */
export function titleOf(status: number): string {
  return titles[status] ?? english('Problem')
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
