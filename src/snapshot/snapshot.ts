import { leftOutRows } from '../portfolio/currency.ts'
import { holdings } from '../portfolio/holding.ts'
import type { DividendCounting, Ledger } from '../portfolio/ledger.ts'
import type { CostBasis } from '../portfolio/lot.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import type { Valuations } from '../portfolio/valuation.ts'
import type { Chart } from '../metrics/chart.ts'
import { type Performance, performance } from '../metrics/performance.ts'
import { type Today, today } from '../metrics/today.ts'
import { type UnrecordedDividends, unrecordedDividends } from './dividend-book.ts'
import type { GapSummary } from './gap-summary.ts'
import { type RecordedRow, recordedRow } from './transaction-row.ts'
import {
  type QuoteAge,
  type HoldingRow,
  type Totals,
  type Quoting,
  quoteAge,
  tableOf,
} from './holding-row.ts'

/** Raised when a snapshot's fields change: one of another shape, made before an update, is made anew. */
export const SHAPE = 12

/**
 * All that the dashboard needs but the long chart, as one JSON value: decimals are text, ratios numbers, instants
 * milliseconds. What depends on the clock (stale, fresh, market open) is decided by who reads it.
 */
export type Snapshot = {
  shape: number
  portfolio: PortfolioFacts
  /** Grows with every change of content. */
  revision: number
  summary: Performance & { today: Today }
  holdings: HoldingRow[]
  /** Positions sold out. */
  closed: HoldingRow[]
  totals: Totals
  /** By benchmark, what is in the gap besides the parts of these rows. */
  gaps: Record<string, GapSummary>
  recent_activity: ActivityRow[]
  /** Recorded ones. */
  transaction_count: number
  /** Dividends that the market reports and nobody has recorded, which no figure counts. */
  unrecorded_dividends: UnrecordedDividends
  /** The revision of the long chart that `last` continues. */
  chart_revision: number
  /** The chart's last point, which moves with the quotes while the long chart waits for the close. */
  last: Chart
  /** When each benchmark's price was taken; the holdings carry their own. */
  benchmark_quotes: QuoteAge[]
  /** Symbols whose history has not arrived, with the reason where the source refused. */
  missing: { symbol: string; reason: string | null }[]
  /** How the latest refresh stood when this was made. */
  refresh: RefreshFacts
  /** What was done to the portfolio last, newest first, from its audit log. */
  deeds: SystemLogRow[]
  /** Sentences the owner should read: sales of shares that are not there. */
  warnings: string[]
}

export type PortfolioFacts = {
  id: string
  /** Who may see it; checked on every read, never shown. */
  owner: string
  name: string
  description: string
  base_currency: string
  benchmarks: string[]
  cost_basis: CostBasis
  dividends: DividendCounting
  /** Decimal text; null for none. */
  withholding: string | null
}

export type RefreshFacts = {
  status: 'idle' | 'queued' | 'running' | 'done' | 'failed'
  done: number
  total: number
  failed: { symbol: string; reason: string }[]
  /** Why some of it is tried again later. */
  waiting: string | null
  finished_at: number | null
}

export type ActivityRow = Omit<RecordedRow, 'fee' | 'ratio' | 'note'>

/** One row of the audit log, as far as one sentence needs it. */
export type SystemLogRow = {
  at: number
  actor: string
  action: 'create' | 'update' | 'delete' | 'restore' | 'import'
  /** Such as `portfolio`, `import:…`, `transaction:…` or `share units`. */
  subject: string
  /** Of a transaction. */
  type: Transaction['type'] | null
  symbol: string | null
  /** How many rows, of an import; how many trades, of share units. */
  count: number | null
}

/** A purchase, sale or dividend as the chart marks it. */
export type TradeMark = Pick<ActivityRow, 'type' | 'symbol' | 'date' | 'shares' | 'amount' | 'currency'>

/** What a snapshot is made of besides the ledger. */
export type SnapshotContext = Quoting & {
  portfolio: PortfolioFacts
  revision: number
  chartRevision: number
  /** Why the source refused a symbol. */
  refusals: ReadonlyMap<string, string>
  refresh: RefreshFacts
  deeds?: SystemLogRow[]
  /** What the owner should know of how the trades were read. */
  notes: string[]
}

/** The dashboard's figures now: `series` ends on the ledger's today. */
export function snapshot(ledger: Ledger, series: Valuations, last: Chart, about: SnapshotContext): Snapshot {
  const valued = holdings(ledger, ledger.today)
  const table = tableOf(ledger, valued, about)
  const leftOut = leftOutRows(ledger, ledger.today)
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
    recent_activity: ledger.transactions
      .toReversed()
      .slice(0, 12)
      .map((transaction) => activityRow(ledger, transaction)),
    transaction_count: ledger.transactions.filter(({ derived }) => !derived).length,
    unrecorded_dividends: unrecordedDividends(ledger, ledger.today),
    chart_revision: about.chartRevision,
    last,
    benchmark_quotes: ledger.benchmarks.map((symbol) => quoteAge(ledger, symbol, about)),
    missing: [...ledger.markets]
      // one that only lacks a rate has prices
      .filter(([, { prices, foreign }]) => (foreign?.prices ?? prices).days.length === 0)
      .map(([symbol]) => ({ symbol, reason: about.refusals.get(symbol) ?? null })),
    refresh: about.refresh,
    deeds: about.deeds ?? [],
    warnings: [
      ...valued.flatMap((holding) => holding.position.faults.map((fault) => fault.sentence)),
      ...about.notes,
      ...(leftOut === null ? [] : [`${leftOut[0]!.toUpperCase()}${leftOut.slice(1)}.`]),
    ],
  }
}

/** All purchases, sales and dividends, oldest first, as they were recorded. */
export function tradeMarks(ledger: Ledger): TradeMark[] {
  return ledger.transactions
    .filter(({ type }) => type === 'buy' || type === 'sell' || type === 'dividend')
    .map((transaction) => {
      const { type, symbol, date, shares, amount, currency } = activityRow(ledger, transaction)
      return { type, symbol, date, shares, amount, currency }
    })
}

function activityRow(ledger: Ledger, transaction: Transaction): ActivityRow {
  const { fee: _fee, ratio: _ratio, note: _note, ...row } = recordedRow(ledger, transaction)
  return row
}
