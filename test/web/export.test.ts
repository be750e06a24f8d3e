import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rowsOf } from '../../src/statements/csv.ts'
import { importCsv, json, newPortfolio, request, send, settled } from '../worker/app.ts'
import { setClock, TODAY } from '../worker/clock.ts'
import { invested, sharedInvested } from '../worker/invested.ts'

beforeEach(() => setClock())
afterEach(() => setClock())

// eslint-disable-next-line typescript/no-explicit-any -- what a script would find in the answer
type Answer = any

const header = 'Ticker,Type,Date,Price,Shares,Fee,Amount,Ratio,Currency,Note\n'
const sample = `${header},deposit,2012-01-03,,,,1000.25,,USD,"first, ""and"" last"
TSLA,buy,2012-01-03,28.08,14.245014,1.5,,,,
QQQ,buy,2012-02-03,61.5,10,,,,USD,
QQQ,dividend,2012-03-19,,,,1.2,,,
QQQ,dividend,2012-03-19,,,,1.2,,,
TSLA,split,2020-08-31,,,,,5:1,,
QQQ,sell,2022-06-01,307,4,0.01,,,,
QQQ,fee,2022-06-02,,,,3,,,custody
,withdrawal,2022-06-03,,,,100,,,
`

const exported = (id: string, what = 'transactions', query = '') =>
  request(`/portfolios/${id}/export/${what}.csv${query}`)

async function file(id: string, what = 'transactions', query = ''): Promise<string> {
  const answer = await exported(id, what, query)
  expect(answer.status).toBe(200)
  return answer.text()
}

async function imported(id: string, csv: string): Promise<Answer> {
  return (await importCsv(id, csv)).json()
}

/** All transactions as the API tells them, without what is theirs alone. */
async function transactions(id: string): Promise<Answer[]> {
  const page = await json(`/api/portfolios/${id}/transactions?limit=500`)
  return page.transactions.map(({ id: _id, version: _version, ...rest }: Answer) => rest)
}

const at = (id: string, transaction: Answer) => `/api/portfolios/${id}/transactions/${transaction.id}`
const enter = (id: string, entry: Record<string, unknown>) =>
  send(`/api/portfolios/${id}/transactions`, entry)
const performance = (id: string) => json(`/api/portfolios/${id}/performance?as_of=${TODAY}`)

