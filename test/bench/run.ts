import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { type Measured, measure, QUOTES, RUNS } from './measure.ts'
import type { Size } from './random-portfolio.ts'

/** Issue 3, Speed. Targets in milliseconds of process CPU. */
const sizes: (Size & { target?: number; requoteTarget?: number })[] = [
  { transactions: 240, symbols: 15, years: 4 },
  { transactions: 1900, symbols: 60, years: 8, target: 50, requoteTarget: 2 },
  { transactions: 14_400, symbols: 250, years: 12, target: 300 },
]

/** A size runs to its end in such a heap, its data, the engine's own and all garbage included, or not at all. */
const HEAP_MB = 100
const SEMI_SPACE_MB = 8
const heap = [
  '--expose-gc',
  `--max-semi-space-size=${SEMI_SPACE_MB}`,
  `--max-old-space-size=${HEAP_MB - 3 * SEMI_SPACE_MB}`,
]

const [size] = process.argv.slice(2)
if (size) console.log(JSON.stringify(measure(JSON.parse(size) as Size)))
else report()

/** Every size in a process of its own, so that the first run of each is a cold one. */
function report(): void {
  console.log(`
Recomputation: positions, daily series with two benchmarks, every metric, as the coordinator publishes them.
Re-quote: a new price for every symbol gives the last day's value and every holding; then the chart's lines as well.
Process CPU (process.cpuUsage): a cold run, the median of ${RUNS} more, the median of ${QUOTES} re-quotes.
Kept: growth of heapUsed after gc, ledger and result. All of it ran in a heap of at most ${HEAP_MB} MB.

machine  ${cpus()[0]!.model} × ${cpus().length}, ${process.platform} ${process.arch}, Node ${process.version}
repeat   npm run bench
`)
  console.table(sizes.map(row))
}

function row({ target, requoteTarget, ...of }: (typeof sizes)[number]): Record<string, string | number> {
  const own = [...heap, process.argv[1]!, JSON.stringify(of)]
  const took = JSON.parse(execFileSync(process.execPath, own, { encoding: 'utf8' })) as Measured
  return {
    transactions: of.transactions,
    symbols: of.symbols,
    years: of.years,
    'days × held + transactions': took.work,
    'cold ms': digits(took.cold, 1),
    'median ms': digits(took.median, 1),
    'under ms': target ?? '',
    'ns each': digits((took.median * 1e6) / took.work, 0),
    'kept MB': digits(took.keptMegabytes, 1),
    're-quote ms': digits(took.requote, 2),
    'under ms ': requoteTarget ?? '',
    'with chart': digits(took.requoteChart, 2),
  }
}

function digits(value: number, decimals: number): number {
  return Number(value.toFixed(decimals))
}
