import type { Child } from 'hono/jsx'
import { t } from '../words/words.ts'

type Way = { href: string; name: string } | null
type PagerProps = { label: string; before: Way; after: Way; children?: Child }

/** Links to the pages before and after this one. */
export const Pager = ({ label, before, after, children }: PagerProps) =>
  before || after ? (
    <nav class="pager" aria-label={label}>
      {before ? (
        <a class="button" rel="prev" href={before.href}>
          {before.name}
        </a>
      ) : (
        <span></span>
      )}
      <span class="aside">{children}</span>
      {after ? (
        <a class="button" rel="next" href={after.href}>
          {after.name}
        </a>
      ) : (
        <span></span>
      )}
    </nav>
  ) : null

type PagesProps = { page: number; pages: number; href: (page: number) => string }

/** The same with the number of pages. */
export const Pages = ({ page, pages, href }: PagesProps) => (
  <Pager
    label={t('Pages of the table')}
    before={page > 1 ? { href: href(page - 1), name: t('Previous') } : null}
    after={page < pages ? { href: href(page + 1), name: t('Next') } : null}
  >
    {t('Page {page} of {pages}', { page, pages })}
  </Pager>
)

/** Returns the rows of the requested page, or of the nearest one that exists. */
export function paged<T>(all: readonly T[], requested: string | undefined, size = 100) {
  const pages = Math.max(1, Math.ceil(all.length / size))
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(requested)) || 1))
  return { rows: all.slice((page - 1) * size, page * size), page, pages }
}
