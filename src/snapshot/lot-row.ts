import { benchmarkReturns } from '../portfolio/benchmark.ts'
import { type Day, daysBetween } from '../portfolio/day.ts'
import { ratioOf, text, times } from '../portfolio/decimal.ts'
import type { Holding } from '../portfolio/holding.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { annualized } from '../metrics/annualized.ts'
import { ownReturns, versus } from '../metrics/total-return.ts'

/** An open lot in the shape of the API. */
export type LotRow = {
  /** The id of the buy. */
  transaction: string
  date: Day
  /** In today's share units. */
  shares: string
  cost_basis: string | null
  market_value: string | null
  gain: string | null
  /** Gain ÷ cost: the return of the price, without dividends. */
  gain_ratio: number | null
  /** The total return on its cost, dividends reinvested. */
  total_return: number | null
  xirr: number | null
  /** By benchmark: the return of the lot's cost in it, bought on the same day. */
  benchmarks: Record<string, number | null>
  /** By benchmark: `total_return` − the benchmark's. */
  vs: Record<string, number | null>
  reasons: Record<string, string>
}

/**
 * Returns a holding's open lots, oldest first. Gain is shares × price now − cost. XIRR has only two flows here, so
 * that it is (value ÷ cost)^(365 ÷ days) − 1; null under 365 days. Dividends belong to the holding, not to a lot, and
 * are in neither. Total return and benchmarks are with dividends reinvested.
 *
 * finance.md, "Unrealized gain", "XIRR", "Benchmark of lots" and "Fair comparison", applied to one lot.
 */
export function lotRows(ledger: Ledger, { symbol, position, price, reason }: Holding, asOf: Day): LotRow[] {
  const returns = benchmarkReturns(ledger, asOf)
  const own = ownReturns(ledger, symbol)
  const unknown = position.unknown.cost ?? null
  return position.lots.map((lot) => {
    const { transaction, date, shares, cost } = lot
    const reasons: Record<string, string> = {}
    const value = price && times(shares, price)
    const gain = value === null || unknown !== null ? null : value - cost
    const ratio = ratioOf(gain, cost)
    const days = daysBetween(date, asOf)
    const returned = value === null || gain === null ? null : own([{ ...lot, end: value }], asOf)
    const benchmarks = returns(date, reasons)
    if (value === null) reasons['market_value'] = reason ?? ''
    if (unknown !== null) reasons['cost_basis'] = unknown
    if (gain === null) reasons['gain'] = reasons['xirr'] = reason ?? ''
    else if (ratio === null) reasons['gain_ratio'] = reasons['xirr'] = 'the shares cost nothing'
    else if (days < 365) reasons['xirr'] = `an annual rate needs 365 days of history; there are only ${days}`
    if (returned?.ratio == null) reasons['total_return'] = returned?.reason ?? reason ?? ''
    return {
      transaction,
      date,
      shares: text(shares),
      cost_basis: unknown === null ? text(cost) : null,
      market_value: text(value),
      gain: text(gain),
      gain_ratio: ratio,
      total_return: returned?.ratio ?? null,
      xirr: ratio === null ? null : annualized(ratio, days),
      benchmarks,
      vs: versus(returned?.ratio ?? null, benchmarks),
      reasons,
    }
  })
}
