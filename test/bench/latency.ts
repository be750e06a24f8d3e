import { regions } from '../../src/coordinator/live-events.ts'
import { list, statement, YEARS } from './listings.ts'
import { type Served, served } from './responses.ts'

const SIZES = [20, 50, 200, 1000]
/** At most so many times each, and for a second. */
const WARM_UP = 30
const WARM = 200
const COLD = 10
const PATIENCE = 1000
/** And so often whatever it takes. */
const LEAST = 7

/** What a browser asks for and what a script does; each with the portfolio's id in its place. */
const fragments = regions.map((region) => [region, `/portfolios/:id/${region}`] as const)
const reads: [name: string, path: string][] = [
  ['shell', '/portfolios/:id'],
  ...fragments.map(([name, path]): [string, string] => [name, path]),
  ['all regions at once', `/portfolios/:id/regions?of=${regions.join(',')}`],
  ['chart.json', '/portfolios/:id/chart.json'],
  ['dashboard-initial-data', '/api/dashboard-initial-data?portfolio_id=:id'],
  ['dashboard-holdings-data', '/api/dashboard-holdings-data?portfolio_id=:id'],
  ['dashboard-chart-data', '/api/dashboard-chart-data?portfolio_id=:id'],
  ['performance', '/api/portfolios/:id/performance'],
  ['performance as_of', '/api/portfolios/:id/performance?as_of=:then'],
  ['holdings as_of', '/api/dashboard-holdings-data?portfolio_id=:id&as_of=:then'],
  ['cash flows', '/api/portfolios/:id/cash-flows'],
  ['transactions', '/api/portfolios/:id/transactions'],
  ['cash flows page', '/portfolios/:id/cash-flows'],
  ['dividends page', '/portfolios/:id/dividends'],
  ['transactions page', '/portfolios/:id/transactions'],
]
/** What a browser asks for to show everything: the shell has every region in it, and the chart's lines come after it. */
const COMPLETE = 'shell, chart.json and trades.json'
const complete = ['/portfolios/:id', '/portfolios/:id/chart.json?width=1200', '/portfolios/:id/trades.json']
/** Computed from the ledger by the coordinator, whatever is in KV. */
const computed = new Set([
  'performance as_of',
  'holdings as_of',
  'cash flows',
  'transactions',
  'cash flows page',
  'dividends page',
  'transactions page',
])

type Row = { bytes: number; runs: number; best: number; p50: number; p99: number; cold: number | null }

/** Milliseconds on one connection, by the clock of whoever asks: in workerd time stands still between two I/Os. */
export async function latency(ports: { entry: number; direct: number }): Promise<void> {
  console.log(`
Latency of the built Worker (minified bundle, workerd in Miniflare, direct socket, one connection), milliseconds as
the client sees them: p50 and p99 of at most ${WARM} reads, warm; "empty" is the p50 of ${COLD} with nothing in KV.
Best: the fastest of them, which other work on the machine disturbs least.
Portfolios of ${SIZES.join(', ')} holdings, four transactions each, ${YEARS} years and two benchmarks.
`)
  const now = Date.now()
  const worker = await served(ports)
  try {
    await list(worker.db, Math.max(...SIZES), now)
    const rows = new Map<number, Map<string, Row>>()
    for (const size of SIZES) {
      const own = await measured(worker, await portfolio(worker, size, now), now)
      rows.set(size, own)
      printSize(size, own)
    }
    printGrowth(rows)
  } finally {
    await worker.close()
  }
}

async function portfolio(worker: Served, size: number, now: number): Promise<string> {
  const created = await worker.send('/api/portfolios', {
    method: 'POST',
    type: 'application/json',
    body: JSON.stringify({ name: `${size} holdings` }),
  })
  const { id } = JSON.parse(created.body) as { id: string }
  const imported = await worker.send(`/api/portfolios/${id}/imports`, {
    method: 'POST',
    type: 'text/csv',
    body: statement(size, now),
  })
  if (imported.status !== 201) throw new Error(`the import answered ${imported.status}: ${imported.body}`)
  const page = await worker.send(`/api/dashboard-holdings-data?portfolio_id=${id}`)
  const { holdings } = JSON.parse(page.body) as { holdings: { stale: boolean; market_value: string }[] }
  if (holdings.filter((each) => each.market_value && !each.stale).length !== size)
    throw new Error(
      `${size} holdings at fresh prices were meant, not ${holdings.length}: ${page.body.slice(0, 300)}`,
    )
  return id
}

