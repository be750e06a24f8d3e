import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importCsv, json, request, send, settled } from '../worker/app.ts'
import { NOON, setClock } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'
import { readingOf } from './markup.ts'
import { pageReads, recentTrades, warmReads } from './reads.ts'

// Text that others wrote (a source, a statement, the owner) must come out of every page as text. Each field carries
// these characters and its own name, so that a parser says which of them became markup and which was never shown.

beforeEach(() => setClock())
afterEach(() => setClock())

const HOUR = 3_600_000
const MARK = `<b>&"'`

const fragments = warmReads.filter(([name]) => !/\.json$|data$|^performance|^a figure/.test(name))
const importPage: (typeof pageReads)[number] = ['import page', (id) => `/portfolios/${id}/imports`]

/** What is wrong with the markup of these pages, and all that they say and have in their attributes. */
async function reading(paths: readonly string[]): Promise<{ flaws: string[]; said: string }> {
  const flaws: string[] = []
  const said: string[] = []
  for (const path of paths) {
    const answer = await request(path)
    expect([path, answer.status]).toEqual([path, 200])
    const read = await readingOf(answer)
    flaws.push(...read.flaws.map((flaw) => `${path}: ${flaw}`))
    said.push(read.said)
  }
  return { flaws, said: said.join('\n') }
}

// eslint-disable-next-line typescript/no-explicit-any -- as a script would find it
type Json = any

// ── the snapshot

/** Texts of a snapshot by which it is computed with: codes of our own, amounts, days and ids. */
const CODED =
  /\.(id|owner|actor|price_from|base_currency|currency|cost_basis|dividends|kind|time_zone|status|type|action|subject)$/
const COUNTED = /^(-?\d+(\.\d+)?|\d{4}-\d{2}(-\d{2})?)$/

/** The same snapshot with the mark in each of its texts, symbols and benchmarks included, and where each of them is. */
function marked(snapshot: unknown): { snapshot: unknown; fields: Set<string> } {
  const fields = new Set<string>()
  const walk = (value: unknown, path: string): unknown => {
    if (typeof value === 'string') {
      if (CODED.test(path) || COUNTED.test(value)) return value
      fields.add(path)
      // a symbol is one thing wherever it stands
      return `${MARK}${isSymbol(path) ? value : path}`
    }
    if (Array.isArray(value)) return value.map((each) => walk(each, `${path}[]`))
    if (typeof value !== 'object' || value === null) return value
    const isBySymbol = /\.(benchmarks|benchmark_changes)$/.test(path)
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) =>
        isBySymbol ? [`${MARK}${key}`, walk(each, `${path}.*`)] : [key, walk(each, `${path}.${key}`)],
      ),
    )
  }
  return { snapshot: walk(snapshot, ''), fields }
}

const isSymbol = (path: string) => /symbol$|benchmarks\[\]$|left_out\[\]$/.test(path)

describe('a snapshot whose every text is written like markup', () => {
  it.each([
    ['a refresh that failed', null],
    ['a refresh that waits', 'the source is busy'],
  ])('says all of them in its pages, and none is markup: of %s', async (_, waiting) => {
    const id = await invested(recentTrades, { name: 'Mine', description: 'Savings' })
    const real = (await env.SNAPSHOTS.get<Json>(`snapshot:${id}`, 'json'))!
    const { snapshot, fields } = marked(withEveryText(real, waiting))
    await env.SNAPSHOTS.put(`snapshot:${id}`, JSON.stringify(snapshot))
    // by then the prices are old, and the pages say why there are none that are newer
    setClock(NOON + HOUR)
    const { flaws, said } = await reading(
      [...fragments, ...pageReads, importPage].map(([, path]) => path(id)),
    )
    expect(flaws).toEqual([])
    // the reason of a failure is behind that of waiting
    const hidden = waiting === null ? [] : ['.refresh.failed[].reason']
    const isSaid = (path: string) => said.includes(`${MARK}${path}`)
    expect([...fields].filter((path) => !isSymbol(path) && !isSaid(path))).toEqual(hidden)
    for (const symbol of ['AAPL', 'MSFT', 'KO', 'VOO']) expect(said).toContain(MARK + symbol)
  })
})

