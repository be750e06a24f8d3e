import { type Chart, chart, withLine } from '../metrics/chart.ts'
import { type Performance, performance, withFigures } from '../metrics/performance.ts'
import { type Today, today } from '../metrics/today.ts'
import { type VariantGap, variantGap } from '../metrics/variant-gap.ts'
import { sum, text } from '../portfolio/decimal.ts'
import { holdings } from '../portfolio/holding.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { type Valuations, valuations } from '../portfolio/valuation.ts'
import { standIn } from '../portfolio/stand-in.ts'
import { variantLedger } from '../portfolio/what-if.ts'
import type { WhatIf } from '../portfolio/what-if-spelling.ts'
import { type GapReport, partRow } from './gap-report.ts'
import type { HoldingRow } from './holding-row.ts'
import type { Look, Snapshot } from './snapshot.ts'

/** What a portfolio would be by a what-if, up to its ledger's today, and the gap to it. */
export type Variant = {
  rule: WhatIf
  ledger: Ledger
  /** Day by day up to the ledger's today. */
  series: Valuations
  summary: Performance & { today: Today }
  chart: Chart
  gap: VariantGap
}

/** Calculates a variant as the ledger itself is, or returns the reason why it is not known. */
export function variantOf(ledger: Ledger, rule: WhatIf): Variant | { reason: string } {
  const other = variantLedger(ledger, rule)
  if ('reason' in other) return other
  // nothing is measured of it but itself
  const alone = { ...other, benchmarks: [] }
  const series = valuations(alone, alone.today)
  const valued = holdings(alone, alone.today)
  const summary = performance(alone, series, null, valued)
  return {
    rule,
    ledger: alone,
    series,
    summary: { ...summary, today: today(alone, valued, series, summary) },
    chart: chart(alone, series),
    gap: variantGap(ledger, alone, { asOf: ledger.today }),
  }
}

/** Returns a snapshot with the variant as its first benchmark: what a benchmark has and a variant has not is null. */
export function withVariant(snapshot: Snapshot, variant: Variant, look: Look): Snapshot {
  const { rule, summary: theirs, gap } = variant
  const { spelling: name } = rule
  const { portfolio, summary, holdings: open, closed, gaps, last } = snapshot
  const { today: latest } = summary
  const parts = new Map(gap.parts.map((part) => [part.symbol, part]))
  const row = (own: HoldingRow): HoldingRow => {
    const part = parts.get(own.symbol)
    const reason = part?.reason ?? null
    return {
      ...own,
      benchmarks: { [name]: null, ...own.benchmarks },
      vs: { [name]: null, ...own.vs },
      vs_money: { [name]: part ? text(part.gap) : '0', ...own.vs_money },
      reasons: { ...own.reasons, ...(reason !== null && { [`vs_money.${name}`]: reason }) },
    }
  }
  const rows = new Set([...open, ...closed].map(({ symbol }) => symbol))
  const instead = 'benchmark' in rule ? standIn(rule.benchmark) : null
  const outside = (isMeant: (symbol: string) => boolean) =>
    text(sum(gap.parts.filter(({ symbol }) => !rows.has(symbol) && isMeant(symbol)).map((part) => part.gap)))
  return {
    ...snapshot,
    portfolio: { ...portfolio, benchmarks: [name, ...portfolio.benchmarks] },
    summary: {
      ...withFigures(summary, name, theirs),
      today: {
        ...latest,
        benchmarks: { [name]: theirs.today.ratio, ...latest.benchmarks },
        benchmark_changes: { [name]: theirs.today.change, ...latest.benchmark_changes },
      },
    },
    holdings: open.map(row),
    closed: closed.map(row),
    gaps: {
      [name]: {
        gap: text(gap.gap),
        cash_drag: '0',
        fees: text(gap.fees),
        interest: text(gap.interest),
        uncovered: '0',
        elsewhere: outside((symbol) => symbol !== instead),
        instead: outside((symbol) => symbol === instead),
        put_in: text(gap.putIn),
        reason: gap.reason,
      },
      ...gaps,
    },
    last: withLine(last, name, variant.chart),
    look,
  }
}

/** Returns the gap to a variant in the shape of the API; money that would not have been put in is `put_in`. */
export function variantReport(rule: WhatIf, found: VariantGap): GapReport {
  const { asOf, from, value, gap, parts, fees, interest, putIn, reason } = found
  return {
    benchmark: rule.spelling,
    as_of: asOf,
    from,
    value: text(value),
    benchmark_value: value === null || gap === null ? null : text(value - gap),
    gap: text(gap),
    // most symbols are the same by a what-if
    parts: parts.filter((part) => part.gap !== 0n).map(partRow),
    cash_drag: '0',
    fees: text(fees),
    interest: text(interest),
    uncovered: '0',
    put_in: text(putIn),
    reasons: reason === null ? {} : { gap: reason },
  }
}
