import type { Child } from 'hono/jsx'
import type { Show, Sort, TransactionQuery } from '../../snapshot/transaction-list.ts'
import type { TransactionsRead } from '../../coordinator/listed-reports.ts'
import type { Noted } from '../../coordinator/transaction-edits.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { day, exact, sentence } from '../format.ts'
import { isFiltered, searchOf, listOf } from '../transaction-query.ts'
import { describeTransaction } from './transaction-words.ts'
import type { Clock } from '../clock.ts'
import { VersusNote } from './comparison.tsx'
import { LookNote } from './look.tsx'
import { Currencies } from './currencies.tsx'
import { Drawer } from './drawer.tsx'
import { html } from './html.ts'
import { Pages } from './pager.tsx'
import { Picks } from './picks.tsx'
import { Chosen, Heading } from './portfolio-page.tsx'
import { listOnRefusal, TransactionTable } from './transaction-table.tsx'
import { mayEdit } from './shown-to.ts'
import { type Label, parts, t } from '../words/words.ts'

/** What was just done, shown beside the list that already has it. */
export type Notice =
  | { status: 'added' | 'saved' | 'restored' | 'deleted'; transaction: Noted }
  | { status: 'refused'; reason: string }

type Props = {
  read: TransactionsRead
  query: TransactionQuery
  /** The row that was just written, to which the focus returns. */
  written?: string | undefined
}

type PageProps = Props & {
  notice?: Notice | undefined
  /** Set when the heading shows how old the prices are. */
  priced: { snapshot: Snapshot; clock: Clock } | null
}

export const TransactionsPage = ({ notice, priced, ...props }: PageProps) => {
  const { read, query } = props
  const list = listOf(read)
  const actions = mayEdit() && (
    <>
      <a
        class="button primary"
        id="add-transaction"
        href={`${list}/new${searchOf(query)}`}
        hx-get={`${list}/new${searchOf(query)}`}
        hx-target="#entry"
        hx-swap="outerHTML"
        aria-keyshortcuts="n"
        title={t('Add transaction (n)')}
      >
        {t('Add transaction')}
      </a>
      <a class="button" href={`/portfolios/${read.portfolio.id}/imports`}>
        {t('Import')}
      </a>
    </>
  )
  return (
    <div class="ledger">
      <Heading title={t('Transactions')} priced={priced} actions={actions} />
      {priced && <LookNote snapshot={priced.snapshot} back={`${list}${searchOf(query)}`} />}
      <div id="done">{notice && <Done notice={notice} list={list} search={searchOf(query)} />}</div>
      <Transactions {...props} />
    </div>
  )
}

/** The response to an edit in the list: the list, and what was done. */
export const TransactionsAnswer = ({ notice, ...props }: Props & { notice: Notice }) => (
  <>
    <Transactions {...props} />
    <hx-partial hx-target="#done" hx-swap="innerHTML">
      <Done notice={notice} list={listOf(props.read)} search={searchOf(props.query)} />
    </hx-partial>
  </>
)

/** The region that follows prices and edits, including those made elsewhere. */
export const Transactions = ({ read, query, written }: Props) => {
  const list = listOf(read)
  return (
    <section
      id="transactions"
      aria-label={t('Transactions')}
      hx-get={`${list}${searchOf(query)}`}
      hx-trigger="changed from:body"
      hx-swap="outerMorph"
    >
      {read.count > 0 && <Picks read={read} />}
      <div class="panel listing">
        <NoEntry />
        {read.count === 0 ? (
          <Empty read={read} />
        ) : (
          <>
            <Filters read={read} query={query} />
            {read.list.count === 0 ? (
              <p class="aside nothing">
                {parts('No matching transactions. {link}', {
                  link: <a href={list}>{t('Show all {n}', { n: exact(String(read.count)) })}</a>,
                })}
              </p>
            ) : (
              <>
                <TransactionTable read={read} query={query} written={written} />
                <VersusNote benchmarks={read.portfolio.benchmarks} />
              </>
            )}
            <Pages
              page={read.list.page}
              pages={read.list.pages}
              href={(page) => `${list}${searchOf(query, { page })}`}
            />
          </>
        )}
      </div>
      <datalist id="tickers">
        {read.symbols.map((symbol) => html`<option value="${symbol}"></option>`)}
      </datalist>
      <Currencies />
    </section>
  )
}

/** The place for the form of a new transaction. */
const NoEntry = () => <div id="entry"></div>

/** A form that is being filled in. A swap of the list leaves it alone (client/editing.ts). */
export const NewEntry = ({ children }: { children: Child }) => (
  <div id="entry" class="editing" data-editing hx-morph-skip="">
    {children}
  </div>
)

/** A form in the place of its row. */
export const EditedEntry = ({ id, columns, children }: { id: string; columns: number; children: Child }) => (
  <tr id={`transaction-${id}`} class="editing" data-editing hx-morph-skip="">
    <td colspan={columns}>{children}</td>
  </tr>
)

