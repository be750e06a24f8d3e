import { describe, expect, it } from 'vitest'
import type { QuarantinedQuote } from '../../src/portfolio/instrument.ts'
import type { AlertFacts } from '../../src/snapshot/alerts/family.ts'
import { localeOf } from '../../src/web/locale.ts'
import { closes, ledger } from '../notation.ts'
import { declaring } from '../portfolio/declared-quote.ts'
import { alert, factsOf, said } from './alerts/facts.ts'

const quarantined: QuarantinedQuote = {
  price: '10000',
  currency: 'USD',
  at: Date.parse('2024-01-04T20:32Z'),
  reason: 'it is more than five times above or below the 510 USD of 2024-01-03, and no split is known',
  since: '2024-01-04',
}

/** Ten VOO, and what is known of VOO at each of some moments. */
const held = (...known: string[]): AlertFacts[] =>
  known.map((VOO) => factsOf(ledger('2024-01-02 buy 10 VOO @ 500', { markets: closes({ VOO }) })))

describe('a price', () => {
  const first = '2024-01-02 500, 2024-01-03 510'
  const fallen = `${first}, quote 2024-01-04T20:32Z 498.2 after 510`

  it('is told when it falls below its line, with when that was', () => {
    // 20:32 UTC is 15:32 in New York
    expect(said(alert('price_below', 'VOO', '500'), held(first, fallen, fallen))).toEqual([
      null,
      'VOO fell below $500: $498.20 at 15:32 New York.',
      null,
    ])
    expect(said(alert('price_below', 'VOO', '498.2'), held(first, fallen))).toEqual([null, null])
  })

  it('is told in German with German figures and days', () => {
    const german = localeOf({ language: 'de', locale: 'de-AT' })
    expect(said(alert('price_below', 'VOO', '1500.5'), held(`2024-01-02 1501`, fallen), german)).toEqual([
      null,
      // Austria writes a currency first
      'VOO fiel unter $\u00a01.500,50: $\u00a0498,20 um 15:32 in New York.',
    ])
    const doubted = { ...held(first)[0]!, held: new Map([['VOO', quarantined]]) }
    expect(said(alert('price_held', null, null), [held(first)[0]!, doubted], german)[1]).toBe(
      'Der Kurs von VOO wird zur Prüfung zurückgehalten: $\u00a010.000 um 15:32 in New York, er liegt um mehr als das Fünffache über oder unter 510 USD vom 2024-01-03, und ein Split ist nicht bekannt.',
    )
  })

  it('is told when it rises above it, by the last close where no quote is newer', () => {
    expect(said(alert('price_above', 'VOO', '505.25'), held('2024-01-02 500', first))).toEqual([
      null,
      'VOO rose above $505.25: $510 on Jan 3, 2024.',
    ])
  })

  it('is compared in today’s share units, so that a split between two prices crosses nothing', () => {
    const split = '2024-01-02 250, 2024-01-03 255, 2024-01-04 split 2:1, 2024-01-04 256'
    const below = '2024-01-02 250, 2024-01-03 255, 2024-01-04 split 2:1, 2024-01-05 249.5'
    const units = (...known: string[]) =>
      known.map((VOO) => factsOf(ledger('2024-01-02 buy 10 VOO @ 500', { markets: closes({ VOO }) })))
    const rule = alert('price_below', 'VOO', '500', '2024-01-03')
    expect(said(rule, [...held(first), ...units(split, below)])).toEqual([
      null,
      null,
      'VOO fell below $250 ($500 before the split): $249.50 on Jan 5, 2024.',
    ])
    // a level that was set in the new shares is one
    expect(said(alert('price_below', 'VOO', '250', '2024-01-04'), units(split, below))).toEqual([
      null,
      'VOO fell below $250: $249.50 on Jan 5, 2024.',
    ])
  })

  it('is in the currency that the symbol trades in', () => {
    const of = (quote: string) =>
      factsOf(
        ledger('2024-01-02 buy 10 SAP.DE @ 100 in EUR', {
          markets: closes({ 'SAP.DE': `in EUR, 2024-01-02 100, ${quote}`, 'EURUSD=X': '2024-01-02 1.1' }),
        }),
      )
    expect(said(alert('price_below', 'SAP.DE', '99.5'), [of('2024-01-03 101'), of('2024-01-04 99')])).toEqual(
      [null, 'SAP.DE fell below €99.50: €99 on Jan 4, 2024.'],
    )
  })

  it('of a symbol without any says nothing', () => {
    expect(said(alert('price_below', 'NOPE', '1'), held(first, fallen))).toEqual([null, null])
  })
})

