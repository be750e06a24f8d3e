import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { Clock } from '../clock.ts'
import { Freshness } from './freshness.tsx'

type PortfolioPageProps = PropsWithChildren<{ title: Child; snapshot: Snapshot; clock: Clock }>

/** A page of a portfolio: its name, how current it is, and what it holds. */
export const PortfolioPage = ({ title, snapshot, clock, children }: PortfolioPageProps) => (
  <div class="sheet">
    <div class="topline">
      <h1>{title}</h1>
      <Freshness snapshot={snapshot} clock={clock} />
    </div>
    {children}
  </div>
)

/** Makes a part of a page follow changes made elsewhere: it asks for its page again and takes itself out of it. */
export function liveRegion(id: string, address: string) {
  return {
    id,
    'hx-get': address,
    'hx-select': `#${id}`,
    'hx-trigger': 'changed from:body',
    'hx-swap': 'outerMorph',
  }
}

/** An address with a query; what is null or empty is left out. */
export function addressOf(path: string, query: Record<string, string | number | null>): string {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== '')
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return text === '' ? path : `${path}?${text}`
}

export const Cards = ({ children }: { children: Child }) => <dl class="cards">{children}</dl>

type CardProps = PropsWithChildren<{ name: string; note?: Child; title?: string | undefined }>

export const Card = ({ name, note, title, children }: CardProps) => (
  <div>
    <dt>{name}</dt>
    <dd title={title}>
      {children}
      {note && <small>{note}</small>}
    </dd>
  </div>
)

type TabsProps = { label: string; tabs: { href: string; name: Child; current: boolean }[] }

/** Views of one thing, each with an address of its own. */
export const Tabs = ({ label, tabs }: TabsProps) => (
  <nav class="tabs" aria-label={label}>
    {tabs.map(({ href, name, current }) => (
      <a href={href} aria-current={current ? 'page' : undefined}>
        {name}
      </a>
    ))}
  </nav>
)

type PagerProps = { page: number; pages: number; href: (page: number) => string }

export const Pager = ({ page, pages, href }: PagerProps) =>
  pages < 2 ? null : (
    <nav class="pager" aria-label="Pages of the table">
      {page > 1 && (
        <a href={href(page - 1)} rel="prev">
          ← Newer
        </a>
      )}
      <span class="aside">
        Page {page} of {pages}
      </span>
      {page < pages && (
        <a href={href(page + 1)} rel="next">
          Older →
        </a>
      )}
    </nav>
  )

/** Which rows a page shows: the asked one, or the nearest that exists. */
export function paged<T>(all: readonly T[], asked: string | undefined, size = 100) {
  const pages = Math.max(1, Math.ceil(all.length / size))
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(asked)) || 1))
  return { rows: all.slice((page - 1) * size, page * size), page, pages }
}
