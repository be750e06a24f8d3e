import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { money, signedMoney } from '../../src/web/format.ts'
import { importCsv, json, newPortfolio, request, send, settled } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'
import { listen } from '../worker/socket.ts'
import { follow } from './page.ts'
import { recentTrades } from './reads.ts'

// eslint-disable-next-line typescript/no-explicit-any -- what a script would find in the answer
type Answer = any

beforeEach(() => setClock())
afterEach(() => setClock())

let id: string

beforeAll(async () => {
  id = await invested(recentTrades)
})

const list = (rest = '') => `/portfolios/${id}/transactions${rest}`
const api = (rest = '') => `/api/portfolios/${id}/transactions${rest}`
const all = async (): Promise<Answer[]> => (await json(api('?limit=500'))).transactions
const find = async (type: string, symbol: string): Promise<Answer> =>
  (await all()).find((row) => row.type === type && row.symbol === symbol)

async function page(path: string, headers: Record<string, string> = {}): Promise<string> {
  const answer = await request(path, { headers })
  expect([path, answer.status]).toEqual([path, 200])
  return answer.text()
}

const inPlace = { 'hx-request': 'true' }

function post(path: string, fields: Record<string, string>, headers = {}): Promise<Response> {
  return request(path, { method: 'POST', body: new URLSearchParams(fields), headers })
}

/** What a person reads: the text without its tags. */
const words = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

/** The rows of the table, as words, in their order. */
const rowsOf = (html: string) =>
  [...html.matchAll(/<tr id="transaction-[^"]+"[^>]*>(.*?)<\/tr>/g)].map(([, row]) => words(row!).trim())

const bought = (more: Record<string, string> = {}) => ({
  type: 'buy',
  symbol: 'KO',
  date: '2034-05-02',
  shares: '3',
  price: '61.5',
  ...more,
})

/** The form's hidden key, as the page makes it. */
const keyIn = (html: string) => /name="key" value="([^"]+)"/.exec(html)![1]!

