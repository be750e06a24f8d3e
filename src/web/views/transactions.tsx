import type { Child } from 'hono/jsx'
import { lead, type Show, type Sort, type TransactionQuery } from '../../metrics/transaction-list.ts'
import type { TransactionRow } from '../../metrics/transaction-row.ts'
import type { TransactionsRead } from '../../refresh/portfolio-coordinator.ts'
import type { Recorded } from '../../storage/transactions.ts'
import {
  day,
  exact,
  money,
  none,
  percent,
  points,
  pointsTone,
  price,
  shares,
  sentence,
  signedMoney,
  signedPercent,
} from '../format.ts'
import { isFiltered, searchOf } from '../transaction-query.ts'
import { Comparison } from './comparison.tsx'
import { Arrow, Change, Gain } from './figure.tsx'
import { deedOf, typeNames } from './transaction-words.ts'

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
      {read.count > 0 && <Summary read={read} />}
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
              <Table read={read} asked={asked} written={written} />
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

function listOf({ portfolio }: Pick<TransactionsRead, 'portfolio'>): string {
  return `/portfolios/${portfolio.id}/transactions`
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

export function columnCount(benchmarks: readonly string[]): number {
  return 10 + benchmarks.length
}

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
        {verbs[notice.status]} {deedOf(transaction)}.
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

/** What is refused comes back with the list too. */
const listOnRefusal: Record<`hx-${string}`, string> = {
  'hx-status:404': 'swap:outerMorph',
  'hx-status:422': 'swap:outerMorph',
}

const Empty = ({ read: { portfolio } }: { read: TransactionsRead }) => (
  <div class="empty">
    <h2>Nothing in {portfolio.name} yet</h2>
    <p>Add a purchase by hand, or import a CSV of all of them.</p>
  </div>
)

/** How the picks did, and the whole portfolio beside the same money in each benchmark. */
const Summary = ({ read }: { read: TransactionsRead }) => {
  const { picks, summary, portfolio } = read
  const currency = portfolio.base_currency
  const { benchmarks } = portfolio
  return (
    <div class="picks">
      {benchmarks.map((symbol, i) => {
        const { beat, of, share } = picks.beat[symbol]!
        return (
          <div class="card" id={`picks-${symbol}`}>
            <h2 title="Buys whose price has gained more, in %, than the benchmark returned since the same day, dividends reinvested">
              <span class={`swatch series-${i + 1}`} aria-hidden="true"></span>
              Picks that beat {symbol}
            </h2>
            <p class="figure" data-live="share">
              {share === null ? none : percent(share)}
            </p>
            <p class="aside">
              {of === 0 ? 'no buy can be compared yet' : `${beat} of ${counted(of, 'buy')}`}
            </p>
          </div>
        )
      })}
      <MultiBaggers read={read} />
      <Comparison
        caption="The portfolio beside the same money in each benchmark"
        benchmarks={benchmarks}
        card
      >
        <tr>
          <th scope="row">Invested</th>
          <td data-money>{money(summary.invested, currency)}</td>
          {benchmarks.map((symbol) => (
            <td data-money>{money(summary.benchmarks[symbol]?.invested ?? null, currency)}</td>
          ))}
        </tr>
        <tr>
          <th scope="row">Dividends</th>
          <td data-money>{money(summary.dividends, currency)}</td>
          {benchmarks.map(() => (
            <td class="aside">reinvested</td>
          ))}
        </tr>
        <tr>
          <th scope="row">Gain</th>
          <td>
            <Gain amount={summary.total_gain} currency={currency} />
          </td>
          {benchmarks.map((symbol) => (
            <td>
              <Gain amount={summary.benchmarks[symbol]?.gain ?? null} currency={currency} />
            </td>
          ))}
        </tr>
        <tr>
          <th scope="row" title="Gain ÷ the money put in">
            Gain %
          </th>
          <td>
            <Change ratio={summary.simple_return} arrow />
          </td>
          {benchmarks.map((symbol) => (
            <td>
              <Change ratio={summary.benchmarks[symbol]?.simple_return ?? null} arrow />
            </td>
          ))}
        </tr>
      </Comparison>
    </div>
  )
}

const NAMED = 3

const MultiBaggers = ({ read }: { read: TransactionsRead }) => {
  const { count, best } = read.picks.multi_baggers
  const named = best.slice(0, NAMED).map(({ symbol, multiple }) => `${symbol} ${times(multiple)}`)
  return (
    <div class="card" id="multi-baggers">
      <h2 title="Buys that are worth twice what they cost, or more">Multi-baggers</h2>
      <p class="figure" data-live="count">
        {count}
      </p>
      {count === 0 ? (
        <p class="aside">no buy has doubled yet</p>
      ) : count <= NAMED ? (
        <p class="aside">{named.join(', ')}</p>
      ) : (
        <details class="baggers" id="best-baggers">
          <summary class="aside">{named.join(', ')}, …</summary>
          <ol>
            {best.map(({ symbol, date, multiple }) => (
              <li>
                <span class="symbol">{symbol}</span> <time datetime={date}>{day(date)}</time>{' '}
                <span>{times(multiple)}</span>
              </li>
            ))}
            {count > best.length && (
              <li>
                <a href={`${listOf(read)}?show=buys&sort=gain_ratio`}>and {count - best.length} more</a>
              </li>
            )}
          </ol>
        </details>
      )}
    </div>
  )
}

function times(multiple: number): string {
  return `${multiple.toFixed(1)}×`
}

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

const Table = ({ read, asked, written }: Props) => {
  const { portfolio, list } = read
  const { benchmarks } = portfolio
  const rows = list.rows
  // a third benchmark does not fit the widest page, nor do seven digits
  const wide = benchmarks.length > 2 || Math.abs(Number(list.totals.value ?? 0)) >= 1e7
  const column = { list: listOf(read), asked }
  return (
    <div class={wide ? 'scroll always' : 'scroll'}>
      <table class="grid trades">
        <caption>Transactions, {counted(list.count, 'row')}</caption>
        <thead>
          <tr>
            <Column {...column} sort="date" name="Date" />
            <Column {...column} sort="type" name="Type" up text />
            <Column {...column} sort="ticker" name="Ticker" up text />
            <Column {...column} sort="shares" name="Shares" wide />
            <Column {...column} sort="price" name="Price" wide />
            <Column
              {...column}
              sort="amount"
              name="Amount"
              hint="Into the cash +, out of it −, fees included"
            />
            <Column
              {...column}
              sort="value"
              name="Value now"
              hint="All shares of the buy at the latest price, whatever was sold since"
            />
            <Column
              {...column}
              sort="gain"
              name="Gain"
              hint="Of a buy: value now − cost. Of a sale: realized, proceeds − cost of the shares sold"
              wide
            />
            <Column {...column} sort="gain_ratio" name="Gain %" hint="Gain ÷ cost" />
            {benchmarks.map((symbol) => (
              <Column
                {...column}
                sort={`vs-${symbol}`}
                name={`vs ${symbol}, pp`}
                hint={versus(symbol)}
                wide
              />
            ))}
            <th scope="col" class="tools">
              <span class="unseen">Edit</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row row={row} portfolio={portfolio} asked={asked} written={row.id === written} />
          ))}
        </tbody>
        <Totals read={read} />
      </table>
    </div>
  )
}

