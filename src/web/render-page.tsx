import { getCookie } from 'hono/cookie'
import type { Child } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Day } from '../portfolio/day.ts'
import { sourceOf } from '../jobs/source.ts'
import type { Listed } from '../storage/snapshots.ts'
import type { Visitor } from '../storage/visitors.ts'
import assets from './assets.json'
import { knownVisitor } from './access/visitor.ts'
import { keptName } from './kept-snapshot.ts'
import { takeNotice } from './notice.ts'
import { chosen } from './preferences.ts'
import { type AppContext, html, reader } from './request.ts'
import { Page, type Title } from './views/layout.tsx'
import type { English } from './words/words.ts'

/** The portfolio that a page is about, and the list for its menu. */
export type About = {
  list: Listed[]
  /** Where a group was made just now; otherwise they are those that the visitor has. */
  groups?: Visitor['groups']
  current?: string
  revision?: number
}

/** Renders a whole page around its content, in the number format, theme and privacy mode of this browser. */
export async function renderPage(
  c: AppContext,
  status: ContentfulStatusCode,
  title: Title,
  content: Child,
  about?: About,
): Promise<Response> {
  const visitor = await knownVisitor(c)
  const page = (
    <Page
      title={title}
      path={c.req.path}
      assets={assets}
      demo={sourceOf(c.env).isInvented}
      nav={
        about && {
          portfolios: about.list,
          groups: about.groups ?? visitor?.groups ?? [],
          current: about.current,
        }
      }
      revision={about?.revision}
      past={c.get('asOf') as Day | null | undefined}
      notice={takeNotice(c) ?? (c.get('misread') as English | undefined) ?? null}
      reader={reader(c)}
      chosen={chosen((name) => getCookie(c, name))}
      visitor={visitor}
      keep={keptName(c, visitor)}
    >
      {content}
    </Page>
  )
  return html(c, page, status)
}
