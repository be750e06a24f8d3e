import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holdingsOn } from '../../src/snapshot/holdings-table.ts'
import type { Snapshot, SnapshotContext } from '../../src/snapshot/snapshot.ts'
import { sum, text } from '../../src/portfolio/decimal.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { closes, dec, ledger, measured } from '../notation.ts'
import { history, ledgerOf, seeded } from '../portfolio/random-ledger.ts'
import { savings, snapshotOf } from './savings.ts'

const about: SnapshotContext = {
  ...savings,
  revision: 7,
  chartRevision: 5,
  quoteFetchedAt: new Map([['VOO', 1_700_000_000_000]]),
  refusals: new Map([['NOPE', 'Yahoo doesn’t know the symbol NOPE']]),
}

const seen = (of: Ledger): Snapshot => snapshotOf(of, about)

it('a symbol that is no longer quoted keeps its price, and its row says since when', () => {
  const markets = closes({ OLD: '2024-01-04 20, 2024-01-05 21', VOO: '2024-01-04 390, 2024-03-01 400' })
  const story = '2024-01-04 buy 5 OLD @ 20\n2024-01-04 buy 1 VOO @ 390'
  const delisted = new Map([['OLD', '2024-01-08']])
  const held = ledger(story, { markets, benchmarks: ['OLD'], delisted })
  const seenSo = seen(held)
  expect(
    seenSo.holdings.map(({ symbol, price, delisted, reason }) => [symbol, price, delisted, reason]),
  ).toEqual([
    ['VOO', '400', null, null],
    ['OLD', '21', '2024-01-08', 'not quoted since 2024-01-08; last price from 2024-01-05'],
  ])
  expect(seenSo.benchmark_quotes).toMatchObject([{ symbol: 'OLD', delisted: '2024-01-08' }])
  // it rose by 1 on the day of its last price, which is not today
  expect(seenSo.holdings[1]).toMatchObject({ day_change: '0', day_change_ratio: 0 })
  expect(seenSo.summary.today.change).toBe('10')
  expect(seenSo.totals.day_change).toBe('10')
})

const markets = closes({
  VOO: '2024-01-04 390, 2024-01-05 400, quote 2024-01-08T20:00Z 410 after 400',
  QQQ: '2024-01-04 300, 2024-01-05 310, 2024-01-08 300',
  GONE: '2024-01-04 20',
})

const of = ledger(
  `2024-01-04 buy 1 VOO @ 390 fee 1
   2024-01-04 buy 10 QQQ @ 300
   2024-01-04 buy 5 GONE @ 20
   2024-01-05 sell 5 GONE @ 22
   2024-01-05 dividend QQQ 3`,
  { markets, benchmarks: ['VOO'] },
)

