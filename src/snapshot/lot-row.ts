import { benchmarkReturns } from '../portfolio/benchmark.ts'
import { type Day, daysBetween } from '../portfolio/day.ts'
import { ratioOf, text, times } from '../portfolio/decimal.ts'
import type { Holding } from '../portfolio/holding.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { annualized } from '../metrics/annualized.ts'

/** An open lot as the API shows it. */
export type LotRow = {
  /** The buy that it is left of. */
  transaction: string
  date: Day
  /** In today's share units. */
  shares: string
  cost_basis: string | null
  market_value: string | null
  gain: string | null
  gain_ratio: number | null
  xirr: number | null
  /** By benchmark: what the lot's cost would have made in it, bought on the same day. */
  benchmarks: Record<string, number | null>
  reasons: Record<string, string>
}

/**
 * A holding's open lots, oldest first. Gain: shares × price now − cost. XIRR: the yearly rate that makes the cost
 * worth that, (value ÷ cost)^(365 ÷ days) − 1, for there are but two flows; null under 365 days. Dividends are the
 * holding's, not the lot's, and are in neither; a benchmark's return has its own reinvested.
 *
 * finance.md, "Unrealized gain", "XIRR" and "Benchmark of lots", on one lot.
 */
export function lotRows(ledger: Ledger, { position, price, reason }: Holding, asOf: Day): LotRow[] {
  const returns = benchmarkReturns(ledger, asOf)
  const { unconverted } = position
  return position.lots.map(({ transaction, date, shares, cost }) => {
    const reasons: Record<string, string> = {}
    const value = price && times(shares, price)
    const gain = value === null || unconverted !== null ? null : value - cost
    const ratio = ratioOf(gain, cost)
    const days = daysBetween(date, asOf)
    if (value === null) reasons['market_value'] = reason ?? ''
    if (unconverted !== null) reasons['cost_basis'] = unconverted
    if (gain === null) reasons['gain'] = reasons['xirr'] = reason ?? ''
    else if (ratio === null) reasons['gain_ratio'] = reasons['xirr'] = 'the shares cost nothing'
    else if (days < 365) reasons['xirr'] = `an annual rate needs 365 days of history, this has ${days}`
    return {
      transaction,
      date,
      shares: text(shares),
      cost_basis: unconverted === null ? text(cost) : null,
      market_value: text(value),
      gain: text(gain),
      gain_ratio: ratio,
      xirr: ratio === null ? null : annualized(ratio, days),
      benchmarks: returns(date, reasons),
      reasons,
    }
  })
}
