import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { list, listed, statement, YEARS } from './listings.ts'
import { Report } from './report.ts'
import { build, cpuOfWorkerd, type Ports, serve, type Served } from './responses.ts'
import { type Asked, asked, beside, HANDING_OVER } from './stand-ins.ts'

const SIZES = process.env.QUICK ? [50] : [20, 50, 200, 1000]
const COLD_RUNS = 3
const WARM_UP = 60
const WARM = 20
const ROUNDS = 7
/** What a free Worker has for an invocation is 10 ms; a page should leave some of it. */
const AIM = 8
/** What the clock and the queue may take themselves: they only hand over. */
const HANDED_OVER = 3

/** `asks` is what it asks of D1's stand-in; what KV has was read by the first of a round. */
type Invocation = {
  name: string
  asks: Asked
  run: (worker: Served, id: string) => Promise<unknown>
}

const read = (name: string, path: string, asks: Asked = 'visitor'): Invocation => ({
  name,
  asks,
  async run(worker, id) {
    const { status } = await worker.send(path.replace(':id', id))
    if (status !== 200) throw new Error(`${path} answered ${status}`)
  },
})

const floor = read('healthz', '/healthz', 'nothing')
const reads: Invocation[] = [
  read('dashboard', '/portfolios/:id'),
  read('holdings', '/portfolios/:id/holdings'),
  read(
    'all regions',
    '/portfolios/:id/regions?of=headline,chart,why,holdings,allocation,recent,log,freshness',
  ),
  // as a page asks for it, and every day of it
  read('chart.json', '/portfolios/:id/chart.json?range=all&unit=money&width=1440'),
  read('chart.json, all', '/portfolios/:id/chart.json'),
  read('trades.json', '/portfolios/:id/trades.json'),
  read('transactions', '/portfolios/:id/transactions'),
  read('dividends', '/portfolios/:id/dividends'),
  read('cash flows', '/portfolios/:id/cash-flows'),
  read('activity', '/portfolios/:id/activity'),
  read('settings', '/portfolios/:id/settings'),
  read('import form', '/portfolios/:id/imports'),
]

/**
 * CPU of each kind of invocation: of all threads of workerd, so with the local stand-ins of KV, D1 and the queue, which
 * production does not count. They are in the floor only in part, so each figure is an upper bound.
 */
