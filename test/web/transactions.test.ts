import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { json, newPortfolio, request, send, settled } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'

beforeEach(() => setClock())
afterEach(() => setClock())

// eslint-disable-next-line typescript/no-explicit-any -- what a script would find in the answer
type Answer = any

let id: string
const at = (transaction = '') => `/api/portfolios/${id}/transactions${transaction && `/${transaction}`}`
const bought = (more: Record<string, unknown> = {}) => ({
  type: 'buy',
  symbol: 'AAPL',
  date: '2034-01-03',
  shares: '10',
  price: '185.5',
  ...more,
})
const all = async (): Promise<Answer[]> => (await json(`${at()}?limit=500`)).transactions

async function entered(
  input: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await send(at(), input, 'POST', headers)
  const body: Answer = await answer.json()
  expect([answer.status, body.detail]).toEqual([201, undefined])
  return body
}

// a year of history is enough here, and soon computed
beforeAll(async () => {
  setClock()
  id = await newPortfolio({ benchmarks: ['VOO'] })
  await entered(bought())
  await settled(id)
})

describe('a transaction', () => {
  it.each(['0.00000001', '0.1', '14.245014', '123456789.12345678', '1000000000000'])(
    'of %s shares is answered with exactly as many',
    async (shares) => {
      const row = await entered(bought({ shares, price: '0.5' }))
      expect(row.shares).toBe(shares)
      expect((await json(at(row.id))).shares).toBe(shares)
      await request(at(row.id), { method: 'DELETE' })
    },
  )

  it('keeps currency, fee and note; its amount is price × shares', async () => {
    const sent = bought({ fee: '4.90', currency: 'usd', note: ' “rent” <b> ', amount: '1855.00' })
    const row = await entered(sent)
    expect(row).toMatchObject({ fee: '4.9', currency: 'USD', note: '“rent” <b>', amount: '1855', version: 1 })
  })

  it('keeps the day of its next review through an edit, until it is emptied', async () => {
    const row = await entered(bought({ shares: '7', review: '2036-01-03' }))
    expect((await json(at(row.id))).review).toBe('2036-01-03')
    const edited = { ...row, note: 'cheap', version: row.version }
    expect(await (await send(at(row.id), edited, 'PUT')).json()).toMatchObject({ review: '2036-01-03' })
    const done = await send(at(row.id), { ...edited, review: '', version: 2 }, 'PUT')
    expect(await done.json()).not.toHaveProperty('review')
  })

  it('is rounded to ten decimals with a word', async () => {
    const row = await entered(bought({ shares: '0.1234567890123456' }))
    expect(row).toMatchObject({
      shares: '0.123456789',
      warnings: ['shares 0.1234567890123456 is rounded to 0.123456789'],
    })
    // what was read may be sent again; another amount than price × shares is told
    const saved: Answer = await (await send(at(row.id), { ...row, shares: '0.2' }, 'PUT')).json()
    expect([saved.amount, saved.warnings]).toEqual(['37.1', undefined])
    const other = await send(at(row.id), { ...saved, amount: '40' }, 'PUT')
    expect(await other.json()).toMatchObject({
      amount: '37.1',
      warnings: ['amount 40 is not price × shares; 37.1 is used'],
    })
    await request(at(row.id), { method: 'DELETE' })
  })

  it('may be of the reader’s today, unless its exchange says that the day has not begun', async () => {
    // 13:00 in Sydney, and still the evening before in New York
    setClock(Date.parse('2035-03-08T02:00:00Z'))
    const on = (date: string, more: Record<string, unknown>) => send(at(), bought({ date, ...more }))
    const sydney = await on('2035-03-08', { symbol: 'BHP.AX' })
    expect(sydney.status).toBe(201)
    const deposit = await send(at(), { type: 'deposit', date: '2035-03-08', amount: '5' })
    expect(deposit.status).toBe(201)
    expect((await on('2035-03-08', {})).status).toBe(422)
    expect((await on('2035-03-09', { symbol: 'BHP.AX' })).status).toBe(422)
    for (const answer of [sydney, deposit])
      await request(at((await answer.json<Answer>()).id), { method: 'DELETE' })
  })

  it('may be cash, a fee or a split', async () => {
    expect(await entered({ type: 'deposit', date: '2034-01-03', amount: 250.25 })).toMatchObject({
      symbol: null,
      shares: null,
      amount: '250.25',
      currency: 'USD',
    })
    expect(await entered({ type: 'fee', date: '2034-01-03', amount: '3' })).toMatchObject({ amount: '3' })
    expect(
      await entered({ type: 'interest', symbol: 'KO', date: '2034-01-03', amount: 7, tax: 2 }),
    ).toMatchObject({ type: 'interest', symbol: 'KO', amount: '7', fee: '2' })
    expect(await entered({ type: 'tax', date: '2034-01-03', amount: '4' })).toMatchObject({ symbol: null })
    expect(await entered({ type: 'split', symbol: 'KO', date: '2034-01-03', ratio: '3/2' })).toMatchObject({
      ratio: '3:2',
      amount: '0',
    })
    await settled(id)
  })

  it('equal to one that is there is another one', async () => {
    const [one, two] = [await entered(bought()), await entered(bought())]
    expect(one.id).not.toBe(two.id)
  })

  it('with a long row of digits is entered like any other', async () => {
    const long = bought({
      shares: '123456.12345678',
      price: '9876.12345678',
      fee: '12.3456',
      currency: 'USD',
    })
    expect(await entered(long)).toMatchObject({ shares: '123456.12345678' })
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['an unknown type', { type: 'gift' }, 'type: “gift” is not a transaction type (buy, sell'],
    ['no type', { type: null }, 'type: “” is not a transaction type ('],
    ['no ticker', { symbol: '' }, 'symbol: a buy needs a ticker'],
    ['a ticker that is none', { symbol: 'A B' }, 'symbol: “A B” is not a ticker'],
    ['a day that does not exist', { date: '2023-02-29' }, 'date: “2023-02-29” is not a date'],
    ['a day to come', { date: '2035-03-08' }, 'date: 2035-03-08 is in the future'],
    ['no shares', { shares: null }, 'shares: a buy needs shares'],
    ['negative shares', { shares: '-1' }, 'shares: shares must be at least 0.00000001'],
    ['shares in words', { shares: 'ten' }, 'shares: “ten” is not a number'],
    ['a list of shares', { shares: [10] }, 'shares: must be a number, or text'],
    ['an exponent', { price: '1e3' }, 'price: “1e3” is not a number'],
    ['a price above 1e9', { price: '1000000000.01' }, 'price: price must be at most 1000000000'],
    ['a currency that is none', { currency: 'dollar' }, 'currency: “DOLLAR” is not a currency code'],
  ])('with %s is refused with a sentence', async (_, wrong, sentence) => {
    const count = (await all()).length
    const refused = await send(at(), bought(wrong))
    expect(refused.status).toBe(422)
    expect(refused.headers.get('content-type')).toBe('application/problem+json')
    const { detail, faults }: Answer = await refused.json()
    expect(detail).toContain(sentence)
    expect(faults[0].field).toBe(Object.keys(wrong)[0])
    expect(await all()).toHaveLength(count)
  })

  it.each(['{', '[]', '"buy"'])('sent as %s is refused', async (body) => {
    expect((await request(at(), { method: 'POST', body })).status).toBe(400)
  })
})

