import { env, exports } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cachedChart, cachedSnapshot } from '../../src/storage/snapshots.ts'
import { routeTable } from '../../src/web/access/route-table.ts'
import { money, percent, shares, signedMoney } from '../../src/web/format.ts'
import { HOST, importCsv, json, newPortfolio, request, send, settled, signed } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'

// eslint-disable-next-line typescript/no-explicit-any -- what a script would find in the answer
type Answer = any

beforeEach(() => setClock())
afterEach(() => setClock())

const regions = ['headline', 'chart', 'why', 'holdings', 'allocation', 'recent', 'log', 'freshness']

async function page(path: string, init?: RequestInit): Promise<string> {
  const answer = await request(path, init)
  expect([path, answer.status]).toEqual([path, 200])
  expect(answer.headers.get('content-type')).toContain('text/html')
  return answer.text()
}

/** What a person reads: the text without its tags. */
function words(html: string): string {
  return html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
}

describe('the first run', { shuffle: false }, () => {
  beforeAll(async () => {
    for (const { id } of (await json('/api/portfolios')).portfolios)
      await request(`/api/portfolios/${id}`, { method: 'DELETE' })
  })

  it('/ welcomes, offers a first portfolio and says that the market is invented', async () => {
    const text = await page('/')
    expect(text).toContain('Your first portfolio')
    expect(text).toContain('action="/portfolios"')
    expect(words(text)).toContain('Demo market')
  })

  it('a form that is refused comes back with what was typed and why', async () => {
    const body = new URLSearchParams({
      name: ' ',
      benchmarks: 'VOO, <i>',
      base_currency: 'EUR',
      cost_basis: 'lifo',
    })
    const answer = await request('/portfolios', { method: 'POST', body })
    expect(answer.status).toBe(422)
    const text = await answer.text()
    expect(text).toContain('A portfolio needs a name.')
    expect(text).toContain('“&lt;I&gt;” is not a ticker.')
    expect(text).toContain('value="VOO, &lt;i&gt;"')
    expect(text).toContain('value="EUR"')
    expect((await json('/api/portfolios')).portfolios).toEqual([])
  })

  it('form → import page → result → dashboard', async () => {
    const body = new URLSearchParams({
      name: 'Mine & <yours>',
      benchmarks: 'VOO',
      base_currency: 'USD',
      cost_basis: 'fifo',
    })
    const made = await request('/portfolios', { method: 'POST', body })
    expect(made.status).toBe(303)
    const next = made.headers.get('location')!
    expect(next).toMatch(/^\/portfolios\/[0-9a-f-]{36}\/imports$/)
    expect(await page(next)).toContain('Import into Mine &amp; &lt;yours&gt;')

    const csv = new URLSearchParams({ text: 'Ticker,Type,Date,Price,Shares\nKO,Buy,2034-01-03,60,2\n' })
    const form = new FormData()
    for (const [name, value] of csv) form.set(name, value)
    const result = await page(next, { method: 'POST', body: form })
    const dashboard = next.replace('/imports', '')
    expect(result).toContain(`href="${dashboard}"`)
    await settled(dashboard.split('/')[2]!)
    expect(words(await page(dashboard))).toContain('KO')
  })

  it('or to the form of a first transaction, for who adds by hand', async () => {
    const body = new URLSearchParams({ name: 'By hand', benchmarks: 'VOO', next: 'add' })
    const made = await request('/portfolios', { method: 'POST', body })
    const next = made.headers.get('location')!
    expect(next).toMatch(/^\/portfolios\/[0-9a-f-]{36}\/transactions\/new$/)
    expect((await request(next)).status).toBe(200)
  })

  it('/ then lists the portfolios', async () => {
    const { portfolios } = await json('/api/portfolios')
    const first = await page('/')
    for (const { id } of portfolios) expect(first).toContain(`id="row-${id}"`)
  })

  it('an empty portfolio’s page leads to the import', async () => {
    const id = await newPortfolio({ name: 'Empty' })
    await settled(id)
    const text = await page(`/portfolios/${id}`)
    expect(text).toContain('Empty is empty')
    expect(text).toContain(`href="/portfolios/${id}/imports"`)
  })
})