export async function cpu(ports: Ports, wanted: readonly string[] = []): Promise<void> {
  if (process.platform !== 'linux')
    return console.log('CPU per thread is read from /proc, which only Linux has.')
  console.log(`
CPU of one invocation, milliseconds over that of /healthz: all threads of workerd (schedstat), the Worker's own, its
objects' and those of the local stand-ins for KV, D1 and queue: upper bounds. Cold: the first of a fresh process, the
least of ${COLD_RUNS}; warm: the median of ${ROUNDS} rounds of ${WARM}, the invocations in turn, after ${WARM_UP}.
Portfolios of so many holdings, four transactions each, ${YEARS} years and two benchmarks. Own: without what a bare Worker
takes that asks the same of the stand-in for D1 (the query that says who asks), which production does not count either; what
a page asks of its object is in it. A warm isolate reads a revision of KV once in half a minute. Aim for pages, warm at
200: ${AIM} ms. Clock and queue:
${HANDED_OVER} ms of their own: they hand over here to objects that do nothing. None of these was seen on a real
account.
`)
  build()
  const rows: Record<string, Record<string, number>> = {}
  const sizes = SIZES.filter((size) => wanted.length === 0 || wanted.includes(String(size)))
  for (const size of sizes) {
    const folder = mkdtempSync(join(tmpdir(), 'yardstick-bench-'))
    try {
      const id = await prepared(ports, folder, size)
      const { base, others } = await warm(ports, folder, id)
      for (const { name, ms, own } of others) {
        rows[name] = {
          ...rows[name],
          [`${size} warm`]: digits(ms - base),
          [`${size} own`]: digits(own - base),
        }
      }
      const bare = await cold(ports, folder, id, floor)
      for (const invocation of reads.slice(0, 3)) {
        rows[invocation.name]![`${size} cold`] = digits((await cold(ports, folder, id, invocation)) - bare)
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  }
  console.table(rows)
  const report = new Report()
  for (const [name, size, aim] of aims) {
    const today = rows[name]
    if (today?.[`${size} own`] === undefined) continue
    report.line(`${name} at ${size} holdings`, today[`${size} warm`]!, aim, 'ms')
    report.line(`${name} at ${size} holdings, own`, today[`${size} own`]!, aim, 'ms')
  }
  report.print()
}

const SCHEDULED = 'the clock, with what its object does'
const HANDED = 'the clock, handing over'
const BATCHED = 'the queue, handing over twelve messages'
const QUEUED = 'the queue, a message that came too late'

/** In milliseconds over /healthz, warm. */
const aims: readonly [name: string, size: number, aim: number][] = [
  ...['dashboard', 'holdings'].flatMap((name): [string, number, number][] => [
    [name, 200, AIM],
    [name, 1000, 20],
  ]),
  ['chart.json', 200, 2],
  ...['transactions', 'dividends', 'cash flows'].flatMap((name): [string, number, number][] => [
    [name, 200, AIM],
    [name, 1000, 10],
  ]),
  [HANDED, 200, HANDED_OVER],
  [BATCHED, 200, HANDED_OVER],
  [QUEUED, 200, HANDED_OVER],
]

async function prepared(ports: Ports, folder: string, size: number): Promise<string> {
  const now = Date.now()
  const worker = await serve(ports, { folder })
  try {
    await list(worker.db, size, now)
    const created = await worker.send('/api/portfolios', {
      method: 'POST',
      type: 'application/json',
      body: JSON.stringify({ name: `${size} holdings` }),
    })
    const { id } = JSON.parse(created.body) as { id: string }
    const csv = statement(size, now)
    const imported = await worker.send(`/api/portfolios/${id}/imports`, {
      method: 'POST',
      type: 'text/csv',
      body: csv,
    })
    if (imported.status !== 201) throw new Error(`the import answered ${imported.status}: ${imported.body}`)
    await worker.send(`/portfolios/${id}`)
    return id
  } finally {
    await worker.close()
  }
}

type Warm = { name: string; ms: number; own: number }

/** CPU of each invocation, and without what a bare Worker takes that asks the same. */
async function warm(ports: Ports, folder: string, id: string): Promise<{ base: number; others: Warm[] }> {
  const port = ports.direct + 100
  const worker = await serve(ports, { folder, beside: await beside(port, id) })
  try {
    const bare = asked.map((asks): Invocation => ({
      name: `bare: ${asks}`,
      asks,
      run: (worker) => worker.send(`/${asks}`, { port }),
    }))
    const all = [floor, ...bare, ...reads, ...(await background(worker))]
    const took = new Map(all.map(({ name }): [string, number[]] => [name, []]))
    for (const { run } of all) for (let i = 0; i < WARM_UP; i++) await run(worker, id)
    // in turn, so that what else the machine does falls on each alike
    for (let round = 0; round < ROUNDS; round++) {
      for (const { name, run } of all) {
        const before = cpuOfWorkerd()
        for (let i = 0; i < WARM; i++) await run(worker, id)
        took.get(name)!.push((cpuOfWorkerd() - before) / WARM)
      }
    }
    const median = (name: string) => took.get(name)!.toSorted((a, b) => a - b)[ROUNDS >> 1]!
    const stood = (asks: Asked) => median(`bare: ${asks}`) - median('bare: nothing')
    return {
      base: median(floor.name),
      others: all
        .slice(1 + bare.length)
        .map(({ name, asks }) => ({ name, ms: median(name), own: median(name) - stood(asks) })),
    }
  } finally {
    await worker.close()
  }
}

/**
 * The clock's round when nothing is due, the same handed over to nobody, a batch of messages handed over to nobody, and one
 * whose prices came already.
 */
async function background(worker: Served): Promise<Invocation[]> {
  let minute = quietNoon(Date.now())
  const next = () => ({ cron: '* * * * *', scheduledTime: new Date((minute += 60_000)) })
  const handing = await worker.beside(HANDING_OVER)
  const queued = (to: typeof handing, bodies: readonly object[]) => {
    const common = { timestamp: new Date(), attempts: 1 }
    const messages = bodies.map((body) => ({ id: crypto.randomUUID(), ...common, body }))
    return to.queue('yardstick-refresh', messages)
  }
  const late = { kind: 'quotes', symbols: listed(20), requester: null, until: 1 }
  const histories = listed(BATCH).map((symbol) => {
    return { kind: 'history', symbol, from: '2020-01-01', requester: null }
  })
  return [
    { name: SCHEDULED, asks: 'nothing', run: () => worker.worker.scheduled(next()) },
    { name: HANDED, asks: 'nothing', run: () => handing.scheduled(next()) },
    { name: BATCHED, asks: 'nothing', run: () => queued(handing, histories) },
    { name: QUEUED, asks: 'nothing', run: () => queued(worker.worker, [late]) },
  ]
}

/** Noon in New York of the last Sunday: no market opens or closes in the hours after it, at whatever hour this is measured. */
function quietNoon(now: number): number {
  const day = 86_400_000
  const noon = now - (now % day) + 17 * 3_600_000 - new Date(now).getUTCDay() * day
  return noon < now - 6 * 3_600_000 ? noon : noon - 7 * day
}

/** As many messages as the queue delivers at once (wrangler.toml). */
const BATCH = 12

async function cold(ports: Ports, folder: string, id: string, { run }: Invocation): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < COLD_RUNS; i++) {
    const worker = await serve(ports, { folder })
    try {
      const before = cpuOfWorkerd()
      await run(worker, id)
      times.push(cpuOfWorkerd() - before)
    } finally {
      await worker.close()
    }
  }
  return Math.min(...times)
}

function digits(ms: number): number {
  return Number(ms.toFixed(1))
}
