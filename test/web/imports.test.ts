import { env, exports } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { closesOn } from '../../src/storage/securities.ts'
import { database } from '../../src/storage/database.ts'
import { HOST, importCsv, json, newPortfolio, request, send, settled, signed } from '../worker/app.ts'
import { NOON, setClock } from '../worker/clock.ts'
import { invested, sharedInvested, trades } from '../worker/invested.ts'
import { words } from './page.ts'

beforeEach(() => setClock())
afterEach(() => setClock())

type Imported = {
  accepted: number
  duplicates: number
  rejected: { line: number; reason: string }[]
  warnings: string[]
  revision: number
  detail: string
}

const header = 'Ticker,Type,Date,Price,Shares\n'

async function imported(
  id: string,
  csv: BodyInit,
  query = '',
): Promise<Imported & { status: number; type: string | null }> {
  const answer = await importCsv(id, csv, query)
  const type = answer.headers.get('content-type')
  return { ...((await answer.json()) as Imported), status: answer.status, type }
}

async function transactionsOf(id: string): Promise<{ id: string; symbol: string; shares: string }[]> {
  return (await json(`/api/portfolios/${id}/transactions`)).transactions
}

/** Every row of every table that an import could touch. */
async function everything(id: string): Promise<unknown> {
  const tables = ['transactions', 'imports', 'audit', 'tracked', 'snapshots']
  const found = await env.DB.batch(
    tables.map((table) => env.DB.prepare(`SELECT * FROM ${table} WHERE portfolio_id = ?`).bind(id)),
  )
  return found.map(({ results }) => results)
}

describe('a statement', () => {
  it('lands row by row, as it was written', async () => {
    const id = await newPortfolio()
    expect(await imported(id, trades)).toMatchObject({
      status: 201,
      accepted: 5,
      duplicates: 0,
      rejected: [],
    })
    const rows = await transactionsOf(id)
    expect(rows.map(({ symbol, shares }) => [symbol, shares])).toEqual([
      ['QQQ', '4'],
      ['AAPL', '20'],
      ['QQQ', null],
      ['QQQ', '10'],
      ['TSLA', '14.245014'],
    ])
    await settled(id)
  })

  it('of dividends is known by its header', async () => {
    const id = await invested()
    const dividends = 'Ticker,Date,Amount\nQQQ,2012-06-18,$1.13\nQQQ,9/24/2012,$1.28\n'
    expect(await imported(id, dividends)).toMatchObject({ format: 'Dividends', accepted: 2, rejected: [] })
    // 1.20 of the trades, 1.13 and 1.28
    expect((await json(`/api/portfolios/${id}/performance`)).dividends).toBe('3.61')
  })

  it('imported twice adds nothing the second time, not even a revision', async () => {
    const id = await sharedInvested()
    const before = await everything(id)
    const cached = await env.SNAPSHOTS.get(`snapshot:${id}`)
    const { revision } = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
    expect(await imported(id, trades)).toMatchObject({ accepted: 0, duplicates: 5, rejected: [], revision })
    expect(await everything(id)).toEqual(before)
    expect(await env.SNAPSHOTS.get(`snapshot:${id}`)).toBe(cached)
  })

  it('imported twice at the same time makes each row once', async () => {
    const id = await newPortfolio()
    const both = await Promise.all([imported(id, trades), imported(id, trades)])
    expect(both.map(({ accepted }) => accepted).toSorted((a, b) => a - b)).toEqual([0, 5])
    expect(await transactionsOf(id)).toHaveLength(5)
    await settled(id)
  })

  it('imported again after a row of it was corrected does not bring the mistake back', async () => {
    const id = await invested()
    const [row] = await transactionsOf(id)
    const path = `/api/portfolios/${id}/transactions/${row!.id}`
    expect((await send(path, { ...row, shares: '3' }, 'PUT')).status).toBe(200)
    expect(await imported(id, trades)).toMatchObject({ accepted: 0, duplicates: 5 })
    expect((await json(path)).shares).toBe('3')
  })

  it('imported again after a row of it was deleted brings that row back', async () => {
    const id = await invested()
    const [row] = await transactionsOf(id)
    await request(`/api/portfolios/${id}/transactions/${row!.id}`, { method: 'DELETE' })
    expect(await imported(id, trades)).toMatchObject({ accepted: 1, duplicates: 4 })
  })

  it('that overlaps an earlier one adds its new rows', async () => {
    const id = await invested()
    const longer = `${trades}AAPL,2022-08-01,Buy,1,$161.00,\n`
    expect(await imported(id, longer)).toMatchObject({ accepted: 1, duplicates: 5 })
    await settled(id)
  })

  it('with the ids of its rows adds an equal fill that is another one, and nothing twice', async () => {
    const id = await newPortfolio()
    const fill = (order: string) => `AAPL,US0378331005,2024-01-15,Buy,1,185.00,${order}\n`
    const columns = 'Symbol,ISIN,Trade Date,Side,Quantity,Price,Order ID\n'
    const first = columns + fill('ord-7001') + fill('ord-7213')
    expect(await imported(id, first)).toMatchObject({ accepted: 2, duplicates: 0 })
    expect(await imported(id, first)).toMatchObject({ accepted: 0, duplicates: 2 })
    // the next month's file begins where that one ends
    const second = columns + fill('ord-7213') + fill('ord-7990')
    expect(await imported(id, second)).toMatchObject({ accepted: 1, duplicates: 1 })
    expect(await imported(id, second)).toMatchObject({ accepted: 0, duplicates: 2 })
    expect(await transactionsOf(id)).toHaveLength(3)
  })

  it('with two equal rows keeps both, and both are known the next time', async () => {
    const id = await newPortfolio()
    const row = 'AAPL,Buy,2024-01-02,185.00,1\n'
    expect(await imported(id, header + row + row)).toMatchObject({ accepted: 2 })
    expect(await imported(id, header + row + row + row)).toMatchObject({ accepted: 1, duplicates: 2 })
    await settled(id)
  })

  it('previewed says what it would do and writes nothing', async () => {
    const id = await sharedInvested()
    const before = await everything(id)
    const next = `${trades}AAPL,2022-08-01,Buy,1,$161.00,\nAAPL,soon,Buy,1,$161.00,\n`
    expect(await imported(id, next, '?preview=1')).toMatchObject({
      status: 200,
      accepted: 1,
      duplicates: 5,
      rejected: [{ line: 8 }],
    })
    expect(await everything(id)).toEqual(before)
  })

  it('of 2,500 rows goes in whole', async () => {
    const id = await newPortfolio()
    const many = Array.from({ length: 2_500 }, (_, i) => `AAPL,Buy,2024-01-02,185.00,${i + 1}\n`).join('')
    expect(await imported(id, header + many)).toMatchObject({ accepted: 2_500, rejected: [] })
    await settled(id)
    const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
    // 2,500 × 2,501 ÷ 2
    expect(holdings[0].shares).toBe('3126250')
  })

  it('leaves a trace in the audit log', async () => {
    const id = await invested()
    const { results } = await env.DB.prepare(
      'SELECT action, subject, after FROM audit WHERE portfolio_id = ? ORDER BY id',
    )
      .bind(id)
      .all<{ action: string; subject: string; after: string }>()
    expect(results.map(({ action }) => action)).toEqual(['create', 'import'])
    expect(JSON.parse(results[1]!.after)).toMatchObject({ accepted: 5, rejected: 0 })
  })
})