function versus(symbol: string): string {
  return `What ${symbol} has returned since the day of the buy, dividends reinvested; then how many percentage points the buy is ahead`
}

type ColumnProps = {
  list: string
  asked: TransactionQuery
  sort: Sort
  name: string
  hint?: string
  /** Begins with the smallest. */
  up?: boolean
  text?: boolean
  wide?: boolean
}

const Column = ({ list, asked, sort, name, hint, up = false, text, wide }: ColumnProps) => {
  const isSorted = asked.sort === sort
  const descending = isSorted ? !asked.descending : !up
  return (
    <th
      scope="col"
      class={classes(wide && 'wide', text && 'text', sort === 'date' && 'date')}
      aria-sort={isSorted ? (asked.descending ? 'descending' : 'ascending') : undefined}
      title={hint}
    >
      <a href={`${list}${searchOf(asked, { sort, descending, page: 1 })}`}>{name}</a>
    </th>
  )
}

type RowProps = {
  row: TransactionRow
  portfolio: TransactionsRead['portfolio']
  asked: TransactionQuery
  written: boolean
}

const Row = ({ row, portfolio, asked, written }: RowProps) => {
  const base = portfolio.base_currency
  const { id, type, symbol, currency, reasons } = row
  const isForeign = currency !== base
  return (
    <tr id={`transaction-${id}`} class={type}>
      <th scope="row" class="date">
        <time datetime={row.date}>{day(row.date)}</time>
      </th>
      <td class="type text">{typeNames[type]}</td>
      <td class="ticker text">
        {symbol !== null && (
          <a class="symbol" href={`/portfolios/${portfolio.id}/instruments/${encodeURIComponent(symbol)}`}>
            {symbol}
          </a>
        )}{' '}
        {row.note && (
          <small class="note" title={row.note}>
            {row.note}
          </small>
        )}
        {row.held_ratio !== null && row.held_ratio < 1 && (
          <small class="held" title={`${exact(row.held!)} of it still held, in today’s share units`}>
            {row.held_ratio === 0 ? 'sold' : `${percent(row.held_ratio)} held`}
          </small>
        )}
      </td>
      <td class="shares wide">
        {row.ratio ?? (
          <span title={row.shares === null ? undefined : exact(row.shares)}>
            {row.shares !== null && shares(row.shares)}
          </span>
        )}
      </td>
      <td class="price wide">
        {row.price !== null && <span title={exact(row.price)}>{price(row.price, currency)}</span>}
      </td>
      <td class="amount">
        {isForeign && type !== 'split' && (
          <small data-money title="As recorded">
            {money(row.amount, currency)}
          </small>
        )}{' '}
        {type !== 'split' && (
          <span data-money title={row.fee === '0' ? undefined : `Fee ${money(row.fee, currency)}`}>
            {signedMoney(row.cash, base)}
          </span>
        )}
        <Reason of={reasons['cash']} />
      </td>
      <td class="value">
        {type === 'buy' && (
          <span data-money data-live="value">
            {money(row.value, base)}
          </span>
        )}
        <Reason of={reasons['value']} />
      </td>
      <td class="gain wide">
        {type === 'sell' && <small>realized</small>}
        {(type === 'buy' || type === 'sell') && <Gain amount={row.gain} currency={base} live="gain" />}
        {type === 'sell' && <Reason of={reasons['gain']} />}
      </td>
      <td class="gain-ratio">
        {(type === 'buy' || type === 'sell') && <Change ratio={row.gain_ratio} live="gain-ratio" arrow />}
      </td>
      {portfolio.benchmarks.map((benchmark) => (
        <td class="versus wide" title={reasons[`benchmarks.${benchmark}`]}>
          {type === 'buy' && <Versus row={row} benchmark={benchmark} />}
        </td>
      ))}
      <Tools row={row} portfolio={portfolio} asked={asked} written={written} />
    </tr>
  )
}

