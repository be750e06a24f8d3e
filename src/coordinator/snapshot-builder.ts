import { delistedSince } from '../market/hours/delisting.ts'
import { type Chart, chart, splitLastDay } from '../metrics/chart.ts'
import { holdingXirrs } from '../metrics/holding-xirr.ts'
import {
  type SystemLogRow,
  type PortfolioFacts,
  type Look,
  type RefreshFacts,
  type Snapshot,
  snapshot,
  snapshotIn,
} from '../snapshot/snapshot.ts'
import { type ListedFigures, listedFigures } from '../snapshot/headline.ts'
import { type TradeMark, tradeMarks } from '../snapshot/trade-marks.ts'
import type { Day } from '../portfolio/day.ts'
import type { QuarantinedQuote } from '../portfolio/instrument.ts'
import { holdings } from '../portfolio/holding.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { rowsBySymbol } from '../portfolio/own-rows.ts'
import type { PreparedLedger } from '../portfolio/prepared-ledger.ts'
import { revalued, type Valued } from '../portfolio/revaluation.ts'
import { valuations } from '../portfolio/valuation.ts'
import type { LedgerRead } from '../storage/ledger.ts'
import { type Portfolio, spelledSettings } from '../storage/portfolios.ts'
import { type SettledChart, settledChartIn } from '../storage/snapshots.ts'
import { failedSymbols, type RefreshState } from './refresh-state.ts'
import { changedRegions, type Region } from './live-events.ts'

/** What readers are shown of a portfolio: the snapshot, and the stored text of the chart up to yesterday. */
export type Publication = { snapshot: Snapshot; chart: string }

/** Reads a stored publication; null when it cannot be read, or is of another version of the app. */
export function readPublication(stored: { snapshot: string; chart: string }): Publication | null {
  const { snapshot, chart } = stored
  try {
    const found = snapshotIn(JSON.parse(snapshot))
    return found && settledChartIn(chart) && { snapshot: found, chart }
  } catch {
    return null
  }
}

/** A prepared ledger, and how current its prices are. */
export type Publishable = Pick<PreparedLedger, 'ledger' | 'notes'> &
  Pick<LedgerRead, 'quotes' | 'histories'> & { members?: string }

/**
 * Makes the next publication of a ledger, and says what is new in it. It is pure: the coordinator stores what
 * changed. An unchanged chart keeps its revision and its text. Of a ledger that was valued before, only the days that
 * changed are valued again. Of a large one each step takes some tenths of a second.
 */
export function* publicationSteps(
  read: Publishable,
  portfolio: Portfolio,
  refresh: RefreshState,
  before: Publication | null,
  revision: number,
  deeds: SystemLogRow[] = [],
  valuedBefore: Valued | null = null,
): Generator<void, Made> {
  const { ledger, notes } = read
  yield
  const valued = revalued(ledger, valuedBefore)
  yield
  const { series } = valued
  const lines = chart(ledger, series)
  const { settled, last } = splitLastDay(lines)
  const trades = tradeMarks(ledger)
  const kept = before?.snapshot.chart_revision ?? 0
  const textOf = chartText(settled, trades)
  const chartChanged = before?.chart !== textOf(kept)
  const chartRevision = chartChanged ? revision : kept
  yield
  const held = holdings(ledger, ledger.today)
  yield
  // the snapshot remembers what this has calculated of each symbol
  holdingXirrs(ledger, held, ledger.today)
  yield
  const about = {
    portfolio: factsOf(portfolio),
    revision,
    chartRevision,
    ...quoteMetadata(read),
    refresh: refreshFacts(refresh),
    deeds,
    notes: [...notes, ...provisional(read)],
    members: read.members,
  }
  const made = snapshot(ledger, series, last, about, held)
  return {
    made: { snapshot: made, chart: textOf(chartRevision) },
    listed: listedFigures(made, lines),
    chartChanged,
    valued,
    changed: changedRegions(before?.snapshot ?? null, made, chartChanged),
  }
}

type Made = {
  made: Publication
  listed: ListedFigures
  chartChanged: boolean
  changed: Region[]
  valued: Valued
}

/** Says that the total is provisional while a price is known of a ticker and its history, with its splits, is not. */
function provisional({ ledger, quotes, histories }: Publishable): string[] {
  const symbols = [...rowsBySymbol(ledger.transactions).keys()].filter((symbol) => {
    const history = histories.get(symbol)
    return quotes.has(symbol) && (history?.fromDay ?? null) === null && (history?.reason ?? null) === null
  })
  if (symbols.length === 0) return []
  const named = symbols.slice(0, 3).join(', ')
  return [
    `The total is provisional: splits are still being fetched, of ${named}${symbols.length > 3 ? '…' : '.'}`,
  ]
}

