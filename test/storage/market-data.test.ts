import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { QuarantinedQuote, History } from '../../src/portfolio/instrument.ts'
import { database, inOneTransaction } from '../../src/storage/database.ts'
import {
  dataAges,
  historyStates,
  heldPrices,
  inSymbols,
  instrumentsOf,
  knownOf,
  saveHistory,
  saveQuotes,
  saveRefusals,
  splitsOf,
  unpacked,
} from '../../src/storage/market-data.ts'
import { quotes } from '../../src/storage/schema.ts'
import { trackSymbols } from '../../src/storage/tracked.ts'
import { countingD1, nothing } from '../worker/counting.ts'
import { db, history, instrument, keptPortfolio, NOW, quote, rows } from './sample.ts'

beforeEach(async () => {
  for (const table of ['quotes', 'instruments', 'bars', 'corporate_actions', 'histories', 'gaps']) {
    await env.DB.prepare(`DELETE FROM ${table}`).run()
  }
})

/** What is stored of these symbols' prices. */
function quotesOf(...symbols: string[]) {
  return db().select().from(quotes).where(inSymbols(quotes.symbol, symbols))
}

/** How many rows some work wrote, index entries included. */
async function rowsWritten(work: (counted: ReturnType<typeof db>) => Promise<unknown>): Promise<number> {
  const counts = { ...nothing }
  await work(database(countingD1(env.DB, counts)))
  return counts.d1RowsWritten
}

const quoted = (symbol: string, about: Partial<ReturnType<typeof quote>> = {}) => ({
  instrument: instrument(symbol),
  quote: quote(symbol, about),
})

describe('a quote', () => {
  it('is stored with what it is a quote of, and when we took it', async () => {
    await saveQuotes(db(), [quoted('AAPL', { price: '185.9200000001' })], NOW + 5)
    expect(await quotesOf('AAPL')).toEqual([
      { ...quote('AAPL', { price: '185.9200000001' }), fetchedAt: NOW + 5, held: null },
    ])
    expect(await instrumentsOf(db(), ['AAPL'])).toEqual([instrument('AAPL')])
  })

  it('that traded later replaces the one that is there', async () => {
    await saveQuotes(db(), [quoted('AAPL')], NOW)
    await saveQuotes(db(), [quoted('AAPL', { price: '101', at: NOW + 60_000 })], NOW + 61_000)
    expect(await quotesOf('AAPL')).toMatchObject([
      { price: '101', at: NOW + 60_000, fetchedAt: NOW + 61_000 },
    ])
  })

  it('that traded earlier does not replace it, however late it comes; that we asked is noted', async () => {
    await saveQuotes(db(), [quoted('AAPL', { price: '100', at: NOW })], NOW)
    const [before] = await rows('quotes')
    await saveQuotes(db(), [quoted('AAPL', { price: '90', at: NOW - 1, previousClose: '80' })], NOW + 60_000)
    expect(await rows('quotes')).toEqual([{ ...before, fetched_at: NOW + 60_000 }])
  })

  it('that was taken earlier changes nothing, even when it carries the same instant', async () => {
    await saveQuotes(db(), [quoted('AAPL')], NOW)
    const before = await rows('quotes')
    await saveQuotes(db(), [quoted('AAPL', { price: '90' })], NOW - 1)
    expect(await rows('quotes')).toEqual(before)
  })

  it('asked for again while nothing traded is known to be fresh', async () => {
    await saveQuotes(db(), [quoted('AAPL')], NOW)
    await saveQuotes(db(), [quoted('AAPL')], NOW + 60_000)
    expect(await quotesOf('AAPL')).toEqual([{ ...quote('AAPL'), fetchedAt: NOW + 60_000, held: null }])
  })

  it('without a previous close keeps the one that is known', async () => {
    await saveQuotes(db(), [quoted('AAPL', { previousClose: '98.7' })], NOW)
    await saveQuotes(db(), [quoted('AAPL', { at: NOW + 1, previousClose: null })], NOW + 1)
    expect((await quotesOf('AAPL'))[0]!.previousClose).toBe('98.7')
  })

  it('delivered twice in one message is written once', async () => {
    const many = [quoted('AAPL'), quoted('MSFT')]
    expect(await rowsWritten((counted) => saveQuotes(counted, many, NOW))).toBeGreaterThan(0)
    expect(await rowsWritten((counted) => saveQuotes(counted, many, NOW))).toBe(0)
  })

  it('comes with 149 others in one go', async () => {
    const many = Array.from({ length: 150 }, (_, i) => quoted(`S${i}`))
    await saveQuotes(db(), many, NOW)
    const symbols = many.map((each) => each.quote.symbol)
    expect(await quotesOf(...symbols)).toHaveLength(150)
  })

  it('on the status page those without one come first, then the ones taken longest ago, of what is needed', async () => {
    await saveQuotes(db(), [quoted('NEW')], NOW + 2)
    await saveQuotes(db(), [quoted('OLD')], NOW)
    await saveQuotes(db(), [quoted('MID')], NOW + 1)
    const { id } = await keptPortfolio()
    await inOneTransaction(db(), trackSymbols({ id, baseCurrency: 'USD' }, ['NEW', 'MID', 'NONE']))
    expect((await dataAges(db(), 3)).map(({ symbol, quoteFetchedAt }) => [symbol, quoteFetchedAt])).toEqual([
      ['NONE', null],
      ['MID', NOW + 1],
      ['NEW', NOW + 2],
    ])
  })
})

