import { rmSync } from 'node:fs'
import { serveYahoo, type YahooServer } from '../yahoo/folder.ts'
import { list, listed, marketFolder } from './listings.ts'
import { accounts, open } from './readers.ts'
import { build, cpuOfWorkerd, type D1, type Ports, serve, type Served } from './responses.ts'

const SYMBOLS = 2000
const EACH = 10
const YEARS = 1
/** The first minute finds everything due and nothing in memory; the others are what goes on. */
const MINUTES = 3

type Case = { portfolios: number; watched: number; sockets: number }

const pages: Case[] = [1, 10, 100].map((sockets) => ({ portfolios: 1, watched: 1, sockets }))
/**
 * The first two tell what one more costs that nobody looks at, the last two what one costs that somebody does; all
 * of them need all symbols.
 */
type Growth = readonly [few: Case, more: Case, watching: Case]
const growth: Growth = [
  { portfolios: 400, watched: 20, sockets: 0 },
  { portfolios: 2000, watched: 20, sockets: 0 },
  { portfolios: 2000, watched: 200, sockets: 0 },
]
/** `npm run bench -- many 10000`, which takes a quarter of an hour. */
const large: Growth = [
  { portfolios: 1000, watched: 20, sockets: 0 },
  { portfolios: 10_000, watched: 20, sockets: 0 },
  { portfolios: 10_000, watched: 1000, sockets: 0 },
]
/** A day of a market that trades for six and a half hours. */
const SESSION = 390
const ALL = 100_000

/** What the app has counted of each quota of Cloudflare's free plan (web/free-plan.ts), beside the CPU of workerd. */
type Cost = Record<string, number>

