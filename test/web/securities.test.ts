import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  asStranger,
  importCsv,
  json,
  newPortfolio,
  request,
  send,
  setFault,
  upstreamCalls,
} from '../worker/app.ts'
import { DAY, NOON, setClock } from '../worker/clock.ts'

let now = NOON
// each a day later, with an allowance of its own
const nextDay = () => setClock((now += DAY))

beforeAll(async () => {
  await setFault(null)
  nextDay()
})
afterAll(async () => {
  await setFault(null)
  vi.useRealTimers()
})

const search = (typed: string) => json(`/api/securities?q=${encodeURIComponent(typed)}`)
const symbols = async (typed: string) =>
  ((await search(typed)) as { securities: { symbol: string }[] }).securities.map(({ symbol }) => symbol)

describe('a search', () => {
  it('finds a security by its name, with its exchange and its currency', async () => {
    nextDay()
    const { securities, source, reason } = await search('sap se')
    expect(securities).toContainEqual({
      symbol: 'SAP.DE',
      name: 'SAP SE',
      kind: 'equity',
      exchange: 'XETRA',
      currency: 'EUR',
    })
    expect([source, reason]).toEqual(['the demo market', null])
  })
  it('finds a class of shares and a coin as brokers spell them', async () => {
    nextDay()
    expect(await symbols('BRK.B')).toContain('BRK-B')
    expect(await symbols('btc')).toContain('BTC-USD')
  })
  it('asks the source once for the same text, and again after a week', async () => {
    nextDay()
    await search('coca')
    const before = await upstreamCalls()
    expect(await symbols(' Coca ')).toEqual(['KO'])
    expect(await upstreamCalls()).toEqual(before)
    setClock((now += 8 * DAY))
    await search('coca')
    expect((await upstreamCalls()).search).toBe(before.search! + 1)
  })
  it('asks the source five times a minute at most, and says so', async () => {
    nextDay()
    const before = (await upstreamCalls()).search ?? 0
    const answers = []
    for (const typed of ['disn', 'walm', 'exxo', 'visa', 'home', 'proc'])
      answers.push(((await search(typed)) as { reason: string | null }).reason === null)
    expect(answers).toEqual([true, true, true, true, true, false])
    expect((await upstreamCalls()).search).toBe(before + 5)
  })
  it('finds what is stored while the source is down, and what was found before', async () => {
    nextDay()
    await search('netfli')
    await env.DB.prepare(
      "INSERT OR IGNORE INTO instruments VALUES ('GLDX', 'Gold', 'USD', 'etf', 'NYSEArca', 'America/New_York', NULL)",
    ).run()
    setClock((now += 8 * DAY))
    await setFault({ kind: '429' })
    const { securities, reason } = await search('GLDX')
    expect(securities).toEqual([
      { symbol: 'GLDX', name: 'Gold', kind: 'etf', exchange: 'NYSEArca', currency: 'USD' },
    ])
    expect(reason).not.toBeNull()
    expect(await symbols('netfli')).toEqual(['NFLX'])
    await setFault(null)
  })
  it('is a page of its own, and a list of options for a field', async () => {
    nextDay()
    const page = await (await request('/securities?q=coca')).text()
    expect(page).toContain('Find a security')
    expect(page).toContain('The Coca-Cola Company')
    const options = await request('/securities?q=coca', { headers: { 'hx-request': 'true' } })
    expect(await options.text()).toMatch(/^<li role="option" data-symbol="KO">/)
  })
  it('needs somebody who is signed in', async () => {
    expect((await asStranger('/api/securities?q=coca')).status).toBe(401)
  })
})

