import { describe, expect, it } from 'vitest'
import { text } from '../../src/portfolio/decimal.ts'
import { dividendCuts, expectedDividends } from '../../src/portfolio/expected-dividend.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { dividendsPaid, lastYearsPattern } from '../../src/portfolio/paid-dividend.ts'
import { pastLedger } from '../../src/portfolio/past-ledger.ts'
import { closes, dec, ledger } from '../notation.ts'
import { declaring } from './declared-quote.ts'

/** The example of finance.md, "Income ahead". */
const KO = `2023-01-03 60,
  2023-03-16 dividend 0.46, 2023-06-15 dividend 0.46, 2023-09-14 dividend 0.46, 2023-11-30 dividend 0.46,
  2024-03-14 dividend 0.485, 2024-06-14 dividend 0.485, 2024-09-13 dividend 0.44, 2024-11-29 dividend 0.485,
  2025-01-15 60`

const of = (story: string, known: Record<string, string> = { KO }, about: Partial<Ledger> = {}) =>
  ledger(story, { markets: closes(known), ...about })

const bought = of('2024-12-02 buy 10 KO @ 60')

/** `2025-03-14 KO 4.85`, and `late` where it is. */
const expected = (from: Ledger, day = '2025-01-15') =>
  expectedDividends(from, day).map(
    ({ exDay, symbol, amount, isLate }) => `${exDay} ${symbol} ${text(amount)}${isLate ? ' late' : ''}`,
  )

const cuts = (known: string, day: string) =>
  dividendCuts('KO', dividendsPaid(of('2023-01-03 buy 1 KO @ 1', { KO: known }), 'KO', day), day).map(
    ({ exDay, perShare, before }) => `${exDay} ${text(before.perShare)} to ${text(perShare)}`,
  )

describe('the dividends expected of a holding', () => {
  it('are those of the last year, a year later, for the shares of now (finance.md, "Income ahead")', () => {
    expect(expected(bought)).toEqual([
      '2025-03-14 KO 4.85',
      '2025-06-14 KO 4.85',
      '2025-09-13 KO 4.4',
      '2025-11-29 KO 4.85',
    ])
  })

  it('are less what is withheld', () => {
    const rule = { counting: 'recorded' as const, withholding: dec('0.15'), dismissed: new Set<string>() }
    // 0.85 × 4.85
    expect(expected({ ...bought, dividendRule: rule })[0]).toBe('2025-03-14 KO 4.1225')
  })

  it('repeat none that its owner says never came', () => {
    const dismissed = new Set(['KO@2024-06-14'])
    const rule = { counting: 'automatic' as const, withholding: 0n, dismissed }
    expect(expected({ ...bought, dividendRule: rule })).toHaveLength(3)
  })

  it('are late for thirty days, and then not expected any more', () => {
    // on its day it is still to come
    expect(expected(bought, '2025-03-13')[0]).toBe('2025-03-14 KO 4.85')
    expect(expected(bought, '2025-03-14')[0]).toBe('2025-03-15 KO 4.85 late')
    expect(expected(bought, '2025-03-20')[0]).toBe('2025-03-21 KO 4.85 late')
    expect(expected(bought, '2025-04-12')).toContain('2025-04-13 KO 4.85 late')
    expect(expected(bought, '2025-04-13')).toHaveLength(3)
  })

  it('are four of a quarterly payer on any day, however its ex-dates move', () => {
    const moving = `${KO}, 2025-03-04 dividend 0.5, 2025-06-20 dividend 0.5, 2025-09-12 dividend 0.5`
    const held = of('2024-12-02 buy 10 KO @ 60', { KO: moving })
    for (let day = Date.UTC(2025, 0, 1); day < Date.UTC(2025, 11, 20); day += 86_400_000) {
      const asOf = new Date(day).toISOString().slice(0, 10)
      expect([asOf, lastYearsPattern(dividendsPaid(held, 'KO', asOf), asOf).length]).toEqual([asOf, 4])
    }
  })

  it('of February 29 come on the 28th', () => {
    const leap = { KO: '2024-01-02 60, 2024-02-29 dividend 1' }
    expect(expected(of('2024-01-02 buy 1 KO @ 60', leap), '2024-03-01')).toEqual(['2025-02-28 KO 1'])
  })

  it('are none when it is sold', () => {
    expect(expected(of('2024-12-02 buy 10 KO @ 60\n2025-01-10 sell 10 KO @ 60'))).toEqual([])
  })

  it('are converted at the last rate, and unknown without one', () => {
    const SAP = 'in EUR, 2024-01-03 90, 2024-05-16 dividend 2, 2025-01-10 100'
    const story = '2024-12-02 buy 10 SAP @ 90 in USD'
    const rates = { 'EURUSD=X': '2024-01-03 1.10, 2025-01-10 1.25' }
    // 10 × 2 × 1.25
    expect(expected(of(story, { SAP, ...rates }))).toEqual(['2025-05-16 SAP 25'])
    expect(expected(of(story, { SAP }))).toEqual(['2025-05-16 SAP null'])
  })

  it('follow recorded ones where the source lists none, and nothing more is withheld of these', () => {
    const rule = { counting: 'recorded' as const, withholding: dec('0.5'), dismissed: new Set<string>() }
    const story = `2024-01-02 buy 4 HOUSE @ 60
      2024-06-03 buy 1 HOUSE @ 60
      2024-06-03 dividend HOUSE 10 fee 2
      2024-07-01 buy 3 HOUSE @ 60`
    // (10 − 2) ÷ 4, since who buys on the ex-date gets none, for each of 8
    const own = of(story, { HOUSE: '2024-01-02 60' }, { dividendRule: rule })
    expect(expected(own)).toEqual(['2025-06-03 HOUSE 16'])
  })

  it('are the same after a split that only the ledger knows', () => {
    const split = of('2024-01-02 buy 10 KO @ 60\n2024-12-03 split KO 2:1')
    expect(split.transactions.map(({ type }) => type)).toContain('split')
    expect(expected(split)).toEqual(expected(bought))
  })

  it('on a past day are those that were known then', () => {
    const past = pastLedger(of('2023-01-04 buy 10 KO @ 60'), '2024-01-10')
    expect(expected(past, past.today)).toEqual([
      '2024-03-16 KO 4.6',
      '2024-06-15 KO 4.6',
      '2024-09-14 KO 4.6',
      '2024-11-30 KO 4.6',
    ])
  })
})