/**
 * Makes the snapshot of a past ledger: no quote, no refresh and no entry of the log belongs to that day, and nobody is
 * told of it, so it has no revision of its own.
 */
export function pastSnapshot(past: Ledger, portfolio: Portfolio, look?: Look): Snapshot {
  const series = valuations(past, past.today)
  const { benchmarks } = past
  const made = snapshot(past, series, splitLastDay(chart(past, series)).last, {
    ...nothingQuoted,
    portfolio: { ...factsOf(portfolio), benchmarks },
    revision: 0,
    chartRevision: 0,
    refresh: { status: 'idle', done: 0, total: 0, failed: [], waiting: null, finished_at: null },
    notes: [],
  })
  return { ...made, past: past.today, ...(look && { look }) }
}

/**
 * Makes the snapshot of a ledger that has one more benchmark for a look. What does not follow from the ledger is that of
 * the publication, whose revision it has: a newer one replaces both.
 */
export function lookSnapshot(
  ledger: Ledger,
  read: Pick<LedgerRead, 'quotes' | 'histories'>,
  { portfolio, refresh, revision, chart_revision: chartRevision, deeds, warnings }: Snapshot,
  look: Look,
): Snapshot {
  const series = valuations(ledger, ledger.today)
  const made = snapshot(ledger, series, splitLastDay(chart(ledger, series)).last, {
    ...quoteMetadata(read),
    portfolio: { ...portfolio, benchmarks: ledger.benchmarks },
    revision,
    chartRevision,
    refresh,
    deeds,
    notes: [],
  })
  return { ...made, warnings, look }
}

/** On a past day there are closes only. */
export const nothingQuoted = {
  quoteFetchedAt: new Map<string, number>(),
  held: new Map<string, QuarantinedQuote>(),
  refusals: new Map<string, string>(),
}

/** When each price was fetched, which prices are held for review, and why the source refused a symbol. */
export function quoteMetadata({ quotes, histories }: Pick<LedgerRead, 'quotes' | 'histories'>) {
  return {
    quoteFetchedAt: new Map([...quotes].map(([symbol, quote]) => [symbol, quote.fetchedAt])),
    held: new Map([...quotes].flatMap(([symbol, { held }]) => (held ? [[symbol, held] as const] : []))),
    refusals: new Map(
      [...histories].flatMap(([symbol, { reason }]) => (reason ? [[symbol, reason] as const] : [])),
    ),
  }
}

/**
 * Returns the symbols that are no longer quoted, with the first session each has missed, judged by when the source
 * last answered.
 */
export function delisted({ raw, quotes, histories }: LedgerRead): Map<string, Day> {
  const found = new Map<string, Day>()
  for (const [symbol, { instrument }] of raw.markets) {
    const [quote, history] = [quotes.get(symbol), histories.get(symbol)]
    const state = {
      symbol,
      kind: instrument?.kind ?? null,
      timeZone: instrument?.timeZone ?? null,
      session: instrument?.session ?? null,
      fromDay: history?.fromDay ?? null,
      toDay: history?.toDay ?? null,
      quoteAt: quote?.at ?? null,
      quoteFetchedAt: quote?.fetchedAt ?? null,
      historyFetchedAt: history?.fetchedAt ?? null,
      retryAt: history?.retryAt ?? null,
      refusedFrom: history?.refusedFrom ?? null,
    }
    const since = delistedSince(state, raw.today)
    // a symbol that the source goes on quoting is quoted, even while its price is held for review
    if (since && !quote?.held) found.set(symbol, since)
  }
  return found
}

/** The text of a chart of any revision; all but the revision is written once. */
function chartText(settled: Chart, trades: TradeMark[]): (revision: number) => string {
  const content: Omit<SettledChart, 'revision'> = { ...settled, trades }
  const rest = JSON.stringify(content).slice(1)
  return (revision) => `{"revision":${revision},${rest}`
}

function factsOf(portfolio: Portfolio): PortfolioFacts {
  return { id: portfolio.id, owner: portfolio.ownerId, ...spelledSettings(portfolio) }
}

function refreshFacts(refresh: RefreshState): RefreshFacts {
  const { status, total, pending, waiting, finishedAt } = refresh
  const failed = failedSymbols(refresh)
  return { status, done: total - pending.length, total, failed, waiting, finished_at: finishedAt }
}
