import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { database, inOneTransaction } from '../../src/storage/database.ts'
import { saveHistory, saveRefusals } from '../../src/storage/histories.ts'
import { deletePortfolio, type Portfolio, watchPortfolio } from '../../src/storage/portfolios.ts'
import { saveQuotes } from '../../src/storage/quotes.ts'
import {
  dataAges,
  everything,
  symbolsOfPortfolio,
  trackedSymbols,
  trackSymbols,
  watchersOf,
} from '../../src/storage/tracked.ts'
import { countingD1, nothing } from '../worker/counting.ts'
import { db, history, keptPortfolio, NOW, quoted } from './sample.ts'

const track = (portfolio: Portfolio, symbols: string[]) =>
  inOneTransaction(db(), trackSymbols(portfolio, symbols))

beforeEach(async () => {
  await env.DB.prepare('DELETE FROM tracked').run()
})

describe('what a portfolio needs prices of', () => {
  it('is replaced as a whole, one portfolio at a time', async () => {
    const [one, two] = [await keptPortfolio(), await keptPortfolio()]
    await track(one, ['AAPL', 'VOO'])
    await track(two, ['AAPL'])
    await track(one, ['MSFT', 'VOO'])
    expect((await symbolsOfPortfolio(db(), one.id)).map(({ symbol }) => symbol)).toEqual(['MSFT', 'VOO'])
    expect((await symbolsOfPortfolio(db(), two.id)).map(({ symbol }) => symbol)).toEqual(['AAPL'])
  })

  it('writes nothing when nothing changed', async () => {
    const portfolio = await keptPortfolio()
    await track(portfolio, ['AAPL', 'VOO'])
    const counts = { ...nothing }
    const counted = database(countingD1(env.DB, counts))
    await inOneTransaction(counted, trackSymbols(portfolio, ['VOO', 'AAPL']))
    expect(counts.d1RowsWritten).toBe(0)
  })

  it('comes with what is stored of it', async () => {
    const portfolio = await keptPortfolio()
    await saveHistory(db(), history('AAPL', { bars: { '2024-06-03': 2 } }), '2023-01-01', NOW)
    await saveRefusals(db(), [{ symbol: 'NOPE', reason: 'No data found' }], NOW)
    await track(portfolio, ['AAPL', 'NOPE', 'VOO'])
    expect(await symbolsOfPortfolio(db(), portfolio.id)).toEqual([
      {
        symbol: 'AAPL',
        kind: 'equity',
        timeZone: 'America/New_York',
        session: null,
        quoteFetchedAt: NOW,
        quoteAt: NOW,
        fromDay: '2023-01-01',
        toDay: '2024-06-03',
        historyFetchedAt: NOW,
        retryAt: null,
        refusedFrom: null,
      },
      expect.objectContaining({ symbol: 'NOPE', kind: null, retryAt: NOW + 86_400_000 }),
      expect.objectContaining({ symbol: 'VOO', quoteFetchedAt: null, fromDay: null }),
    ])
  })
})

describe('all tracked symbols', () => {
  it('are listed once each, with the most demanding of their portfolios', async () => {
    const [one, two, left] = [await keptPortfolio(), await keptPortfolio(), await keptPortfolio()]
    await track(one, ['AAPL', 'VOO'])
    await track(two, ['AAPL'])
    await track(left, ['VOO'])
    const later = NOW + 2 * 3_600_000
    await watchPortfolio(db(), two.id, later + 1, later)
    await watchPortfolio(db(), left.id, later, later - 1)
    const { symbols } = await trackedSymbols(db(), later, everything)
    expect(symbols.map(({ symbol, isWatched, openedAt }) => [symbol, isWatched, openedAt])).toEqual([
      ['AAPL', true, later],
      ['VOO', false, later - 1],
    ])
  })

  it('leave out what only deleted portfolios held', async () => {
    const portfolio = await keptPortfolio()
    await track(portfolio, ['AAPL'])
    await inOneTransaction(db(), [deletePortfolio(db(), portfolio.id, NOW)])
    expect((await trackedSymbols(db(), NOW, everything)).symbols).toEqual([])
  })
})

