import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { handOver } from '../../src/jobs/counters.ts'
import { forgetBeyond } from '../../src/storage/read-once.ts'
import { app } from '../../src/web/app.tsx'
import { anotherAccount } from '../worker/account.ts'
import {
  asStranger,
  HOST,
  importCsv,
  json,
  newPortfolio,
  request,
  send,
  settled,
  signed,
} from '../worker/app.ts'
import { countingEnv, nothing } from '../worker/counting.ts'
import { invested } from '../worker/invested.ts'
import { listen, openSocket } from '../worker/socket.ts'
import { eventually } from '../worker/underway.ts'
import { page, post, words } from './page.ts'
import { computedReads, pageReads, warmReads } from './reads.ts'

const ours = 'Ticker,Type,Date,Price,Shares\nAAPL,Buy,2034-01-03,400,10\nAAPL,Sell,2034-03-01,410,2\n'
const theirs = 'Ticker,Type,Date,Price,Shares\nAAPL,Buy,2034-02-01,420,3\nMSFT,Buy,2034-02-01,700,5\n'

/** One portfolio with the rows of both, a third in euros, and a group of the first two. */
let [one, other, group] = ['', '', '']

const made = async (body: object) => (await (await send('/api/groups', body)).json()) as { id: string }
const performance = (id: string, query = '') => json(`/api/portfolios/${id}/performance${query}`)

/** Makes them; whatever else the account has is somebody else’s from then on. */
async function family(): Promise<void> {
  const heir = crypto.randomUUID()
  await anotherAccount(heir)
  await env.DB.prepare("UPDATE portfolios SET owner_id = ? WHERE owner_id = 'owner'").bind(heir).run()
  one = await invested(ours, { name: 'Broker' })
  other = await invested(theirs, { name: 'Pension' })
  // the clock stands still, and lists begin with the oldest
  await env.DB.prepare('UPDATE portfolios SET created_at = created_at - 1 WHERE id = ?').bind(one).run()
  group = (await made({ name: 'Family', portfolios: [one, other] })).id
}

