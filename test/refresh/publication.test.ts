import { expect, it } from 'vitest'
import { market } from '../../src/portfolio/ledger.ts'
import { stored } from '../../src/portfolio/decimal.ts'
import { publication } from '../../src/refresh/publication.ts'
import { idle } from '../../src/refresh/refresh-state.ts'
import type { LedgerRead } from '../../src/storage/ledger.ts'
import type { Recorded } from '../../src/storage/transactions.ts'

const portfolio = {
  id: 'p',
  ownerId: 'o',
  name: 'Test',
  description: '',
  baseCurrency: 'USD',
  benchmarks: [],
  costBasis: 'fifo' as const,
  createdAt: 0,
}

/** Ten shares bought at 100 on 2024-01-02, last seen at 110 on the next day. */
function read(): LedgerRead {
  const bought: Recorded = {
    id: 't1',
    type: 'buy',
    symbol: 'SAP.DE',
    date: '2024-01-02',
    shares: stored('10'),
    price: stored('100'),
    fee: 0n,
    amount: stored('1000'),
    currency: null,
    ratio: null,
    note: '',
    version: 1,
    sequence: 1,
  }
  const sap = market({
    instrument: {
      symbol: 'SAP.DE',
      name: 'SAP',
      currency: 'USD',
      kind: 'equity',
      exchange: 'XETRA',
      timeZone: 'Europe/Berlin',
    },
    bars: [
      { day: '2024-01-02', close: 100 },
      { day: '2024-01-03', close: 110 },
    ],
    splits: [],
    dividends: [],
    quote: null,
  })
  return {
    past: { transactions: [bought], bars: new Map(), splits: new Map(), dividends: new Map(), of: '' },
    ledger: {
      baseCurrency: 'USD',
      costBasis: 'fifo',
      benchmarks: [],
      transactions: [bought],
      markets: new Map([['SAP.DE', sap]]),
      today: '2024-01-03',
    },
    transactions: [bought],
    quotes: new Map(),
    histories: new Map(),
  }
}

it('the same ledger twice is published once', () => {
  const { made, changed, chartChanged } = publication(read(), portfolio, idle, null, 1)
  expect([changed.length, chartChanged]).toEqual([7, true])
  const again = publication(read(), portfolio, idle, made, 2)
  expect([again.changed, again.chartChanged]).toEqual([[], false])
  expect(again.made.chart).toBe(made.chart)
})
