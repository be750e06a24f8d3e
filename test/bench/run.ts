import { spawnSync } from 'node:child_process'
import { cpus, loadavg } from 'node:os'
import { budgets } from './budgets.ts'
import { type Measured, measure, QUOTES, recomputed, RUNS } from './measure.ts'
import { randomPortfolio, type Size } from './random-portfolio.ts'

/** Targets in milliseconds of process CPU, of a median run. */
const sizes: Record<string, Size & { target?: number; requoteTarget?: number; gapsTarget?: number }> = {
  small: { transactions: 240, symbols: 15, years: 4 },
  first: { transactions: 1900, symbols: 60, years: 8, target: 50, requoteTarget: 2, gapsTarget: 3 },
  second: { transactions: 14_400, symbols: 250, years: 12, target: 300, gapsTarget: 15 },
}

/** A size is reckoned once more in such a heap, its data, the engine's own and all garbage included, or fails. */
const HEAP_MB = 100
const SEMI_SPACE_MB = 4
const narrow = [
  `--max-semi-space-size=${SEMI_SPACE_MB}`,
  `--max-old-space-size=${HEAP_MB - 3 * SEMI_SPACE_MB}`,
]

/** npm run bench -- growth 14400: of that part these sizes alone. */
const sizesWanted = process.argv.slice(2).filter((name) => /^\d+$/.test(name))

/** npm run bench -- latency: that part alone. */
const sections: Record<string, () => void | Promise<void>> = {
  budgets,
  calculation: report,
  // wrangler's own source would fill most of the heap that a size has to fit in
  latency: async () => (await import('./latency.ts')).latency({ entry: 8741, direct: 8841 }),
  growth: async () => (await import('./growth.ts')).growth({ entry: 8742, direct: 8842 }, sizesWanted),
}

const [what, size] = process.argv.slice(2)
if (what === 'measure') console.log(JSON.stringify(measure(JSON.parse(size!) as Size)))
else if (what === 'fit') recomputed(randomPortfolio(JSON.parse(size!) as Size))
else {
  const wanted = process.argv.slice(2).filter((name) => !/^\d+$/.test(name))
  const unknown = wanted.filter((name) => !(name in sections))
  if (unknown.length > 0) {
    console.error(`no such part: ${unknown.join(', ')}; there are ${Object.keys(sections).join(', ')}`)
    process.exit(2)
  }
  console.log(`
machine  ${cpus()[0]!.model} × ${cpus().length}, ${process.platform} ${process.arch}, Node ${process.version}
load     ${loadavg()[0]!.toFixed(1)} before we begin
repeat   npm run bench${wanted.map((name, i) => `${i === 0 ? ' -- ' : ' '}${name}`).join('')}`)
  for (const [name, section] of Object.entries(sections))
    if (wanted.length === 0 || wanted.includes(name)) await section()
}

/** Every size in a process of its own, so that the first run of each is a cold one. */
function report(): void {
  console.log(`
Recomputation: positions, daily series with two benchmarks, every metric, as the coordinator publishes them.
Re-quote: a new price for every symbol gives the last day's value and every holding; then the chart's lines as well.
Gaps: to two benchmarks, divided among symbols; a part of the recomputation.
Process CPU (process.cpuUsage): a cold run, the median of ${RUNS} more, the median of ${QUOTES} re-quotes.
Kept: growth of heapUsed after gc, ledger and result. Fits: input made and reckoned in a heap of ${HEAP_MB} MB, or not.
`)
  console.table(Object.fromEntries(Object.entries(sizes).map(([name, of]) => [name, row(of)])))
}

function row({
  target,
  requoteTarget,
  gapsTarget,
  ...of
}: (typeof sizes)[string]): Record<string, string | number> {
  const took = JSON.parse(ran(['--expose-gc'], 'measure', of)!) as Measured
  return {
    transactions: of.transactions,
    symbols: of.symbols,
    years: of.years,
    'days × held + transactions': took.work,
    'cold ms': digits(took.cold, 1),
    'median ms': digits(took.median, 1),
    'under ms': target ?? '',
    'gaps ms': digits(took.gaps, 2),
    'under  ms': gapsTarget ?? '',
    'ns each': digits((took.median * 1e6) / took.work, 0),
    'kept MB': digits(took.keptMegabytes, 1),
    fits: ran(narrow, 'fit', of) === null ? 'no' : 'yes',
    're-quote ms': digits(took.requote, 2),
    'under ms ': requoteTarget ?? '',
    'with chart': digits(took.requoteChart, 2),
  }
}

/** What another process of this file printed; null when it did not come to its end. */
function ran(flags: readonly string[], what: 'measure' | 'fit', size: Size): string | null {
  const { status, stdout } = spawnSync(
    process.execPath,
    [...flags, process.argv[1]!, what, JSON.stringify(size)],
    { encoding: 'utf8' },
  )
  return status === 0 ? stdout : null
}

function digits(value: number, decimals: number): number {
  return Number(value.toFixed(decimals))
}
