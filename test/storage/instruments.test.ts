import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { database } from '../../src/storage/database.ts'
import { saveHistory } from '../../src/storage/histories.ts'
import { instrumentsOf, knownOf } from '../../src/storage/instruments.ts'
import { saveQuotes } from '../../src/storage/quotes.ts'
import { countingD1, nothing } from '../worker/counting.ts'
import { db, forgetPrices, history, instrument, NOW, quote, quoted, rowsWritten } from './sample.ts'

beforeEach(forgetPrices)

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
      quote: {
        ...quote('NVDA'),
        fetchedAt: NOW,
        held: null,
        source: null,
        payDay: null,
        exDay: null,
        dividendRate: null,
      },
      fromDay: '2024-01-01',
      lastBar: { day: '2026-01-02', close: 3.25 },
      splits,
      dismissed: [],
      firstBarDay: '2024-06-10',
      sameSince: null,
      held: null,
    })
    expect(known.get('AAPL')).toMatchObject({ fromDay: null, lastBar: null, splits: [] })
  })
})