describe('a ledger that is taken out', () => {
  it('and brought into another portfolio is the same', async () => {
    const id = await invested(sample)
    for (const note of ['=1+1', "'=1+1", '-5\r\n@me;+1', '\u200B“Öl”\u00A0𝄞'])
      await enter(id, {
        type: 'deposit',
        date: '2030-01-02',
        amount: '0.0000000123',
        note,
        review: '2031-01-02',
      })
    const csv = await file(id)
    const other = await invested(csv)
    expect(await transactions(other)).toEqual(await transactions(id))
    expect(await file(other)).toBe(csv)
    expect(await performance(other)).toEqual(await performance(id))
  })

  it('and brought in again adds nothing, with another day of a review either', async () => {
    const id = await invested(sample)
    await enter(id, {
      type: 'buy',
      symbol: 'KO',
      date: '2030-01-02',
      shares: '1',
      price: '60',
      review: '2031-01-02',
    })
    const csv = await file(id)
    const again = await importCsv(id, csv.replace('2031-01-02', '2032-01-02'))
    expect(await again.json()).toMatchObject({ accepted: 0, rejected: [] })
  })

  it('and brought in again where it came from adds nothing', async () => {
    const id = await sharedInvested(sample)
    const before = await transactions(id)
    for (const [what, rows] of [
      ['transactions', 9],
      ['dividends', 2],
      ['cash-flows', 8],
    ] as const)
      expect(await imported(id, await file(id, what))).toMatchObject({
        accepted: 0,
        duplicates: rows,
        rejected: [],
      })
    expect(await transactions(id)).toEqual(before)
  })

  it('adds nothing either after rows were edited, and one of two equal ones deleted', async () => {
    const id = await invested(sample)
    const { transactions: rows } = await json(`/api/portfolios/${id}/transactions`)
    const [first] = rows.filter(({ type }: Answer) => type === 'dividend').toReversed()
    const fee = rows.find(({ type }: Answer) => type === 'fee')
    expect((await request(at(id, first), { method: 'DELETE' })).status).toBe(204)
    expect((await send(at(id, fee), { ...fee, amount: '4' }, 'PUT')).status).toBe(200)
    expect(await imported(id, await file(id))).toMatchObject({ accepted: 0, duplicates: 8, rejected: [] })
    // the file it once came from brings back what was deleted, and not what was corrected
    expect(await imported(id, sample)).toMatchObject({ accepted: 1, duplicates: 8, rejected: [] })
    expect(await imported(id, sample)).toMatchObject({ accepted: 0, duplicates: 9 })
  })

  it('remembers in which share units a trade was found to be', async () => {
    const id = await newPortfolio({ benchmarks: [] })
    const row = 'NVDA,buy,2020-01-02,5.998,120,0,,,,,2024-06-10'
    await importCsv(id, `${header.trimEnd()},Units Day\n${row}\n`)
    expect((await file(id)).split('\r\n')[1]).toBe(row)
    await settled(id)
    expect((await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)).holdings[0].shares).toBe('120')
  })

  it('of 20,000 rows has them all', async () => {
    const id = await newPortfolio({ benchmarks: [] })
    const rows = Array.from({ length: 20_000 }, (_, i) => `,deposit,2024-01-02,,,,${1 + (i % 7)},,,`)
    expect(await imported(id, `${header}${rows.join('\n')}\n`)).toMatchObject({ accepted: 20_000 })
    const csv = await file(id)
    expect(csv.trimEnd().split('\r\n')).toHaveLength(20_001)
    expect(await imported(id, csv)).toMatchObject({ accepted: 0, duplicates: 20_000 })
  })
})

describe('the other files', () => {
  it('dividends go into another portfolio', async () => {
    const id = await sharedInvested(sample)
    const other = await newPortfolio({ benchmarks: [] })
    expect(await imported(other, await file(id, 'dividends'))).toMatchObject({
      format: 'Dividends',
      accepted: 2,
    })
    expect(await file(other, 'dividends')).toBe(await file(id, 'dividends'))
  })

  it('cash flows make the same cash flows in another portfolio, what was inferred inferred again', async () => {
    const id = await invested(
      `${header}AAPL,buy,2021-03-02,125.1,20,1,,,,\nAAPL,sell,2022-03-02,163,5,1,,,,\n`,
    )
    const csv = await file(id, 'cash-flows')
    const other = await newPortfolio({ benchmarks: [] })
    expect(await imported(other, csv)).toMatchObject({
      accepted: 2,
      rejected: [],
      warnings: [expect.stringMatching(/^1 row was skipped .+ inferred again from what was spent\.$/)],
    })
    expect(await file(other, 'cash-flows')).toBe(csv)
  })

  it('cash flows of a benchmark are a comparison, and add nothing', async () => {
    const id = await sharedInvested(sample)
    const csv = await file(id, 'cash-flows', '?view=VOO&as_of=2022-12-30')
    expect(csv).toMatch(/^VOO,hypothetical purchase,/m)
    expect(await imported(id, csv)).toMatchObject({
      accepted: 0,
      duplicates: 0,
      rejected: [],
      warnings: [expect.stringMatching(/ is a comparison, not a transaction\.$/)],
    })
  })

  it('cash flows end with the day asked for', async () => {
    const id = await sharedInvested(sample)
    const csv = await file(id, 'cash-flows', '?as_of=2012-03-18')
    expect(
      csv
        .trimEnd()
        .split('\r\n')
        .slice(1)
        .map((row) => row.split(',')[1]),
    ).toEqual(['deposit', 'buy', 'inferred deposit', 'buy'])
  })

  it('cash flows of some types are those rows of the whole file, balances and all, and known again', async () => {
    const id = await sharedInvested(sample)
    const lines = (csv: string) => csv.trimEnd().split('\r\n')
    const [header, ...rows] = lines(await file(id, 'cash-flows'))
    const csv = await file(id, 'cash-flows', '?type=sale,dividend')
    const wanted = rows.filter((row) => /^QQQ,(sell|dividend),/.test(row))
    expect(wanted).toHaveLength(3)
    expect(lines(csv)).toEqual([header, ...wanted])
    expect(await imported(id, csv)).toMatchObject({ accepted: 0, duplicates: 3, rejected: [], warnings: [] })
    const { headers } = await exported(id, 'cash-flows', '?view=VOO&type=purchase')
    expect(headers.get('content-disposition')).toContain('filename="Test cash flows VOO purchases.csv"')
  })

  it.each([
    [
      'type=sale,rent',
      'type must be one of deposit, purchase, sale, dividend, capital, interest, currency, withdrawal, fee, tax, not “rent”',
    ],
    ['view=SPY', 'view must be one of portfolio, VOO, QQQ, not “SPY”'],
    ['as_of=2035-03-09', 'as_of (2035-03-09) is in the future'],
  ])('cash flows with %s are refused with a sentence', async (query, sentence) => {
    const answer = await exported(await newPortfolio(), 'cash-flows', `?${query}`)
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(sentence)
  })
})

