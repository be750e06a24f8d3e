import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { serveYahoo } from '../yahoo/folder.ts'
import { list, marketFolder, statement } from './listings.ts'
import { accounts, open, type Reader } from './readers.ts'
import { Report } from './report.ts'
import { build, cpuOfWorkerd, type Ports, serve, type Served } from './responses.ts'

const HOLDINGS = 50
const ROUNDS = 9
/** With the aims in milliseconds: of the first reader's answer with the changed figure. */
const told = [
  [1, 150],
  [100, 160],
  [500, 200],
  [1000, 300],
] as const
/** With those until all sockets are open; an edit meanwhile has 300 ms. */
const opened = [
  [100, 500],
  [500, 2000],
] as const
const EDIT = 300
/** Of the slowest round. */
const WORST = 300
const MOST = 1000
/** A lane to the source rests so long after each call (market/http/polite-fetch.ts), in milliseconds. */
const LANE_RESTS = 400
/** In so many milliseconds without a call an object forgets what it has in memory, and reads it again. */
const QUIET = 12_000
const QUIET_ROUNDS = 3

/** What open pages wait for: a change that they are told of, and sockets that all open at once. */
export async function live(ports: Ports): Promise<void> {
  console.log(`
Live: a portfolio of ${HOLDINGS} holdings, the built Worker, and a stand-in for Yahoo that answers at once. "Changed
figure" is from the POST of a refresh until a reader has the answer with the new price, asked for when its socket said
so (drawing it is the browser's part); the other sockets are told the same. Median of ${ROUNDS}, and the worst. A round
begins when the lanes to the source have rested, and "after quiet" when no object has anything in memory.
`)
  build()
  const now = Date.now()
  const folder = marketFolder(HOLDINGS, now)
  let calledAt = 0
  const yahoo = await serveYahoo(folder, { onCall: () => void (calledAt = performance.now()) })
  const worker = await serve(ports, { yahoo: yahoo.url })
  const report = new Report()
  try {
    await list(worker.db, HOLDINGS, now)
    const id = await portfolio(worker, now)
    const names = await accounts(worker, id, MOST)
    const largest = await largestHolding(worker, id)
    let { price } = largest
    const round = async (pages: readonly Reader[]) => {
      // A round is two calls, and the lanes take ten a second: pressed at once again, each second or third press would wait
      // for them. No reader presses like that, since prices of the last ten seconds are taken for fresh.
      await sleep(Math.max(0, calledAt + LANE_RESTS - performance.now()))
      // no jump, which would be held for review
      price = Number((price * 1.001).toFixed(2))
      yahoo.setPrice(largest.symbol, price)
      return refreshed(worker, id, pages, price.toFixed(2))
    }
    const [page] = await open(worker, id, names, 1, await revision(worker, id))
    await over(worker, id)
    report.line('the first refresh, with the handshake', (await round([page!])).figure, null, 'ms')
    const afterQuiet: number[] = []
    for (let i = 0; i < QUIET_ROUNDS; i++) {
      await sleep(QUIET)
      afterQuiet.push((await round([page!])).figure)
    }
    report.line('1 open page: after quiet, the worst', Math.max(...afterQuiet), WORST, 'ms')
    await closed([page!])
    for (const [readers, aim] of told) {
      const pages = await open(worker, id, names, readers, await revision(worker, id))
      // the first page's opening asks for what is due
      await over(worker, id)
      const rounds: { figure: number; sockets: number[] }[] = []
      for (let i = 0; i < ROUNDS; i++) rounds.push(await round(pages))
      const figures = rounds.map(({ figure }) => figure).toSorted((a, b) => a - b)
      const sockets = rounds.flatMap((each) => each.sockets).toSorted((a, b) => a - b)
      report.line(`${readers} open pages: changed figure`, figures[figures.length >> 1]!, aim, 'ms')
      report.line(`${readers} open pages: the worst`, figures.at(-1)!, WORST, 'ms')
      report.line(`${readers} open pages: told, p50`, sockets[sockets.length >> 1]!, null, 'ms')
      report.line(`${readers} open pages: told, p99`, sockets[Math.floor(0.99 * sockets.length)]!, aim, 'ms')
      await closed(pages)
    }
    for (const [pages, aim] of opened) {
      const seen = await revision(worker, id)
      const before = cpuOfWorkerd()
      const started = performance.now()
      const opening = open(worker, id, names, pages, seen)
      const edit = edited(worker, id)
      const all = await opening
      report.line(`${pages} sockets at once: all open`, performance.now() - started, aim, 'ms')
      const { ms, revision: made } = await edit
      report.line(`${pages} sockets at once: an edit meanwhile`, ms, EDIT, 'ms')
      await Promise.all(all.map((page) => page.heard(made)))
      report.line(`${pages} sockets at once: CPU of each`, (cpuOfWorkerd() - before) / pages, null, 'ms')
      report.line(`${pages} sockets at once: all told of it`, performance.now() - started, null, 'ms')
      await closed(all)
    }
    report.print()
  } finally {
    await worker.close()
    await yahoo.close()
    rmSync(folder, { recursive: true })
  }
}

