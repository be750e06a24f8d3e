import { describe, expect, it } from 'vitest'
import { allocation } from '../../src/snapshot/allocation.ts'
import type { HoldingRow } from '../../src/snapshot/holding-row.ts'
import { text } from '../../src/portfolio/decimal.ts'

const row = (symbol: string, kind: HoldingRow['kind'], currency: string, market_value: string | null) =>
  ({ symbol, kind, currency, market_value }) as HoldingRow

const of = (holdings: HoldingRow[], cash: string | null = '0') =>
  allocation({ holdings, summary: { cash }, portfolio: { base_currency: 'USD' } as never })

const shown = (parts: ReturnType<typeof of>['holdings']) =>
  parts.map(({ name, value, ratio }) => [name, text(value), ratio])

describe('an allocation', () => {
  const mixed = of(
    [
      row('SAP.DE', 'equity', 'EUR', '300'),
      row('VOO', 'etf', 'USD', '400'),
      row('KO', 'equity', 'USD', '100'),
      row('GONE', 'equity', 'USD', null),
    ],
    '200',
  )

  it('has every holding and the cash, the largest first', () => {
    expect(shown(mixed.holdings)).toEqual([
      ['VOO', '400', 0.4],
      ['SAP.DE', '300', 0.3],
      ['Cash', '200', 0.2],
      ['KO', '100', 0.1],
    ])
  })

  it('has sums by kind and by currency, cash in the portfolio’s own', () => {
    expect(shown(mixed.kinds)).toEqual([
      ['Stocks', '400', 0.4],
      ['ETFs', '400', 0.4],
      ['Cash', '200', 0.2],
    ])
    expect(shown(mixed.currencies)).toEqual([
      ['USD', '700', 0.7],
      ['EUR', '300', 0.3],
    ])
  })

  it('names what has no value instead of counting it as nothing', () => {
    expect(mixed.unvalued).toEqual(['GONE'])
  })

  it('of nothing, or of cash that cannot be said, is empty', () => {
    expect(of([], null)).toEqual({ holdings: [], kinds: [], currencies: [], unvalued: [] })
  })
})
