import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { json, newPortfolio, request, send } from '../worker/app.ts'
import { setClock, TODAY } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'
import { page, words } from './page.ts'

let id: string

beforeAll(async () => {
  id = await invested()
})

beforeEach(() => setClock())
afterEach(() => setClock())

const risk = (query = '') => json(`/api/portfolios/${id}/risk${query}`)

/** As a page writes it. */
const written = (value: number) =>
  value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).replace('-', '−')

describe('the page of risk and months', () => {
  it('shows the figures that the API says', async () => {
    const shown = words(await page(`/portfolios/${id}/risk`))
    const { figures, months, unassigned } = await risk()
    const { VOO, QQQ } = figures.benchmarks
    for (const [name, ...values] of [
      ['Sharpe ratio', figures.sharpe, VOO.sharpe, QQQ.sharpe],
      ['Sortino ratio', figures.sortino, VOO.sortino, QQQ.sortino],
      ['Beta', VOO.beta, QQQ.beta],
      ['Correlation', VOO.correlation, QQQ.correlation],
      ['Information ratio', VOO.information_ratio, QQQ.information_ratio],
    ] as [string, ...number[]][])
      expect(shown.replaceAll('How it is calculated ', '')).toContain(
        `${name} ${values.map(written).join(' ')}`,
      )
    for (const [name, ...values] of [
      ['Volatility', figures.volatility, VOO.volatility, QQQ.volatility],
      ['Tracking error', VOO.tracking_error, QQQ.tracking_error],
      ['Up capture', VOO.up_capture, QQQ.up_capture],
      ['Down capture', VOO.down_capture, QQQ.down_capture],
    ] as [string, ...number[]][])
      expect(shown.replaceAll('How it is calculated ', '')).toContain(
        `${name} ${values.map((value) => `${written(100 * value)}%`).join(' ')}`,
      )
    expect(months.years.map(({ name }: { name: string }) => name)).toEqual(
      Array.from({ length: 24 }, (_, i) => `${2012 + i}`),
    )
    expect(unassigned.amount).toBe('0')
  })

  it('has a cell for each month, with sign and words, and says the unit in the caption', async () => {
    const html = await page(`/portfolios/${id}/risk?vs=QQQ`)
    const { months } = await risk()
    const march = months.months.find(({ name }: { name: string }) => name === '2020-03')
    const inCell = (value: number) =>
      (value * 100)
        .toLocaleString('en-US', {
          minimumFractionDigits: 1,
          maximumFractionDigits: 1,
          signDisplay: 'exceptZero',
        })
        .replace('-', '−')
    expect(html).toMatch(new RegExp(`title="March 2020: [^"]*%">\\${inCell(march.twr)}</td>`))
    expect(html).toMatch(new RegExp(`title="March 2020: [^"]* pp">\\${inCell(march.excess.QQQ)}</td>`))
    const captions = [...html.matchAll(/<caption[^>]*>([^<]*month[^<]*)<\/caption>/g)].map(
      ([, words]) => words,
    )
    const ends = 'Return of the 12 months up to the end of each month'
    expect(captions).toEqual([
      'Return of each month, in percent',
      'Return of each month less that of QQQ, in percentage points',
      `${ends}, in percent`,
      `${ends} less that of QQQ, in percentage points`,
    ])
    // the first year has no twelve months before it
    expect(html.match(/<th scope="row">20\d\d<\/th>/g)).toHaveLength(2 * 24 + 2 * 23)
  })

  it('adds up the contributions to the gain', async () => {
    for (const query of ['', '?range=3y']) {
      const { figures, contributions, unassigned } = await risk(query)
      const all: { amount: string; ratio: number }[] = [...contributions, unassigned]
      expect(all.reduce((sum, { amount }) => sum + Number(amount), 0)).toBeCloseTo(
        Number(figures.total_gain),
        6,
      )
      expect(all.reduce((sum, { ratio }) => sum + ratio, 0)).toBeCloseTo(figures.simple_return, 9)
    }
    expect(words(await page(`/portfolios/${id}/risk`))).toMatch(/Contribution by holding .*TSLA.*QQQ.*Gain/)
  })

  it('is of the range that is chosen, with links to the others and to the other benchmark', async () => {
    const html = await page(`/portfolios/${id}/risk?range=3y`)
    expect(words(html)).toContain('since Mar 6, 2032')
    for (const link of ['risk?vs=VOO', 'risk?range=ytd&amp;vs=VOO', 'risk?range=3y&amp;vs=QQQ'])
      expect(html).toContain(`href="/portfolios/${id}/${link}"`)
    const { from } = await json(`/api/portfolios/${id}/performance?from=2032-03-06`)
    const { figures } = await risk('?range=3y')
    expect(figures.from).toBe(from)
  })

  it('is the performance of the same period, with more', async () => {
    const performance = await json(`/api/portfolios/${id}/performance?from=2030-01-31`)
    const { figures } = await risk('?from=2030-01-31')
    const { benchmarks, reasons: _, ...own } = performance
    expect(figures).toMatchObject(own)
    for (const symbol of ['VOO', 'QQQ']) expect(figures.benchmarks[symbol]).toMatchObject(benchmarks[symbol])
  })

  it('as of a past day is that of the day, and so are its links', async () => {
    const day = '2022-05-31'
    const past = await risk(`?as_of=${day}`)
    expect(past.figures.as_of).toBe(day)
    expect(past.months.months.at(-1)).toMatchObject({ name: '2022-05', to: day })
    const now = await risk()
    const same = now.months.months.find(({ name }: { name: string }) => name === '2022-04')
    expect(past.months.months.at(-2)).toEqual(same)
    const html = await page(`/portfolios/${id}/risk?as_of=${day}`)
    for (const address of ['risk/rolling.json?range=all', 'export/months.csv'])
      expect(html).toMatch(new RegExp(`${address.replace('?', '\\?')}[?&](amp;)?as_of=${day}"`))
  })

  it('looks at any benchmark that has prices, and refuses another in a sentence', async () => {
    const { figures, months } = await risk('?vs=4 %25')
    const rate = figures.benchmarks['4 %']
    expect(rate).toMatchObject({ beta: null, sharpe: null, volatility: 0 })
    expect(figures.reasons['benchmarks.4 %.beta']).toBe('the benchmark’s returns do not vary')
    expect(rate.tracking_error / figures.volatility).toBeCloseTo(1, 1)
    expect(rate.information_ratio).toEqual(expect.any(Number))
    expect(months.years.at(1).benchmarks['4 %']).toBeCloseTo(0.04, 2)
    const html = await page(`/portfolios/${id}/risk?vs=4%20%25`)
    expect(words(html)).toContain('vs 4 % in percentage points')
    expect(words(html)).toContain('Why some figures are missing')
    expect(html).toMatch(/href="[^"]*risk\?range=5y&amp;vs=4\+%25"/)
    const unknown = await request(`/api/portfolios/${id}/risk?vs=60+NOPE`)
    expect([unknown.status, (await unknown.json()) as unknown]).toEqual([
      400,
      expect.objectContaining({ detail: expect.stringContaining('NOPE') }),
    ])
  })

  it('measures against a what-if, on the page, in its lines, months and explanations', async () => {
    const asked = 'what_if=no+TSLA'
    const { figures, months, rolling } = await risk(`?${asked}`)
    expect(Object.keys(figures.benchmarks)).toEqual(['no TSLA', 'VOO', 'QQQ'])
    const without = figures.benchmarks['no TSLA']
    const { benchmarks } = await json(`/api/portfolios/${id}/performance?${asked}`)
    expect(without).toMatchObject(benchmarks['no TSLA'])
    for (const figure of ['sharpe', 'beta', 'alpha', 'correlation', 'tracking_error', 'down_capture'])
      expect([figure, without[figure]]).toEqual([figure, expect.any(Number)])
    // the years of months are those of its own index
    const years = months.years.map(
      (year: { benchmarks: Record<string, number> }) => year.benchmarks['no TSLA'],
    )
    expect(years.reduce((product: number, each: number) => product * (1 + each), 1) - 1).toBeCloseTo(
      without.twr,
      8,
    )
    expect(rolling.benchmarks['no TSLA']).toHaveLength(rolling.days.length)
    expect((await json(`/portfolios/${id}/risk/rolling.json?${asked}`)).benchmarks).toHaveProperty('no TSLA')

    const html = await page(`/portfolios/${id}/risk?${asked}`)
    expect(words(html)).toContain('What if I had not bought TSLA?')
    expect(words(html)).toContain('vs no TSLA in percentage points')
    expect(html).toMatch(new RegExp(`data-source="[^"]*rolling.json\\?range=all&amp;what_if=no\\+TSLA"`))
    expect(html).toMatch(/href="[^"]*risk\?range=5y[^"]*&amp;what_if=no\+TSLA"/)
    // the way back is the same page without it
    expect(html).toContain(`href="/portfolios/${id}/risk" data-leaves="what_if"`)
    const told = words(await page(`/portfolios/${id}/risk/beta?${asked}`))
    expect(told).toContain('no TSLA')
    expect(await page(`/portfolios/${id}/export/months.csv?${asked}`)).toMatch(
      /^Month,Until,"?Return %"?,"?no TSLA %/,
    )
    const refused = await request(`/api/portfolios/${id}/risk?what_if=no+NOPE`)
    expect([refused.status, await refused.text()]).toEqual([
      400,
      expect.stringContaining('There is no transaction of NOPE.'),
    ])
  })

  it('of a portfolio without transactions says that there is nothing to measure', async () => {
    const empty = await newPortfolio({})
    expect(words(await page(`/portfolios/${empty}/risk`))).toContain(
      'returns begin with the first transaction',
    )
    const { figures } = await json(`/api/portfolios/${empty}/risk`)
    expect([figures.sharpe, figures.reasons.sharpe]).toEqual([null, 'there are no transactions yet'])
  })

  it('of all portfolios together adds up to what all of them have gained', async () => {
    // there is such a group where there are two of them
    await newPortfolio({})
    const { groups } = await json('/api/groups')
    const all = groups.find(({ kind }: { kind: string }) => kind === 'all')
    // unless somebody chose, it is compared with what each of them is, and some here are with nothing
    expect((await send(`/api/groups/${all.id}`, { benchmarks: ['VOO'] }, 'PATCH')).status).toBe(200)
    const { figures, contributions, unassigned } = await json(`/api/portfolios/${all.id}/risk`)
    const amounts = [...contributions, unassigned].map(({ amount }) => Number(amount))
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(Number(figures.total_gain), 6)
    expect(figures.benchmarks.VOO.beta).toEqual(expect.any(Number))
    expect(words(await page(`/portfolios/${all.id}/risk`))).toContain('The risk-free rate is 0.00% a year.')
  })

  it('of a young portfolio says how many days there are', async () => {
    const young = await invested('Ticker,Type,Date,Price,Shares\nAAPL,Buy,2035-02-01,400.00,1\n')
    const shown = words(await page(`/portfolios/${young}/risk`))
    expect(shown).toMatch(
      /Sharpe ratio, Sortino ratio: Needs 60 trading days; there are \d\d\. VOO, QQQ: Needs 60/,
    )
    expect(shown).toMatch(/Volatility How it is calculated from \d\d trading days \d/)
    expect(words(await page(`/portfolios/${young}`))).toMatch(
      /Volatility How it is calculated from \d\d trading days \d/,
    )
    expect(shown).toContain('This needs more than 12 months of history')
    const rolling = await json(`/portfolios/${young}/risk/rolling.json`)
    expect(rolling.days).toEqual([])
  })

  it('without a benchmark has the portfolio’s own figures', async () => {
    const alone = await invested(undefined, { benchmarks: [] })
    const shown = words(await page(`/portfolios/${alone}/risk`))
    expect(shown).toContain('Sharpe ratio')
    expect(shown).not.toContain('Beta')
    expect(shown).not.toContain('in percentage points: above 0')
  })
})