describe('the report of the holdings', () => {
  const trades = `Ticker,Date,Type,Shares,Price,Amount
QQQ,2012-01-03,Buy,14.245014,28.08,
QQQ,2012-02-03,Buy,10,61.50,
QQQ,2012-03-19,Dividend,,,1.20
QQQ,2022-06-01,Sell,4,307.00,
BND,2021-03-02,Buy,20,125.10,
BND,2022-03-02,Sell,20,163.00,
`
  const rowsIn = (csv: string) => {
    const [header, ...rows] = (rowsOf(csv) as { rows: { cells: string[] }[] }).rows
    return rows.map(({ cells }) => Object.fromEntries(cells.map((cell, i) => [header!.cells[i]!, cell])))
  }

  it('says what the table says, with all decimals', async () => {
    const id = await invested(trades)
    const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
    const [qqq, bnd] = rowsIn(await file(id, 'holdings'))
    expect(holdings.map(({ symbol }: Answer) => symbol)).toEqual(['QQQ'])
    const [shown] = holdings
    expect(qqq).toEqual({
      Symbol: 'QQQ',
      Name: 'Invesco QQQ Trust',
      Position: 'open',
      // 14.245014 + 10 - 4
      Shares: '20.245014',
      Price: shown.price,
      'Price Currency': 'USD',
      'Price As Of': shown.price_as_of,
      Value: shown.market_value,
      // first in, first out: 10.245014 × 28.08 + 10 × 61.5 = 287.67999312 + 615
      Cost: '902.67999312',
      Gain: shown.unrealized_gain,
      'Gain %': expect.stringMatching(/^\d+\.\d+$/),
      'Total Return %': expect.stringMatching(/^\d+\.\d+$/),
      'Weight %': '100',
      'Day Change': shown.day_change,
      'Day Change %': expect.stringMatching(/^-?\d+\.\d+$/),
      'VOO %': expect.stringMatching(/^\d+\.\d+$/),
      'vs VOO pp': expect.stringMatching(/^-?\d+\.\d+$/),
      'QQQ %': expect.stringMatching(/^\d+\.\d+$/),
      'vs QQQ pp': expect.stringMatching(/^-?\d+(\.\d+)?$/),
      'vs VOO Money': shown.vs_money.VOO,
      'vs QQQ Money': shown.vs_money.QQQ,
      // 4 × (307 - 28.08)
      'Realized Gain': '1115.68',
      Dividends: '1.2',
      Currency: 'USD',
      Note: '',
    })
    for (const [column, ratio] of [
      ['Gain %', shown.gain_ratio],
      ['Total Return %', shown.total_return],
      ['Day Change %', shown.day_change_ratio],
      ['VOO %', shown.benchmarks.VOO],
      ['vs VOO pp', shown.total_return - shown.benchmarks.VOO],
      ['vs QQQ pp', shown.total_return - shown.benchmarks.QQQ],
    ] as const)
      expect([column, Number(qqq![column]) / 100]).toEqual([column, expect.closeTo(ratio, 9)])
    // 20 × (163 - 125.1)
    expect(bnd).toMatchObject({
      Symbol: 'BND',
      Position: 'closed',
      Shares: '0',
      Price: '',
      Value: '',
      'Realized Gain': '758',
      Dividends: '0',
    })
  })

  it('is linked from the holdings and the settings, named as what it is, and does not import', async () => {
    const id = await invested(trades)
    for (const page of ['', '/holdings', '/settings'])
      expect(await (await request(`/portfolios/${id}${page}`)).text()).toContain(
        `href="/portfolios/${id}/export/holdings.csv"`,
      )
    const answer = await exported(id, 'holdings')
    expect(answer.headers.get('content-disposition')).toContain('filename="Test holdings report.csv"')
    expect((await importCsv(id, await answer.text())).status).toBe(422)
  })
})