describe('a file that is no statement loses nothing and says why', () => {
  let id: string
  const binary = Uint8Array.from({ length: 5_000 }, (_, i) => (i * 37) % 256)

  beforeAll(async () => {
    id = await invested()
  })

  it.each<[string, BodyInit, number, RegExp]>([
    ['of 0 bytes', '', 422, /^The file is empty\.$/],
    ['of blanks', '\n \r\n', 422, /^The file is empty\.$/],
    [
      'with a wrong header',
      'what,is,this\n1,2,3\n',
      422,
      /starts with “what,is,this”.+Ticker,Type,Date,Price,Shares/,
    ],
    [
      'without a header',
      'TSLA,Buy,2012-01-03,28.08,1\n',
      422,
      /^We couldn’t find a header we know in the first 40 rows\./,
    ],
    ['of binary data', binary, 422, /not a text file.+Save your spreadsheet as CSV/],
    [
      'of 20 MB',
      `${header}${'AAPL,Buy,2024-01-02,185.00,1\n'.repeat(700_000)}`,
      413,
      /larger than 5 MB\. Split it/,
    ],
  ])('%s', async (_, file, status, sentence) => {
    const before = await everything(id)
    const refused = await imported(id, file)
    expect(refused).toMatchObject({ status, type: 'application/problem+json' })
    expect(refused.detail).toMatch(sentence)
    expect(await everything(id)).toEqual(before)
  })

  it('of 6 MB that does not say its length', async () => {
    const piece = new TextEncoder().encode('AAPL,Buy,2024-01-02,185.00,1\n'.repeat(10_000))
    let left = 6_000_000
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        left -= piece.length
        if (left > 0) controller.enqueue(piece)
        else controller.close()
      },
    })
    const headers = { 'content-type': 'text/csv', origin: HOST }
    const sent = signed(`${HOST}/api/portfolios/${id}/imports`, { method: 'POST', headers, body })
    expect((await exports.default.fetch(sent)).status).toBe(413)
    expect(await transactionsOf(id)).toHaveLength(5)
  })
})