describe('a snapshot', () => {
  const whole = seen(of)

  it('has the open positions, the largest first, and the closed ones apart', () => {
    expect(whole.holdings.map((row) => `${row.shares} ${row.symbol} ${row.market_value}`)).toEqual([
      '10 QQQ 3000',
      '1 VOO 410',
    ])
    expect(whole.closed.map((row) => [row.symbol, row.shares, row.realized_gain])).toEqual([
      ['GONE', '0', '10'],
    ])
  })

  it('has a row’s figures', () => {
    expect(whole.holdings[1]).toEqual({
      symbol: 'VOO',
      name: 'VOO Inc.',
      kind: 'equity',
      time_zone: 'America/New_York',
      session: null,
      delisted: null,
      price_as_of: Date.parse('2024-01-08T20:00Z'),
      fetched_at: 1_700_000_000_000,
      price_source: null,
      shares: '1',
      price: '410',
      price_day: '2024-01-08',
      price_from: 'market',
      currency: 'USD',
      market_value: '410',
      cost_basis: '391',
      // 410 − 391
      unrealized_gain: '19',
      gain_ratio: 19 / 391,
      // it pays nothing
      total_return: expect.closeTo(19 / 391, 14),
      realized_gain: '0',
      price_gain: '19',
      currency_gain: '0',
      dividends: '0',
      contribution: '19',
      xirr: null,
      dividend_yield: 0,
      yield_on_cost: 0,
      weight: 410 / 3410,
      day_change: '10',
      day_change_ratio: 10 / 400,
      // 410/390 − 1
      benchmarks: { VOO: expect.closeTo(410 / 390 - 1, 14) },
      // the fee
      vs: { VOO: expect.closeTo(410 / 391 - 410 / 390, 14) },
      // the fee alone, carried: −1 × 410 ÷ 390
      vs_money: { VOO: '-1.0512820513' },
      quarantined: null,
      reason: null,
      reasons: { xirr: 'an annual rate needs 365 days of history; there are only 4' },
    })
  })

  it('has totals, closed positions among them', () => {
    expect(whole.totals).toEqual({
      market_value: '3410',
      cost_basis: '3391',
      unrealized_gain: '19',
      realized_gain: '10',
      // 19 + 10
      price_gain: '29',
      currency_gain: '0',
      dividends: '3',
      // 10 × (300 − 310) + 10
      day_change: '-90',
      left_out: [],
      // 19 + 10 + 3
      contribution: '32',
      unassigned: '0',
      without: [],
    })
  })

  it('has today’s change since the session before, of Friday on a Monday', () => {
    expect(whole.summary.today).toEqual({
      // Sunday, at whose end Friday's closes stand
      since: '2024-01-07',
      change: '-90',
      base: '3500',
      // −90/(3100 + 400)
      ratio: -90 / 3500,
      left_out: [],
      benchmarks: { VOO: expect.closeTo(410 / 400 - 1, 14) },
      // deposits of 391 + 3000 + 100 would have bought 3491/390 shares, which rose by 10 each
      benchmark_changes: { VOO: '89.512821' },
    })
  })

  it('has the figures of the whole history', () => {
    expect(whole.summary).toMatchObject(measured(of))
  })

  it('has the latest transactions first', () => {
    expect(whole.transaction_count).toBe(5)
    expect(whole.recent_activity[0]).toEqual({
      id: '5',
      type: 'dividend',
      symbol: 'QQQ',
      date: '2024-01-05',
      shares: null,
      price: null,
      amount: '3',
      currency: 'USD',
    })
  })

  it('lists at most twelve of them', () => {
    const many = Array.from({ length: 20 }, (_, i) => `2024-01-${10 + i} deposit ${i + 1}`)
    const { recent_activity: recent, transaction_count: count } = seen(ledger(many.join('\n')))
    expect([recent.length, recent[0]!.amount, count]).toEqual([12, '20', 20])
  })

  it('says whose it is, which one, and how the refresh stood', () => {
    expect(whole).toMatchObject({ portfolio: about.portfolio, revision: 7, refresh: about.refresh })
  })

  it('is JSON, and the same when read again', () => {
    expect(JSON.parse(JSON.stringify(whole))).toEqual(whole)
  })
})

const change = (known: string) =>
  seen(ledger('2024-01-02 deposit 1', { markets: closes({ VOO: known }), benchmarks: ['VOO'] })).summary.today
    .benchmarks['VOO']

describe('a benchmark’s change today', () => {
  it('is since the close that the source tells, else since the one before the last', () => {
    expect(change('2024-01-02 380, quote 2024-01-08T20:00Z 410 after 400')).toBeCloseTo(0.025, 14)
    expect(change('2024-01-05 400, 2024-01-08 410')).toBeCloseTo(0.025, 14)
  })

  it('in money is that of the portfolio’s flows put into it; what came today has bought at the price of now', () => {
    const money = (story: string) =>
      seen(ledger(story, { markets: closes({ VOO: '2024-01-05 400, 2024-01-08 410' }), benchmarks: ['VOO'] }))
        .summary.today.benchmark_changes['VOO']
    // 4,000 bought ten shares, which rose by 10 each
    expect(money('2024-01-05 deposit 4000')).toBe('100')
    expect(money('2024-01-05 deposit 4000\n2024-01-08 deposit 820')).toBe('100')
    // five of them were sold at 410
    expect(money('2024-01-05 deposit 4000\n2024-01-08 withdrawal 2050')).toBe('100')
    expect(money('2024-01-08 deposit 820')).toBe('0')
  })

  it('is none with one close', () => {
    expect(change('2024-01-08 410')).toBeNull()
  })
})

