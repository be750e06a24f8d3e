import { describe, expect, it } from 'vitest'
import { inOneTransaction } from '../../src/storage/database.ts'
import {
  deletePortfolio,
  insertPortfolio,
  openedSince,
  portfolioById,
  portfoliosOf,
  symbolsOf,
  updatePortfolio,
  watchPortfolio,
} from '../../src/storage/portfolios.ts'
import { db, keptPortfolio, NOW, rows, transaction } from './sample.ts'

describe('a portfolio', () => {
  it('comes back as it was stored, lists included', async () => {
    const kept = await keptPortfolio({
      name: '“Rente” ünd 🏦',
      description: 'long term',
      baseCurrency: 'EUR',
      benchmarks: ['VOO', 'QQQ', '^GSPC'],
      costBasis: 'hifo',
    })
    expect(await portfolioById(db(), kept.id)).toEqual(kept)
  })

  it('is nobody else’s: it is in no list of another owner, and under no other id', async () => {
    const { id } = await keptPortfolio({ ownerId: 'ann' })
    await keptPortfolio({ ownerId: 'bob' })
    expect((await portfoliosOf(db(), 'bob')).map((portfolio) => portfolio.id)).not.toContain(id)
    expect(await portfoliosOf(db(), "bob' OR '1'='1")).toEqual([])
    expect(await portfolioById(db(), `${id}' OR '1'='1`)).toBeNull()
  })

  it('inserted twice is one, and stays what it was', async () => {
    const kept = await keptPortfolio({ name: 'First' })
    await inOneTransaction(db(), insertPortfolio(db(), { ...kept, name: 'Second' }))
    expect((await portfolioById(db(), kept.id))?.name).toBe('First')
  })

  it('changes what is given and nothing else', async () => {
    const kept = await keptPortfolio({ benchmarks: ['VOO'] })
    const other = await keptPortfolio({ name: 'Other' })
    await inOneTransaction(db(), [updatePortfolio(db(), kept.id, { benchmarks: ['QQQ', 'SPY'] })])
    expect(await portfolioById(db(), kept.id)).toEqual({ ...kept, benchmarks: ['QQQ', 'SPY'] })
    expect(await portfolioById(db(), other.id)).toEqual(other)
  })

  it('deleted is out of every list and lookup, and its row is kept', async () => {
    const { id } = await keptPortfolio({ ownerId: 'dan' })
    await inOneTransaction(db(), [deletePortfolio(db(), id, NOW)])
    expect(await portfolioById(db(), id)).toBeNull()
    expect(await portfoliosOf(db(), 'dan')).toEqual([])
    expect(await openedSince(db(), 0)).not.toContain(id)
    expect((await rows('portfolios')).find((row) => row.id === id)).toMatchObject({ deleted_at: NOW })
  })
})

it('an owner’s portfolios are listed oldest first', async () => {
  const second = await keptPortfolio({ ownerId: 'eve', createdAt: NOW + 2 })
  const first = await keptPortfolio({ ownerId: 'eve', createdAt: NOW + 1 })
  expect((await portfoliosOf(db(), 'eve')).map(({ id }) => id)).toEqual([first.id, second.id])
})

it('who is looked at counts as opened; who is left does not', async () => {
  const seen = await keptPortfolio({ createdAt: 1_000 })
  const left = await keptPortfolio({ createdAt: 1_000 })
  await watchPortfolio(db(), seen.id, 9_000, 5_000)
  await watchPortfolio(db(), left.id, 0, 5_000)
  const opened = await openedSince(db(), 5_000)
  expect(opened).toContain(seen.id)
  expect(opened).not.toContain(left.id)
  expect((await rows('portfolios')).find((row) => row.id === left.id)).toMatchObject({
    watched_until: 0,
    opened_at: 1_000,
  })
})

it('prices are needed of what was traded and of the benchmarks, each once', async () => {
  const portfolio = await keptPortfolio({ benchmarks: ['VOO', 'AAPL'] })
  const traded = ['2024-01-02 buy 1 TSLA @ 1', '2024-01-03 buy 1 AAPL @ 1', '2024-01-04 deposit 5'].map(
    (line) => transaction(line),
  )
  expect(symbolsOf(portfolio, traded)).toEqual(['AAPL', 'TSLA', 'VOO'])
})