describe('an idempotency key', () => {
  const key = () => ({ 'idempotency-key': crypto.randomUUID() })

  it('sent twice makes one row, and both are answered with it', async () => {
    const headers = key()
    const before = (await all()).length
    const [one, two] = await Promise.all([entered(bought(), headers), entered(bought(), headers)])
    expect(two.id).toBe(one.id)
    expect(await entered(bought(), headers)).toMatchObject({ id: one.id })
    expect(await all()).toHaveLength(before + 1)
  })

  it('that is new makes another', async () => {
    expect((await entered(bought(), key())).id).not.toBe((await entered(bought(), key())).id)
  })

  it('is left free by a request that was refused', async () => {
    const headers = key()
    expect((await send(at(), bought({ shares: '0' }), 'POST', headers)).status).toBe(422)
    expect(await entered(bought(), headers)).toMatchObject({ shares: '10' })
  })
})

describe('an edit', () => {
  it('counts the version up and is what is read next', async () => {
    const row = await entered(bought())
    const put = await send(at(row.id), { ...row, shares: '11.5', note: 'corrected' }, 'PUT')
    expect(put.status).toBe(200)
    const edited: Answer = await put.json()
    expect(edited).toMatchObject({ id: row.id, shares: '11.5', note: 'corrected', version: 2 })
    expect(edited.revision).toBeGreaterThan(row.revision)
    const { revision: _, ...shown } = edited
    expect(await json(at(row.id))).toEqual(shown)
  })

  it('of an old version is 409 and shows what is there now', async () => {
    const row = await entered(bought())
    await send(at(row.id), { ...row, shares: '11' }, 'PUT')
    const late = await send(at(row.id), { ...row, shares: '12' }, 'PUT')
    expect(late.status).toBe(409)
    expect(await late.json()).toMatchObject({
      detail: expect.stringContaining('changed after you read it'),
      current: { id: row.id, shares: '11', version: 2 },
    })
    expect((await json(at(row.id))).shares).toBe('11')
  })

  it('of two at once, one is in and the other is told', async () => {
    const row = await entered(bought())
    const both = await Promise.all(['11', '12'].map((shares) => send(at(row.id), { ...row, shares }, 'PUT')))
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  })

  it('without a version is asked for one', async () => {
    const row = await entered(bought())
    for (const version of [undefined, null, 'first', 1.5]) {
      const answer = await send(at(row.id), { ...row, version }, 'PUT')
      expect(answer.status).toBe(428)
      expect(((await answer.json()) as Answer).detail).toContain('`version`')
    }
  })

  it('that is no transaction is refused, and the row stays', async () => {
    const row = await entered(bought())
    expect((await send(at(row.id), { ...row, shares: '-1' }, 'PUT')).status).toBe(422)
    expect(await json(at(row.id))).toMatchObject({ shares: '10', version: 1 })
  })

  it('of a row that is not there is 404', async () => {
    expect((await send(at('nothing'), { ...bought(), version: 1 }, 'PUT')).status).toBe(404)
    expect((await request(at('nothing'), { method: 'DELETE' })).status).toBe(404)
    expect((await request(at('nothing'))).status).toBe(404)
  })

  it('of another portfolio’s row is 404', async () => {
    const row = await entered(bought())
    const other = await newPortfolio()
    const path = `/api/portfolios/${other}/transactions/${row.id}`
    expect((await request(path)).status).toBe(404)
    expect((await send(path, { ...row, shares: '1' }, 'PUT')).status).toBe(404)
    expect((await request(path, { method: 'DELETE' })).status).toBe(404)
    expect(await json(at(row.id))).toMatchObject({ shares: '10', version: 1 })
    await settled(other)
  })

  it('leaves the row before and after in the audit log', async () => {
    const row = await entered(bought())
    await send(at(row.id), { ...row, note: 'new' }, 'PUT')
    await request(at(row.id), { method: 'DELETE' })
    const { results } = await env.DB.prepare(
      'SELECT action, before, after FROM audit WHERE subject = ? ORDER BY id',
    )
      .bind(`transaction:${row.id}`)
      .all<{ action: string; before: string | null; after: string | null }>()
    expect(results.map(({ action }) => action)).toEqual(['create', 'update', 'delete'])
    expect(JSON.parse(results[1]!.before!)).toMatchObject({ note: '' })
    expect(JSON.parse(results[1]!.after!)).toMatchObject({ note: 'new' })
    expect(results[2]!.after).toBeNull()
  })
})

