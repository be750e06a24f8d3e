import { html } from 'hono/html'
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { DividendBook, DividendRow, ProposedDividend, Yield } from '../../snapshot/dividend-book.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { day, exact, money, none, percent, perShare, sentence, shares, signedMoney } from '../format.ts'
import type { Clock } from '../clock.ts'
import { Pages, paged } from './pager.tsx'
import { addressOf, Card, Cards, Chosen, liveRegion, PortfolioPage } from './portfolio-page.tsx'
import { TransactionLinks } from './row-actions.tsx'
import { SymbolLink } from './symbol.tsx'
import { type Column, Table } from './table.tsx'

type DividendsAsked = { year: string; ticker: string; page: string | undefined }

type Props = { snapshot: Snapshot; clock: Clock; book: DividendBook; asked: DividendsAsked }

export const Dividends = ({ snapshot, clock, book, asked }: Props) => {
  const { id, base_currency: currency } = snapshot.portfolio
  const path = `/portfolios/${id}/dividends`
  const add = `/portfolios/${id}/transactions/new?type=dividend`
  return (
    <PortfolioPage
      title="Dividends"
      snapshot={snapshot}
      clock={clock}
      actions={
        <a class="button" href={add}>
          Add dividend
        </a>
      }
    >
      <div
        {...liveRegion('dividends', addressOf(path, { ...asked, page: asked.page ?? null }))}
        class="parts"
      >
        <Yields book={book} currency={currency} />
        {book.proposals.length > 0 && <Proposals snapshot={snapshot} proposals={book.proposals} />}
        {book.rows.length === 0 ? (
          <section class="panel">
            <h2>No dividends yet</h2>
            <p class="aside">
              {book.proposals.length > 0
                ? 'Record the ones listed above'
                : 'They are added when you import a file that has them'}
              , or <a href={add}>add one by hand</a>.
            </p>
          </section>
        ) : (
          <>
            <Years book={book} currency={currency} path={path} />
            <Matrix portfolio={id} book={book} currency={currency} path={path} />
            <List portfolio={id} book={book} currency={currency} path={path} asked={asked} />
          </>
        )}
      </div>
    </PortfolioPage>
  )
}

const Yields = ({ book, currency }: { book: DividendBook; currency: string }) => {
  const { paid, dividend_yield, yield_on_cost, reasons } = book.yield
  return (
    <Cards>
      <Card name="All dividends" note={`${book.rows.length} recorded`}>
        <span data-money>{money(book.total, currency)}</span>
      </Card>
      <Card name="Last 12 months" note="from current holdings">
        <span data-money>{money(paid, currency)}</span>
      </Card>
      <Card name="Yield" note={because(dividend_yield, reasons.dividend_yield) ?? 'last 12 months ÷ value'}>
        {percent(dividend_yield)}
      </Card>
      <Card
        name="Yield on cost"
        note={because(yield_on_cost, reasons.yield_on_cost) ?? 'last 12 months ÷ cost'}
      >
        {percent(yield_on_cost)}
      </Card>
    </Cards>
  )
}

function because(figure: number | null, reason: string | undefined): string | null {
  return figure === null && reason ? sentence(reason) : null
}

const SHOWN = 8

/** Each is recorded at most once: what the ledger has is not proposed, and one accepted twice adds nothing. */
const Proposals = ({ snapshot, proposals }: { snapshot: Snapshot; proposals: ProposedDividend[] }) => {
  const { id, base_currency: currency } = snapshot.portfolio
  const { amount } = snapshot.unrecorded_dividends
  return (
    <section class="panel proposals" aria-labelledby="proposals-title">
      <header>
        <h2 id="proposals-title">
          Not recorded yet <span class="count">{proposals.length}</span>
        </h2>
        <p class="aside">
          Dividends reported for shares you held that aren’t in your transactions. Amounts are before tax.
        </p>
        {proposals.length > 1 && (
          <Accept portfolio={id} accept="all">
            Record all {proposals.length}
            {amount !== null && (
              <>
                {' · '}
                <span data-money>{signedMoney(amount, currency)}</span>
              </>
            )}
          </Accept>
        )}
      </header>
      <Proposed portfolio={id} proposals={proposals.slice(0, SHOWN)} />
      {proposals.length > SHOWN && (
        <details id="more-proposals">
          <summary>{proposals.length - SHOWN} more</summary>
          <Proposed portfolio={id} proposals={proposals.slice(SHOWN)} />
        </details>
      )}
    </section>
  )
}

