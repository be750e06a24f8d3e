import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { knownVisitor } from './access/visitor.ts'
import { problem, titleOf } from './problem.ts'
import { renderPage } from './render-page.tsx'
import type { AppContext } from './request.ts'
import { Problem } from './views/problem.tsx'
import { ours } from './words/words.ts'

/**
 * Refuses a request with a sentence that says what is wrong and what to do: as problem+json to a program, and to a
 * person as a page in the frame of the app.
 */
export async function refusal(
  c: AppContext,
  status: ContentfulStatusCode,
  detail: string,
): Promise<Response> {
  if (answersJson(c)) return problem(c, status, detail)
  const title = titleOf(status)
  const list = (await knownVisitor(c))?.list ?? []
  const page = <Problem status={status} title={title} detail={detail} portfolios={list} />
  return renderPage(c, status, ours(title), page, { list })
}

/** Says whether a script reads the response: of the API, of an assistant's tools, of the pages' own data, or of the live channel. */
export function answersJson(c: AppContext): boolean {
  return /^\/api\/|^\/mcp$|\.json$|\/live$/.test(c.req.path)
}