describe('a declared dividend', () => {
  /** KO, whose source says that it pays on a day. */
  const paying = (payDay: string, day = '2025-01-15') => {
    const markets = declaring(KO, { payDay })
    const held = ledger('2024-12-02 buy 10 KO @ 60', { markets, today: day })
    return { held, declared: declared(held, day) }
  }
  const declared = (from: Ledger, day: string) =>
    expectedDividends(from, day).flatMap(({ exDay, declared: said }) =>
      said === null ? [] : `${exDay} paid ${said.payDay}`,
    )

  it('is the expected one before the day on which the source says that it pays', () => {
    expect(paying('2025-04-01').declared).toEqual(['2025-03-14 paid 2025-04-01'])
    expect(paying('2025-03-14').declared).toEqual(['2025-03-14 paid 2025-03-14'])
  })

  it('is none where that day is over, too early, or of one that has gone ex already', () => {
    expect(paying('2025-01-15').declared).toEqual([])
    expect(paying('2025-03-13').declared).toEqual([])
    expect(paying('2024-12-16', '2024-12-03').declared).toEqual([])
    // more than 60 days after March 14, and before June 14
    expect(paying('2025-05-20').declared).toEqual([])
  })

  it('has the ex-date and the amount that the source gives it, less what is withheld, in its place among all', () => {
    const markets = declaring(KO, { exDay: '2025-03-20', payDay: '2025-04-01', dividendRate: '2.04' })
    const rule = { counting: 'recorded' as const, withholding: dec('0.15'), dismissed: new Set<string>() }
    const held = ledger('2024-12-02 buy 10 KO @ 60', { markets, today: '2025-01-15', dividendRule: rule })
    // 10 × 2.04 ÷ 4 × 0.85, and the others as last year
    expect(expected(held)).toEqual([
      '2025-03-20 KO 4.335',
      '2025-06-14 KO 4.1225',
      '2025-09-13 KO 3.74',
      '2025-11-29 KO 4.1225',
    ])
    // on a past day it is not known
    expect(expected(pastLedger(held, '2025-01-14'), '2025-01-14')[0]).toBe('2025-03-14 KO 4.1225')
  })

  it('is none on a past day', () => {
    const { held } = paying('2025-04-01')
    expect(declared(pastLedger(held, '2025-01-14'), '2025-01-14')).toEqual([])
    expect(declared(held, '2025-01-14')).toEqual([])
  })
})

describe('a cut', () => {
  it('is lower than the dividend of its season the year before (finance.md, "Income ahead")', () => {
    expect(cuts(KO, '2025-01-15')).toEqual(['2024-09-13 0.46 to 0.44'])
    expect(cuts(KO, '2025-09-13')).not.toContain('2024-09-13 0.46 to 0.44')
  })

  it('is one that did not come, once its season is over', () => {
    expect(cuts(KO, '2025-04-12')).toEqual(['2024-09-13 0.46 to 0.44'])
    expect(cuts(KO, '2025-04-13')).toEqual(['2025-03-14 0.485 to 0', '2024-09-13 0.46 to 0.44'])
  })

  it('is not what rounding took', () => {
    expect(
      cuts('2023-01-03 60, 2023-03-16 dividend 0.205, 2024-03-15 dividend 0.20495', '2024-04-01'),
    ).toEqual([])
  })
})