describe('a drawdown', () => {
  it('is that of the whole portfolio, by its time-weighted index: money that is taken out is no fall', () => {
    const of = (rows: string, VOO: string) =>
      factsOf(
        ledger(`2024-01-02 deposit 2000\n2024-01-02 buy 10 VOO @ 100\n${rows}`, { markets: closes({ VOO }) }),
      )
    const story = [
      of('', '2024-01-02 100, 2024-01-03 120'),
      of('2024-01-04 withdrawal 900', '2024-01-02 100, 2024-01-03 120, 2024-01-04 120'),
      // 1300 are left, of which 1200 are shares; at 105 these are 1050 of 1150, and 150 ÷ 1300 is 11.5 %
      of('2024-01-04 withdrawal 900', '2024-01-02 100, 2024-01-03 120, 2024-01-04 120, 2024-01-05 105'),
    ]
    expect(said(alert('drawdown', null, '10'), story)).toEqual([
      null,
      null,
      'Savings fell 10 % or more below its peak of Jan 4, 2024: 11.5 % now.',
    ])
    expect(said(alert('drawdown', null, '12'), story)).toEqual([null, null, null])
  })

  it('of a holding is below its highest close since its shares were bought, to the cent', () => {
    const before = '2023-12-29 900, 2024-01-02 500, 2024-01-03 600'
    const rule = alert('drawdown', 'VOO', '20')
    expect(said(rule, held(before, `${before}, 2024-01-04 480.01`, `${before}, 2024-01-04 480`))).toEqual([
      null,
      null,
      // 480 is 80 % of 600
      'VOO fell 20 % or more below its highest close of $600 on Jan 3, 2024: $480 on Jan 4, 2024, 20 % below.',
    ])
  })
})

describe('a weight', () => {
  const two = (VOO: string, targets = 'VOO 60, BND 40') =>
    factsOf(
      ledger('2024-01-02 buy 5 VOO @ 100\n2024-01-02 buy 5 BND @ 100', {
        markets: closes({ VOO: `2024-01-02 100, 2024-01-05 ${VOO}`, BND: '2024-01-02 100, 2024-01-05 100' }),
      }),
      { targets },
    )

  it('above its line is told', () => {
    // 150 ÷ 250 = 60 %
    expect(said(alert('weight_above', 'VOO', '60'), [two('100'), two('150'), two('151')])).toEqual([
      null,
      null,
      // 755 ÷ 1255 = 60.16 %
      'VOO rose above 60 % of the holdings: 60.2 % now.',
    ])
  })

  it('off its target is told either way, in points', () => {
    // 60 % is the target, 55.56 % (at 125) is 4.4 points below; at 250 it is 71.43 %
    expect(said(alert('drift', 'VOO', '5'), [two('125'), two('250')])).toEqual([
      null,
      'VOO is 11.4 points above its target of 60 %: 71.4 % now.',
    ])
    // 5 × 75 of 875 = 42.86 %
    expect(said(alert('drift', 'VOO', '5'), [two('150'), two('75')])).toEqual([
      null,
      'VOO is 17.1 points below its target of 60 %: 42.9 % now.',
    ])
    expect(said(alert('drift', 'QQQ', '5'), [two('150'), two('75')])).toEqual([null, null])
    expect(said(alert('drift', 'VOO', '5'), [two('150', ''), two('75', '')])).toEqual([null, null])
  })
})

