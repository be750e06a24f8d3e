import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { portfolioMetrics } from '../../src/metrics/catalog.ts'
import type { Input } from '../../src/metrics/metric.ts'
import { money } from '../../src/web/format.ts'
import { json, newPortfolio, request, send, settled } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'

beforeEach(() => setClock())
afterEach(() => void vi.useRealTimers())

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

/** What is in the popover of a figure, without its tags. */
function told(html: string, figure: string): string {
  const [, inside] = html.split(`<details id="explain-${figure}"`)
  return inside!
    .slice(inside!.indexOf('>') + 1, inside!.indexOf('</details>'))
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
}

describe('the headline explains each of its figures', () => {
  let id: string
  beforeAll(async () => {
    id = await invested()
  })

  it.each(figures)('%s: as the API does', async (figure) => {
    const text = told(await headline(id), figure)
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
    const text = told(await headline(id), 'xirr')
    for (const part of ['Portfolio', 'VOO', 'QQQ', 'Jan 3, 2012 to Mar 7, 2035']) expect(text).toContain(part)
  })

  it('in elements that need no script and outlive a morph', async () => {
    const html = await headline(id)
    const popovers = html.match(/<details id="explain-[a-z_]+" name="explain"/g)
    expect(popovers).toHaveLength(figures.length)
    expect(html).not.toMatch(/<script| style=| on[a-z]+=/)
  })
})

describe('a figure that is missing', () => {
  it('says why', async () => {
    const id = await newPortfolio({ benchmarks: ['VOO'] })
    expect(told(await headline(id), 'twr')).toContain('unavailable: there are no transactions yet.')
    await send(`/api/portfolios/${id}/transactions`, {
      type: 'buy',
      symbol: 'AAPL',
      date: '2035-01-03',
      shares: '1',
      price: '100',
    })
    await settled(id)
    const text = told(await headline(id), 'xirr')
    expect(text).toMatch(
      /Portfolio: unavailable: an annual rate needs 365 days of history; there are only \d+\./,
    )
    expect(text).toMatch(/VOO: unavailable: an annual rate needs 365 days/)
  })
})
