import { spawnSync } from 'node:child_process'
import { cpus, loadavg } from 'node:os'
import { budgets } from './budgets.ts'
import type { Measured, Memory, Times } from './measure.ts'
import { randomPortfolio, type Size } from './random-portfolio.ts'

/** Aims in milliseconds of process CPU; one that is absent is none. */
type Aims = {
  recomputed?: number
  gaps?: number
  floor?: number
  whatIf?: number
  kept?: number
  peak?: number
}

const sizes: Record<string, Size & Aims> = {
  small: { transactions: 240, symbols: 15, years: 4 },
  first: { transactions: 1900, symbols: 60, years: 8, recomputed: 50, gaps: 3, floor: 8, whatIf: 100 },
  second: {
    transactions: 14_400,
    symbols: 250,
    years: 12,
    recomputed: 300,
    gaps: 15,
    floor: 8,
    kept: 40,
    peak: 100,
  },
}

/** A size is reckoned once more in such a heap, its data, the engine's own and all garbage included, or fails. */
const HEAP_MB = 100
const SEMI_SPACE_MB = 4
const narrow = [
  `--max-semi-space-size=${SEMI_SPACE_MB}`,
  `--max-old-space-size=${HEAP_MB - 3 * SEMI_SPACE_MB}`,
]

/** A young generation that nothing is collected from by itself. */
const uncollected = ['--expose-gc', '--min-semi-space-size=1024', '--max-semi-space-size=1024']

/** npm run bench -- growth 14400, cpu 50 200 or browser 50: of that part these sizes alone. */
const sizesWanted = process.argv.slice(2).filter((name) => /^\d+$/.test(name))

/** npm run bench -- latency: that part alone. */
const sections: Record<string, () => void | Promise<void>> = {
  budgets,
  calculation: report,
  // wrangler's own source would fill most of the heap that a size has to fit in
  latency: async () => (await import('./latency.ts')).latency({ entry: 8741, direct: 8841 }),
  cpu: async () => (await import('./cpu.ts')).cpu({ entry: 8743, direct: 8843 }, sizesWanted),
  browser: async () => (await import('./browser.ts')).browser(sizesWanted),
  live: async () => (await import('./live.ts')).live({ entry: 8744, direct: 8844 }),
  cold: async () => (await import('./cold.ts')).cold({ entry: 8745, direct: 8845 }),
  many: async () => (await import('./many.ts')).many({ entry: 8746, direct: 8846 }, sizesWanted),
  growth: async () => (await import('./growth.ts')).growth({ entry: 8742, direct: 8842 }, sizesWanted),
}

