import { chart, splitLastDay } from '../../src/metrics/chart.ts'
import { gap } from '../../src/metrics/gap.ts'
import { snapshot } from '../../src/snapshot/snapshot.ts'
import { holdings } from '../../src/portfolio/holding.ts'
import { type Ledger, type LedgerAt, positions } from '../../src/portfolio/ledger.ts'
import { inRecognizedUnits } from '../../src/portfolio/share-units.ts'
import { withAutomaticDividends } from '../../src/portfolio/prepared-ledger.ts'
import { revalued } from '../../src/portfolio/revaluation.ts'
import { type Valuations, valuations } from '../../src/portfolio/valuation.ts'
import { benchmarks, randomPortfolio, requoted, type Size } from './random-portfolio.ts'

export const RUNS = 51
export const QUOTES = 201

/** One size's figures; CPU in milliseconds of all threads, the garbage collector's among them. */
export type Measured = {
  days: number
  /** Σ over the days of the symbols then held, + transactions: what the cost should grow with. */
  work: number
  cold: number
  median: number
  keptMegabytes: number
  requote: number
  requoteChart: number
  /** The gaps to the benchmarks, by symbol: a part of the median. */
  gaps: number
}

export function measure(size: Size): Measured {
  const before = heapUsed()
  const portfolio = randomPortfolio(size)
  const cold = cpu(() => recomputed(portfolio))
  const keptMegabytes = (heapUsed() - before) / 1e6
  const runs = Array.from({ length: RUNS }, () => {
    const again = afresh(portfolio)
    return cpu(() => recomputed(again)).ms
  })

  const ledger = inUnits(portfolio)
  const valued = revalued(ledger, null)
  const { series } = valued
  const folded = positions(ledger, ledger.today)
  const quotes = Array.from({ length: QUOTES }, (_, round) => {
    const quoted = requoted(ledger, round + 1)
    const values = cpu(() => {
      holdings(quoted, quoted.today, folded)
      return revalued(quoted, valued).series
    })
    const lines = cpu(() => chart(quoted, values.result))
    return { value: values.ms, lines: lines.ms }
  })
  const requote = median(quotes.map(({ value }) => value))
  return {
    days: series.days.length,
    work: symbolDays(ledger, series) + size.transactions,
    cold: cold.ms,
    median: median(runs),
    keptMegabytes,
    requote,
    requoteChart: requote + median(quotes.map(({ lines }) => lines)),
    gaps: median(
      Array.from(
        { length: RUNS },
        () => cpu(() => ledger.benchmarks.map((symbol) => gap(ledger, symbol, { asOf: ledger.today }))).ms,
      ),
    ),
  }
}

/** What the coordinator does with a ledger that it has read (coordinator/snapshot-builder.ts). */
export function recomputed(read: LedgerAt<'in base currency'>) {
  const ledger = inUnits(read)
  const series = valuations(ledger, ledger.today)
  const { settled, last } = splitLastDay(chart(ledger, series))
  return { chart: JSON.stringify(settled), snapshot: snapshot(ledger, series, last, about) }
}

function inUnits(read: LedgerAt<'in base currency'>): Ledger {
  return withAutomaticDividends({ ...inRecognizedUnits(read).ledger, stage: 'ready' })
}

const about = {
  portfolio: {
    id: '',
    owner: '',
    name: 'Bench',
    description: '',
    base_currency: 'USD',
    benchmarks,
    cost_basis: 'fifo' as const,
    dividends: 'automatic' as const,
    withholding: null,
  },
  notes: [],
  revision: 1,
  chartRevision: 1,
  quoteFetchedAt: new Map(),
  held: new Map(),
  refusals: new Map(),
  refresh: { status: 'idle' as const, done: 0, total: 0, failed: [], waiting: null, finished_at: null },
}

/** Other objects with the same content: nothing remembered about the last run's is of use. */
function afresh(ledger: LedgerAt<'in base currency'>): typeof ledger {
  return { ...ledger, markets: new Map([...ledger.markets].map(([symbol, known]) => [symbol, { ...known }])) }
}

/** No symbol is ever sold out, so each is held from its first transaction to the end. */
function symbolDays(ledger: Ledger, { days }: Valuations): number {
  const bought = new Map(ledger.transactions.toReversed().map(({ symbol, date }) => [symbol, date]))
  bought.delete(null)
  return [...bought.values()].reduce((sum, date) => sum + days.length - days.indexOf(date), 0)
}

function cpu<T>(calculate: () => T): { ms: number; result: T } {
  const before = process.cpuUsage()
  const result = calculate()
  const { user, system } = process.cpuUsage(before)
  return { ms: (user + system) / 1000, result }
}

function heapUsed(): number {
  globalThis.gc!()
  return process.memoryUsage().heapUsed
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!
}
