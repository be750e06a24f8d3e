import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { json, newPortfolio, request } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'
import { follow, page, post, words } from './page.ts'

beforeEach(() => setClock())
afterEach(() => setClock())

const trades = `Ticker,Type,Date,Price,Shares
AAPL,Buy,2034-01-03,400,10
AAPL,Buy,2034-02-01,500,10
AAPL,Sell,2034-03-01,450,10
`
const fields = {
  name: 'Renamed & <b>',
  description: 'Long-term',
  benchmarks: 'QQQ',
  base_currency: 'USD',
  cost_basis: 'lifo',
}

describe('the settings', () => {
  it('show in the very next answer everywhere', async () => {
    const id = await invested(trades, { name: 'Before' })
    const other = await newPortfolio({ name: 'Other' })
    const answer = await post(`/portfolios/${id}/settings`, fields)
    const cookie = answer.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ')
    const html = await follow(answer)
    expect(words(html)).toContain('Settings saved.')
    expect(html).toContain('value="Renamed &amp; &lt;b&gt;"')
    expect(html).toContain('Long-term</textarea>')

    const seen = { headers: { cookie } }
    const dashboard = await page(`/portfolios/${id}`, seen)
    expect(dashboard).toContain('<h1>Renamed &amp; &lt;b&gt;</h1>')
    expect(words(dashboard)).not.toMatch(/(ahead of|behind) VOO/)
    expect(await page(`/portfolios/${other}`, seen)).toContain('Renamed &amp; &lt;b&gt;</span>')
    expect(words(await page(`/portfolios/${id}/cash-flows`, seen))).toContain('Portfolio QQQ')
    // last in, first out: 4,500 − 5,000
    expect(await json(`/api/portfolios/${id}/performance`, seen)).toMatchObject({ realized_gain: '-500' })
  })

  it('that cannot be taken come back with their messages and what was typed, and change nothing', async () => {
    const id = await newPortfolio({ name: 'Kept' })
    const answer = await post(`/portfolios/${id}/settings`, { ...fields, name: ' ', base_currency: 'GBX' })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('A portfolio needs a name.')
    expect(html).toContain('GBX is a hundredth of GBP')
    expect(html).toContain('value="GBX"')
    expect(html).toMatch(/id="name"[^>]+aria-invalid="true"/)
    expect(await json(`/api/portfolios/${id}`)).toMatchObject({ name: 'Kept', base_currency: 'USD' })
  })

  it('lead to the exports', async () => {
    const id = await newPortfolio()
    const html = await page(`/portfolios/${id}/settings`)
    for (const file of ['transactions', 'dividends', 'cash-flows']) {
      const address = `/portfolios/${id}/export/${file}.csv`
      expect(html).toContain(`href="${address}"`)
      expect((await request(address)).status).toBe(200)
    }
  })
})

describe('a portfolio is deleted', () => {
  it('only under its name', async () => {
    const id = await newPortfolio({ name: 'Old one' })
    const path = `/portfolios/${id}/settings/delete`
    const refused = await post(path, { confirm: 'old one' })
    expect(refused.status).toBe(422)
    const html = await refused.text()
    expect(html).toContain('“old one” is not the name of this portfolio, so nothing was deleted.')
    expect(html).toMatch(/<details[^>]+id="delete" open/)
    expect((await request(`/portfolios/${id}`)).status).toBe(200)

    const gone = await follow(await post(path, { confirm: 'Old one' }))
    expect(words(gone)).toContain('Old one was deleted.')
    expect(gone).not.toContain(`/portfolios/${id}`)
    expect((await request(`/portfolios/${id}`)).status).toBe(404)
    expect((await post(path, { confirm: 'Old one' })).status).toBe(404)
  })
})

it('a notice is shown once, and not to a part that a page asks for by itself', async () => {
  const id = await newPortfolio()
  const notice = { cookie: `notice=${encodeURIComponent('Done <b>')}` }
  const part = await request(`/portfolios/${id}/settings`, { headers: { ...notice, 'hx-request': 'true' } })
  expect(await part.text()).not.toContain('Done')
  expect(part.headers.getSetCookie()).toEqual([])
  const whole = await request(`/portfolios/${id}/settings`, { headers: notice })
  expect(await whole.text()).toContain('Done &lt;b&gt;')
  expect(whole.headers.getSetCookie().join()).toMatch(/notice=; Max-Age=0/)
})
