import { html } from './html.ts'
import type { Child } from 'hono/jsx'
import type { Factsheet } from '../../snapshot/factsheet.ts'
import { type Money, text } from '../../portfolio/decimal.ts'
import { centsAddingUp, positionInCents } from '../../snapshot/gap-in-cents.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { day, exact, money, sentence, shares, signedPercent } from '../format.ts'
import { Change, Gain, Lead } from './figure.tsx'
import { TransactionLinks } from './row-actions.tsx'
import type { Column } from './table.tsx'
import { dated, List } from './list.tsx'
import { trailPath } from './gap-path.ts'
import { bothReturns, versus, versusMoney } from './versus.ts'
import { t } from '../words/words.ts'

type Lot = Factsheet['lots'][number]

export type ListOf = { sheet: Factsheet; portfolio: Snapshot['portfolio'] }

export const Lots = ({ sheet, snapshot }: { sheet: Factsheet; snapshot: Snapshot }) => {
  const { portfolio } = snapshot
  const { benchmarks, base_currency: currency } = portfolio
  const hasSold = benchmarks.some((symbol) => Number(sheet.sold_out[symbol] ?? 0) !== 0)
  const foot = (sold: Child, all: Child) => (benchmarks.length === 0 ? [] : hasSold ? [sold, all] : [all])
  const why = (lot: Lot, figure: string) => (lot.reasons[figure] ? sentence(lot.reasons[figure]) : undefined)
  const columns: Column<Lot>[] = [
    { name: t('Bought'), write: ({ date }) => dated(date), foot: foot(t('Sold out'), t('Total')) },
    {
      at: 'lot-shares',
      name: t('Shares'),
      money: true,
      write: (lot) => html`${unsplit(lot, sheet)}${shares(lot.shares)}`,
      title: (lot) => exact(lot.shares),
    },
    {
      at: 'spare wide',
      name: t('Cost'),
      money: true,
      write: (lot) => money(lot.cost_basis, currency),
      title: (lot) => why(lot, 'cost_basis'),
    },
    {
      at: 'value',
      name: t('Value'),
      money: true,
      write: (lot) => money(lot.market_value, currency),
      title: (lot) => why(lot, 'market_value'),
    },
    {
      at: 'spare wide',
      name: t('Gain'),
      write: (lot) => Gain({ amount: lot.gain, currency }),
      title: (lot) => why(lot, 'gain'),
    },
    {
      at: 'gain-ratio',
      name: t('Gain %'),
      write: (lot) => Change({ ratio: lot.gain_ratio, arrow: true }),
      title: (lot) => why(lot, 'gain_ratio'),
    },
    {
      at: 'roomy wide',
      name: t('XIRR'),
      write: (lot) => signedPercent(lot.xirr),
      title: (lot) => why(lot, 'xirr'),
    },
    ...benchmarks.flatMap((symbol, i): Column<Lot>[] => {
      const at = (own: string) => (i > 0 ? 'roomy wide' : own)
      const parts = [
        ...sheet.lots.map(({ vs_money }) => vs_money[symbol] ?? null),
        sheet.sold_out[symbol] ?? null,
      ]
      const whole = positionInCents(snapshot, symbol, sheet.symbol)
      const cents = centsAddingUp(parts, whole)
      const written = new Map(sheet.lots.map(({ transaction }, i) => [transaction, text(cents[i]!)]))
      // the name is for a phone, where the columns have no heads
      const name = html`<i>${t('vs {symbol}', { symbol })} </i>`
      const together = (amount: Money | null) => html`${name}${Gain({ amount: text(amount), currency })}`
      return [
        {
          ...versus(
            symbol,
            t(
              'Lead of the total return over the same money in {symbol} since the same day, in percentage points',
              { symbol },
            ),
          ),
          at: at('versus'),
          write: ({ vs }) => html`${name}${Lead({ of: vs[symbol] ?? null })}`,
          title: (lot) =>
            why(lot, `benchmarks.${symbol}`) ?? why(lot, 'total_return') ?? bothReturns(lot, symbol),
        },
        {
          ...versusMoney<Lot>(
            symbol,
            currency,
            t(
              'What the purchase has added to the gap to {symbol}, shares sold since and dividends included',
              { symbol },
            ),
            ({ transaction }) => trailPath(portfolio.id, symbol, sheet.symbol, { lot: transaction }),
            ({ transaction }) => written.get(transaction) ?? null,
          ),
          at: at('versus-money'),
          foot: foot(together(cents.at(-1)!), together(whole)),
        },
      ]
    }),
    {
      at: 'row-actions',
      editors: true,
      name: t('Actions'),
      unseen: true,
      write: ({ transaction, date }) => (
        <TransactionLinks
          portfolio={portfolio.id}
          transaction={transaction}
          name={t('Buy, {day}', { day: day(date) })}
        />
      ),
    },
  ]
  return (
    <List
      title={t('Open lots')}
      class="lots as-lines"
      note={t(
        'in today’s share units; gain without dividends; vs compares total returns, dividends reinvested',
      )}
      columns={columns}
      rows={sheet.lots}
      id={({ transaction }) => `lot-${transaction}`}
      foot={foot(null, 'lots-total') as (string | null)[]}
    />
  )
}

/** Shows the recorded number of shares of a lot that only splits have changed since. */
function unsplit(lot: Lot, { transactions, splits }: Factsheet) {
  const bought = transactions.find(({ id }) => id === lot.transaction)?.shares
  const factor = splits
    .filter(({ day: date }) => date > lot.date)
    .reduce((product, { numerator, denominator }) => (product * numerator) / denominator, 1)
  const isSame = Math.abs(Number(bought) * factor - Number(lot.shares)) < 1e-6
  if (bought == null || factor === 1 || !isSame) return ''
  return html`<small>${t('{shares} before splits', { shares: shares(bought) })}</small> `
}
