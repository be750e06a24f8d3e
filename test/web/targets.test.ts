import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { json, newPortfolio, send } from '../worker/app.ts'
import { setClock } from '../worker/clock.ts'
import { invested } from '../worker/invested.ts'
import { page, post, words } from './page.ts'

// What is calculated: test/portfolio/rebalancing.test.ts.

let id: string
const path = () => `/portfolios/${id}/targets`

beforeEach(() => setClock())
afterEach(() => setClock())

beforeAll(async () => {
  setClock()
  id = await invested()
})

describe('targets', { shuffle: false }, () => {
  it('are offered as the present weights, and kept in one spelling', async () => {
    expect(await json(`/api${path()}`)).toEqual({ targets: null })
    expect(await page(path())).toMatch(/<textarea[^>]*>TSLA \d+/)
    const saved = await post(path(), { targets: 'tsla 50%, voo: 30' })
    expect([saved.status, saved.headers.get('location')]).toEqual([303, path()])
    const found = await json(`/api${path()}`)
    expect(found).toMatchObject({ targets: 'TSLA 50, VOO 30', cash: { target: 0.2 }, amount: '0' })
    const { value } = await json(`/api/portfolios/${id}/performance`)
    expect(found.total).toBe(value)
    expect((await json(`/api/portfolios/${id}`)).targets).toBe('TSLA 50, VOO 30')
  })

  it('say in the holdings and on their page how far each is from them', async () => {
    const { parts } = await json(`/api${path()}`)
    const tesla = parts.find(({ name }: { name: string }) => name === 'TSLA')
    const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
    const own = holdings.find(({ symbol }: { symbol: string }) => symbol === 'TSLA')
    expect(tesla.value).toBe(own.market_value)
    expect(tesla.drift).toBeCloseTo(tesla.weight - 0.5, 9)
    const shown = `${tesla.drift < 0 ? '−' : '+'}${Math.abs(tesla.drift * 100).toFixed(1)}`
    for (const at of [path(), `/portfolios/${id}`]) expect(words(await page(at))).toContain(shown)
  })

  it('tell what new money buys', async () => {
    const { parts, kept } = await json(`/api${path()}?amount=1,000`)
    const spent = parts.reduce((sum: number, { buy }: { buy: string }) => sum + Number(buy), Number(kept))
    expect(spent).toBeCloseTo(1000, 8)
    expect(words(await page(`${path()}?amount=1000`))).toContain('$1,000.00 would buy')
    for (const amount of ['much', '-5', '1e99']) {
      const refused = await json(`/api${path()}?amount=${amount}`)
      expect(refused).toMatchObject({
        status: 400,
        detail: expect.stringContaining('amount must be a number'),
      })
    }
  })

  it('that cannot be are said beside what was typed, and nothing is changed', async () => {
    const refused = await post(path(), { targets: 'TSLA 80, VOO 30' })
    const html = await refused.text()
    expect([refused.status, words(html)]).toEqual([422, expect.stringContaining('more than 100 %')])
    expect(html).toContain('>TSLA 80, VOO 30</textarea>')
    const patched = await send(`/api/portfolios/${id}`, { targets: 'TSLA' }, 'PATCH')
    expect([patched.status, await patched.text()]).toEqual([
      422,
      expect.stringContaining('“TSLA” is not a target such as VOO 60'),
    ])
    expect((await json(`/api${path()}`)).targets).toBe('TSLA 50, VOO 30')
  })

  it('are in the log, and gone when the field is emptied', async () => {
    await post(path(), { targets: '' })
    expect(await json(`/api${path()}`)).toEqual({ targets: null })
    expect(words(await page(`/portfolios/${id}/activity`))).toContain('Targets TSLA 50, VOO 30')
  })

  it('weigh nothing where an amount cannot be converted, and say why', async () => {
    const odd = await newPortfolio({ name: 'Odd', targets: 'VOO 100' })
    const row = { type: 'deposit', date: '2034-03-01', amount: '100', currency: 'XAU' }
    await send(`/api/portfolios/${odd}/transactions`, row)
    const { reason, parts } = await json(`/api/portfolios/${odd}/targets?amount=100`)
    expect([reason, parts]).toEqual([expect.stringContaining('no exchange rate from XAU to USD'), undefined])
    expect(words(await page(`/portfolios/${odd}/targets`))).toContain(
      'The weights are not known: no exchange',
    )
  })

  it('of a portfolio without anything in it are asked for, and buy', async () => {
    const empty = await newPortfolio({ name: 'Empty', targets: 'VOO 100' })
    const { parts, total } = await json(`/api/portfolios/${empty}/targets?amount=100`)
    expect([total, parts]).toMatchObject(['100', [{ name: 'VOO', buy: '100', weight: 0 }]])
    await page(`/portfolios/${empty}/targets?amount=100`)
  })
})
