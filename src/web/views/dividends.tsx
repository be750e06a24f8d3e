import type { DividendBook, DividendRow, ProposedDividend, Yield } from '../../snapshot/dividend-book.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { day, exact, money, none, percent, price, sentence, shares } from '../format.ts'
import type { Clock } from '../clock.ts'
import { addressOf, Card, Cards, liveRegion, paged, Pager, PortfolioPage } from './portfolio-page.tsx'
import { SymbolLink } from './symbol.tsx'

type DividendsAsked = { year: string; ticker: string; page: string | undefined }

type Props = { snapshot: Snapshot; clock: Clock; book: DividendBook; asked: DividendsAsked }

export const Dividends = ({ snapshot, clock, book, asked }: Props) => {
  const { id, base_currency: currency } = snapshot.portfolio
  const path = `/portfolios/${id}/dividends`
  return (
    <PortfolioPage title="Dividends" snapshot={snapshot} clock={clock}>
      <div
        {...liveRegion('dividends', addressOf(path, { ...asked, page: asked.page ?? null }))}
        class="parts"
      >
        <Yields book={book} currency={currency} />
        {book.proposals.length > 0 && <Proposals portfolio={id} proposals={book.proposals} />}
        {book.rows.length === 0 ? (
          <section class="panel">
            <h2>No dividends recorded yet</h2>
            <p class="aside">
              {book.proposals.length > 0
                ? 'Record those that the market data proposes above'
                : 'They come in with an import'}
              , or <a href={`/portfolios/${id}/transactions/new?type=dividend`}>add one by hand</a>.
            </p>
          </section>
        ) : (
          <>
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
      <Card name="Last 12 months" note="of what is held now">
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
const Proposals = ({ portfolio, proposals }: { portfolio: string; proposals: ProposedDividend[] }) => (
  <section class="panel proposals" aria-labelledby="proposals-title">
    <header>
      <h2 id="proposals-title">
        Not recorded yet <span class="count">{proposals.length}</span>
      </h2>
      <p class="aside">
        What the market data reports for the shares you held, and your transactions lack. Amounts are before
        tax.
      </p>
      {proposals.length > 1 && (
        <Accept portfolio={portfolio} accept="all" label={`Record all ${proposals.length}`} primary />
      )}
    </header>
    <Proposed portfolio={portfolio} proposals={proposals.slice(0, SHOWN)} />
    {proposals.length > SHOWN && (
      <details id="more-proposals">
        <summary>{proposals.length - SHOWN} more</summary>
        <Proposed portfolio={portfolio} proposals={proposals.slice(SHOWN)} />
      </details>
    )}
  </section>
)

const Proposed = ({ portfolio, proposals }: { portfolio: string; proposals: ProposedDividend[] }) => (
  <div class="scroll">
    <table class="grid">
      <thead>
        <tr>
          <th scope="col">Ticker</th>
          <th scope="col">Ex-date</th>
          <th scope="col">Shares held</th>
          <th scope="col">A share</th>
          <th scope="col">Amount</th>
          <th scope="col">
            <span class="unseen">Action</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {proposals.map(({ symbol, name, ex_date, shares: held, per_share, amount, currency }) => (
          <tr id={`proposal-${symbol}-${ex_date}`}>
            <th scope="row" class="name">
              <SymbolLink portfolio={portfolio} symbol={symbol} />{' '}
              <span class="instrument">{name === symbol ? '' : name}</span>
            </th>
            <td>{day(ex_date)}</td>
            <td title={exact(held)}>{shares(held)}</td>
            <td>{price(per_share, currency)}</td>
            <td data-money>{money(amount, currency)}</td>
            <td>
              <Accept
                portfolio={portfolio}
                accept={`${symbol}@${ex_date}`}
                label="Record"
                named={`Record the dividend of ${symbol} of ${day(ex_date)}`}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

type AcceptProps = { portfolio: string; accept: string; label: string; named?: string; primary?: boolean }

const Accept = ({ portfolio, accept, label, named, primary }: AcceptProps) => (
  <form method="post" action={`/portfolios/${portfolio}/dividends/proposals`}>
    <button
      class={primary ? 'button primary' : 'button small'}
      name="accept"
      value={accept}
      aria-label={named}
    >
      {label}
    </button>
  </form>
)

type TableProps = { portfolio: string; book: DividendBook; currency: string; path: string }

/** Tickers down, years across; each figure leads to the rows it is made of. */
const Matrix = ({ portfolio, book, currency, path }: TableProps) => (
  <section class="panel" aria-labelledby="matrix-title">
    <header>
      <h2 id="matrix-title">By year and ticker</h2>
      <p class="aside">in {currency}, at each day’s rate</p>
    </header>
    <div class="scroll always">
      <table class="grid matrix">
        <thead>
          <tr>
            <th scope="col">Ticker</th>
            {book.years.map((year) => (
              <th scope="col">
                <a href={`${addressOf(path, { year })}#list`}>{year}</a>
              </th>
            ))}
            <th scope="col">Total</th>
            <th scope="col" title="The dividends of the last 365 days ÷ what the shares are worth">
              Yield
            </th>
            <th scope="col" title="The dividends of the last 365 days ÷ what the shares cost">
              On cost
            </th>
          </tr>
        </thead>
        <tbody>
          {book.symbols.map(({ symbol, name, by_year, total, yield: own }) => (
            <tr id={`dividends-${symbol}`}>
              <th scope="row" class="name">
                <SymbolLink portfolio={portfolio} symbol={symbol} />{' '}
                <span class="instrument">{name === symbol ? '' : name}</span>
              </th>
              {book.years.map((year) => (
                <td data-money>
                  {by_year[year] !== undefined && (
                    <a href={`${addressOf(path, { year, ticker: symbol })}#list`}>
                      {money(by_year[year], currency)}
                    </a>
                  )}
                </td>
              ))}
              <td data-money class="sum">
                <a href={`${addressOf(path, { ticker: symbol })}#list`}>{money(total, currency)}</a>
              </td>
              <OwnYield of={own} figure="dividend_yield" />
              <OwnYield of={own} figure="yield_on_cost" />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            {book.years.map((year) => (
              <td data-money>{money(book.totals[year] ?? null, currency)}</td>
            ))}
            <td data-money>{money(book.total, currency)}</td>
            <td>{percent(book.yield.dividend_yield)}</td>
            <td>{percent(book.yield.yield_on_cost)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  </section>
)

const OwnYield = ({ of, figure }: { of: Yield | null; figure: 'dividend_yield' | 'yield_on_cost' }) => (
  <td title={of === null ? 'No shares are held' : of.reasons[figure] && sentence(of.reasons[figure])}>
    {percent(of?.[figure])}
  </td>
)

const List = ({ portfolio, book, currency, path, asked }: TableProps & { asked: DividendsAsked }) => {
  const { year, ticker } = asked
  const chosen = book.rows.filter(
    ({ date, symbol }) => (year === '' || date.startsWith(year)) && (ticker === '' || symbol === ticker),
  )
  const { rows, page, pages } = paged(chosen, asked.page)
  const mixed = book.rows.some((row) => row.currency !== currency)
  return (
    <section class="panel" id="list" aria-labelledby="list-title">
      <header>
        <h2 id="list-title">
          Recorded <span class="count">{chosen.length}</span>
        </h2>
        {year !== '' && <Chosen name={year} without={addressOf(path, { ticker })} />}
        {ticker !== '' && <Chosen name={ticker} without={addressOf(path, { year })} />}
        <p class="tools">
          <a href={`/portfolios/${portfolio}/transactions/new?type=dividend`}>Add a dividend</a>
          <a href={`/portfolios/${portfolio}/export/dividends.csv`}>All as CSV</a>
        </p>
      </header>
      {rows.length === 0 ? (
        <p class="aside">
          None that fit. <a href={path}>Show all</a>
        </p>
      ) : (
        <div class="scroll">
          <table class="grid">
            <thead>
              <tr>
                <th scope="col">Ticker</th>
                <th scope="col">Date</th>
                <th scope="col">Amount</th>
                {mixed && <th scope="col">In {currency}</th>}
                <th scope="col" class="text">
                  Note
                </th>
                <th scope="col">
                  <span class="unseen">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row portfolio={portfolio} row={row} base={mixed ? currency : null} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager page={page} pages={pages} href={(to) => `${addressOf(path, { year, ticker, page: to })}#list`} />
    </section>
  )
}

const Chosen = ({ name, without }: { name: string; without: string }) => (
  <a class="chosen" href={`${without}#list`} aria-label={`${name}: show all again`}>
    {name} <span aria-hidden="true">×</span>
  </a>
)

const Row = ({ portfolio, row, base }: { portfolio: string; row: DividendRow; base: string | null }) => (
  <tr id={`dividend-${row.id}`}>
    <th scope="row" class="name">
      <SymbolLink portfolio={portfolio} symbol={row.symbol} />{' '}
      <span class="instrument">{row.name === row.symbol ? '' : row.name}</span>
    </th>
    <td>
      <time datetime={row.date}>{day(row.date)}</time>
    </td>
    <td data-money>{money(row.amount, row.currency)}</td>
    {base !== null && (
      <td>
        <span data-money>{row.base_amount === null ? none : money(row.base_amount, base)}</span>
        {row.reason && <span class="reason">{sentence(row.reason)}</span>}
      </td>
    )}
    <td class="text note">{row.note}</td>
    <td class="row-actions">
      <EditLinks
        portfolio={portfolio}
        transaction={row.id}
        what={`dividend of ${row.symbol}, ${day(row.date)}`}
      />
    </td>
  </tr>
)

type EditLinksProps = { portfolio: string; transaction: string; what: string }

/** Both lead to the form of the transaction, which has a button for either. */
export const EditLinks = ({ portfolio, transaction, what }: EditLinksProps) => (
  <>
    <a href={`/portfolios/${portfolio}/transactions/${transaction}/edit`} aria-label={`Edit the ${what}`}>
      Edit
    </a>{' '}
    <a
      href={`/portfolios/${portfolio}/transactions/${transaction}/edit#delete`}
      aria-label={`Delete the ${what}`}
    >
      Delete
    </a>
  </>
)
