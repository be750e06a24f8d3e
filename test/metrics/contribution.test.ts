import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contributions } from '../../src/metrics/contribution.ts'
import { sum, text } from '../../src/portfolio/decimal.ts'
import { holdings } from '../../src/portfolio/holding.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { costBases, type CostBasis } from '../../src/portfolio/lot.ts'
import { closes, dec, ledger, measured } from '../notation.ts'
import { everyKind, ledgerOf, seeded } from '../portfolio/random-ledger.ts'

const contributed = (of: Ledger) => contributions(of, holdings(of, of.today), of.today)

describe('a holding’s contribution', () => {
  const of = ledger(
    `2024-01-02 buy 10 VOO @ 400 fee 1
     2024-01-02 buy 1 GONE @ 50
     2024-02-01 sell 4 VOO @ 410 fee 2
     2024-02-01 sell 1 GONE @ 45 fee 1
     2024-03-01 dividend VOO 12.50
     2024-03-04 fee 3`,
    { markets: closes({ VOO: '2024-03-04 420', GONE: '2024-03-04 1' }) },
  )
  // as a fee recorded for the symbol
  const withOwnFee = {
    ...of,
    transactions: of.transactions.map((each) => (each.type === 'fee' ? { ...each, symbol: 'VOO' } : each)),
  }

  it('is its realized and unrealized gain and its dividends, its fees taken off', () => {
    // 4 × 410 − 2 − 4/10 × 4001 = 37.6; 6 × 420 − 6/10 × 4001 = 119.4; 12.5
    expect(text(contributed(of).of.get('VOO')!)).toBe('169.5')
    expect(text(contributed(withOwnFee).of.get('VOO')!)).toBe('166.5')
  })

  it('remains after the position is sold out', () => {
    // 45 − 1 − 50
    expect(text(contributed(of).of.get('GONE')!)).toBe('-6')
  })

  it('counts what belongs to no holding as unassigned', () => {
    expect(text(contributed(of).unassigned!)).toBe('-3')
    expect(contributed(withOwnFee).unassigned).toBe(0n)
  })

  it('is null for the symbol with an unknown amount only', () => {
    const abroad = ledger('2024-01-02 buy 1 XYZ @ 10 in EUR\n2024-01-02 buy 1 VOO @ 400', {
      markets: closes({ VOO: '2024-01-02 400, 2024-01-03 410' }),
    })
    const { of: each } = contributed(abroad)
    expect([each.get('XYZ'), text(each.get('VOO')!)]).toEqual([null, '10'])
  })
})

describe('all contributions', () => {
  it.each(Object.keys(costBases) as CostBasis[])('are the total gain to the cent, under %s', (costBasis) => {
    fc.assert(
      fc.property(everyKind, (told) => {
        const any = ledgerOf(told, { costBasis })
        const { of, unassigned } = contributed(any)
        const all = sum([...of.values()].map((each) => each!)) + unassigned!
        const off = all - dec(measured(any).total_gain!)
        expect(off < dec('0.005') && off > dec('-0.005')).toBe(true)
      }),
      seeded,
    )
  })

  it('are the total gain even after an oversale', () => {
    // 5 are held, 8 are sold for 800: 500 of it is the holding's
    const of = ledger('2024-01-02 buy 5 VOO @ 90\n2024-01-03 sell 8 VOO @ 100', {
      markets: closes({ VOO: '2024-01-03 100' }),
    })
    const { of: each, unassigned } = contributed(of)
    expect([text(each.get('VOO')!), text(unassigned!)]).toEqual(['50', '300'])
    expect(measured(of).total_gain).toBe('350')
  })
})