/** With a text in each field that a snapshot may have one in. */
function withEveryText(real: Json, waiting: string | null): Json {
  const [first, second] = real.holdings
  const quarantined = { price: '1', currency: 'USD', at: first.price_as_of, reason: 'jumped' }
  const failed = [{ symbol: 'AAPL', reason: 'not found' }]
  return {
    ...real,
    holdings: [
      { ...first, reason: 'refused', quarantined },
      { ...second, symbol: 'KO' },
    ],
    // nobody counts what is sold at a price, so that one that is held is not said of it
    closed: [{ ...second, shares: '0', quarantined: null }],
    missing: [{ symbol: 'MSFT', reason: 'no answer' }],
    refresh: { ...real.refresh, status: 'failed', failed, waiting },
    warnings: ['sold too many'],
  }
}

// ── the rows of D1

const text = (field: string) => `${MARK}${field}`

describe('rows whose every text is written like markup', () => {
  it('are said in the pages, and none of it is markup', async () => {
    const id = await invested(`${recentTrades}KO,Buy,2034-03-02,60,5\n`, { name: 'Before' })
    await importCsv(id, 'Ticker,Type,Date,Price,Shares\nNONE,Buy,2034-03-02,1,1\n')
    await importCsv(id, 'Ticker,Date,Amount\nAAPL,2034-03-15,2.50\n')
    const path = `/api/portfolios/${id}`
    await send(path, { name: text('name'), description: text('description') }, 'PATCH')
    const added = await send(`${path}/transactions`, {
      type: 'deposit',
      date: '2034-05-01',
      amount: '500',
      note: text('first note'),
    })
    const deposit: { id: string } = await added.json()
    await send(`${path}/transactions/${deposit.id}`, { ...deposit, note: text('second note') }, 'PUT')
    await settled(id)

    const held = { price: '900', currency: 'USD', at: NOON, reason: text('held') }
    const failed = [{ symbol: text('failed symbol'), reason: text('failed reason') }]
    const message = JSON.stringify({ kind: 'quotes', symbols: [text('message')], requesters: [] })
    const run = (sql: string, ...values: string[]) => env.DB.prepare(sql).bind(...values)
    await env.DB.batch([
      run("UPDATE transactions SET note = ? WHERE type <> 'deposit'", text('note')),
      run("UPDATE transactions SET symbol = ? WHERE symbol = 'KO'", text('symbol')),
      run('UPDATE instruments SET name = ?, exchange = ?', text('instrument'), text('exchange')),
      run("UPDATE quotes SET held = ? WHERE symbol = 'AAPL'", JSON.stringify(held)),
      run("UPDATE histories SET reason = ? WHERE symbol = 'NONE'", text('reason')),
      run("UPDATE histories SET reason = ? WHERE symbol = 'AAPL'", text('priced reason')),
      run('INSERT INTO histories (symbol, reason) VALUES (?, ?)', text('symbol'), text('own reason')),
      run('UPDATE refreshes SET reason = ?, failed = ?, total = 2', text('refresh'), JSON.stringify(failed)),
      run(
        "UPDATE audit SET after = json_set(after, '$.format', ?) WHERE subject LIKE 'import:%'",
        text('format'),
      ),
      run(
        `INSERT INTO audit (portfolio_id, at, actor, action, subject, after)
         VALUES (?, ${NOON}, 'owner', 'delete', ?, '{}')`,
        id,
        text('subject'),
      ),
      run(`INSERT INTO dead_letters VALUES ('one', ?, ?, ${NOON}, NULL)`, message, text('dead letter')),
      run(
        `INSERT INTO dead_letters VALUES ('two', ?, ?, ${NOON}, NULL)`,
        JSON.stringify(text('no message')),
        text('another'),
      ),
    ])
    await evictDurableObject(env.PORTFOLIO.getByName(id))
    await env.PORTFOLIO.getByName(id).recompute()

    const { transactions } = await json(`${path}/transactions?limit=500`)
    const here = `/portfolios/${id}`
    const { flaws, said } = await reading([
      ...[...fragments, ...pageReads, importPage].map(([, pathOf]) => pathOf(id)),
      `${here}/instruments/NONE`,
      `${here}/settings`,
      ...transactions.map((row: { id: string }) => `${here}/transactions/${row.id}/edit`),
      `${here}/transactions?saved=${deposit.id}`,
      ...['edits', 'imports', 'settings', 'refreshes'].map((view) => `${here}/activity?show=${view}`),
      '/status',
    ])
    expect(flaws).toEqual([])
    const fields = [
      'name',
      'description',
      'first note',
      'second note',
      'note',
      'symbol',
      'instrument',
      'exchange',
    ]
    const reasons = [
      'held',
      'failed symbol',
      'failed reason',
      'reason',
      'priced reason',
      'own reason',
      'refresh',
      'format',
      'subject',
    ]
    const letters = ['dead letter', 'another', 'message', 'no message']
    // of a message that is none of ours the page shows the JSON
    const plain = said.replaceAll(String.raw`\"`, '"')
    const unseen = [...fields, ...reasons, ...letters].filter((field) => !plain.includes(text(field)))
    expect(unseen).toEqual([])
  })
})