describe('the answer', () => {
  it('is a file to be kept by its owner alone', async () => {
    const { status, headers } = await exported(await newPortfolio({ name: 'Family' }))
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(headers.get('cache-control')).toBe('private, no-store')
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="Family transactions.csv"; filename*=UTF-8''Family%20transactions.csv`,
    )
  })

  it.each([
    ['Für „Öl“', 'F_r __l_', 'F%C3%BCr%20%E2%80%9E%C3%96l%E2%80%9C'],
    ['a"; b="c\r\nset-cookie: x', 'a__ b=_c__set-cookie_ x', 'a_%3B%20b%3D_c__set-cookie_%20x'],
    ["../it's 100%", "__it's 100_", '__it%27s%20100%25'],
    ['\u202Evsc.exe', '_vsc.exe', '_vsc.exe'],
  ])('of a portfolio named %j has a safe file name', async (name, ascii, encoded) => {
    const { status, headers } = await exported(await newPortfolio({ name }))
    expect(status).toBe(200)
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="${ascii} transactions.csv"; filename*=UTF-8''${encoded}%20transactions.csv`,
    )
  })

  it.each(['transactions', 'dividends', 'cash-flows'])('for %s of another owner is 404', async (what) => {
    const id = await newPortfolio()
    await env.DB.prepare("INSERT OR IGNORE INTO owners (id, created_at) VALUES ('other', 0)").run()
    await env.DB.prepare("UPDATE portfolios SET owner_id = 'other' WHERE id = ?").bind(id).run()
    expect((await exported(id, what)).status).toBe(404)
    expect((await exported('nobody', what)).status).toBe(404)
  })

  it('is linked from the import page', async () => {
    const id = await newPortfolio()
    const page = await (await request(`/portfolios/${id}/imports`)).text()
    for (const what of ['transactions', 'dividends', 'cash-flows'])
      expect(page).toContain(`href="/portfolios/${id}/export/${what}.csv"`)
  })
})

describe('a portfolio for another program', () => {
  it('is a file that the settings link to, with a name and a type of its own', async () => {
    const id = await invested(sample)
    const page = await (await request(`/portfolios/${id}/settings`)).text()
    const links = [...page.matchAll(/href="(\/portfolios\/[^"]+\/export\/for\/[^"]+)"/g)].map(
      ([, link]) => link!,
    )
    const told = await Promise.all(
      links.map(async (link) => {
        const answer = await request(link)
        const name = /filename="Test (.*?)"/.exec(answer.headers.get('content-disposition')!)
        return `${answer.status} ${answer.headers.get('content-type')} ${name![1]}`
      }),
    )
    expect(told).toEqual([
      '200 text/csv; charset=utf-8 taxes.csv',
      '200 application/json; charset=utf-8 for Ghostfolio.json',
      '200 text/csv; charset=utf-8 trades for Portfolio Performance.csv',
      '200 text/csv; charset=utf-8 account for Portfolio Performance.csv',
      '200 text/plain; charset=utf-8 ledger.beancount',
    ])
    expect((await request(`/portfolios/${id}/export/for/toString`)).status).toBe(404)
  })
})
