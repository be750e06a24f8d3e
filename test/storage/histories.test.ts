import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { History } from '../../src/portfolio/instrument.ts'
import { splitsOf } from '../../src/storage/corporate-actions.ts'
import { historyStates, saveHistory, saveRefusals } from '../../src/storage/histories.ts'
import {
  actions,
  closes,
  db,
  forgetPrices,
  history,
  NOW,
  quote,
  quotesOf,
  rows,
  rowsWritten,
} from './sample.ts'

beforeEach(forgetPrices)

describe('a history', () => {
  it('that brings less than there was takes nothing away before its first bar or after its last', async () => {
    const bars = { '2024-12-30': 100, '2024-12-31': 102, '2025-01-02': 103, '2025-01-03': 104 }
    await saveHistory(db(), history('TSLA', { bars }), '2024-01-01', NOW)
    await saveHistory(db(), history('TSLA', { bars: { '2024-12-31': 99 } }), '2024-01-01', NOW + 1)
    await saveHistory(db(), history('TSLA', { bars: {} }), '2024-01-01', NOW + 2)
    expect(await closes('TSLA')).toEqual({ ...bars, '2024-12-31': 99 })
  })

  it('is one row a symbol and year, leap days and New Year’s Eve in their places', async () => {
    const bars = { '2023-12-29': 99, '2024-02-29': 101.25, '2024-12-31': 102, '2025-01-02': 103.0399932861 }
    await saveHistory(db(), history('AAPL', { bars }), '2023-01-01', NOW)
    expect((await rows('bars')).map(({ symbol, year }) => [symbol, year])).toEqual([
      ['AAPL', 2023],
      ['AAPL', 2024],
      ['AAPL', 2025],
    ])
    expect(await closes('AAPL')).toEqual(bars)
  })

  it('of sixty years is one row each, in one transaction', async () => {
    const bars = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`${1966 + i}-06-01`, i + 1]))
    await saveHistory(db(), history('KO', { bars }), '1966-01-01', NOW)
    expect(await rows('bars')).toHaveLength(60)
    expect(await closes('KO')).toEqual(bars)
  })

  it('continued keeps the earlier bars and replaces those of the days it gives; its holes tear none', async () => {
    const first = { '2023-12-28': 1, '2024-01-02': 2, '2024-01-03': 3, '2024-01-04': 4 }
    await saveHistory(db(), history('AAPL', { bars: first }), '2023-01-01', NOW)
    const more = { '2024-01-03': 3.5, '2024-01-05': 5 }
    await saveHistory(db(), history('AAPL', { bars: more }), '2024-01-03', NOW + 1)
    expect(await closes('AAPL')).toEqual({
      '2023-12-28': 1,
      '2024-01-02': 2,
      '2024-01-03': 3.5,
      '2024-01-04': 4,
      '2024-01-05': 5,
    })
    expect(await historyStates(db(), ['AAPL'])).toMatchObject([
      { fromDay: '2023-01-01', toDay: '2024-01-05' },
    ])
  })

  it('of earlier years is put before what is there', async () => {
    await saveHistory(db(), history('AAPL', { bars: { '2024-06-03': 2 } }), '2024-01-01', NOW)
    await saveHistory(
      db(),
      history('AAPL', { bars: { '2020-06-01': 1, '2024-06-03': 2 } }),
      '2020-01-01',
      NOW + 1,
    )
    expect(await closes('AAPL')).toEqual({ '2020-06-01': 1, '2024-06-03': 2 })
    expect(await historyStates(db(), ['AAPL'])).toMatchObject([
      { fromDay: '2020-01-01', toDay: '2024-06-03' },
    ])
  })

  it('in parts is the same in whatever order they arrive', async () => {
    const parts = [2022, 2023, 2024].map((year) =>
      history('AAPL', {
        bars: { [`${year}-01-03`]: year, [`${year}-06-10`]: year + 0.5, [`${year}-12-29`]: year + 0.75 },
        splits: [{ day: `${year}-06-10`, numerator: 2, denominator: 1 }],
        dividends: [{ day: `${year}-06-10`, amount: 0.1 }],
      }),
    )
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]
    const kept = []
    for (const order of orders) {
      for (const table of ['bars', 'corporate_actions', 'histories'])
        await env.DB.prepare(`DELETE FROM ${table}`).run()
      for (const [i, part] of order.entries())
        await saveHistory(db(), parts[part]!, `${2022 + part}-01-01`, NOW + i)
      kept.push([
        await closes('AAPL'),
        await splitsOf(db(), 'AAPL'),
        await actions('dividend'),
        await historyStates(db(), ['AAPL']),
      ])
    }
    expect(Object.keys(kept[0]![0]!)).toHaveLength(9)
    for (const each of kept) expect(each).toEqual(kept[0])
  })

  it('without new bars does not shorten what is known', async () => {
    await saveHistory(db(), history('AAPL', { bars: { '2024-06-03': 2 } }), '2024-01-01', NOW)
    await saveHistory(db(), history('AAPL', { bars: {} }), '2024-06-04', NOW + 1)
    expect(await closes('AAPL')).toEqual({ '2024-06-03': 2 })
    expect(await historyStates(db(), ['AAPL'])).toMatchObject([
      { fromDay: '2024-01-01', toDay: '2024-06-03', fetchedAt: NOW + 1 },
    ])
  })

  it('answers the days that it corrected, and keeps what is the same but for rounding', async () => {
    const stored = { '2024-01-02': 129.0399932861, '2024-01-03': 3 }
    await saveHistory(db(), history('AAPL', { bars: stored }), '2024-01-01', NOW)
    const told = { '2024-01-02': 129.04, '2024-01-03': 3.5 }
    const corrected = await saveHistory(db(), history('AAPL', { bars: told }), '2024-01-02', NOW + 1)
    expect(corrected).toEqual(['2024-01-03'])
    expect(await closes('AAPL')).toEqual({ ...stored, '2024-01-03': 3.5 })
  })

  it('that replaces leaves nothing of what was there', async () => {
    const old = { '2022-01-03': 1, '2024-01-02': 2 }
    await saveHistory(db(), history('AAPL', { bars: old }), '2022-01-01', NOW)
    const only = history('AAPL', { bars: { '2024-01-03': 9 } })
    await saveHistory(db(), only, '2022-01-01', NOW + 1, { replaces: true })
    expect(await closes('AAPL')).toEqual({ '2024-01-03': 9 })
  })

  it('remembers the sessions it lacks: those from its day on anew, those before it as they were', async () => {
    const whole = history('AAPL', { bars: { '2024-01-02': 1 } })
    const lacking = async () => (await rows('gaps')).map((row) => row.lacking)
    await saveHistory(db(), whole, '2024-01-01', NOW, { missingAtSource: ['2024-01-03', '2024-05-03'] })
    expect(await lacking()).toEqual(['["2024-01-03","2024-05-03"]'])
    await saveHistory(db(), whole, '2024-05-01', NOW + 1, { missingAtSource: ['2024-06-03'] })
    expect(await lacking()).toEqual(['["2024-01-03","2024-06-03"]'])
  })

  it('brings the latest price along', async () => {
    await saveHistory(
      db(),
      history('AAPL', { bars: { '2024-06-03': 2 }, quote: quote('AAPL', { price: '7' }) }),
      '2024-01-01',
      NOW,
    )
    expect(await quotesOf('AAPL')).toMatchObject([{ price: '7', fetchedAt: NOW }])
  })

  it('of one symbol leaves every other alone', async () => {
    const split = { day: '2024-06-10', numerator: 10, denominator: 1 }
    await saveHistory(
      db(),
      history('NVDA', { bars: { '2024-06-10': 1 }, splits: [split] }),
      '2024-01-01',
      NOW,
    )
    await saveHistory(db(), history('AAPL', { bars: { '2024-06-10': 2 } }), '2024-01-01', NOW)
    expect(await closes('NVDA')).toEqual({ '2024-06-10': 1 })
    expect(await splitsOf(db(), 'NVDA')).toEqual([split])
    expect(await splitsOf(db(), 'AAPL')).toEqual([])
  })

  it('delivered twice writes no bar, split or dividend again', async () => {
    const whole = history('AAPL', {
      bars: { '2023-06-01': 1, '2024-06-03': 2 },
      splits: [{ day: '2023-08-31', numerator: 4, denominator: 1 }],
      dividends: [{ day: '2024-02-09', amount: 0.24 }],
    })
    await saveHistory(db(), whole, '2023-01-01', NOW)
    const tables = () => Promise.all(['bars', 'corporate_actions', 'instruments'].map(rows))
    const before = await tables()
    // the two that say when the source was asked last
    expect(await rowsWritten((counted) => saveHistory(counted, whole, '2023-01-01', NOW + 1))).toBe(2)
    expect(await tables()).toEqual(before)
  })

  it('goes in whole or not at all', async () => {
    const broken = history('AAPL', {
      bars: { '2024-06-03': 2 },
      dividends: [{ day: '2024-02-09', amount: 0.24 }],
    })
    const unnamed = { ...broken, quote: { ...broken.quote, price: null } } as unknown as History
    await expect(saveHistory(db(), unnamed, '2024-01-01', NOW)).rejects.toThrow('NOT NULL')
    for (const table of ['bars', 'corporate_actions', 'instruments', 'quotes', 'histories']) {
      expect(await rows(table)).toEqual([])
    }
  })
})