/** What a minute of the clock costs, from its cron to the last copy in KV, however many portfolios there are. */
export async function many(ports: Ports, wanted: readonly string[] = []): Promise<void> {
  const grown = wanted.length > 0 ? large : growth
  console.log(`
Many portfolios: ${EACH} of ${SYMBOLS} symbols each, which trade around the clock; each minute all prices move. A
minute is the cron, its messages and all that they set off, as the app itself counts it against the quotas of the free
plan, and the CPU of workerd with its D1 and KV. The mean of the ${MINUTES - 1} minutes after the first. Of prices
alone KV has a copy in half an hour, which is in none of these minutes.
`)
  build()
  const now = Date.now()
  const folder = marketFolder(SYMBOLS, now, YEARS, 'crypto')
  const rows: Record<string, Cost> = {}
  const mosts: Record<string, number> = {}
  try {
    const cases =
      wanted.length > 0 ? [...grown, { portfolios: 1, watched: 1, sockets: 1000 }] : [...pages, ...grown]
    for (const one of cases) {
      const name = nameOf(one)
      const begun = performance.now()
      const { cost, most } = await minute(ports, folder, now, one)
      rows[name] = cost
      console.log(`${name}: measured in ${((performance.now() - begun) / 1000).toFixed(0)} s`)
      Object.assign(mosts, most)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  console.table(rows)
  extrapolate(rows, mosts, grown)
}

function nameOf({ portfolios, watched, sockets }: Case): string {
  return `${portfolios} portfolio${portfolios === 1 ? '' : 's'}, ${watched} watched${sockets ? `, ${sockets} socket${sockets === 1 ? '' : 's'}` : ''}`
}

async function minute(
  ports: Ports,
  folder: string,
  now: number,
  { portfolios, watched, sockets }: Case,
): Promise<{ cost: Cost; most: Record<string, number> }> {
  const yahoo = await serveYahoo(folder)
  const worker = await serve(ports, { yahoo: yahoo.url })
  try {
    await list(worker.db, SYMBOLS, now, YEARS)
    await worker.db
      .prepare("UPDATE instruments SET kind = 'crypto', time_zone = 'UTC', exchange = 'CCC'")
      .run()
    const ids = await portfoliosOf(worker.db, portfolios, watched)
    const pages =
      sockets > 0 ? await open(worker, ids[0]!, await accounts(worker, ids[0]!, sockets), sockets, 0) : []
    await settled()
    const costs: Cost[] = []
    let most: Record<string, number> = {}
    for (let i = 0; i < MINUTES; i++) {
      moved(yahoo, i)
      await worker.db.prepare('UPDATE quotes SET fetched_at = fetched_at - 60000').run()
      const own = await used(worker)
      const before = await used(worker)
      const callsBefore = yahoo.calls.length
      const cpuBefore = cpuOfWorkerd()
      // a minute is claimed once, and several pass here in one of the clock's
      await worker.worker.scheduled({ cron: '* * * * *', scheduledTime: new Date(now + i * 60_000) })
      await settled()
      const cpu = cpuOfWorkerd() - cpuBefore
      const after = await used(worker)
      // reading the counts is counted, too
      const cost = Object.fromEntries(
        Object.keys(after.counts).map((each) => [
          each,
          after.counts[each]! - before.counts[each]! - (before.counts[each]! - own.counts[each]!),
        ]),
      )
      most = after.most
      costs.push({ ...cost, 'calls of the source': yahoo.calls.length - callsBefore, 'CPU, ms': cpu })
    }
    for (const page of pages) page.close()
    const later = costs.slice(1)
    const mean = (each: string) => later.reduce((sum, cost) => sum + cost[each]!, 0) / later.length
    return {
      cost: Object.fromEntries(Object.keys(later[0]!).map((each) => [each, Math.round(mean(each))])),
      most,
    }
  } finally {
    await worker.close()
    await yahoo.close()
  }
}

function moved(yahoo: YahooServer, round: number): void {
  listed(SYMBOLS).forEach((symbol, i) => yahoo.setPrice(symbol, 50 + (i % 90) + round / 10))
}

/** Until workerd has had nothing to do for a second. */
async function settled(): Promise<void> {
  for (let quiet = 0, before = cpuOfWorkerd(); quiet < 4;) {
    await new Promise((resolve) => setTimeout(resolve, 250))
    const now = cpuOfWorkerd()
    quiet = now - before < 10 ? quiet + 1 : 0
    before = now
  }
}

async function used(worker: Served): Promise<{ counts: Cost; most: Record<string, number> }> {
  const { body } = await worker.send('/api/status')
  const { free_plan: plan } = JSON.parse(body) as {
    free_plan: { quotas: { name: string; used: number; most: number }[] }
  }
  return {
    counts: Object.fromEntries(plan.quotas.map(({ name, used: count }) => [name, count])),
    most: Object.fromEntries(plan.quotas.map(({ name, most }) => [name, most])),
  }
}

/** Each buys ten symbols, and so many of them somebody has open. */
async function portfoliosOf(db: D1, count: number, watched: number): Promise<string[]> {
  const ids = Array.from(
    { length: count },
    (_, i) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
  )
  const symbols = listed(SYMBOLS)
  const now = Date.now()
  const insert = async (into: string, values: string, rows: unknown[][]) => {
    for (let from = 0; from < rows.length; from += 5000)
      await db
        .prepare(`INSERT INTO ${into} SELECT ${values} FROM json_each(?)`)
        .bind(JSON.stringify(rows.slice(from, from + 5000)))
        .run()
  }
  const symbolsOf = (i: number) =>
    Array.from({ length: EACH }, (_, k) => symbols[(i * 2 + k * 201) % SYMBOLS]!)
  await insert(
    `portfolios (id, owner_id, name, description, base_currency, benchmarks, cost_basis, created_at, opened_at,
       watched_until)`,
    `value->>0, 'owner', 'One of many', '', 'USD', '[]', 'fifo', 0, ${now}, value->>1`,
    ids.map((id, i) => [id, i < watched ? now + 3_600_000 : 0]),
  )
  await insert(
    'tracked (symbol, portfolio_id)',
    'value->>0, value->>1',
    ids.flatMap((id, i) => symbolsOf(i).map((symbol) => [symbol, id])),
  )
  await insert(
    `transactions (id, portfolio_id, sequence, type, symbol, date, shares, price, fee, amount, note, version, row_key,
       created_at, updated_at)`,
    `value->>0, value->>1, value->>2, 'buy', value->>3, '2025-06-02', '10', '50', '0', '500', '', 1, value->>0, 0, 0`,
    ids
      .slice(0, watched)
      .flatMap((id, i) => symbolsOf(i).map((symbol, k) => [`${id} ${k}`, id, k + 1, symbol])),
  )
  return ids
}

/**
 * What grows with portfolios that nobody looks at, and what with those that somebody does, taken from two pairs of cases;
 * then which quota of the free plan a day's session uses up first.
 */
function extrapolate(rows: Record<string, Cost>, most: Record<string, number>, cases: Growth): void {
  const [few, more, watching] = cases.map((each) => rows[nameOf(each)]!) as [Cost, Cost, Cost]
  const [one, two, three] = cases
  const table: Record<string, Record<string, number | string>> = {}
  for (const each of Object.keys(more)) {
    const idle = Math.max(0, (more[each]! - few[each]!) / (two.portfolios - one.portfolios))
    const watched = (watching[each]! - more[each]!) / (three.watched - two.watched)
    const rest = more[each]! - idle * two.portfolios - watched * two.watched
    const minuteOf = (looking: number) => Math.max(0, rest) + idle * ALL + watched * looking
    const limit = most[each]
    const lasting =
      limit === undefined || watched <= 0
        ? null
        : Math.max(0, (limit / SESSION - Math.max(0, rest)) / watched)
    table[each] = {
      'for each idle one': Number(idle.toFixed(4)),
      'for each watched one': Number(watched.toFixed(2)),
      [`a minute at ${ALL}, 20 watched`]: Math.round(minuteOf(20)),
      [`at ${ALL}, 1000 watched`]: Math.round(minuteOf(1000)),
      'free plan, a day': limit ?? '',
      'lasts for so many watched all session': lasting === null ? '' : Math.floor(lasting),
    }
  }
  console.log(`Extrapolated to ${ALL} portfolios, and ${SESSION} such minutes a day against the free plan:`)
  console.table(table)
  const breaks = Object.entries(table)
    .filter(([, line]) => typeof line['lasts for so many watched all session'] === 'number')
    .toSorted(
      (a, b) =>
        Number(a[1]['lasts for so many watched all session']) -
        Number(b[1]['lasts for so many watched all session']),
    )
  console.log(
    `What breaks first, at so many portfolios watched all session (0: ${SYMBOLS} symbols that always trade are too many): ${breaks[0]![0]}, ${String(breaks[0]![1]['lasts for so many watched all session'])}; then ${breaks[1]![0]}, ${breaks[2]![0]}.`,
  )
}
