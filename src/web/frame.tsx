import { getCookie } from 'hono/cookie'
import type { Child } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Listed } from '../storage/snapshots.ts'
import assets from './assets.json'
import type { AppContext } from './request.ts'
import { Page } from './views/layout.tsx'
import type { PageName } from './views/navigation.tsx'

/** Which portfolio a page is about, and which others there are. */
export type About = { list: Listed[]; current?: string; here?: PageName; revision?: number }

/** A whole page around its content, in the theme and privacy that this browser chose. */
export function framed(
  c: AppContext,
  status: ContentfulStatusCode,
  title: string,
  content: Child,
  about?: About,
): Response | Promise<Response> {
  const theme = getCookie(c, 'theme')
  return c.html(
    <Page
      title={title}
      assets={assets}
      demo={c.env.MARKET === 'demo'}
      nav={about && { portfolios: about.list, current: about.current }}
      here={about?.here}
      revision={about?.revision}
      theme={theme === 'light' || theme === 'dark' ? theme : undefined}
      privacy={getCookie(c, 'privacy') === 'on'}
    >
      {content}
    </Page>,
    status,
  )
}
