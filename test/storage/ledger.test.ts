import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { stored } from '../../src/portfolio/decimal.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { prepareLedger } from '../../src/portfolio/prepared-ledger.ts'
import { database } from '../../src/storage/database.ts'
import { type LedgerRead, readLedger } from '../../src/storage/ledger.ts'
import { saveHistory, saveRefusals } from '../../src/storage/histories.ts'
import type { Portfolio } from '../../src/storage/portfolios.ts'
import { countingD1, nothing } from '../worker/counting.ts'
import { db, enter, history, instrument, keptPortfolio, NOW, quote, transaction } from './sample.ts'

describe('a portfolio’s ledger', () => {
  let portfolio: Portfolio
  let read: LedgerRead
  let ledger: Ledger
  const counts = { ...nothing }
  const split = { day: '2024-06-10', numerator: 10, denominator: 1 }
  const dividend = { day: '2024-03-05', amount: 0.04 }

  beforeAll(async () => {
    portfolio = await keptPortfolio({ benchmarks: ['VOO', '^GSPC'], baseCurrency: 'USD', costBasis: 'lifo' })
    await enter(portfolio, [
      transaction('2024-01-03 buy 2 NVDA @ 480'),
      transaction('2024-01-03 deposit 960'),
      transaction('2024-01-02 buy 1 NOPE @ 10'),
    ])
    const stranger = await keptPortfolio({ ownerId: 'bob' })
    await enter(stranger, [transaction('2010-01-04 buy 1 TSLA @ 1')])
    const nvda = history('NVDA', {
      bars: { '2022-06-01': 18, '2023-12-29': 49, '2026-03-10': 110 },
      splits: [split],
      dividends: [dividend],
      quote: quote('NVDA', { price: '111.5', at: NOW }),
    })
    await saveHistory(db(), nvda, '2022-01-01', NOW + 7)
    await saveHistory(
      db(),
      history('VOO', { bars: { '2023-12-29': 430 }, instrument: instrument('VOO', { kind: 'etf' }) }),
      '2023-01-01',
      NOW,
    )
    await saveHistory(db(), history('TSLA', { bars: { '2023-12-29': 250 } }), '2023-01-01', NOW)
    await saveRefusals(db(), [{ symbol: 'NOPE', reason: 'No data found' }], NOW)
    read = await readLedger(database(countingD1(env.DB, counts)), portfolio, '2026-03-11')
    ledger = prepared(read)
  })

  it('is read in two trips to D1, which write nothing', () => {
    expect(counts).toMatchObject({ d1Trips: 2, d1RowsWritten: 0 })
  })

  it('knows the markets of what was traded and of the benchmarks, and of nothing else', () => {
    expect([...ledger.markets.keys()]).toEqual(['NOPE', 'NVDA', 'VOO', '^GSPC'])
  })

  it('has the portfolio’s transactions only, deposits before purchases of a day', () => {
    expect(ledger.transactions.map(({ type, symbol, date }) => [date, type, symbol])).toEqual([
      ['2024-01-02', 'buy', 'NOPE'],
      ['2024-01-03', 'deposit', null],
      ['2024-01-03', 'buy', 'NVDA'],
    ])
    expect(ledger).toMatchObject({
      baseCurrency: 'USD',
      costBasis: 'lifo',
      benchmarks: ['VOO', '^GSPC'],
    })
  })

  it('has the closes from the year before the first transaction’s on, and the quote at the end', () => {
    const { prices } = ledger.markets.get('NVDA')!
    expect([...prices.closes]).toEqual([stored('49'), stored('110'), stored('111.5')])
  })

  it('has splits and dividends in their own lists', () => {
    expect(ledger.markets.get('NVDA')).toMatchObject({ splits: [split], dividends: [dividend] })
  })

  it('says what it was made of: when quotes were taken, what was refused', () => {
    expect(read.quotes.get('NVDA')?.fetchedAt).toBe(NOW + 7)
    expect(read.histories.get('NOPE')?.reason).toBe('No data found')
    expect(read.histories.has('^GSPC')).toBe(false)
  })

  it('of an empty portfolio has the benchmarks and no transaction', async () => {
    const empty = await keptPortfolio({ benchmarks: ['VOO'] })
    const { transactions, markets } = prepared(await readLedger(db(), empty, '2026-03-11'))
    expect(transactions).toEqual([])
    expect([...markets.keys()]).toEqual(['VOO'])
  })

  it('of 300 symbols is read in two trips as well', async () => {
    const large = await keptPortfolio()
    await enter(
      large,
      Array.from({ length: 300 }, (_, i) => transaction(`2024-01-02 buy 1 S${i} @ 1`)),
    )
    const own = { ...nothing }
    const { raw } = await readLedger(database(countingD1(env.DB, own)), large, '2026-03-11')
    expect(raw.markets.size).toBe(301)
    expect(own.d1Trips).toBe(2)
  })
})

function prepared({ raw }: LedgerRead): Ledger {
  return prepareLedger(raw, new Map()).ledger
}