describe('the rolling twelve months', () => {
  it('are the growth between the days that the chart has', async () => {
    const { days, twr, benchmarks } = await json(`/portfolios/${id}/risk/rolling.json`)
    const chart = await json(`/api/dashboard-chart-data?portfolio_id=${id}`)
    const at = (day: string) => chart.days.findLastIndex((each: string) => each <= day)
    expect(days.at(-1)).toBe(TODAY)
    for (const i of [0, 500, days.length - 1]) {
      const end = at(days[i])
      const start = at(new Date(Date.parse(days[i]) - 365 * 86_400_000).toISOString().slice(0, 10))
      expect(twr[i]).toBeCloseTo((1 + chart.twr[end]) / (1 + chart.twr[start]) - 1, 5)
      const { VOO } = chart.benchmarks
      expect(benchmarks.VOO[i]).toBeCloseTo((1 + VOO.twr[end]) / (1 + VOO.twr[start]) - 1, 5)
    }
  })
})

describe('each figure', () => {
  it.each(['sharpe', 'beta', 'alpha', 'volatility', 'down_capture'])(
    '%s is explained as the API does',
    async (figure) => {
      const address = `/portfolios/${id}/risk/${figure}?range=5y&vs=VOO`
      const html = await page(`/portfolios/${id}/risk?range=5y`)
      expect(html).toContain(`href="${address.replace('&', '&amp;')}"`)
      const told = words(await page(address, { headers: { 'hx-request-type': 'partial' } }))
      for (const name of ['sharpe', 'volatility'].includes(figure)
        ? [figure]
        : [`benchmarks.VOO.${figure}`, `benchmarks.QQQ.${figure}`]) {
        const { explain } = await risk(`?range=5y&explain=${name}`)
        const inputs: { label: string }[] = explain.inputs
        for (const part of [explain.formula, explain.method, ...inputs.map(({ label }) => label)])
          expect(told).toContain(part)
      }
      expect(told).toContain('Mar 7, 2030 to Mar 7, 2035')
      const alone = await page(address)
      expect(alone).toMatch(/^<!doctype html>/)
      expect(words(alone)).toContain(told)
    },
  )

  it('is none but those of the page', async () => {
    for (const figure of ['luck', 'xirr', 'toString'])
      expect((await request(`/portfolios/${id}/risk/${figure}`)).status).toBe(404)
  })
})

