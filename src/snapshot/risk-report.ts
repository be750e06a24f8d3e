import { periodContributions } from '../metrics/contribution.ts'
import { type Months, months } from '../metrics/months.ts'
import { type Rewritten, type Risk, risk, yardsticksOf } from '../metrics/risk.ts'
import { type RollingYear, rollingYear } from '../metrics/rolling-year.ts'
import { simpleReturn } from '../metrics/simple-return.ts'
import type { Day } from '../portfolio/day.ts'
import { type Money, stored, text } from '../portfolio/decimal.ts'
import { holdings } from '../portfolio/holding.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import type { Valuations } from '../portfolio/valuation.ts'

/**
 * Risk and months in the shape of the API. The figures and the contributions are those of a period; the months are those of
 * the whole history, and the rolling returns those of the days of the period, each of the twelve months before it.
 */
export type RiskReport = {
  figures: Risk
  months: Months
  rolling: RollingYear
  /** The largest first, those that are not known last. */
  contributions: Contribution[]
  /** Of what belongs to no holding. */
  unassigned: Contributed
}

/** Money is decimal text; the ratio is that of the money put in, so that all of them add up to the simple return. */
export type Contributed = { amount: string | null; ratio: number | null }
export type Contribution = Contributed & { symbol: string; name: string; is_open: boolean }

/**
 * Returns the report at the end of `series`, of all of it or from the close of a day on. With a what-if, that is the first
 * of what the portfolio is held against; the contributions are those to what is.
 */
export function riskReport(
  ledger: Ledger,
  series: Valuations,
  from: Day | null,
  riskFreeRate: number,
  rewritten: Rewritten | null = null,
): RiskReport {
  const asOf = series.days.at(-1) ?? ledger.today
  // before the first day there is nothing from which a period could begin
  const since = from !== null && series.days[0] !== undefined && from >= series.days[0] ? from : null
  const valued = holdings(ledger, asOf)
  const before = since === null ? [] : holdings(ledger, since)
  const figures = risk(ledger, series, since, riskFreeRate, { valued, rewritten })
  const against = yardsticksOf(ledger, rewritten)
  const { of, unassigned } = periodContributions(ledger, { valued, before, from: since, asOf })
  const { inputs } = figures
  const putIn = inputs && stored(inputs.start_value) + stored(inputs.deposits)
  const contributed = (amount: Money | null): Contributed => ({
    amount: text(amount),
    ratio: putIn === null ? null : simpleReturn(amount, putIn),
  })
  const known = new Map(valued.map((holding) => [holding.symbol, holding]))
  return {
    figures,
    months: months(ledger, series, against),
    rolling: rollingYear(ledger, series, since, against),
    contributions: [...of]
      .toSorted(([, a], [, b]) =>
        a === null || b === null ? Number(a === null) - Number(b === null) : Number(b - a),
      )
      .map(([symbol, amount]) => ({
        symbol,
        name: ledger.markets.get(symbol)?.instrument?.name ?? symbol,
        is_open: (known.get(symbol)?.position.shares ?? 0n) > 0n,
        ...contributed(amount),
      })),
    unassigned: contributed(unassigned),
  }
}
