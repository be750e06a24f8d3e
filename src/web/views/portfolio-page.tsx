import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { Clock } from '../clock.ts'
import { Freshness } from './freshness.tsx'

type Priced = { snapshot: Snapshot; clock: Clock }

type PortfolioPageProps = PropsWithChildren<
  Priced & {
    title: Child
    /** What can be done here, at the end of the heading. */
    actions?: Child
  }
>

/** A page of a portfolio that shows prices: its heading, and what it holds. */
export const PortfolioPage = ({ title, snapshot, clock, actions, children }: PortfolioPageProps) => (
  <div class="sheet">
    <Heading title={title} priced={{ snapshot, clock }} actions={actions} />
    {children}
  </div>
)

/** The same on every page of a portfolio: its name, how current its prices are, and what can be done. */
export const Heading = ({
  title,
  priced,
  actions,
}: {
  title: Child
  /** Null where nothing on the page depends on prices. */
  priced: Priced | null
  actions?: Child
}) => (
  <div class="topline">
    <h1>{title}</h1>
    {priced && <Freshness {...priced} />}
    {actions && <div class="actions">{actions}</div>}
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

type CardProps = PropsWithChildren<{ name: Child; note?: Child; title?: string | undefined }>

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

/** What the list is narrowed to; it leads to the list without. */
export const Chosen = ({ name, without }: { name: string; without: string }) => (
  <a class="chosen" href={without} aria-label={`${name}: remove filter`}>
    {name} <span aria-hidden="true">×</span>
  </a>
)
