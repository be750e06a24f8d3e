import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { demoBook } from '../../src/demo/prices.ts'
import { addDays, dayAt } from '../../src/portfolio/day.ts'
import { TIME_ZONE } from '../../src/portfolio/time.ts'
import { stored, text } from '../../src/portfolio/decimal.ts'
import { page, post, words } from './page.ts'
import { json, newPortfolio, request, send, settled } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'

// finance.md, "The gap, explained", as a user asks for it. The figures themselves: test/metrics/gap.test.ts.

// eslint-disable-next-line typescript/no-explicit-any -- what a script would find in the answer
type Answer = any

let id: string

beforeAll(async () => {
  id = await invested()
})

beforeEach(() => setClock())
afterEach(() => setClock())

const gap = (query = '') => json(`/api/portfolios/${id}/gap?${query}`)

describe('GET /api/portfolios/:id/gap', () => {
  it.each(['symbol', 'lot', 'year'])('by %s adds up to the gap, to the last digit', async (by) => {
    for (const benchmark of ['VOO', 'QQQ']) {
      const found = await gap(`benchmark=${benchmark}&by=${by}`)
      expect(summed(found)).toBe(found.gap)
      const { value, benchmarks } = await json(`/api/portfolios/${id}/performance`)
      expect(found).toMatchObject({ value, benchmark_value: benchmarks[benchmark].value })
      expect(found.gap).toBe(benchmarks[benchmark].gap)
    }
  })

  it('adds up in a period too', async () => {
    const period = 'from=2021-12-31&as_of=2022-12-30'
    const found = await gap(`benchmark=QQQ&${period}`)
    expect(summed(found)).toBe(found.gap)
    expect(found).toMatchObject({ from: '2021-12-31', as_of: '2022-12-30' })
    const { benchmarks } = await json(`/api/portfolios/${id}/performance?${period}`)
    expect(found.gap).toBe(benchmarks.QQQ.gap)
  })

  it('carries a purchase by the benchmark', async () => {
    const close = (symbol: string, day: string) => demoBook.find(symbol)!.bars(day, day)[0]!.close
    const { parts } = await gap('benchmark=QQQ&as_of=2021-03-05')
    const apple = parts.find(({ symbol }: Answer) => symbol === 'AAPL')
    // 20 shares now − 20 × 125.10 in QQQ, which paid nothing in these three days
    const carried = (20 * 125.1 * close('QQQ', '2021-03-05')) / close('QQQ', '2021-03-02')
    expect(Number(apple.gap)).toBeCloseTo(20 * close('AAPL', '2021-03-05') - carried, 2)
    expect(apple).toMatchObject({ paid: '2502', received: '0', dividends: '0', reason: null })
  })

  it('is the first benchmark’s, by symbol, when nothing is said', async () => {
    expect(await gap()).toEqual(await gap('benchmark=VOO&by=symbol'))
  })

  it('of a portfolio without transactions has nulls, and says why', async () => {
    const empty = await newPortfolio()
    const found = await json(`/api/portfolios/${empty}/gap`)
    const reason = 'there are no transactions yet'
    expect(found).toMatchObject({ benchmark_value: null, gap: null, parts: [] })
    expect(found.reasons).toMatchObject({ benchmark_value: reason, gap: reason })
  })

  it.each([
    ['benchmark=%3Cb%3E', 'benchmark: “<B>” is not a ticker'],
    ['vs=60+VOO+30+BND', 'vs: “60 VOO 30 BND” is not a blend: its weights add up to 90, not 100'],
    ['benchmark=VOO&vs=QQQ', 'benchmark and vs are the same: one is looked at'],
    ['by=mood', 'by must be one of symbol, lot, year, not “mood”'],
    ['as_of=2035-03-09', 'as_of (2035-03-09) is in the future'],
    ['from=x', 'from must be a date'],
    ['from=2022-01-03&as_of=2022-01-03', 'from (2022-01-03) must be before as_of (2022-01-03)'],
  ])('%s is refused with a sentence', async (query, sentence) => {
    const refused = await request(`/api/portfolios/${id}/gap?${query}`)
    expect(refused.headers.get('content-type')).toBe('application/problem+json')
    expect(refused.status).toBe(400)
    expect(((await refused.json()) as Answer).detail).toContain(sentence)
  })

  it('is refused where there is no benchmark', async () => {
    const alone = await newPortfolio({ benchmarks: [] })
    expect((await request(`/api/portfolios/${alone}/gap`)).status).toBe(400)
  })

  it('is not told about another’s portfolio', async () => {
    const other = id.replace(/^........-/, '00000000-')
    expect((await request(`/api/portfolios/${other}/gap`)).status).toBe(404)
  })
})

