import { html } from './html.ts'
import type { SaleRow } from '../../snapshot/factsheet.ts'
import { exact, money, shares } from '../format.ts'
import { Change, Gain, Lead } from './figure.tsx'
import type { Column } from './table.tsx'
import { dated, List } from './list.tsx'
import type { ListOf } from './lots.tsx'
import { versus, versusMoney } from './versus.ts'
import { trailPath } from './gap-path.ts'
import { whatIfPath } from './what-if.tsx'
import { t } from '../words/words.ts'

export const Sales = ({ sheet: { sales, symbol: own }, portfolio }: ListOf) => {
  const { id, benchmarks, base_currency: currency } = portfolio
  const columns: Column<SaleRow>[] = [
    { name: t('Sold'), write: ({ date }) => dated(date) },
    {
      at: 'lot-shares',
      name: t('Shares'),
      money: true,
      write: (sale) => shares(sale.shares),
      title: (sale) => exact(sale.shares),
    },
    { at: 'wide', name: t('Proceeds'), money: true, write: (sale) => money(sale.proceeds, currency) },
    { at: 'wide', name: t('Cost'), money: true, write: (sale) => money(sale.cost, currency) },
    { at: 'value', name: t('Realized gain'), write: (sale) => Gain({ amount: sale.gain, currency }) },
    { at: 'gain-ratio', name: t('Gain %'), write: (sale) => Change({ ratio: sale.gain_ratio, arrow: true }) },
    ...benchmarks.flatMap((symbol, i): Column<SaleRow>[] => {
      const at = (own: string) => (i > 0 ? 'roomy wide' : own)
      return [
        {
          ...versus(
            symbol,
            t(
              'Lead of the total return over the same money in {symbol} up to the sale, in percentage points',
              { symbol },
            ),
          ),
          at: at('versus'),
          // the name is for a phone, where the columns have no heads
          write: ({ vs }) => html`<i>${t('vs {symbol}', { symbol })} </i>${Lead({ of: vs[symbol] ?? null })}`,
        },
        {
          ...versusMoney<SaleRow>(
            symbol,
            currency,
            t(
              'What selling has won or lost until now: the proceeds in {symbol} since, against the shares kept; that is no part of the gap',
              { symbol },
            ),
            ({ transaction }) => trailPath(id, symbol, own, { sale: transaction }),
          ),
          at: at('versus-money'),
        },
      ]
    }),
  ]
  columns.push({
    at: 'row-actions',
    name: t('What if'),
    unseen: true,
    write: ({ date }) =>
      html`<a href="${whatIfPath(id, `${own} kept on ${date}`)}" title="${t('What if I had kept it?')}">${t('Kept?')}</a>`,
  })
  return (
    <List
      title={t('Sales')}
      class="lots sales as-lines"
      columns={columns}
      rows={sales}
      id={({ transaction }) => `sale-${transaction}`}
    />
  )
}