const Proposed = ({ portfolio, proposals }: { portfolio: string; proposals: ProposedDividend[] }) => {
  const columns: Column<ProposedDividend>[] = [
    { at: 'name', name: 'Ticker', write: (row) => named(portfolio, row) },
    { at: 'text', name: 'Ex-date', write: ({ ex_date }) => day(ex_date) },
    {
      at: 'wide',
      name: 'Shares held',
      write: (row) => shares(row.shares),
      title: (row) => exact(row.shares),
    },
    { name: 'Per share', write: ({ per_share, currency }) => perShare(per_share, currency) },
    { name: 'Amount', money: true, write: ({ amount, currency }) => money(amount, currency) },
    {
      name: 'Action',
      unseen: true,
      write: ({ symbol, ex_date }) => (
        <Accept
          portfolio={portfolio}
          accept={`${symbol}@${ex_date}`}
          name={`Record the ${symbol} dividend of ${day(ex_date)}`}
        >
          Record
        </Accept>
      ),
    },
  ]
  return (
    <Table columns={columns} rows={proposals} id={({ symbol, ex_date }) => `proposal-${symbol}-${ex_date}`} />
  )
}

function named(portfolio: string, { symbol, name }: { symbol: string; name: string }) {
  const other = name === symbol ? '' : name
  return html`${SymbolLink({ portfolio, symbol })} <span class="instrument">${other}</span>`
}

type AcceptProps = PropsWithChildren<{ portfolio: string; accept: string; name?: string }>

const Accept = ({ portfolio, accept, name, children }: AcceptProps) => (
  <form method="post" action={`/portfolios/${portfolio}/dividends/proposals`}>
    <button class="button small" name="accept" value={accept} aria-label={name}>
      {children}
    </button>
  </form>
)

/** A bar a year, and one of the last twelve months, which is the one that tells of the next. */
const Years = ({ book, currency, path }: { book: DividendBook; currency: string; path: string }) => {
  const years = book.years.toReversed().map((year) => ({
    name: year,
    amount: book.totals[year] ?? null,
    href: `${addressOf(path, { year })}#list`,
  }))
  const most = Math.max(...[...years.map(({ amount }) => amount), book.yield.paid].map(Number), 0)
  const bar = (amount: string | null) => {
    const height = most > 0 ? ((100 * Number(amount ?? 0)) / most).toFixed(1) : '0'
    return (
      <svg width="100%" height="96" aria-hidden="true">
        <svg width="100%" height="100%" viewBox="0 0 1 100" preserveAspectRatio="none">
          <rect y={100 - Number(height)} width="1" height={height} />
        </svg>
      </svg>
    )
  }
  return (
    <section class="panel" aria-labelledby="years-title">
      <header>
        <h2 id="years-title">By year</h2>
        <p class="aside">recorded dividends, in {currency}</p>
      </header>
      <ol class="years">
        {years.map(({ name, amount, href }) => (
          <li>
            {bar(amount)}
            <a href={href}>{name}</a>
            <small data-money>{money(amount, currency)}</small>
          </li>
        ))}
        <li class="latest-year">
          {bar(book.yield.paid)}
          <span title="The last 365 days, from current holdings">12 months</span>
          <small data-money>{money(book.yield.paid, currency)}</small>
        </li>
      </ol>
    </section>
  )
}

type TableProps = { portfolio: string; book: DividendBook; currency: string; path: string }

