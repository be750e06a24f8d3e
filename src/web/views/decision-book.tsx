import type { Child } from 'hono/jsx'
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
import { parts, t, translated, withinSentence, type Words } from '../words/words.ts'

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
    <PortfolioPage title={t('Decisions')} snapshot={snapshot} clock={clock}>
      <LookNote snapshot={snapshot} back={path} />
      {benchmarks.length > 1 && (
        <Tabs
          label={t('Benchmark')}
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
            title={due.length > 0 ? t('Other notes') : t('Notes')}
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
    <h2>{t('No notes yet')}</h2>
    <p class="aside">
      {mayEdit() ? (
        <>
          {parts(
            'Write down why you buy or sell, and when to look at it again: both are fields of every {transaction}. This page then says what became of it.',
            { transaction: <a href={`/portfolios/${id}/transactions`}>{t('transaction')}</a> },
          )}
        </>
      ) : (
        t('Its transactions have no notes and no days of review.')
      )}
    </p>
  </section>
)

const Due = ({ book, portfolio }: { book: DecisionBook; portfolio: PortfolioFacts }) =>
  book.due.length > 0 && (
    <section class="panel reviews" aria-label={t('Due for review')}>
      <header>
        <h2>
          {t('Due for review')} <span class="count">{book.due.length}</span>
        </h2>
      </header>
      <ul>
        {book.due.map((row) => (
          <li>
            <p>
              <strong>
                {parts('{ago}: {deed}', {
                  ago: ago(row.date, book.as_of),
                  deed: deed(row, portfolio.id),
                })}
              </strong>
              {row.note !== '' && ` ${t('because “{note}”', { note: row.note })}`}
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
      {parts(row.type === 'sell' ? '; that is {lead} {benchmark}.' : '; it is {lead} {benchmark}.', {
        lead: (
          <a href={trailOf(row, portfolio, benchmark)}>
            {way === 'even'
              ? t('level with')
              : parts(way === 'gain' ? '{amount} ahead of' : '{amount} behind', {
                  amount: <span data-money>{money(gap.replace('-', ''), portfolio.base_currency)}</span>,
                })}
          </a>
        ),
        benchmark,
      })}
    </>
  )
}

type ReviewedProps = { row: RememberedDecision; portfolio: string; today: Day }

const Reviewed = ({ row, portfolio, today }: ReviewedProps) => {
  const at = `/portfolios/${portfolio}/transactions/${row.transaction}`
  return (
    <form method="post" action={`${at}/review`} class="actions">
      <button class="button small" name="review" value="">
        {t('Reviewed')}
      </button>
      <button class="button small" name="review" value={addDays(today, 365)}>
        {t('Again in a year')}
      </button>
      <a class="button small" href={`${at}/edit`}>
        {t('Edit')}
      </a>
    </form>
  )
}

function columnsOf(portfolio: PortfolioFacts, benchmark: string | null): Column<RememberedDecision>[] {
  const { id, base_currency: currency } = portfolio
  return [
    {
      at: 'name',
      name: t('Decision'),
      write: ({ type, symbol }) => (
        <>
          {translated(pastTense[type])} {symbol !== null && <SymbolLink portfolio={id} symbol={symbol} />}
        </>
      ),
    },
    ...(benchmark === null ? [] : [gapColumn(portfolio, benchmark)]),
    {
      at: 'text',
      name: t('Date'),
      write: ({ transaction, date }) =>
        mayEdit() ? (
          <a href={`/portfolios/${id}/transactions/${transaction}/edit`}>{dated(date)}</a>
        ) : (
          dated(date)
        ),
    },
    { at: 'words', name: t('Note'), write: ({ note }) => note },
    { at: 'text', name: t('Review on'), write: ({ review }) => review && dated(review) },
    {
      at: 'roomy',
      name: t('Shares'),
      money: true,
      write: (row) => row.shares && shares(row.shares),
      title: (row) => (row.shares === null ? undefined : exact(row.shares)),
    },
    { at: 'spare', name: t('Amount'), money: true, write: ({ amount }) => money(amount, currency) },
  ]
}

function gapColumn(portfolio: PortfolioFacts, benchmark: string): Column<RememberedDecision> {
  return {
    name: t('vs {benchmark}', { benchmark }),
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

/** `bought 10 KO`, `sold 2.5 KO`, `recorded a fee`. */
function deed({ type, shares: count, symbol }: RememberedDecision, portfolio: string): Child {
  const verb = Object.hasOwn(verbs, type) ? verbs[type as keyof typeof verbs] : undefined
  const what = [
    count !== null && shares(count),
    symbol !== null && <SymbolLink portfolio={portfolio} symbol={symbol} />,
  ].filter((each) => each !== false)
  const listed = what.flatMap((each, i) => (i === 0 ? [each] : [' ', each]))
  if (verb !== undefined) return parts(verb, { what: listed })
  const recorded = t('recorded a {kind}', { kind: withinSentence(translated(pastTense[type])) })
  return [recorded, ...what.flatMap((each) => [' ', each])]
}

const verbs = {
  buy: 'bought {what}',
  sell: 'sold {what}',
  transfer_in: 'transferred in {what}',
  transfer_out: 'transferred out {what}',
} as const satisfies Partial<Record<RememberedDecision['type'], Words>>

/** `A year ago`, `2 years ago`, or the day itself when that is less than a month past. */
function ago(date: Day, today: Day): string {
  const days = daysBetween(date, today)
  const [count, unit] =
    days >= 365 ? [Math.floor(days / 365), 'year' as const] : [Math.floor(days / 30), 'month' as const]
  if (count < 1) return t('On {day}', { day: day(date) })
  if (unit === 'year') return count === 1 ? t('A year ago') : t('{n} years ago', { n: count })
  return count === 1 ? t('A month ago') : t('{n} months ago', { n: count })
}