async function portfolio(worker: Served, now: number): Promise<string> {
  const created = await worker.send('/api/portfolios', {
    method: 'POST',
    type: 'application/json',
    body: '{"name":"Live"}',
  })
  const { id } = JSON.parse(created.body) as { id: string }
  const body = statement(HOLDINGS, now)
  await worker.send(`/api/portfolios/${id}/imports`, { method: 'POST', type: 'text/csv', body })
  return id
}

/** The page has its rows in the order of value, and not all of them at once. */
async function largestHolding(worker: Served, id: string): Promise<{ symbol: string; price: number }> {
  const { body } = await worker.send(`/api/dashboard-holdings-data?portfolio_id=${id}`)
  const { holdings } = JSON.parse(body) as {
    holdings: { symbol: string; price: string; market_value: string }[]
  }
  const [largest] = holdings.toSorted((a, b) => Number(b.market_value) - Number(a.market_value))
  return { symbol: largest!.symbol, price: Number(largest!.price) }
}

async function refreshed(
  worker: Served,
  id: string,
  pages: readonly Reader[],
  shown: string,
): Promise<{ figure: number; sockets: number[] }> {
  // the button takes prices of the last seconds for fresh
  await worker.db.prepare('UPDATE quotes SET fetched_at = fetched_at - 60000').run()
  const since = performance.now()
  const asked = worker.send(`/api/portfolios/${id}/refreshes`, {
    method: 'POST',
    type: 'application/json',
    body: '{}',
  })
  const [first] = pages
  const { signal } = await first!.changed(since)
  const answer = await worker.send(`/portfolios/${id}/regions?of=${signal.regions.join(',')}`, {
    cookie: first!.cookie,
    headers: { 'yardstick-revision': String(signal.revision) },
  })
  const figure = performance.now() - since
  if (!answer.body.includes(shown))
    throw new Error(`the answer has no ${shown} among ${signal.regions.join()}`)
  await asked
  const heard = await Promise.all(pages.map((page) => page.changed(since)))
  await over(worker, id)
  return { figure, sockets: heard.map(({ at }) => at - since) }
}

async function over(worker: Served, id: string): Promise<void> {
  for (;;) {
    const { body } = await worker.send(`/api/portfolios/${id}/refreshes/latest`)
    if ((JSON.parse(body) as { finished_at: string | null }).finished_at !== null) return
    await sleep(20)
  }
}

async function edited(worker: Served, id: string): Promise<{ ms: number; revision: number }> {
  const { status, ms, body } = await worker.send(`/api/portfolios/${id}/transactions`, {
    method: 'POST',
    type: 'application/json',
    body: '{"type":"deposit","date":"2025-06-02","amount":"10"}',
  })
  if (status !== 201) throw new Error(`the edit answered ${status}: ${body}`)
  return { ms, revision: (JSON.parse(body) as { revision: number }).revision }
}

async function revision(worker: Served, id: string): Promise<number> {
  const { body } = await worker.send(`/api/dashboard-initial-data?portfolio_id=${id}`)
  return (JSON.parse(body) as { revision: number }).revision
}

/** The object hears of it, so that the next pages are the first ones again. */
async function closed(pages: readonly Reader[]): Promise<void> {
  for (const page of pages) page.close()
  await sleep(500)
}