describe('a price that is not believed', () => {
  const held: QuarantinedQuote = {
    price: '1000',
    currency: 'USD',
    at: NOW + 1,
    reason: 'it is “odd”',
    since: '2026-03-11',
  }

  it('is kept beside the one that is shown, and listed', async () => {
    await saveQuotes(db(), [quoted('AAPL'), quoted('MSFT')], NOW)
    await saveQuotes(db(), [{ quote: quote('AAPL'), held }], NOW + 60_000)
    expect(await quotesOf('AAPL')).toEqual([{ ...quote('AAPL'), fetchedAt: NOW + 60_000, held }])
    expect(await heldPrices(db(), 10)).toEqual([{ symbol: 'AAPL', ...held }])
  })

  it('is forgotten with the next that is, and not by a message that comes late', async () => {
    await saveQuotes(db(), [{ ...quoted('AAPL'), held }], NOW)
    await saveQuotes(db(), [quoted('AAPL', { at: NOW - 1 })], NOW - 1)
    expect(await heldPrices(db(), 10)).toHaveLength(1)
    await saveQuotes(db(), [quoted('AAPL', { at: NOW + 1 })], NOW + 1)
    expect(await heldPrices(db(), 10)).toEqual([])
  })
})

describe('what a verdict is told of a symbol', () => {
  it('is all that is stored, in one query', async () => {
    const splits = [{ day: '2024-06-10', numerator: 10, denominator: 1 }]
    const bars = { '2024-06-10': 1, '2025-12-31': 2.5, '2026-01-02': 3.25 }
    await saveHistory(db(), history('NVDA', { bars, splits }), '2024-01-01', NOW)
    await saveQuotes(db(), [quoted('AAPL')], NOW)
    const counts = { ...nothing }
    const known = await knownOf(database(countingD1(env.DB, counts)), ['AAPL', 'NVDA', 'NOPE'])
    expect(counts.d1Queries).toBe(1)
    expect([...known.keys()].toSorted()).toEqual(['AAPL', 'NVDA'])
    expect(known.get('NVDA')).toEqual({
      instrument: instrument('NVDA'),
      quote: { ...quote('NVDA'), fetchedAt: NOW, held: null },
      fromDay: '2024-01-01',
      lastBar: { day: '2026-01-02', close: 3.25 },
      splits,
      held: null,
    })
    expect(known.get('AAPL')).toMatchObject({ fromDay: null, lastBar: null, splits: [] })
  })
})

async function closes(symbol: string): Promise<Record<string, number>> {
  const own = (await rows('bars')).filter((row) => row.symbol === symbol)
  const bars = own.flatMap((row) => unpacked(row.year as number, row.closes as string))
  return Object.fromEntries(bars.map(({ day, close }) => [day, close]))
}

const actions = async (kind: string) =>
  (await rows('corporate_actions'))
    .filter((row) => row.kind === kind)
    .map(({ symbol, day }) => `${String(symbol)} ${String(day)}`)

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