describe('the page', () => {
  beforeAll(async () => {
    id = await invested(recentTrades)
  })

  it('lists all transactions, newest first, each with what became of it', async () => {
    const rows = rowsOf(await page(list()))
    expect(rows.map((row) => row.split(' ').slice(0, 5).join(' '))).toEqual([
      'Mar 1, 2034 Sell AAPL',
      'Feb 1, 2034 Buy MSFT',
      'Jan 3, 2034 Buy AAPL',
    ])
    const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
    const apple = holdings.find((row: Answer) => row.symbol === 'AAPL')
    // the sale’s 2 × (410 − 400), and all ten shares at today’s price
    expect(rows[0]).toContain('+$20.00')
    expect(rows[2]).toContain(money(String(10 * Number(apple.price)), 'USD'))
    expect(rows[2]).toContain('80.00% left')
    expect(rows[1]).toContain('−$3,500.00')
  })

  it('is in the navigation, and leads to each instrument', async () => {
    const text = await page(list())
    expect(text).toMatch(new RegExp(`<a href="${list()}" [^>]*aria-current="page">Transactions</a>`))
    expect(text).toContain(`href="/portfolios/${id}/instruments/AAPL"`)
    expect(await page(`/portfolios/${id}`)).toContain(`href="${list()}"`)
  })

  it('has the summary’s figures, the same as the dashboard’s', async () => {
    const { summary } = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
    const text = words(await page(list()))
    expect(text).toContain(money(summary.invested, 'USD'))
    expect(text).toContain(signedMoney(summary.total_gain, 'USD'))
    expect(text).toContain(signedMoney(summary.benchmarks.VOO.gain, 'USD'))
    expect(text).toMatch(/Picks that beat VOO \d+% [012] of 2 buys/)
  })

  it('adds up what is shown', async () => {
    const text = await page(list('?ticker=AAPL'))
    const total = words(/<tfoot>.*<\/tfoot>/s.exec(text)![0])
    // −4000 + 820
    expect(total).toContain('2 rows')
    expect(total).toContain('−$3,180.00')
  })

  it.each([
    ['?show=buys', ['MSFT', 'AAPL']],
    ['?show=sells', ['AAPL']],
    ['?ticker=msft', ['MSFT']],
    ['?from=2034-01-04&to=2034-02-01', ['MSFT']],
    ['?sort=ticker&dir=asc', ['AAPL', 'AAPL', 'MSFT']],
    ['?sort=price', ['MSFT', 'AAPL', 'AAPL']],
    ['?sort=date&dir=asc', ['AAPL', 'MSFT', 'AAPL']],
    ['?show=none&from=yesterday&sort=%3Cb%3E&page=-1', ['AAPL', 'MSFT', 'AAPL']],
  ])('shows what its address asks for: %s', async (search, symbols) => {
    expect(rowsOf(await page(list(search))).map((row) => /\b(AAPL|MSFT)\b/.exec(row)![1])).toEqual(symbols)
  })

  it('says by which column it is sorted, and each column leads to its order', async () => {
    const text = await page(list('?show=buys&sort=gain'))
    expect(text).toMatch(/<th[^>]+aria-sort="descending"[^>]*><a href="[^"]+">Gain<\/a>/)
    expect(text).toContain(`href="${list('?show=buys&amp;sort=gain&amp;dir=asc')}"`)
    expect(text).toContain(`href="${list('?show=buys&amp;sort=vs-VOO')}"`)
  })

  it('with nothing to show leads back to all', async () => {
    const text = await page(list('?ticker=%3Cscript%3E'))
    expect(text).toContain(`href="${list()}"`)
    expect(text).toContain('value="&lt;SCRIPT&gt;"')
    expect(text).not.toContain('<SCRIPT>')
  })

  it('is for htmx its changing parts alone', async () => {
    const answer = await request(list(), { headers: inPlace })
    expect(answer.headers.get('vary')).toContain('HX-Request')
    const whole = await page(list())
    const [own, age] = (await answer.text()).split('<hx-partial hx-target="#freshness" hx-swap="outerMorph">')
    expect(own).toMatch(/^<section id="transactions"/)
    expect(whole).toContain(own)
    // the age of the prices comes along, so that a change is one request
    expect(whole).toContain(age!.replace('</hx-partial>', ''))
  })

  it('of an empty portfolio says what to do', async () => {
    const empty = await newPortfolio({ name: 'Empty' })
    const text = await page(`/portfolios/${empty}/transactions`)
    expect(text).toContain('Empty is empty')
    expect(text).toContain(`href="/portfolios/${empty}/transactions/new"`)
    await settled(empty)
  })

  it('of nobody’s portfolio is 404', async () => {
    const nobody = '/portfolios/00000000-0000-4000-8000-000000000000/transactions'
    expect((await request(nobody)).status).toBe(404)
    expect((await request(`${nobody}/new`)).status).toBe(404)
    expect((await post(nobody, bought())).status).toBe(404)
    expect((await post(`${nobody}/x/delete`, {})).status).toBe(404)
    expect((await post(`${nobody}/x/restore`, {})).status).toBe(404)
    expect((await request(list('/nothing/edit'))).status).toBe(404)
  })

  it('has pages of a hundred', async () => {
    const many = await newPortfolio({ benchmarks: [] })
    const lines = Array.from({ length: 230 }, (_, i) => `VOO,2034-02-01,${i + 1}\n`)
    await importCsv(many, `Ticker,Date,Amount\n${lines.join('')}`)
    const last = await page(`/portfolios/${many}/transactions?page=3`)
    expect(rowsOf(last)).toHaveLength(30)
    expect(words(last)).toContain('Page 3 of 3')
    expect(words(last)).toContain('230 rows')
    expect(last).toContain(`rel="prev" href="/portfolios/${many}/transactions?page=2"`)
    expect(last).not.toContain('rel="next"')
    await settled(many)
  })
})