describe('the report of the months', () => {
  it('has a row for each, with every benchmark, in percent', async () => {
    const file = await page(`/portfolios/${id}/export/months.csv`)
    const [head, ...rows] = file.trim().split('\r\n')
    expect(head).toBe('Month,Until,"Return %","VOO %",vs VOO pp,"QQQ %",vs QQQ pp')
    const { months } = (await risk()).months
    expect(rows).toHaveLength(months.length)
    const [name, until, ...figures] = rows.at(-1)!.split(',')
    const last = months.at(-1)
    expect([name, until]).toEqual([last.name, last.to])
    const { VOO, QQQ } = last.benchmarks
    const expected = [last.twr, VOO, last.twr - VOO, QQQ, last.twr - QQQ]
    expect(figures.map(Number)).toEqual(expected.map((each) => expect.closeTo(100 * each, 7)))
  })
})

describe('the risk-free rate', () => {
  it('is a setting, and taken off each day’s return', async () => {
    const own = await invested(undefined, { risk_free_rate: '4%' })
    expect(await json(`/api/portfolios/${own}`)).toMatchObject({ risk_free_rate: '0.04' })
    const { figures } = await json(`/api/portfolios/${own}/risk`)
    const { daily, sharpe } = figures
    expect(figures.risk_free_rate).toBe(0.04)
    expect(daily.risk_free).toBeCloseTo(1.04 ** (1 / 252) - 1, 15)
    expect(sharpe).toBeCloseTo(((daily.mean - daily.risk_free) / daily.deviation) * Math.sqrt(252), 9)
    expect(words(await page(`/portfolios/${own}/risk`))).toContain('The risk-free rate is 4.00% a year')
    expect(await page(`/portfolios/${own}/settings`)).toContain('name="risk_free_rate" value="4%"')
    const changed = await send(`/api/portfolios/${own}`, { risk_free_rate: null }, 'PATCH')
    expect((await changed.json()) as unknown).toMatchObject({ risk_free_rate: null })
    const { figures: without } = await json(`/api/portfolios/${own}/risk`)
    expect(without.risk_free_rate).toBe(0)
    expect(without.sharpe).toBeGreaterThan(sharpe)
    const log = words(await page(`/portfolios/${own}/activity`))
    expect(log).toMatch(/Risk-free rate.*4%/)
  })

  it.each(['-1%', '100%', 'much'])('is not %s', async (rate) => {
    const refused = await send(`/api/portfolios/${id}`, { risk_free_rate: rate }, 'PATCH')
    expect([refused.status, JSON.stringify(await refused.json())]).toEqual([
      422,
      expect.stringContaining('is not a rate such as 15%'),
    ])
  })
})