describe('a refusal', () => {
  const HOUR = 3_600_000

  it('of a symbol that was never known is remembered for 24 hours', async () => {
    await saveRefusals(db(), [{ symbol: 'NOPE', reason: 'No data found' }], NOW)
    expect(await historyStates(db(), ['NOPE'])).toEqual([
      {
        symbol: 'NOPE',
        listedAs: null,
        fromDay: null,
        toDay: null,
        fetchedAt: null,
        reason: 'No data found',
        retryAt: NOW + 24 * HOUR,
        refusedFrom: null,
      },
    ])
  })

  it('of a symbol that the source knows but has no data of is remembered for one hour', async () => {
    await saveRefusals(db(), [{ symbol: 'ADH', reason: 'no price', noData: true }], NOW)
    expect(await historyStates(db(), ['ADH'])).toMatchObject([{ retryAt: NOW + HOUR }])
  })

  it('of a symbol that was known before is remembered for one hour, and its history stays', async () => {
    await saveHistory(db(), history('AAPL', { bars: { '2024-06-03': 2 } }), '2024-01-01', NOW)
    await saveRefusals(db(), [{ symbol: 'AAPL', reason: 'No data found' }], NOW + 5)
    expect(await historyStates(db(), ['AAPL'])).toMatchObject([
      { fromDay: '2024-01-01', toDay: '2024-06-03', reason: 'No data found', retryAt: NOW + 5 + HOUR },
    ])
    expect(await closes('AAPL')).toEqual({ '2024-06-03': 2 })
  })

  it('is forgotten once a history comes', async () => {
    await saveRefusals(db(), [{ symbol: 'NEW', reason: 'No data found', from: '2023-01-01' }], NOW)
    expect(await historyStates(db(), ['NEW'])).toMatchObject([{ refusedFrom: '2023-01-01' }])
    await saveHistory(db(), history('NEW', { bars: { '2024-06-03': 2 } }), '2024-01-01', NOW + 1)
    expect(await historyStates(db(), ['NEW'])).toMatchObject([
      { fromDay: '2024-01-01', reason: null, retryAt: null, refusedFrom: null },
    ])
  })

  it('of the price alone does not forget from when bars were refused', async () => {
    await saveRefusals(db(), [{ symbol: 'NOPE', reason: 'No data found', from: '2023-01-01' }], NOW)
    await saveRefusals(db(), [{ symbol: 'NOPE', reason: 'No data found' }], NOW + 1)
    expect(await historyStates(db(), ['NOPE'])).toMatchObject([{ refusedFrom: '2023-01-01' }])
  })

  it('keeps 300 characters of what the source said', async () => {
    await saveRefusals(db(), [{ symbol: 'NOPE', reason: 'x'.repeat(5_000) }], NOW)
    expect((await historyStates(db(), ['NOPE']))[0]!.reason).toHaveLength(300)
  })
})
