import { type Chart, chart, withLine } from '../metrics/chart.ts'
import { type Explanation, explanation, requestedRate } from '../metrics/explain.ts'
import { type Decision, decisions } from '../metrics/decisions.ts'
import { gap, type GapBy } from '../metrics/gap.ts'
import { type Performance, performance, withFigures, xirrFlows } from '../metrics/performance.ts'
import { type LongRange, startOf } from '../metrics/range.ts'
import { variantGap } from '../metrics/variant-gap.ts'
import type { Day } from '../portfolio/day.ts'
import type { Money } from '../portfolio/decimal.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import type { Targets } from '../portfolio/target.ts'
import { valuations } from '../portfolio/valuation.ts'
import { type DecisionBook, decisionBook } from '../snapshot/decision-book.ts'
import { type BestAndWorst, bestAndWorst } from '../snapshot/decision-row.ts'
import { type Factsheet, factsheet } from '../snapshot/factsheet.ts'
import { type GapReport, gapReport } from '../snapshot/gap-report.ts'
import { holdingsOn } from '../snapshot/holdings-table.ts'
import { type RiskReport, riskReport } from '../snapshot/risk-report.ts'
import { type RebalancingReport, rebalancingReport } from '../snapshot/rebalancing-report.ts'
import type { Look } from '../snapshot/snapshot.ts'
import { type TrailOf, type TrailReport, trailReport } from '../snapshot/trail-report.ts'
import { variantReport } from '../snapshot/variant.ts'
import {
  type VariantTrailOf,
  type VariantTrailReport,
  variantTrailReport,
} from '../snapshot/variant-trail-report.ts'
import type { Refused } from './look.ts'
import { nothingQuoted, quoteMetadata } from './snapshot-builder.ts'
import { once, type Reader } from './ledger-reader.ts'
import { ListedReports } from './listed-reports.ts'

/** The figures that are calculated from a portfolio's ledger on request: returns, risk, gaps, decisions, targets. */
export abstract class PortfolioReports extends ListedReports {
  async performance(
    reader: Reader,
    asOf: Day | null,
    from: Day | null,
    look: Look | null = null,
  ): Promise<Performance | Refused | null> {
    const ledger = await this.looked(reader, asOf, look)
    if (!ledger || 'refused' in ledger) return ledger
    // a day that has begun elsewhere may be later than the ledger's
    const day = asOf ?? ledger.today
    const make = () => performance(ledger, valuations(ledger, day), from)
    const figures = once(ledger, `performance ${day} ${from}`, make)
    const variant = await this.variant(ledger, look)
    if (!variant || 'refused' in variant) return variant ?? figures
    const { rule, ledger: other } = variant
    return withFigures(figures, rule.spelling, performance(other, valuations(other, day), from))
  }

  /** The same with one of its figures explained. */
  async explained(
    reader: Reader,
    asOf: Day | null,
    from: Day | null,
    figure: string,
    look: Look | null = null,
  ): Promise<(Performance & { explain: Explanation | null }) | Refused | null> {
    const ledger = await this.looked(reader, asOf, look)
    if (!ledger || 'refused' in ledger) return ledger
    const figures = await this.performance(reader, asOf, from, look)
    if (!figures || 'refused' in figures) return figures
    const rate = requestedRate(figure)
    const variant = rate?.benchmark === look?.whatIf ? await this.variant(ledger, look) : null
    // a variant has flows of its own
    const [of, benchmark] =
      variant && !('refused' in variant) ? [variant.ledger, null] : [ledger, rate?.benchmark ?? null]
    const flows = rate ? xirrFlows(of, valuations(of, asOf ?? of.today), from, benchmark) : undefined
    return { ...figures, explain: explanation(figure, figures, flows) }
  }

  /** Of a range that ends on the day, or from the close of another day on. */
  async risk(
    reader: Reader,
    asOf: Day | null,
    period: LongRange | { from: Day },
    look: Look | null = null,
  ): Promise<RiskReport | Refused | null> {
    const ledger = await this.looked(reader, asOf, look)
    if (!ledger || 'refused' in ledger) return ledger
    const from = typeof period === 'string' ? startOf(period, ledger.today) : period.from
    const rate = Number((await this.ledgers.portfolio())?.riskFreeRate ?? 0)
    const variant = await this.variant(ledger, look)
    if (variant && 'refused' in variant) return variant
    const rewritten = variant && { name: variant.rule.spelling, ...variant }
    const make = () => riskReport(ledger, valuations(ledger, ledger.today), from, rate, rewritten)
    return once(ledger, `risk ${from} ${rate} ${rewritten?.name}`, make)
  }

  /** Of today without a day. */
  async holdingsOn(
    reader: Reader,
    asOf: Day | null,
    withLots: boolean,
  ): Promise<ReturnType<typeof holdingsOn> | null> {
    const ledger = await this.ledger(reader)
    if (!ledger) return null
    const day = asOf ?? ledger.today
    return once(ledger, `holdings ${day} ${withLots}`, () => holdingsOn(ledger, day, withLots))
  }

