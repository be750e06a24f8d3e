import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { rows } from '../storage/sample.ts'
import { importCsv, json, newPortfolio, request, send, settled } from '../worker/app.ts'
import { type Market, openMarket, share } from '../worker/market.ts'
import { deliver } from '../worker/queue.ts'

let market: Market
const march = Date.parse('2026-03-05T15:00:00Z')
const autumn = Date.parse('2026-09-17T15:00:00Z')

beforeAll(async () => {
  vi.setSystemTime(march)
  market = await openMarket([])
})
afterAll(async () => {
  await market.close()
  vi.useRealTimers()
})
beforeEach(() => void vi.setSystemTime(march))

/** Ten shares at 10 of what ends on March 4; from September on others trade at 14 under its name. */
async function tenShares(symbol: string, about: Parameters<typeof share>[4] = {}): Promise<string> {
  market.files.set(symbol, share(symbol, '2025-01-02', '2026-03-04', 10, { name: 'Old Mining', ...about }))
  const id = await newPortfolio({ benchmarks: [] })
  await importCsv(id, `Ticker,Type,Date,Price,Shares\n${symbol},Buy,2025-06-02,10,10\n`)
  await settled(id)
  return id
}
async function refreshed(id: string): Promise<string[]> {
  await request(`/api/portfolios/${id}/refreshes`, { method: 'POST' })
  const { failed } = await settled(id)
  return (failed as { reason: string }[]).map(({ reason }) => reason)
}
const holding = async (id: string) =>
  (await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)).holdings[0]