async function measured(worker: Served, id: string, now: number): Promise<Map<string, Row>> {
  const then = new Date(now - 400 * 86_400_000).toISOString().slice(0, 10)
  const address = (path: string) => path.replace(':id', id).replace(':then', then)
  const ask = async (path: string) => {
    const answer = await worker.send(address(path))
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
    return answer
  }
  const rows = new Map<string, Row>()
  for (const [name, path] of reads) {
    await repeated(WARM_UP, () => ask(path))
    const bytes = Buffer.byteLength((await ask(path)).body)
    const times = await repeated(WARM, () => ask(path))
    const cold = computed.has(name) ? null : percentile(await emptied(worker, id, () => ask(path)), 0.5)
    rows.set(name, {
      bytes,
      runs: times.length,
      best: Math.min(...times),
      p50: percentile(times, 0.5),
      p99: percentile(times, 0.99),
      cold,
    })
  }
  const whole = async () => {
    let ms = 0
    for (const path of complete) ms += (await ask(path)).ms
    return { ms }
  }
  const times = await repeated(WARM, whole)
  const cold = percentile(await emptied(worker, id, whole), 0.5)
  rows.set(COMPLETE, {
    bytes: 0,
    runs: times.length,
    best: Math.min(...times),
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    cold,
  })
  return rows
}

/** The same with nothing in KV: the coordinator answers. It gives KV its copies at most once a minute; here they are put back. */
async function emptied(worker: Served, id: string, ask: () => Promise<{ ms: number }>): Promise<number[]> {
  const keys = ['snapshot', 'chart'].map((key) => `${key}:${id}`)
  const copies = await Promise.all(keys.map((key) => worker.snapshots.get(key, 'text')))
  const times = await repeated(COLD, async () => {
    await Promise.all(keys.map((key) => worker.snapshots.delete(key)))
    return ask()
  })
  await Promise.all(keys.map((key, i) => worker.snapshots.put(key, String(copies[i]))))
  return times
}

async function repeated(most: number, ask: () => Promise<{ ms: number }>): Promise<number[]> {
  const times: number[] = []
  const until = performance.now() + PATIENCE
  while (times.length < most && (times.length < LEAST || performance.now() < until))
    times.push((await ask()).ms)
  return times
}

function printSize(size: number, own: Map<string, Row>): void {
  console.log(`${size} holdings`)
  console.table(
    Object.fromEntries(
      [...own].map(([name, { bytes, runs, best, p50, p99, cold }]) => [
        name,
        {
          kB: bytes === 0 ? '' : digits(bytes / 1000, 1),
          runs,
          'best ms': digits(best, 2),
          'p50 ms': digits(p50, 2),
          'p99 ms': digits(p99, 2),
          'empty ms': cold === null ? '' : digits(cold, 2),
        },
      ]),
    ),
  )
}

function printGrowth(rows: Map<number, Map<string, Row>>): void {
  console.log('Growth of p50 from size to size, beside that of the holdings:')
  const names = [...rows.get(SIZES[0]!)!.keys()]
  console.table(
    Object.fromEntries(
      names.map((name) => [
        name,
        Object.fromEntries(
          SIZES.slice(1).map((size, i) => {
            const before = SIZES[i]!
            const ratio = rows.get(size)!.get(name)!.p50 / rows.get(before)!.get(name)!.p50
            return [`${before} → ${size} (× ${size / before})`, `× ${digits(ratio, 1)}`]
          }),
        ),
      ]),
    ),
  )
  const at50 = rows.get(50)!
  const aims: [what: string, ms: number, under: number][] = [
    ['shell p50 at 50 holdings', at50.get('shell')!.p50, 5],
    ['complete dashboard p50 at 50 holdings', at50.get(COMPLETE)!.p50, 25],
  ]
  for (const [what, ms, under] of aims)
    console.log(`${what}: ${digits(ms, 2)} ms, aim under ${under} ms: ${ms < under ? 'met' : 'MISSED'}`)
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!
}

function digits(value: number, decimals: number): number {
  return Number(value.toFixed(decimals))
}