describe('shares that are not there', () => {
  // MSFT was never split in the demo market's time
  const msft = (more: Record<string, unknown>) => bought({ symbol: 'MSFT', ...more })
  let buy: Answer

  beforeAll(async () => {
    setClock()
    buy = await entered(msft({ date: '2034-01-05', shares: '10' }))
    await settled(id)
    await entered(msft({ type: 'sell', date: '2034-06-01', shares: '6' }))
  })

  const refusal = async (answer: Response) => {
    const { detail }: Answer = await answer.json()
    return [answer.status, detail]
  }

  it('cannot be sold', async () => {
    const sale = await send(at(), msft({ type: 'sell', date: '2034-07-03', shares: '4.00000001' }))
    expect(await refusal(sale)).toEqual([
      422,
      expect.stringContaining('sold 4.00000001 MSFT, but held only 4'),
    ])
  })

  it('cannot be taken from a later sale by an earlier one', async () => {
    const sale = await send(at(), msft({ type: 'sell', date: '2034-02-01', shares: '5' }))
    expect(await refusal(sale)).toEqual([
      422,
      expect.stringContaining('2034-06-01: sold 6 MSFT, but held only 5'),
    ])
  })

  it('may have been bought on the day of their sale, and only as many', async () => {
    const day = await entered(msft({ date: '2034-06-01', shares: '3' }))
    const sale = await entered(msft({ type: 'sell', date: '2034-06-01', shares: '7' }))
    const more = await send(
      at(sale.id),
      { ...msft({ type: 'sell', date: '2034-06-01', shares: '8' }), version: 1 },
      'PUT',
    )
    expect(await refusal(more)).toEqual([422, expect.stringContaining('MSFT, but held only')])
    const without = await request(at(day.id), { method: 'DELETE' })
    expect(await refusal(without)).toEqual([
      422,
      expect.stringContaining('without this transaction: 2034-06-01: sold 7 MSFT'),
    ])
    for (const row of [sale, day]) expect((await request(at(row.id), { method: 'DELETE' })).ok).toBe(true)
  })

  it('cannot be left behind by deleting their purchase', async () => {
    const answer = await request(at(buy.id), { method: 'DELETE' })
    expect(await refusal(answer)).toEqual([
      422,
      expect.stringContaining('without this transaction: 2034-06-01: sold 6 MSFT'),
    ])
    expect((await request(at(buy.id))).status).toBe(200)
  })

  it('cannot be left behind by editing their purchase, its ticker included', async () => {
    for (const change of [{ shares: '5' }, { symbol: 'AAPL' }, { date: '2034-06-02' }]) {
      const answer = await send(at(buy.id), { ...buy, ...change }, 'PUT')
      expect(await refusal(answer)).toEqual([422, expect.stringContaining('sold 6 MSFT')])
    }
    expect(await json(at(buy.id))).toMatchObject({ symbol: 'MSFT', shares: '10', version: 1 })
  })

  it('the last of them can', async () => {
    const sale = await entered(msft({ type: 'sell', date: '2034-07-03', shares: '4' }))
    expect((await request(at(sale.id), { method: 'DELETE' })).status).toBe(204)
  })
})

