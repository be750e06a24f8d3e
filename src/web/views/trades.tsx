import type { Factsheet } from '../../snapshot/factsheet.ts'
import { day, exact, money, price, shares } from '../format.ts'
import { TransactionLinks } from './row-actions.tsx'
import type { Column } from './table.tsx'
import { movesCash, typeNames } from './transaction-words.ts'
import { dated, List } from './list.tsx'
import { t } from '../words/words.ts'

export const Trades = ({ sheet, portfolio }: { sheet: Factsheet; portfolio: string }) => {
  const columns: Column<Trade>[] = [
    { name: t('Date'), write: ({ date }) => dated(date) },
    { at: 'text', name: t('Type'), write: ({ type }) => t(typeNames[type]) },
    {
      name: t('Shares'),
      money: true,
      write: ({ shares: count, ratio }) => (count === null ? (ratio ?? '') : shares(count)),
      title: ({ shares: count }) => (count === null ? undefined : exact(count)),
    },
    { name: t('Price'), write: (trade) => (trade.price === null ? '' : price(trade.price, trade.currency)) },
    // a column that would be empty is left out
    ...(sheet.transactions.some(({ fee }) => fee !== '0') ? [feeColumn()] : []),
    {
      name: t('Amount'),
      money: true,
      write: (trade) =>
        trade.amount === '0' && !movesCash(trade) ? '' : money(trade.amount, trade.currency),
    },
    ...(sheet.transactions.some(({ note, derived }) => note || derived) ? [noteColumn()] : []),
    {
      at: 'row-actions',
      editors: true,
      name: t('Actions'),
      unseen: true,
      // what counts by itself is no row that could be edited
      write: ({ id, type, date, derived }) =>
        !derived && (
          <TransactionLinks
            portfolio={portfolio}
            transaction={id}
            name={`${t(typeNames[type])}, ${day(date)}`}
          />
        ),
    },
  ]
  return (
    <List
      title={t('Transactions')}
      note={t('as recorded')}
      columns={columns}
      rows={sheet.transactions}
      id={({ id }) => `trade-${id}`}
    />
  )
}

type Trade = Factsheet['transactions'][number]

const feeColumn = (): Column<Trade> => ({
  name: t('Fee'),
  money: true,
  write: ({ fee, currency }) => (fee === '0' ? '' : money(fee, currency)),
})

const noteColumn = (): Column<Trade> => ({
  at: 'text note',
  name: t('Note'),
  write: ({ note, derived }) => (derived ? t('automatic, not recorded') : note),
})
