import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { asStranger, json, request, setFault, upstreamCalls } from '../worker/app.ts'
import { DAY, NOON, setClock } from '../worker/clock.ts'

let now = NOON
// each a day later, with an allowance of its own
const nextDay = () => setClock((now += DAY))

beforeAll(async () => {
  await setFault(null)
  nextDay()
})
afterAll(async () => {
  await setFault(null)
  vi.useRealTimers()
})

const search = (typed: string) => json(`/api/securities?q=${encodeURIComponent(typed)}`)
const symbols = async (typed: string) =>
  ((await search(typed)) as { securities: { symbol: string }[] }).securities.map(({ symbol }) => symbol)

describe('a search', () => {
  it('finds a security by its name, with its exchange and its currency', async () => {
    const { securities, source, reason } = await search('sap se')
    expect(securities).toContainEqual({
      symbol: 'SAP.DE',
      name: 'SAP SE',
      kind: 'equity',
      exchange: 'XETRA',
      currency: 'EUR',
    })
    expect([source, reason]).toEqual(['the demo market', null])
  })
  it('finds a class of shares and a coin as brokers spell them', async () => {
    expect(await symbols('BRK.B')).toContain('BRK-B')
    expect(await symbols('btc')).toContain('BTC-USD')
  })
  it('asks the source once for the same text, and again after a week', async () => {
    nextDay()
    await search('coca')
    const before = await upstreamCalls()
    expect(await symbols(' Coca ')).toEqual(['KO'])
    expect(await upstreamCalls()).toEqual(before)
    setClock((now += 8 * DAY))
    await search('coca')
    expect((await upstreamCalls()).search).toBe(before.search! + 1)
  })
  it('asks the source five times a minute at most, and says so', async () => {
    nextDay()
    const before = (await upstreamCalls()).search ?? 0
    const answers = []
    for (const typed of ['disn', 'walm', 'exxo', 'visa', 'home', 'proc'])
      answers.push(((await search(typed)) as { reason: string | null }).reason === null)
    expect(answers).toEqual([true, true, true, true, true, false])
    expect((await upstreamCalls()).search).toBe(before + 5)
  })
  it('finds what is stored while the source is down, and what was found before', async () => {
    nextDay()
    await search('netfli')
    await env.DB.prepare(
      "INSERT OR IGNORE INTO instruments VALUES ('GLDX', 'Gold', 'USD', 'etf', 'NYSEArca', 'America/New_York', NULL)",
    ).run()
    setClock((now += 8 * DAY))
    await setFault({ kind: '429' })
    const { securities, reason } = await search('GLDX')
    expect(securities).toEqual([
      { symbol: 'GLDX', name: 'Gold', kind: 'etf', exchange: 'NYSEArca', currency: 'USD' },
    ])
    expect(reason).not.toBeNull()
    expect(await symbols('netfli')).toEqual(['NFLX'])
    await setFault(null)
  })
  it('is a page of its own, and a list of options for a field', async () => {
    nextDay()
    const page = await (await request('/securities?q=coca')).text()
    expect(page).toContain('Find a security')
    expect(page).toContain('The Coca-Cola Company')
    const options = await request('/securities?q=coca', { headers: { 'hx-request': 'true' } })
    expect(await options.text()).toMatch(/^<li role="option" data-symbol="KO">/)
  })
  it('needs somebody who is signed in', async () => {
    expect((await asStranger('/api/securities?q=coca')).status).toBe(401)
  })
})
