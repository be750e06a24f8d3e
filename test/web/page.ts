import { expect } from 'vitest'
import { request } from '../worker/app.ts'

/** A page that is there, as HTML. */
export async function page(path: string, init?: RequestInit): Promise<string> {
  const answer = await request(path, init)
  expect([path, answer.status]).toEqual([path, 200])
  return answer.text()
}

/** What a person reads: the text without its tags. */
export function words(html: string): string {
  return html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&#39;', '’')
    .replace(/\s+/g, ' ')
}

/** A form, sent as a browser without script does. */
export function post(path: string, fields: Record<string, string>): Promise<Response> {
  return request(path, { method: 'POST', body: new URLSearchParams(fields) })
}

/** Goes where a form's answer leads, with the cookies it left, as the browser does. */
export async function follow(answer: Response): Promise<string> {
  expect(answer.status).toBe(303)
  const cookie = answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const next = await request(answer.headers.get('location')!, { headers: { cookie } })
  return next.status === 302 ? page(next.headers.get('location')!, { headers: { cookie } }) : next.text()
}
