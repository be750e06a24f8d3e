import { priceHistory } from '../../src/portfolio/price-history.ts'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { text } from '../../src/portfolio/decimal.ts'
import { oversales } from '../../src/portfolio/oversale.ts'
import { positions, type StoredMarket } from '../../src/portfolio/ledger.ts'
import { prepareLedger, type RawLedger } from '../../src/portfolio/prepared-ledger.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import type { Transaction } from '../../src/portfolio/transaction.ts'
import { entered, instrument } from '../notation.ts'

const stored = (bars: Record<string, number>, about: Partial<StoredMarket> = {}): StoredMarket => ({
  instrument: null,
  bars: priceHistory(Object.entries(bars).map(([day, close]) => ({ day, close }))),
  splits: [],
  dividends: [],
  quote: null,
  ...about,
})

function raw(story: string, markets: Record<string, StoredMarket>): RawLedger {
  return {
    baseCurrency: 'USD',
    costBasis: 'fifo',
    benchmarks: [],
    today: '2024-06-14',
    transactions: entered(story),
    markets: new Map(Object.entries(markets)),
  }
}

const none = new Map<string, string>()

it('has money in the base currency, the last price of what is gone, and trades in their own units', () => {
  const story = '2024-01-04 buy 10 SAP.DE @ 20\n2024-01-03 deposit 1000'
  const sap = stored(
    { '2024-01-04': 20, '2024-02-01': 30 },
    {
      instrument: instrument('SAP.DE', 'EUR'),
      // 20 fits the close that is adjusted for it already, so that 10 shares stay 10
      splits: [{ day: '2024-02-01', numerator: 2, denominator: 1 }],
    },
  )
  const rates = stored({ '2024-01-04': 1.5, '2024-02-01': 2, '2024-06-13': 3 })
  const { ledger, recognized } = prepareLedger(
    raw(story, { 'SAP.DE': sap, 'EURUSD=X': rates }),
    new Map([['SAP.DE', '2024-02-02']]),
  )
  expect(ledger.transactions.map(({ type, amount }) => `${type} ${text(amount)}`)).toEqual([
    'deposit 1000',
    'buy 300',
  ])
  // 30 EUR of February at the rates of February and June
  expect(Array.from(ledger.markets.get('SAP.DE')!.prices.closes, (close) => text(close))).toEqual([
    '30',
    '60',
    '90',
  ])
  expect(ledger.markets.get('SAP.DE')!.delisted).toBe('2024-02-02')
  expect(positions(ledger, '2024-06-14').map(({ shares }) => text(shares))).toEqual(['10'])
  expect(recognized).toEqual([{ transaction: '1', unitsDay: '2024-02-01' }])
})

it('keeps sales of a day in the order of their entry, which one the day’s purchases cover being known last', () => {
  const story =
    '2024-01-02 buy 10 VOO @ 60\n2024-01-04 sell 25 VOO @ 20\n2024-01-04 sell 3 VOO @ 20\n2024-01-04 buy 1 VOO @ 20'
  const voo = stored({ '2024-01-02': 20 }, { splits: [{ day: '2024-01-03', numerator: 3, denominator: 1 }] })
  const { ledger } = prepareLedger(raw(story, { VOO: voo }), none)
  // 30 shares cover both
  expect(ledger.transactions.map(({ id }) => id)).toEqual(['1', '2', '3', '4'])
})

describe('30 shares @ 20 of which the owner says that they were adjusted, before a 3:1 split of his own', () => {
  const story = '2024-01-04 buy 30 VOO @ 20\n2024-02-01 split VOO 3:1\n2024-03-01 sell 6 VOO @ 25'
  const said = (unitsDay: string) =>
    entered(story).map((row): Transaction =>
      row.type === 'buy' ? { ...row, units: 'adjusted', unitsDay } : row,
    )
  const voo = stored({ '2024-01-04': 60, '2024-02-01': 20 })
  const own = (unitsDay: string) =>
    prepareLedger({ ...raw(story, { VOO: voo }), transactions: said(unitsDay) }, none).ledger

  it('were 10 @ 60 that day, and are 30 after it', () => {
    const ledger = own('2024-06-14')
    const held = (day: string) => positions(ledger, day).map(({ shares, cost }) => [text(shares), text(cost)])
    expect(held('2024-01-31')).toEqual([['10', '600']])
    expect(held('2024-02-29')).toEqual([['30', '600']])
    expect(held('2024-06-14')).toEqual([['24', '480']])
    const { days, value } = valuations(ledger, '2024-02-01')
    expect(days.map((day, i) => [day, text(value[i]!)])).toEqual([
      ['2024-01-04', '600'],
      ['2024-02-01', '600'],
    ])
  })

  it('are 30 whose sale is refused beyond that', () => {
    const sale = { ...entered('2024-03-02 sell 25 VOO @ 25')[0]!, id: 'too many' }
    expect(oversales(said('2024-06-14'), 'VOO', [])).toEqual([])
    expect(oversales([...said('2024-06-14'), sale], 'VOO', [])).toEqual([
      { transaction: 'too many', sentence: expect.stringContaining('held only 24') },
    ])
  })

  it('are multiplied by a split after the day on which this was said', () => {
    expect(positions(own('2024-01-31'), '2024-02-29').map(({ shares }) => text(shares))).toEqual(['90'])
  })
})

it('knows a pair that nothing is stored of yet', () => {
  const sap = stored({ '2024-01-04': 20 }, { instrument: instrument('SAP.DE', 'EUR') })
  const { ledger } = prepareLedger(raw('2024-01-04 buy 10 SAP.DE @ 20', { 'SAP.DE': sap }), none)
  expect([...ledger.markets.keys()]).toEqual(['SAP.DE', 'EURUSD=X'])
  expect(ledger.transactions[0]!.unconverted).toBe('no exchange rate from EUR to USD yet')
})

it('is the only maker of a ledger that is ready, but for the one that joins such', () => {
  const src = new URL('../../src/', import.meta.url)
  const makers = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (path) =>
      /\.tsx?$/.test(path) && /stage: 'ready'|as Ledger\b/.test(readFileSync(new URL(path, src), 'utf8')),
  )
  expect(makers).toEqual(['portfolio/prepared-ledger.ts', 'portfolio/united-ledger.ts'])
})
