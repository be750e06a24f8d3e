import { symbolsOfAll } from '../portfolio/benchmark-spelling.ts'
import { currencyPairs, leftOutRows } from '../portfolio/currency.ts'
import type { Day } from '../portfolio/day.ts'
import { type Holding, holdings } from '../portfolio/holding.ts'
import type { DividendCounting, Ledger } from '../portfolio/ledger.ts'
import type { CostBasis } from '../portfolio/lot.ts'
import { UNPRICED } from '../portfolio/own-price.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import type { Valuations } from '../portfolio/valuation.ts'
import { shownWarnings } from '../portfolio/warnings.ts'
import type { Chart } from '../metrics/chart.ts'
import { type Performance, performance } from '../metrics/performance.ts'
import { type Today, today } from '../metrics/today.ts'
import { type ComingExDate, comingExDates } from './coming-ex-date.ts'
import { comingReviews } from './decision-book.ts'
import { type UnrecordedDividends, unrecordedDividends } from './dividend-book.ts'
import type { GapSummary } from './gap-summary.ts'
import { type GroupFacts, groupPortfolios } from './group-facts.ts'
import { entriesOf, type RecordedRow, recordedRow } from './transaction-row.ts'
import type { HoldingRow, Quoting } from './holding-row.ts'
import { tableOf, type Totals } from './holdings-table.ts'
import { type QuoteAge, quoteAge } from './quote-age.ts'

/**
 * Raised when the fields of a snapshot change, or what they say of the same ledger. A stored snapshot with another number is
 * made again.
 */
export const SHAPE = 22

/**
 * Everything that the dashboard shows except the long chart, as one JSON value: decimals are text, ratios are
 * numbers, instants are milliseconds. The reader decides what depends on the clock (stale, fresh, market open).
 */
export type Snapshot = {
  shape: number
  portfolio: PortfolioFacts
  /** Increases with every change of the content. */
  revision: number
  summary: Performance & { today: Today }
  holdings: HoldingRow[]
  /** Closed positions. */
  closed: HoldingRow[]
  totals: Totals
  /** By benchmark, the rest of the gap beside the parts of these rows. */
  gaps: Record<string, GapSummary>
  recent_activity: ActivityRow[]
  /** Those expected in the four weeks after the ledger's today. */
  ex_dates: ComingExDate[]
  /** The days on which decisions are due for review, up to four weeks after the ledger's today (decision-book.ts). */
  reviews: Day[]
  /** The number of recorded transactions. */
  transaction_count: number
  /** Dividends that the market reports, that nobody has recorded and that no figure counts. */
  unrecorded_dividends: UnrecordedDividends
  /** The revision of the long chart that `last` continues. */
  chart_revision: number
  /** The chart's last point. It moves with the quotes, while the long chart waits for the close. */
  last: Chart
  /** When the price of each symbol of the benchmarks was fetched; the holdings have their own. */
  benchmark_quotes: QuoteAge[]
  /** The exchange rates that a second source gave, and its name. */
  rate_sources: { symbol: string; price_source: string }[]
  /** Symbols without a history yet, with the reason when the source refused. */
  missing: { symbol: string; reason: string | null }[]
  /** The latest refresh, as it was when this snapshot was made. */
  refresh: RefreshFacts
  /** The latest changes to the portfolio from its audit log, newest first. */
  deeds: SystemLogRow[]
  /** Warnings for the owner, such as sales of shares that are not there. */
  warnings: string[]
  /** When KV was given it, in milliseconds; only a copy in KV says so. */
  copied_at?: number
  /** The day of a snapshot that was made as of a past one; such a snapshot is never stored. */
  past?: Day
  /** Set in that of a group. */
  group?: GroupFacts
  /** What a reader looks at beside the portfolio's own benchmarks; such a snapshot is never stored either. */
  look?: Look
}

/** What an address asks to be shown for a look: among the benchmarks, and stored nowhere. */
export type Look = {
  /** A benchmark by its spelling, whether the portfolio has it or not. */
  vs: string | null
  /** A what-if by its spelling (portfolio/what-if-spelling.ts). It is the first of the benchmarks. */
  whatIf: string | null
}

export type PortfolioFacts = {
  id: string
  /** The owner decides who may see the portfolio; checked on every read, never shown. */
  owner: string
  name: string
  description: string
  base_currency: string
  benchmarks: string[]
  cost_basis: CostBasis
  dividends: DividendCounting
  /** Decimal text; null when nothing is withheld. */
  withholding: string | null
  /** Decimal text of a year; null for 0. */
  risk_free_rate: string | null
  /** What its parts are to weigh, such as `VOO 60, BND 40`; null for none. */
  targets: string | null
}

export type RefreshFacts = {
  status: 'idle' | 'queued' | 'running' | 'done' | 'failed'
  done: number
  total: number
  failed: { symbol: string; reason: string }[]
  /** Why some symbols are tried again later. */
  waiting: string | null
  finished_at: number | null
}

