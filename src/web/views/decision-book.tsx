import { addDays, type Day, daysBetween } from '../../portfolio/day.ts'
import type { DecisionBook, RememberedDecision } from '../../snapshot/decision-book.ts'
import type { PortfolioFacts, Snapshot } from '../../snapshot/snapshot.ts'
import type { Clock } from '../clock.ts'
import { day, exact, money, sentence, shares, tone } from '../format.ts'
import { BenchmarkNotes } from './benchmark-notes.tsx'
import { Decisions } from './decisions.tsx'
import { Gain } from './figure.tsx'
import { trailPath } from './gap-path.ts'
import { dated, List } from './list.tsx'
import { LookNote } from './look.tsx'
import { liveRegion, PortfolioPage, Tabs } from './portfolio-page.tsx'
import { mayEdit } from './shown-to.ts'
import { SymbolLink } from './symbol.tsx'
import type { Column } from './table.tsx'
import { pastTense } from './transaction-words.ts'

type Props = { snapshot: Snapshot; clock: Clock; book: DecisionBook }

/** What was decided and why, what became of it, and what is to be looked at again. */
export const DecisionBookPage = ({ snapshot, clock, book }: Props) => {
  const { portfolio } = snapshot
  const { id, benchmarks } = portfolio
  const { benchmark, due, remembered } = book
  const path = `/portfolios/${id}/decisions`
  const address = (symbol: string | null) =>
    symbol === null || symbol === benchmarks[0] ? path : `${path}?vs=${encodeURIComponent(symbol)}`
  return (
    <PortfolioPage title="Decisions" snapshot={snapshot} clock={clock}>
      <LookNote snapshot={snapshot} back={path} />
      {benchmarks.length > 1 && (
        <Tabs
          label="Benchmark"
          tabs={benchmarks.map((symbol) => ({
            href: address(symbol),
            name: symbol,
            current: symbol === benchmark,
          }))}
        />
      )}
      <div class="parts" {...liveRegion('decision-book', address(benchmark))}>
        <Due book={book} portfolio={portfolio} />
        {remembered.length > 0 && (
          <List
            title={due.length > 0 ? 'Other notes' : 'Notes'}
            columns={columnsOf(portfolio, benchmark)}
            rows={remembered}
          />
        )}
        {due.length + remembered.length === 0 && <NothingNoted id={id} />}
        {benchmark !== null && (
          <>
            <BenchmarkNotes benchmarks={[benchmark]} />
            <Decisions decided={book} since={null} portfolio={portfolio} benchmark={benchmark} />
          </>
        )}
      </div>
    </PortfolioPage>
  )
}

const NothingNoted = ({ id }: { id: string }) => (
  <section class="panel">
    <h2>No notes yet</h2>
    <p class="aside">
      {mayEdit() ? (
        <>
          Write down why you buy or sell, and when to look at it again: both are fields of every{' '}
          <a href={`/portfolios/${id}/transactions`}>transaction</a>. This page then says what became of it.
        </>
      ) : (
        'Its transactions have no notes and no days of review.'
      )}
    </p>
  </section>
)

const Due = ({ book, portfolio }: { book: DecisionBook; portfolio: PortfolioFacts }) =>
  book.due.length > 0 && (
    <section class="panel reviews" aria-label="Due for review">
      <header>
        <h2>
          Due for review <span class="count">{book.due.length}</span>
        </h2>
      </header>
      <ul>
        {book.due.map((row) => (
          <li>
            <p>
              <strong>
                {ago(row.date, book.as_of)} you {words(row)}
                {row.symbol !== null && (
                  <>
                    {' '}
                    <SymbolLink portfolio={portfolio.id} symbol={row.symbol} />
                  </>
                )}
              </strong>
              {row.note !== '' && ` because “${row.note}”`}
              <Outcome row={row} benchmark={book.benchmark} portfolio={portfolio} />
            </p>
            {mayEdit() && <Reviewed row={row} portfolio={portfolio.id} today={book.as_of} />}
          </li>
        ))}
      </ul>
    </section>
  )

type OutcomeProps = { row: RememberedDecision; benchmark: string | null; portfolio: PortfolioFacts }