describe('what is wrong with a question is said', () => {
  it.each([
    ['?range=1w', 'range must be one of all, 5y, 3y, 12m, ytd.'],
    ['?from=2034-02-30', 'from must be a date such as 2024-03-01'],
    ['?from=2034-01-02&range=5y', 'Give from or range, not both.'],
    ['?explain=luck', 'explain must be one of'],
    ['?as_of=never', 'as_of must be'],
    ['?vs=60 VOO', 'vs:'],
    ['?what_if=sell everything', 'is no what-if'],
  ])('%s', async (query, detail) => {
    const answer = await request(`/api/portfolios/${id}/risk${query}`)
    expect([answer.status, (await answer.json()) as unknown]).toEqual([
      400,
      expect.objectContaining({ detail: expect.stringContaining(detail) }),
    ])
  })

  it('in the address of the chart, too; a page shows the whole history and says so', async () => {
    expect((await request(`/portfolios/${id}/risk/rolling.json?range=1w`)).status).toBe(400)
    const html = words(await page(`/portfolios/${id}/risk?range=1w`))
    expect(html).toContain('since Jan 3, 2012')
    const misread = (value: string, name: string) => `“${value}” in the address (${name}) was not understood.`
    expect(html).toContain(`${misread('1w', 'range')} The whole history is shown.`)
    // as do the other pages with what is not the figures that were asked for
    for (const [address, name, value] of [
      ['', 'range', '1w'],
      ['/gap', 'range', '1w'],
      ['/gap', 'by', 'sector'],
      ['/cash-flows', 'view', 'ZZZ'],
      ['/cash-flows', 'type', 'gift'],
      ['/dividends', 'year', '20x4'],
      ['/transactions', 'from', '2034-13-01'],
      ['/transactions', 'show', 'gifts'],
    ] as const)
      expect(words(await page(`/portfolios/${id}${address}?${name}=${value}`))).toContain(
        misread(value, name),
      )
    for (const fine of [
      '?range=5y',
      '/gap?by=symbol',
      '/cash-flows?view=portfolio',
      '/transactions?show=all',
    ])
      expect(await page(`/portfolios/${id}${fine}`)).not.toContain('was not understood')
  })
})