describe('a file as it comes', () => {
  it('may be in UTF-16 or windows-1252, with semicolons and decimal commas', async () => {
    const id = await newPortfolio()
    const text = 'Datum;Vorgang;Symbol;Stück;Kurs\r\n15.01.2024;Kauf;AAPL;1,5;185,92\r\n'
    const codes = Array.from(text, (letter) => letter.charCodeAt(0))
    const wide = Uint8Array.from([0xfeff, ...codes].flatMap((code) => [code & 255, code >> 8]))
    expect(await imported(id, Uint8Array.from(codes))).toMatchObject({
      accepted: 1,
      rejected: [],
      warnings: [],
    })
    expect(await imported(id, wide)).toMatchObject({ accepted: 0, duplicates: 1 })
    const body = new FormData()
    body.set('file', new File([wide], 'Depot.csv'))
    body.set('preview', '1')
    const page = await (await request(`/portfolios/${id}/imports`, { method: 'POST', body })).text()
    expect(words(page)).toContain('Format: Spreadsheet.')
    await settled(id)
    expect(await transactionsOf(id)).toMatchObject([{ symbol: 'AAPL', shares: '1.5' }])
  })

  it('is not read in one of two ways: the question is the refusal, until closes answer it', async () => {
    const id = await invested()
    const row = (symbol: string, day: string, price: string) =>
      `Ticker,Type,Date,Price,Shares\n${symbol},Buy,${day},${price},1\n`
    const refused = await imported(id, row('ORCL', '03/04/2019', '54.00'))
    expect(refused).toMatchObject({
      status: 409,
      detail: expect.stringMatching(
        /^Nothing in the column “Date” shows whether the day comes first .+ or the month comes first/,
      ),
    })
    expect(refused).toMatchObject({ questions: [{ about: 'days', column: 'Date' }] })
    // answered, it is read
    const answered = await imported(id, row('ORCL', '03/04/2019', '54.00'), '?preview=1&days=dmy')
    expect(answered).toMatchObject({ accepted: 1, rows: [{ transaction: { date: '2019-04-03' } }] })
    expect(await imported(id, row('ORCL', '03/04/2019', '54.00'), '?days=both')).toMatchObject({
      status: 400,
    })
    // a day whose close is more than a tenth away from that of the day with day and month the other way round
    const closeOf = async (day: string) =>
      (await closesOn(database(env.DB), ['TSLA'], day)).get('TSLA') ?? null
    for (const [date, month] of [
      ['03', '05'],
      ['04', '08'],
      ['05', '11'],
      ['03', '12'],
      ['06', '11'],
    ] as const) {
      const [close, other] = [await closeOf(`2013-${month}-${date}`), await closeOf(`2013-${date}-${month}`)]
      if (close === null || other === null || Math.abs(close / other - 1) < 0.15) continue
      expect(await imported(id, row('TSLA', `${date}/${month}/2013`, close.toFixed(2)))).toMatchObject({
        accepted: 1,
      })
      const rows = (await json(`/api/portfolios/${id}/transactions`)).transactions as { date: string }[]
      expect(rows.map((each) => each.date)).toContain(`2013-${month}-${date}`)
      await settled(id)
      return
    }
    throw new Error('no such day')
  })

  it('is asked about by a program in a preview, which answers by the ids of the questions', async () => {
    const id = await newPortfolio({ benchmarks: [] })
    const file = 'Ticker,Typ,Date,Price,Shares\nKO,Buy,03/04/2033,60,2\nKO,Kupnix,03/05/2033,61,1\n'
    const path = `/api/portfolios/${id}/imports`
    const sent = async (query: string, answers?: object) => {
      const body = new FormData()
      body.set('file', new File([file], 'depot.csv'))
      // an answer box that was left empty answers nothing
      body.set('answers', answers ? JSON.stringify(answers) : ' ')
      const answer = await request(path + query, { method: 'POST', body })
      return { status: answer.status, ...((await answer.json()) as object) }
    }
    for (const said of ['?previev=1', '?preview=1&take=all', '?preview=1&column.typ=kind', '?Preview=1'])
      expect(await sent(said)).toMatchObject({
        status: 400,
        detail: expect.stringContaining(`“${said.split(/[?&]/).at(-1)}” says nothing`),
      })
    for (const said of ['?days=dmy&days=mdy', '?preview=1&preview=0', '?days=dmy&answers={"days":"mdy"}'])
      expect(await sent(said)).toMatchObject({ status: 400, detail: expect.stringContaining('not alike') })
    const days = { id: 'days', about: 'days', choices: ['dmy', 'mdy'] }
    expect(await sent('?preview=1')).toMatchObject({
      status: 200,
      accepted: 0,
      questions: expect.arrayContaining([
        expect.objectContaining({
          ...days,
          evidence: [expect.stringMatching(/^Nothing in the column “Date”/)],
        }),
      ]),
    })
    expect(await sent('')).toMatchObject({
      status: 409,
      questions: expect.arrayContaining([expect.objectContaining(days)]),
    })
    expect(await transactionsOf(id)).toEqual([])
    const answers = { days: 'mdy', 'word.kupnix': 'buy' }
    expect(await sent('?preview=1', answers)).toMatchObject({
      accepted: 2,
      questions: [],
      left_out: [],
      similar: [],
      positions: { KO: '3' },
      cash: { USD: '-181' },
    })
    const inAddress = `?preview=1&answers=${encodeURIComponent(JSON.stringify({ ...answers, 'word.kupnix': 'nothing' }))}`
    expect(await sent(inAddress)).toMatchObject({
      accepted: 1,
      left_out: [{ line: 3, reason: expect.any(String) }],
      positions: { KO: '2' },
    })
    for (const [said, what] of [
      [{ days: 'both' }, 'days'],
      [{ weather: 'fine' }, 'weather'],
      [{ days: 1 }, 'days'],
    ] as const)
      expect(await sent('', said)).toMatchObject({
        status: 400,
        detail: expect.stringContaining(`“${what}”`),
      })
    const after = { positions: { KO: '3' }, cash: { USD: '-181' } }
    expect(await sent('', answers)).toMatchObject({ status: 201, accepted: 2, similar: [], ...after })
    expect(await sent('', answers)).toMatchObject({ status: 201, accepted: 0, duplicates: 2, ...after })
    // the same with another price looks like what is there; a program books it all the same
    const near = await imported(id, `${header}KO,Buy,2033-03-05,60.10,2\n`, '?preview=1')
    const [first] = (await transactionsOf(id)).filter(({ shares }) => shares === '2')
    expect(near).toMatchObject({ accepted: 1, similar: [{ line: 2, resembles: first!.id }] })
  })

  it('may come as a text of a form, whose other fields count as those of the address', async () => {
    const id = await newPortfolio({ benchmarks: [] })
    const sent = async (...fields: [name: string, value: string][]) => {
      const body = new FormData()
      for (const [name, value] of fields) body.append(name, value)
      const answer = await request(`/api/portfolios/${id}/imports?answers=`, { method: 'POST', body })
      return { status: answer.status, ...((await answer.json()) as object) }
    }
    const file: [string, string] = [
      'file',
      `${header}KO,Buy,2033-03-05,61,2
`,
    ]
    expect(await sent(['preview', '1'], file)).toMatchObject({ status: 200, accepted: 1 })
    expect(await sent(['preview', 'yes'], file)).toMatchObject({ status: 400 })
    const twice = await sent(file, file)
    expect(twice).toMatchObject({ status: 400, detail: expect.stringContaining('more than one `file`') })
    expect(await transactionsOf(id)).toEqual([])
    expect(await sent(file)).toMatchObject({ status: 201, positions: { KO: '2' } })
  })

  it('has its securities looked up by name; one that nothing is found for is a question', async () => {
    const id = await newPortfolio()
    const file =
      'Date,Type,Security name,Shares,Price,Currency\n2024-01-15,Buy,SAP SE,2,140.50,EUR\n2024-01-16,Buy,Nobody Knows plc,1,10.50,GBP\n'
    const found = await imported(id, file, '?preview=1')
    expect(found).toMatchObject({
      accepted: 1,
      rejected: [{ line: 3, reason: 'We don’t know the ticker of “Nobody Knows plc”.' }],
      questions: [{ about: 'security', security: { name: 'Nobody Knows plc' }, lines: [3], count: 1 }],
    })
    expect(await imported(id, file)).toMatchObject({ accepted: 1 })
    expect(await transactionsOf(id)).toMatchObject([{ symbol: 'SAP.DE' }])
    await settled(id)
  })
})

describe('broken rows', () => {
  it('are listed by line, and the others kept', async () => {
    const id = await newPortfolio()
    const csv = `${header}AAPL,Buy,2024-01-02,185.00,1
AAPL,Buy,2024-13-02,185.00,1
AAPL,Buy,2024-01-04,free,1

,Buy,2024-01-05,185.00,1
AAPL,Steal,2024-01-08,185.00,1
AAPL,Buy,2024-01-09,185.00,-1
AAPL,Buy,2999-01-01,185.00,1
AAPL,Buy,2024-01-10,1,234.50,1
AAPL,Buy,2024-01-11,187.00,2
`
    const { accepted, rejected } = await imported(id, csv)
    expect(accepted).toBe(2)
    expect(rejected.map(({ line }) => line)).toEqual([3, 4, 6, 7, 8, 9, 10])
    const reasons = new Map(rejected.map(({ line, reason }) => [line, reason]))
    expect(reasons.get(3)).toContain('“2024-13-02”')
    expect(reasons.get(4)).toContain('“free”')
    expect(reasons.get(7)).toContain('“steal” is not a transaction type (')
    expect(reasons.get(9)).toContain('future')
    await settled(id)
  })

  it('only: nothing is imported, and each line says why', async () => {
    const id = await newPortfolio()
    const before = await everything(id)
    expect(await imported(id, `${header}AAPL,Buy,never,185.00,1\n`)).toMatchObject({
      accepted: 0,
      rejected: [{ line: 2 }],
    })
    expect(await everything(id)).toEqual(before)
  })
})

