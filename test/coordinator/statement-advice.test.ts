import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { importCsv, json, newPortfolio, request, send, settled } from '../worker/app.ts'
import { type Market, openMarket, share } from '../worker/market.ts'

// the advice that a broker's file is answered with, followed to the letter; the day of each event is 2026-02-09
let market: Market

const before = (day: string) => day < '2026-02-09'

beforeAll(async () => {
  vi.setSystemTime(Date.parse('2026-03-05T15:00:00Z'))
  market = await openMarket([
    share('VOO', '2025-01-02', '2026-03-04', 400),
    // 20 of 100 go to the shares of CHILD: one of 40 for two of these
    share('PARENT', '2025-01-02', '2026-03-04', (day) => (before(day) ? 100 : 80)),
    share('LISTED', '2025-01-02', '2026-03-04', 80, { splits: [['2026-02-09', 5, 4]] }),
    share('CHILD', '2026-02-09', '2026-03-04', 40),
    share('BONUS', '2025-01-02', '2026-03-04', 20, { splits: [['2026-02-09', 5, 4]] }),
    share('QUIET', '2025-01-02', '2026-03-04', (day) => (before(day) ? 25 : 20)),
    share('OLDCO', '2025-01-02', '2026-02-06', (day) => (day < '2025-06-02' ? 100 : 150)),
    share('NEWCO', '2025-01-02', '2026-03-04', 300),
  ])
})
afterAll(async () => {
  await market.close()
  vi.useRealTimers()
})

const header =
  'Activity Date,Process Date,Settle Date,Instrument,Description,Trans Code,Quantity,Price,Amount'

/** A portfolio with these rows of Robinhood's file, and the sentences about what is not in it. */
async function statement(...rows: string[]): Promise<{ id: string; advice: string[] }> {
  const id = await newPortfolio({ benchmarks: ['VOO'] })
  const answer = await importCsv(id, `${[header, ...rows].join('\n')}\n`)
  const { rejected, warnings } = (await answer.json()) as {
    rejected: { reason: string }[]
    warnings: string[]
  }
  await settled(id)
  return { id, advice: [...rejected.map(({ reason }) => reason), ...warnings] }
}

const row = (day: string, symbol: string, code: string, shares: string, price = '', amount = '') =>
  `${day},${day},${day},${symbol},${symbol} Inc.,${code},${shares},${price},${amount}`

async function add(id: string, transaction: Record<string, unknown>): Promise<void> {
  const added = await send(`/api/portfolios/${id}/transactions`, { date: '2026-02-09', ...transaction })
  expect(added.status).toBe(201)
  await settled(id)
}

async function figures(id: string) {
  const { summary } = await json(`/api/dashboard-initial-data?portfolio_id=${id}`)
  const { holdings } = await json(`/api/dashboard-holdings-data?portfolio_id=${id}`)
  const of = ({ symbol, shares, cost_basis }: Record<string, string>) => [symbol, [shares, cost_basis]]
  return { summary, held: Object.fromEntries(holdings.map(of)) as Record<string, [string, string]> }
}

it.each(['PARENT', 'LISTED'])(
  'a spin-off of %s: no money came, and none was made or lost',
  async (parent) => {
    const { id, advice } = await statement(
      row('3/3/2025', parent, 'Buy', '10', '$100', '($1000)'),
      row('2/9/2026', 'CHILD', 'SOFF', '5'),
    )
    expect(advice).toEqual([
      'Shares of CHILD (5) came from a spin-off: add a spin-off of the old company on that day, with this ticker as the new one, these shares, and the part of the cost that went with them. If the page of the old company asks about a split on that day, answer it there instead.',
      'The file does not say of which company CHILD was a spin-off, nor which part of the cost went to it (line 3).',
    ])
    await add(id, { type: 'spin_off', symbol: parent, new_symbol: 'CHILD', shares: '5', cost_share: '0.2' })
    const page = await (await request(`/portfolios/${id}/instruments/${parent}`)).text()
    expect(page.includes('Not a split')).toBe(parent === 'LISTED')
    if (parent === 'LISTED') {
      // a history that was fetched at another instant is another
      vi.setSystemTime(Date.now() + 1000)
      await request(`/portfolios/${id}/instruments/${parent}/rulings`, {
        method: 'POST',
        body: new URLSearchParams({ ruling: 'no_split', day: '2026-02-09' }),
      })
      await settled(id)
    }
    // 10 × 80 + 5 × 40; only the first purchase was paid for from outside
    const { summary, held } = await figures(id)
    expect(summary).toMatchObject({ value: '1000', invested: '1000', cash: '0' })
    expect(summary.twr).toBeCloseTo(0, 12)
    // a fifth of the cost went along
    expect(held).toMatchObject({ [parent]: ['10', '800'], CHILD: ['5', '200'] })
  },
)

it('a stock dividend that the source lists: nothing is to be done', async () => {
  const { id, advice } = await statement(
    row('3/3/2025', 'BONUS', 'Buy', '10', '$25', '($250)'),
    row('2/9/2026', 'BONUS', 'SDIV', '2.5'),
  )
  expect(advice).toEqual([expect.stringContaining('splits and stock dividends come from market data; if')])
  const { summary, held } = await figures(id)
  expect(held).toEqual({ BONUS: ['12.5', '250'] })
  expect(summary).toMatchObject({ value: '250', invested: '250' })
})

it('a stock dividend that it does not list is a split by hand; the cost is spread over all shares', async () => {
  const { id } = await statement(
    row('3/3/2025', 'QUIET', 'Buy', '10', '$25', '($250)'),
    row('2/9/2026', 'QUIET', 'SDIV', '2.5'),
  )
  // 12.5 for 10
  await add(id, { type: 'split', symbol: 'QUIET', ratio: '5:4' })
  const { summary, held } = await figures(id)
  expect(held).toEqual({ QUIET: ['12.5', '250'] })
  expect(summary).toMatchObject({ value: '250', invested: '250' })
})

it('a merger for shares is one exchange of its two rows, carries the cost over and realizes nothing', async () => {
  const { id, advice } = await statement(
    row('3/3/2025', 'OLDCO', 'Buy', '10', '$100', '($1000)'),
    row('2/9/2026', 'OLDCO', 'MRGS', '10S'),
    row('2/9/2026', 'NEWCO', 'MRGS', '5'),
  )
  expect(advice).toEqual(['1 row was skipped (line 4): another part of a merger stands above.'])
  const { summary, held } = await figures(id)
  expect(held).toMatchObject({ NEWCO: ['5', '1000'] })
  expect(summary).toMatchObject({
    value: '1500',
    invested: '1000',
    realized_gain: '0',
    unrealized_gain: '500',
  })
})

it('half of a merger is named, with what to add', async () => {
  const { id, advice } = await statement(
    row('3/3/2025', 'OLDCO', 'Buy', '10', '$100', '($1000)'),
    row('2/9/2026', 'OLDCO', 'MRGS', '10S'),
  )
  expect(advice).toEqual([
    'Shares of OLDCO (10) left in a merger or exchange: add an exchange on that day, with the new ticker and its ratio, or a sell for the cash you received.',
  ])
  await add(id, { type: 'exchange', symbol: 'OLDCO', new_symbol: 'NEWCO', ratio: '0.5' })
  const { held } = await figures(id)
  expect(held).toMatchObject({ NEWCO: ['5', '1000'] })
})
