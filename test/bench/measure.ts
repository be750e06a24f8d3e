import { publicationSteps } from '../../src/coordinator/snapshot-builder.ts'
import { idle } from '../../src/coordinator/refresh-state.ts'
import { chart } from '../../src/metrics/chart.ts'
import { gaps } from '../../src/metrics/gap.ts'
import { holdingXirrs } from '../../src/metrics/holding-xirr.ts'
import { holdings } from '../../src/portfolio/holding.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { prepareLedger, type RawLedger } from '../../src/portfolio/prepared-ledger.ts'
import { revalued } from '../../src/portfolio/revaluation.ts'
import type { Valuations } from '../../src/portfolio/valuation.ts'
import { readWhatIf } from '../../src/portfolio/what-if-spelling.ts'
import type { Snapshot } from '../../src/snapshot/snapshot.ts'
import { variantOf, withVariant } from '../../src/snapshot/variant.ts'
import { atOnce } from '../../src/statements/steps.ts'
import { countedProducts } from '../portfolio/counted-products.ts'
import { floorOf } from './floor.ts'
import { benchmarks, copied, edited, randomPortfolio, requoted, type Size } from './random-portfolio.ts'

export const RUNS = 31

/** CPU in milliseconds of all threads, the garbage collector's among them: the least of the runs, and the median. */
export type Times = { least: number; median: number }

/** One size's figures. */
export type Measured = {
  /** Σ over the days of the symbols then held, + transactions: what the cost should grow with. */
  work: number
  cold: number
  recomputed: Times
  /** Of it the ledger, with its dividends, from the rows. */
  prepared: Times
  /** The chart's lines in doubles, and their JSON. */
  floor: Times
  /** The same lines, exact, from a ledger of which nothing is known. */
  lines: Times
  /** The gaps to the benchmarks, by symbol: what they add to what the other figures need as well. */
  gaps: Times
  requoted: Times
  edited: Times
  /** A snapshot by a what-if, of a ledger that is known: each kind of rule in turn, of one symbol after another. */
  whatIf: Times
  /** Products of shares and prices that an edit of today calculates anew. */
  editedProducts: number
}

export function measure(size: Size): Measured {
  const raw = randomPortfolio(size)
  const cold = cpu(() => recomputed(raw))
  const known = cold.result
  const { ledger, series } = known.valued
  const floor = floorOf(ledger, series)
  isSame(floor().lines.value, series)
  const again = (change: (round: number) => RawLedger) =>
    times((round) => {
      const changed = change(round + 1)
      return () => recomputed(changed, known)
    })
  return {
    work: symbolDays(ledger, series) + size.transactions,
    cold: cold.ms,
    recomputed: times(() => {
      const unknown = copied(raw)
      return () => recomputed(unknown)
    }),
    prepared: times(() => {
      const unknown = copied(raw)
      return () => prepareLedger(unknown, new Map())
    }),
    floor: times(() => floor),
    lines: times(() => {
      const { ledger: unknown } = prepareLedger(copied(raw), new Map())
      return () => JSON.stringify(chart(unknown, revalued(unknown, null).series))
    }),
    gaps: times(() => {
      const { ledger: unknown } = prepareLedger(copied(raw), new Map())
      neededAnyway(unknown)
      return () => gaps(unknown, unknown.benchmarks, { asOf: unknown.today })
    }),
    requoted: again((round) => requoted(raw, round)),
    edited: again((round) => edited(raw, round)),
    whatIf: times((round) => {
      const rule = rulesOf(ledger, round % size.symbols)[round % 5]!
      return () => byWhatIf(ledger, rule, known.made.snapshot)
    }),
    editedProducts: countedProducts(() => recomputed(edited(raw, 0), known)),
  }
}

/** The value of each day with the cash book and the shares of each symbol, the positions, and their own flows and XIRRs. */
function neededAnyway(ledger: Ledger): void {
  revalued(ledger, null)
  holdingXirrs(ledger, holdings(ledger, ledger.today), ledger.today)
}

