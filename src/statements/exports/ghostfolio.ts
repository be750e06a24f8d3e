import { over, toNumber } from '../../portfolio/decimal.ts'
import type { Ledger } from '../../portfolio/ledger.ts'
import { type BookedRow, bookedRows } from './booked-rows.ts'

type Activity = { type: string; quantity: number; unitPrice: number; fee: number; symbol?: string }

/**
 * Writes the activities of Ghostfolio's import (`POST /api/v1/import`, its README): currency, date, fee, quantity, symbol,
 * type and unitPrice are needed; no number is negative, and no date is before 1970. It knows no deposits and no transfers:
 * these are left out, and those are purchases and sales. What is aside is of its source MANUAL, whose symbol is a name.
 *
 * { "activities": [{ "currency": "USD", "dataSource": "…", "date": "2021-09-15T00:00:00.000Z", "fee": 19,
 *   "quantity": 5, "symbol": "MSFT", "type": "BUY", "unitPrice": 298.58 }] }
 */
export function ghostfolioFile(ledger: Ledger, source: string): string {
  const activities = bookedRows(ledger)
    .filter(({ date }) => date >= '1970-01-01')
    .flatMap((row) => {
      const booked = activityOf[row.type]?.(row)
      if (!booked) return []
      const { currency, date, note } = row
      const symbol = booked.symbol ?? row.symbol!
      const dataSource = booked.symbol === undefined ? source : 'MANUAL'
      return [
        { ...booked, symbol, dataSource, currency, date: `${date}T00:00:00.000Z`, comment: note || null },
      ]
    })
  return `${JSON.stringify({ activities }, null, 2)}\n`
}

const traded =
  (type: 'BUY' | 'SELL') =>
  ({ shares, amount, fee }: BookedRow): Activity => ({
    type,
    quantity: toNumber(shares!),
    unitPrice: toNumber(over(amount, shares!)),
    fee: toNumber(fee),
  })

const paid =
  (type: 'DIVIDEND' | 'INTEREST') =>
  ({ amount, fee }: BookedRow): Activity => ({
    type,
    quantity: 1,
    unitPrice: toNumber(amount),
    fee: toNumber(fee),
  })

const charged =
  (name: string) =>
  ({ amount }: BookedRow): Activity => ({
    type: 'FEE',
    quantity: 0,
    unitPrice: 0,
    fee: toNumber(amount),
    symbol: name,
  })

const activityOf: Partial<Record<BookedRow['type'], (row: BookedRow) => Activity>> = {
  buy: traded('BUY'),
  sell: traded('SELL'),
  transfer_in: traded('BUY'),
  transfer_out: traded('SELL'),
  stock_dividend: traded('BUY'),
  dividend: paid('DIVIDEND'),
  return_of_capital: paid('DIVIDEND'),
  interest: (row) => ({ ...paid('INTEREST')(row), symbol: 'Interest' }),
  fee: charged('Fee'),
  tax: charged('Tax'),
}