/** Returns the snapshot in a stored value; null when it is none, or one of another shape. */
export function snapshotIn(value: unknown): Snapshot | null {
  const found = (value ?? {}) as Record<string, unknown>
  const isSound =
    found.shape === SHAPE &&
    Object.entries(fields).every(([field, kind]) => kindOf(found[field]) === kind) &&
    kindOf((found.portfolio as Partial<PortfolioFacts>).owner) === 'string' &&
    isChart(found.last)
  return isSound ? (found as Snapshot) : null
}

type Optional = 'copied_at' | 'past' | 'look' | 'group'

const fields: Record<Exclude<keyof Snapshot, Optional>, 'number' | 'object' | 'array'> = {
  shape: 'number',
  portfolio: 'object',
  revision: 'number',
  summary: 'object',
  holdings: 'array',
  closed: 'array',
  totals: 'object',
  gaps: 'object',
  recent_activity: 'array',
  ex_dates: 'array',
  reviews: 'array',
  transaction_count: 'number',
  unrecorded_dividends: 'object',
  chart_revision: 'number',
  last: 'object',
  benchmark_quotes: 'array',
  rate_sources: 'array',
  missing: 'array',
  refresh: 'object',
  deeds: 'array',
  warnings: 'array',
}

/** True when a stored value has the lines of a chart. */
export function isChart(value: unknown): value is Chart {
  const { days, value: values, invested, twr, benchmarks } = (value ?? {}) as Partial<Chart>
  return [days, values, invested, twr].every(Array.isArray) && kindOf(benchmarks) === 'object'
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value
}

export type ActivityRow = Omit<RecordedRow, 'fee' | 'ratio' | 'note'>

/** One entry of the audit log, reduced to what one sentence needs. */
export type SystemLogRow = {
  at: number
  actor: string
  action: 'create' | 'update' | 'delete' | 'restore' | 'import'
  /** Such as `portfolio`, `import:…`, `transaction:…` or `share units`. */
  subject: string
  /** The type and symbol of a transaction. */
  type: Transaction['type'] | null
  symbol: string | null
  /** The number of rows of an import, or of trades whose share units were recognized. */
  count: number | null
}

/** What a snapshot is made of besides the ledger. */
export type SnapshotContext = Quoting & {
  portfolio: PortfolioFacts
  revision: number
  chartRevision: number
  /** Why the source refused a symbol. */
  refusals: ReadonlyMap<string, string>
  refresh: RefreshFacts
  deeds?: SystemLogRow[]
  /** Remarks for the owner on how the trades were read. */
  notes: string[]
  /** What a group consists of. */
  members?: string | undefined
}

/** Makes the dashboard's figures as of now: `series` ends on the ledger's today. */
export function snapshot(
  ledger: Ledger,
  series: Valuations,
  last: Chart,
  about: SnapshotContext,
  valued: readonly Holding[] = holdings(ledger, ledger.today),
): Snapshot {
  const table = tableOf(ledger, valued, about)
  const leftOut = leftOutRows(ledger, ledger.today)
  const entries = entriesOf(ledger)
  const summary = performance(ledger, series, null, valued)
  return {
    shape: SHAPE,
    portfolio: about.portfolio,
    revision: about.revision,
    summary: { ...summary, today: today(ledger, valued, series, summary) },
    holdings: table.holdings.toSorted((a, b) => Number(b.market_value ?? -1) - Number(a.market_value ?? -1)),
    closed: table.closed,
    totals: table.totals,
    gaps: table.gaps,
    recent_activity: entries
      .slice(-12)
      .toReversed()
      .map((transaction) => activityRow(ledger, transaction.entry ?? transaction)),
    ex_dates: comingExDates(ledger, ledger.today),
    reviews: comingReviews(ledger),
    transaction_count: entries.reduce((count, { derived }) => (derived ? count : count + 1), 0),
    unrecorded_dividends: unrecordedDividends(ledger, ledger.today),
    chart_revision: about.chartRevision,
    last,
    benchmark_quotes: symbolsOfAll(ledger.benchmarks).map((symbol) =>
      quoteAge(ledger, symbol, about.quoteFetchedAt),
    ),
    rate_sources: currencyPairs(ledger).flatMap((symbol) => {
      const source = ledger.markets.get(symbol)?.quote?.source
      return source == null ? [] : [{ symbol, price_source: source }]
    }),
    missing: [...ledger.markets]
      // a symbol that lacks only a rate has prices
      .filter(([, { prices, foreign }]) => (foreign?.prices ?? prices).days.length === 0)
      .map(([symbol, { byHand }]) => ({
        symbol,
        reason: byHand ? UNPRICED : (about.refusals.get(symbol) ?? null),
      })),
    refresh: about.refresh,
    deeds: about.deeds ?? [],
    ...(ledger.members && {
      group: { members: about.members ?? '', portfolios: groupPortfolios(ledger.members) },
    }),
    warnings: shownWarnings([
      ...valued.map(({ position }) => position.faults.map((fault) => fault.sentence)),
      ...about.notes.map((note) => [note]),
      ...(leftOut === null ? [] : [[`${leftOut[0]!.toUpperCase()}${leftOut.slice(1)}.`]]),
    ]),
  }
}

function activityRow(ledger: Ledger, transaction: Transaction): ActivityRow {
  const { fee: _fee, ratio: _ratio, note: _note, ...row } = recordedRow(ledger, transaction)
  return row
}
