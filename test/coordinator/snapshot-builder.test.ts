import { priceHistory } from '../../src/portfolio/price-history.ts'
import { describe, expect, it } from 'vitest'
import { isStale } from '../../src/market/hours/freshness.ts'
import { hoursOf } from '../../src/market/hours/trading-hours.ts'
import { market } from '../../src/portfolio/ledger.ts'
import { stored } from '../../src/portfolio/decimal.ts'
import { publicationSteps, type Publishable } from '../../src/coordinator/snapshot-builder.ts'
import { regions } from '../../src/coordinator/live-events.ts'
import { atOnce } from '../../src/statements/steps.ts'
import { idle } from '../../src/coordinator/refresh-state.ts'
import type { Transaction } from '../../src/portfolio/transaction.ts'

const published = (...of: Parameters<typeof publicationSteps>) => atOnce(publicationSteps(...of))

const portfolio = {
  id: 'p',
  ownerId: 'o',
  name: 'Test',
  description: '',
  baseCurrency: 'USD',
  benchmarks: [],
  costBasis: 'fifo' as const,
  dividends: 'recorded' as const,
  withholding: null,
  targets: null,
  riskFreeRate: null,
  dismissedDividends: [],
  dismissedActions: [],
  ownInstruments: [],
  createdAt: 0,
}

/** Ten shares bought at 100 on 2024-01-02, last seen at 110 on the next day. */
function read(): Publishable {
  const bought: Transaction = {
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
    bars: priceHistory([
      { day: '2024-01-02', close: 100 },
      { day: '2024-01-03', close: 110 },
    ]),
    splits: [],
    dividends: [],
    quote: null,
  })
  return {
    ledger: {
      stage: 'ready',
      baseCurrency: 'USD',
      costBasis: 'fifo',
      benchmarks: [],
      transactions: [bought],
      markets: new Map([['SAP.DE', sap]]),
      today: '2024-01-03',
    },
    notes: [],
    quotes: new Map(),
    histories: new Map(),
  }
}

it('the same ledger twice is published once', () => {
  const { made, changed, chartChanged } = published(read(), portfolio, idle, null, 1)
  expect([changed, chartChanged]).toEqual([[...regions], true])
  const again = published(read(), portfolio, idle, made, 2)
  expect([again.changed, again.chartChanged]).toEqual([[], false])
  expect(again.made.chart).toBe(made.chart)
})

it('values only the days anew that changed since the last publication', () => {
  const { valued } = published(read(), portfolio, idle, null, 1)
  expect(valued.series.value).toEqual([stored('1000'), stored('1100')])
  const marked = { ...valued, series: { ...valued.series, value: [7n, 8n] } }
  const again = published(read(), portfolio, idle, null, 2, [], marked)
  // yesterday stands as it was valued
  expect(again.valued.series.value).toEqual([7n, stored('1100')])
})

describe('a price that was taken again and is the same', () => {
  // Xetra closes at 17:30; what is shown of it may be twenty minutes late
  const at = (clock: string) => Date.parse(`2024-01-03T${clock}:00+01:00`)
  const instrument = {
    ...read().ledger.markets.get('SAP.DE')!.instrument!,
    session: { opens: 540, closes: 1050 },
  }

  function takenAt(clock: string): Publishable {
    const { ledger, ...rest } = read()
    const quote = { symbol: 'SAP.DE', price: '110', currency: 'USD', previousClose: '100', at: at('17:30') }
    const markets = new Map([['SAP.DE', { ...ledger.markets.get('SAP.DE')!, instrument, quote }]])
    const quotes = new Map([['SAP.DE', { ...quote, fetchedAt: at(clock), held: null }]])
    return { ...rest, ledger: { ...ledger, markets }, quotes }
  }
  const first = (clock: string) => published(takenAt(clock), portfolio, idle, null, 1).made
  const changed = (before: string, after: string) =>
    published(takenAt(after), portfolio, idle, first(before), 2).changed

  it('makes no new copy for nine minutes', () => {
    expect(changed('17:37', '17:42')).toEqual([])
    expect(changed('17:37', '17:46')).toEqual(['holdings', 'freshness'])
  })

  it('and makes one when it is the first after the close, which is good all night', () => {
    const night = at('22:00')
    const isOld = (clock: string) => isStale(at(clock), hoursOf(instrument), night)
    expect([isOld('17:48'), isOld('17:53')]).toEqual([true, false])
    expect(changed('17:48', '17:53')).toEqual(['holdings', 'freshness'])
    expect(changed('17:53', '17:58')).toEqual([])
  })
})
