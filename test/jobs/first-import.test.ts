import { evictAllDurableObjects } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { MOST_CALLS } from '../../src/market/http/call-budget.ts'
import { HOST, json, newPortfolio, setFault } from '../worker/app.ts'
import { DAY, NOON, setClock } from '../worker/clock.ts'
import { type Invocation, invocations } from '../worker/invocations.ts'
import { invented, listInvented, purchases } from '../worker/listings.ts'
import { BATCH } from '../worker/metered.ts'
import { printTable } from '../worker/table.ts'
import { widestRows } from '../worker/widest-rows.ts'

// A free Worker, and each of its objects, may ask D1 fifty times and anything fifty times in one invocation. The local
// platform counts neither. 55 tickers and two benchmarks are imported here, and the evening after is lived through.

/** Of the fifty, some are left for what the platform counts and we do not, such as redirects. */
const MOST = 40
const WIDEST = 2_000_000
const MINUTE = 60_000
const meter = invocations()
const { made, sent } = meter
const printed: (string | number)[][] = [
  ['invocation', 'times', 'subrequests', 'D1 queries', 'external calls'],
]

beforeAll(() => {
  setClock()
  listInvented()
})
afterEach(() => setFault(null))
afterAll(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  printTable(`The most that one invocation asks (≤ ${MOST}, ${MOST} and ${MOST_CALLS})`, printed)
})

const subrequests = ({ counts, external }: Invocation) =>
  counts.kvReads + counts.kvWrites + counts.d1Trips + counts.objectCalls + counts.messages + external.length

/** Holds each invocation since the last time to the budget, and answers them. */
function withinBudget(title: string): Invocation[] {
  const all = made.splice(0)
  for (const [name, some] of Map.groupBy(all, (each) => each.name)) {
    const most = (of: (each: Invocation) => number) => Math.max(...some.map(of))
    printed.push([
      `${title}: ${name}`,
      some.length,
      most(subrequests),
      most(({ counts }) => counts.d1Queries),
      most(({ external }) => external.length),
    ])
  }
  const beyond = all.filter(
    (each) => subrequests(each) > MOST || each.counts.d1Queries > MOST || each.external.length > MOST_CALLS,
  )
  expect(beyond).toEqual([])
  return all
}

/** The symbols whose charts were asked for, each as often as it was. */
const charted = (all: readonly Invocation[]) =>
  all.flatMap(({ external }) => external.flatMap((url) => /\/chart\/([^?]+)/.exec(url)?.[1] ?? []))

async function imported(symbols: readonly string[]): Promise<string> {
  const id = await newPortfolio({ name: 'First import' })
  const answer = await meter.request(`/api/portfolios/${id}/imports`, {
    method: 'POST',
    body: purchases(symbols, '2025-03-03'),
    headers: { 'content-type': 'text/csv', origin: HOST },
  })
  expect(answer.status).toBe(201)
  return id
}

const latest = (id: string) => json(`/api/portfolios/${id}/refreshes/latest`)

// what all of them import is there in the evening
describe('the first import of 57 symbols', { shuffle: false }, () => {
  const symbols = invented(55)
  let id: string

  it('asks for each chart once, and no invocation for more than a free Worker may', async () => {
    id = await imported(symbols)
    await meter.deliver()
    const all = withinBudget('import')
    expect(charted(all).toSorted()).toEqual([...symbols, 'QQQ', 'VOO'].toSorted())
    expect(await latest(id)).toMatchObject({ status: 'done', failed: [] })
  })

  it('shows a price of each before their histories have come, and says that the total is provisional', async () => {
    const others = invented(100).slice(83)
    const own = await imported(others)
    await meter.deliver(1)
    // a batch, of which one brings all prices
    const first = charted(made.splice(0))
    expect(first.toSorted()).toEqual(others.slice(0, BATCH - 1))
    const initial = async () => json(`/api/dashboard-initial-data?portfolio_id=${own}&revision=999`)
    const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${own}&revision=999`)
    expect(holdings.map((row: { price_from: string }) => row.price_from)).toEqual(others.map(() => 'market'))
    expect((await initial()).warnings).toEqual([
      expect.stringMatching(
        /^The total is provisional: splits are still being fetched, of (INV\d\d(, |…$)){3}/,
      ),
    ])
    await meter.deliver()
    expect((await initial()).warnings).toEqual([])
    expect(await latest(own)).toMatchObject({ status: 'done', failed: [], total: 17 })
    withinBudget('import whose prices come first')
  })

  it('of a source that fails, too, retries included', async () => {
    const others = invented(67).slice(55)
    const own = await imported(others)
    // when the prices that came with the question whether there are such tickers are too old
    setClock(NOON + 10_000)
    await setFault({ kind: '500' })
    await meter.deliver(2)
    await setFault(null)
    setClock(NOON + 40 * MINUTE)
    await meter.deliver()
    const all = withinBudget('import while the source fails')
    // an attempt and another, until the circuit opens
    expect(Math.max(...all.map(({ external }) => external.length))).toBeGreaterThanOrEqual(2)
    expect(await latest(own)).toMatchObject({ status: 'done', failed: [] })
  })

  it('makes no row as wide as production refuses', async () => {
    expect(await tooWide()).toEqual([])
  })

  it('a batch that is killed half-way fetches nothing twice, though its desks are gone as well', async () => {
    setClock(NOON + DAY)
    const symbols = invented(83).slice(67)
    const id = await imported(symbols)
    const messages = sent.map((each) => ({ ...each }))
    setClock(NOON + DAY + 1000)
    await meter.deliver(1)
    const before = charted(made.splice(0))
    expect(before.length).toBeGreaterThan(0)
    // nothing was acknowledged, and a deployment has ended the objects
    sent.splice(0, Infinity, ...messages.map((each) => ({ ...each, attempts: 2 })))
    await evictAllDurableObjects()
    await meter.deliver()
    const after = charted(withinBudget('a killed batch'))
    expect([...before, ...after].toSorted()).toEqual([...new Set([...before, ...after])].toSorted())
    expect(after.length).toBeGreaterThan(0)
    expect(await latest(id)).toMatchObject({ status: 'done', failed: [] })
  })

  it('the evening’s run stays within the same, with gaps to fill and charts to make, and the minutes after it', async () => {
    const evening = Date.parse('2035-03-08T22:15:00Z')
    setClock(evening)
    // a year of a few is lost
    await env.DB.prepare(
      "UPDATE bars SET closes = '[]' WHERE year = 2030 AND symbol IN ('INV1', 'INV2', 'INV3')",
    ).run()
    await meter.cron('15 22 * * MON-FRI', evening)
    await meter.deliver()
    for (let minute = 1; minute <= 6; minute++) {
      setClock(evening + minute * MINUTE)
      await meter.cron('* * * * *', evening + minute * MINUTE)
      await meter.deliver()
    }
    const all = withinBudget('evening')
    const asked = charted(all)
    expect(asked.toSorted()).toEqual([...invented(100), 'QQQ', 'VOO'].toSorted())
    expect(all.some(({ name }) => name === 'PortfolioCoordinator.afterTheClose')).toBe(true)
    expect(await tooWide()).toEqual([])
  })
})

const tooWide = async () => (await widestRows()).filter(({ bytes }) => bytes > WIDEST)
