import { abortAllDurableObjects, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { SHAPE } from '../../src/snapshot/snapshot.ts'
import { forgetBeyond } from '../../src/storage/read-once.ts'
import { json, request, send } from '../worker/app.ts'
import { takeAppLog } from '../worker/app-log.ts'
import { NOON } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'
import { metered } from '../worker/metered.ts'

// Every stored piece of JSON in turn is broken off, of the wrong type or of another version. No page may fail: what
// follows from other rows is made again, what does not is left out and named.

type Row = Record<string, unknown>
/** A year: every page is made again from it, for every piece of JSON. */
const trades = `Ticker,Date,Type,Shares,Price,Amount
TSLA,2034-01-03,Buy,14.245014,$280.08,
QQQ,2034-02-03,Buy,10,$615.50,
QQQ,2034-03-20,Dividend,,,$1.20
QQQ,2034-06-01,Sell,4,$707.00,
`
const HOUR = 3_600_000
const meter = metered()
let id: string
let rows: [table: string, own: Row[]][]
let copies: { name: string; value: string; metadata: unknown }[]
let right: unknown

const broken: [name: string, of: (text: string) => string][] = [
  ['broken off', (text) => text.slice(0, text.length / 2)],
  ['of another type', (text) => (text.startsWith('{') ? '[{}]' : '{"a":7}')],
]

const pages = () => [
  '/',
  '/status',
  '/api/status',
  '/api/portfolios',
  `/api/dashboard-initial-data?portfolio_id=${id}`,
  `/api/dashboard-chart-data?portfolio_id=${id}`,
  ...[
    '',
    '/transactions',
    '/dividends',
    '/cash-flows',
    '/gap?benchmark=VOO',
    '/activity',
    '/settings',
    '/imports',
  ]
    .concat(['/instruments/TSLA', '/chart.json', '/trades.json', '/export/transactions.csv'])
    .map((page) => `/portfolios/${id}${page}`),
]

async function failing(): Promise<string[]> {
  const failed: string[] = []
  for (const path of pages()) {
    const answer = await request(path)
    const text = await answer.text()
    if (answer.status >= 400 || text.includes('undefined')) failed.push(`${answer.status} ${path}`)
  }
  return failed
}

const figures = async () => {
  const { summary, holdings } = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
  return { summary, holdings, chart: await json(`/portfolios/${id}/chart.json`) }
}

/** Everything as it was before the first test, or the tables named, and nothing in memory. */
async function asBefore(tables?: string[]): Promise<void> {
  const known = rows.filter(([table]) => !tables || tables.includes(table))
  await env.DB.batch(
    known.flatMap(([table, own]) =>
      own.map((row) => {
        const names = Object.keys(row)
        const marks = names.map(() => '?').join()
        return env.DB.prepare(`INSERT OR REPLACE INTO ${table} (${names.join()}) VALUES (${marks})`).bind(
          ...Object.values(row),
        )
      }),
    ),
  )
  for (const { name, value, metadata } of copies) await env.SNAPSHOTS.put(name, value, { metadata })
  abortAllDurableObjects()
  forgetBeyond(0)
}

beforeAll(async () => {
  id = await invested(trades, { benchmarks: ['VOO'] })
  const added = await send(`/api/portfolios/${id}/transactions`, {
    type: 'deposit',
    date: '2034-07-03',
    amount: '9',
  })
  const { id: deposit } = (await added.json()) as { id: string }
  await send(`/api/portfolios/${id}/transactions/${deposit}`, null, 'DELETE')
  await send(`/api/portfolios/${id}/transactions`, {
    type: 'split',
    symbol: 'KO',
    date: '2034-07-03',
    ratio: '2:1',
  })
  await env.DB.batch([
    env.DB.prepare('UPDATE quotes SET held = ? WHERE symbol = ?').bind(
      JSON.stringify({ price: '1', currency: 'USD', at: NOON, reason: 'a leap', since: '2034-01-02' }),
      'TSLA',
    ),
    env.DB.prepare(
      `INSERT INTO dead_letters (id, message, reason, at) VALUES ('one', '{"kind":"chart","portfolio":"x"}', 'y', 1)`,
    ),
    env.DB.prepare(`UPDATE refreshes SET failed = '[{"symbol":"TSLA","reason":"busy"}]'`),
    env.DB.prepare(`INSERT OR REPLACE INTO gaps (symbol, lacking) VALUES ('TSLA', '["2034-07-05"]')`),
    env.DB.prepare(`UPDATE portfolios SET dismissed_dividends = '["QQQ@2034-03-10"]'`),
  ])
  await meter.cron(NOON)
  right = await figures()
  const { results } = await env.DB.prepare(
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND name NOT GLOB '*_cf_*' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'd1_*'",
  ).all<{ name: string }>()
  const parents = ['owners', 'portfolios', 'imports']
  const names = [...parents, ...results.map(({ name }) => name).filter((name) => !parents.includes(name))]
  rows = await Promise.all(
    names.map(async (name): Promise<[string, Row[]]> => [
      name,
      (await env.DB.prepare(`SELECT * FROM ${name}`).all<Row>()).results,
    ]),
  )
  const { keys } = await env.SNAPSHOTS.list()
  // an object of an earlier file may have written its own behind its end
  const own = keys.filter(({ name }) => name.includes(id))
  copies = await Promise.all(
    own.map(async ({ name }) => ({
      name,
      ...((await env.SNAPSHOTS.getWithMetadata(name)) as { value: string; metadata: unknown }),
    })),
  )
})
beforeEach(() => asBefore())
afterAll(() => vi.useRealTimers())

/** Each column that has JSON in it. */
function columns(): [table: string, column: string][] {
  return rows.flatMap(([table, own]) =>
    [
      ...new Set(own.flatMap((row) => Object.keys(row).filter((name) => /^[[{]/.test(String(row[name]))))),
    ].map((column): [string, string] => [table, column]),
  )
}

describe('a stored value that is none', () => {
  it('is looked for in every column of JSON', () => {
    expect(
      columns()
        .map((each) => each.join('.'))
        .toSorted(),
    ).toEqual(
      (
        'audit.after audit.before bars.closes cron_claims.note dead_letters.message gaps.lacking ' +
        'headlines.headline imports.rejected instruments.session portfolios.benchmarks portfolios.dismissed_actions portfolios.dismissed_dividends portfolios.own_instruments ' +
        'quotes.held refreshes.failed security_searches.found snapshots.chart snapshots.snapshot tracked_symbols.session transactions.ratio'
      ).split(' '),
    )
  })

  it.each(broken)('in D1, %s, fails no page, no price and no clock', async (_, breaking) => {
    let last = 'snapshots'
    for (const [table, column] of columns()) {
      await asBefore([last, 'snapshots', 'portfolios'])
      last = table
      const [, own] = rows.find(([name]) => name === table)!
      const texts = [...new Set(own.map((row) => row[column]))].filter((text) => typeof text === 'string')
      await env.DB.batch(
        texts.map((text) =>
          env.DB.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${column} = ?`).bind(breaking(text), text),
        ),
      )
      for (const key of await env.SNAPSHOTS.list().then(({ keys }) => keys))
        await env.SNAPSHOTS.delete(key.name)
      expect([table, column, ...(await failing())]).toEqual([table, column])
      const isKept = table !== 'snapshots' || JSON.stringify(await figures()) === JSON.stringify(right)
      expect([table, column, isKept]).toEqual([table, column, true])
      await meter.cron(NOON + HOUR)
      await meter.cron(NOON + 10 * HOUR, '15 22 * * MON-FRI')
      await meter.deliver()
      expect([
        table,
        column,
        ...takeAppLog().filter(
          // a refresh logs how many of its symbols failed
          (line) =>
            /failed|"error"/.test(line.replace('"failed":0', '')) && !line.includes('abortAllDurableObjects'),
        ),
      ]).toEqual([table, column])
    }
  })

  it('in the bars of a year is named, and fetched again after the close', async () => {
    const stored = () => env.DB.prepare("SELECT * FROM bars WHERE symbol = 'TSLA' ORDER BY year").all<Row>()
    const before = (await stored()).results
    await env.DB.prepare(
      "UPDATE bars SET closes = substr(closes, 1, 99) WHERE symbol = 'TSLA' AND year = 2034",
    ).run()
    await env.SNAPSHOTS.delete(`snapshot:${id}`)
    await env.PORTFOLIO.getByName(id).recompute()
    const named =
      'The stored prices of TSLA in 2034 cannot be read. They are fetched again after the next close.'
    expect(await (await request(`/portfolios/${id}`)).text()).toContain(named)
    await meter.cron(NOON + 10 * HOUR, '15 22 * * MON-FRI')
    await meter.deliver()
    expect((await stored()).results).toEqual(before)
  })

  it.each(broken)('in KV, %s, is written again', async (_, breaking) => {
    for (const { name, value, metadata } of copies) {
      await asBefore()
      await env.SNAPSHOTS.put(name, breaking(value), { metadata })
      expect([name, ...(await failing())]).toEqual([name])
      expect(await figures()).toEqual(right)
      const isWritten = () => env.SNAPSHOTS.get(name).then((now) => now !== breaking(value))
      expect(await vi.waitUntil(isWritten, { timeout: 60_000 })).toBe(true)
    }
  })

  it.each([null, {}, { owner: 7 }, { shape: SHAPE, revision: 'x', owner: 'owner', last: {} }])(
    'beside a copy in KV, %j, is not needed',
    async (metadata) => {
      for (const { name, value } of copies) await env.SNAPSHOTS.put(name, value, { metadata })
      expect(await failing()).toEqual([])
      expect(await figures()).toEqual(right)
    },
  )

  it.each([SHAPE - 1, SHAPE + 1])('of shape %i is made again', async (shape) => {
    const other = (text: string) => text.replace(`"shape":${SHAPE}`, `"shape":${shape}`)
    const { value, metadata } = copies.find(({ name }) => name === `snapshot:${id}`)!
    await env.SNAPSHOTS.put(`snapshot:${id}`, other(value), {
      metadata: JSON.parse(other(JSON.stringify(metadata))),
    })
    const stored = env.DB.prepare('UPDATE snapshots SET snapshot = replace(snapshot, ?, ?)')
    await stored.bind(`"shape":${SHAPE}`, `"shape":${shape}`).run()
    expect(await failing()).toEqual([])
    expect(await figures()).toEqual(right)
  })

  it.each([[{}], ['x']])('in an object’s storage, %j, is forgotten', async (value) => {
    for (const [namespace, name] of [
      [env.PORTFOLIO, id],
      [env.MARKET_GATEWAY, 'market'],
    ] as const) {
      // an object that was aborted needs a new stub
      const stub = () => (namespace as DurableObjectNamespace).getByName(name)
      const keys = await runInDurableObject(stub(), (_object, { storage }) =>
        [...storage.kv.list()].map(([key]) => key),
      )
      expect(keys.length).toBeGreaterThan(0)
      for (const key of keys) {
        await asBefore()
        await runInDurableObject(stub(), (_object, { storage }) => storage.kv.put(key, value))
        abortAllDurableObjects()
        expect([key, ...(await failing())]).toEqual([key])
        expect(await figures()).toEqual(right)
        expect((await env.MARKET_GATEWAY.getByName('market').quotes(['KO'])).get('KO')?.status).toBe('ok')
      }
    }
  })
})
