import { html } from 'hono/html'
import type { FoundSecurities } from '../../jobs/find-securities.ts'
import type { Suggestion } from '../../portfolio/benchmark-suggestions.ts'
import type { Security } from '../../portfolio/instrument.ts'
import { sentence } from '../format.ts'
import { kinds } from './instrument.tsx'
import { type Column, Table } from './table.tsx'

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
          ? `No matches. ${sentence(`${source} knows no such security`)}`
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
        <b>{spelling}</b> <span>{name}</span> <small>{says}</small>
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
    <h1>Find a security</h1>
    <form class="filter-form" method="get" action="/securities">
      <label>
        <span>Name, ticker, ISIN or CUSIP</span>
        <input type="search" name="q" value={typed} required maxlength={60} size={30} autocomplete="off" />
      </label>
      <button class="button">Search</button>
    </form>
    {typed !== '' && (
      <section class="panel" aria-label="Results">
        {found.reason !== null && <p class="aside">{sentence(found.reason)}</p>}
        {found.securities.length > 0 ? (
          <Table columns={columns} rows={found.securities} label="Results" />
        ) : (
          <p>{`No matches. ${sentence(`${source} knows no such security`)}`}</p>
        )}
      </section>
    )}
  </div>
)

const columns: Column<Security>[] = [
  { at: 'ticker text', name: 'Ticker', write: ({ symbol }) => html`<b>${symbol}</b>` },
  { at: 'text', name: 'Name', write: ({ name }) => name },
  { at: 'text', name: 'Exchange', write: ({ exchange }) => exchange },
  { at: 'text', name: 'Currency', write: ({ currency }) => currency ?? '—' },
  { at: 'text', name: 'Kind', write: ({ kind }) => kinds[kind] },
]
