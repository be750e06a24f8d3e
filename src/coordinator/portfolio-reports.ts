import { DurableObject } from 'cloudflare:workers'
import { cashFlows, type CashFlows, type CashFlowType, ofTypes } from '../metrics/cash-flows.ts'
import { type Chart, chart, withLine } from '../metrics/chart.ts'
import { type Explanation, explanation, requestedRate } from '../metrics/explain.ts'
import { decisions } from '../metrics/decisions.ts'
import { gap, type GapBy } from '../metrics/gap.ts'
import type { IncomeAhead } from '../metrics/income-ahead.ts'
import { type Performance, performance, xirrFlows } from '../metrics/performance.ts'
import { type PriceSeries, priceSeries } from '../metrics/price-series.ts'
import { type LongRange, type Range, startOf } from '../metrics/range.ts'
import { sources } from '../market/sources.ts'
import { type Day, dayAt } from '../portfolio/day.ts'
import { type DividendProposal, dividendProposals } from '../portfolio/dividend-proposal.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { pastLedger } from '../portfolio/past-ledger.ts'
import { readWhatIf } from '../portfolio/what-if-spelling.ts'
import type { Money } from '../portfolio/decimal.ts'
import type { Targets } from '../portfolio/target.ts'
import { remembered } from '../portfolio/remembered.ts'
import { TIME_ZONE } from '../portfolio/time.ts'
import { valuations } from '../portfolio/valuation.ts'
import { type DecisionBook, decisionBook } from '../snapshot/decision-book.ts'
import { type BestAndWorst, bestAndWorst } from '../snapshot/decision-row.ts'
import { type CashBook, cashBook } from '../snapshot/cash-book.ts'
import { type DividendBook, dividendBook } from '../snapshot/dividend-book.ts'
import { type Factsheet, factsheet } from '../snapshot/factsheet.ts'
import { type GapReport, gapReport } from '../snapshot/gap-report.ts'
import { holdingsOn } from '../snapshot/holdings-table.ts'
import { type Picks, picks } from '../snapshot/picks.ts'
import { type RiskReport, riskReport } from '../snapshot/risk-report.ts'
import { type RebalancingReport, rebalancingReport } from '../snapshot/rebalancing-report.ts'
import type { Look, PortfolioFacts, Snapshot } from '../snapshot/snapshot.ts'
import { type TrailOf, type TrailReport, trailReport } from '../snapshot/trail-report.ts'
import { type TradeMark, tradeMarks } from '../snapshot/trade-marks.ts'
import { type TransactionList, transactionList, type TransactionQuery } from '../snapshot/transaction-list.ts'
import {
  type RecordedRow,
  recordedRow,
  type TransactionRow,
  transactionRows,
} from '../snapshot/transaction-row.ts'
import { type Variant, variantOf, variantReport, withFigures, withVariant } from '../snapshot/variant.ts'
import { type Program, programs } from '../statements/exports/programs.ts'
import { cashFlowsFile } from '../statements/write-statement.ts'
import type { Portfolio } from '../storage/portfolios.ts'
import type { LedgerCache } from './ledger-cache.ts'
import { type Refused, withBenchmark } from './look.ts'
import {
  lookSnapshot,
  nothingQuoted,
  pastSnapshot,
  type Publication,
  quoteMetadata,
} from './snapshot-builder.ts'

/** Who asks: an account, or whoever has the share link of which this is the hash. */
export type Reader = string | { link: string }

/** A page of the transactions, and the figures above it. */
export type TransactionsRead = {
  portfolio: PortfolioFacts
  summary: Performance
  revision: number
  picks: Picks
  /** Every ticker that has a transaction. */
  symbols: string[]
  /** The figures of all transactions, whichever are requested. */
  count: number
  list: TransactionList
}

/** All recorded transactions, and what is said of them together. */
type Listing = Pick<TransactionsRead, 'picks' | 'symbols'> & { rows: TransactionRow[] }

/**
 * The half of a portfolio's object that only reads: the figures that are calculated from the ledger on request. Null
 * when there is no portfolio, or the reader may not see it. An object's methods are called by name over RPC, and only its own class's: so this is
 * not a part of the coordinator but what the coordinator extends.
 */
