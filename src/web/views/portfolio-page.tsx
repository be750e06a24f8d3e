import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { Clock } from '../clock.ts'
import { Freshness } from './freshness.tsx'
import { t } from '../words/words.ts'

type Priced = { snapshot: Snapshot; clock: Clock }

type PortfolioPageProps = PropsWithChildren<
  Priced & {
    title: Child
    /** The actions at the end of the heading. */
    actions?: Child
  }
>

/** A page of a portfolio that shows prices: its heading and its content. */
export const PortfolioPage = ({ title, snapshot, clock, actions, children }: PortfolioPageProps) => (
  <div class="sheet">
    <Heading title={title} priced={{ snapshot, clock }} actions={actions} />
    {children}
  </div>
)

/** The heading of every page of a portfolio: its title, the age of its prices, and its actions. */
export const Heading = ({
  title,
  priced,
  actions,
}: {
  title: Child
  /** Null when nothing on the page depends on prices. */
  priced: Priced | null
  actions?: Child
}) => (
  <div class="topline">
    <h1>{title}</h1>
    {priced && <Freshness {...priced} />}
    {actions && <div class="actions">{actions}</div>}
  </div>
)

/**
 * Makes a part of a page follow changes made elsewhere: it requests the page again and takes itself, and
 * the age of the prices, from the response.
 */
export function liveRegion(id: string, address: string) {
  return {
    id,
    'hx-get': address,
    'hx-select': `#${id}`,
    'hx-select-oob': '#freshness:outerMorph',
    'hx-trigger': 'changed from:body',
    'hx-swap': 'outerMorph',
  }
}

/** Writes an address with its query; null and empty values are left out. */
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

/** Links to several views of one thing, each with its own address. */
export const Tabs = ({ label, tabs }: TabsProps) => (
  <nav class="tabs" aria-label={label}>
    {tabs.map(({ href, name, current }) => (
      <a href={href} aria-current={current ? 'page' : undefined}>
        {name}
      </a>
    ))}
  </nav>
)

/** Names a filter that is set; the link removes it. */
export const Chosen = ({ name, without }: { name: string; without: string }) => (
  <a class="chosen" href={without} aria-label={t('{name}: remove filter', { name })}>
    {name} <span aria-hidden="true">×</span>
  </a>
)