describe('lots of one of two purchases of a day', () => {
  const rowsOf = async (id: string) => {
    const rows = (await transactionsOf(id)).toReversed() as {
      id: string
      lots?: { transaction: string; shares: string }[]
    }[]
    const named = rows.flatMap(({ lots = [] }) => lots)
    return named.map(({ transaction, shares }) => [rows.findIndex((row) => row.id === transaction), shares])
  }
  const days = 'Ticker,Type,Date,Price,Shares,Lots\n'
  // the two are equal but for their place
  const buys = 'QQQ,Buy,2024-01-02,400.00,10,\n'.repeat(2)
  const sales = 'QQQ,Sell,2024-01-05,410.00,4,2024-01-02#2 4\nQQQ,Sell,2024-01-08,410.00,3,2024-01-02#1\n'

  it('are named by its place in the day, and come back from our own file the same', async () => {
    const id = await newPortfolio({ benchmarks: [] })
    expect(await imported(id, days + buys + sales)).toMatchObject({ accepted: 4, rejected: [] })
    await settled(id)
    const named = [
      [1, '4'],
      [0, '3'],
    ]
    expect(await rowsOf(id)).toEqual(named)
    const again = await newPortfolio({ benchmarks: [] })
    const file = await (await request(`/portfolios/${id}/export/transactions.csv`)).text()
    expect(await imported(again, file)).toMatchObject({ accepted: 4, rejected: [] })
    await settled(again)
    expect(await rowsOf(again)).toEqual(named)
    expect(await imported(again, file)).toMatchObject({ accepted: 0, duplicates: 4, rejected: [] })
  })

  it('are those of the file, whatever the portfolio has of that day, and its own where the file has none', async () => {
    const id = await newPortfolio({ benchmarks: [] })
    await imported(id, `${days}QQQ,Buy,2024-01-02,390.00,5,\n${buys}`)
    expect(await imported(id, days + buys + sales)).toMatchObject({ accepted: 2, duplicates: 2 })
    const more = 'QQQ,Sell,2024-01-09,410.00,2,2024-01-02#1 2\nQQQ,Sell,2024-01-09,410.00,1,2024-01-02#4 1\n'
    expect((await imported(id, days + more)).rejected).toEqual([
      { line: 3, reason: 'Lots: there is no purchase 4 of QQQ on 2024-01-02.' },
    ])
    await settled(id)
    expect(await rowsOf(id)).toEqual([
      [2, '4'],
      [1, '3'],
      [0, '2'],
    ])
  })
})

describe('more sold than held', () => {
  it('is rejected with its line once the history is known', async () => {
    const id = await invested()
    const csv = `${header}AAPL,Buy,2022-08-01,161.00,5\nAAPL,Sell,2022-08-02,160.00,26\nAAPL,Sell,2022-08-03,160.00,25\n`
    const { accepted, rejected } = await imported(id, csv)
    expect(accepted).toBe(2)
    expect(rejected).toHaveLength(1)
    expect(rejected[0]).toMatchObject({
      line: 3,
      reason: expect.stringContaining('sold 26 AAPL, but held only 25'),
    })
    await settled(id)
  })

  it.each(['Buy first', 'Sell first'])(
    'is none of what the same day bought, whichever row comes first: %s',
    async (first) => {
      const id = await newPortfolio()
      const buy = 'AAPL,Buy,2022-08-01,160.00,3\n'
      const sell = 'AAPL,Sell,2022-08-01,162.00,3\n'
      const csv = header + (first === 'Buy first' ? buy + sell : sell + buy)
      expect(await imported(id, csv)).toMatchObject({ accepted: 2, rejected: [], warnings: [] })
      await settled(id)
      const { summary } = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
      expect(summary).toMatchObject({ invested: '480', realized_gain: '6', cash: '486' })
    },
  )

  it('counts shares as they were that day: a split in between makes them enough', async () => {
    const id = await invested()
    // 14.245014 of 2012 are 71.22507 after the split of 2020
    const sold = `${header}TSLA,Sell,2020-09-01,475.05,71.22507\n`
    expect(await imported(id, sold)).toMatchObject({ accepted: 1, rejected: [] })
    await settled(id)
    const { closed } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
    expect(closed).toMatchObject([{ symbol: 'TSLA', shares: '0' }])
  })

  it('is kept with a warning while the splits that would explain it are unknown, and right once they are', async () => {
    const id = await newPortfolio()
    // NFLX split 7:1 on 2015-07-15
    const csv = `${header}NFLX,Buy,2015-01-02,349.00,1\nNFLX,Sell,2016-01-04,110.00,7\n`
    const { accepted, rejected, warnings } = await imported(id, csv)
    expect({ accepted, rejected }).toEqual({ accepted: 2, rejected: [] })
    expect(warnings).toEqual([expect.stringMatching(/sold .+ NFLX, but held only .+ The row is kept/)])
    await settled(id)
    const initial = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
    expect(initial.warnings).toEqual([])
    // 7 × 110 − 349
    expect(initial.summary.realized_gain).toBe('421')
  })

  it('counts shares that another ticker’s became, in the same file and in the next', async () => {
    const id = await invested()
    const all = 'Ticker,Type,Date,Price,Shares,Ratio,New Ticker\n'
    // of 20 AAPL nobody sells 25, so that all of them become 10 NVDA beside the one that was bought; 5 of the 11 are sold
    const csv =
      'NVDA,Buy,2022-08-01,180.00,1,,\nAAPL,Sell,2022-08-02,160.00,25,,\nAAPL,exchange,2022-08-03,,,1:2,NVDA\nNVDA,Sell,2022-08-03,180.00,5,,\n'
    expect(await imported(id, all + csv)).toMatchObject({
      accepted: 3,
      rejected: [{ line: 3, reason: expect.stringContaining('sold 25 AAPL, but held only 20') }],
    })
    await settled(id)
    // of the 6 that are left 6.5 cannot be sold, and 6 can; NVDA split 10:1 in 2024
    const next = `${header}NVDA,Sell,2022-08-04,180.00,6.5\nNVDA,Sell,2022-08-05,180.00,6\n`
    expect(await imported(id, next)).toMatchObject({
      accepted: 1,
      rejected: [{ line: 2, reason: expect.stringContaining('sold 65 NVDA, but held only 60') }],
    })
    await settled(id)
  })

  it('that no split explains is a warning on the dashboard', async () => {
    const id = await newPortfolio()
    await imported(id, `${header}META,Buy,2015-01-02,78.00,1\nMETA,Sell,2016-01-04,102.00,3\n`)
    await settled(id)
    const { warnings } = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
    expect(warnings).toEqual([expect.stringContaining('sold 3 META, but held only 1')])
  })
})

function form(fields: Record<string, string | File>): RequestInit {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.set(name, value)
  return { method: 'POST', body }
}

