import { list, trades } from './listings.ts'
import { Report } from './report.ts'
import { cpuOfWorkerd, type Ports, type Served, served } from './responses.ts'

type Size = { transactions: number; symbols: number; years: number }

/** With the aims: seconds of CPU for the import, milliseconds for an edit. */
const sizes: (Size & { importSeconds: number; editMs: number })[] = [
  { transactions: 1900, symbols: 60, years: 8, importSeconds: 0.25, editMs: 250 },
  { transactions: 14_400, symbols: 250, years: 12, importSeconds: 1, editMs: 250 },
  { transactions: 60_000, symbols: 250, years: 12, importSeconds: 4, editMs: 800 },
]
const EDITS = 9
const IMPORTS = 3
const READS = 50
/** Before any is counted, as in the bench of CPU. */
const WARM_UP = 60

/** What grows with a portfolio's size, each beside its aim. `npm run bench -- growth 14400` measures one size. */
export async function growth(ports: Ports, only: readonly string[] = []): Promise<void> {
  console.log(`
Growth: CPU of the whole of workerd (its D1 among it) and milliseconds as the client sees them. An import is into a new
portfolio each time: the first of a fresh process, and the least of ${IMPORTS} after it. workerd forgets an object that
has done nothing for ten seconds, and on a busy machine also one whose request took as long: the next edit then reads
everything anew, which the median does not show and the worst does.
`)
  for (const size of sizes) {
    if (only.length > 0 && !only.includes(String(size.transactions))) continue
    const worker = await served(ports)
    try {
      const now = Date.now()
      await list(worker.db, size.symbols, now, size.years)
      console.log(`${size.transactions} rows, ${size.symbols} symbols, ${size.years} years`)
      const report = new Report()
      await measured(worker, size, now, report)
      report.print()
    } finally {
      await worker.close()
    }
  }
}

async function measured(
  worker: Served,
  size: (typeof sizes)[number],
  now: number,
  report: Report,
): Promise<void> {
  const line = report.line.bind(report)
  const csv = trades(size.transactions, size.symbols, now, size.years)
  const imported = async () => {
    const id = await created(worker)
    const before = cpuOfWorkerd()
    await sent(worker, `/api/portfolios/${id}/imports`, 201, 'text/csv', csv)
    return { id, seconds: (cpuOfWorkerd() - before) / 1000 }
  }
  const { id, seconds } = await imported()
  line('import, the first, CPU', seconds, null, 's')

  const edits: { ms: number; cpu: number }[] = []
  for (let i = 0; i < EDITS; i++) {
    const body = JSON.stringify({
      type: 'buy',
      symbol: 'S5',
      date: '2025-06-02',
      price: '61',
      shares: `${i + 2}`,
    })
    const before = cpuOfWorkerd()
    const { ms } = await sent(worker, `/api/portfolios/${id}/transactions`, 201, 'application/json', body)
    edits.push({ ms, cpu: cpuOfWorkerd() - before })
  }
  line('edit of a year ago, median', median(edits.map(({ ms }) => ms)), size.editMs, 'ms')
  line('edit of a year ago, CPU', median(edits.map(({ cpu }) => cpu)), size.editMs, 'ms')
  line('edit of a year ago, the worst', Math.max(...edits.map(({ ms }) => ms)), null, 'ms')
  const read = async (path: string) => {
    const address = path.startsWith('/') ? path : `/portfolios/${id}/${path}`
    for (let i = 0; i < WARM_UP; i++) await worker.send(address)
    const times: number[] = []
    let bytes = 0
    const cpuBefore = cpuOfWorkerd()
    for (let i = 0; i < READS; i++) {
      const answer = await worker.send(address)
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
      times.push(answer.ms)
      bytes = Buffer.byteLength(answer.body)
    }
    return { ms: median(times), bytes, cpu: (cpuOfWorkerd() - cpuBefore) / READS }
  }
  const chart = await read('chart.json?range=all&unit=money&width=1200')
  const floor = await read('/healthz')
  line('chart.json, median', chart.ms, null, 'ms')
  line('chart.json, CPU over that of /healthz', chart.cpu - floor.cpu, 2, 'ms')
  line('trades.json', (await read('trades.json')).bytes, 60_000, 'bytes')

  const imports: number[] = []
  for (let i = 0; i < IMPORTS; i++) imports.push((await imported()).seconds)
  line('import, CPU', Math.min(...imports), size.importSeconds, 's')
}

async function created(worker: Served): Promise<string> {
  const body = JSON.stringify({ name: 'Growth', benchmarks: ['VOO', 'QQQ'], dividends: 'recorded' })
  const made = await sent(worker, '/api/portfolios', 201, 'application/json', body)
  return (JSON.parse(made.body) as { id: string }).id
}

async function sent(worker: Served, path: string, status: number, type: string, body: string) {
  const answer = await worker.send(path, { method: 'POST', type, body })
  if (answer.status !== status)
    throw new Error(`${path} answered ${answer.status}: ${answer.body.slice(0, 500)}`)
  return answer
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