describe('a group', { shuffle: false }, () => {
  beforeAll(family)

  it('has the figures of one portfolio with the rows of all', async () => {
    const whole = await invested(ours + theirs.split('\n').slice(1).join('\n'), { name: 'Whole' })
    const of = async (id: string) => {
      const { figures, cash, benchmarks, ...rest } = { figures: null, ...(await performance(id)) }
      expect(figures).toBeNull()
      const { value, invested, total_gain, xirr, twr, modified_dietz, dividends, fees } = rest
      return { cash, benchmarks, value, invested, total_gain, xirr, twr, modified_dietz, dividends, fees }
    }
    expect(await of(group)).toEqual(await of(whole))
    const chart = async (id: string) => json(`/api/dashboard-chart-data?portfolio_id=${id}`)
    expect((await chart(group)).value).toEqual((await chart(whole)).value)
    const gap = (await json(`/api/portfolios/${group}/gap?benchmark=VOO`)) as { gap: string; parts: object[] }
    const same = (await json(`/api/portfolios/${whole}/gap?benchmark=VOO`)) as typeof gap
    expect([gap.gap, gap.parts.length]).toEqual([same.gap, same.parts.length])
    await request(`/api/portfolios/${whole}`, { method: 'DELETE' })
  })

  it('names what each portfolio holds of a symbol, and each row its portfolio', async () => {
    const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${group}`)
    const apple = holdings.find(({ symbol }: { symbol: string }) => symbol === 'AAPL')
    expect(apple).toMatchObject({
      shares: '11',
      parts: [
        { portfolio: one, name: 'Broker', shares: '8' },
        { portfolio: other, name: 'Pension', shares: '3' },
      ],
    })
    const { transactions, next } = await json(`/api/portfolios/${group}/transactions?limit=3`)
    expect(transactions.map(({ portfolio }: { portfolio: string }) => portfolio)).toEqual([one, other, other])
    const rest = await json(`/api/portfolios/${group}/transactions?after=${next}`)
    expect(rest.transactions).toMatchObject([{ portfolio: one, date: '2034-01-03' }])
    const [row] = transactions
    expect(await json(`/api/portfolios/${group}/transactions/${row.id}`)).toEqual(row)
  })

  it('shows an edit of a member in the very next answer, and is told while it is open', async () => {
    const open = await listen(group)
    const before = await performance(group)
    const added = await send(`/api/portfolios/${other}/transactions`, {
      type: 'deposit',
      date: '2034-03-01',
      amount: '1000',
    })
    const { id } = (await added.json()) as { id: string }
    const after = await performance(group)
    expect(Number(after.invested)).toBe(Number(before.invested) + 1000)
    await open.heard(({ type }) => type === 'changed')
    await request(`/api/portfolios/${other}/transactions/${id}`, { method: 'DELETE' })
    expect((await performance(group)).invested).toBe(before.invested)
    expect((await json(`/api/dashboard-initial-data?portfolio_id=${group}`)).summary.invested).toBe(
      before.invested,
    )
    open.close()
  })

  it('counts no flow where shares go from one member to the other', async () => {
    const before = await performance(group)
    const out = await send(`/api/portfolios/${one}/transactions`, {
      type: 'transfer_out',
      symbol: 'AAPL',
      date: '2034-04-03',
      shares: '4',
    })
    const arrived = await send(`/api/portfolios/${other}/transactions`, {
      type: 'transfer_in',
      symbol: 'AAPL',
      date: '2034-04-05',
      shares: '4',
    })
    const after = await performance(group)
    for (const figure of ['value', 'invested', 'total_gain', 'unrealized_gain', 'xirr', 'twr', 'benchmarks'])
      expect([figure, after[figure]]).toEqual([figure, before[figure]])
    for (const [id, made] of [[one, out] as const, [other, arrived] as const]) {
      const { id: row } = (await made.json()) as { id: string }
      await request(`/api/portfolios/${id}/transactions/${row}`, { method: 'DELETE' })
    }
  })

  it('is of a past day what its portfolios were', async () => {
    const [a, b, all] = await Promise.all(
      [one, other, group].map((id) => performance(id, '?as_of=2034-02-15')),
    )
    expect(Number(all.value)).toBeCloseTo(Number(a.value) + Number(b.value), 8)
  })

  it('leads to its portfolios as of the same day', async () => {
    const html = await page(`/portfolios/${group}?as_of=2034-02-15`)
    for (const path of [`/portfolios/${one}`, `/portfolios/${other}/instruments/AAPL`])
      expect(html).toContain(`href="${path}?as_of=2034-02-15"`)
    expect(html).not.toMatch(new RegExp(`href="/portfolios/(${one}|${other})"`))
    expect(await page(`/portfolios/${group}?vs=QQQ`)).toContain(`href="/portfolios/${one}"`)
  })

  it('refuses what would change its transactions, and leads to its portfolios', async () => {
    const row = { type: 'deposit', date: '2034-03-01', amount: '1' }
    const answers = await Promise.all([
      send(`/api/portfolios/${group}/transactions`, row),
      importCsv(group, ours),
      send(`/api/portfolios/${group}`, { name: 'x' }, 'PATCH'),
      request(`/api/portfolios/${group}`, { method: 'DELETE' }),
      request(`/api/portfolios/${group}/members`),
      request(`/portfolios/${group}/leave`, { method: 'POST' }),
    ])
    for (const answer of answers) {
      expect(answer.status).toBe(403)
      expect(await answer.text()).toContain('Make the change in one of them')
    }
    const object = env.PORTFOLIO.getByName(group)
    expect(await object.add('owner', row as never, null)).toEqual({ status: 'missing' })
    expect(await env.PORTFOLIO.getByName(one).changeGroup('owner', { name: 'x' }, null)).toEqual({
      status: 'missing',
    })
  })

  it('has every page and every endpoint that reads', async () => {
    for (const [name, path] of [...warmReads, ...computedReads, ...pageReads]) {
      const answer = await request(path(group))
      // its settings are a page of their own
      expect([name, answer.status]).toEqual([name, name === 'settings page' ? 302 : 200])
      await answer.arrayBuffer()
    }
    for (const file of [
      'transactions.csv',
      'dividends.csv',
      'cash-flows.csv',
      'holdings.csv',
      'everything.json',
    ])
      expect((await request(`/portfolios/${group}/export/${file}`)).status).toBe(200)
    for (const program of ['ghostfolio', 'portfolio-performance', 'beancount', 'tax'])
      expect([200, 404]).toContain((await request(`/portfolios/${group}/export/for/${program}`)).status)
    expect(await (await request(`/portfolios/${group}/export/transactions.csv`)).text()).toContain('MSFT')
  })

  it('costs what a portfolio costs: one KV read and one query a region, and no call of an object', async () => {
    for (const [name, path] of warmReads) {
      forgetBeyond(0)
      await handOver(env.DB, Date.now())
      const { env: counting, counts } = countingEnv(env)
      const ctx = createExecutionContext()
      await (await app.fetch(signed(HOST + path(group)), counting, ctx)).arrayBuffer()
      await waitOnExecutionContext(ctx)
      const { kvReads, d1RowsRead, ...rest } = counts
      expect([name, rest]).toEqual([
        name,
        { ...nothing, kvReads: undefined, d1RowsRead: undefined, d1Trips: 1, d1Queries: 1 },
      ])
      expect(kvReads).toBe(/^(chart|trades)\.json|chart-data/.test(name) ? 2 : 1)
      // its members and where their logs end are searched by keys
      expect(d1RowsRead).toBeLessThan(25)
    }
  })
})

describe('the pages of a group', { shuffle: false }, () => {
  beforeAll(family)

  it('show its portfolios, what each holds of a symbol, and nothing to edit', async () => {
    const text = await page(`/portfolios/${group}`)
    expect(text).toContain('id="row-' + one)
    expect(words(text)).toContain('Change this group')
    expect(text).toContain(`/portfolios/${other}/instruments/AAPL`)
    expect(text).not.toContain('transactions/new')
    // a portfolio's own page has none of it
    expect(await page(`/portfolios/${one}`)).not.toContain('Change this group')
  })

  it('lead from its settings to the form of the group, which changes it', async () => {
    const settings = await request(`/portfolios/${group}/settings`)
    expect(settings.headers.get('location')).toBe(`/groups/${group}/settings`)
    expect(await page(`/groups/${group}/settings`)).toContain('value="Family"')
    const fields = { name: 'Ours', base_currency: 'USD', benchmarks: 'VOO', description: '' }
    const none = await post(`/groups/${group}/settings`, fields)
    expect([none.status, words(await none.text())]).toEqual([
      422,
      expect.stringContaining('Choose at least one portfolio'),
    ])
    const body = new URLSearchParams({ ...fields, portfolios: one })
    body.append('portfolios', other)
    const saved = await request(`/groups/${group}/settings`, { method: 'POST', body })
    expect(saved.headers.get('location')).toBe(`/portfolios/${group}`)
    expect(await json(`/api/groups/${group}`)).toMatchObject({
      name: 'Ours',
      benchmarks: ['VOO'],
      portfolios: [one, other],
    })
    await send(`/api/groups/${group}`, { name: 'Family', benchmarks: ['VOO', 'QQQ'] }, 'PATCH')
  })

  it.each(['/groups/new', 'settings'])(
    '%s asks no object, writes nothing, and searches by keys',
    async (path) => {
      await handOver(env.DB, Date.now())
      const { env: counting, counts } = countingEnv(env)
      const ctx = createExecutionContext()
      const address = path === 'settings' ? `/groups/${group}/settings` : path
      const answer = await app.fetch(signed(HOST + address), counting, ctx)
      expect([answer.status, (await answer.text()).includes('name="portfolios"')]).toEqual([200, true])
      await waitOnExecutionContext(ctx)
      const { objectCalls, kvReads, kvWrites, d1RowsWritten, messages } = counts
      expect({ objectCalls, kvReads, kvWrites, d1RowsWritten, messages }).toEqual({
        objectCalls: 0,
        kvReads: 0,
        kvWrites: 0,
        d1RowsWritten: 0,
        messages: 0,
      })
      expect(counts.d1Queries).toBeLessThanOrEqual(4)
      expect(counts.d1RowsRead).toBeLessThan(40)
    },
  )

  it('make one of the portfolios that are chosen, and delete it by its name', async () => {
    const offered = /name="id" value="([^"]+)"/.exec(await page('/groups/new'))![1]!
    const fields = { id: offered, name: 'Mine', base_currency: 'USD', benchmarks: 'VOO', portfolios: one }
    const made = await post('/groups', fields)
    expect(made.headers.get('location')).toBe(`/portfolios/${offered}`)
    const wrong = await post(`/groups/${offered}/delete`, { confirm: 'Other' })
    expect([wrong.status, words(await wrong.text())]).toEqual([
      422,
      expect.stringContaining('is not the name of this group'),
    ])
    expect((await post(`/groups/${offered}/delete`, { confirm: 'Mine' })).headers.get('location')).toBe('/')
    expect((await request(`/portfolios/${offered}`)).status).toBe(404)
  })

  it('begin, for whoever has several portfolios, with the list of them, each with its value, today and a year', async () => {
    const first = await page('/')
    expect(words(first)).toContain('All portfolios')
    for (const [id, name] of [
      [group, 'Family'],
      [one, 'Broker'],
      [other, 'Pension'],
    ])
      expect(first).toMatch(new RegExp(`id="row-${id}".*<a href="/portfolios/${id}">${name}</a>`, 's'))
    expect(first.match(/<svg class="spark"/g)).toHaveLength(3)
    const { summary } = await json(`/api/dashboard-initial-data?portfolio_id=${group}`)
    expect(words(first)).toContain(
      `$${Number(summary.value).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`,
    )
  })

  it('cost one KV read and two queries with that list, however long it is; an edit costs its groups once', async () => {
    const costOf = async () => {
      forgetBeyond(0)
      await handOver(env.DB, Date.now())
      const { env: counting, counts } = countingEnv(env)
      const ctx = createExecutionContext()
      await (await app.fetch(signed(`${HOST}/`), counting, ctx)).text()
      await waitOnExecutionContext(ctx)
      const { kvReads, d1Queries, objectCalls, kvWrites, d1RowsWritten, messages } = counts
      return { kvReads, d1Queries, objectCalls, written: kvWrites + d1RowsWritten + messages }
    }
    await page('/')
    const kept = { kvReads: 1, d1Queries: 2, objectCalls: 0, written: 0 }
    expect(await costOf()).toEqual(kept)
    const more = [
      await made({ name: 'A', portfolios: [one] }),
      await made({ name: 'B', portfolios: [other] }),
    ]
    expect(await costOf()).toEqual(kept)
    const row = { type: 'deposit', date: '2034-03-01', amount: '1000' }
    const added = await send(`/api/portfolios/${one}/transactions`, row)
    // all portfolios, Family and A; B has nothing to do with it
    expect(await costOf()).toMatchObject({ kvReads: 1, d1Queries: 3, objectCalls: 3 })
    expect(await costOf()).toMatchObject(kept)
    const { id: deposit } = (await added.json()) as { id: string }
    await request(`/api/portfolios/${one}/transactions/${deposit}`, { method: 'DELETE' })
    for (const { id } of more) await request(`/api/groups/${id}`, { method: 'DELETE' })
  })

  it('sort that list by each of its columns, groups ahead', async () => {
    const orderBy = async (sort: string) =>
      [...(await page(`/?sort=${sort}`)).matchAll(/<tr id="row-([^"]+)"/g)].map(([, id]) => id)
    expect(await orderBy('name')).toEqual([group, one, other])
    expect(await orderBy('-name')).toEqual([group, other, one])
    const values = await Promise.all([one, other].map(async (id) => Number((await performance(id)).value)))
    const larger = values[0]! > values[1]! ? [one, other] : [other, one]
    expect(await orderBy('-value')).toEqual([group, ...larger])
    expect(await orderBy('value')).toEqual([group, ...larger.toReversed()])
    for (const odd of ['lead', '-today', 'constructor', '%00']) expect(await orderBy(odd)).toHaveLength(3)
    expect(await page('/?sort=-value')).toMatch(/aria-sort="descending"><a href="\/\?sort=value">/)
  })

  it('lead from the list of a past day to that day of all portfolios', async () => {
    const answer = await request('/?as_of=2034-02-15')
    const all = new URL(answer.headers.get('location')!, HOST)
    expect([answer.status, all.pathname, all.search]).toEqual([302, '/portfolios/all', '?as_of=2034-02-15'])
  })

  it('name every portfolio and group in the menu, with its value and its day', async () => {
    const text = await page(`/portfolios/${one}`)
    const menu = /<nav aria-label="Portfolios">(.*?)<\/nav>/s.exec(text)![1]!
    expect(words(menu)).toMatch(
      /All portfolios \$[\d,.]+ [+−]?[\d.]+%.*Family \$.*Broker \$.*Pension \$.*New group/,
    )
  })

  it('lead whoever has a single portfolio to it', async () => {
    const carol = await anotherAccount('carol')
    const as = (path: string, init: RequestInit = {}) =>
      asStranger(path, { ...init, headers: { ...carol, 'content-type': 'application/json' } })
    const own = await as('/api/portfolios', { method: 'POST', body: '{"name":"Hers"}' })
    const { id } = (await own.json()) as { id: string }
    expect((await as('/')).headers.get('location')).toBe(`/portfolios/${id}`)
    expect((await as('/portfolios/all')).status).toBe(404)
    expect(((await (await as('/api/groups')).json()) as { groups: object[] }).groups).toEqual([])
  })
})

describe('the groups of an account', { shuffle: false }, () => {
  beforeAll(family)

  it('have targets of their own, and say what new money buys', async () => {
    const { id } = await made({ name: 'Targets', portfolios: [one, other], benchmarks: ['VOO'] })
    const path = `/portfolios/${id}/targets`
    expect(await page(path)).toContain(`action="/groups/${id}/targets"`)
    const saved = await post(`/groups/${id}/targets`, { targets: 'VOO 70' })
    expect([saved.status, saved.headers.get('location')]).toEqual([303, path])
    const found = await json(`/api${path}?amount=100`)
    const { value } = await performance(id)
    expect(Number(found.total)).toBeCloseTo(Number(value) + 100, 8)
    expect(found).toMatchObject({ targets: 'VOO 70', cash: { target: 0.3 } })
    // a program names them as it does a portfolio's
    expect(await json(`/api/groups/${id}`)).toMatchObject({ targets: 'VOO 70' })
    const patched = await send(`/api/groups/${id}`, { targets: 'kind: etf 60' }, 'PATCH')
    expect(await patched.json()).toMatchObject({ name: 'Targets', targets: 'kind: ETFs 60' })
    const odd = await send(`/api/groups/${id}`, { targets: 'VOO 70, QQQ 31' }, 'PATCH')
    expect([odd.status, await odd.text()]).toEqual([422, expect.stringContaining('more than 100 %')])
    expect(await (await send(`/api/groups/${id}`, { targets: null }, 'PATCH')).json()).toMatchObject({
      targets: null,
    })
    expect(await json(`/api${path}`)).toEqual({ targets: null })
    // it is none of a portfolio's
    expect((await post(`/portfolios/${id}/targets`, { targets: 'VOO 10' })).status).toBe(403)
    expect((await post(`/groups/${one}/targets`, { targets: 'VOO 10' })).status).toBe(404)
  })

  it('are made, renamed, given other portfolios and another currency, and deleted', async () => {
    const own = await made({ name: 'One', portfolios: [one], base_currency: 'EUR', benchmarks: ['QQQ'] })
    expect(own).toMatchObject({
      kind: 'group',
      name: 'One',
      base_currency: 'EUR',
      benchmarks: ['QQQ'],
      portfolios: [one],
    })
    await settled(own.id)
    const inEuros = await performance(own.id)
    expect(inEuros.value).not.toBeNull()
    expect(Object.keys(inEuros.benchmarks)).toEqual(['QQQ'])
    const changed = await send(
      `/api/groups/${own.id}`,
      { name: 'Two', portfolios: [one, other], base_currency: 'USD' },
      'PATCH',
    )
    expect(await changed.json()).toMatchObject({ name: 'Two', portfolios: [one, other], benchmarks: ['QQQ'] })
    expect((await performance(own.id)).value).toBe((await performance(group)).value)
    expect((await request(`/api/groups/${own.id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await request(`/api/portfolios/${own.id}/performance`)).status).toBe(404)
  })

  it('count cash in another currency at each day’s rate', async () => {
    const euros = await newPortfolio({ name: 'Euros', base_currency: 'EUR' })
    const { id } = await made({ name: 'With euros', portfolios: [euros] })
    await send(`/api/portfolios/${euros}/transactions`, {
      type: 'deposit',
      date: '2034-02-01',
      amount: '1000',
    })
    await performance(id)
    await settled(id)
    const [then, later, now] = await Promise.all(
      ['?as_of=2034-02-01', '?as_of=2034-03-01', ''].map(async (day) => performance(id, day)),
    )
    expect([then.invested, later.invested, now.invested]).toEqual([then.value, then.value, then.value])
    expect(new Set([then.value, later.value, now.value]).size).toBe(3)
    const { rows, totals } = await json(`/api/portfolios/${id}/cash-flows`)
    expect(rows.map(({ type }: { type: string }) => type)).toEqual(['deposit', 'currency'])
    expect(Number(totals.currency)).toBeCloseTo(Number(now.value) - Number(then.value), 8)
    expect(words(await page(`/portfolios/${id}/cash-flows`))).toContain('Exchange rates on cash')
    await request(`/api/groups/${id}`, { method: 'DELETE' })
    await request(`/api/portfolios/${euros}`, { method: 'DELETE' })
  })

  it('say in a sentence what is wrong with one', async () => {
    const wrong = async (body: object) =>
      ((await (await send('/api/groups', body)).json()) as { detail: string }).detail
    expect(await wrong({ name: '', portfolios: [one] })).toContain('a group needs a name')
    expect(await wrong({ name: 'x' })).toContain('choose at least one portfolio')
    expect(await wrong({ name: 'x', portfolios: ['nobody’s'] })).toContain(
      '“nobody’s” is not the id of a portfolio',
    )
    expect(await wrong({ name: 'x', portfolios: [group] })).toContain('is not the id of a portfolio')
    expect(await wrong({ name: 'x', portfolios: [one], base_currency: 'GBX' })).toContain('use GBP')
    expect(await wrong({ name: 'x', portfolios: [one], base_currency: 'EUQ' })).toContain(
      '“EUQ” is not a currency code such as USD',
    )
  })

  it('have one of all portfolios for whoever has two, which is always there', async () => {
    const { groups } = await json('/api/groups')
    expect(groups[0]).toMatchObject({ kind: 'all', name: 'All portfolios', portfolios: [one, other] })
    expect(await json('/api/groups/all')).toEqual(groups[0])
    expect((await performance('all')).value).toBe((await performance(group)).value)
    expect((await request('/portfolios/all')).headers.get('location')).toContain(
      `/portfolios/${groups[0].id}`,
    )
    const refused = await request('/api/groups/all', { method: 'DELETE' })
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('always there')])
    // lists begin with the oldest
    vi.setSystemTime(Date.now() + 1000)
    const third = await newPortfolio({ name: 'Third' })
    expect((await json('/api/groups/all')).portfolios).toEqual([one, other, third])
    await request(`/api/portfolios/${third}`, { method: 'DELETE' })
    expect((await json('/api/groups/all')).portfolios).toEqual([one, other])
    const { env: counting, counts } = countingEnv(env)
    await app.fetch(signed(`${HOST}/api/groups`), counting, createExecutionContext())
    expect(counts).toMatchObject({ kvReads: 0, d1Queries: 2, objectCalls: 0 })
    // portfolios are listed without them
    expect((await json('/api/portfolios')).portfolios).toHaveLength(2)
  })
})