const words = async (path: string) =>
  (await (await request(path)).text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const years = async (symbol: string) =>
  (await rows('bars')).filter((row) => row.symbol === symbol).map(({ closes }) => closes)

it('a history that begins anew is held, shown with its reason, and taken once the owner says so', async () => {
  const id = await tenShares('ANEW')
  const before = await years('ANEW')
  vi.setSystemTime(autumn)
  market.files.set('ANEW', share('ANEW', '2026-09-01', '2026-09-16', 14, { name: 'Old Mining' }))
  const reason = 'its history begins on 2026-09-01, after the stored history ended on 2026-03-04'
  expect(await refreshed(id)).toEqual([`a price of 14 USD is held for review: ${reason}`])
  expect(await holding(id)).toMatchObject({ price: '10', market_value: '100', quarantined: { reason } })
  expect(await years('ANEW')).toEqual(before)
  // said again on later days, it is no more believed
  vi.setSystemTime(autumn + 86_400_000)
  await refreshed(id)
  expect(await holding(id)).toMatchObject({ price: '10', quarantined: { reason } })
  const page = `/portfolios/${id}/instruments/ANEW`
  expect(await words(page)).toContain(`seem to belong to another company: ${reason}.`)
  const said = new URLSearchParams({ ruling: 'same', day: '2026-09-18' })
  expect((await request(`${page}/rulings`, { method: 'POST', body: said })).status).toBe(303)
  await settled(id)
  expect(await holding(id)).toMatchObject({ price: '14', market_value: '140', quarantined: null })
  expect(await words(page)).not.toContain('another company’s')
})

it('a new name with a new first trade is held by its quote, before any history', async () => {
  const id = await tenShares('NAME')
  vi.setSystemTime(autumn)
  const file = share('NAME', '2025-01-02', '2026-09-16', 14, {
    name: 'New Software',
    firstTradeDay: '2026-09-01',
  })
  market.files.set('NAME', file)
  await deliver({ kind: 'quotes', symbols: ['NAME'], requester: null })
  const [stored] = (await rows('quotes')).filter(({ symbol }) => symbol === 'NAME')
  expect(stored).toMatchObject({ price: '10' })
  expect(JSON.parse(stored!.held as string)).toMatchObject({ price: '14', isOtherCompany: true })
  // and the name of the old one stays
  const [instrument] = (await rows('instruments')).filter(({ symbol }) => symbol === 'NAME')
  expect(instrument).toMatchObject({ name: 'Old Mining' })
  // a delisted symbol is asked for again after a day
  vi.setSystemTime(autumn + 86_400_000)
  expect(await refreshed(id)).toEqual([
    expect.stringContaining('New Software has only traded since 2026-09-01'),
  ])
})

it('a new name with the old first trade is the same company', async () => {
  const id = await tenShares('META')
  vi.setSystemTime(autumn)
  const file = share('META', '2025-01-02', '2026-09-16', 14, {
    name: 'New Name',
    firstTradeDay: '2012-05-18',
  })
  market.files.set('META', file)
  expect(await refreshed(id)).toEqual([])
  expect(await holding(id)).toMatchObject({ price: '14', name: 'New Name', quarantined: null })
})

it('a share that was suspended for months goes on', async () => {
  const id = await tenShares('REST')
  vi.setSystemTime(autumn)
  const old = share('REST', '2025-01-02', '2026-03-04', 10, { name: 'Old Mining' })
  const resumed = share('REST', '2026-09-01', '2026-09-16', 14)
  market.files.set('REST', { ...old, closes: [...old.closes, ...resumed.closes] })
  expect(await refreshed(id)).toEqual([])
  expect(await holding(id)).toMatchObject({ price: '14', quarantined: null })
})

it('the old company’s trades get another ticker, and have their own again', async () => {
  const id = await tenShares('TAKE', { dividends: [['2025-09-02', 0.5]] })
  const at = `/api/portfolios/${id}/transactions`
  vi.setSystemTime(autumn)
  const bought = { type: 'buy', symbol: 'TAKE', date: '2026-09-16', shares: '1', price: '14' }
  expect((await send(at, bought)).status).toBe(201)
  const one = `/api/portfolios/${id}/dismissed-dividends/TAKE@2025-09-02`
  expect((await request(one, { method: 'PUT' })).status).toBe(200)
  const settings = async () => (await rows('portfolios')).find((row) => row.id === id)!
  const dismissed = async () => (await settings()).dismissed_dividends
  await env.DB.prepare('UPDATE portfolios SET dismissed_actions = ? WHERE id = ?')
    .bind('["TAKE@2026-08-31","TAKE@2026-09-20","TAKE@NEWT"]', id)
    .run()
  await evictDurableObject(env.PORTFOLIO.getByName(id))
  const held = async () =>
    (await json(at)).transactions.map((row: Record<string, string>) => `${row.symbol} ${row.date}`)
  const rename = (from: string, to: string, until = '') =>
    request(`/portfolios/${id}/instruments/${from}/rename`, {
      method: 'POST',
      body: new URLSearchParams({ to, until }),
    })
  const said = async (answer: Response) => decodeURIComponent(answer.headers.get('set-cookie') ?? '')

  // the page that says so has the form
  expect(await words(`/portfolios/${id}/instruments/TAKE`)).toContain('Use another ticker')
  expect((await rename('TAKE', 'OLDTAKE', '2026-08-31')).headers.get('location')).toMatch('/OLDTAKE')
  expect(await held()).toEqual(['TAKE 2026-09-16', 'OLDTAKE 2025-06-02'])
  expect(await dismissed()).toBe('["OLDTAKE@2025-09-02"]')
  // what was said of the rows that keep the ticker is not asked again
  expect((await settings()).dismissed_actions).toBe('["TAKE@2026-09-20","TAKE@NEWT"]')
  const entries = (await rows('audit')).filter((row) => row.portfolio_id === id)
  expect(entries.at(-1)).toMatchObject({ action: 'update', actor: expect.not.stringMatching('system') })
  expect(JSON.parse(entries.at(-1)!.after as string)).toMatchObject({ symbol: 'OLDTAKE', date: '2025-06-02' })
  // the broker's file, which knows one name only, adds nothing
  const again = await importCsv(id, 'Ticker,Type,Date,Price,Shares\nTAKE,Buy,2025-06-02,10,10\n')
  expect(await again.json()).toMatchObject({ accepted: 0, duplicates: 1 })

  expect((await rename('OLDTAKE', 'TAKE')).status).toBe(303)
  expect(await held()).toEqual(['TAKE 2026-09-16', 'TAKE 2025-06-02'])
  expect(await dismissed()).toBe('["TAKE@2025-09-02"]')
  const tracked = (await rows('tracked')).filter((row) => row.portfolio_id === id)
  expect(tracked.map(({ symbol }) => symbol)).toEqual(['TAKE'])

  // where they could not be told apart again, and what is none, nothing is renamed
  await send(at, { ...bought, symbol: 'BETWEEN', date: '2026-01-05' })
  expect(await said(await rename('TAKE', 'BETWEEN'))).toContain(
    'Nothing was renamed: BETWEEN has transactions',
  )
  expect(await said(await rename('TAKE', 'A B'))).toContain('is not a ticker')
  expect(await said(await rename('TAKE', 'TAKE'))).toContain('of TAKE already')
  expect(await said(await rename('NONE', 'OTHER'))).toContain('there is no transaction of NONE')
  expect(await said(await rename('TAKE', 'OTHER', 'soon'))).toContain('is not a date')
  expect((await held()).filter((row: string) => row.startsWith('TAKE'))).toHaveLength(2)
})

it('shares that became shares of it are of the other ticker as well', async () => {
  const id = await tenShares('BORN')
  const at = `/api/portfolios/${id}/transactions`
  const spun = { type: 'spin_off', symbol: 'BORN', new_symbol: 'CHILD', date: '2025-07-01', shares: '5' }
  const made = await send(at, { ...spun, cost_share: '0.2' })
  expect([made.status, await made.text()]).toEqual([201, expect.stringContaining('CHILD')])
  const rename = (from: string, to: string) =>
    request(`/portfolios/${id}/instruments/${from}/rename`, {
      method: 'POST',
      body: new URLSearchParams({ to, until: '' }),
    })
  const named = async () => (await json(at)).transactions.map((row: Record<string, string>) => row.new_symbol)
  expect((await rename('CHILD', 'GROWN')).status).toBe(303)
  expect(await named()).toEqual(['GROWN', undefined])
  const tracked = (await rows('tracked')).filter((row) => row.portfolio_id === id)
  expect(tracked.map(({ symbol }) => symbol)).toEqual(['BORN', 'GROWN'])
  // and not to the ticker that they came from
  await rename('GROWN', 'BORN')
  expect(await named()).toEqual(['GROWN', undefined])
  expect((await rename('GROWN', 'CHILD')).status).toBe(303)
  expect(await named()).toEqual(['CHILD', undefined])
})
