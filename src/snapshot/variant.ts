import { type Chart, chart, withLine } from '../metrics/chart.ts'
import { asBenchmark, type Performance, performance } from '../metrics/performance.ts'
import { type Today, today } from '../metrics/today.ts'
import { type VariantGap, variantGap } from '../metrics/variant-gap.ts'
import { stored, sum, text } from '../portfolio/decimal.ts'
import { holdings } from '../portfolio/holding.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { type Valuations, valuations } from '../portfolio/valuation.ts'
import { standIn, variantLedger } from '../portfolio/what-if.ts'
import type { WhatIf } from '../portfolio/what-if-spelling.ts'
import type { GapReport } from './gap-report.ts'
import type { HoldingRow } from './holding-row.ts'
import type { Look, Snapshot } from './snapshot.ts'

/** What a portfolio would be by a what-if, up to its ledger's today, and the gap to it. */
export type Variant = {
  rule: WhatIf
  ledger: Ledger
  summary: Performance & { today: Today }
  chart: Chart
  gap: VariantGap
}

/**
 * Calculates a variant as the ledger itself is, or returns the reason why it is not known. `own` is the ledger's daily series
 * up to its today.
 */
export function variantOf(
  ledger: Ledger,
  rule: WhatIf,
  own: Valuations = valuations(ledger, ledger.today),
): Variant | { reason: string } {
  const other = variantLedger(ledger, rule)
  if ('reason' in other) return other
  // nothing is measured of it but itself
  const alone = { ...other, benchmarks: [] }
  const series = valuations(alone, alone.today)
  const valued = holdings(alone, alone.today)
  const summary = performance(alone, series, null, valued)
  const lastOf = ({ value }: typeof own) => (value.length > 0 ? value.at(-1)! : 0n)
  return {
    rule,
    ledger: alone,
    summary: { ...summary, today: today(alone, valued, series, summary) },
    chart: chart(alone, series),
    gap: variantGap({ ledger, value: lastOf(own) }, { ledger: alone, value: lastOf(series) }, ledger.today),
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

/** Returns the figures of a performance with those of a variant beside them, over the same period. */
export function withFigures<Own extends Performance>(own: Own, name: string, variant: Performance): Own {
  const { figures, reasons } = asBenchmark(own, variant)
  const named = Object.entries(reasons).map(([figure, reason]) => [`benchmarks.${name}.${figure}`, reason])
  return {
    ...own,
    benchmarks: { [name]: figures, ...own.benchmarks },
    reasons: { ...own.reasons, ...(Object.fromEntries(named) as Record<string, string>) },
  }
}

/** Returns the gap to a variant in the shape of the API; money that would not have been put in is `put_in`. */
export function variantReport({ rule, summary, gap }: Variant): GapReport {
  const value = gap.gap === null ? null : text(gap.gap + stored(summary.value!))
  return {
    benchmark: rule.spelling,
    as_of: summary.as_of,
    from: null,
    value,
    benchmark_value: summary.value,
    gap: text(gap.gap),
    parts: gap.parts
      .filter((part) => part.gap !== 0n)
      .toSorted((a, b) => Number((b.gap ?? 0n) - (a.gap ?? 0n)))
      .map((part) => ({
        symbol: part.symbol,
        gap: text(part.gap),
        value: null,
        paid: null,
        received: null,
        dividends: null,
        reason: part.reason,
      })),
    cash_drag: '0',
    fees: text(gap.fees),
    interest: text(gap.interest),
    uncovered: '0',
    put_in: text(gap.putIn),
    reasons: gap.reason === null ? {} : { gap: gap.reason },
  }
}