describe('today’s change', () => {
  const bars = closes({
    VOO: '2024-01-05 400, 2024-01-08 410',
    QQQ: '2024-01-05 300, quote 2024-01-08T15:00Z 306 after 300',
  })
  const bought = '2024-01-04 buy 1 VOO @ 390\n2024-01-04 buy 10 QQQ @ 290'
  const told = (story: string, markets = bars, today = '2024-01-08') => {
    const { summary, totals, closed } = seen(ledger(`${bought}\n${story}`, { markets, today }))
    const { change, base, ratio, left_out } = summary.today
    expect([totals.day_change, totals.left_out]).toEqual([change, left_out])
    return { change, base, ratio, left_out, closed: closed.map((row) => `${row.symbol} ${row.day_change}`) }
  }

  it('has what was sold out today in it, up to its sale', () => {
    // 410 − 400, and 10 × (304 − 300) on what both were worth on Friday
    expect(told('2024-01-08 sell 10 QQQ @ 304')).toEqual({
      change: '50',
      base: '3400',
      ratio: 50 / 3400,
      left_out: [],
      closed: ['QQQ 40'],
    })
  })

  it('needs no price of today for what was sold out today', () => {
    const monday = new Map([...bars, ...closes({ QQQ: '2024-01-05 300' })])
    expect(told('2024-01-08 sell 10 QQQ @ 304', monday)).toMatchObject({ change: '50', left_out: [] })
  })

  it('knows what was bought today and sold out again', () => {
    const story = '2024-01-05 sell 10 QQQ @ 295\n2024-01-08 buy 2 QQQ @ 301'
    // sold the same day the purchase comes after the sale; 10 + 2 × (306 − 301)
    expect(told(story)).toMatchObject({ change: '20', base: '1002' })
    const both = '2024-01-08 buy 2 QQQ @ 301\n2024-01-08 sell 10 QQQ @ 304'
    // 10 + 2 × 306 + 10 × 304 − 10 × 300 − 2 × 301
    expect(told(both)).toMatchObject({ change: '60', base: '4002' })
  })

  it('is without what was sold out in an earlier session, whose last quote nobody brings up to date', () => {
    const story = '2024-01-05 sell 10 QQQ @ 295'
    const gone = new Map([...bars, ...closes({ QQQ: '2024-01-04 290, 2024-01-05 300' })])
    expect(told(story, gone)).toEqual({
      change: '10',
      base: '400',
      ratio: 10 / 400,
      left_out: [],
      closed: ['QQQ 0'],
    })
  })

  it('on a weekend has what was sold out on Friday, like Friday’s change of all others', () => {
    const friday = closes({ VOO: '2024-01-04 390, 2024-01-05 400', QQQ: '2024-01-04 290, 2024-01-05 300' })
    // 400 − 390, and 10 × (295 − 290)
    const expected = { change: '60', base: '3290', closed: ['QQQ 50'] }
    expect(told('2024-01-05 sell 10 QQQ @ 295', friday, '2024-01-07')).toMatchObject(expected)
    expect(told('2024-01-05 sell 10 QQQ @ 295', friday, '2024-01-05')).toMatchObject(expected)
  })

  it('is since the price paid where there is no close before', () => {
    const first = closes({
      VOO: '2024-01-05 400, 2024-01-08 410',
      QQQ: '2024-01-08 300',
      NEW: '2024-01-08 5',
    })
    const story = '2024-01-08 sell 10 QQQ @ 304\n2024-01-08 buy 1 NEW @ 5'
    // 410 − 400, and 10 × (304 − 290)
    expect(told(story, first)).toMatchObject({ change: '150', left_out: [], closed: ['QQQ 140'] })
  })

  it('leaves out and names what no rate converts, sold out or not', () => {
    const abroad = new Map([...bars, ...closes({ EUR: '2024-01-05 5, 2024-01-08 6, in EUR' })])
    const story = '2024-01-04 buy 2 EUR @ 5 in USD\n2024-01-08 sell 1 EUR @ 6 in USD'
    expect(told(story, abroad)).toMatchObject({ change: '70', left_out: ['EUR'] })
    expect(told(`${story}\n2024-01-08 sell 1 EUR @ 6 in USD`, abroad)).toMatchObject({ left_out: ['EUR'] })
    const { holdings } = seen(ledger(`${bought}\n${story}`, { markets: abroad }))
    expect(holdings.find((row) => row.symbol === 'EUR')!.reasons['day_change']).toBe(
      'no exchange rate from EUR to USD yet',
    )
  })

  it('is unknown when nothing is held, or nothing can be counted', () => {
    const none = { change: null, base: null, ratio: null }
    const { summary, totals } = seen(ledger('2024-01-04 deposit 5', { markets: bars }))
    expect(summary.today).toMatchObject({ ...none, left_out: [] })
    expect(totals.day_change).toBeNull()
    const unconverted = closes({ VOO: '2024-01-08 410, in EUR', QQQ: '2024-01-08 410, in EUR' })
    expect(told('', unconverted)).toMatchObject({ ...none, left_out: ['VOO', 'QQQ'] })
  })

  it('of a past day is the same sum', () => {
    const of = ledger(`${bought}\n2024-01-08 sell 10 QQQ @ 304\n2024-02-01 buy 5 VOO @ 420`, {
      markets: new Map([...bars, ...closes({ SPY: '2024-02-01 500' })]),
    })
    expect(holdingsOn(of, '2024-01-08').totals).toMatchObject({ day_change: '50', left_out: [] })
  })
})