describe('a preview', () => {
  type Previewed = {
    rows: {
      line: number
      verdict: string
      reason: string | null
      transaction: Record<string, unknown> | null
    }[]
    counts: Record<string, number>
  }
  const preview = async (id: string, csv: string): Promise<Previewed> =>
    (await importCsv(id, csv, '?preview=1')).json()

  it('has a verdict for every row, by line, with what was understood of it', async () => {
    const id = await sharedInvested()
    // 21.5 AAPL are held by then; the sale of 26 is rejected although the row can be read
    const csv = `${trades}AAPL,2022-08-01,Buy,1.5,"$1,161.00",
AAPL,soon,Buy,1,$161.00,
AAPL,2022-08-02,Sell,26,$160.00,
`
    const { rows, counts } = await preview(id, csv)
    expect(rows.map(({ line, verdict }) => `${line} ${verdict}`)).toEqual([
      '2 known',
      '3 known',
      '4 known',
      '5 known',
      '6 known',
      '7 new',
      '8 rejected',
      '9 rejected',
    ])
    expect(counts).toEqual({ new: 1, known: 5, rejected: 2, left_out: 0 })
    expect(rows[5]).toMatchObject({
      reason: null,
      // 1.5 × 1,161
      transaction: {
        date: '2022-08-01',
        type: 'buy',
        symbol: 'AAPL',
        shares: '1.5',
        price: '1161',
        amount: '1741.5',
      },
    })
    expect(rows[6]).toMatchObject({ reason: expect.stringContaining('“soon”'), transaction: null })
    expect(rows[7]).toMatchObject({
      reason: expect.stringContaining('sold 26 AAPL'),
      transaction: { shares: '26' },
    })
  })

  it('names what a broker’s file says that has no place here', async () => {
    const id = await newPortfolio()
    const csv = `Run Date,Action,Symbol,Description,Type,Quantity,Price ($),Commission ($),Fees ($),Accrued Interest ($),Amount ($),Settlement Date
01/03/2024,YOU BOUGHT APPLE INC (AAPL) (Cash),AAPL,APPLE INC,Cash,10,185.00,,,,-1850.00,01/05/2024
01/04/2024,REINVESTMENT FIDELITY GOVERNMENT MONEY MARKET (SPAXX) (Cash),SPAXX,FIDELITY GOVERNMENT MONEY MARKET,Cash,1.5,1,,,,-1.50,
`
    const { rows, counts } = await preview(id, csv)
    expect(rows.map(({ verdict }) => verdict)).toEqual(['new', 'left_out'])
    expect(rows[1]!.reason).not.toBe('')
    expect(counts).toEqual({ new: 1, known: 0, rejected: 0, left_out: 1 })
  })

  it('of a long file lists its first 200 rows and the first 200 that are rejected, and counts the rest', async () => {
    const id = await newPortfolio()
    const good = (count: number) =>
      Array.from({ length: count }, (_, i) => `AAPL,Buy,2024-01-02,185.00,${i + 1}\n`).join('')
    // lines 2–301 are good, 302–1501 are not: more than an import lists
    const csv = header + good(300) + 'AAPL,Buy,never,185.00,1\n'.repeat(1_200)
    const { rows, counts } = await preview(id, csv)
    expect(counts).toEqual({ new: 300, known: 0, rejected: 1_200, left_out: 0 })
    expect(rows.map(({ line }) => line)).toEqual([
      ...Array.from({ length: 200 }, (_, i) => i + 2),
      ...Array.from({ length: 200 }, (_, i) => i + 302),
    ])
    const page = await (await request(`/portfolios/${id}/imports`, form({ text: csv, preview: '1' }))).text()
    // 1,500 rows, 400 of them listed
    expect(words(page)).toContain('and 1,100 more rows')
  })

  it('as a page says it in words, carries the file along, and writes nothing', async () => {
    const id = await invested()
    const before = await everything(id)
    const csv = `${trades}AAPL,2022-08-01,Buy,1,$161.00,\nAAPL,"<b>soon</b></textarea>",Buy,1,$161.00,\n`
    const answer = await request(
      `/portfolios/${id}/imports`,
      form({ file: new File([csv], 'trades.csv'), preview: '1' }),
    )
    expect(answer.status).toBe(200)
    expect(answer.headers.getSetCookie().join()).not.toContain('revision')
    const page = await answer.text()
    expect(words(page)).toMatch(
      /New 1 Already in portfolio 5 Rejected 1 Warnings 0 .+ 7 New Aug 1, 2022 Buy AAPL 1 161 161 8 Rejected .+ After this import AAPL 21 .+ Import 1 row/,
    )
    expect(page).not.toContain('<b>soon')
    expect(await everything(id)).toEqual(before)

    const imported = await request(`/portfolios/${id}/imports`, form({ draft: draftIn(page), preview: '0' }))
    expect(await imported.text()).toContain('1 row imported')
    expect(await transactionsOf(id)).toHaveLength(6)
    await settled(id)
  })

  it('of what is all there offers nothing to import', async () => {
    const id = await sharedInvested()
    const page = await (
      await request(`/portfolios/${id}/imports`, form({ text: trades, preview: '1' }))
    ).text()
    expect(page).toContain('Nothing new to import')
    expect(page).not.toContain('Import 1 row')
  })

  it('of more than 1 MB is kept like any other, for an hour', async () => {
    const id = await newPortfolio()
    const row = `AAPL,Buy,2024-01-02,185.00,1,${'x'.repeat(500)}\n`
    const csv = `${header.trimEnd()},Note\n${row.repeat(2_000)}`
    const page = await (await request(`/portfolios/${id}/imports`, form({ text: csv, preview: '1' }))).text()
    expect(words(page)).toContain('Import 2,000 rows')
    expect(page.length).toBeLessThan(300_000)
    const said = { draft: draftIn(page), preview: '1' }
    expect(await (await request(`/portfolios/${id}/imports`, form(said))).text()).toContain(
      'Import 2,000 rows',
    )
    setClock(Date.now() + 3_600_000)
    const late = await request(`/portfolios/${id}/imports`, form(said))
    expect([late.status, await late.text()]).toEqual([422, expect.stringContaining('Choose it again')])
  })

  it('of what is no statement shows the form again', async () => {
    const id = await newPortfolio()
    const answer = await request(`/portfolios/${id}/imports`, form({ text: 'a,b\n1,2\n', preview: '1' }))
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('We couldn’t find a header')
  })
})

function seenIn(page: string): string {
  return /name="seen" value="([^"]+)"/.exec(page)![1]!
}

/** The lines that may be mended, as a browser sends them. */
function linesIn(page: string): Record<string, string> {
  return Object.fromEntries(
    [...page.matchAll(/name="(line\.\d+)" value="([^"]*)"/g)].map(([, name, value]) => [name!, value!]),
  )
}

function draftIn(page: string): string {
  return /name="draft" value="([^"]+)"/.exec(page)![1]!
}

