import type { BestAndWorst, DecisionRow } from '../../snapshot/decision-row.ts'
import type { Day } from '../../portfolio/day.ts'
import type { PortfolioFacts } from '../../snapshot/snapshot.ts'
import { day, exact, money, shares } from '../format.ts'
import { Gain } from './figure.tsx'
import { trailPath } from './gap-path.ts'
import { dated, List } from './list.tsx'
import { SymbolLink } from './symbol.tsx'
import type { Column } from './table.tsx'
import { pastTense } from './transaction-words.ts'
import { t, translated } from '../words/words.ts'

type DecisionsProps = {
  decided: BestAndWorst
  /** They are of the days after this one; null for all. */
  since: Day | null
  portfolio: PortfolioFacts
  benchmark: string
  inPanel?: boolean
}

/** The purchases and sales that won and lost most against a benchmark. */
export const Decisions = ({ decided, since, portfolio, benchmark, inPanel = false }: DecisionsProps) => {
  const { best, worst } = decided
  const list = { columns: columnsOf(portfolio, benchmark), inPanel }
  if (best.length + worst.length === 0) {
    return (
      <p id="decisions" class="aside">
        {since
          ? t('No purchase or sale after {day} has won or lost anything against {benchmark}.', {
              day: day(since),
              benchmark,
            })
          : t('No purchase or sale has won or lost anything against {benchmark}.', { benchmark })}
      </p>
    )
  }
  return (
    <>
      <div id="decisions" class="decisions">
        {best.length > 0 && <List title={t('Best decisions')} {...list} rows={best} />}
        {worst.length > 0 && <List title={t('Worst decisions')} {...list} rows={worst} />}
      </div>
      <p class="aside">
        {since && `${t('Purchases and sales after {day}.', { day: day(since) })} `}
        {t(
          'A buy counts what became of its shares, dividends and later sales included, against the same money in {benchmark}, so that all buys together are their holdings’ part of the gap. A sale is judged alone and is no part of it: it counts its proceeds in {benchmark} since, against the shares kept.',
          { benchmark },
        )}
      </p>
    </>
  )
}

function columnsOf(
  { id, base_currency: currency }: PortfolioFacts,
  benchmark: string,
): Column<DecisionRow>[] {
  return [
    {
      at: 'name',
      name: t('Decision'),
      write: ({ type, symbol }) => (
        <>
          {translated(pastTense[type])} <SymbolLink portfolio={id} symbol={symbol} />
        </>
      ),
    },
    {
      name: t('vs {benchmark}', { benchmark }),
      write: ({ type, symbol, transaction, gap }) => {
        const trade = type === 'sell' ? { sale: transaction } : { lot: transaction }
        return <a href={trailPath(id, benchmark, symbol, trade)}>{Gain({ amount: gap, currency })}</a>
      },
    },
    {
      at: 'text',
      name: t('Date'),
      write: ({ symbol, date }) => (
        <a
          href={`/portfolios/${id}/transactions?ticker=${encodeURIComponent(symbol)}&from=${date}&to=${date}`}
        >
          {dated(date)}
        </a>
      ),
    },
    {
      at: 'wide',
      name: t('Shares'),
      money: true,
      write: (row) => shares(row.shares),
      title: (row) => exact(row.shares),
    },
    { at: 'wide', name: t('Amount'), money: true, write: ({ amount }) => money(amount, currency) },
  ]
}