describe('a sale', () => {
  const ko = (more: Record<string, unknown>) => bought({ symbol: 'KO', date: '2034-05-02', ...more })

  it('may name which of a day’s purchases it sells, and keeps that through an edit by the day', async () => {
    const [first, second] = [await entered(ko({ price: '60' })), await entered(ko({ price: '70' }))]
    const sold = ko({ type: 'sell', date: '2034-06-01', shares: '6', price: '80' })
    const lots = [{ transaction: second.id, shares: '5' }]
    const sale = await entered({ ...sold, lots })
    expect(sale.lots).toEqual(lots)
    expect((await json(at(sale.id))).lots).toEqual(lots)
    // as a form has it
    const byDay = { ...sold, lots: '2034-05-02 4', version: 1 }
    expect(await (await send(at(sale.id), byDay, 'PUT')).json()).toMatchObject({
      lots: [{ transaction: second.id, shares: '4' }],
    })
    const gone = await request(at(second.id), { method: 'DELETE' })
    expect((await gone.json<Answer>()).detail).toContain(
      'without this transaction: 2034-06-01: the named lot of KO of 2034-05-02 holds only 0',
    )
    const more = await send(
      at(sale.id),
      { ...sold, shares: '12', lots: [{ transaction: first.id, shares: 11 }], version: 2 },
      'PUT',
    )
    expect([more.status, (await more.json<Answer>()).faults]).toEqual([
      422,
      [{ field: 'lots', reason: '2034-06-01: the named lot of KO of 2034-05-02 holds only 10' }],
    ])
    // what was said by the day is answered by purchase, and is no change when it comes back
    const other = await entered({ ...sold, shares: '9', lots: '2034-05-02' })
    // of the first 6 − 4 are sold already
    const taken = (rest: string) => [
      { transaction: first.id, shares: '8' },
      { transaction: second.id, shares: rest },
    ]
    expect(other.lots).toEqual(taken('1'))
    const back = await send(at(other.id), { ...other, shares: '9.5' }, 'PUT')
    expect((await back.json<Answer>()).lots).toEqual(taken('1.5'))
    for (const { id: row } of [other, sale, second, first]) await request(at(row), { method: 'DELETE' })
  })

  it('cannot name a purchase of another portfolio', async () => {
    const elsewhere = await newPortfolio()
    const answer = await send(`/api/portfolios/${elsewhere}/transactions`, ko({}))
    const { id: theirs } = await answer.json<Answer>()
    const refused = await send(at(), ko({ type: 'sell', lots: [{ transaction: theirs, shares: '1' }] }))
    expect([refused.status, (await refused.json<Answer>()).detail]).toEqual([
      422,
      `lots: “${theirs}” is no transaction of this portfolio`,
    ])
  })
})

