import type { Child } from 'hono/jsx'
import type { Show, TransactionQuery } from '../../snapshot/transaction-list.ts'
import type { TransactionsRead } from '../../coordinator/portfolio-coordinator.ts'
import type { Recorded } from '../../storage/transactions.ts'
import { exact, sentence } from '../format.ts'
import { isFiltered, searchOf, listOf } from '../transaction-query.ts'
import { describeTransaction } from './transaction-words.ts'
import { Picks } from './picks.tsx'
import { listOnRefusal, TransactionTable } from './transaction-table.tsx'

/** What was just done, beside the list that already shows it. */
export type Notice =
  | { status: 'added' | 'saved' | 'restored' | 'deleted'; transaction: Recorded }
  | { status: 'refused'; reason: string }

type Props = {
  read: TransactionsRead
  asked: TransactionQuery
  /** The row that was just written, to which the keyboard returns. */
  written?: string | undefined
}

export const TransactionsPage = ({ notice, ...props }: Props & { notice?: Notice | undefined }) => {
  const { read, asked } = props
  const list = listOf(read)
  return (
    <div class="ledger">
      <div class="topline">
        <h1>Transactions</h1>
        <div class="actions">
          <a
            class="button primary"
            id="add-transaction"
            href={`${list}/new${searchOf(asked)}`}
            hx-get={`${list}/new${searchOf(asked)}`}
            hx-target="#entry"
            hx-swap="outerHTML"
            aria-keyshortcuts="n"
            title="Add a transaction (n)"
          >
            Add transaction
          </a>
          <a class="button" href={`/portfolios/${read.portfolio.id}/imports`}>
            Import a CSV
          </a>
        </div>
      </div>
      <div id="done">{notice && <Done notice={notice} list={list} search={searchOf(asked)} />}</div>
      <Transactions {...props} />
    </div>
  )
}

/** The answer to an edit that was made in the list: the list, and what was done. */
export const TransactionsAnswer = ({ notice, ...props }: Props & { notice: Notice }) => (
  <>
    <Transactions {...props} />
    <hx-partial hx-target="#done" hx-swap="innerHTML">
      <Done notice={notice} list={listOf(props.read)} search={searchOf(props.asked)} />
    </hx-partial>
  </>
)

/** All that follows prices and edits, those made elsewhere included. */
export const Transactions = ({ read, asked, written }: Props) => {
  const list = listOf(read)
  return (
    <section
      id="transactions"
      aria-label="Transactions"
      hx-get={`${list}${searchOf(asked)}`}
      hx-trigger="changed-any from:body"
      hx-swap="outerMorph"
    >
      {read.count > 0 && <Picks read={read} />}
      <div class="panel listing">
        <NoEntry />
        {read.count === 0 ? (
          <Empty read={read} />
        ) : (
          <>
            <Filters read={read} asked={asked} />
            {read.list.count === 0 ? (
              <p class="aside nothing">
                No transactions like that. <a href={list}>Show all {exact(String(read.count))}</a>
              </p>
            ) : (
              <TransactionTable read={read} asked={asked} written={written} />
            )}
            <Pages read={read} asked={asked} />
          </>
        )}
      </div>
      <datalist id="tickers">
        {read.symbols.map((symbol) => (
          <option value={symbol}></option>
        ))}
      </datalist>
    </section>
  )
}

/** Where the form for a new one comes. */
const NoEntry = () => <div id="entry"></div>

/** A form that is being filled in: a swap of the list leaves it alone (client/editing.ts). */
export const NewEntry = ({ children }: { children: Child }) => (
  <div id="entry" class="editing" data-editing hx-morph-skip="">
    {children}
  </div>
)

/** In the place of its row. */
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
        {verbs[notice.status]} {describeTransaction(transaction)}.
      </p>
      {notice.status === 'deleted' && (
        <form
          method="post"
          action={restore}
          hx-post={restore}
          hx-target="#transactions"
          hx-swap="outerMorph"
          {...listOnRefusal}
        >
          <button class="button" id="undo" autofocus>
            Undo
          </button>
        </form>
      )}
    </div>
  )
}

const verbs = { added: 'Added:', saved: 'Saved:', restored: 'Put back:', deleted: 'Deleted:' }

const Empty = ({ read: { portfolio } }: { read: TransactionsRead }) => (
  <div class="empty">
    <h2>Nothing in {portfolio.name} yet</h2>
    <p>Add a purchase by hand, or import a CSV of all of them.</p>
  </div>
)

const shown: Record<Show, string> = {
  all: 'All',
  buys: 'Buys',
  sells: 'Sells',
  dividends: 'Dividends',
  cash: 'Cash',
}

const Filters = ({ read, asked }: { read: TransactionsRead; asked: TransactionQuery }) => {
  const list = listOf(read)
  const { show, ticker, from, to, sort, descending } = asked
  return (
    <search class="filters">
      <nav class="ranges" aria-label="Kinds">
        {Object.entries(shown).map(([kind, label]) => (
          <a
            href={`${list}${searchOf(asked, { show: kind as Show, page: 1 })}`}
            aria-current={kind === show ? 'true' : undefined}
          >
            {label}
          </a>
        ))}
      </nav>
      <form method="get" action={list}>
        {show !== 'all' && <input type="hidden" name="show" value={show} />}
        {sort !== 'date' && <input type="hidden" name="sort" value={sort} />}
        {!descending && <input type="hidden" name="dir" value="asc" />}
        <label>
          <span>Ticker</span>
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
          <span>From</span>
          <input type="date" name="from" id="filter-from" value={from ?? ''} />
        </label>
        <label>
          <span>to</span>
          <input type="date" name="to" id="filter-to" value={to ?? ''} />
        </label>
        <button class="button">Filter</button>
        {isFiltered(asked) && (
          <a href={`${list}${searchOf(asked, { show: 'all', ticker: null, from: null, to: null, page: 1 })}`}>
            Clear
          </a>
        )}
      </form>
    </search>
  )
}

const Pages = ({ read, asked }: { read: TransactionsRead; asked: TransactionQuery }) => {
  const { page, pages } = read.list
  if (pages === 1) return null
  const to = (number: number) => `${listOf(read)}${searchOf(asked, { page: number })}`
  return (
    <nav class="turner" aria-label="Pages of transactions">
      {page > 1 ? (
        <a class="button" rel="prev" href={to(page - 1)}>
          Previous
        </a>
      ) : (
        <span></span>
      )}
      <p class="aside">
        Page {page} of {pages}
      </p>
      {page < pages && (
        <a class="button" rel="next" href={to(page + 1)}>
          Next
        </a>
      )}
    </nav>
  )
}
