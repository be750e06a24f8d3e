import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { json, newPortfolio, request } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { invested, sharedInvested } from '../worker/invested.ts'
import { follow, page, post, words } from './page.ts'

beforeEach(() => setClock())
afterEach(() => setClock())

const trades = `Ticker,Date,Type,Shares,Price,Amount
AAPL,2034-01-03,Buy,10,400,
AAPL,2034-03-01,Sell,2,410,
AAPL,2034-04-03,Dividend,,,12.34
`

describe('the cash flows page', () => {
  it('has the cash book with its balance, newest first', async () => {
    const id = await sharedInvested(trades)
    const text = words(await page(`/portfolios/${id}/cash-flows`))
    // 820 + 12.34
    expect(text).toMatch(/Apr 3, 2034 Dividend of AAPL \+\$12\.34 \$832\.34/)
    expect(text).toMatch(/Sold AAPL 2 \$410\.00 \+\$820\.00 \$820\.00/)
    expect(text).toMatch(/Bought AAPL \+ \$4,000\.00 assumed deposit 10 \$400\.00 −\$4,000\.00 \$0\.00/)
    const deposits = words(await page(`/portfolios/${id}/cash-flows?type=deposit`))
    expect(deposits).toMatch(/Deposit assumed to cover purchases \+\$4,000\.00 \$4,000\.00/)
    expect(text).toMatch(/Invested \$4,000\.00/)
    expect(text).toMatch(/Cash \$832\.34/)
  })

  it('writes what was paid in another currency as money', async () => {
    const id = await sharedInvested(
      'Ticker,Date,Type,Shares,Price,Currency\nSAP.DE,2034-01-03,Buy,10,1234.5,EUR\n',
    )
    const html = await page(`/portfolios/${id}/cash-flows`)
    expect(html).toContain('(<span data-money>€12,345.00</span>)')
    // privacy mode hides shares too: times the price they are the amount
    expect(html).toContain('<span data-money>10</span>')
  })

  it('shows the types that the address asks for', async () => {
    const id = await sharedInvested(trades)
    const text = words(await page(`/portfolios/${id}/cash-flows?type=sale,dividend`))
    expect(text).toMatch(/Sold AAPL 2 /)
    expect(text).toContain('Dividend of AAPL')
    expect(text).not.toContain('assumed deposit')
    expect(await page(`/portfolios/${id}/cash-flows?type=sale,dividend`)).toContain(
      'cash-flows?type=dividend#list',
    )
  })

  it.each([
    ['', 4],
    ['?type=sale,dividend', 2],
    ['?type=deposit', 1],
    ['?view=VOO', 2],
    ['?view=VOO&type=purchase', 1],
    // not asked for what there is not
    ['?view=SPY&type=rent', 4],
  ])('with %s has a file of the rows that it shows', async (query, rows) => {
    const id = await sharedInvested(trades)
    const html = await page(`/portfolios/${id}/cash-flows${query}`)
    const [, link] = /href="([^"]+cash-flows\.csv[^"]*)">CSV</.exec(html)!
    const csv = await (await request(link!.replaceAll('&amp;', '&'))).text()
    const cells = csv
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(','))
    // the file has the words of a transaction: buy and sell, and what of them was only worked out
    const written = cells.map(([, type, date]) => [
      date,
      type!
        .replace(/^(inferred|hypothetical) /, '')
        .replace('buy', 'purchase')
        .replace('sell', 'sale'),
    ])
    const row = /<tr class="(\w+)"><th[^>]*><time datetime="([^"]+)">.*?<\/tr>/g
    const shown = [...html.matchAll(row)].flatMap(([whole, type, date]) => [
      [date, type],
      // the deposit that was assumed for a purchase is in its line
      ...(whole.includes('class="assumed"') ? [[date, 'deposit']] : []),
    ])
    expect(written).toHaveLength(rows)
    expect(written).toEqual(shown.toReversed())
  })

  it('of a benchmark says what the same deposits would have bought', async () => {
    const id = await sharedInvested(trades)
    const html = await page(`/portfolios/${id}/cash-flows?view=VOO`)
    const { rows } = await json(`/api/portfolios/${id}/cash-flows?view=VOO`)
    expect(html).toContain(`<td class="wide" title="${rows[1].shares}">`)
    expect(words(html)).toContain('Bought VOO')
    expect(html).toContain(`/portfolios/${id}/export/cash-flows.csv?view=VOO`)
    expect(html).not.toContain('Add deposit')
    expect(words(await page(`/portfolios/${id}/cash-flows?view=%3Cb%3E`))).toContain('Cash book')
  })

  it('has a page of rows at a time', async () => {
    const rows = Array.from({ length: 120 }, (_, i) => `KO,2034-01-03,${i + 1}.00`)
    const id = await invested(`Ticker,Date,Amount\n${rows.join('\n')}\n`)
    const first = words(await page(`/portfolios/${id}/cash-flows`))
    expect(first).toContain('Page 1 of 2')
    expect(first.match(/Dividend of KO/g)).toHaveLength(100)
    expect(words(await page(`/portfolios/${id}/cash-flows?page=2`)).match(/Dividend of KO/g)).toHaveLength(20)
  })
})

describe('a deposit by hand', () => {
  const fields = { type: 'deposit', date: '2034-01-02', amount: '$1,500.50', note: 'salary' }

  it('is in the very next answer, and once though it was sent twice', async () => {
    const id = await newPortfolio()
    const path = `/portfolios/${id}/cash-flows`
    const key = /name="key" value="([^"]+)"/.exec(await page(path))![1]!
    const [answer] = await Promise.all([post(path, { ...fields, key }), post(path, { ...fields, key })])
    const text = words(await follow(answer))
    expect(text).toContain('Deposit of $1,500.50 on Jan 2, 2034 recorded.')
    expect(text).toMatch(/salary \+\$1,500\.50 \$1,500\.50/)
    expect((await json(`/api/portfolios/${id}/transactions`)).transactions).toHaveLength(1)
    // another one like it, on a page that shows the first
    const next = /name="key" value="([^"]+)"/.exec(await page(path))![1]!
    await post(path, { ...fields, key: next })
    expect((await json(`/api/portfolios/${id}/transactions`)).transactions).toHaveLength(2)
  })

  // a thousand times, a hundred times, ten times as much or as little as was meant
  it.each(['1.234,50', '1234,50', '1,5'])('of %s is asked for again, not guessed', async (amount) => {
    const id = await newPortfolio()
    const answer = await post(`/portfolios/${id}/cash-flows`, { ...fields, amount })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(`“${amount}” is not a number`)
    expect((await json(`/api/portfolios/${id}/transactions`)).transactions).toEqual([])
  })

  it('that cannot be taken comes back with its messages and what was typed', async () => {
    const id = await newPortfolio()
    const answer = await post(`/portfolios/${id}/cash-flows`, {
      type: 'withdrawal',
      date: '2099-01-01',
      amount: 'ten <b>',
      note: 'x',
    })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('Jan 1, 2099 is in the future.')
    expect(html).toContain('“ten &lt;b&gt;” is not a number')
    expect(html).toContain('value="ten &lt;b&gt;"')
    expect(html).toMatch(/<details[^>]+id="record"[^>]* open/)
    expect(html).toMatch(/<option value="withdrawal" selected/)
    expect((await post(`/portfolios/${id}/cash-flows`, { ...fields, type: 'buy' })).status).toBe(422)
    expect((await json(`/api/portfolios/${id}/transactions`)).transactions).toEqual([])
  })
})