  async chartOn(reader: Reader, asOf: Day | null, look: Look | null = null): Promise<Chart | Refused | null> {
    const ledger = await this.looked(reader, asOf, look)
    if (!ledger || 'refused' in ledger) return ledger
    const lines = once(ledger, 'chart', () => chart(ledger, valuations(ledger, ledger.today)))
    const variant = await this.variant(ledger, look)
    if (!variant || 'refused' in variant) return variant ?? lines
    return withLine(lines, variant.rule.spelling, variant.chart)
  }

  /** Of today without a day; of the whole history without `from`. */
  async gap(
    reader: Reader,
    benchmark: string,
    asOf: Day | null,
    from: Day | null,
    by: GapBy,
    look: Look | null = null,
  ): Promise<GapReport | Refused | null> {
    const isVariant = look?.whatIf === benchmark
    const ledger = await this.looked(reader, isVariant ? asOf : null, look)
    if (!ledger || 'refused' in ledger) return ledger
    const variant = isVariant ? await this.variant(ledger, look) : null
    if (variant && 'refused' in variant) return variant
    if (variant)
      return variantReport(variant.rule, variantGap(ledger, variant.ledger, { asOf: ledger.today, from, by }))
    const about = { asOf: asOf ?? ledger.today, from, by }
    return once(ledger, `gap ${benchmark} ${about.asOf} ${from} ${by}`, () =>
      gapReport(gap(ledger, benchmark, about)),
    )
  }

  /** The purchases and sales that won and lost most against a benchmark; with `from`, of those after its close. */
  async bestAndWorst(
    reader: Reader,
    benchmark: string,
    most: number,
    from: Day | null,
    asOf: Day | null = null,
    look: Look | null = null,
  ): Promise<BestAndWorst | Refused | null> {
    const ledger = await this.looked(reader, asOf, look)
    if (!ledger || 'refused' in ledger) return ledger
    return bestAndWorst(decided(ledger, benchmark, from), most)
  }

  /** What its owner has noted about transactions, and those that won and lost most; without a benchmark no gaps. */
  async decisionBook(
    reader: Reader,
    benchmark: string | null,
    most: number,
    asOf: Day | null = null,
    look: Look | null = null,
  ): Promise<DecisionBook | Refused | null> {
    const ledger = await this.looked(reader, asOf, look)
    if (!ledger || 'refused' in ledger) return ledger
    return decisionBook(ledger, benchmark, benchmark === null ? [] : decided(ledger, benchmark, null), most)
  }

  /** What new money would buy by the targets, and what a whole rebalancing would do. */
  async rebalancing(
    reader: Reader,
    targets: Targets,
    money: Money,
    asOf: Day | null = null,
  ): Promise<RebalancingReport | { reason: string } | null> {
    const ledger = await this.ledger(reader, asOf)
    return ledger && rebalancingReport(ledger, targets, money)
  }

  /** What one figure of the gap consists of. */
  async trail(
    reader: Reader,
    benchmark: string,
    of: TrailOf,
    asOf: Day | null = null,
    look: Look | null = null,
  ): Promise<TrailReport | Refused | null> {
    const ledger = await this.looked(reader, asOf, look)
    if (!ledger || 'refused' in ledger) return ledger
    const name = `trail ${benchmark} ${JSON.stringify(of)}`
    return once(ledger, name, () => trailReport(ledger, benchmark, of))
  }

  /** What one figure of the gap to a what-if consists of. */
  async variantTrail(
    reader: Reader,
    of: VariantTrailOf,
    asOf: Day | null,
    look: Look,
  ): Promise<VariantTrailReport | Refused | null> {
    const ledger = await this.looked(reader, asOf, look)
    if (!ledger || 'refused' in ledger) return ledger
    const variant = await this.variant(ledger, look)
    return !variant || 'refused' in variant ? variant : variantTrailReport(ledger, variant, of)
  }

  /** Null also for a symbol that the portfolio has nothing to do with. */
  async factsheet(
    reader: Reader,
    symbol: string,
    asOf: Day | null = null,
    look: Look | null = null,
  ): Promise<Factsheet | Refused | null> {
    const ledger = await this.looked(reader, asOf, look)
    if (!ledger || 'refused' in ledger) return ledger
    const read = await this.ledgers.ledger()
    if (!read) return null
    const quotes = asOf === null ? quoteMetadata(read) : nothingQuoted
    return once(ledger, `factsheet ${symbol} ${asOf}`, () => factsheet(ledger, symbol, quotes))
  }
}

/** The purchases and sales since a day, each with its gap to a benchmark. */
function decided(ledger: Ledger, benchmark: string, from: Day | null): Decision[] {
  return once(ledger, `decisions ${benchmark} ${from}`, () =>
    decisions(ledger, gap(ledger, benchmark, { asOf: ledger.today, from, by: 'lot' })),
  )
}