describe('the page that explains the gap', () => {
  it('leads from the benchmark’s value to the portfolio’s in cents, and ends on the headline’s gap', async () => {
    const html = await page(`/portfolios/${id}/gap?benchmark=VOO`)
    const dashboard = await page(`/portfolios/${id}`)
    const headline = /data-live="gap-VOO">([^<]+)</.exec(dashboard)![1]!
    expect(dashboard).toContain(`href="/portfolios/${id}/gap?benchmark=VOO"`)
    expect(words(html)).toMatch(
      /Why (ahead of|behind) VOO .*The portfolio is \$[\d,.]+ (ahead|behind) ?\. \w+/,
    )
    expect(words(html)).toContain(`Gap to VOO Σ = ${headline}`)
    const cents = (text: string) => Number(text.replace('−', '-').replace(/[^\d-]/g, ''))
    const table = /<tbody>(.*?)<\/tbody>/s.exec(html)![1]!
    const amounts = [...table.matchAll(/data-money>([^<]+)</g)].map(([, text]) => cents(text!))
    const [start, end] = [amounts[0]!, amounts.at(-1)!]
    // TSLA, QQQ, AAPL and the cash
    expect(amounts.length).toBeGreaterThanOrEqual(5)
    expect(amounts.slice(0, -1).reduce((sum, amount) => sum + amount)).toBe(end)
    expect(end - start).toBe(cents(headline))
  })

  it('links every bar to its holding, and has no style of its own', async () => {
    const html = await page(`/portfolios/${id}/gap`)
    expect(html).toContain(`<a href="/portfolios/${id}/instruments/TSLA">TSLA</a>`)
    expect(html).not.toContain('style=')
  })

  it.each(['lot', 'year'])('divides the same gap by %s, where that is asked for', async (by) => {
    const plain = await page(`/portfolios/${id}/gap?benchmark=VOO`)
    expect(plain).toContain(`/gap?benchmark=VOO&amp;by=${by}"`)
    const html = await page(`/portfolios/${id}/gap?benchmark=VOO&by=${by}`)
    const steps = between(html, '<table class="waterfall"', '</table>')
    const [start, ...rest] = centsIn(between(steps, '<tbody>', '</tbody>'))
    const end = rest.pop()!
    expect(total(rest)).toBe(end - start!)
    expect(centsIn(between(steps, '<tfoot>', '</tfoot>'))).toEqual([end - start!])
    expect(centsIn(between(plain, '<tfoot>', '</tfoot>'))).toEqual([end - start!])
    expect(words(steps)).toContain(by === 'lot' ? 'TSLA' : '2012')
    expect(html).toMatch(/aria-current="true">(Purchases|Years)<\/a>/)
  })

  it.each(['symbol', 'lot', 'year'])(
    'divides by %s the gap of a period, where that is asked for',
    async (by) => {
      const query = by === 'symbol' ? 'range=5y' : `by=${by}&range=5y`
      expect(await page(`/portfolios/${id}/gap?benchmark=VOO`)).toContain('/gap?benchmark=VOO&amp;range=5y"')
      const html = await page(`/portfolios/${id}/gap?benchmark=VOO&${query}`)
      const from = addDays(dayAt(Date.now(), TIME_ZONE), -1826)
      const reported = await gap(`benchmark=VOO&by=${by}&from=${from}`)
      const steps = between(html, '<table class="waterfall"', '</table>')
      const [start, ...rest] = centsIn(between(steps, '<tbody>', '</tbody>'))
      const end = rest.pop()!
      expect([start, end]).toEqual(
        [reported.benchmark_value, reported.value].map((value) => Math.round(+value * 100)),
      )
      expect(total(rest)).toBe(end - start!)
      expect(centsIn(between(steps, '<tfoot>', '</tfoot>'))).toEqual([end - start!])
      // its flows are told of the whole history
      expect(steps).not.toContain('/gap/')
      expect(words(html)).toContain('when both are worth what the portfolio was worth then')
      expect(html).toMatch(/aria-current="true">5Y<\/a>/)
    },
  )

  it('is about the benchmark that is asked for, else about the first', async () => {
    expect(words(await page(`/portfolios/${id}/gap?benchmark=QQQ`))).toMatch(/Why (ahead of|behind) QQQ/)
    expect(words(await page(`/portfolios/${id}/gap?vs=QQQ`))).toMatch(/Why (ahead of|behind) QQQ/)
    expect(await gap('vs=QQQ&by=')).toEqual(await gap('benchmark=QQQ'))
    expect(words(await page(`/portfolios/${id}/gap`))).toMatch(/Why (ahead of|behind) VOO/)
    expect((await request(`/portfolios/${id}/gap?benchmark=%3Cb%3E`)).status).toBe(400)
  })

  it('says why there is none', async () => {
    const alone = await newPortfolio({ benchmarks: [] })
    expect(words(await page(`/portfolios/${alone}/gap`))).toContain('portfolio has no benchmark')
  })
})

