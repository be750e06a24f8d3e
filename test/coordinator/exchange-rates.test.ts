import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { demoBook } from '../../src/demo/prices.ts'
import { json, newPortfolio, send, settled } from '../worker/app.ts'
import { eventually } from '../worker/underway.ts'

const close = (symbol: string, day: string) => demoBook.find(symbol)!.bars(day, day)[0]!.close
const buy = {
  type: 'buy',
  symbol: 'SHEL.L',
  date: '2024-03-05',
  shares: '10',
  price: '2500',
  currency: 'GBp',
}
const tracked = async (id: string) => {
  const rows = await env.DB.prepare('SELECT symbol FROM tracked WHERE portfolio_id = ? ORDER BY symbol')
    .bind(id)
    .all<{ symbol: string }>()
  return rows.results.map(({ symbol }) => symbol)
}

/** A portfolio that has the prices and rates of these symbols, however many refreshes that takes. */
async function priced(id: string, symbols: string[]) {
  return eventually(async () => {
    await settled(id)
    expect(await tracked(id)).toEqual(symbols)
    const figures = await json(`/api/portfolios/${id}/performance?as_of=2024-06-03`)
    expect(figures).not.toMatchObject({ value: null })
    return figures
  })
}

it('are fetched once a history says in which currency its symbol trades', async () => {
  const id = await newPortfolio({ benchmarks: ['VOO'] })
  const { currency: _, ...inPounds } = { ...buy, price: '25' }
  expect((await send(`/api/portfolios/${id}/transactions`, inPounds)).status).toBe(201)
  const { value, invested } = await priced(id, ['GBPUSD=X', 'SHEL.L', 'VOO'])
  const [then, now] = [close('GBPUSD=X', '2024-03-05'), close('GBPUSD=X', '2024-06-03')]
  expect(Number(invested)).toBeCloseTo(10 * 25 * then, 1)
  // pence in the source's answer; what was inferred beyond the cent is cash
  expect(Number(value)).toBeCloseTo((10 * close('SHEL.L', '2024-06-03') * now) / 100, 1)
})

it('are converted by nothing when a trade and its share are in the portfolio’s own currency', async () => {
  const id = await newPortfolio({ base_currency: 'GBP', benchmarks: ['VOO'] })
  expect((await send(`/api/portfolios/${id}/transactions`, buy)).status).toBe(201)
  const figures = await priced(id, ['SHEL.L', 'USDGBP=X', 'VOO'])
  expect(figures).toMatchObject({ invested: '250', currency_gain: '0' })
  // VOO's dollars became pounds
  const [then, now] = [close('USDGBP=X', '2024-03-05'), close('USDGBP=X', '2024-06-03')]
  const { twr } = figures.benchmarks.VOO
  const priceOnly = (close('VOO', '2024-06-03') * now) / (close('VOO', '2024-03-05') * then) - 1
  expect(twr).toBeGreaterThan(priceOnly)
  expect(twr).toBeLessThan(priceOnly + 0.01)
})

it('are others when the portfolio changes its currency', async () => {
  const id = await newPortfolio({ base_currency: 'GBP', benchmarks: ['SHEL.L'] })
  await send(`/api/portfolios/${id}/transactions`, buy)
  await priced(id, ['SHEL.L'])
  expect((await send(`/api/portfolios/${id}`, { base_currency: 'EUR' }, 'PATCH')).status).toBe(200)
  const { invested } = await priced(id, ['GBPEUR=X', 'SHEL.L'])
  expect(Number(invested)).toBeCloseTo(250 * close('GBPEUR=X', '2024-03-05'), 1)
})

it('refused by the source leave figures null with the reason', async () => {
  const id = await newPortfolio({ benchmarks: [] })
  await send(`/api/portfolios/${id}/transactions`, {
    type: 'deposit',
    date: '2024-03-05',
    amount: '100',
    currency: 'CHF',
  })
  await settled(id)
  const { value, cash, reasons } = await json(`/api/portfolios/${id}/performance`)
  expect({ value, cash }).toEqual({ value: null, cash: null })
  expect(reasons.cash).toBe('no exchange rate from CHF to USD yet')
})

it('a portfolio cannot count in pence', async () => {
  const refused = await send('/api/portfolios', { name: 'Pence', base_currency: 'GBX' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('GBX is a hundredth of GBP')
})

it.each(['EUQ', 'xxq', 'ABC', 'BTC'])('a portfolio cannot count in %s', async (currency) => {
  const refused = await send('/api/portfolios', { name: 'Odd', base_currency: currency })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain(`“${currency.toUpperCase()}” is not a currency code such as USD`)
})