/** Tickers down, years across; each figure leads to the rows it is made of. */
const Matrix = ({ portfolio, book, currency, path }: TableProps) => {
  const columns: Column<DividendBook['symbols'][number]>[] = [
    { at: 'name', name: 'Ticker', write: (row) => named(portfolio, row), foot: ['All'] },
    ...book.years.map((year) => ({
      name: (<a href={`${addressOf(path, { year })}#list`}>{year}</a>) as Child,
      write: ({ symbol, by_year }: DividendBook['symbols'][number]) =>
        by_year[year] === undefined
          ? ''
          : linked(`${addressOf(path, { year, ticker: symbol })}#list`, money(by_year[year], currency)),
      foot: [hidden(money(book.totals[year] ?? null, currency))],
    })),
    {
      at: 'sum',
      name: 'Total',
      write: ({ symbol, total }) =>
        linked(`${addressOf(path, { ticker: symbol })}#list`, money(total, currency)),
      foot: [hidden(money(book.total, currency))],
    },
    {
      name: 'Yield',
      hint: 'Dividends of the last 365 days ÷ what the shares are worth',
      write: ({ yield: own }) => percent(own?.dividend_yield),
      title: ({ yield: own }) => missing(own, 'dividend_yield'),
      foot: [percent(book.yield.dividend_yield)],
    },
    {
      name: 'Yield on cost',
      hint: 'Dividends of the last 365 days ÷ what the shares cost',
      write: ({ yield: own }) => percent(own?.yield_on_cost),
      title: ({ yield: own }) => missing(own, 'yield_on_cost'),
      foot: [percent(book.yield.yield_on_cost)],
    },
  ]
  return (
    <section class="panel" aria-labelledby="matrix-title">
      <header>
        <h2 id="matrix-title">By year and ticker</h2>
        <p class="aside">in {currency}, at each day’s rate</p>
      </header>
      <Table
        columns={columns}
        rows={book.symbols}
        id={({ symbol }) => `dividends-${symbol}`}
        class="matrix"
        foot={[null]}
        always
      />
    </section>
  )
}

function linked(href: string, amount: string) {
  return html`<a href="${href}">${hidden(amount)}</a>`
}

function hidden(amount: string) {
  return html`<span data-money>${amount}</span>`
}

function missing(own: Yield | null, figure: 'dividend_yield' | 'yield_on_cost'): string | undefined {
  if (own === null) return 'No shares held'
  return own.reasons[figure] && sentence(own.reasons[figure])
}

const List = ({ portfolio, book, currency, path, asked }: TableProps & { asked: DividendsAsked }) => {
  const { year, ticker } = asked
  const chosen = book.rows.filter(
    ({ date, symbol }) => (year === '' || date.startsWith(year)) && (ticker === '' || symbol === ticker),
  )
  const { rows, page, pages } = paged(chosen, asked.page)
  const mixed = book.rows.some((row) => row.currency !== currency)
  const columns: Column<DividendRow>[] = [
    { at: 'name', name: 'Ticker', write: (row) => named(portfolio, row) },
    {
      at: 'text',
      name: 'Date',
      write: ({ date }) => html`<time datetime="${date}">${day(date)}</time>`,
    },
    { name: 'Amount', money: true, write: (row) => money(row.amount, row.currency) },
    ...(mixed ? [{ name: `In ${currency}`, write: (row: DividendRow) => inBase(row, currency) }] : []),
    { at: 'text note', name: 'Note', write: ({ note }) => note },
    {
      at: 'row-actions',
      name: 'Actions',
      unseen: true,
      write: ({ id, symbol, date }) => (
        <TransactionLinks portfolio={portfolio} transaction={id} name={`${symbol} dividend, ${day(date)}`} />
      ),
    },
  ]
  return (
    <section class="panel" id="list" aria-labelledby="list-title">
      <header>
        <h2 id="list-title">
          Recorded <span class="count">{chosen.length}</span>
        </h2>
        {year !== '' && <Chosen name={year} without={`${addressOf(path, { ticker })}#list`} />}
        {ticker !== '' && <Chosen name={ticker} without={`${addressOf(path, { year })}#list`} />}
        <a class="aside end" href={`/portfolios/${portfolio}/export/dividends.csv`}>
          CSV
        </a>
      </header>
      {rows.length === 0 ? (
        <p class="aside">
          No matches. <a href={path}>Show all</a>
        </p>
      ) : (
        <Table columns={columns} rows={rows} id={({ id }) => `dividend-${id}`} />
      )}
      <Pages page={page} pages={pages} href={(to) => `${addressOf(path, { year, ticker, page: to })}#list`} />
    </section>
  )
}

function inBase({ base_amount, reason }: DividendRow, currency: string) {
  const amount = hidden(base_amount === null ? none : money(base_amount, currency))
  return html`${amount}${reason && html`<span class="reason">${sentence(reason)}</span>`}`
}