export abstract class PortfolioReports extends DurableObject<Env> {
  protected abstract readonly ledgers: LedgerCache
  private listed: { of: string; listing: Listing } | null = null

  /** Runs behind whatever the object is doing. */
  protected abstract inTurn<T>(work: () => Promise<T>): Promise<T>

  /** Whether somebody may see the portfolio; nobody may where there is none. */
  protected abstract maySee(reader: Reader): Promise<boolean>

  /** What pages are shown; null when there is no portfolio. */
  protected abstract publication(): Promise<Publication | null>

  /** What the dashboard shows as of a past day, by today's ledger. It is made once of a ledger. */
  async snapshotOn(
    reader: Reader,
    asOf: Day | null,
    look: Look | null = null,
  ): Promise<Snapshot | Refused | null> {
    const ledger = await this.looked(reader, asOf, look)
    if (!ledger || 'refused' in ledger) return ledger
    const shown = await this.shownOf(ledger, asOf, look)
    const variant = shown && (await this.variant(ledger, look))
    if (!shown || !variant || !look) return shown
    if ('refused' in variant) return variant
    return once(ledger, `${look.whatIf} ${shown.revision}`, () => withVariant(shown, variant, look))
  }

  /** The snapshot of a ledger with one more benchmark, or of a past one; that of the pages where it is neither. */
  private async shownOf(ledger: Ledger, asOf: Day | null, look: Look | null): Promise<Snapshot | null> {
    if (asOf !== null) {
      const portfolio = await this.ledgers.portfolio()
      return portfolio && once(ledger, 'snapshot', () => pastSnapshot(ledger, portfolio, look ?? undefined))
    }
    const [shown, read] = [await this.publication(), await this.ledgers.ledger()]
    if (!shown || !read || look?.vs == null) return shown && shown.snapshot
    const { revision } = shown.snapshot
    return once(ledger, `snapshot ${revision}`, () => lookSnapshot(ledger, read, shown.snapshot, look))
  }