describe('what is missing', () => {
  const broken = seen(
    ledger('2024-01-04 buy 1 VOO @ 390\n2024-01-04 buy 1 NOPE @ 5\n2024-01-04 buy 1 SLOW @ 5 in EUR', {
      markets: new Map([...markets, ...closes({ NOPE: '', SLOW: '' })]),
    }),
  )

  it('is named, with the reason where the source refused', () => {
    expect(broken.missing).toEqual([
      { symbol: 'NOPE', reason: 'Yahoo doesn’t know the symbol NOPE' },
      { symbol: 'SLOW', reason: null },
    ])
  })

  it('is the rate, where only that is, not the price', () => {
    const abroad = ledger('2024-01-04 buy 1 SAP.DE @ 100 in EUR', {
      markets: closes({ 'SAP.DE': '2024-01-04 100, 2024-01-05 101, in EUR', 'EURUSD=X': '' }),
    })
    expect(seen(abroad).missing).toEqual([{ symbol: 'EURUSD=X', reason: null }])
  })

  it('is left out of today’s change and named there', () => {
    expect(broken.summary.today).toMatchObject({ change: '10', left_out: ['SLOW'] })
  })

  it('is left out of the totals, which say so, and of no value', () => {
    expect(broken.totals).toMatchObject({ cost_basis: '395', without: ['SLOW'] })
    expect(broken.summary.value).toBeNull()
    expect(broken.warnings).toEqual([
      'Excludes the buy of SLOW on 2024-01-04 (5 EUR): no exchange rate from EUR to USD yet.',
    ])
  })

  it('stands last', () => {
    expect(broken.holdings.map((row) => row.symbol)).toEqual(['VOO', 'NOPE', 'SLOW'])
    expect(broken.holdings[1]).toMatchObject({
      price: '5',
      price_from: 'paid',
      market_value: '5',
      reason: 'at the price paid on 2024-01-04',
    })
    expect(broken.holdings[2]).toMatchObject({
      price: null,
      market_value: null,
      weight: null,
      reason: expect.any(String),
    })
  })
})

describe('warnings', () => {
  it('name a sale of shares that are not there', () => {
    const { warnings } = seen(ledger('2024-01-04 buy 1 VOO @ 390\n2024-01-05 sell 2 VOO @ 400', { markets }))
    expect(warnings).toEqual(['2024-01-05: sold 2 VOO, but held only 1 (in today’s share units)'])
    expect(seen(of).warnings).toEqual([])
  })
})

