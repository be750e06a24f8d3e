import { html } from './html.ts'
import type { FoundSecurities } from '../../jobs/find-securities.ts'
import type { Suggestion } from '../../portfolio/benchmark-suggestions.ts'
import type { Security } from '../../portfolio/instrument.ts'
import { sentence } from '../format.ts'
import { kindName } from './instrument.tsx'
import { type Column, Table } from './table.tsx'
import { t, translated } from '../words/words.ts'

type Props = { found: FoundSecurities; source: string }

/** What a ticker field offers while one types; client/ticker-search.ts shows it below the field. */
export const SecurityOptions = ({ found: { securities, reason }, source }: Props) => (
  <>
    {securities.map((security) => (
      <li role="option" data-symbol={security.symbol}>
        <b>{security.symbol}</b> <span>{security.name}</span> <small>{placeOf(security)}</small>
      </li>
    ))}
    <li role="presentation" class="aside">
      {reason !== null
        ? sentence(reason)
        : securities.length === 0
          ? t('No matches. {reason}', {
              reason: sentence(t('{source} knows no such security', { source: translated(source) })),
            })
          : ''}
    </li>
  </>
)

type Benchmarks = { suggested: readonly Suggestion[]; found: FoundSecurities | null; source: string }

/** What a field of benchmarks offers: a suggestion takes the place of all that was typed, a security that of its last word. */
export const BenchmarkOptions = ({ suggested, found, source }: Benchmarks) => (
  <>
    {suggested.map(({ spelling, name, says }) => (
      <li role="option" data-symbol={spelling} data-whole>
        <b>{spelling}</b> <span>{name}</span> <small>{translated(says)}</small>
      </li>
    ))}
    {found && (found.securities.length > 0 || suggested.length === 0) && (
      <SecurityOptions found={found} source={source} />
    )}
  </>
)

/** Where a security trades and in which currency: `NasdaqGS, USD`. */
export function placeOf({ exchange, currency }: Security): string {
  return [exchange, currency].filter(Boolean).join(', ')
}

/** The same search as a page of its own. */
export const SecurityPage = ({ typed, found, source }: Props & { typed: string }) => (
  <div class="page wide-page">
    <h1>{t('Find a security')}</h1>
    <form class="filter-form" method="get" action="/securities">
      <label>
        <span>{t('Name, ticker, ISIN or CUSIP')}</span>
        <input type="search" name="q" value={typed} required maxlength={60} size={30} autocomplete="off" />
      </label>
      <button class="button">{t('Search')}</button>
    </form>
    {typed !== '' && (
      <section class="panel" aria-label={t('Results')}>
        {found.reason !== null && <p class="aside">{sentence(found.reason)}</p>}
        {found.securities.length > 0 ? (
          <Table columns={columns()} rows={found.securities} label={t('Results')} />
        ) : (
          <p>
            {t('No matches. {reason}', {
              reason: sentence(t('{source} knows no such security', { source: translated(source) })),
            })}
          </p>
        )}
      </section>
    )}
  </div>
)

const columns = (): Column<Security>[] => [
  { at: 'ticker text', name: t('Ticker'), write: ({ symbol }) => html`<b>${symbol}</b>` },
  { at: 'text', name: t('Name'), write: ({ name }) => name },
  { at: 'text', name: t('Exchange'), write: ({ exchange }) => exchange },
  { at: 'text', name: t('Currency'), write: ({ currency }) => currency ?? '—' },
  { at: 'text', name: t('Kind'), write: ({ kind }) => kindName(kind) },
]