describe('adding', { shuffle: false }, () => {
  it('offers a form of its own, for today, with what the list shows', async () => {
    const text = await page(list('/new?show=sells&ticker=AAPL'))
    expect(text).toContain('<!doctype html>')
    expect(text).toMatch(/value="sell" checked/)
    expect(text).toMatch(/name="symbol" value="AAPL"/)
    expect(text).toMatch(/name="date" value="2035-03-07"/)
    expect(text).toContain(`action="${list('?show=sells&amp;ticker=AAPL')}"`)
    expect(await page(list('/new'), inPlace)).toMatch(/^<div id="entry"/)
  })

  it('without script ends on the list, which has the row and says so', async () => {
    const sent = bought({ shares: '0.00000001', key: crypto.randomUUID() })
    const answer = await post(list('?show=buys'), sent)
    expect(answer.status).toBe(303)
    const row = await find('buy', 'KO')
    expect(answer.headers.get('location')).toBe(list(`?show=buys&added=${row.id}`))
    const text = await page(answer.headers.get('location')!)
    expect(words(text)).toContain('Added: Buy 0.00000001 KO at 61.5 on May 2, 2034.')
    expect(rowsOf(text)[0]).toContain('KO')
    await request(api(`/${row.id}`), { method: 'DELETE' })
  })

  it('in place answers with the list, the new row in it', async () => {
    const answer = await post(list(), bought({ shares: '$1,234.50' }), inPlace)
    expect(answer.status).toBe(200)
    const text = await answer.text()
    expect(text).toMatch(/^<section id="transactions"/)
    expect(text).toContain('<hx-partial hx-target="#done"')
    expect(rowsOf(text)[0]).toContain('1,234.5')
    expect((await find('buy', 'KO')).shares).toBe('1234.5')
    await request(api(`/${(await find('buy', 'KO')).id}`), { method: 'DELETE' })
  })

  it('a wrong form is 422 with a sentence beside each field, and what was typed', async () => {
    const sent = bought({ symbol: 'no ticker', shares: '-1', price: '<b>', note: 'mine & yours' })
    for (const headers of [{}, inPlace]) {
      const answer = await post(list(), sent, headers)
      expect(answer.status).toBe(422)
      const text = await answer.text()
      expect(text).toContain('“NO TICKER” is not a ticker.')
      expect(text).toContain('Shares must be at least 0.00000001.')
      expect(text).toContain('“&lt;b&gt;” is not a number.')
      for (const kept of ['no ticker', '-1', '&lt;b&gt;', 'mine &amp; yours'])
        expect(text).toContain(`value="${kept}"`)
      expect(text).toMatch(/id="new-shares"[^>]+aria-invalid="true" aria-describedby="new-shares-fault"/)
      expect(text.startsWith('<!doctype')).toBe(headers !== inPlace)
    }
  })

  it('a sale of shares that are not there is refused at its field', async () => {
    const answer = await post(list(), bought({ type: 'sell', symbol: 'MSFT', shares: '5.1', price: '700' }))
    expect(answer.status).toBe(422)
    expect(words(await answer.text())).toContain('sold 5.1 MSFT, but held only 5')
  })

  it('the same form sent twice makes one row', async () => {
    const count = (await all()).length
    const sent = bought({ key: keyIn(await page(list('/new'))) })
    const both = await Promise.all([post(list(), sent), post(list(), sent)])
    expect(both.map(({ status }) => status)).toEqual([303, 303])
    expect(await all()).toHaveLength(count + 1)
    await request(api(`/${(await find('buy', 'KO')).id}`), { method: 'DELETE' })
  })

  describe('a row that is there already', () => {
    let first: Answer

    beforeAll(async () => {
      setClock()
      await post(list(), bought())
      first = await find('buy', 'KO')
    })

    it.each([
      ['the same', {}],
      ['with a fee', { fee: '1' }],
      ['with its currency spelled out', { currency: 'usd' }],
      ['spelled otherwise', { symbol: ' ko ', shares: '3.00', price: '$61.50' }],
    ])('%s, is asked about first', async (_, more) => {
      const count = (await all()).length
      const answer = await post(list(), bought(more))
      expect(answer.status).toBe(409)
      const text = words(await answer.text())
      expect(text).toContain(
        'You already have this transaction: Buy 3 KO at 61.5 on May 2, 2034. Add it anyway?',
      )
      expect(await all()).toHaveLength(count)
    })

    it.each([
      { date: '2034-05-03' },
      { shares: '3.01' },
      { price: '61.51' },
      { type: 'sell', date: '2034-05-04' },
    ])('but not another: %o', async (more) => {
      const before = (await all()).map((row) => row.id)
      expect((await post(list(), bought(more))).status).toBe(303)
      const [added] = (await all()).filter((row) => !before.includes(row.id))
      await request(api(`/${added.id}`), { method: 'DELETE' })
    })

    it('is added again when that is the answer, and the import of either finds both', async () => {
      const count = (await all()).length
      expect((await post(list(), bought({ again: 'yes' }))).status).toBe(303)
      expect(await all()).toHaveLength(count + 1)
      const csv = 'Ticker,Type,Date,Price,Shares\nKO,Buy,2034-05-02,61.5,3\nKO,Buy,2034-05-02,61.5,3\n'
      expect(await (await importCsv(id, csv)).json()).toMatchObject({ accepted: 0, duplicates: 2 })
      await request(api(`/${first.id}`), { method: 'DELETE' })
      await request(api(`/${(await find('buy', 'KO')).id}`), { method: 'DELETE' })
    })
  })
})

