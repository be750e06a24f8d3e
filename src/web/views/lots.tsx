import { html } from 'hono/html'
import type { Factsheet } from '../../snapshot/factsheet.ts'
import type { LotRow } from '../../snapshot/lot-row.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { day, exact, money, sentence, shares, signedPercent } from '../format.ts'
import { Change, Gain } from './figure.tsx'
import { TransactionLinks } from './row-actions.tsx'
import type { Column } from './table.tsx'
import { dated, List } from './list.tsx'
import { bothReturns, versus } from './versus.ts'

export type ListOf = { sheet: Factsheet; portfolio: Snapshot['portfolio'] }

export const Lots = ({ sheet, portfolio }: ListOf) => {
  const { benchmarks, base_currency: currency } = portfolio
  const why = (lot: LotRow, figure: string) =>
    lot.reasons[figure] ? sentence(lot.reasons[figure]) : undefined
  const columns: Column<LotRow>[] = [
    { name: 'Bought', write: ({ date }) => dated(date) },
    {
      name: 'Shares',
      write: (lot) => html`${unsplit(lot, sheet)}${shares(lot.shares)}`,
      title: (lot) => exact(lot.shares),
    },
    {
      name: 'Cost',
      money: true,
      write: (lot) => money(lot.cost_basis, currency),
      title: (lot) => why(lot, 'cost_basis'),
    },
    {
      name: 'Value',
      money: true,
      write: (lot) => money(lot.market_value, currency),
      title: (lot) => why(lot, 'market_value'),
    },
    {
      name: 'Gain',
      write: (lot) => Gain({ amount: lot.gain, currency }),
      title: (lot) => why(lot, 'gain'),
    },
    {
      name: 'Gain %',
      write: (lot) => Change({ ratio: lot.gain_ratio, arrow: true }),
      title: (lot) => why(lot, 'gain_ratio'),
    },
    { name: 'XIRR', write: (lot) => signedPercent(lot.xirr), title: (lot) => why(lot, 'xirr') },
    ...benchmarks.map((symbol): Column<LotRow> => ({
      ...versus(symbol, 'since the same day'),
      title: (lot) =>
        why(lot, `benchmarks.${symbol}`) ?? why(lot, 'total_return') ?? bothReturns(lot, symbol),
    })),
    {
      at: 'row-actions',
      name: 'Actions',
      unseen: true,
      write: ({ transaction, date }) => (
        <TransactionLinks portfolio={portfolio.id} transaction={transaction} name={`Buy, ${day(date)}`} />
      ),
    },
  ]
  return (
    <List
      title="Open lots"
      note="in today’s share units; gain without dividends; vs compares total returns, dividends reinvested"
      columns={columns}
      rows={sheet.lots}
      id={({ transaction }) => `lot-${transaction}`}
    />
  )
}

/** Shows the recorded number of shares of a lot that only splits have changed since. */
function unsplit(lot: LotRow, { transactions, splits }: Factsheet) {
  const bought = transactions.find(({ id }) => id === lot.transaction)?.shares
  const factor = splits
    .filter(({ day: date }) => date > lot.date)
    .reduce((product, { numerator, denominator }) => (product * numerator) / denominator, 1)
  const isSame = Math.abs(Number(bought) * factor - Number(lot.shares)) < 1e-6
  if (bought == null || factor === 1 || !isSame) return ''
  return html`<small>${shares(bought)} before splits</small> `
}