describe('the import page', () => {
  it('takes a file and answers with what became of its rows', async () => {
    const id = await newPortfolio({ name: 'Paper' })
    const file = new File([`${header}AAPL,Buy,2024-01-02,185.00,1\nAAPL,Buy,soon,185.00,1\n`], 'trades.csv')
    const answer = await request(`/portfolios/${id}/imports`, form({ file }))
    expect(answer.status).toBe(200)
    const page = await answer.text()
    expect(page).toContain('1 row imported')
    expect(page).toMatch(/<th[^>]*>3<\/th>/)
    expect(page).toContain('“soon”')
    expect(await transactionsOf(id)).toHaveLength(1)
    await settled(id)
  })

  it('takes pasted text', async () => {
    const id = await newPortfolio()
    const answer = await request(
      `/portfolios/${id}/imports`,
      form({ text: `${header}AAPL,Buy,2024-01-02,185.00,1\n` }),
    )
    expect(await answer.text()).toContain('1 row imported')
    await settled(id)
  })

  it.each([
    ['nothing', { text: '' }, 'this one is empty'],
    ['an empty file', { file: new File([], 'empty.csv') }, 'this one is empty'],
    ['a wrong header', { text: 'a,b\n1,2\n' }, 'We couldn’t find a header'],
  ])('given %s shows the form again with a sentence', async (_, fields, sentence) => {
    const id = await newPortfolio()
    const answer = await request(`/portfolios/${id}/imports`, form(fields))
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toContain(sentence)
    expect(page).toContain('<form')
    await settled(id)
  })

  it('given 20 MB says how to split it', async () => {
    const id = await newPortfolio()
    const file = new File(['x'.repeat(20_000_000)], 'large.csv')
    const answer = await request(`/portfolios/${id}/imports`, form({ file }))
    expect(answer.status).toBe(413)
    expect(await answer.text()).toContain('larger than 5 MB')
    await settled(id)
  })
})

