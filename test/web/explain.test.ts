import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { portfolioMetrics } from '../../src/metrics/catalog.ts'
import type { Input } from '../../src/metrics/metric.ts'
import { money } from '../../src/web/format.ts'
import { json, newPortfolio, request, send, settled } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'
import { page, words } from './page.ts'

beforeEach(() => setClock())
afterEach(() => setClock())

const figures = [
  'value',
  'total_gain',
  'simple_return',
  'today',
  'xirr',
  'twr',
  'modified_dietz',
  'volatility',
  'max_drawdown',
  'invested',
  'cash',
  'dividends',
  'realized_gain',
  'unrealized_gain',
]

const headline = async (id: string) => (await request(`/portfolios/${id}/headline`)).text()

/** What opens from the name of a figure, without its tags. */
async function told(id: string, figure: string): Promise<string> {
  const address = `/portfolios/${id}/figures/${figure}`
  const [, name] = (await headline(id)).split(`<details id="explain-${figure}"`)
  expect(name!.slice(0, name!.indexOf('</details>'))).toContain(`href="${address}"`)
  return words(await page(address, { headers: { 'hx-request-type': 'partial' } }))
}

describe('the headline explains each of its figures', () => {
  let id: string
  beforeAll(async () => {
    id = await invested()
  })

  it.each(figures)('%s: as the API does', async (figure) => {
    const text = await told(id, figure)
    const { explain } = await json(`/api/portfolios/${id}/performance?explain=${figure}`)
    const inputs: Input[] = explain.inputs
    const amounts = inputs
      .filter((input) => input.unit === 'money')
      .map(({ value }) => money(`${value}`, 'USD'))
    const { name } = portfolioMetrics[figure]!
    for (const part of [
      name,
      explain.formula,
      explain.method,
      ...inputs.map(({ label }) => label),
      ...amounts,
    ]) {
      expect(text).toContain(part)
    }
  })

  it('beside the benchmarks, with the days', async () => {
    const text = await told(id, 'xirr')
    for (const part of ['Portfolio', 'VOO', 'QQQ', 'Jan 3, 2012 to Mar 7, 2035']) expect(text).toContain(part)
  })

  it('in elements that need no script and outlive a morph', async () => {
    const html = await headline(id)
    const popovers = html.match(/<details id="explain-[a-z_]+" name="explain"/g)
    expect(popovers).toHaveLength(figures.length)
    expect(html).not.toMatch(/<script| style=| on[a-z]+=/)
  })

  it('on a page of its own where there is no script', async () => {
    const html = await page(`/portfolios/${id}/figures/xirr`)
    expect(html).toMatch(/^<!doctype html>/)
    expect(html).toMatch(/<h1>XIRR<\/h1>/)
    expect(words(html)).toContain(await told(id, 'xirr'))
  })

  it.each(['luck', 'toString', 'benchmarks.SPY.xirr'])('but not %s, which is none', async (figure) => {
    expect((await request(`/portfolios/${id}/figures/${figure}`)).status).toBe(404)
  })
})

describe('the page of an instrument explains its lead over each benchmark', () => {
  it('by formula and inputs, with the way to every flow', async () => {
    const id = await invested()
    const address = `/portfolios/${id}/figures/TSLA-vs-VOO`
    const sheet = await page(`/portfolios/${id}/instruments/TSLA`)
    expect(sheet).toContain(`<details id="explain-TSLA-vs-VOO" name="explain" class="explain">`)
    expect(sheet).toContain(`hx-get="${address}"`)
    const html = await page(address, { headers: { 'hx-request-type': 'partial' } })
    const { parts } = await json(`/api/portfolios/${id}/gap?benchmark=VOO`)
    const { gap, value } = parts.find(({ symbol }: { symbol: string }) => symbol === 'TSLA')
    for (const part of ['total return − return of the same money in VOO', 'value + Σ cash flow'])
      expect(words(html)).toContain(part)
    for (const amount of [value, gap, String(Number(gap) - Number(value))])
      expect(words(html)).toContain(money(Number(amount).toFixed(2), 'USD'))
    expect(html).toContain(`href="/portfolios/${id}/gap/TSLA?benchmark=VOO"`)
    const alone = await page(address)
    expect(alone).toContain('<h1>TSLA vs VOO</h1>')
    expect(words(alone)).toContain(words(html))
    for (const other of ['TSLA-vs-SPY', 'KO-vs-VOO'])
      expect((await request(`/portfolios/${id}/figures/${other}`)).status).toBe(404)
  })
})

describe('a figure that is missing', () => {
  it('says why', async () => {
    const id = await newPortfolio({ benchmarks: ['VOO'] })
    expect(await told(id, 'twr')).toContain('unavailable: there are no transactions yet.')
    await send(`/api/portfolios/${id}/transactions`, {
      type: 'buy',
      symbol: 'AAPL',
      date: '2035-01-03',
      shares: '1',
      price: '100',
    })
    await settled(id)
    const text = await told(id, 'xirr')
    expect(text).toMatch(
      /Portfolio: unavailable: an annual rate needs 365 days of history; there are only \d+\./,
    )
    expect(text).toMatch(/VOO: unavailable: an annual rate needs 365 days/)
  })
})