  /** The variant of a ledger that somebody looks at, made once of it; null without any. */
  private async variant(ledger: Ledger, look: Look | null): Promise<Variant | Refused | null> {
    const rule = look?.whatIf == null ? null : readWhatIf(look.whatIf)
    if (rule === null) return null
    if ('reason' in rule) return { refused: sentence(rule.reason) }
    const known = 'benchmark' in rule ? await this.withBenchmark(ledger, rule.benchmark) : ledger
    if ('refused' in known) return known
    const found = once(ledger, `variant ${rule.spelling}`, () => variantOf(known, rule))
    return 'reason' in found ? { refused: sentence(found.reason) } : found
  }

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
    const figures = performance(ledger, valuations(ledger, day), from)
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
    const make = () => riskReport(ledger, valuations(ledger, ledger.today), from, rate)
    return once(ledger, `risk ${from} ${rate}`, make)
  }

  /** Of today without a day. */
  async holdingsOn(
    reader: Reader,
    asOf: Day | null,
    withLots: boolean,
  ): Promise<ReturnType<typeof holdingsOn> | null> {
    const ledger = await this.ledger(reader)
    return ledger && holdingsOn(ledger, asOf ?? ledger.today, withLots)
  }

  async chartOn(reader: Reader, asOf: Day | null, look: Look | null = null): Promise<Chart | Refused | null> {
    const ledger = await this.looked(reader, asOf, look)
    if (!ledger || 'refused' in ledger) return ledger
    const lines = chart(ledger, valuations(ledger, ledger.today))
    const variant = await this.variant(ledger, look)
    if (!variant || 'refused' in variant) return variant ?? lines
    return withLine(lines, variant.rule.spelling, variant.chart)
  }

  async dividendProposals(reader: Reader, asOf: Day | null = null): Promise<DividendProposal[] | null> {
    const ledger = await this.ledger(reader, asOf)
    return ledger && dividendProposals(ledger, ledger.today)
  }

  /** The dividends that count by themselves, newest first, as the API lists them. */
  async derivedDividends(reader: Reader, asOf: Day | null = null): Promise<RecordedRow[] | null> {
    const ledger = await this.ledger(reader, asOf)
    if (!ledger) return null
    return ledger.transactions
      .filter(({ type, derived }) => derived && type === 'dividend')
      .map((transaction) => recordedRow(ledger, transaction))
      .toReversed()
  }

  /** `view` is `portfolio` or one of its benchmarks. */
  async cashFlows(reader: Reader, view: string, asOf: Day | null): Promise<CashFlows | null> {
    const ledger = await this.ledger(reader, asOf)
    return ledger && once(ledger, `cash flows ${view}`, () => cashFlows(ledger, view, ledger.today))
  }

  /** One page of it, of the rows of some types; without any, of all. */
  async cashBook(
    reader: Reader,
    view: string,
    types: CashFlowType[],
    page: number,
    asOf: Day | null = null,
  ): Promise<CashBook | null> {
    const book = await this.cashFlows(reader, view, asOf)
    return book && cashBook(book, types, page)
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
    if (isVariant && (from !== null || by !== 'symbol'))
      return { refused: 'A what-if is divided among holdings, over the whole history.' }
    const ledger = await this.looked(reader, isVariant ? asOf : null, look)
    if (!ledger || 'refused' in ledger) return ledger
    const variant = isVariant ? await this.variant(ledger, look) : null
    if (variant) return 'refused' in variant ? variant : variantReport(variant)
    return gapReport(gap(ledger, benchmark, { asOf: asOf ?? ledger.today, from, by }))
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
    const byLot = gap(ledger, benchmark, { asOf: ledger.today, from, by: 'lot' })
    return bestAndWorst(decisions(ledger, byLot), most)
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
    const decided =
      benchmark === null
        ? []
        : decisions(ledger, gap(ledger, benchmark, { asOf: ledger.today, from: null, by: 'lot' }))
    return decisionBook(ledger, benchmark, decided, most)
  }

  /** What new money would buy by the targets, and what a whole rebalancing would do. */
  async rebalancing(
    reader: Reader,
    targets: Targets,
    money: Money,
    asOf: Day | null = null,
  ): Promise<RebalancingReport | null> {
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
    return trailReport(ledger, benchmark, of)
  }

  /** The rows of some types (without any: of all) as a CSV file, with the transactions as they were recorded. */
  async cashFlowsFile(
    reader: Reader,
    view: string,
    asOf: Day | null,
    types: CashFlowType[],
  ): Promise<string | null> {
    const read = (await this.maySee(reader)) ? await this.ledgers.ledger() : null
    if (!read) return null
    const { rows } = cashFlows(read.ledger, view, asOf ?? read.ledger.today)
    return cashFlowsFile(ofTypes(rows, types), read.transactions, view)
  }

  /** The recorded rows as a file of another program. */
  async fileFor(reader: Reader, program: Program, asOf: Day | null = null): Promise<string | null> {
    const ledger = await this.ledger(reader, asOf)
    return ledger && programs[program].write(ledger, sources[0].id.toUpperCase())
  }

  /** The marks of some days only; null at either end is open. */
  async tradesBetween(reader: Reader, from: Day | null, to: Day | null): Promise<TradeMark[] | null> {
    const ledger = await this.ledger(reader)
    return ledger && tradeMarks(ledger, from, to)
  }

  async dividends(reader: Reader, asOf: Day | null = null): Promise<DividendBook | null> {
    const ledger = await this.ledger(reader, asOf)
    return ledger && once(ledger, 'dividends', () => dividendBook(ledger, ledger.today))
  }

  /** What can be expected of the twelve months after a day; of today without one. */
  async income(reader: Reader, asOf: Day | null = null): Promise<IncomeAhead | null> {
    const book = await this.dividends(reader, asOf)
    return book && book.ahead
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
    return read && factsheet(ledger, symbol, asOf === null ? quoteMetadata(read) : nothingQuoted)
  }

  async prices(
    reader: Reader,
    symbol: string,
    range: Range,
    asOf: Day | null = null,
  ): Promise<PriceSeries | null> {
    const ledger = await this.ledger(reader, asOf)
    return ledger?.markets.has(symbol) ? priceSeries(ledger, symbol, range) : null
  }

  /** A page of transactions with the figures beside it, behind any edit that is underway. */
  transactions(
    reader: Reader,
    query: TransactionQuery,
    asOf: Day | null = null,
  ): Promise<TransactionsRead | null> {
    return this.inTurn(async () => {
      if (asOf !== null) return this.transactionsOn(reader, asOf, query)
      const portfolio = (await this.maySee(reader)) ? await this.ledgers.portfolio() : null
      const shown = portfolio && (await this.publication())
      if (!shown) return null
      const { portfolio: facts, summary, revision } = shown.snapshot
      const { rows, ...about } = await this.listing(portfolio, revision)
      const list = transactionList(rows, query)
      return { portfolio: facts, summary, revision, ...about, count: rows.length, list }
    })
  }

  private async transactionsOn(
    reader: Reader,
    asOf: Day,
    query: TransactionQuery,
  ): Promise<TransactionsRead | null> {
    const shown = await this.snapshotOn(reader, asOf)
    const ledger = await this.ledger(reader, asOf)
    if (!shown || 'refused' in shown || !ledger) return null
    const { portfolio, summary, revision } = shown
    const { rows, ...about } = once(ledger, 'listing', () => listingOf(ledger))
    return { portfolio, summary, revision, ...about, count: rows.length, list: transactionList(rows, query) }
  }

  /** Paging and sorting read the ledger once, because every write and every new price makes another revision. */
  private async listing(portfolio: Portfolio, revision: number): Promise<Listing> {
    const today = dayAt(Date.now(), TIME_ZONE)
    const of = `${revision} ${this.ledgers.writes} ${today}`
    if (this.listed?.of === of) return this.listed.listing
    const { ledger } = await this.ledgers.ledgerOf(portfolio, today)
    const listing = listingOf(ledger)
    this.listed = { of, listing }
    return listing
  }

  /** The same with what somebody looks at among its benchmarks, or why that cannot be. */
  private async looked(
    reader: Reader,
    asOf: Day | null,
    look: Look | null,
  ): Promise<Ledger | Refused | null> {
    const now = await this.ledger(reader)
    if (!now) return null
    const ledger = look?.vs == null ? now : await this.withBenchmark(now, look.vs)
    return 'refused' in ledger || asOf === null ? ledger : pastLedger(ledger, asOf)
  }

  private withBenchmark(ledger: Ledger, benchmark: string): Promise<Ledger | Refused> {
    return withBenchmark(ledger, benchmark, (symbols, since) => this.ledgers.otherMarkets(symbols, since))
  }

  /** The ledger of now, or as of a past day. */
  private async ledger(reader: Reader, asOf: Day | null = null): Promise<Ledger | null> {
    const read = (await this.maySee(reader)) ? await this.ledgers.ledger() : null
    return read && (asOf === null ? read.ledger : pastLedger(read.ledger, asOf))
  }
}

/** A reason as a sentence. */
function sentence(reason: string): string {
  return `${reason[0]!.toUpperCase()}${reason.slice(1)}.`
}

function listingOf(ledger: Ledger): Listing {
  const rows = transactionRows(ledger).filter(({ derived }) => !derived)
  return {
    rows,
    picks: picks(rows, ledger.benchmarks),
    symbols: [...new Set(rows.flatMap(({ symbol }) => symbol ?? []))].toSorted(),
  }
}

/** What pages show again and again is made once of a ledger, and forgotten with it. */
function once<T>(ledger: Ledger, name: string, make: () => T): T {
  const reports = reportsOf(ledger)
  // what is looked at once is forgotten
  if (reports.size >= REPORTS && !reports.has(name)) reports.clear()
  if (!reports.has(name)) reports.set(name, make())
  return reports.get(name) as T
}

/** So many reports of one ledger are kept. */
const REPORTS = 32

const reportsOf = remembered((_ledger: Ledger) => new Map<string, unknown>())