describe('the form of a transaction', { shuffle: false }, () => {
  let id: string
  beforeAll(async () => {
    nextDay()
    id = await newPortfolio({ benchmarks: ['VOO'] })
  })

  const post = (fields: Record<string, string>) =>
    request(`/portfolios/${id}/transactions`, {
      method: 'POST',
      body: new URLSearchParams({ type: 'buy', date: '2034-01-04', shares: '1', price: '100', ...fields }),
    })
  const booked = async (): Promise<string[]> => {
    const { transactions } = await json(`/api/portfolios/${id}/transactions`)
    return transactions.map((row: { symbol: string }) => row.symbol)
  }

  it('books a class of shares as the source spells it', async () => {
    expect((await post({ symbol: 'brk.b' })).status).toBe(303)
    expect(await booked()).toEqual(['BRK-B'])
  })
  it('asks before it books what the source does not know, and insists only with the tick', async () => {
    const asked = await post({ symbol: 'NOPENOPE' })
    expect(asked.status).toBe(422)
    const page = await asked.text()
    expect(page).toContain('The demo market knows no NOPENOPE. Book it anyway?')
    expect(await booked()).not.toContain('NOPENOPE')
    // a tick beside another ticker says nothing of this one
    expect((await post({ symbol: 'NOPENOPE', asked: 'OTHER', insist: 'yes' })).status).toBe(422)
    expect((await post({ symbol: 'NOPENOPE', asked: 'NOPENOPE', insist: 'yes' })).status).toBe(303)
    expect(await booked()).toContain('NOPENOPE')
  })
  it('offers what is alike, with the close of the day, and remembers the choice', async () => {
    await env.DB.prepare(
      `INSERT OR REPLACE INTO instruments VALUES
        ('ZORR.L', 'Zorro plc', 'GBP', 'equity', 'LSE', 'Europe/London', NULL),
        ('ZORR.DE', 'Zorro plc', 'EUR', 'equity', 'XETRA', 'Europe/Berlin', NULL)`,
    ).run()
    // the fourth day of the year
    await env.DB.prepare("INSERT OR REPLACE INTO bars VALUES ('ZORR.L', 2034, '[[4,98.5]]')").run()
    const page = await (await post({ symbol: 'ZORR' })).text()
    expect(page).toMatch(/value="ZORR.DE"/)
    expect(page).toMatch(/value="ZORR.L".*?closed at 98.5 on/s)
    expect((await post({ symbol: 'ZORR', asked: 'ZORR', chosen: 'ZORR.L' })).status).toBe(303)
    expect((await post({ symbol: 'zorr', shares: '2' })).status).toBe(303)
    expect((await booked()).filter((symbol) => symbol === 'ZORR.L')).toHaveLength(2)
  })
  it('books what was typed while the source is down', async () => {
    nextDay()
    await setFault({ kind: '429' })
    expect((await post({ symbol: 'WHOKNOWS' })).status).toBe(303)
    await setFault(null)
    expect(await booked()).toContain('WHOKNOWS')
  })
  it('says of a ticker that a script booked that the source does not know it', async () => {
    nextDay()
    const buy = { type: 'buy', date: '2034-01-05', shares: '1', price: '10' }
    const path = `/api/portfolios/${id}/transactions`
    const unknown = await send(path, { ...buy, symbol: 'NADA' })
    expect(unknown.status).toBe(201)
    expect(await unknown.json()).toMatchObject({
      symbol: 'NADA',
      unknown_symbol: true,
      warnings: ['the demo market knows no NADA'],
    })
    const known = (await (await send(path, { ...buy, symbol: 'KO' })).json()) as object
    expect(Object.keys(known)).not.toContain('unknown_symbol')
  })
  it('is refused before it is booked where a script asks for that', async () => {
    nextDay()
    const path = `/api/portfolios/${id}/transactions`
    const buy = { type: 'buy', date: '2034-01-05', shares: '1', price: '10' }
    const refused = await send(path, { ...buy, symbol: 'NADITA', unknown_symbol: 'refuse' })
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({
      detail: 'The demo market knows no NADITA. Nothing was booked.',
      unknown_symbol: true,
    })
    expect(await booked()).not.toContain('NADITA')
    expect((await send(path, { ...buy, symbol: 'KO', unknown_symbol: 'refuse' })).status).toBe(201)
    expect((await send(path, { ...buy, symbol: 'KO', unknown_symbol: 'maybe' })).status).toBe(422)
  })
  it('says the same of one that a script changes, and of the ticker that shares become', async () => {
    nextDay()
    const path = `/api/portfolios/${id}/transactions`
    const buy = { type: 'buy', date: '2034-01-06', shares: '1', price: '10' }
    const { id: row } = (await (await send(path, { ...buy, symbol: 'KO' })).json()) as { id: string }
    const changed = await request(`${path}/${row}`, {
      method: 'PUT',
      body: JSON.stringify({ ...buy, symbol: 'NADIE', version: 1 }),
      headers: { 'content-type': 'application/json' },
    })
    expect(await changed.json()).toMatchObject({
      symbol: 'NADIE',
      unknown_symbol: true,
      warnings: ['the demo market knows no NADIE'],
    })
    const parted = await send(path, {
      type: 'spin_off',
      date: '2034-01-07',
      symbol: 'KO',
      new_symbol: 'NIENTE',
      shares: '1',
      cost_share: '0.2',
    })
    expect(await parted.json()).toMatchObject({ warnings: ['the demo market knows no NIENTE'] })
  })
  it('asks of the ticker that shares become, as of the one that they are of', async () => {
    nextDay()
    const spun = { type: 'spin_off', date: '2034-01-08', symbol: 'KO', price: '', cost_share: '20%' }
    const fields = { ...spun, new_symbol: 'NICHTS' }
    const asked = await post(fields)
    expect(asked.status).toBe(422)
    expect(await asked.text()).toContain('The demo market knows no NICHTS. Book it anyway?')
    expect((await post({ ...fields, asked: 'NICHTS', insist: 'yes' })).status).toBe(303)
  })
})

