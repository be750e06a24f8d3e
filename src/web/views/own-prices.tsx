import { daysBetween } from '../../portfolio/day.ts'
import type { Factsheet } from '../../snapshot/factsheet.ts'
import { exact, price } from '../format.ts'
import { dated, List } from './list.tsx'
import { TransactionLinks } from './row-actions.tsx'
import type { Column } from './table.tsx'
import { mayEdit } from './shown-to.ts'
import { parts, t } from '../words/words.ts'

type Props = { sheet: Factsheet; portfolio: string; path: string; today: string }

/** So many are listed; all are among the transactions. */
const LISTED = 20

/** The prices that the owner has stated, with their age, and where more are typed or pasted. */
export const OwnPrices = ({ sheet, portfolio, path, today }: Props) => {
  const { symbol, own_prices, by_hand } = sheet
  const columns: Column<Factsheet['own_prices'][number]>[] = [
    { name: t('Date'), write: (row) => dated(row.day) },
    { name: t('Price'), write: (row) => price(row.price, row.currency), title: (row) => exact(row.price) },
    { name: t('Age'), write: (row) => ageOf(daysBetween(row.day, today)) },
    {
      at: 'row-actions',
      editors: true,
      name: t('Actions'),
      unseen: true,
      write: (row) => (
        <TransactionLinks
          portfolio={portfolio}
          transaction={row.id}
          name={t('Own price, {day}', { day: row.day })}
        />
      ),
    },
  ]
  return (
    <>
      {own_prices.length > 0 && (
        <List
          title={t('Own prices')}
          note={t('Used instead of market prices.')}
          columns={columns}
          rows={own_prices.slice(0, LISTED)}
        />
      )}
      {mayEdit() && (
        <details class="aside" id="own-prices" open={by_hand && own_prices.length === 0}>
          <summary>{by_hand ? t('Add own prices') : t('Enter prices by hand')}</summary>
          <p>
            {parts(
              'Type or paste one line per day, with the date and the price of one share of {symbol}, such as {line}.',
              { symbol, line: <code>{today} 125.50</code> },
            )}{' '}
            {!by_hand && t('From then on, your prices replace market prices.')}
          </p>
          <form method="post" action={`${path}/own-prices`} class="form">
            <textarea
              name="prices"
              rows={4}
              required
              spellcheck={false}
              aria-label={t('Days and prices')}
            ></textarea>
            <button class="button">{t('Add prices')}</button>
          </form>
        </details>
      )}
    </>
  )
}

function ageOf(days: number): string {
  return days <= 0 ? t('today') : days === 1 ? t('1 day') : t('{n} days', { n: days })
}