describe('a portfolio whose last transaction was deleted', () => {
  it('has every region still', async () => {
    const id = await newPortfolio({ benchmarks: ['VOO'] })
    const path = `/api/portfolios/${id}/transactions`
    const added = await send(path, {
      type: 'buy',
      symbol: 'KO',
      date: '2024-03-01',
      shares: '1',
      price: '60',
    })
    const { id: row } = (await added.json()) as { id: string }
    expect((await request(`${path}/${row}`, { method: 'DELETE' })).status).toBe(204)
    for (const region of ['', '/headline', '/chart', '/holdings', '/activity', '/freshness', '/chart.json'])
      expect([region, (await request(`/portfolios/${id}${region}`)).status]).toEqual([region, 200])
  })
})

describe('the dashboard', { shuffle: false }, () => {
  let id: string
  let initial: Answer
  let rows: Answer[]

  beforeAll(async () => {
    id = await invested(undefined, { name: 'Retirement' })
    initial = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
    rows = (await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)).holdings
  })

  it('has the figures of the JSON API in its first answer', async () => {
    const text = words(await page(`/portfolios/${id}`))
    const {
      value,
      invested: putIn,
      dividends,
      benchmarks,
      realized_gain,
      unrealized_gain,
      xirr,
    } = initial.summary
    for (const figure of [value, putIn, dividends]) expect(text).toContain(money(figure, 'USD'))
    for (const figure of [realized_gain, unrealized_gain]) expect(text).toContain(signedMoney(figure, 'USD'))
    // whoever subtracts the two amounts that are shown comes to the gap that is shown: above and in the chart, and of the
    // first benchmark where it is explained and under the holdings
    const cents = (amount: string) => Math.round(Number(amount) * 100)
    for (const [symbol, times] of [
      ['VOO', 4],
      ['QQQ', 2],
    ] as const) {
      const gap = signedMoney(((cents(value) - cents(benchmarks[symbol].value)) / 100).toFixed(2), 'USD')
      expect(text.split(gap)).toHaveLength(times + 1)
    }
    expect(text).toContain(percent(xirr).replace('−', ''))
    expect(text).toContain('Demo market')
  })

  it('has every holding and the recent activity in it', async () => {
    const text = words(await page(`/portfolios/${id}`))
    expect(rows).toHaveLength(3)
    for (const row of rows) {
      for (const figure of [row.symbol, row.name, shares(row.shares), money(row.market_value, 'USD')]) {
        expect(text).toContain(figure)
      }
    }
    expect(text).toContain('Dividend QQQ')
    expect(text).toContain('Sold QQQ')
  })

  it('says how current it is', async () => {
    expect(words(await page(`/portfolios/${id}`))).toMatch(
      /Up to date as of 12:00 New York time .*market open · closes 16:00/,
    )
  })

  it.each(regions)('%s is a fragment of its own: one region, with its own address', async (region) => {
    const text = await page(`/portfolios/${id}/${region}`)
    expect(text).toMatch(new RegExp(`^<section id="${region}"`))
    expect(text).toContain(`data-region="/portfolios/${id}/${region}`)
    for (const other of regions.filter((each) => each !== region)) expect(text).not.toContain(`id="${other}"`)
    expect(text).not.toContain('<html')
  })

  it.each(regions)('%s says in the fragment what it says in the page', async (region) => {
    const text = await page(`/portfolios/${id}/${region}`)
    expect(await page(`/portfolios/${id}`)).toContain(text)
  })

  it('of a range asks for that range’s lines', async () => {
    expect(await page(`/portfolios/${id}?range=1m`)).toContain(
      `data-source="/portfolios/${id}/chart.json?range=1m"`,
    )
    expect(await page(`/portfolios/${id}?range=%22x`)).toContain('chart.json?range=all')
  })

  it('names the other portfolios, for the switcher', async () => {
    await newPortfolio({ name: 'Theirs & <ours>', benchmarks: [] })
    expect(await page(`/portfolios/${id}`)).toContain('Theirs &amp; &lt;ours&gt;')
  })

  it('shows theme and privacy as this browser chose', async () => {
    const text = await page(`/portfolios/${id}`, { headers: { cookie: 'theme=dark; privacy=on' } })
    expect(text).toMatch(/<html[^>]+data-theme="dark"/)
    expect(text).toMatch(/<html[^>]+data-privacy="on"/)
    expect(await page(`/portfolios/${id}`, { headers: { cookie: 'theme="><script>' } })).not.toContain(
      'data-theme',
    )
  })

  it('writes numbers as this browser’s reader does', async () => {
    const headers = { 'accept-language': 'de-DE,de;q=0.9,en;q=0.8' }
    const amount = new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'USD' })
    const german = await page(`/portfolios/${id}`, { headers })
    expect(german).toContain(amount.format(initial.summary.value))
    expect(german).toContain('data-locale="de-DE-u-nu-latn"')
    // and the next one’s again as theirs
    expect(words(await page(`/portfolios/${id}`))).toContain(money(initial.summary.value, 'USD'))
  })

  it('remembers the range of its chart, for this portfolio', async () => {
    const answer = await request(`/portfolios/${id}?from=2034-01-02&to=2034-06-30`)
    const cookie = answer.headers.get('set-cookie')!
    expect(cookie).toContain(`Path=/portfolios/${id};`)
    expect(await answer.text()).toContain('chart.json?from=2034-01-02&amp;to=2034-06-30')
    const again = await page(`/portfolios/${id}`, { headers: { cookie: cookie.split(';')[0]! } })
    expect(again).toContain('chart.json?from=2034-01-02&amp;to=2034-06-30')
    expect(again).toContain('value="2034-01-02"')
    const meddled = { cookie: 'range=from%3D%22%3E%3Cscript%3E' }
    expect(await page(`/portfolios/${id}`, { headers: meddled })).toContain('chart.json?range=all')
  })

  it.each([
    [
      'from=2034-06-30&to=2034-01-02',
      'The start date (2034-06-30) must be before the end date (2034-01-02).',
    ],
    ['from=yesterday', '“yesterday” is not a date such as 2024-03-01.'],
    ['from=2099-01-01', 'The start date (2099-01-01) is after the last day of the chart (2035-03-07).'],
    ['to=1990-01-01', 'The end date (1990-01-01) is before the first day of the chart (2012-01-03).'],
  ])('says why %s is no range, where a reader without script sees it', async (query, sentence) => {
    const answer = await request(`/portfolios/${id}?${query}`)
    expect(answer.headers.get('set-cookie') ?? '').not.toContain('range=')
    const text = await answer.text()
    expect(words(text)).toContain(`${sentence} The whole history is shown.`)
    expect(text).toContain('chart.json?range=all')
    // not within what a phone opens by script alone, and with the dates as they were typed
    expect(text.indexOf('The whole history is shown')).toBeGreaterThan(text.indexOf('</figcaption>'))
    for (const [name, typed] of new URLSearchParams(query))
      expect(text).toMatch(new RegExp(`name="${name}" value="${typed}"`))
  })

  it('shows prices that are too old as cached, each with its mark, and says that newer ones come', async () => {
    // Thursday, an hour after the open
    setClock(Date.parse('2035-03-08T15:30:00Z'))
    const text = words(await page(`/portfolios/${id}`))
    expect(text).toMatch(/Prices from Wed 12:00 New York time , refreshing…/)
    expect(text).toMatch(/AAPL.+?stale/)
    await settled(id)
  })

  it('on a Saturday says that the market is closed and when it opens, and calls nothing stale', async () => {
    setClock(Date.parse('2035-03-09T22:00:00Z'))
    await request(`/portfolios/${id}/refreshes`, { method: 'POST' })
    await settled(id)
    setClock(Date.parse('2035-03-10T17:00:00Z'))
    const text = words(await page(`/portfolios/${id}`))
    expect(text).toMatch(/New York time .*market closed · opens Mon 09:30/)
    expect(text).toContain('Up to date as of')
    expect(text).not.toContain('stale')
  })

  it('a part of it opened by itself leads to the page', async () => {
    const headers = { 'sec-fetch-mode': 'navigate' }
    const answer = await request(`/portfolios/${id}/holdings`, { headers })
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `/portfolios/${id}#holdings`])
  })

  it('tells of many symbols without prices in one line', async () => {
    const many = await newPortfolio({ benchmarks: [] })
    const letters = 'A B C D E F G H I J K L'.split(' ')
    const rows = letters.map((letter) => `NONE${letter},Buy,2034-01-03,1,1`)
    await importCsv(many, `Ticker,Type,Date,Price,Shares\n${rows.join('\n')}\n`)
    const text = words(await page(`/portfolios/${many}/headline`))
    expect(text.match(/(No|Loading) prices for NONEA, NONEB, [A-Z, ]+NONEH and 4 others[:.]/g)).toHaveLength(
      1,
    )
  })

  it('counts thousands as people write them', async () => {
    const rows = Array.from({ length: 1_001 }, (_, i) => `KO,2034-01-03,${i + 1}.00`)
    const many = await invested(`Ticker,Date,Amount\n${rows.join('\n')}\n`)
    expect(words(await page(`/portfolios/${many}/log`))).toContain('Imported 1,001 rows')
    expect(words(await page(`/portfolios/${many}/recent`))).toContain('View all 1,001')
  })

  it('says what the system did', async () => {
    const told = words(await page(`/portfolios/${id}/log`))
    expect(told).toContain('Imported 5 rows')
    expect(told).toContain('Portfolio created')
    expect(told).toMatch(/Updated \d+ prices/)
  })

  it('the Refresh button without script leads back to the page, with script to nothing new', async () => {
    const path = `/portfolios/${id}/refreshes`
    const plain = await request(path, { method: 'POST' })
    expect([plain.status, plain.headers.get('location')]).toEqual([303, `/portfolios/${id}`])
    const scripted = await request(path, { method: 'POST', headers: { 'hx-request': 'true' } })
    expect(scripted.status).toBe(204)
    await settled(id)
  })

  describe('asked again with the ETag it gave', () => {
    it.each([
      ['the page', (of: string) => `/portfolios/${of}`],
      ...regions.map((region) => [region, (of: string) => `/portfolios/${of}/${region}`] as const),
      ['the chart’s lines', (of: string) => `/portfolios/${of}/chart.json`],
      ['the holdings API', (of: string) => `/api/dashboard-holdings-data?portfolio_id=${of}`],
    ] as const)('%s is 304 and empty', async (_, path) => {
      // a reading may have begun a refresh, which would change the page between the two
      await settled(id)
      const first = await request(path(id))
      const etag = first.headers.get('etag')!
      expect(etag).toMatch(/^(W\/)?"[^"]+"$/)
      // Cloudflare makes it weak when it compresses the answer
      for (const asked of [etag, `W/${etag.replace('W/', '')}`]) {
        const second = await request(path(id), { headers: { 'if-none-match': asked } })
        expect([second.status, await second.text()]).toEqual([304, ''])
      }
    })

    it('answers anew after an edit', async () => {
      const path = `/portfolios/${id}/recent`
      const etag = (await request(path)).headers.get('etag')!
      await send(`/api/portfolios/${id}/transactions`, { type: 'fee', date: '2034-01-03', amount: '1' })
      const second = await request(path, { headers: { 'if-none-match': etag } })
      expect(second.status).toBe(200)
      expect(second.headers.get('etag')).not.toBe(etag)
    })
  })
})

