import { chart, splitLastDay } from '../../src/metrics/chart.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { type Snapshot, snapshot, type SnapshotContext } from '../../src/snapshot/snapshot.ts'

/** What a snapshot says beside its ledger: of a portfolio in dollars of which nothing is underway, held or refused. */
export const savings: SnapshotContext = {
  portfolio: {
    id: 'p1',
    owner: 'o1',
    name: 'Savings',
    description: '',
    base_currency: 'USD',
    benchmarks: ['VOO'],
    cost_basis: 'fifo',
    dividends: 'recorded',
    withholding: null,
    targets: null,
    risk_free_rate: null,
  },
  revision: 1,
  chartRevision: 1,
  quoteFetchedAt: new Map(),
  held: new Map(),
  refusals: new Map(),
  refresh: { status: 'idle', done: 0, total: 0, failed: [], waiting: null, finished_at: null },
  notes: [],
}

/** The snapshot of a ledger as of its today. */
export function snapshotOf(ledger: Ledger, about: SnapshotContext = savings): Snapshot {
  const series = valuations(ledger, ledger.today)
  return snapshot(ledger, series, splitLastDay(chart(ledger, series)).last, about)
}