describe('the benchmarks of a portfolio', () => {
  it('are asked about when the source does not know them, and spelled as it does', async () => {
    nextDay()
    const id = await newPortfolio({ benchmarks: ['VOO'] })
    const save = (benchmarks: string, more: Record<string, string> = {}) =>
      request(`/portfolios/${id}/settings`, {
        method: 'POST',
        body: new URLSearchParams({ name: 'Test', benchmarks, ...more }),
      })
    const asked = await save('VOO, NOBENCH')
    expect(asked.status).toBe(422)
    expect(await asked.text()).toContain('The demo market knows no NOBENCH. Use it anyway?')
    expect((await save('VOO, BRK.B')).status).toBe(303)
    expect((await json(`/api/portfolios/${id}`)).benchmarks).toEqual(['VOO', 'BRK-B'])
    expect((await save('NOBENCH', { asked: 'NOBENCH', insist: 'yes' })).status).toBe(303)
    // once is enough
    expect((await save('VOO, NOBENCH')).status).toBe(303)
  })
})

describe('the securities of a file', () => {
  let id: string
  beforeAll(async () => {
    nextDay()
    id = await newPortfolio({ benchmarks: [], base_currency: 'EUR' })
  })
  const looked = async (csv: string, query = '') => {
    const answer = await importCsv(id, csv, `?preview=1${query}`)
    return (await answer.json()) as {
      questions: {
        about: string
        ticker?: string
        choices: string[]
        listings?: { symbol: string; closes?: object }[]
      }[]
      warnings: string[]
      rows: { transaction: { symbol: string } | null }[]
    }
  }
  const symbols = ({ rows }: Awaited<ReturnType<typeof looked>>) =>
    rows.map(({ transaction }) => transaction?.symbol)

  it('are said before they are booked where the source does not know them, and can be corrected', async () => {
    const csv = 'Ticker,Type,Date,Price,Shares\nNOSUCH,Buy,2034-01-04,10,1\nKO,Buy,2034-01-04,60,1\n'
    const { questions, warnings } = await looked(csv)
    expect(questions).toMatchObject([
      { id: 'security.NOSUCH', about: 'ticker', ticker: 'NOSUCH', lines: [2], count: 1 },
    ])
    expect(warnings).toEqual([
      'The source of prices knows no NOSUCH (1 row, the first on line 2). Unless you correct it, it is booked as it is.',
    ])
    expect(symbols(await looked(csv, '&security.NOSUCH=PEP'))).toEqual(['PEP', 'KO'])
    // a program that books without looking is told as well
    const booked = await importCsv(id, csv.replaceAll('NOSUCH', 'NOSUCH2'))
    expect(booked.status).toBe(201)
    expect(await booked.json()).toMatchObject({
      questions: [{ about: 'ticker', ticker: 'NOSUCH2', lines: [2], count: 1 }],
    })
    // what is priced by hand is nothing that the source would know
    const house =
      'Ticker,Type,Date,Price,Shares\nMY-HOUSE,Buy,2034-01-04,10,1\nMY-HOUSE,Price,2034-01-05,11,\n'
    expect((await looked(house)).questions).toEqual([])
    await importCsv(id, csv, '?security.NOSUCH=PEP')
    // the answer is remembered
    expect(symbols(await looked(csv.replace('10,1', '11,1')))[0]).toBe('PEP')
  })

  it('with several listings are told apart by the close of the day, or offered with it', async () => {
    const file = (price: string) => `Datum;Typ;ISIN;Anzahl;Kurs\n16.01.2034;Kauf;GB00BP6MXD84;10;${price}\n`
    const { questions } = await looked(file('1000000,00'))
    const { choices, listings } = questions[0]!
    expect(choices).toEqual(['SHEL.L', 'R6C0.DE'])
    const closes = listings!.map((each) => Object.values(each.closes ?? {})[0] as number)
    const [london, xetra] = closes as [number, number]
    expect(Math.abs(london / xetra - 1)).toBeGreaterThan(0.1)
    expect(symbols(await looked(file(london.toFixed(2).replace('.', ','))))).toEqual(['SHEL.L'])
    expect(symbols(await looked(file(xetra.toFixed(2).replace('.', ','))))).toEqual(['R6C0.DE'])
  })
})