describe('every page', () => {
  let id: string
  beforeAll(async () => void (id = await invested('Ticker,Type,Date,Price,Shares\nKO,Buy,2034-01-03,60,2\n')))

  const paths = () => {
    const pages = ['', '/transactions', '/transactions/new', '/imports', '/dividends', '/cash-flows']
    const own = [...pages, '/instruments/KO', '/activity', '/settings']
    return ['/portfolios/new', ...own.map((page) => `/portfolios/${id}${page}`), '/status', '/nothing-here']
  }

  it('allows scripts and styles of its own address only', async () => {
    for (const path of [...paths(), '/api/portfolios', '/healthz']) {
      const policy = (await request(path)).headers.get('content-security-policy')!
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self';")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe-')
    }
  })

  it('has no inline script, style or handler that this would block', async () => {
    for (const path of paths()) {
      const text = await (await request(path)).text()
      expect(text).toContain('<!doctype html>')
      expect(text).not.toMatch(/<script(?![^>]* src=)/)
      expect(text).not.toMatch(/<style|<[^>]+ style=|<[^>]+ on[a-z]+=/)
    }
  })

  it('is not guessed at, framed or told to others', async () => {
    const { headers } = await request('/status')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
  })
})

describe('preferences without script', () => {
  const choose = (fields: Record<string, string>) =>
    request('/preferences', { method: 'POST', body: new URLSearchParams(fields) })

  it('are kept by cookies, and the page they were made on comes back', async () => {
    const answer = await choose({ theme: 'dark', palette: 'blue', privacy: 'on', back: '/status' })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/status'])
    const cookie = answer.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ')
    const text = await page('/status', { headers: { cookie } })
    expect(text).toMatch(/<html[^>]+data-theme="dark" data-palette="blue" data-privacy="on"/)
    expect(text).toMatch(/name="palette" value="blue" checked/)
  })

  it.each(['//evil.test', '/\\evil.test', 'https://evil.test', ''])('never lead to “%s”', async (back) => {
    expect((await choose({ back })).headers.get('location')).toBe('/')
  })

  it('that nobody offered are none', async () => {
    const answer = await choose({ theme: '"><script>', back: '/' })
    expect(answer.headers.getSetCookie().join()).toContain('theme=auto')
  })
})

