import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Fault } from '../portfolio/entry.ts'
import type { AppContext } from './request.ts'

const titles: Record<number, string> = {
  400: 'This request cannot be understood',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Somebody else changed this meanwhile',
  413: 'Too large',
  422: 'Not accepted',
  428: 'Which version?',
  500: 'Something went wrong on our side',
  503: 'Not available for the moment',
}

/** An error as RFC 9457 wants it, with a sentence that a person can act on. */
export function problem(
  c: AppContext,
  status: ContentfulStatusCode,
  detail: string,
  more: Record<string, unknown> = {},
): Response {
  return c.json({ title: titles[status] ?? 'Problem', status, detail, ...more }, status, {
    'content-type': 'application/problem+json',
  })
}

/** Faults of single fields, the first of them as the sentence. */
export function refused(
  c: AppContext,
  faults: readonly (Fault | { field: string; reason: string })[],
): Response {
  return problem(c, 422, faults.map((fault) => `${fault.field}: ${fault.reason}`).join('; '), { faults })
}
