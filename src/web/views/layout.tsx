import { raw } from './html.ts'
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Day } from '../../portfolio/day.ts'
import type { Reader } from '../reader.ts'
import type { Chosen } from '../preferences.ts'
import { languages } from '../words/languages.ts'
import type { Listed } from '../../storage/snapshots.ts'
import type { Visitor } from '../../storage/visitors.ts'
import { money } from '../format.ts'
import { Change } from './figure.tsx'
import { Mark } from './mark.tsx'
import { navigation } from './navigation.tsx'
import { Preferences } from './preferences.tsx'
import { type English, parts, t, translated } from '../words/words.ts'

/** Words of ours in English, or the name of something, which is the same in every language. */
export type Title = English | { name: string }

type PageProps = PropsWithChildren<{
  title: Title
  /** The address of the page. */
  path: string
  /** The addresses of the built files, from assets.json. */
  assets: { js: string; css: string; pages: string }
  /** True when prices are made up. */
  demo: boolean
  nav?: { portfolios: Listed[]; groups: Visitor['groups']; current?: string | undefined } | undefined
  /** The revision that the page shows; only with a current portfolio. */
  revision?: number | undefined
  /** The past day that the page is about. */
  past?: Day | null | undefined
  /** A sentence about the edit that led here. */
  notice?: string | null
  reader: Reader
  chosen: Chosen
  /** Who is signed in; null for nobody. */
  visitor: Pick<Visitor, 'isAdmin' | 'role'> | null
  /** What this browser is to keep the last snapshot as; null for nothing (web/kept-snapshot.ts). */
  keep: string | null
}>

/** The whole document, with its doctype. */
export const Page = ({
  title,
  path,
  assets,
  demo,
  nav,
  revision,
  past,
  notice,
  reader,
  chosen,
  visitor,
  keep,
  children,
}: PageProps) => {
  const { theme, palette, privacy } = chosen
  const { scripts: words, manifest } = languages[reader.language ?? 'en']
  // nobody edits a group
  const isViewer = visitor?.role === 'viewer' || nav?.groups.some(({ id }) => id === nav.current) === true
  return (
    <>
      {raw('<!doctype html>')}
      <html
        lang={reader.language ?? 'en'}
        data-locale={reader.locale}
        data-dates={reader.dates}
        data-theme={theme === 'auto' ? undefined : theme}
        data-palette={palette === 'green' ? undefined : palette}
        data-privacy={privacy === 'on' ? 'on' : undefined}
        data-keep={keep ?? undefined}
      >
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content={theme === 'auto' ? 'light dark' : theme} />
          <meta name="htmx-config" content={htmxConfig} />
          <title>{`${typeof title === 'string' ? translated(title) : title.name} · Yardstick`}</title>
          {words && (
            <script type="application/json" id="interface-words">
              {raw(words)}
            </script>
          )}
          <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
          <link rel="manifest" href={manifest} />
          {path !== `/portfolios/${nav?.current}` && <link rel="stylesheet" href={assets.pages} />}
          <link rel="stylesheet" href={assets.css} />
          <link rel="preload" href={assets.js} as="script" crossorigin="anonymous" />
        </head>
        <body
          data-portfolio={nav?.current}
          data-revision={nav?.current && revision}
          data-past={past ?? undefined}
        >
          <a class="skip" href="#main">
            {t('Skip to content')}
          </a>
          <header class="masthead">
            <a class="brand" href="/" aria-label="Yardstick">
              <Mark />
              <span>Yardstick</span>
            </a>
            {nav && nav.portfolios.length > 0 && <Switcher {...nav} />}
            {demo && (
              <span class="demo" title={t('Prices are made up. Set MARKET to a real source for real ones.')}>
                {parts('Demo{market}', { market: <span>{t(' market')}</span> })}
              </span>
            )}
            {nav?.current && <Pages portfolio={nav.current} path={path} isViewer={isViewer} />}
            <span class="tools">
              <Tool name="palette" label={t('Search')} keys="/">
                <circle cx="7" cy="7" r="4.5" />
                <path d="m10.5 10.5 4 4" />
              </Tool>
              <Tool name="privacy" label={t('Hide money')} keys="p" pressed={privacy === 'on'}>
                <path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Z" />
                <circle cx="8" cy="8" r="2" />
              </Tool>
              <Preferences path={path} chosen={chosen} visitor={visitor} />
            </span>
          </header>
          <main id="main" tabindex={-1}>
            {children}
          </main>
          {nav?.current && (
            <TabBar
              portfolio={nav.current}
              path={path}
              isAdmin={visitor?.isAdmin ?? false}
              isViewer={isViewer}
            />
          )}
          <p class="notice" data-notice role="status" hidden={!notice}>
            {notice && translated(notice)}
          </p>
          {/* last, because at its first script a browser stops to make what scripts run in, before anything is painted */}
          <script type="module" src={assets.js}></script>
        </body>
      </html>
    </>
  )
}

// a refused or failed fragment must not replace the figures that are there
const htmxConfig = JSON.stringify({ history: false, noSwap: [204, 304, '40x', 429, '5xx'] })