/** The amounts in a part of a page, in cents, as they are written. */
function centsIn(html: string): number[] {
  return [...html.matchAll(/data-money[^>]*>([^<]+)</g)].map(([, amount]) => centsOf(amount!))
}

const centsOf = (amount: string) => Number(amount.replace('−', '-').replace(/[^\d-]/g, ''))
const total = (amounts: readonly number[]) => amounts.reduce((all, amount) => all + amount, 0)

/** What stands between two marks of a page. */
function between(html: string, from: string, to: string): string {
  const start = html.indexOf(from)
  expect([from, start]).not.toEqual([from, -1])
  return html.slice(start, html.indexOf(to, start))
}

/** Of the panel: the two ends, the steps between them and the sum below. */
function panelOf(html: string) {
  const panel = between(html, '<section id="why"', '</section>')
  const [first, ...rest] = centsIn(between(panel, '<tbody>', '</tbody>'))
  return {
    words: words(panel),
    start: first!,
    steps: rest.slice(0, -1),
    end: rest.at(-1)!,
    sum: centsIn(between(panel, '<tfoot>', '</tfoot>')),
  }
}

/** Of the holdings' column: each open position, and the rows of the foot. */
function columnOf(html: string) {
  const cells = (rows: string) => [...rows.matchAll(/<td class="versus-money"[^>]*>(.*?)<\/td>/gs)]
  const table = between(html, 'class="grid as-lines" data-sortable', '</table>')
  const [body, foot] = table.split('<tfoot>')
  return {
    open: cells(body!).flatMap(([cell]) => centsIn(cell)),
    foot: cells(foot!).flatMap(([cell]) => centsIn(cell)),
  }
}

const headlineOf = (html: string, symbol: string) =>
  centsOf(new RegExp(`data-live="gap-${symbol}">([^<]+)<`).exec(html)![1]!)