describe('the holdings of a past day', () => {
  it('are those of that day’s close', () => {
    const past = holdingsOn(of, '2024-01-04')
    expect(past.holdings.map((row) => `${row.symbol} ${row.market_value}`)).toEqual([
      'VOO 390',
      'QQQ 3000',
      'GONE 100',
    ])
    expect([past.closed, past.totals.market_value]).toEqual([[], '3490'])
  })
})

describe('any portfolio', () => {
  it('has weights that sum to 1, and holdings and cash that sum to its value', () => {
    fc.assert(
      fc.property(history, (told) => {
        const { holdings, closed, summary, totals } = seen(ledgerOf(told, { benchmarks: ['AAA'] }))
        const weights = holdings.reduce((all, row) => all + row.weight!, 0)
        expect(weights).toBeCloseTo(holdings.length > 0 ? 1 : 0, 12)
        expect(closed.every((row) => row.shares === '0' && row.cost_basis === '0')).toBe(true)
        expect(totals.market_value).toBe(text(sum(holdings.map((row) => dec(row.market_value!)))))
        expect(summary.value).toBe(text(dec(totals.market_value!) + dec(summary.cash!)))
        expect(summary.realized_gain).toBe(totals.realized_gain)
      }),
      seeded,
    )
  })
})

// finance.md, "The gap, explained": the column with its other lines sums to the headline
describe('the gap in the snapshot', () => {
  const added = (of: Snapshot, benchmark: string) => {
    const { gap, reason, ...lines } = of.gaps[benchmark]!
    const parts = [...of.holdings, ...of.closed].map((row) => row.vs_money[benchmark]!)
    return { gap, reason, sum: text(sum([...parts, ...Object.values(lines)].map((amount) => dec(amount!)))) }
  }

  it('is the sum of every row and of its other lines, of sold-out positions and of a fee that names a stranger too', () => {
    const story = `2024-01-04 deposit 2000
       2024-01-04 buy 2 QQQ @ 300
       2024-01-04 buy 5 GONE @ 20
       2024-01-05 sell 5 GONE @ 21
       2024-01-05 fee 3
       2024-01-08 fee 2`
    const made = ledger(story, { markets, benchmarks: ['VOO'] })
    const stranger = made.transactions.map((each) =>
      each.type === 'fee' && each.date === '2024-01-05' ? { ...each, symbol: 'STRANGER' } : each,
    )
    const found = seen({ ...made, transactions: stranger })
    const { gap, reason, sum: total } = added(found, 'VOO')
    expect({ total, reason }).toEqual({ total: gap, reason: null })
    expect(gap).toBe(found.summary.benchmarks.VOO!.gap)
    // 2 × 300 − 600 × 410 ÷ 390
    expect(Number(found.holdings[0]!.vs_money.VOO)).toBeCloseTo(600 - (600 * 410) / 390, 6)
    // 105 × 410 ÷ 400 − 100 × 410 ÷ 390
    expect(Number(found.closed[0]!.vs_money.VOO)).toBeCloseTo((105 * 410) / 400 - (100 * 410) / 390, 6)
    // −3 × 410 ÷ 400
    expect(Number(found.gaps.VOO!.elsewhere)).toBeCloseTo((-3 * 410) / 400, 6)
    expect(found.gaps.VOO!.fees).toBe('-2')
  })

  it('is not known where a price is missing, and says which', () => {
    const found = seen(ledger('2024-01-04 buy 1 QQQ @ 10', { markets, benchmarks: ['NOPE'] }))
    const reason = 'no price for NOPE on 2024-01-08'
    expect(found.gaps.NOPE).toMatchObject({ gap: null, reason: 'no price for NOPE on 2024-01-04' })
    expect(found.holdings[0]).toMatchObject({
      vs_money: { NOPE: null },
      reasons: { 'vs_money.NOPE': reason },
    })
  })
})