describe('who may see a group', { shuffle: false }, () => {
  beforeAll(family)

  it('is its owner alone, and only what its owner may see is in it, from the next reading on', async () => {
    const bob = await anotherAccount('bob')
    const as = (path: string, init: RequestInit = {}) =>
      asStranger(path, { ...init, headers: { ...bob, 'content-type': 'application/json' } })
    for (const path of [
      `/portfolios/${group}`,
      `/api/groups/${group}`,
      `/api/portfolios/${group}/performance`,
    ])
      expect((await as(path)).status).toBe(404)
    // bob is let in to one of them, and has it in a group with one of his own
    await env.DB.prepare(
      "INSERT INTO members (portfolio_id, account_id, role, created_at) VALUES (?, 'bob', 'viewer', 0)",
    )
      .bind(one)
      .run()
    const mine = await as('/api/portfolios', { method: 'POST', body: '{"name":"Mine"}' })
    const { id: own } = (await mine.json()) as { id: string }
    const grouped = await as('/api/groups', {
      method: 'POST',
      body: JSON.stringify({ name: 'Both', portfolios: [own, one] }),
    })
    const { id: both, portfolios } = (await grouped.json()) as { id: string; portfolios: string[] }
    expect(portfolios.toSorted()).toEqual([own, one].toSorted())
    const value = async () =>
      ((await (await as(`/api/portfolios/${both}/performance`)).json()) as { value: string }).value
    expect(await value()).toBe((await performance(one)).value)
    expect(await (await as(`/portfolios/${both}/holdings`)).text()).toContain('AAPL')
    const open = await openSocket(both, '', bob)
    await env.PORTFOLIO.getByName(both).snapshot('bob', false)

    await request(`/api/portfolios/${one}/members/bob`, { method: 'DELETE' })
    await open.heard(({ type }) => type === 'changed')
    expect(await (await as(`/portfolios/${both}/holdings`)).text()).not.toContain('AAPL')
    expect(await value()).toBe('0')
    expect(
      ((await (await as(`/api/groups/${both}`)).json()) as typeof grouped & { portfolios: string[] })
        .portfolios,
    ).toEqual([own])
    const { transactions } = (await (await as(`/api/portfolios/${both}/transactions`)).json()) as {
      transactions: object[]
    }
    expect(transactions).toEqual([])
    // whoever signs out sees no group either
    await as('/account/sign-out-everywhere', { method: 'POST' })
    expect(await open.closed).toBe(4401)
  })

  it('has its open pages told that a portfolio was deleted', async () => {
    const third = await newPortfolio({ name: 'Third' })
    const { id } = await made({ name: 'With a third', portfolios: [one, third] })
    const open = await listen(id)
    const heard = open.signals.length
    await request(`/api/portfolios/${third}`, { method: 'DELETE' })
    await eventually(() =>
      expect(open.signals.slice(heard).some(({ type }) => type === 'changed')).toBe(true),
    )
    open.close()
    await request(`/api/groups/${id}`, { method: 'DELETE' })
  })
})