it('a gap that crosses zero is told either way, with what it was', () => {
  // 1000 in QQQ at 100 would be ten shares
  const of = (VOO: string, QQQ: string) =>
    factsOf(
      ledger('2024-01-05 deposit 1000\n2024-01-05 buy 10 VOO @ 100', {
        markets: closes({ VOO: `2024-01-05 100, ${VOO}`, QQQ: `2024-01-05 100, ${QQQ}` }),
        benchmarks: ['QQQ'],
      }),
    )
  const story = [
    of('2024-01-12 131.02', '2024-01-12 100'),
    of('2024-01-12 131.02, 2024-01-16 100', '2024-01-12 100, 2024-01-16 101.24'),
    of(
      '2024-01-12 131.02, 2024-01-16 100, 2024-01-25 102',
      '2024-01-12 100, 2024-01-16 101.24, 2024-01-25 102',
    ),
    of(
      '2024-01-12 131.02, 2024-01-16 100, 2024-01-26 103',
      '2024-01-12 100, 2024-01-16 101.24, 2024-01-26 102',
    ),
  ]
  expect(said(alert('gap_zero', 'QQQ', null), story)).toEqual([
    null,
    // January 12, 2024 was a Friday
    'The gap to QQQ crossed zero: −$12.40 after +$310.20 on Friday.',
    // nothing is neither ahead nor behind
    null,
    'The gap to QQQ crossed zero: +$10.00.',
  ])
})

describe('a dividend', () => {
  const paid =
    '2024-03-14 dividend 0.46, 2024-06-13 dividend 0.46, 2024-09-13 dividend 0.46, 2024-11-29 dividend 0.46'
  const of = (says: Parameters<typeof declaring>[1], history = `2023-01-03 60, ${paid}, 2025-02-20 60`) =>
    factsOf(ledger('2024-01-02 buy 10 KO @ 60', { markets: declaring(history, says) }))
  const silent = of({})

  it('is told when it is declared, once, also where the source corrects its day', () => {
    const story = [
      silent,
      of({ exDay: '2025-03-14', payDay: '2025-04-01', dividendRate: '1.84' }),
      of({ exDay: '2025-03-17', payDay: '2025-04-01', dividendRate: '1.84' }),
    ]
    expect(said(alert('dividend_declared', null, null), story)).toEqual([
      null,
      'KO declared a dividend of $0.46 a share: ex-date Mar 14, 2025, paid Apr 1, 2025.',
      null,
    ])
    expect(said(alert('dividend_declared', 'VOO', null), story)).toEqual([null, null, null])
    // what was declared when the alert was set is known
    expect(said(alert('dividend_declared', 'KO', null), story.slice(1))).toEqual([null, null])
  })

  it('is told where it is lower than the one of its season', () => {
    // 1.60 ÷ 4 = 0.40, which is 13 % less than 0.46
    expect(
      said(alert('dividend_cut', null, null), [silent, of({ exDay: '2025-03-14', dividendRate: '1.6' })]),
    ).toEqual([
      null,
      'KO cut its dividend by 13 %: $0.40 a share on Mar 14, 2025, after $0.46 the year before.',
    ])
    expect(
      said(alert('dividend_cut', null, null), [silent, of({ exDay: '2025-03-14', dividendRate: '1.84' })]),
    ).toEqual([null, null])
  })
})

describe('prices that are missing', () => {
  const [plain] = held('2024-01-02 500, 2024-01-03 510') as [AlertFacts]

  it('are told where one is held for review, once while it is', () => {
    const doubted = { ...plain, held: new Map([['VOO', quarantined]]) }
    const repeated = { ...plain, held: new Map([['VOO', { ...quarantined, at: quarantined.at + 60_000 }]]) }
    expect(said(alert('price_held', null, null), [plain, doubted, repeated, plain])).toEqual([
      null,
      'The price of VOO is held for review: $10,000 at 15:32 New York, it is more than five times above or below the 510 USD of 2024-01-03, and no split is known.',
      null,
      null,
    ])
  })

  it('are told where none has come since the last session began, and again after the next outage', () => {
    const at = (fetched: string, session: string): AlertFacts => ({
      ...plain,
      lastSession: Date.parse(session),
      snapshot: {
        ...plain.snapshot,
        holdings: plain.snapshot.holdings.map((row) => ({ ...row, fetched_at: Date.parse(fetched) })),
      },
    })
    const story = [
      at('2024-01-04T21:05Z', '2024-01-04T14:30Z'),
      // the morning after
      at('2024-01-05T16:00Z', '2024-01-04T14:30Z'),
      at('2024-01-05T16:00Z', '2024-01-05T14:30Z'),
      // Monday evening
      at('2024-01-05T16:00Z', '2024-01-08T14:30Z'),
      at('2024-01-05T16:00Z', '2024-01-09T14:30Z'),
    ]
    expect(said(alert('source_down', null, null), story)).toEqual([
      null,
      null,
      null,
      'No prices have come for a day: the last ones are from 11:00 New York, before the last session.',
      null,
    ])
  })
})
