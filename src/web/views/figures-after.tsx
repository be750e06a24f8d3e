import type { ActionFigures, BeforeAfter } from '../../snapshot/action-figures.ts'
import { money, none, sentence, shares } from '../format.ts'
import { type Column, Table } from './table.tsx'
import { t, translated } from '../words/words.ts'

type Props = {
  path: string
  symbol: string
  figures: ActionFigures
  /** The answer, which its button books. */
  sent: Readonly<Record<string, unknown>>
  currency: string
  source: string
}

type Row = { name: string; figure: BeforeAfter; isShares?: true }

/** What an answer to a proposal would change. Nothing is booked yet. */
export const FiguresAfter = ({ path, symbol, figures, sent, currency, source }: Props) => {
  const rows: Row[] = [
    ...figures.symbols.flatMap(({ symbol: each, shares: held, cost, value }): Row[] => [
      { name: t('{symbol}: shares', { symbol: each }), figure: held, isShares: true },
      { name: t('{symbol}: cost', { symbol: each }), figure: cost },
      { name: t('{symbol}: value', { symbol: each }), figure: value },
    ]),
    { name: t('Realized gain'), figure: figures.realized_gain },
    { name: t('Cash'), figure: figures.cash },
    { name: t('Whole portfolio'), figure: figures.value },
  ]
  const write =
    (of: keyof BeforeAfter) =>
    ({ figure, isShares }: Row) => {
      const value = figure[of]
      if (value === null) return none
      return isShares ? shares(value) : money(value, currency)
    }
  const columns: Column<Row>[] = [
    { at: 'name', name: t('Figure'), write: ({ name }) => name },
    { name: t('As it is'), money: true, write: write('before') },
    { name: t('As it would be'), money: true, write: write('after') },
  ]
  return (
    <div class="page">
      <h1>{t('What the figures of {symbol} would be', { symbol })}</h1>
      <p class="lead">{t('Nothing is booked yet.')}</p>
      <section class="panel">
        <Table columns={columns} rows={rows} label={t('Figures now and after')} />
        <div class="proposal">
          {figures.at_cost.length > 0 && (
            <p class="aside">
              {sentence(
                t(
                  '{source} has no price of {symbols} here yet. Until it is fetched, it counts at what was paid for it or what came along.',
                  { source: translated(source), symbols: figures.at_cost.join(', ') },
                ),
              )}
            </p>
          )}
          <form method="post" action={`${path}/proposals`} class="filter-form">
            {Object.entries(sent).map(
              ([name, value]) =>
                typeof value === 'string' && <input type="hidden" name={name} value={value} />,
            )}
            <button class="button primary">{t('Book it')}</button>
            <a href={path}>{t('Back to {symbol}', { symbol })}</a>
          </form>
        </div>
      </section>
    </div>
  )
}