/** Who may only look has nowhere to import. */
const pagesOf = (isViewer: boolean) => navigation.filter(({ key }) => !isViewer || key !== 'i')

const Pages = ({ portfolio, path, isViewer }: { portfolio: string; path: string; isViewer: boolean }) => (
  <nav class="pages" aria-label={t('Pages')}>
    {pagesOf(isViewer).map(({ href, label, key }) => (
      <a
        href={href(portfolio)}
        data-go={key}
        aria-keyshortcuts={`g ${key}`}
        aria-current={isAt(path, href(portfolio), portfolio) ? 'page' : undefined}
      >
        {t(label)}
      </a>
    ))}
  </nav>
)

type TabBarProps = { portfolio: string; path: string; isAdmin: boolean; isViewer: boolean }

/** The bar at the bottom of a phone: items of equal width, the last of which opens the rest. */
const TabBar = ({ portfolio, path, isAdmin, isViewer }: TabBarProps) => {
  const [dashboard, transactions, ...others] = pagesOf(isViewer)
  const current = ({ href }: (typeof navigation)[number]) =>
    isAt(path, href(portfolio), portfolio) ? 'page' : undefined
  return (
    <nav class="tab-bar" aria-label={t('Main actions')}>
      <a href={dashboard!.href(portfolio)} aria-current={current(dashboard!)}>
        <Icon of="m2.5 7.5 5.5-5 5.5 5v6h-4v-4h-3v4h-4Z" />
        {t('Home')}
      </a>
      <a href={transactions!.href(portfolio)} aria-current={current(transactions!)}>
        <Icon of="M5 3.5h8.5M5 8h8.5M5 12.5h8.5M2 3.5h.5M2 8h.5M2 12.5h.5" />
        {t('Trades')}
      </a>
      {!isViewer && (
        <a class="add" href={`/portfolios/${portfolio}/transactions/new`} aria-label={t('Add transaction')}>
          <Icon of="M8 2.5v11M2.5 8h11" />
          {t('Add')}
        </a>
      )}
      <button type="button" class="needs-script" data-do="palette">
        <Icon of="M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Zm3.5 8 4 4" />
        {t('Search')}
      </button>
      <details id="more" class="popover">
        <summary>
          <Icon of="M3 8h.5m4.25 0h.5m4.25 0h.5" />
          {t('More')}
        </summary>
        <div>
          {others.map((page) => (
            <a href={page.href(portfolio)} aria-current={current(page)}>
              {t(page.label)}
            </a>
          ))}
          <a href="/account">{t('Account')}</a>
          {isAdmin && <a href="/status">{t('Status')}</a>}
        </div>
      </details>
    </nav>
  )
}

const Icon = ({ of }: { of: string }) => (
  <svg viewBox="0 0 16 16" width="20" height="20" fill="none" stroke="currentColor" aria-hidden="true">
    <path d={of} stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round" />
  </svg>
)

/** Pages below a page count as that page, except below the dashboard. */
function isAt(path: string, href: string, portfolio: string): boolean {
  return path === href || (href !== `/portfolios/${portfolio}` && path.startsWith(`${href}/`))
}

/** A disclosure with links, which works without script: the total and the groups, then the portfolios. */
const Switcher = ({ portfolios, groups, current }: NonNullable<PageProps['nav']>) => {
  const isSeveral = portfolios.length > 1
  // whoever has not named the group of all reads its name in their language
  const named = groups.map((group) => ({
    ...group,
    name: group.kind === 'all' ? translated(group.name) : group.name,
  }))
  const all = [...(isSeveral ? named : named.filter(({ kind }) => kind !== 'all')), ...portfolios]
  return (
    <details class="switcher popover" id="switcher">
      <summary>{all.find(({ id }) => id === current)?.name ?? t('Portfolios')}</summary>
      <nav aria-label={t('Portfolios')}>
        {isSeveral && !groups.some(({ kind }) => kind === 'all') && (
          <a href="/portfolios/all">
            <span>{t('All portfolios')}</span>
          </a>
        )}
        {all.map(({ id, name, brief }) => (
          <a href={`/portfolios/${id}`} aria-current={id === current ? 'page' : undefined}>
            <span>{name}</span>
            {brief && (
              <small>
                <span data-money>{money(brief.value, brief.currency)}</span> <Change ratio={brief.ratio} />
              </small>
            )}
          </a>
        ))}
        <a class="quiet" href="/portfolios/new">
          {t('New portfolio…')}
        </a>
        {isSeveral && (
          <a class="quiet" href="/groups/new">
            {t('New group…')}
          </a>
        )}
      </nav>
    </details>
  )
}

type ToolProps = { name: string; label: string; keys: string; pressed?: boolean; children: Child }

const Tool = ({ name, label, keys, pressed, children }: ToolProps) => (
  <button
    type="button"
    class="icon needs-script"
    data-do={name}
    aria-label={label}
    aria-pressed={pressed === undefined ? undefined : pressed ? 'true' : 'false'}
    aria-keyshortcuts={keys}
    title={`${label} (${keys})`}
  >
    <svg viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" aria-hidden="true">
      {children}
    </svg>
  </button>
)