describe('editing', () => {
  const digits = { shares: '14.2450140001', price: '0.0000000123', fee: '0.1', symbol: 'KO' }
  let row: Answer

  beforeEach(async () => {
    row = await (await send(api(), bought(digits))).json()
  })
  afterEach(async () => void (await request(api(`/${row.id}`), { method: 'DELETE' })))

  const edit = () => list(`/${row.id}/edit`)
  const save = (more: Record<string, string>, headers = {}) =>
    post(list(`/${row.id}`), { ...bought(digits), version: '1', ...more }, headers)

  it('shows every digit that is kept, in place of the row and as a page', async () => {
    expect(await page(edit(), inPlace)).toMatch(new RegExp(`^<tr id="transaction-${row.id}"`))
    for (const text of [await page(edit()), await page(edit(), inPlace)]) {
      for (const kept of Object.values(digits)) expect(text).toContain(`value="${kept}"`)
    }
  })

  it('sent as it was shown changes nothing', async () => {
    expect((await save({})).status).toBe(303)
    expect(await json(api(`/${row.id}`))).toMatchObject({ ...digits, version: 2 })
  })

  it('in place answers with the list, the changed row in it', async () => {
    const text = await (await save({ shares: '7' }, inPlace)).text()
    expect(rowsOf(text).find((each) => each.includes('KO'))).toContain(' 7 ')
    expect(text).toMatch(/<a[^>]+aria-label="Edit Buy KO, May 2, 2034"[^>]+autofocus/)
  })

  it('refused comes back with the sentence and what was typed', async () => {
    const answer = await save({ date: '2036-01-01' })
    expect(answer.status).toBe(422)
    const text = await answer.text()
    expect(text).toContain('Jan 1, 2036 is in the future.')
    expect(text).toMatch(/<input[^>]+name="date"[^>]+autofocus/)
    expect(text).toContain('name="version" value="1"')
  })

  it('of a row that changed meanwhile shows both, and can overwrite', async () => {
    await send(api(`/${row.id}`), { ...row, shares: '8', note: 'theirs' }, 'PUT')
    for (const headers of [{}, inPlace]) {
      const late = await save({ shares: '9' }, headers)
      expect(late.status).toBe(409)
      const text = await late.text()
      expect(words(text)).toMatch(/Saved version Your version Shares 8 9 Currency USD — Note theirs —/)
      expect(text).toContain('name="version" value="2"')
      expect(words(text)).toMatch(/Save mine Keep saved version/)
    }
    expect(await json(api(`/${row.id}`))).toMatchObject({ shares: '8', version: 2 })
    expect((await save({ shares: '9', version: '2' })).status).toBe(303)
    expect(await json(api(`/${row.id}`))).toMatchObject({ shares: '9', note: '', version: 3 })
  })

  it('of a row that was deleted meanwhile keeps what was typed', async () => {
    await request(api(`/${row.id}`), { method: 'DELETE' })
    const answer = await save({ shares: '77' }, inPlace)
    expect(answer.status).toBe(404)
    const text = await answer.text()
    expect(text).toContain('This transaction was deleted in the meantime')
    expect(text).toContain('value="77"')
    // and is a form that adds it: the row’s own would be refused for ever
    const [, action] = /<form[^>]* action="([^"]+)"/.exec(text)!
    const [, key] = /name="key" value="([^"]+)"/.exec(text)!
    expect(words(text)).toContain('Add transaction')
    const added = await post(action!, { ...bought(digits), shares: '77', key: key! }, inPlace)
    expect(words(await added.text())).toContain('Added: Buy 77 KO')
    await request(api(`/${(await find('buy', 'KO')).id}`), { method: 'DELETE' })
  })
})