const Done = ({ notice, list, search }: { notice: Notice; list: string; search: string }) => {
  if (notice.status === 'refused') {
    return (
      <p class="done refused" role="alert">
        {sentence(notice.reason)}
      </p>
    )
  }
  const { transaction } = notice
  const restore = `${list}/${transaction.id}/restore${search}`
  return (
    <div class="done" role="status">
      <p>
        {t(verbs[notice.status])} {describeTransaction(transaction)}.
      </p>
      {transaction.notes?.map((note) => (
        <p class="aside">{sentence(note)}</p>
      ))}
      {notice.status === 'deleted' && mayEdit() && (
        <form
          method="post"
          action={restore}
          hx-post={restore}
          hx-target="#transactions"
          hx-swap="outerMorph"
          {...listOnRefusal}
        >
          <button class="button" id="undo" autofocus>
            {t('Undo')}
          </button>
        </form>
      )}
    </div>
  )
}

const verbs = { added: 'Added:', saved: 'Saved:', restored: 'Restored:', deleted: 'Deleted:' } as const

const Empty = ({ read: { portfolio } }: { read: TransactionsRead }) => (
  <div class="empty">
    <h2>{t('{name} is empty', { name: portfolio.name })}</h2>
    <p>
      {mayEdit() ? (
        <>
          {parts('Add a transaction by hand, or {link}.', {
            link: <a href={`/portfolios/${portfolio.id}/imports`}>{t('import them all from a CSV')}</a>,
          })}
        </>
      ) : (
        t('It has no transactions yet.')
      )}
    </p>
  </div>
)

const shown: Record<Show, Label> = {
  all: 'All',
  buys: 'Buys',
  sells: 'Sells',
  dividends: 'Dividends',
  cash: 'Cash',
}

const Filters = ({ read, query }: { read: TransactionsRead; query: TransactionQuery }) => {
  const list = listOf(read)
  const { show, ticker, from, to, sort, descending } = query
  const without = (changes: Partial<TransactionQuery>) => `${list}${searchOf(query, { ...changes, page: 1 })}`
  return (
    <search class="filters">
      <nav class="ranges" aria-label={t('Type')}>
        {Object.entries(shown).map(([kind, label]) => (
          <a href={without({ show: kind as Show })} aria-current={kind === show ? 'true' : undefined}>
            {t(label)}
          </a>
        ))}
      </nav>
      <Drawer id="filter" label={t('Filter')} opener={t('Filter')} class="filter-sheet">
        <form method="get" action={list} class="filter-form">
          {show !== 'all' && <input type="hidden" name="show" value={show} />}
          {sort !== 'date' && <input type="hidden" name="sort" value={sort} />}
          {!descending && <input type="hidden" name="dir" value="asc" />}
          <label>
            <span>{t('Ticker')}</span>
            <input
              name="ticker"
              id="filter-ticker"
              value={ticker ?? ''}
              size={8}
              list="tickers"
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
            />
          </label>
          <label>
            <span>{t('From')}</span>
            <input type="date" name="from" id="filter-from" value={from ?? ''} />
          </label>
          <label>
            <span>{t('To')}</span>
            <input type="date" name="to" id="filter-to" value={to ?? ''} />
          </label>
          <button class="button">{t('Filter')}</button>
          {isFiltered(query) && (
            <a href={without({ show: 'all', ticker: null, from: null, to: null })}>{t('Clear')}</a>
          )}
        </form>
      </Drawer>
      <Sorting read={read} query={query} />
      {ticker !== null && <Chosen name={ticker} without={without({ ticker: null })} />}
      {from !== null && (
        <Chosen name={t('from {day}', { day: day(from) })} without={without({ from: null })} />
      )}
      {to !== null && <Chosen name={t('to {day}', { day: day(to) })} without={without({ to: null })} />}
    </search>
  )
}

const orders: Partial<Record<Sort, Label>> = {
  date: 'Date',
  type: 'Type',
  ticker: 'Ticker',
  amount: 'Amount',
  value: 'Value now',
  gain_ratio: 'Gain %',
}

/** The order of the list on a phone, whose rows have no head. Choosing the current order again reverses it. */
const Sorting = ({ read, query }: { read: TransactionsRead; query: TransactionQuery }) => {
  const arrow = query.descending ? '↓' : '↑'
  return (
    <Drawer
      id="sort"
      label={t('Sort')}
      opener={`${t(orders[query.sort] ?? 'Sort')} ${arrow}`}
      class="phone-only"
    >
      <nav class="choices" aria-label={t('Sort')}>
        {(Object.entries(orders) as [Sort, Label][]).map(([key, label]) => {
          const sort = key as Sort
          const isSorted = sort === query.sort
          const descending = isSorted ? !query.descending : sort !== 'ticker' && sort !== 'type'
          return (
            <a
              href={`${listOf(read)}${searchOf(query, { sort, descending, page: 1 })}`}
              aria-current={isSorted ? 'true' : undefined}
            >
              {t(label)} {isSorted && arrow}
            </a>
          )
        })}
      </nav>
    </Drawer>
  )
}
