import { rmSync } from 'node:fs'
import { serveYahoo } from '../yahoo/folder.ts'
import { marketFolder, statement } from './listings.ts'
import { open } from './readers.ts'
import { Report } from './report.ts'
import { build, cookieOf, cpuOfWorkerd, type Ports, serve, type Served, signIn } from './responses.ts'

/** Milliseconds that each call upstream takes. */
const DELAY = 150
const RUNS = process.env.QUICK ? 1 : 3

/** With the aims in seconds: until each holding shows its price, and until all is known of it. */
const sizes = [
  [20, 1.5, 3],
  [50, 1.5, 6],
  [200, 2, 21],
] as const

/** A first import of symbols that nobody had, as the reader of an open page sees it. */
export async function cold(ports: Ports): Promise<void> {
  console.log(`
Cold import: nothing is stored of any symbol, and each call of the source takes ${DELAY} ms; at most ten go out a second.
Seconds from the POST of the file until what the page is told to fetch has a price for each holding, and until every
history has come. The least of ${RUNS}, each with an empty database.
`)
  build()
  const report = new Report()
  for (const [holdings, priceAim, wholeAim] of sizes) {
    const now = Date.now()
    const folder = marketFolder(holdings, now)
    try {
      const runs: Run[] = []
      for (let i = 0; i < RUNS; i++) runs.push(await imported(ports, folder, statement(holdings, now)))
      const least = (of: (run: Run) => number) => Math.min(...runs.map(of))
      report.line(
        `${holdings} holdings: each has its price`,
        least(({ priced }) => priced),
        priceAim,
        's',
      )
      report.line(
        `${holdings} holdings: complete`,
        least(({ whole }) => whole),
        wholeAim,
        's',
      )
      report.line(
        `${holdings} holdings: CPU of workerd`,
        least(({ cpu }) => cpu),
        null,
        's',
      )
      report.line(
        `${holdings} holdings: calls of the source`,
        least(({ calls }) => calls),
        null,
        '',
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  }
  report.print()
}

type Run = { priced: number; whole: number; calls: number; cpu: number }

async function imported(ports: Ports, folder: string, csv: string): Promise<Run> {
  const yahoo = await serveYahoo(folder, { delay: DELAY })
  const worker = await serve(ports, { yahoo: yahoo.url })
  try {
    const json = { method: 'POST', type: 'application/json' }
    const created = await worker.send('/api/portfolios', { ...json, body: '{"name":"Cold","benchmarks":[]}' })
    const { id } = JSON.parse(created.body) as { id: string }
    await signIn(worker.db, 'reader0')
    await worker.db.prepare("INSERT INTO members VALUES (?, 'reader0', 'viewer', 0)").bind(id).run()
    const [page] = await open(worker, id, ['reader0'], 1, 0)
    const before = yahoo.calls.length
    const cpuBefore = cpuOfWorkerd()
    const started = performance.now()
    await worker.send(`/api/portfolios/${id}/imports`, { method: 'POST', type: 'text/csv', body: csv })
    let priced: number | null = null
    for (let since = started; ;) {
      const { at, signal } = await page!.changed(since)
      const seen = await shown(worker, id, signal.revision)
      const seconds = (performance.now() - started) / 1000
      if (priced === null && seen.isPriced) priced = seconds
      if (seen.isWhole) {
        const cpu = (cpuOfWorkerd() - cpuBefore) / 1000
        return { priced: priced ?? Infinity, whole: seconds, calls: yahoo.calls.length - before, cpu }
      }
      since = at + 0.001
      if (seconds > 120) throw new Error(`the import of ${csv.length} bytes is not over after two minutes`)
    }
  } finally {
    await worker.close()
    await yahoo.close()
  }
}

async function shown(worker: Served, id: string, revision: number) {
  const answer = await worker.send(`/api/dashboard-holdings-data?portfolio_id=${id}&revision=${revision}`, {
    cookie: cookieOf('reader0'),
  })
  const { holdings } = JSON.parse(answer.body) as { holdings: { price_from: string | null }[] }
  const latest = JSON.parse((await worker.send(`/api/portfolios/${id}/refreshes/latest`)).body) as {
    finished_at: string | null
  }
  return {
    // before that they are worth what was paid for them
    isPriced: holdings.length > 0 && holdings.every(({ price_from: from }) => from === 'market'),
    isWhole: holdings.length > 0 && latest.finished_at !== null,
  }
}