describe('deleting', () => {
  const order = async () => (await all()).map((row) => row.id)

  it('without script ends on the list, which offers to undo it, and the row is back as it was', async () => {
    const row = await find('buy', 'MSFT')
    const before = await order()
    const gone = await post(list(`/${row.id}/delete?sort=gain`), {})
    expect(gone.headers.get('location')).toBe(list(`?sort=gain&deleted=${row.id}`))
    const text = await page(gone.headers.get('location')!)
    expect(words(text)).toContain('Deleted: Buy 5 MSFT at 700 on Feb 1, 2034. Undo')
    expect(rowsOf(text).join()).not.toContain('MSFT')

    const undo = /action="([^"]+\/restore[^"]*)"/.exec(text)![1]!.replaceAll('&amp;', '&')
    const back = await post(undo, {})
    expect(back.headers.get('location')).toBe(list(`?sort=gain&restored=${row.id}`))
    expect(words(await page(back.headers.get('location')!))).toContain('Restored: Buy 5 MSFT')
    expect(await json(api(`/${row.id}`))).toEqual({ ...row, version: row.version + 1 })
    // the dashboard's log tells both
    expect(words(await page(`/portfolios/${id}/log`))).toMatch(/Restored MSFT buy.*Deleted MSFT buy/)
    expect(await order()).toEqual(before)
  })

  it('in place answers with the list and the offer', async () => {
    const row = await find('buy', 'MSFT')
    const text = await (await post(list(`/${row.id}/delete`), {}, inPlace)).text()
    expect(text).toMatch(/^<section id="transactions"/)
    expect(text).toContain(`hx-post="${list(`/${row.id}/restore`)}"`)
    const back = await (await post(list(`/${row.id}/restore`), {}, inPlace)).text()
    expect(rowsOf(back).join()).toContain('MSFT')
  })

  it('twice is once, and so is undoing', async () => {
    const row = await find('buy', 'MSFT')
    const count = (await all()).length
    for (const what of ['delete', 'delete', 'restore', 'restore']) {
      expect((await post(list(`/${row.id}/${what}`), {})).status).toBe(303)
    }
    expect(await all()).toHaveLength(count)
    const { results } = await env.DB.prepare(
      'SELECT action FROM audit WHERE subject = ? ORDER BY id DESC LIMIT 2',
    )
      .bind(`transaction:${row.id}`)
      .all()
    expect(results.map(({ action }) => action)).toEqual(['restore', 'delete'])
  })

  it('a purchase whose shares were sold is refused, in words, above the list', async () => {
    const row = await find('buy', 'AAPL')
    for (const headers of [{}, inPlace]) {
      const answer = await post(list(`/${row.id}/delete`), {}, headers)
      expect(answer.status).toBe(422)
      const text = words(await answer.text())
      expect(text).toContain('Without this transaction: Mar 1, 2034: sold 2 AAPL, but held only 0')
    }
    expect(await json(api(`/${row.id}`))).toEqual(row)
  })

  it('a sale whose shares were sold otherwise meanwhile cannot be put back', async () => {
    const sale = await find('sell', 'AAPL')
    await post(list(`/${sale.id}/delete`), {})
    const other = await (
      await send(api(), { type: 'sell', symbol: 'AAPL', date: '2034-04-03', shares: '9', price: '410' })
    ).json<Answer>()
    const answer = await post(list(`/${sale.id}/restore`), {})
    expect(answer.status).toBe(422)
    expect(words(await answer.text())).toContain(
      'With this transaction: Apr 3, 2034: sold 9 AAPL, but held only 8',
    )
    await request(api(`/${other.id}`), { method: 'DELETE' })
    expect((await post(list(`/${sale.id}/restore`), {})).status).toBe(303)
  })

  it('undone, the row keeps its place before what was entered since, and its key for imports', async () => {
    const cash = { type: 'deposit', date: '2034-06-01', amount: '10' }
    const older = await (await send(api(), cash)).json<Answer>()
    const edited = await (await send(api(`/${older.id}`), { ...older, amount: '11' }, 'PUT')).json<Answer>()
    await request(api(`/${older.id}`), { method: 'DELETE' })
    // takes the number that the deleted row had
    const newer = await (await send(api(), { ...cash, amount: '20' })).json<Answer>()
    const answer = await request(api(`/${older.id}/restore`), { method: 'POST' })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ id: older.id, amount: '11', version: edited.version + 1 })
    expect((await order()).slice(0, 2)).toEqual([newer.id, older.id])
    const { results } = await env.DB.prepare(
      'SELECT row_key, sequence FROM transactions WHERE id IN (?, ?) ORDER BY sequence',
    )
      .bind(older.id, newer.id)
      .all<{ row_key: string; sequence: number }>()
    expect(results.map(({ row_key }) => row_key)).toEqual([
      'deposit||2034-06-01|10|0|#1',
      'deposit||2034-06-01|20|0|#1',
    ])
    expect(results[1]!.sequence).toBe(results[0]!.sequence + 1)
    for (const each of [older, newer]) await request(api(`/${each.id}`), { method: 'DELETE' })
  })

  it('cannot be undone by another portfolio, nor for a row that never was', async () => {
    const row = await find('buy', 'MSFT')
    await request(api(`/${row.id}`), { method: 'DELETE' })
    const other = await newPortfolio()
    for (const path of [`/api/portfolios/${other}/transactions/${row.id}`, api('/nothing')]) {
      expect((await request(`${path}/restore`, { method: 'POST' })).status).toBe(404)
    }
    expect((await request(api(`/${row.id}/restore`), { method: 'POST' })).status).toBe(200)
    await settled(other)
  })
})

it('an edit of nothing but a note is told to the open pages', async () => {
  const row = await find('buy', 'MSFT')
  const socket = await listen(id)
  const saved: Answer = await (await send(api(`/${row.id}`), { ...row, note: 'new' }, 'PUT')).json()
  await socket.heard((signal) => signal.type === 'changed' && signal.revision === saved.revision)
  expect(await page(list(), inPlace)).toContain('title="new"')
  socket.close()
})

describe('a number with more decimals than are kept', () => {
  const fields = bought({ shares: '0.1234567890123456', key: 'rounded', again: 'yes' })
  const note = 'Shares 0.1234567890123456 is rounded to 0.123456789'

  it('is rounded with a word, in the list', async () => {
    const answer = await post(list(), fields, inPlace)
    expect([answer.status, words(await answer.text()).includes(note)]).toEqual([200, true])
  })

  it('is rounded with a word on the next page, without script', async () => {
    const answer = await post(list(), { ...fields, key: 'rounded again' })
    expect(words(await follow(answer))).toContain(note)
  })
})
