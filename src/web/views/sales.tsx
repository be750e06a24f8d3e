import { html } from './html.ts'
import type { SaleRow } from '../../snapshot/factsheet.ts'
import { exact, money, shares } from '../format.ts'
import { Change, Gain } from './figure.tsx'
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
      name: t('Shares'),
      money: true,
      write: (sale) => shares(sale.shares),
      title: (sale) => exact(sale.shares),
    },
    { name: t('Proceeds'), money: true, write: (sale) => money(sale.proceeds, currency) },
    { name: t('Cost'), money: true, write: (sale) => money(sale.cost, currency) },
    { name: t('Realized gain'), write: (sale) => Gain({ amount: sale.gain, currency }) },
    { name: t('Gain %'), write: (sale) => Change({ ratio: sale.gain_ratio, arrow: true }) },
    ...benchmarks.flatMap((symbol, i): Column<SaleRow>[] => {
      const at = i > 0 && { at: 'roomy' }
      return [
        {
          ...versus(
            symbol,
            t(
              'Lead of the total return over the same money in {symbol} up to the sale, in percentage points',
              { symbol },
            ),
          ),
          ...at,
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
          ...at,
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
    <List title={t('Sales')} columns={columns} rows={sales} id={({ transaction }) => `sale-${transaction}`} />
  )
}
