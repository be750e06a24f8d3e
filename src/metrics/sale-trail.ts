import { fromNumber, times } from '../portfolio/decimal.ts'
import { type Ledger, positions } from '../portfolio/ledger.ts'
import { spanOf } from './carried-flow.ts'
import { rowOf, settleRows, type Trail } from './gap-trail.ts'
import { judgedSales } from './judged-sale.ts'

/**
 * Returns what a sale is judged by: its proceeds, and against them what the sold shares would be worth at the end, as a
 * negative value, and each dividend that they would have paid since. Null when there is no such sale. Of a sale without a
 * verdict only the proceeds are told (finance.md, "The gap, explained").
 */
export function saleTrail(
  ledger: Ledger,
  benchmark: string,
  symbol: string,
  transaction: string,
): Trail | null {
  const span = spanOf(ledger, benchmark, ledger.today, null)
  const position = positions(ledger, span.asOf).find((each) => each.symbol === symbol)
  const sale = position?.sales.find((each) => each.transaction === transaction)
  if (!sale) return null
  const { unconverted } = ledger.transactions.find(({ id }) => id === transaction)!
  const found = unconverted ?? judgedSales(ledger, symbol, span)(sale)
  const sold = { day: sale.date, kind: 'sell', transaction, amount: unconverted ?? sale.proceeds } as const
  const end = { until: span.asOf, index: span.level(span.asOf) }
  if (typeof found === 'string')
    return { value: null, ...end, flows: [rowOf(sold, span, span.asOf)], gap: null, reason: found }
  const { kept, worth, gap } = found
  const missed = found.missed.map(({ day, amount }) => ({
    day,
    kind: 'missed' as const,
    transaction: null,
    amount: -times(kept, fromNumber(amount)),
  }))
  const flows = [sold, ...missed].map((flow) => rowOf(flow, span, span.asOf))
  settleRows(flows, gap + worth)
  return { value: -worth, ...end, flows, gap, reason: null }
}