describe('what a file leaves open', () => {
  // what was answered of such a file is known at the next one
  beforeEach(() => env.DB.prepare('DELETE FROM file_answers').run())

  const posted = async (id: string, fields: Record<string, string>): Promise<string> => {
    const answer = await request(`/portfolios/${id}/imports`, form(fields))
    expect([answer.status, fields]).toEqual([200, fields])
    return answer.text()
  }
  const open =
    'Datum;Vorgang;Kürzel;Stück;Kurs\n03/04/2024;Kupno akcji;XQZ;4;60,50\n05/06/2024;Kauf;XQZ;2;61,25\n'

  it('is asked on the page, both readings with the first rows and none chosen, and answered there', async () => {
    const id = await newPortfolio()
    const first = await posted(id, { text: open.replace('Kupno akcji', 'Kauf'), preview: '1' })
    expect(words(first)).toContain('One question first')
    expect(words(first)).toMatch(/line 2: “03\/04\/2024” is .*2024/)
    expect(first.match(/type="radio" name="days"/g)).toHaveLength(2)
    expect(first).not.toMatch(/name="days"[^>]*checked/)
    expect(first).not.toContain('Import 2 rows')

    const said = { draft: draftIn(first), preview: '1', days: 'dmy' }
    const second = await posted(id, said)
    expect(words(second)).toContain('Import 2 rows')
    expect(words(second)).toContain('Apr 3, 2024 Buy XQZ 4 60.5')
    expect(words(await posted(id, { ...said, preview: '0' }))).toContain('2 rows imported')
    expect(await transactionsOf(id)).toMatchObject([{ shares: '2' }, { shares: '4' }])
    await settled(id)

    // the next file of that kind is one click, also for a program
    const next = open.replaceAll('Kupno akcji', 'Kauf').replaceAll('2024', '2023')
    expect(words(await posted(id, { text: next, preview: '1' }))).toContain('Import 2 rows')
    expect(await imported(id, next, '?preview=1')).toMatchObject({ status: 200, accepted: 2 })
  })

  it('is a word of which each row is one, and a column that is read as another', async () => {
    const id = await newPortfolio()
    const csv = open.replaceAll('/04/', '.04.').replaceAll('/06/', '.06.').replace('Kupno akcji', 'Xyzzy')
    const first = await posted(id, { text: csv, preview: '1' })
    expect(words(first)).toContain('What do these words mean? “Xyzzy” 1 row')
    expect(words(first)).toContain('5 of 5 columns used')
    const said = { draft: draftIn(first), preview: '1', 'word.xyzzy': 'sell', 'column.kurs': 'none' }
    const second = words(await posted(id, said))
    expect(second).toContain('4 of 5 columns used')
    expect(second).not.toContain('Import 2 rows')
    const third = words(await posted(id, { ...said, 'word.xyzzy': 'buy', 'column.kurs': '' }))
    expect(third).toContain('Import 2 rows')
  })

  it('is what a column of a known format holds, where the person knows better', async () => {
    const id = await newPortfolio()
    // a file of Revolut whose amount is in a column of another name than Revolut gives it
    const csv =
      'Date,Ticker,Type,Quantity,Price per share,Total Amount,Currency,FX Rate,Paid\n2024-01-02,KO,BUY - MARKET,3,60.00,999,USD,1,181.00\n'
    const first = await posted(id, { text: csv, preview: '1' })
    expect(words(first)).toContain('Format: Revolut')
    expect(words(first)).toContain('7 of 9 columns used')
    const said = {
      draft: draftIn(first),
      preview: '1',
      'column.paid': 'amount',
      'column.total amount': 'none',
    }
    const second = await posted(id, said)
    expect(words(second)).toContain('Jan 2, 2024 Buy KO 3 60')
    expect(second).toMatch(/<option value="amount" selected=""/)
    await posted(id, { ...said, preview: '0' })
    // 3 × 60 and a fee of 1 are 181
    expect(await transactionsOf(id)).toMatchObject([{ shares: '3', price: '60', fee: '1' }])
    await settled(id)
  })

  it('is asked once more when something was changed since it was shown, and not imported unseen', async () => {
    const id = await newPortfolio()
    const csv = open.replaceAll('/04/', '.04.').replaceAll('/06/', '.06.').replace('Kupno akcji', 'Xyzzy')
    const first = await posted(id, { text: csv, preview: '1' })
    const said = { draft: draftIn(first), preview: '0', 'word.xyzzy': 'buy' }
    const unseen = form({ ...said, ...linesIn(first), seen: seenIn(first) })
    const answer = await request(`/portfolios/${id}/imports`, unseen)
    expect(answer.status).toBe(422)
    const second = await answer.text()
    expect(words(second)).toContain('You changed something since these rows were shown')
    expect(await transactionsOf(id)).toEqual([])
    const again = { ...said, ...linesIn(second), seen: seenIn(second) }
    expect(words(await posted(id, again))).toContain('2 rows imported')
    await settled(id)
  })

  it('cannot be: the sentence stands above what was said of the rest', async () => {
    const id = await newPortfolio()
    const csv = open.replaceAll('/04/', '.04.').replaceAll('/06/', '.06.').replace('Kupno akcji', 'Xyzzy')
    const first = await posted(id, { text: csv, preview: '1' })
    const said = { draft: draftIn(first), preview: '1', 'column.datum': 'none', 'word.xyzzy': 'buy' }
    const answer = await request(`/portfolios/${id}/imports`, form(said))
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(words(page)).toContain('We couldn’t find a header')
    expect(words(page)).toContain('Import 2 rows')
    expect(page).toMatch(/<option value="buy" selected=""/)
  })

  it('is a ticker, which is remembered for the next file', async () => {
    const id = await newPortfolio()
    const csv = 'Date,Type,Security Name,Shares,Price\n2024-01-02,Buy,The fizzy one,3,60.00\n'
    const first = await posted(id, { text: csv, preview: '1' })
    expect(words(first)).toContain('Which tickers are these? The fizzy one 1 row')
    const said = { draft: draftIn(first), 'security.The fizzy one': 'ko' }
    expect(words(await posted(id, { ...said, preview: '1' }))).toContain('Jan 2, 2024 Buy KO 3 60')
    await posted(id, { ...said, preview: '0' })
    expect(await transactionsOf(id)).toMatchObject([{ symbol: 'KO', shares: '3' }])
    await settled(id)
    const next = csv.replace('2024', '2023')
    expect(words(await posted(id, { text: next, preview: '1' }))).toContain('Jan 2, 2023 Buy KO 3 60')
  })

  it('is the part of the cost that a spin-off took along, and of which company it was', async () => {
    const id = await newPortfolio()
    const csv = 'Date,Symbol,Action,Quantity,Price\n2024-01-02,KO,Buy,8,60\n2024-03-01,VOO,Spin-off,2,\n'
    const first = await posted(id, { text: csv, preview: '1' })
    expect(words(first)).toContain('Which part of the cost went to the new shares? VOO, in percent')
    const said = { draft: draftIn(first), 'spinoff.VOO': '12,5', 'parent.VOO': 'ko' }
    const second = await posted(id, { ...said, preview: '1' })
    expect(words(second)).toContain('Import 2 rows')
    expect(words(second)).toContain('After this import KO 8 VOO 2')
    expect(second).toMatch(/name="spinoff.VOO" value="12.5"/)
    await posted(id, { ...said, preview: '0' })
    expect(await transactionsOf(id)).toMatchObject([
      { type: 'spin_off', symbol: 'KO', new_symbol: 'VOO', shares: '2', cost_share: '0.125' },
      { type: 'buy', symbol: 'KO' },
    ])
  })

  it('is a row that resembles one that is here, or equals it: neither is imported unless one says so', async () => {
    const id = await newPortfolio()
    await imported(id, `${header}KO,Buy,2024-01-02,60.00,3\nKO,Buy,2024-02-01,61.00,3\n`)
    await settled(id)
    const csv = `${header}KO,Buy,2024-01-04,60.20,3\nKO,Buy,2024-02-01,61.00,3\nKO,Buy,2024-03-01,62.00,3\nKO,Buy,2024-01-03,70.00,3\n`
    const first = await posted(id, { text: csv, preview: '1' })
    expect(words(first)).toContain('New 2 Already in portfolio 1 Similar 1')
    expect(words(first)).toContain('Similar like Jan 2, 2024 at 60')
    // 3 + 3 that are here, and the two that are new
    expect(words(first)).toContain('After this import KO 12')
    const said = new FormData()
    for (const [name, value] of [
      ['draft', draftIn(first)],
      ['take', '2'],
      ['take', '3'],
    ] as const)
      said.append(name, value)
    const answer = await request(`/portfolios/${id}/imports`, { method: 'POST', body: said })
    expect(await answer.text()).toContain('4 rows imported')
    expect(await transactionsOf(id)).toHaveLength(6)
    await settled(id)
  })

  it('is a row that cannot be read, mended in its place', async () => {
    const id = await newPortfolio()
    const first = await posted(id, {
      text: `${header}KO,Buy,soon,60.00,3\nKO,Buy,2024-02-01,61.00,3\n`,
      preview: '1',
    })
    expect(first).toContain('name="line.2" value="KO,Buy,soon,60.00,3"')
    const said = { draft: draftIn(first), preview: '1', 'line.2': 'KO,Buy,2024-01-02,60.00,3' }
    const second = await posted(id, said)
    expect(words(second)).toContain('Import 2 rows')
    // it stays mended with the next change
    expect(second).toContain('name="line.2" value="KO,Buy,2024-01-02,60.00,3"')
    await posted(id, { ...said, preview: '0' })
    expect(await transactionsOf(id)).toHaveLength(2)
    await settled(id)
  })

  it('is where each account of a file goes: here, into another portfolio, into a new one, or nowhere', async () => {
    const [id, other] = [await newPortfolio({ name: 'Taxable' }), await newPortfolio({ name: 'Old' })]
    const csv = `Account,Date,Type,Ticker,Shares,Price
Taxable,2024-01-02,Buy,KO,3,60.00
Roth IRA,2024-01-03,Buy,KO,4,60.50
Kids,2024-01-04,Buy,KO,5,61.00
Closed,2024-01-05,Buy,KO,6,61.50
`
    const first = await posted(id, { text: csv, preview: '1' })
    expect(words(first)).toContain('This file has 4 accounts. Where does each go?')
    expect(words(first)).toContain('Import 4 rows')
    const said = {
      draft: draftIn(first),
      'account.Taxable': '',
      'account.Roth IRA': 'new',
      'account.Kids': other,
      'account.Closed': 'none',
    }
    const second = await posted(id, { ...said, preview: '1' })
    expect(words(second)).toContain('Import 1 row and 2 other accounts')
    expect(words(second)).toMatch(/Kids 1 row .* Leave its rows out 1 new/)
    const sent = { ...said, preview: '0', seen: seenIn(second) }
    const done = await posted(id, sent)
    expect(words(done)).toContain('1 row imported')
    expect(words(done)).toMatch(/Roth IRA : 1 new · Undo this import… Old : 1 new · Undo this import…/)
    // the same form again makes nothing twice
    const again = words(await posted(id, sent))
    expect(again).toMatch(/Roth IRA : 0 new, 1 already there Old : 0 new, 1 already there/)
    const { portfolios } = (await json('/api/portfolios')) as { portfolios: { id: string; name: string }[] }
    const made = portfolios.filter(({ name }) => name === 'Roth IRA')
    expect(made).toHaveLength(1)
    expect(await transactionsOf(id)).toMatchObject([{ shares: '3' }])
    expect(await transactionsOf(other)).toMatchObject([{ shares: '5' }])
    expect(await transactionsOf(made[0]!.id)).toMatchObject([{ shares: '4' }])
    await Promise.all([id, other, made[0]!.id].map(settled))
    // where they went is where they go the next time, and nothing that another place would know
    const next = await posted(id, { text: csv.replaceAll('2024', '2025'), preview: '1' })
    expect(words(next)).toContain('Import 1 row and 2 other accounts')
    const went = [...next.matchAll(/<option value="([^"]*)" selected/g)].map(([, target]) => target)
    expect(went).toEqual(expect.arrayContaining([made[0]!.id, other, 'none']))
    expect(await (await request('/account/export')).text()).not.toContain('accounts|')
    const undo = new RegExp(`/portfolios/${other}/imports/[0-9a-f-]{36}`).exec(done)![0]
    await request(`${undo}/undo`, form({}))
    expect(await transactionsOf(other)).toEqual([])
    await settled(other)
  })

  it('never goes into a portfolio of somebody else', async () => {
    const id = await newPortfolio()
    const csv =
      'Account,Date,Type,Ticker,Shares,Price\nA,2024-01-02,Buy,KO,3,60.00\nB,2024-01-03,Buy,KO,4,60.50\n'
    const first = await posted(id, { text: csv, preview: '1' })
    const theirs = crypto.randomUUID()
    const said = { draft: draftIn(first), 'account.A': '', 'account.B': theirs }
    expect(words(await posted(id, { ...said, preview: '0' }))).toContain('Nothing of “B” was imported.')
    expect(await transactionsOf(id)).toHaveLength(1)
    await settled(id)
  })

  it('can be said by a program in its query', async () => {
    const id = await newPortfolio()
    // with other headings than those of which something is remembered
    const csv = open.replace('Kupno akcji', 'Xyzzy').replace('Kurs', 'Kurs;Notiz')
    expect(await imported(id, csv)).toMatchObject({ status: 409 })
    const said = await imported(id, csv, '?days=mdy&word.xyzzy=buy')
    expect(said).toMatchObject({ status: 201, accepted: 2 })
    await settled(id)
  })
})

