import { html } from './html.ts'
import type { Child } from 'hono/jsx'
import type { Accepted } from '../../coordinator/accepted-dividends.ts'
import type { DividendBook, DividendRow, Yield } from '../../snapshot/dividend-book.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { day, money, none, percent, sentence } from '../format.ts'
import type { Clock } from '../clock.ts'
import { Pages, paged } from './pager.tsx'
import { addressOf, Card, Cards, Chosen, liveRegion, PortfolioPage } from './portfolio-page.tsx'
import { TransactionLinks } from './row-actions.tsx'
import { Dismiss, Dismissed, JustRecorded, named, Proposals } from './dividend-proposals.tsx'
import { Ahead } from './income-ahead.tsx'
import { Years } from './dividend-years.tsx'
import { type Column, Table } from './table.tsx'
import { mayEdit } from './shown-to.ts'
import { parts, t } from '../words/words.ts'

type DividendsQuery = { year: string; ticker: string; page: string | undefined }

type Props = {
  snapshot: Snapshot
  clock: Clock
  book: DividendBook
  query: DividendsQuery
  /** What the page before recorded, when that led here. */
  recorded: Accepted | null
}

export const Dividends = ({ snapshot, clock, book, query, recorded }: Props) => {
  const { id, base_currency: currency } = snapshot.portfolio
  const path = `/portfolios/${id}/dividends`
  const add = `/portfolios/${id}/transactions/new?type=dividend`
  return (
    <PortfolioPage
      title={t('Dividends')}
      snapshot={snapshot}
      clock={clock}
      actions={
        mayEdit() && (
          <a class="button" href={add}>
            {t('Add dividend')}
          </a>
        )
      }
    >
      {recorded && <JustRecorded portfolio={id} {...recorded} />}
      <div
        {...liveRegion('dividends', addressOf(path, { ...query, page: query.page ?? null }))}
        class="parts"
      >
        <Yields book={book} currency={currency} />
        {snapshot.holdings.length > 0 && <Ahead snapshot={snapshot} income={book.ahead} />}
        {book.proposals.length > 0 && <Proposals snapshot={snapshot} proposals={book.proposals} />}
        {book.dismissed.length > 0 && <Dismissed portfolio={id} dismissed={book.dismissed} />}
        {Object.keys(book.unrecorded).length > 0 && book.rows.length === 0 && (
          <Years book={book} currency={currency} path={path} />
        )}
        {book.rows.length === 0 ? (
          <section class="panel">
            <h2>{t('No dividends yet')}</h2>
            {mayEdit() && (
              <p class="aside">
                {parts(
                  book.proposals.length > 0
                    ? 'Record the ones listed above, or {link}.'
                    : 'They are added when you import a file that has them, or {link}.',
                  { link: <a href={add}>{t('add one by hand')}</a> },
                )}
              </p>
            )}
          </section>
        ) : (
          <>
            <Years book={book} currency={currency} path={path} />
            <Matrix portfolio={id} book={book} currency={currency} path={path} />
            <List portfolio={id} book={book} currency={currency} path={path} query={query} />
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
      <Card name={t('All dividends')} note={countsOf(book)}>
        <span data-money>{money(book.total, currency)}</span>
      </Card>
      <Card name={t('Last 12 months')} note={t('from current holdings')}>
        <span data-money>{money(paid, currency)}</span>
      </Card>
      <Card
        name={t('Yield')}
        note={because(dividend_yield, reasons.dividend_yield) ?? t('last 12 months ÷ value')}
      >
        {percent(dividend_yield)}
      </Card>
      <Card
        name={t('Yield on cost')}
        note={because(yield_on_cost, reasons.yield_on_cost) ?? t('last 12 months ÷ cost')}
      >
        {percent(yield_on_cost)}
      </Card>
    </Cards>
  )
}

function countsOf({ rows }: DividendBook): string {
  const derived = rows.filter((row) => row.derived).length
  const recorded = rows.length - derived
  return derived === 0
    ? t('{n} recorded', { n: recorded })
    : t('{n} recorded, {derived} automatic', { n: recorded, derived })
}

function because(figure: number | null, reason: string | undefined): string | null {
  return figure === null && reason ? sentence(reason) : null
}

type TableProps = { portfolio: string; book: DividendBook; currency: string; path: string }

/** Tickers down, years across; each figure leads to the rows it is made of. */
const Matrix = ({ portfolio, book, currency, path }: TableProps) => {
  const columns: Column<DividendBook['symbols'][number]>[] = [
    { at: 'name', name: t('Ticker'), write: (row) => named(portfolio, row), foot: [t('All')] },
    ...book.years.map((year, i) => ({
      ...(i >= 4 && { at: i >= 6 ? 'roomy' : 'spare' }),
      name: (<a href={`${addressOf(path, { year })}#list`}>{year}</a>) as Child,
      write: ({ symbol, by_year }: DividendBook['symbols'][number]) =>
        by_year[year] === undefined
          ? ''
          : linked(`${addressOf(path, { year, ticker: symbol })}#list`, money(by_year[year], currency)),
      foot: [hidden(money(book.totals[year] ?? null, currency))],
    })),
    {
      at: 'sum',
      name: t('Total'),
      write: ({ symbol, total }) =>
        linked(`${addressOf(path, { ticker: symbol })}#list`, money(total, currency)),
      foot: [hidden(money(book.total, currency))],
    },
    {
      name: t('Yield'),
      hint: t('Dividends of the last 365 days ÷ what the shares are worth'),
      write: ({ yield: own }) => percent(own?.dividend_yield),
      title: ({ yield: own }) => missing(own, 'dividend_yield'),
      foot: [percent(book.yield.dividend_yield)],
    },
    {
      name: t('Yield on cost'),
      hint: t('Dividends of the last 365 days ÷ what the shares cost'),
      write: ({ yield: own }) => percent(own?.yield_on_cost),
      title: ({ yield: own }) => missing(own, 'yield_on_cost'),
      foot: [percent(book.yield.yield_on_cost)],
    },
  ]
  return (
    <section class="panel" aria-labelledby="matrix-title">
      <header>
        <h2 id="matrix-title">{t('By year and ticker')}</h2>
        <p class="aside">{t('in {currency}, at each day’s rate', { currency })}</p>
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
  if (own === null) return t('No shares held')
  return own.reasons[figure] && sentence(own.reasons[figure])
}

const List = ({ portfolio, book, currency, path, query }: TableProps & { query: DividendsQuery }) => {
  const { year, ticker } = query
  const chosen = book.rows.filter(
    ({ date, symbol }) => (year === '' || date.startsWith(year)) && (ticker === '' || symbol === ticker),
  )
  const { rows, page, pages } = paged(chosen, query.page)
  const mixed = book.rows.some((row) => row.currency !== currency)
  const columns: Column<DividendRow>[] = [
    { at: 'name', name: t('Ticker'), write: (row) => named(portfolio, row) },
    {
      at: 'text date',
      name: t('Date'),
      write: ({ date }) => html`<time datetime="${date}">${day(date)}</time>`,
    },
    { at: 'amount', name: t('Amount'), money: true, write: (row) => money(row.amount, row.currency) },
    ...(mixed
      ? [
          {
            at: 'wide',
            name: t('In {currency}', { currency }),
            write: (row: DividendRow) => inBase(row, currency),
          },
        ]
      : []),
    {
      at: 'text note',
      name: t('Note'),
      write: ({ note, derived }) => (derived ? t('automatic, not recorded') : note),
    },
    {
      at: 'row-actions',
      editors: true,
      name: t('Actions'),
      unseen: true,
      write: ({ id, symbol, date, derived }) =>
        derived ? (
          <Dismiss portfolio={portfolio} symbol={symbol} date={date} />
        ) : (
          <TransactionLinks
            portfolio={portfolio}
            transaction={id}
            name={t('{symbol} dividend, {day}', { symbol, day: day(date) })}
          />
        ),
    },
  ]
  return (
    <section class="panel" id="list" aria-labelledby="list-title">
      <header>
        <h2 id="list-title">
          {book.rows.some(({ derived }) => derived) ? t('Counted') : t('Recorded')}{' '}
          <span class="count">{chosen.length}</span>
        </h2>
        {year !== '' && <Chosen name={year} without={`${addressOf(path, { ticker })}#list`} />}
        {ticker !== '' && <Chosen name={ticker} without={`${addressOf(path, { year })}#list`} />}
        <a class="aside end" href={`/portfolios/${portfolio}/export/dividends.csv`}>
          CSV
        </a>
      </header>
      {rows.length === 0 ? (
        <p class="aside">
          {t('No matches.')} <a href={path}>{t('Show all')}</a>
        </p>
      ) : (
        <Table class="payments as-lines" columns={columns} rows={rows} id={({ id }) => `dividend-${id}`} />
      )}
      <Pages page={page} pages={pages} href={(to) => `${addressOf(path, { year, ticker, page: to })}#list`} />
    </section>
  )
}

function inBase({ base_amount, reason }: DividendRow, currency: string) {
  const amount = hidden(base_amount === null ? none : money(base_amount, currency))
  return html`${amount}${reason && html`<span class="reason">${sentence(reason)}</span>`}`
}