describe('the dashboard', () => {
  it.each(['VOO', 'QQQ'])('says of %s the same gap above, in the steps and in the column', async (symbol) => {
    const html = await page(`/portfolios/${id}?vs=${symbol}`)
    const headline = headlineOf(html, symbol)
    const { start, steps, end, sum } = panelOf(html)
    expect(end - start).toBe(headline)
    expect(total(steps)).toBe(headline)
    expect(sum).toEqual([headline])
    const { open, foot } = columnOf(html)
    expect(open).toHaveLength(3)
    expect(total(open) + total(foot.slice(0, -1))).toBe(headline)
    expect(foot.at(-1)).toBe(headline)
  })

  it('sums what was sold out in a row of its own, and cash and fees in another', async () => {
    const sold = await invested(`Ticker,Type,Date,Price,Shares,Fee,Amount
AAPL,Buy,2034-01-03,400.00,10,1.25,
MSFT,Buy,2034-02-01,700.00,5,,
MSFT,Sell,2034-03-01,710.00,5,2.5,
,Fee,2034-04-03,,,,7.77
`)
    const html = await page(`/portfolios/${sold}`)
    const rows = ['closed', 'cash', 'total'].map((row) => `<tr id="holdings-${row}">`)
    expect(rows.map((row) => html.includes(row))).toEqual([true, true, true])
    const headline = headlineOf(html, 'VOO')
    const { open, foot } = columnOf(html)
    expect([open.length, foot.length]).toEqual([1, 3])
    const [closed, cash, all] = foot
    expect(open[0]! + closed! + cash!).toBe(all)
    expect(all).toBe(headline)
    const { steps, end, start } = panelOf(html)
    expect(total(steps)).toBe(end - start)
    expect(end - start).toBe(headline)
    // each closed position too
    const rest = between(html, '<details id="closed">', '</details>')
    expect(words(rest)).toContain('vs VOO, $')
    expect(centsIn(rest).at(-1)).toBe(closed)
    expect(rest).toContain('/gap/MSFT?benchmark=VOO')
  })

  it('leads from every amount to its flows, in the panel and in the holdings', async () => {
    const html = await page(`/portfolios/${id}?vs=QQQ`)
    const flows = [...html.matchAll(/href="[^"]+\/gap\/TSLA\?benchmark=QQQ"/g)]
    expect(flows).toHaveLength(2)
    expect(between(html, '<section id="why"', '</section>')).toContain('/gap/cash_drag?benchmark=QQQ"')
  })

  it('draws each lead as a bar from one zero line', async () => {
    const html = await page(`/portfolios/${id}`)
    const rows = [...html.matchAll(/<rect x="([\d.]+)%" width="([\d.]+)%"[^>]*>.*?gain-(gain|loss)"/g)]
    const bars = rows.map(([, x, width, way]) => ({ x: Number(x), width: Number(width), way }))
    expect(bars).toHaveLength(3)
    const zeros = bars.map(({ x, width, way }) => (way === 'gain' ? x : x + width))
    for (const zero of zeros) expect(zero).toBeCloseTo(zeros[0]!, 0)
    expect(Math.max(...bars.map(({ x, width }) => x + width))).toBeCloseTo(100, 0)
  })

  it('colors the map by the benchmark that the address names', async () => {
    const html = await page(`/portfolios/${id}/allocation?tiles=vs&vs=QQQ`)
    expect(html).toContain('aria-current="true">vs QQQ</a>')
    expect(html).toContain(`data-region="/portfolios/${id}/allocation?tiles=vs&amp;vs=QQQ"`)
    expect(await page(`/portfolios/${id}?vs=QQQ`)).toContain('>vs QQQ</a></nav><span class="scale"')
  })

  it('says in a sentence who helped and who held back, without script and style', async () => {
    const html = await page(`/portfolios/${id}/why`)
    expect(words(html)).toMatch(
      /Why (ahead of|behind) VOO .*The portfolio is \$[\d,.]+ (ahead|behind) ?\. \w+/,
    )
    expect(html).toContain(`<a href="/portfolios/${id}/instruments/TSLA">TSLA</a>`)
    expect(html).not.toMatch(/style=|<script/)
    expect(await page(`/portfolios/${id}`)).toContain(html)
  })

  it('measures against the benchmark that the address names, in the panel and in the holdings', async () => {
    const html = await page(`/portfolios/${id}?vs=QQQ`)
    expect(panelOf(html).words).toMatch(/Why (ahead of|behind) QQQ/)
    expect(html).toContain('>vs QQQ, pp</a>')
    expect(html).toContain('>vs QQQ, $</a>')
    expect(html).toContain(`href="?sort=vs-QQQ-money&amp;vs=QQQ#holdings"`)
    expect(html).toContain(await page(`/portfolios/${id}/why?vs=QQQ`))
    expect(html).toContain(await page(`/portfolios/${id}/holdings?vs=QQQ`))
    expect((await request(`/portfolios/${id}/why?vs=%3Cb%3E`)).status).toBe(400)
    const opened = await request(`/portfolios/${id}/why?vs=QQQ`, {
      headers: { 'sec-fetch-mode': 'navigate' },
      redirect: 'manual',
    })
    expect(opened.headers.get('location')).toBe(`/portfolios/${id}?vs=QQQ#why`)
  })

  it.each(['symbol', 'lot', 'year'])('divides by %s the same gap, in the panel', async (by) => {
    const html = await page(`/portfolios/${id}?by=${by}&period=all`)
    const { start, steps, end, sum } = panelOf(html)
    expect(end - start).toBe(headlineOf(html, 'VOO'))
    expect(total(steps)).toBe(end - start)
    expect(sum).toEqual([end - start])
  })

  it.each(['symbol', 'lot', 'year'])('divides by %s the gap of a period, in the panel', async (by) => {
    const html = await page(`/portfolios/${id}/why?vs=QQQ&by=${by}&period=5y`)
    const from = addDays(dayAt(Date.now(), TIME_ZONE), -1826)
    const reported = await gap(`benchmark=QQQ&by=${by}&from=${from}`)
    const { start, steps, end, sum, words: said } = panelOf(html)
    expect([start, end]).toEqual(
      [reported.benchmark_value, reported.value].map((value) => Math.round(+value * 100)),
    )
    expect(total(steps)).toBe(end - start)
    expect(sum).toEqual([end - start])
    expect(said).toContain('when both are worth what the portfolio was worth then')
    // what the page asks for again when prices change, and where a reader without script is led
    const query = `vs=QQQ${by === 'symbol' ? '' : `&amp;by=${by}`}&amp;period=5y`
    expect(html).toContain(`data-region="/portfolios/${id}/why?${query}"`)
    expect(html).toContain(`href="/portfolios/${id}?vs=QQQ&amp;by=${by}&amp;period=1m#why"`)
    expect(html).toContain(`href="/portfolios/${id}?${query.replace('vs=QQQ&amp;', '')}#why"`)
    expect(html.match(/aria-current="true"/g)).toHaveLength(3)
    expect(await page(`/portfolios/${id}?vs=QQQ&by=${by}&period=5y`)).toContain(html)
    const joint = await page(`/portfolios/${id}/regions?of=headline,why&vs=QQQ&by=${by}&period=5y`)
    expect(joint).toContain(html)
  })

  it('has the decisions of the period when they are asked for', async () => {
    expect(await page(`/portfolios/${id}/why`)).not.toContain('Best decisions')
    const all = between(await page(`/portfolios/${id}/why?decisions=shown`), 'id="decisions"', '</section>')
    const { parts } = await gap('by=lot')
    const gains: number[] = parts.map((part: Answer) => Math.round(part.gap * 100))
    expect(centsIn(all)[0]).toBe(Math.max(...gains))
    const since = await page(`/portfolios/${id}/why?period=1m&decisions=shown`)
    expect(words(since)).toMatch(
      /No purchase or sale after \w+ \d+, \d+ has won or lost anything against VOO/,
    )
    expect(since).toContain(`data-region="/portfolios/${id}/why?period=1m&amp;decisions=shown"`)
    // a link to the page that has them, until they are there
    expect(await page(`/portfolios/${id}/why`)).toContain('/gap?benchmark=VOO#decisions"')
    expect(await page(`/portfolios/${id}/gap`)).toContain('<div id="decisions"')
  })

  it('sorts the holdings by that money, best or worst first', async () => {
    const best = columnOf(await page(`/portfolios/${id}?sort=vs-VOO-money`)).open
    expect(best).toEqual(best.toSorted((a, b) => b - a))
    const worst = columnOf(await page(`/portfolios/${id}?sort=vs-VOO-money&dir=asc`)).open
    expect(worst).toEqual(best.toReversed())
  })

  it('of a portfolio without benchmarks has neither panel nor column', async () => {
    const alone = await invested(undefined, { benchmarks: [] })
    const html = await page(`/portfolios/${alone}`)
    expect(html).not.toContain('id="why"')
    expect(html).not.toContain('versus')
    expect(await page(`/portfolios/${alone}/why`)).toBe('')
  })
})

async function newDemo(): Promise<string> {
  return (await post('/portfolios/demo', {})).headers.get('location')!.split('/')[2]!
}

describe('the demo', () => {
  it.each(['VOO', 'QQQ'])(
    'says one gap to %s: above, in the column with its two rows, in the steps and on their page',
    async (benchmark) => {
      const demo = await newDemo()
      expect(await settled(demo)).toMatchObject({ status: 'done', failed: [] })
      const html = await page(`/portfolios/${demo}?vs=${benchmark}`)
      const headline = headlineOf(html, benchmark)
      const { open, foot } = columnOf(html)
      expect(open).toHaveLength(14)
      expect(total(open) + total(foot.slice(0, -1))).toBe(headline)
      expect(foot.at(-1)).toBe(headline)
      const { start, steps, end, sum } = panelOf(html)
      expect([end - start, total(steps), sum]).toEqual([headline, headline, [headline]])
      // the panel ends on the value above, which is also the total of the holdings
      const [value] = centsIn(between(html, '<p class="total"', '</p>'))
      expect(end).toBe(value)
      expect(centsIn(between(html, 'data-live="total"', '</td>').replace(/^/, '<span data-money '))).toEqual([
        value,
      ])
      const whole = between(
        await page(`/portfolios/${demo}/gap?benchmark=${benchmark}`),
        '<tbody>',
        '</tbody>',
      )
      const [first, ...rest] = centsIn(whole)
      // 14 positions and the cash
      expect(rest).toHaveLength(16)
      expect([first, rest.at(-1), total(rest.slice(0, -1))]).toEqual([start, end, headline])
    },
  )

  it('has VOO level with VOO: held against itself, nothing is ahead', async () => {
    const demo = await newDemo()
    expect(await settled(demo)).toMatchObject({ status: 'done', failed: [] })
    const voo = between(await page(`/portfolios/${demo}`), '<tr id="holding-VOO"', '</tr>')
    expect(words(voo)).toContain(' vs VOO 0.0 ')
    // in money it may be off by what the days between a dividend and its booking moved
    const { parts } = await json(`/api/portfolios/${demo}/gap?benchmark=VOO`)
    const part = parts.find(({ symbol }: Answer) => symbol === 'VOO')
    expect(Math.abs(part.gap)).toBeLessThan(0.02 * part.dividends)
  })

  it('counts its dividends from the start: by as much as one that does not is promised', async () => {
    const demo = await newDemo()
    expect(await settled(demo)).toMatchObject({ status: 'done', failed: [] })
    const counted = await page(`/portfolios/${demo}?vs=VOO`)
    expect(words(counted)).not.toContain('not counted')
    await send(`/api/portfolios/${demo}`, { dividends: 'recorded' }, 'PATCH')
    const promised = await page(`/portfolios/${demo}?vs=VOO`)
    const told = /(\d+) dividends worth .+? counting them moves the portfolio ([+−]\$[\d.,]+) against VOO/
    const [, count, change] = told.exec(words(promised)) ?? []
    expect(Number(count)).toBeGreaterThan(200)
    expect(headlineOf(counted, 'VOO') - headlineOf(promised, 'VOO')).toBe(centsOf(change!))
  })
})

describe('the flows behind a figure of the gap', () => {
  /** The carried amounts, the value and the sum: the last cell of each row. */
  async function carriedOn(address: string) {
    const html = await page(address)
    const lasts = [...html.matchAll(/<tr[^>]*>(?:(?!<\/tr>).)*<\/tr>/gs)].flatMap(([row]) =>
      centsIn(row).slice(-1),
    )
    return { html, flows: lasts.slice(0, -2), value: lasts.at(-2)!, sum: lasts.at(-1)! }
  }

  it.each(['TSLA', 'QQQ', 'AAPL', 'cash_drag'])('add up to what the gap’s page says of %s', async (part) => {
    const address = `/portfolios/${id}/gap/${part}?benchmark=VOO`
    const link = between(await page(`/portfolios/${id}/gap`), `<a href="${address}">`, '</a>')
    const { flows, value, sum, html } = await carriedOn(address)
    expect([sum]).toEqual(centsIn(link))
    expect(total(flows) + value).toBe(sum)
    expect(html).toContain('VOO then')
  })

  it('name the day, what it was, the amount and the index then and now', async () => {
    const close = (symbol: string, day: string) => demoBook.find(symbol)!.bars(day, day)[0]!.close
    const { html } = await carriedOn(`/portfolios/${id}/gap/AAPL?benchmark=QQQ`)
    // QQQ's index is its close where no dividend follows; 20 × 125.10
    expect(words(html)).toMatch(/Mar 2, 2021 Bought −\$2,502\.00 [\d.]+ [\d.]+ −\$[\d,.]+/)
    const [, then, now] = /−\$2,502\.00 ([\d.]+) ([\d.]+)/.exec(words(html))!
    const grown = close('QQQ', '2035-03-06') / close('QQQ', '2021-03-02')
    // dividends reinvested add to the price alone
    expect(Number(now) / Number(then)).toBeGreaterThanOrEqual(grown - 0.001)
  })

  it('are not there for what the portfolio never had', async () => {
    for (const part of ['KO', 'elsewhere', '%3Cb%3E']) {
      expect((await request(`/portfolios/${id}/gap/${part}`)).status).toBe(404)
    }
    expect((await request(`/portfolios/${id}/gap/TSLA?lot=nothing`)).status).toBe(404)
    const alone = await newPortfolio({ benchmarks: [] })
    expect((await request(`/portfolios/${alone}/gap/TSLA`)).status).toBe(404)
  })
})

describe('what was decided', () => {
  it('stands best and worst on the gap’s page, each with its figure and the way to its flows', async () => {
    const html = await page(`/portfolios/${id}/gap?benchmark=VOO`)
    const { parts } = await gap('benchmark=VOO&by=lot')
    const best = between(html, 'aria-label="Best decisions"', '</section>')
    const winners = parts.filter((part: Answer) => Number(part.gap) > 0)
    const [first] = winners
    expect(words(best)).toContain(`Bought ${first.symbol}`)
    expect(best).toContain(`/gap/${first.symbol}?benchmark=VOO&amp;lot=${first.lot}`)
    const amounts = centsIn(best).filter((_, i) => i % 3 === 0)
    expect(amounts).toEqual(amounts.toSorted((a, b) => b - a))
    const flows = await page(`/portfolios/${id}/gap/${first.symbol}?benchmark=VOO&lot=${first.lot}`)
    expect(centsIn(between(flows, 'id="trail-total"', '</tr>'))).toEqual([amounts[0]])
  })

  it('adds up on the instrument’s page: lots and what was sold out to the position', async () => {
    const traded = await invested(`Ticker,Type,Date,Price,Shares
AAPL,Buy,2033-01-03,380.00,10
AAPL,Buy,2034-01-03,400.00,10
AAPL,Sell,2034-03-01,410.00,10
AAPL,Sell,2034-05-01,415.00,4
`)
    const html = await page(`/portfolios/${traded}/instruments/AAPL`)
    const lots = between(html, 'aria-label="Open lots"', '</section>')
    const [body, foot] = lots.split('<tfoot>')
    const open = [...body!.matchAll(/&amp;lot=[^"]+"><span[^>]*>([^<]+)</g)].map(([, each]) => centsOf(each!))
    expect(open).toHaveLength(2)
    // of VOO and QQQ: what was sold out, and all
    const [sold, soldQqq, all, allQqq] = centsIn(foot!)
    expect([open[0]! + sold!, open[1]! + soldQqq!]).toEqual([all, allQqq])
    const column = await page(`/portfolios/${traded}/holdings?vs=VOO`)
    expect(centsIn(/<td class="versus-money"[^>]*>(<a .*?<\/a>)/s.exec(column)![1]!)).toEqual([all])
    // a sale is judged alone, and its flows say by what
    const sales = between(html, 'aria-label="Sales"', '</section>')
    expect(words(sales)).toContain('vs VOO, $')
    const path = /href="([^"]+sale=[^"]+)"><span[^>]*>([^<]+)</.exec(sales)!
    const flows = await page(path[1]!.replace('&amp;', '&'))
    expect(words(flows)).toMatch(/A sale of AAPL against VOO .*is no part of the gap .*Shares kept/)
    expect(centsIn(between(flows, 'id="trail-total"', '</tr>'))).toEqual([centsOf(path[2]!)])
  })

  it('stands in money on every row of the transactions, whose buys add up to their holding', async () => {
    const path = `/portfolios/${id}/transactions?show=buys&ticker=TSLA`
    const html = await page(path)
    expect(html).toContain('>vs VOO, $</a>')
    const tesla = (await gap('benchmark=VOO')).parts.find(({ symbol }: Answer) => symbol === 'TSLA')
    const foot = between(html, 'id="transactions-total"', '</tr>')
    const cents = Math.round(Number(tesla.gap) * 100)
    expect(centsIn(foot).at(-1)).toBe(cents)
    const sorted = await page(`/portfolios/${id}/transactions?show=buys&sort=vs-VOO-money`)
    const amounts = [...sorted.matchAll(/data-live="money-VOO">([^<]+)</g)].map(([, each]) => centsOf(each!))
    const rows = amounts.slice(0, -1)
    expect(rows).toHaveLength(3)
    expect(rows).toEqual(rows.toSorted((a, b) => b - a))
  })
})

/** Σ parts + cash drag + fees + interest + uncovered. */
function summed({ parts, cash_drag, fees, interest, uncovered }: Answer): string {
  const amounts: string[] = [...parts.map((part: Answer) => part.gap), cash_drag, fees, interest, uncovered]
  return text(amounts.reduce((sum, amount) => sum + stored(amount), 0n))
}