describe('an address where nothing is', () => {
  it('is a page for people', async () => {
    const answer = await request('/nothing-here')
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('Page not found')
  })

  it('is problem+json for scripts', async () => {
    const answer = await request('/api/nothing-here')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
    expect(await answer.json()).toMatchObject({ status: 404, detail: 'There is nothing at this address.' })
  })
})

describe('a form that another site sent', () => {
  const forms: [string, (id: string) => string, () => BodyInit][] = [
    ['create', () => '/portfolios', () => new URLSearchParams({ name: 'Theirs' })],
    ['refresh', (id) => `/portfolios/${id}/refreshes`, () => new URLSearchParams()],
    [
      'import',
      (id) => `/portfolios/${id}/imports`,
      () => {
        const form = new FormData()
        form.set('text', 'Ticker,Date,Amount\nKO,2034-01-03,1\n')
        return form
      },
    ],
    [
      'script',
      (id) => `/api/portfolios/${id}/transactions`,
      () => '{"type":"deposit","date":"2034-01-03","amount":"1"}',
    ],
  ]

  let id: string
  beforeAll(async () => void (id = await invested()))

  it.each(forms)('%s is refused, and nothing comes of it', async (_, path, body) => {
    const state = async () => [
      (await json('/api/portfolios')).portfolios.length,
      (await json(`/api/portfolios/${id}/transactions`)).transactions.length,
      (await json(`/api/portfolios/${id}/refreshes/latest`)).generation,
    ]
    const before = await state()
    for (const headers of [{ origin: 'https://evil.test' }, { origin: 'null' }, {}] as Record<
      string,
      string
    >[]) {
      const sent = signed(HOST + path(id), { method: 'POST', headers, body: body(), redirect: 'manual' })
      expect((await exports.default.fetch(sent)).status).toBe(403)
    }
    expect(await state()).toEqual(before)
  })
})