const Reason = ({ of }: { of: string | undefined }) => (of ? <span class="reason">{of}</span> : null)

const Versus = ({
  row,
  benchmark,
}: {
  row: Pick<TransactionRow, 'gain_ratio' | 'benchmarks'>
  benchmark: string
}) => {
  const other = row.benchmarks[benchmark] ?? null
  const ahead = lead(row, benchmark)
  return (
    <>
      {other !== null && <small>{signedPercent(other)}</small>}{' '}
      <span class={`gain-${pointsTone(ahead)}`} data-live={`versus-${benchmark}`}>
        <Arrow of={pointsTone(ahead)} />
        {points(ahead)}
      </span>
    </>
  )
}

const Tools = ({ row, portfolio, asked, written }: RowProps) => {
  const list = listOf({ portfolio })
  const edit = `${list}/${row.id}/edit${searchOf(asked)}`
  const remove = `${list}/${row.id}/delete${searchOf(asked)}`
  const name = `${typeNames[row.type]}${row.symbol === null ? '' : ` ${row.symbol}`}, ${day(row.date)}`
  return (
    <td class="tools">
      <a
        class="tool edit"
        href={edit}
        hx-get={edit}
        hx-target={`#transaction-${row.id}`}
        hx-swap="outerHTML"
        aria-label={`Edit ${name}`}
        title="Edit"
        autofocus={written}
      >
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
          <path d="m3 13 .6-2.8 7-7 2.2 2.2-7 7Z" />
        </svg>
      </a>
      <form
        method="post"
        action={remove}
        hx-post={remove}
        hx-target="#transactions"
        hx-swap="outerMorph"
        {...listOnRefusal}
      >
        <button class="tool" aria-label={`Delete ${name}`} title="Delete">
          <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
            <path d="m4 4 8 8m0-8-8 8" />
          </svg>
        </button>
      </form>
    </td>
  )
}

const Totals = ({ read: { list, portfolio } }: { read: TransactionsRead }) => {
  const { totals, count } = list
  const base = portfolio.base_currency
  const hasBuys = Object.keys(totals.benchmarks).length > 0 || totals.gain_ratio !== null
  return (
    <tfoot>
      <tr id="transactions-total">
        <th scope="row" class="date">
          Total <span class="count">{counted(count, 'row')}</span>
        </th>
        <td class="type"></td>
        <td class="ticker"></td>
        <td class="shares wide"></td>
        <td class="price wide"></td>
        <td class="amount">
          <span data-money>{signedMoney(totals.cash, base)}</span>
          <Reason of={totals.reasons['cash']} />
        </td>
        <td class="value">
          {hasBuys && (
            <span data-money data-live="value">
              {money(totals.value, base)}
            </span>
          )}
          <Reason of={totals.reasons['value']} />
        </td>
        <td class="gain wide" title={totals.reasons['gain']}>
          {hasBuys && <Gain amount={totals.gain} currency={base} live="gain" />}
          {totals.realized_gain !== '0' && (
            <span class="line">
              <small>realized</small>
              <Gain amount={totals.realized_gain} currency={base} />
            </span>
          )}
        </td>
        <td class="gain-ratio">{hasBuys && <Change ratio={totals.gain_ratio} arrow />}</td>
        {portfolio.benchmarks.map((symbol) => (
          <td class="versus wide" title={totals.reasons[`benchmarks.${symbol}`]}>
            {hasBuys && <Versus row={totals} benchmark={symbol} />}
          </td>
        ))}
        <td class="tools"></td>
      </tr>
    </tfoot>
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

function counted(count: number, noun: string): string {
  return `${exact(String(count))} ${noun}${count === 1 ? '' : 's'}`
}

function classes(...names: (string | false | undefined)[]): string | undefined {
  return names.filter(Boolean).join(' ') || undefined
}
