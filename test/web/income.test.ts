import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { importCsv, json, newPortfolio, request, send, settled } from '../worker/app.ts'
import { NOON, setClock, TODAY } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'
import { page, words } from './page.ts'

type Expected = { symbol: string; ex_date: string; follows: string; per_share: string; expected: string }
type Row = { expected: string }

let id: string
const income = (query = '') => json(`/api/portfolios/${id}/income${query}`)

beforeAll(async () => {
  id = await invested('Ticker,Date,Type,Shares,Price\nKO,2030-01-10,Buy,100,60\nAAPL,2030-05-02,Buy,2,400\n')
  // the chart of a new symbol names no declared dividend, the next quotes do
  setClock(NOON + 120_000)
  await send(`/api/portfolios/${id}/refreshes`, {})
  await settled(id)
})
beforeEach(() => setClock())
afterEach(() => setClock())

const total = (rows: readonly Row[]) => rows.reduce((sum, { expected }) => sum + Number(expected), 0)

describe('the income ahead', () => {
  it('repeats what the market reports of the last year, with one sum', async () => {
    const { as_of, until, expected, months, holdings, dividends } = await income()
    expect([as_of, until]).toEqual([TODAY, '2036-03-07'])
    // the demo market pays KO and AAPL four times a year
    expect(dividends).toHaveLength(8)
    for (const rows of [months, holdings, dividends]) expect(total(rows)).toBeCloseTo(Number(expected), 8)
    const [first, ...others] = dividends as Expected[]
    expect(first).toMatchObject({ symbol: 'KO', ex_date: expect.stringMatching(/^2035-03-/) })
    expect(Number(first!.expected)).toBeCloseTo(100 * Number(first!.per_share), 8)
    // the first is declared, the others are on the days of last year
    for (const { follows, ex_date } of others) expect(follows.slice(5)).toBe(ex_date.slice(5))
  })

  it('marks what the source says is declared, with the day of its payment', async () => {
    const { dividends } = await income()
    const [ko] = (dividends as (Expected & { basis: string; follows_per_share: string })[]).filter(
      ({ symbol }) => symbol === 'KO',
    )
    // the demo market pays two weeks after its ex-date, the first session from the 10th on
    expect(ko).toMatchObject({
      basis: 'declared',
      declares: { ex_date: true, per_share: true },
      pay_date: expect.stringMatching(/^2035-03-2/),
      // its invented dividends are parts of its price, which has moved
      per_share: expect.not.stringMatching(`^${ko!.follows_per_share}$`),
    })
    const { months } = await income()
    const march = months.find(({ month }: { month: string }) => month === '2035-03')
    expect(march.declared).toBe(ko!.expected)
    expect(words(await page(`/portfolios/${id}`))).toMatch(/KO declared, paid Mar 2\d/)
    const past = await income('?as_of=2032-06-01')
    expect(past.dividends.every(({ basis }: { basis: string }) => basis === 'last_year')).toBe(true)
  })

  it('of a past day is what was known then', async () => {
    const { as_of, dividends, expected } = await income('?as_of=2032-06-01')
    expect(as_of).toBe('2032-06-01')
    expect(dividends.every(({ follows }: Expected) => follows <= '2032-06-01')).toBe(true)
    const shown = words(await page(`/portfolios/${id}/dividends?as_of=2032-06-01`))
    expect(shown).toContain(`Next 12 months How it is calculated $${Number(expected).toFixed(2)}`)
  })

  it('is on the page: figures, a table of the months, each holding and each dividend', async () => {
    const { expected } = await income()
    const html = await page(`/portfolios/${id}/dividends`)
    const shown = words(html)
    expect(shown).toContain('Income ahead declared, or expected from last year’s pattern')
    expect(shown).toContain(`$${Number(expected).toFixed(2)} declared, or as last year`)
    expect(shown).toContain('Expected dividends by month Month Expected Of it declared Mar 2035')
    expect(shown).toContain('Each of the 8 dividends')
    // no amount stands where privacy would show it
    const bare = html.replace(/<(\w+)[^>]* data-money[^>]*>.*?<\/\1>/gs, '')
    const [panel] = /<section class="panel income".*?<\/section>/s.exec(bare)!
    expect(panel.replace(/\$0\.\d{4} the year before|<td class="wide">\$0\.\d{4}<\/td>/g, '')).not.toMatch(
      /\$\d/,
    )
    expect(shown).toMatch(/declared; paid on Mar 2\d, 2035; \$0\.\d{4} the year before/)
  })

  it('has its next four weeks among the activity of the dashboard', async () => {
    const { dividends } = await income()
    const soon = (dividends as Expected[]).filter(({ ex_date }) => ex_date <= '2035-04-04')
    const { ex_dates } = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
    expect(ex_dates.map(({ symbol, ex_date }: Expected) => [symbol, ex_date])).toEqual(
      soon.map(({ symbol, ex_date }) => [symbol, ex_date]),
    )
    expect(soon).not.toHaveLength(0)
    for (const path of ['', '/recent'])
      expect(words(await page(`/portfolios/${id}${path}`))).toMatch(
        /Ex-dates ahead declared, or as last year Mar \d+ KO declared, paid Mar \d+ \+\$/,
      )
    // by the dividends known then, and with a way that keeps the day
    const past = await page(`/portfolios/${id}?as_of=2032-06-01`)
    expect(words(past)).toContain('Ex-dates ahead')
    expect(past).toContain(`/portfolios/${id}/dividends?as_of=2032-06-01#income`)
  })

  it.each(['expected', 'yield', 'yield_on_cost', 'growth'])('explains %s', async (figure) => {
    const { explain, ...figures } = await income(`?explain=${figure}`)
    expect(explain).toMatchObject({ figure, result: figures[figure] })
    expect(words(await page(`/portfolios/${id}/figures/income-${figure}`))).toContain(explain.formula)
  })

  it('says which figures there are', async () => {
    const refused = await request(`/api/portfolios/${id}/income?explain=xirr`)
    expect([refused.status, refused.headers.get('content-type')]).toEqual([400, 'application/problem+json'])
    expect(await refused.text()).toContain('expected, yield, yield_on_cost, growth')
    expect((await request(`/portfolios/${id}/figures/income-xirr`)).status).toBe(404)
  })

  it('is a report in CSV, which no import takes for dividends', async () => {
    const file = await page(`/portfolios/${id}/export/income.csv`)
    const [head, first, ...others] = file.trim().split('\r\n')
    expect(head).toContain('Ex-Date Expected')
    expect(first).toMatch(/^KO,.*,declared,/)
    expect(others).toHaveLength(7)
    expect((await importCsv(await newPortfolio(), file)).status).toBe(422)
  })

  it('of an empty portfolio is 0, and the page says nothing of it', async () => {
    const empty = await newPortfolio()
    expect(await json(`/api/portfolios/${empty}/income`)).toMatchObject({ expected: '0', yield: null })
    expect(words(await page(`/portfolios/${empty}/dividends`))).not.toContain('Income ahead')
    expect((await request('/api/portfolios/00000000-0000-4000-8000-000000000000/income')).status).toBe(404)
  })

  it('of what pays nothing says what would be expected', async () => {
    const plain = await invested('Ticker,Date,Type,Shares,Price\nTSLA,2030-01-10,Buy,1,60\n')
    expect(words(await page(`/portfolios/${plain}/dividends`))).toContain(
      'Nothing is expected: no holding has paid a dividend in the last 12 months.',
    )
  })
})