describe('the status page', () => {
  it('shows what the API counts', async () => {
    await invested()
    const status = await json('/api/status')
    const text = words(await page('/status'))
    for (const { endpoint, count } of status.upstream)
      expect(text).toMatch(new RegExp(`${endpoint}.*\\b${count}\\b`))
    for (const { symbol } of status.quotes) expect(text).toContain(symbol)
  })
})

// what was read of a text is every reader's (storage/read-once.ts)
it('no page and no endpoint changes what it reads', async () => {
  const id = await invested()
  await settled(id)
  const snapshot = frozen(await cachedSnapshot(env.SNAPSHOTS, id))
  frozen((await cachedChart(env.SNAPSHOTS, id)).chart)
  const paths = Object.keys(routeTable).flatMap((name) => {
    const [method, path] = name.split(' ') as [string, string]
    const own = path.replace(':id', id)
    return method === 'GET' && own !== path && !/[:*]|live/.test(own) ? [own] : []
  })
  const endpoints = Object.keys(routeTable).flatMap((name) => {
    const [method, path] = name.split(' ') as [string, string]
    return method === 'GET' && path.startsWith('/api/dashboard-') ? [`${path}?portfolio_id=${id}`] : []
  })
  expect(paths).toContain(`/portfolios/${id}/chart.json`)
  expect(endpoints).toContain(`/api/dashboard-holdings-data?portfolio_id=${id}`)
  const drawings = ['unit=money', 'unit=drawdown&days=every', 'range=3m', 'from=2022-02-01&width=20']
  const parts = [`regions?of=${regions.join(',')}`, 'holdings?sort=name&dir=asc', 'allocation?tiles=gain']
  const all = [
    ...paths,
    ...endpoints,
    ...drawings.map((drawing) => `/portfolios/${id}/chart.json?${drawing}`),
    ...parts.map((part) => `/portfolios/${id}/${part}`),
  ]
  for (const path of all) expect([path, (await request(path)).status < 500]).toEqual([path, true])
  // all of them read that one
  expect(await cachedSnapshot(env.SNAPSHOTS, id)).toBe(snapshot)
})

/** A value that throws where somebody changes it. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  Object.values(value).forEach(frozen)
  return Object.freeze(value)
}