const [what, size] = process.argv.slice(2)
const wanted = process.argv.slice(2).filter((name) => !/^\d+$/.test(name))
const unknown = wanted.filter((name) => !(name in sections))
/** What this file asks of another process of itself. */
const isAsked = ['measure', 'memory', 'what-if', 'fit'].includes(what ?? '')
if (!isAsked && unknown.length > 0) {
  console.error(`no such part: ${unknown.join(', ')}; there are ${Object.keys(sections).join(', ')}`)
  process.exit(2)
}
// a mistyped part does not wait for all that is measured
const { coldWhatIf, measure, memory, recomputed, RUNS } = await import('./measure.ts')
if (what === 'measure') console.log(JSON.stringify(measure(JSON.parse(size!) as Size)))
else if (what === 'memory') console.log(JSON.stringify(memory(JSON.parse(size!) as Size)))
else if (what === 'what-if') console.log(JSON.stringify(coldWhatIf(JSON.parse(size!) as Size)))
else if (what === 'fit') recomputed(randomPortfolio(JSON.parse(size!) as Size))
else {
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
From the rows that the coordinator keeps to what it publishes: snapshot and chart. Process CPU (process.cpuUsage), the
least and the median of ${RUNS} runs.

recomputed      nothing is known of an earlier state
… ledger        of it: the rows in the base currency and in today’s shares, with the dividends that follow from them
… lines         of it: the same lines as the floor's, exact, with their JSON, of a ledger that is made
… figures       of it: all else, such as positions, lots, XIRRs, gaps, decisions and the snapshot
floor           the chart's lines in doubles with their JSON, of numbers that are read already. Nothing is exact or explained
lines ÷ floor   like for like, and so what an aim that says “the same lines” can be held to
whole ÷ floor   the whole recomputation over the same floor, which has nothing of the ledger and the figures. The aim stands
                beside it all the same, so that the distance is seen
gaps            to two benchmarks, divided among symbols: their own part, beyond each symbol’s flows and shares, the
                cash book and the benchmarks’ indexes, which other figures of the recomputation need as well
new prices      of every symbol; what was valued before is known
edit of today   another purchase; the same
what if         of a ledger that is known: each kind of rule in turn, of one symbol after another, with its snapshot
… cold          of a ledger that is made, in a process that has calculated nothing: the least of 3
products        shares × price, calculated anew by that edit
kept            heap and typed arrays after collection: rows, bars, ledger, daily series, publication
at most         the same with all that an edit leaves, before anything is collected
fits            input made and recomputed in a heap of ${HEAP_MB} MB
`)
  for (const [name, { transactions, symbols, years, ...aims }] of Object.entries(sizes)) {
    const size = { transactions, symbols, years }
    console.log(`${name}: ${transactions} transactions × ${symbols} symbols × ${years} years`)
    console.table(rows(size, aims))
  }
}

type Row = { least: number | string; median?: number; aim?: number | '' }

function rows(size: Size, aims: Aims): Record<string, Row> {
  const took = JSON.parse(ran(['--expose-gc'], 'measure', size)!) as Measured
  const room = JSON.parse(ran(uncollected, 'memory', size)!) as Memory
  const ms = ({ least, median }: Times, aim?: number): Row => ({
    least: digits(least, 1),
    median: digits(median, 1),
    aim: aim ?? '',
  })
  return {
    'days × held + transactions': { least: took.work },
    'cold, ms': { least: digits(took.cold, 1) },
    'recomputed, ms': ms(took.recomputed, aims.recomputed),
    '… ledger, ms': ms(took.prepared),
    '… lines, ms': ms(took.lines),
    '… figures, ms': { least: digits(took.recomputed.least - took.prepared.least - took.lines.least, 1) },
    'floor, ms': ms(took.floor),
    'whole ÷ floor': {
      least: digits(took.recomputed.least / took.floor.least, 1),
      median: digits(took.recomputed.median / took.floor.median, 1),
      aim: aims.floor ?? '',
    },
    'lines ÷ floor': {
      least: digits(took.lines.least / took.floor.least, 1),
      median: digits(took.lines.median / took.floor.median, 1),
      aim: aims.floor ?? '',
    },
    'gaps, ms': ms(took.gaps, aims.gaps),
    'new prices, ms': ms(took.requoted),
    'edit of today, ms': ms(took.edited),
    'what if, ms': ms(took.whatIf, aims.whatIf),
    'what if, cold, ms': {
      least: digits(Math.min(...Array.from({ length: 3 }, () => coldly(size))), 1),
      aim: aims.whatIf ?? '',
    },
    'edit of today, products': { least: took.editedProducts },
    'kept, MB': { least: digits(room.kept, 1), aim: aims.kept ?? '' },
    'at most, MB': { least: digits(room.peak, 1), aim: aims.peak ?? '' },
    fits: { least: ran(narrow, 'fit', size) === null ? 'no' : 'yes' },
  }
}

function coldly(size: Size): number {
  return Number(ran(['--expose-gc'], 'what-if', size))
}

/** What another process of this file printed; null when it did not come to its end. */
function ran(
  flags: readonly string[],
  what: 'measure' | 'memory' | 'what-if' | 'fit',
  size: Size,
): string | null {
  const { status, stdout } = spawnSync(
    process.execPath,
    [...flags, process.argv[1]!, what, JSON.stringify(size)],
    // a Worker has no code that an earlier process has compiled
    { encoding: 'utf8', env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' } },
  )
  return status === 0 ? stdout : null
}

function digits(value: number, decimals: number): number {
  return Number(value.toFixed(decimals))
}