/** One rule of each kind about a symbol. */
function rulesOf(ledger: Ledger, of: number): string[] {
  const symbol = `S${of}`
  const sold = ledger.transactions.find((row) => row.symbol === symbol && row.type === 'sell')?.date
  const bought = ledger.transactions.findLast((row) => row.symbol === symbol && row.type === 'buy')!.date
  return [
    `no ${symbol}`,
    `60 VOO + 40 QQQ for ${symbol}`,
    sold === undefined ? `no ${symbol}` : `${symbol} kept`,
    'VOO each time',
    `${symbol} of ${bought} on ${ledger.today}`,
  ]
}

function byWhatIf(ledger: Ledger, typed: string, saved?: Snapshot): void {
  const rule = readWhatIf(typed)
  const variant = 'reason' in rule ? rule : variantOf(ledger, rule)
  if ('reason' in variant) throw new Error(variant.reason)
  if (saved) withVariant(saved, variant, { vs: null, whatIf: typed })
}

/** A what-if of a ledger of which nothing has been asked, in a process that has calculated nothing: milliseconds. */
export function coldWhatIf(size: Size): number {
  const { ledger } = prepareLedger(copied(randomPortfolio(size)), new Map())
  // what making the input has left is not its own
  globalThis.gc!()
  return cpu(() => byWhatIf(ledger, 'VOO for S3')).ms
}

/** Megabytes: what is kept of a portfolio after an edit, and what there is before anything is collected. */
export type Memory = { kept: number; peak: number }

/** To be run where nothing is collected by itself. */
export function memory(size: Size): Memory {
  const before = used(true)
  let raw: RawLedger | null = randomPortfolio(size)
  let known: Recomputed | null = recomputed(raw)
  raw = edited(raw, 1)
  const kept = used(true) - before
  known = recomputed(raw, known)
  const peak = used(false) - before
  if (!known.made.chart) throw new Error('there is no chart')
  return { kept, peak }
}

type Recomputed = ReturnType<typeof publicationSteps> extends Generator<void, infer Made> ? Made : never

/** What the coordinator does with the rows that it keeps, from them to the publication (coordinator/ledger-cache.ts). */
export function recomputed(raw: RawLedger, before: Recomputed | null = null): Recomputed {
  const { ledger, notes } = prepareLedger(raw, new Map())
  const quotes = new Map(
    [...raw.markets].map(([symbol, { quote }]) => [symbol, { ...quote!, fetchedAt: quote!.at, held: null }]),
  )
  const read = { ledger, notes, quotes, histories: new Map() }
  return atOnce(publicationSteps(read, portfolio, idle, before?.made ?? null, 1, [], before?.valued ?? null))
}

const portfolio = {
  id: '',
  ownerId: '',
  name: 'Bench',
  description: '',
  baseCurrency: 'USD',
  benchmarks,
  costBasis: 'fifo' as const,
  dividends: 'automatic' as const,
  withholding: null,
  targets: null,
  riskFreeRate: null,
  dismissedDividends: [],
  dismissedActions: [],
  ownInstruments: [],
  createdAt: 0,
}

/** The floor is one only if it draws the same lines. */
function isSame(line: Float64Array, { value, days }: Valuations): void {
  const off = line.findIndex((worth, i) => Math.abs(worth - Number(value[i]) / 1e10) > 0.01)
  if (off >= 0) throw new Error(`on ${days[off]} the floor is worth ${line[off]}, not ${value[off]}e-10`)
}

/** No symbol is ever sold out, so each is held from its first transaction to the end. */
function symbolDays(ledger: Ledger, { days }: Valuations): number {
  const bought = new Map(ledger.transactions.toReversed().map(({ symbol, date }) => [symbol, date]))
  bought.delete(null)
  return [...bought.values()].reduce((sum, date) => sum + days.length - days.indexOf(date), 0)
}

function times(prepare: (round: number) => () => unknown): Times {
  const runs = Array.from({ length: RUNS }, (_, round) => cpu(prepare(round)).ms).toSorted((a, b) => a - b)
  return { least: runs[0]!, median: runs[runs.length >> 1]! }
}

function cpu<T>(calculate: () => T): { ms: number; result: T } {
  const before = process.cpuUsage()
  const result = calculate()
  const { user, system } = process.cpuUsage(before)
  return { ms: (user + system) / 1000, result }
}

/** The heap and what typed arrays have beside it. */
function used(isCollected: boolean): number {
  // what one weak map after another holds needs a second collection
  if (isCollected) for (let i = 0; i < 2; i++) globalThis.gc!()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 1e6
}
