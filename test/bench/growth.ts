import { readdirSync, readFileSync } from 'node:fs'
import { list, trades } from './listings.ts'
import { type Served, served } from './responses.ts'

type Size = { transactions: number; symbols: number; years: number }

/** With the aims: seconds of CPU for the import, milliseconds for an edit. */
const sizes: (Size & { importSeconds: number; editMs: number })[] = [
  { transactions: 1900, symbols: 60, years: 8, importSeconds: 0.25, editMs: 250 },
  { transactions: 14_400, symbols: 250, years: 12, importSeconds: 1, editMs: 250 },
  { transactions: 60_000, symbols: 250, years: 12, importSeconds: 4, editMs: 800 },
]
const EDITS = 5
const READS = 50

/** What grows with a portfolio's size, each beside its aim. `npm run bench -- growth 14400` measures one size. */
export async function growth(
  ports: { entry: number; direct: number },
  only: readonly string[] = [],
): Promise<void> {
  console.log(`
Growth: CPU of the whole of workerd (its D1 among it) and milliseconds as the client sees them.
`)
  for (const size of sizes) {
    if (only.length > 0 && !only.includes(String(size.transactions))) continue
    const worker = await served(ports)
    try {
      const now = Date.now()
      await list(worker.db, size.symbols, now, size.years)
      console.log(`${size.transactions} rows, ${size.symbols} symbols, ${size.years} years`)
      console.table(await measured(worker, size, now))
    } finally {
      await worker.close()
    }
  }
}

type Line = { today: number; aim: number; unit: string; met: string }

async function measured(
  worker: Served,
  size: (typeof sizes)[number],
  now: number,
): Promise<Record<string, Line>> {
  const lines: Record<string, Line> = {}
  const line = (name: string, today: number, aim: number, unit: string) => {
    const rounded = Number(today.toPrecision(3))
    lines[name] = { today: rounded, aim, unit, met: today <= aim ? 'met' : 'MISSED' }
  }
  const id = await created(worker)
  const csv = trades(size.transactions, size.symbols, now, size.years)
  const before = cpuSeconds()
  await sent(worker, `/api/portfolios/${id}/imports`, 201, 'text/csv', csv)
  line('import, CPU', cpuSeconds() - before, size.importSeconds, 's')

  const edits: number[] = []
  const beforeEdits = cpuSeconds()
  for (let i = 0; i < EDITS; i++) {
    const body = JSON.stringify({
      type: 'buy',
      symbol: 'S5',
      date: '2025-06-02',
      price: '61',
      shares: `${i + 2}`,
    })
    edits.push((await sent(worker, `/api/portfolios/${id}/transactions`, 201, 'application/json', body)).ms)
  }
  line('edit of a year ago, median', median(edits), size.editMs, 'ms')
  line('edit of a year ago, CPU', (1000 * (cpuSeconds() - beforeEdits)) / EDITS, size.editMs, 'ms')
  const read = async (path: string) => {
    const times: number[] = []
    let bytes = 0
    const cpuBefore = cpuSeconds()
    for (let i = 0; i < READS; i++) {
      const answer = await worker.send(`/portfolios/${id}/${path}`)
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
      times.push(answer.ms)
      bytes = Buffer.byteLength(answer.body)
    }
    return { ms: median(times), bytes, cpu: (1000 * (cpuSeconds() - cpuBefore)) / READS }
  }
  const chart = await read('chart.json?range=all&unit=money&width=1200')
  line('chart.json, median', chart.ms, 2, 'ms')
  line('chart.json, CPU with the runtime’s', chart.cpu, 2, 'ms')
  line('trades.json', (await read('trades.json')).bytes, 60_000, 'bytes')
  return lines
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

/** CPU of all threads of the workerd that this process started, since its start. */
function cpuSeconds(): number {
  let ticks = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = statOf(pid)
    if (stat?.parent === process.pid && stat.name === 'workerd') ticks += stat.ticks
  }
  return ticks / TICKS
}

/** A second has so many clock ticks on Linux, whatever the kernel counts in. */
const TICKS = 100

/** Reads `1234 (workerd) S 1200 … utime stime …`; null when the process is gone. */
function statOf(pid: string): { name: string; parent: number; ticks: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const name = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'))
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { name, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }
  } catch {
    return null
  }
}
