import { raw } from 'hono/html'
import type { Child, PropsWithChildren } from 'hono/jsx'
import { type PageLabel, pages } from './navigation.tsx'

export type PageProps = PropsWithChildren<{
  title: string
  /** Addresses of the built files, from assets.json. */
  assets: { js: string; css: string }
  /** True when prices are invented. */
  demo: boolean
  nav?:
    | {
        portfolios: { id: string; name: string }[]
        current?: string | undefined
        page?: PageLabel | undefined
      }
    | undefined
  /** The content's revision that the page was made from; only with a current portfolio. */
  revision?: number | undefined
  theme?: 'light' | 'dark' | undefined
  privacy?: boolean | undefined
  /** What an edit has just done. */
  notice?: string | null
}>

/** The whole document, doctype included. */
export const Page = ({ title, assets, demo, nav, revision, theme, privacy, notice, children }: PageProps) => (
  <>
    {raw('<!doctype html>')}
    <html lang="en" data-theme={theme} data-privacy={privacy ? 'on' : undefined}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme ?? 'light dark'} />
        <meta name="htmx-config" content={htmxConfig} />
        <title>{`${title} · Yardstick`}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href={assets.css} />
        <script type="module" src={assets.js}></script>
      </head>
      <body data-portfolio={nav?.current} data-revision={nav?.current && revision}>
        <a class="skip" href="#main">
          Skip to content
        </a>
        <Masthead demo={demo} nav={nav} />
        <main id="main" tabindex={-1}>
          {children}
        </main>
        <p class="notice" data-notice role="status" hidden={!notice}>
          {notice}
        </p>
      </body>
    </html>
  </>
)

// A refused or failed fragment must not take the place of the figures that are already there.
const htmxConfig = JSON.stringify({ history: false, noSwap: [204, 304, '40x', 429, '5xx'] })

const Masthead = ({ demo, nav }: Pick<PageProps, 'demo' | 'nav'>) => (
  <header class="masthead">
    <a class="brand" href="/">
      <Mark />
      Yardstick
    </a>
    {nav && nav.portfolios.length > 0 && <Switcher {...nav} />}
    <nav class="masthead-links" aria-label="Pages">
      {nav?.current &&
        pages.map(({ href, label }) => (
          <a href={href(nav.current!)} aria-current={label === nav.page ? 'page' : undefined}>
            {label}
          </a>
        ))}
      <a href="/status">Status</a>
    </nav>
    {demo && (
      <span class="demo" title="All prices are invented. Set MARKET to yahoo for real ones.">
        Demo market
      </span>
    )}
    <span class="preferences needs-script">
      <Preference name="privacy" label="Hide money" keys="p">
        <path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Z" />
        <circle cx="8" cy="8" r="2" />
      </Preference>
      <Preference name="theme" label="Light or dark">
        <circle cx="8" cy="8" r="5.5" />
        <path d="M8 2.5v11a5.5 5.5 0 0 0 0-11Z" fill="currentColor" />
      </Preference>
    </span>
  </header>
)

/** Works without script: a disclosure with links. */
const Switcher = ({ portfolios, current }: NonNullable<PageProps['nav']>) => (
  <details class="switcher" id="switcher">
    <summary>{portfolios.find(({ id }) => id === current)?.name ?? 'Portfolios'}</summary>
    <nav aria-label="Portfolios">
      {portfolios.map(({ id, name }) => (
        <a href={`/portfolios/${id}`} aria-current={id === current ? 'page' : undefined}>
          {name}
        </a>
      ))}
      <a class="quiet" href="/portfolios/new">
        New portfolio…
      </a>
    </nav>
  </details>
)

type PreferenceProps = { name: string; label: string; keys?: string; children: Child }

const Preference = ({ name, label, keys, children }: PreferenceProps) => (
  <button
    type="button"
    class="icon"
    data-preference={name}
    aria-label={label}
    aria-keyshortcuts={keys}
    title={keys ? `${label} (${keys})` : label}
  >
    <svg viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" aria-hidden="true">
      {children}
    </svg>
  </button>
)

/** A rule with its graduations. */
const Mark = () => (
  <svg class="mark" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
    <rect x="1" y="5" width="18" height="10" rx="1.5" fill="currentColor" />
    <path d="M4.5 5v4M8.2 5v2.5M11.8 5v4M15.5 5v2.5" />
  </svg>
)