const Outcome = ({ row, benchmark, portfolio }: OutcomeProps) => {
  const { gap, reason } = row
  if (gap === null || benchmark === null)
    return (
      <>
        . <span class="aside">{sentence(reason ?? '')}</span>
      </>
    )
  const way = tone(gap)
  return (
    <>
      {row.type === 'sell' ? '; that is ' : '; it is '}
      <a href={trailOf(row, portfolio, benchmark)}>
        {way === 'even' ? (
          'level with'
        ) : (
          <>
            <span data-money>{money(gap.replace('-', ''), portfolio.base_currency)}</span>{' '}
            {way === 'gain' ? 'ahead of' : 'behind'}
          </>
        )}
      </a>{' '}
      {benchmark}.
    </>
  )
}

type ReviewedProps = { row: RememberedDecision; portfolio: string; today: Day }

const Reviewed = ({ row, portfolio, today }: ReviewedProps) => {
  const at = `/portfolios/${portfolio}/transactions/${row.transaction}`
  return (
    <form method="post" action={`${at}/review`} class="actions">
      <button class="button small" name="review" value="">
        Reviewed
      </button>
      <button class="button small" name="review" value={addDays(today, 365)}>
        Again in a year
      </button>
      <a class="button small" href={`${at}/edit`}>
        Edit
      </a>
    </form>
  )
}

function columnsOf(portfolio: PortfolioFacts, benchmark: string | null): Column<RememberedDecision>[] {
  const { id, base_currency: currency } = portfolio
  return [
    {
      at: 'name',
      name: 'Decision',
      write: ({ type, symbol }) => (
        <>
          {pastTense[type]} {symbol !== null && <SymbolLink portfolio={id} symbol={symbol} />}
        </>
      ),
    },
    ...(benchmark === null ? [] : [gapColumn(portfolio, benchmark)]),
    {
      at: 'text',
      name: 'Date',
      write: ({ transaction, date }) =>
        mayEdit() ? (
          <a href={`/portfolios/${id}/transactions/${transaction}/edit`}>{dated(date)}</a>
        ) : (
          dated(date)
        ),
    },
    { at: 'words', name: 'Note', write: ({ note }) => note },
    { at: 'text', name: 'Review on', write: ({ review }) => review && dated(review) },
    {
      at: 'roomy',
      name: 'Shares',
      write: (row) => row.shares && shares(row.shares),
      title: (row) => (row.shares === null ? undefined : exact(row.shares)),
    },
    { at: 'spare', name: 'Amount', money: true, write: ({ amount }) => money(amount, currency) },
  ]
}

function gapColumn(portfolio: PortfolioFacts, benchmark: string): Column<RememberedDecision> {
  return {
    name: `vs ${benchmark}`,
    write: (row) =>
      row.gap === null ? (
        '—'
      ) : (
        <a href={trailOf(row, portfolio, benchmark)}>
          {Gain({ amount: row.gap, currency: portfolio.base_currency })}
        </a>
      ),
    title: ({ reason }) => (reason === null ? undefined : sentence(reason)),
  }
}

/** The flows behind the gap of a purchase or a sale. */
function trailOf(
  { type, symbol, transaction }: RememberedDecision,
  { id }: PortfolioFacts,
  benchmark: string,
) {
  return trailPath(id, benchmark, symbol!, type === 'sell' ? { sale: transaction } : { lot: transaction })
}

/** `bought 10`, `sold 2.5`. */
function words({ type, shares: count }: RememberedDecision): string {
  const verb = verbs[type] ?? `recorded a ${pastTense[type].toLowerCase()}`
  return count === null ? verb : `${verb} ${shares(count)}`
}

const verbs: Partial<Record<RememberedDecision['type'], string>> = {
  buy: 'bought',
  sell: 'sold',
  transfer_in: 'transferred in',
  transfer_out: 'transferred out',
}

/** `A year ago`, `2 years ago`, or the day itself when that is less than a month past. */
function ago(date: Day, today: Day): string {
  const days = daysBetween(date, today)
  const [count, unit] = days >= 365 ? [Math.floor(days / 365), 'year'] : [Math.floor(days / 30), 'month']
  return count < 1 ? `On ${day(date)}` : count === 1 ? `A ${unit} ago` : `${count} ${unit}s ago`
}