describe('a part of all tracked symbols', () => {
  it('is so many of those after a symbol, beside those that somebody watches', async () => {
    const [one, two] = [await keptPortfolio(), await keptPortfolio()]
    await track(one, ['AAPL', 'KO', 'MSFT', 'VOO'])
    await track(two, ['KO', 'VOO'])
    await watchPortfolio(db(), two.id, NOW + 60_000, NOW + 5)
    const part = async (after: string, most: number) => {
      const { symbols, ...rest } = await trackedSymbols(db(), NOW, { after, most })
      return [symbols.map(({ symbol }) => symbol).join(' '), rest]
    }
    expect(await part('', 2)).toEqual(['KO VOO AAPL', { seen: 2, next: 'KO' }])
    expect(await part('KO', 2)).toEqual(['KO VOO MSFT', { seen: 2, next: null }])
    const watched = await trackedSymbols(db(), NOW, null)
    expect(watched.symbols.map(({ symbol }) => symbol)).toEqual(['KO', 'VOO'])
  })

  it('has what is stored of them, whichever was written first', async () => {
    const { id } = await keptPortfolio()
    const states = async () =>
      (await symbolsOfPortfolio(db(), id)).map(({ symbol, kind, timeZone, toDay, retryAt, refusedFrom }) => ({
        symbol,
        kind,
        timeZone,
        toDay,
        retryAt,
        refusedFrom,
      }))
    await saveHistory(db(), history('BEFORE', { bars: { '2024-06-03': 2 } }), '2023-01-01', NOW)
    await inOneTransaction(db(), trackSymbols({ id, baseCurrency: 'USD' }, ['BEFORE', 'LATER', 'REFUSED']))
    const nothing = { kind: null, timeZone: null, toDay: null, retryAt: null, refusedFrom: null }
    const told = { kind: 'equity', timeZone: 'America/New_York', toDay: '2024-06-03' }
    expect(await states()).toEqual([
      { ...nothing, symbol: 'BEFORE', ...told },
      { ...nothing, symbol: 'LATER' },
      { ...nothing, symbol: 'REFUSED' },
    ])
    await saveHistory(db(), history('LATER', { bars: { '2024-06-03': 2 } }), '2023-01-01', NOW)
    await saveRefusals(db(), [{ symbol: 'REFUSED', from: '2020-01-01', reason: 'No data found' }], NOW)
    const refused = { retryAt: NOW + 86_400_000, refusedFrom: '2020-01-01' }
    expect(await states()).toEqual([
      { ...nothing, symbol: 'BEFORE', ...told },
      { ...nothing, symbol: 'LATER', ...told },
      { ...nothing, symbol: 'REFUSED', ...refused },
    ])
    await env.DB.batch([
      env.DB.prepare("DELETE FROM histories WHERE symbol = 'REFUSED'"),
      env.DB.prepare("DELETE FROM instruments WHERE symbol = 'LATER'"),
      env.DB.prepare("UPDATE histories SET to_day = '2024-06-04' WHERE symbol = 'BEFORE'"),
      env.DB.prepare("UPDATE instruments SET kind = 'fund' WHERE symbol = 'BEFORE'"),
    ])
    expect(await states()).toEqual([
      { ...nothing, symbol: 'BEFORE', ...told, kind: 'fund', toDay: '2024-06-04' },
      { ...nothing, symbol: 'LATER', toDay: '2024-06-03' },
      { ...nothing, symbol: 'REFUSED' },
    ])
  })
})

it('a symbol is as recent as the last of its portfolios that was opened, to the hour', async () => {
  const [one, two] = [await keptPortfolio(), await keptPortfolio()]
  await track(one, ['AAPL', 'VOO'])
  await track(two, ['AAPL', 'MSFT'])
  const opened = async () =>
    (await trackedSymbols(db(), NOW, everything)).symbols.map(({ symbol, openedAt }) => [symbol, openedAt])
  const [soon, later] = [NOW + 30 * 60_000, NOW + 70 * 60_000]
  await watchPortfolio(db(), one.id, soon + 1, soon)
  await watchPortfolio(db(), one.id, 0, soon)
  expect(await opened()).toEqual([
    ['AAPL', NOW],
    ['MSFT', NOW],
    ['VOO', NOW],
  ])
  await watchPortfolio(db(), one.id, later + 1, later)
  await watchPortfolio(db(), one.id, 0, later)
  expect(await opened()).toEqual([
    ['AAPL', later],
    ['MSFT', NOW],
    ['VOO', later],
  ])
  await track(one, ['AAPL'])
  await inOneTransaction(db(), [deletePortfolio(db(), two.id, NOW)])
  expect(await opened()).toEqual([['AAPL', later]])
})

it('watchers of a symbol are the portfolios that hold it and that somebody looks at now', async () => {
  const [watched, left, other, deleted] = [
    await keptPortfolio(),
    await keptPortfolio(),
    await keptPortfolio(),
    await keptPortfolio(),
  ]
  for (const portfolio of [watched, left, deleted]) await track(portfolio, ['AAPL', 'MSFT'])
  await track(other, ['VOO'])
  for (const portfolio of [watched, other, deleted]) await watchPortfolio(db(), portfolio.id, NOW + 1, NOW)
  await watchPortfolio(db(), left.id, NOW, NOW - 1)
  await env.DB.prepare('UPDATE portfolios SET deleted_at = 1 WHERE id = ?').bind(deleted.id).run()
  expect(await watchersOf(db(), ['AAPL', 'MSFT'], NOW)).toEqual([watched.id])
  // however many portfolios have the symbol that nobody looks at
  const rowsRead = async () => {
    const counts = { ...nothing }
    expect(await watchersOf(database(countingD1(env.DB, counts)), ['AAPL'], NOW)).toEqual([watched.id])
    return counts.d1RowsRead
  }
  const before = await rowsRead()
  for (let i = 0; i < 30; i++) await track(await keptPortfolio(), ['AAPL'])
  // a search may look at one row behind its last, by the ids that the portfolios happen to have
  expect(await rowsRead()).toBeLessThanOrEqual(before + 1)
})

it('on the status page the symbols without a quote come first, then those whose quote is oldest', async () => {
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