describe('pages of transactions', () => {
  let paged: string

  beforeAll(async () => {
    setClock()
    paged = await newPortfolio()
    const days = ['2034-01-04', '2034-01-02', '2034-01-04', '2034-01-03', '2034-01-04']
    for (const [i, date] of days.entries()) {
      await send(`/api/portfolios/${paged}/transactions`, { type: 'deposit', date, amount: String(i + 1) })
    }
    await settled(paged)
  })

  const page = (query: string) => json(`/api/portfolios/${paged}/transactions?${query}`)
  const amounts = (answer: Answer) => answer.transactions.map((row: Answer) => row.amount)

  it('follow each other by `next`, newest first, none twice', async () => {
    const first = await page('limit=2')
    const second = await page(`limit=2&after=${first.next}`)
    const third = await page(`limit=2&after=${second.next}`)
    expect([first, second, third].map(amounts)).toEqual([['5', '3'], ['1', '4'], ['2']])
    expect(third.next).toBeNull()
  })

  it('end when exactly full', async () => {
    const whole = await page('limit=5')
    expect(amounts(whole)).toHaveLength(5)
    expect(whole.next).toBeNull()
  })

  it.each(['0', '-3', 'many', '1e9', '2.5'])('of a limit of “%s” are refused', async (limit) => {
    const answer = await request(`/api/portfolios/${paged}/transactions?limit=${limit}`)
    expect(answer.status).toBe(400)
    expect(((await answer.json()) as Answer).detail).toBe(
      `limit must be a whole number from 1 to 500, not “${limit}”.`,
    )
  })

  it('of more than there may be are as long as there may be', async () => {
    expect(await page('limit=100000')).toEqual(await page('limit='))
  })

  it('have derived rows with `derived=1`, and no other word for it', async () => {
    expect((await request(`/api/portfolios/${paged}/transactions?derived=true`)).status).toBe(400)
    expect(await page('derived=&after=')).toEqual(await page('derived=0'))
  })

  it.each(['2024-01-04', 'x.1', '2024-02-30.1', '2024-01-04.1e3', "2024-01-04.1' OR 1"])(
    'after “%s”, which no page ended with, are refused',
    async (after) => {
      const answer = await request(`/api/portfolios/${paged}/transactions?after=${encodeURIComponent(after)}`)
      expect(answer.status).toBe(400)
      expect(((await answer.json()) as Answer).detail).toContain('`next`')
    },
  )
})