describe('an import undone', () => {
  type Listed = { id: string; accepted: number; undone_at: string | null }
  const importsOf = async (id: string): Promise<Listed[]> =>
    (await json(`/api/portfolios/${id}/imports`)).imports
  const undo = (id: string, importId: string, query = '') =>
    request(`/api/portfolios/${id}/imports/${importId}${query}`, { method: 'DELETE' })

  it('takes its rows away and no others, says so in the activity, and can be imported again', async () => {
    const id = await invested()
    const longer = `${trades}KO,2022-08-01,Buy,1,$61.00,\nKO,2022-08-02,Buy,2,$62.00,\n`
    setClock(NOON + 1000)
    expect(await imported(id, longer)).toMatchObject({ accepted: 2, duplicates: 5 })
    const [latest, first] = await importsOf(id)
    expect([latest!.accepted, first!.accepted]).toEqual([2, 5])

    const undone = await undo(id, latest!.id)
    expect([undone.status, await undone.json()]).toMatchObject([200, { deleted: 2 }])
    expect((await transactionsOf(id)).map(({ symbol }) => symbol)).not.toContain('KO')
    expect(await transactionsOf(id)).toHaveLength(5)
    expect((await importsOf(id)).map(({ undone_at }) => undone_at !== null)).toEqual([true, false])
    const log = words(await (await request(`/portfolios/${id}/activity?show=imports`)).text())
    expect(log).toContain('You undid an import of 2 rows (format: Transactions)')

    expect(await (await undo(id, latest!.id)).json()).toMatchObject({ deleted: 0 })
    expect(await imported(id, longer)).toMatchObject({ accepted: 2, duplicates: 5 })
  })

  it('leaves each row to be restored by itself', async () => {
    const id = await invested()
    const row = (await transactionsOf(id)).find(({ symbol }) => symbol === 'AAPL')!
    const [{ id: first }] = (await importsOf(id)) as [Listed]
    await undo(id, first)
    expect(await transactionsOf(id)).toEqual([])
    expect((await send(`/api/portfolios/${id}/transactions/${row.id}/restore`, {})).status).toBe(200)
    expect((await transactionsOf(id)).map(({ symbol, shares }) => [symbol, shares])).toEqual([['AAPL', '20']])
  })

  it('names first the rows that were edited, and the sales and dividends that would lack shares', async () => {
    const id = await newPortfolio()
    await imported(id, `${header}AAPL,Buy,2024-01-02,185.00,10\nKO,Buy,2024-01-02,60.00,5\n`)
    const [{ id: first }] = (await importsOf(id)) as [Listed]
    await settled(id)
    const sold = { type: 'sell', symbol: 'AAPL', date: '2024-02-01', shares: '4', price: '190' }
    expect((await send(`/api/portfolios/${id}/transactions`, sold)).status).toBe(201)
    const paid = { type: 'dividend', symbol: 'KO', date: '2024-03-14', amount: '2.43' }
    expect((await send(`/api/portfolios/${id}/transactions`, paid)).status).toBe(201)
    const ko = (await json(`/api/portfolios/${id}/transactions`)).transactions.find(
      ({ symbol, type }: { symbol: string; type: string }) => symbol === 'KO' && type === 'buy',
    )
    expect(
      (await send(`/api/portfolios/${id}/transactions/${ko.id}`, { ...ko, shares: '6' }, 'PUT')).status,
    ).toBe(200)

    const path = `/portfolios/${id}/imports/${first}`
    const said = words(await (await request(path)).text())
    expect(said).toContain('This deletes 2 rows')
    expect(said).toContain('1 of them was edited since')
    expect(said).toMatch(/Without these rows: .*AAPL/)
    const refused = await undo(id, first)
    expect(refused.status).toBe(409)
    expect(((await refused.json()) as { lacking: string[] }).lacking).toEqual([
      expect.stringContaining('AAPL'),
      '2024-03-14: a dividend of KO, of which nothing would be held',
    ])
    expect(await transactionsOf(id)).toHaveLength(4)

    const done = await request(`${path}/undo`, { method: 'POST', body: new URLSearchParams({ anyway: '1' }) })
    expect(done.status).toBe(303)
    const left = Object.fromEntries((await transactionsOf(id)).map(({ symbol, shares }) => [symbol, shares]))
    expect(left).toEqual({ AAPL: '4', KO: null })
  })

  it('of another portfolio, or of none, is not found', async () => {
    const [id, other] = [await sharedInvested(), await newPortfolio()]
    const [{ id: first }] = (await importsOf(id)) as [Listed]
    expect((await undo(other, first)).status).toBe(404)
    expect((await request(`/portfolios/${other}/imports/${first}`)).status).toBe(404)
    expect(await transactionsOf(id)).toHaveLength(5)
  })
})