describe('splits and dividends', () => {
  const early = { day: '2020-08-31', numerator: 4, denominator: 1 }
  const late = { day: '2024-06-10', numerator: 10, denominator: 1 }
  const paid = [
    { day: '2020-02-07', amount: 0.77 },
    { day: '2024-02-09', amount: 0.24 },
  ]

  beforeEach(async () => {
    await saveHistory(
      db(),
      history('AAPL', { bars: {}, splits: [early, late], dividends: paid }),
      '2020-01-01',
      NOW,
    )
  })

  it('are read back in order', async () => {
    expect(await splitsOf(db(), 'AAPL')).toEqual([early, late])
    expect(await actions('dividend')).toEqual(['AAPL 2020-02-07', 'AAPL 2024-02-09'])
  })

  it('that the source withdraws are gone, but only in the days it was asked for', async () => {
    await saveHistory(db(), history('AAPL', { bars: { '2024-12-31': 102 } }), '2024-01-01', NOW + 1)
    expect(await splitsOf(db(), 'AAPL')).toEqual([early])
    expect(await actions('dividend')).toEqual(['AAPL 2020-02-07'])
  })

  it('stay when the source answers with nothing at all', async () => {
    await saveHistory(db(), history('AAPL', { bars: {} }), '2020-01-01', NOW + 1)
    expect(await splitsOf(db(), 'AAPL')).toEqual([early, late])
  })

  it('that the source corrects are corrected', async () => {
    const corrected = { ...late, numerator: 5 }
    const dividends = [{ day: '2024-02-09', amount: 0.25 }]
    await saveHistory(
      db(),
      history('AAPL', { bars: {}, splits: [corrected], dividends }),
      '2024-01-01',
      NOW + 1,
    )
    expect(await splitsOf(db(), 'AAPL')).toEqual([early, corrected])
    expect((await rows('corporate_actions')).find(({ day }) => day === '2024-02-09')).toMatchObject({
      amount: '0.25',
    })
  })

  it('of one day are two rows', async () => {
    const dividends = [{ day: late.day, amount: 0.01 }]
    await saveHistory(db(), history('AAPL', { bars: {}, splits: [late], dividends }), '2024-01-01', NOW + 1)
    expect(await actions('split')).toContain('AAPL 2024-06-10')
    expect(await actions('dividend')).toContain('AAPL 2024-06-10')
  })
})

describe('when an instrument trades', () => {
  const session = { opens: 8 * 60, closes: 16 * 60 + 30 }
  const shell = { instrument: instrument('SHEL.L', { session }) }

  it('is told by its history and stays when a quote says nothing of it', async () => {
    await saveHistory(db(), history('SHEL.L', { bars: {}, ...shell }), '2024-01-01', NOW)
    await saveQuotes(db(), [quoted('SHEL.L')], NOW + 1)
    expect(await instrumentsOf(db(), ['SHEL.L'])).toEqual([shell.instrument])
  })

  it('is not known of what has been quoted only, and changes with its history', async () => {
    await saveQuotes(db(), [quoted('SHEL.L')], NOW)
    expect(await instrumentsOf(db(), ['SHEL.L'])).toMatchObject([{ session: null }])
    await saveHistory(db(), history('SHEL.L', { bars: {}, ...shell }), '2024-01-01', NOW)
    const half = { ...session, closes: 12 * 60 + 30 }
    const christmasEve = { instrument: instrument('SHEL.L', { session: half }) }
    await saveHistory(db(), history('SHEL.L', { bars: {}, ...christmasEve }), '2024-01-01', NOW + 1)
    expect(await instrumentsOf(db(), ['SHEL.L'])).toMatchObject([{ session: half }])
  })

  it('is not written again while it stays the same', async () => {
    await saveHistory(db(), history('SHEL.L', { bars: {}, ...shell }), '2024-01-01', NOW)
    // that it was asked for is: in the quote and in the history
    const again = (counted: ReturnType<typeof db>) =>
      saveHistory(counted, history('SHEL.L', { bars: {}, ...shell }), '2024-01-01', NOW + 1)
    expect(await rowsWritten(again)).toBe(2)
    expect(await rowsWritten((counted) => saveQuotes(counted, [quoted('SHEL.L')], NOW + 2))).toBe(1)
  })
})

describe('a refusal', () => {
  const HOUR = 3_600_000

  it('of a symbol that was never known is remembered for 24 hours', async () => {
    await saveRefusals(db(), [{ symbol: 'NOPE', reason: 'No data found' }], NOW)
    expect(await historyStates(db(), ['NOPE'])).toEqual([
      {
        symbol: 'NOPE',
        fromDay: null,
        toDay: null,
        fetchedAt: null,
        reason: 'No data found',
        retryAt: NOW + 24 * HOUR,
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
    await saveRefusals(db(), [{ symbol: 'NEW', reason: 'No data found' }], NOW)
    await saveHistory(db(), history('NEW', { bars: { '2024-06-03': 2 } }), '2024-01-01', NOW + 1)
    expect(await historyStates(db(), ['NEW'])).toMatchObject([
      { fromDay: '2024-01-01', reason: null, retryAt: null },
    ])
  })

  it('keeps 300 characters of what the source said', async () => {
    await saveRefusals(db(), [{ symbol: 'NOPE', reason: 'x'.repeat(5_000) }], NOW)
    expect((await historyStates(db(), ['NOPE']))[0]!.reason).toHaveLength(300)
  })
})
