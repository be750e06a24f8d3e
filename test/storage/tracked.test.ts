import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { database, inOneTransaction } from '../../src/storage/database.ts'
import { saveHistory, saveRefusals } from '../../src/storage/histories.ts'
import { deletePortfolio, type Portfolio, watchPortfolio } from '../../src/storage/portfolios.ts'
import { saveQuotes } from '../../src/storage/quotes.ts'
import {
  dataAges,
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
    const [one, two] = [await keptPortfolio(), await keptPortfolio()]
    await track(one, ['AAPL', 'VOO'])
    await track(two, ['AAPL'])
    await watchPortfolio(db(), two.id, NOW + 60_000, NOW + 5)
    const tracked = await trackedSymbols(db(), NOW)
    expect(tracked.map(({ symbol, watchedUntil, openedAt }) => [symbol, watchedUntil, openedAt])).toEqual([
      ['AAPL', NOW + 60_000, NOW + 5],
      ['VOO', 0, NOW],
    ])
  })

  it('leave out what only deleted portfolios held', async () => {
    const portfolio = await keptPortfolio()
    await track(portfolio, ['AAPL'])
    await inOneTransaction(db(), [deletePortfolio(db(), portfolio.id, NOW)])
    expect(await trackedSymbols(db(), NOW)).toEqual([])
  })
})

it('a symbol is as recent as the last of its portfolios that was opened, to the hour', async () => {
  const [one, two] = [await keptPortfolio(), await keptPortfolio()]
  await track(one, ['AAPL', 'VOO'])
  await track(two, ['AAPL', 'MSFT'])
  const opened = async () =>
    (await trackedSymbols(db(), NOW)).map(({ symbol, openedAt }) => [symbol, openedAt])
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