// ── what was typed, or is in an address

describe('what is sent to a form or an address, written like markup', () => {
  const post = async (path: string, fields: Record<string, string>, status: number) => {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.set(name, value)
    const answer = await request(path, { method: 'POST', body })
    expect([path, answer.status]).toEqual([path, status])
    return readingOf(answer)
  }
  const marks = (...names: string[]) => Object.fromEntries(names.map((name) => [name, text(name)]))

  it.each([
    ['/portfolios', marks('name', 'benchmarks'), ['benchmarks', 'name']],
    ['/settings', marks('name', 'description', 'benchmarks'), ['benchmarks', 'name', 'description']],
    ['/settings/delete', marks('confirm'), ['confirm']],
    [
      '/transactions',
      { ...marks('symbol', 'date', 'shares', 'price', 'fee', 'amount', 'note'), type: 'buy' },
      ['symbol', 'shares', 'price', 'fee', 'note'],
    ],
    ['/cash-flows', { ...marks('date', 'amount', 'note'), type: 'deposit' }, ['amount', 'note']],
  ])('comes back from %s as it was typed', async (form, typed, shown) => {
    const id = await invested(recentTrades)
    const path = form === '/portfolios' ? form : `/portfolios/${id}${form}`
    const { flaws, said } = await post(path, typed as Record<string, string>, 422)
    expect(flaws).toEqual([])
    const lower = said.toLowerCase()
    expect((shown as string[]).filter((field) => !lower.includes(text(field)))).toEqual([])
  })

  it('comes back from the import, of which it is a row or the whole', async () => {
    const id = await invested(recentTrades)
    const cell = (name: string) => `"${text(name).replaceAll('"', '""')}"`
    const rows = [
      `KO,Buy,2034-03-02,60,5,${cell('note')}`,
      `KO,${cell('type')},2034-03-03,60,5,`,
      `${cell('ticker')},Buy,2034-03-04,60,5,`,
      `KO,Buy,${cell('day')},60,5,`,
      `KO,Buy,2034-03-04,${cell('price')},5,`,
    ]
    const csv = `Ticker,Type,Date,Price,Shares,Note\n${rows.join('\n')}\n`
    const path = `/portfolios/${id}/imports`
    const preview = await post(path, { text: csv, preview: '1' }, 200)
    expect(preview.flaws).toEqual([])
    const imported = await post(path, { text: csv }, 200)
    expect(imported.flaws).toEqual([])
    for (const { said } of [preview, imported])
      expect(['type', 'price'].filter((name) => !said.toLowerCase().includes(text(name)))).toEqual([])
    const unreadable = await post(path, { text: `${cell('column')},${cell('other')}\n1,2\n` }, 422)
    expect(unreadable.flaws).toEqual([])
  })

  it('comes back from an address', async () => {
    const id = await invested(recentTrades)
    const mark = encodeURIComponent(text('asked'))
    const here = `/portfolios/${id}`
    const { flaws } = await reading([
      `${here}?range=${mark}&from=${mark}&to=${mark}`,
      `${here}/transactions?ticker=${mark}&show=${mark}&sort=${mark}&page=${mark}&saved=${mark}`,
      `${here}/transactions/new?ticker=${mark}`,
      `${here}/dividends?year=${mark}&ticker=${mark}&page=${mark}`,
      `${here}/cash-flows?view=${mark}&page=${mark}`,
      `${here}/activity?show=${mark}&before=${mark}`,
      `${here}/instruments/AAPL?range=${mark}`,
    ])
    expect(flaws).toEqual([])
    const lost = await readingOf(await request(`${here}/instruments/${mark}`))
    expect(lost.flaws).toEqual([])
    expect(lost.said.toLowerCase()).toContain(text('asked'))
  })
})
