import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { portfolioMetrics } from '../../src/metrics/catalog.ts'
import { addDays } from '../../src/portfolio/day.ts'
import { sum, text } from '../../src/portfolio/decimal.ts'
import { costBases, type CostBasis } from '../../src/portfolio/lot.ts'
import { closes, dec, ledger, measured } from '../notation.ts'
import { ledgerOf, seeded, everyKind } from '../portfolio/random-ledger.ts'

describe('One account (finance.md, "Examples of returns")', () => {
  // 1,000 shares, then 20,000 of cash beside them, then 15,000
  const of = ledger(
    `2025-01-01 buy 1000 XYZ @ 100
     2025-02-15 deposit 20000
     2025-05-10 withdrawal 5000`,
    { markets: closes({ XYZ: '2025-01-01 100, 2025-02-14 108, 2025-05-10 111, 2025-06-30 115' }) },
  )
  const figures = measured(of)

  it('has a TWR of 0.140401785714', () => {
    // 108/100 × 131/(108 + 20) × 130/(131 − 5)
    expect(figures.twr).toBeCloseTo(0.140401785714, 12)
  })

  it('has a Modified Dietz of 0.132061628760', () => {
    // (130000 − 100000 − 15000) / (100000 + 20000 × 135/180 − 5000 × 51/180)
    expect(figures.modified_dietz).toBeCloseTo(0.13206162876, 12)
  })

  it('has gained 15,000 on 115,000', () => {
    expect(figures).toMatchObject({ value: '130000', cash: '15000', invested: '115000', total_gain: '15000' })
    // of 120,000 put in
    expect(figures.simple_return).toBe(0.125)
  })

  it('shows no annual rate for its 180 days', () => {
    expect(figures.xirr).toBeNull()
    expect(figures.reasons['xirr']).toBe('an annual rate needs 365 days of history; there are only 180')
  })
})

describe('Timing (finance.md, "Examples of returns")', () => {
  // one share, then 100 of cash beside it
  const of = ledger('2023-01-01 buy 1 XYZ @ 100\n2024-01-01 deposit 100', {
    markets: closes({ XYZ: '2023-01-01 100, 2023-12-31 150, 2025-01-01 25' }),
  })

  it('has a TWR of −0.25 and an XIRR of −0.274805778272', () => {
    // 150/100 × 125/(150 + 100)
    expect(measured(of).twr).toBeCloseTo(-0.25, 12)
    expect(measured(of).xirr).toBeCloseTo(-0.274805778272, 11)
  })
})

describe('the table of finance.md, "XIRR"', () => {
  it.each([
    [
      'four quarters of a holding',
      `2008-01-01 buy 10000 XYZ @ 1
       2008-03-01 sell 2500 XYZ @ 1.10
       2008-03-01 withdrawal 2750
       2008-10-30 sell 2500 XYZ @ 1.70
       2008-10-30 withdrawal 4250
       2009-02-15 sell 2500 XYZ @ 1.30
       2009-02-15 withdrawal 3250`,
      '2009-04-01 1.10',
      0.373362533519,
    ],
    [
      'four other quarters',
      `2007-01-12 buy 10000 XYZ @ 1
       2008-02-14 sell 2500 XYZ @ 1
       2008-02-14 withdrawal 2500
       2008-03-03 sell 2500 XYZ @ 0.80
       2008-03-03 withdrawal 2000
       2008-06-14 sell 2500 XYZ @ 1.20
       2008-06-14 withdrawal 3000`,
      '2008-12-01 1.60',
      0.100643783427,
    ],
    ['a leap year', '2024-01-01 buy 1 XYZ @ 1000', '2025-01-01 1100', 0.099713585934],
    [
      'near ruin',
      `2019-05-24 deposit 1560.94
       2020-01-13 deposit 1160
       2020-06-29 fee 2678.14`,
      '2020-06-29 1',
      -0.999251643422,
    ],
  ])('of %s', (_, story, known, rate) => {
    expect(measured(ledger(story, { markets: closes({ XYZ: known }) })).xirr).toBeCloseTo(rate, 11)
  })

  it('of two roots is one of them, and says so', () => {
    // −1000, +2300, −1320 that a fee takes at once
    const { xirr, reasons } = measured(
      ledger(`
        2020-01-01 deposit 1000
        2020-06-01 dividend XYZ 1300
        2021-01-01 withdrawal 2300
        2022-01-01 fee 1320
      `),
    )
    expect([0.103397927701, 0.192585786264].map((root) => Math.abs(root - xirr!) < 1e-11)).toContain(true)
    expect(reasons['xirr']).toMatch(/^these cash flows have 2 solutions; /)
  })

  it('of 2010-01-01 −200; 2010-12-31 210 is not shown: 364 days', () => {
    const of = ledger('2010-01-01 buy 1 XYZ @ 200', { markets: closes({ XYZ: '2010-12-31 210' }) })
    expect(measured(of)).toMatchObject({ xirr: null, simple_return: 0.05, modified_dietz: 0.05 })
  })

  it('of a total loss is null, with its reason', () => {
    const { xirr, reasons } = measured(ledger('2020-01-01 deposit 1000\n2022-01-01 fee 1000'))
    expect(xirr).toBeNull()
    expect(reasons['xirr']).toBe('no annual rate turns the money put in into the value now')
  })
})

describe('the deposits of finance.md, "Cash and deposits"', () => {
  it('Buy 10 @ 150: 1500 invested, no cash', () => {
    expect(measured(ledger('2024-01-02 buy 10 VOO @ 150'))).toMatchObject({ invested: '1500', cash: '0' })
  })

  it('Same day dividend 50, buys 1500 and 1250: 2700 invested, no cash', () => {
    const story = '2024-01-02 dividend VOO 50\n2024-01-02 buy 10 VOO @ 150\n2024-01-02 buy 10 QQQ @ 125'
    expect(measured(ledger(story))).toMatchObject({ invested: '2700', cash: '0', dividends: '50' })
  })
})

describe('a benchmark with a dividend (finance.md, "Total-return index")', () => {
  const bars = '2024-01-02 100, 2024-01-03 101.5, 2024-01-04 100.5, 2024-01-05 102'
  const about = { markets: closes({ VOO: `${bars}, 2024-01-04 dividend 1.50` }), benchmarks: ['VOO'] }

  it('makes 1035.300000 of 1000', () => {
    const { benchmarks, value } = measured(ledger('2024-01-02 deposit 1000', about))
    expect(benchmarks['VOO']).toMatchObject({ value: '1035.3', gain: '35.3', gap: '-35.3' })
    expect(benchmarks['VOO']!.twr).toBeCloseTo(0.0353, 12)
    expect(value).toBe('1000')
  })

  it('makes 1020 without the dividend', () => {
    const priceOnly = { markets: closes({ VOO: bars }), benchmarks: ['VOO'] }
    expect(measured(ledger('2024-01-02 deposit 1000', priceOnly)).benchmarks['VOO']!.value).toBe('1020')
  })

  it('counts the owner’s own dividend once, as the cash it was', () => {
    const story = '2024-01-02 buy 10 VOO @ 100\n2024-01-04 dividend VOO 15'
    const { value, twr, benchmarks } = measured(ledger(story, about))
    // 10 × 102 + 15; the benchmark reinvested it
    expect([value, benchmarks['VOO']!.gap]).toEqual(['1035', '-0.3'])
    expect(twr).toBeCloseTo(0.035, 12)
  })
})

describe('gains', () => {
  const of = ledger(
    `2024-01-02 buy 10 VOO @ 400 fee 1
     2024-02-01 sell 4 VOO @ 410 fee 2
     2024-03-01 dividend VOO 12.50
     2024-03-04 fee 3`,
    { markets: closes({ VOO: '2024-03-04 420' }) },
  )

  it('are realized, unrealized and dividends, less the fees that belong to no trade', () => {
    expect(measured(of)).toMatchObject({
      // 4 × 410 − 2 − 4/10 × 4001
      realized_gain: '37.6',
      // 6 × 420 − 6/10 × 4001
      unrealized_gain: '119.4',
      dividends: '12.5',
      // all of them: 1 + 2 + 3
      fees: '6',
      // 37.6 + 119.4 + 12.5 − 3
      total_gain: '166.5',
    })
  })

  it('count among the fees nothing that was kept back of a dividend', () => {
    const kept = ledger(
      `2024-01-02 buy 2 VOO @ 400 fee 1
       2024-03-01 dividend VOO 12.50 fee 1.88
       2024-03-04 fee 4`,
      { markets: closes({ VOO: '2024-03-04 420' }) },
    )
    expect(measured(kept)).toMatchObject({ fees: '5', dividends: '10.62' })
    expect(measured(kept).inputs).toMatchObject({ other_fees: '4' })
  })

  it('of a period are those since its first day’s close', () => {
    const known = closes({
      VOO: '2024-01-02 402, 2024-01-31 408, 2024-02-01 411, 2024-02-29 418, 2024-03-04 420',
    })
    expect(measured({ ...of, markets: known }, '2024-02-29')).toMatchObject({
      from: '2024-02-29',
      as_of: '2024-03-04',
      realized_gain: '0',
      // 6 × (420 − 418)
      unrealized_gain: '12',
      dividends: '12.5',
      fees: '3',
      total_gain: '21.5',
    })
  })

  it('of a period leave out what its first day itself brought', () => {
    const known = closes({ VOO: '2024-02-29 418, 2024-03-01 419, 2024-03-04 420' })
    expect(measured({ ...of, markets: known }, '2024-03-01')).toMatchObject({
      dividends: '0',
      fees: '3',
      // 6 × (420 − 419) − 3
      total_gain: '3',
    })
  })

  it.each(Object.keys(costBases) as CostBasis[])(
    'add up exactly under %s, in any history and period',
    (costBasis) => {
      fc.assert(
        fc.property(everyKind, fc.option(fc.nat(80)), (told, later) => {
          const any = ledgerOf(told, { costBasis })
          const from = later === null ? null : addDays('2020-01-02', later)
          const figures = measured(any, from)
          const standalone = any.transactions.filter(
            ({ type, date }) => type === 'fee' && (from === null || date > from),
          )
          const { realized_gain, unrealized_gain, dividends, interest, taxes, inputs } = figures
          const { transferred_gain } = inputs!
          const gained = [realized_gain, unrealized_gain, transferred_gain, dividends, interest]
          const parts = gained.map((each) => dec(each!))
          const paid = [dec(taxes!), ...standalone.map((fee) => fee.amount)]
          expect(figures.total_gain).toBe(text(sum(parts) - sum(paid)))
        }),
        seeded,
      )
    },
  )
})

describe('a period', () => {
  const of = ledger('2024-01-02 buy 10 XYZ @ 100\n2024-07-01 buy 5 XYZ @ 120', {
    markets: closes({
      XYZ: '2024-01-02 100, 2024-01-31 110, 2024-06-28 120, 2024-07-01 120, 2025-02-28 130, 2025-03-03 132',
      VOO: '2024-01-02 400, 2024-01-31 410, 2024-06-28 420, 2024-07-01 420, 2025-02-28 440, 2025-03-03 451',
    }),
    benchmarks: ['VOO'],
  })

  it('begins with what was there', () => {
    const { invested, value, twr, benchmarks, simple_return } = measured(of, '2024-01-31')
    // 1100 + 600, 15 × 132
    expect([invested, value]).toEqual(['1700', '1980'])
    // 1320/1100 × 1
    expect(twr).toBeCloseTo(132 / 110 - 1, 12)
    expect(simple_return).toBeCloseTo(280 / 1700, 15)
    expect(benchmarks['VOO']!.twr).toBeCloseTo(451 / 410 - 1, 12)
    // 1100 × 451/410 + 600 × 451/420
    expect(Number(benchmarks['VOO']!.value)).toBeCloseTo(1210 + (600 * 451) / 420, 5)
  })

  it('from before the first day is the whole history', () => {
    expect(measured(of, '2020-01-01')).toEqual({ ...measured(of), from: '2020-01-01' })
  })

  it('from a day without a value has none, and says why', () => {
    const late = measured(of, '2024-05-01')
    expect(late.total_gain).toBe(measured(of, '2024-01-31').total_gain)
    const gap = ledger('2024-01-02 buy 10 NEW @ 100 in USD\n2024-02-01 deposit 5', {
      markets: closes({ NEW: '2024-01-02 100, 2024-02-02 120, in EUR', 'EURUSD=X': '2024-02-01 1' }),
    })
    expect(measured(gap, '2024-01-02')).toMatchObject({
      total_gain: null,
      twr: null,
      reasons: {
        total_gain: 'no exchange rate from EUR to USD on 2024-01-02',
        twr: 'no exchange rate from EUR to USD on 2024-01-02',
      },
    })
  })

  it('is annualized from 365 days on', () => {
    // 2024-01-02 to 2025-03-03 is 426 days, from 2024-07-01 it is 245
    expect(measured(of).xirr).not.toBeNull()
    expect(measured(of, '2024-07-01').reasons['xirr']).toBe(
      'an annual rate needs 365 days of history; there are only 245',
    )
  })

  it('that ends in the past knows nothing of what came later', () => {
    const past = measured(of, null, '2024-06-28')
    const then = { ...of, transactions: of.transactions.slice(0, 1), today: '2024-06-28' }
    expect(past).toEqual(measured(then))
    expect(past.value).toBe('1200')
  })
})

describe('what cannot be answered', () => {
  it('is null with a reason, never 0', () => {
    const { reasons, ...figures } = measured(
      ledger('2024-01-02 buy 1 NEW @ 100 in USD', { markets: closes({ NEW: '2024-01-02 90, in EUR' }) }),
    )
    expect(figures).toMatchObject({
      value: null,
      total_gain: null,
      unrealized_gain: null,
      twr: null,
      xirr: null,
    })
    expect(figures).toMatchObject({ simple_return: null, modified_dietz: null, invested: '100' })
    expect(Object.keys(reasons)).toEqual(
      expect.arrayContaining(['value', 'total_gain', 'unrealized_gain', 'twr', 'xirr', 'modified_dietz']),
    )
    expect([...new Set(Object.values(reasons))]).toEqual(['no exchange rate from EUR to USD yet'])
  })

  it('because of one fee without a rate is value, invested, returns and gap, and nothing else', () => {
    const story = `2022-01-03 buy 10 VOO @ 400
      2022-02-01 sell 5 VOO @ 420
      2022-03-01 dividend VOO 12
      2023-03-01 fee 3`
    const known = { markets: closes({ VOO: '2022-01-03 400, 2023-03-02 440' }), benchmarks: ['VOO'] }
    const whole = measured(ledger(story, known))
    const {
      reasons,
      inputs: _,
      from: __,
      ...figures
    } = measured(ledger(`${story}\n2022-02-15 fee 5 in CAD`, known))
    const missing = 'no exchange rate from CAD to USD yet'
    const nullOnes = Object.entries(figures).filter(
      ([name, figure]) => figure === null && portfolioMetrics[name as keyof typeof portfolioMetrics]?.needs,
    )
    const rates = ['twr', 'xirr', 'modified_dietz', 'simple_return', 'volatility', 'max_drawdown', 'drawdown']
    for (const [figure] of nullOnes) expect([figure, reasons[figure]]).toEqual([figure, missing])
    expect(figures).toMatchObject({ value: null, invested: null, total_gain: null, twr: null, xirr: null })
    for (const figure of [
      'realized_gain',
      'unrealized_gain',
      'price_gain',
      'dividends',
      'cash',
      'fees',
    ] as const)
      expect([figure, figures[figure]]).toEqual([figure, whole[figure]])
    expect([figures.dividend_yield, figures.yield_on_cost]).toEqual([
      whole.dividend_yield,
      whole.yield_on_cost,
    ])
    expect(rates.every((rate) => !(rate in figures) || figures[rate as 'twr'] === null)).toBe(true)
    // the row is named
    expect(reasons['realized_gain']).toBe(`excludes the fee on 2022-02-15 (5 CAD): ${missing}`)
    expect(figures.benchmarks['VOO']).toMatchObject({ gap: null })
  })

  it('of a benchmark names it, and leaves the portfolio’s own figures', () => {
    const markets = closes({ XYZ: '2024-01-02 10, 2024-01-03 11', VOO: '2024-01-03 400' })
    const figures = measured(ledger('2024-01-02 buy 1 XYZ @ 10', { markets, benchmarks: ['VOO'] }))
    expect(new Set(Object.values(figures.benchmarks['VOO']!))).toEqual(new Set([null]))
    expect(figures.reasons['benchmarks.VOO']).toBe('no price for VOO on 2024-01-02')
    expect(figures.twr).toBeCloseTo(0.1, 12)
  })

  it('of an empty portfolio is said too', () => {
    const { reasons, ...figures } = measured(ledger('', { today: '2024-01-02' }))
    expect(figures).toMatchObject({ value: '0', invested: '0', total_gain: '0', twr: null, xirr: null })
    expect(reasons['twr']).toBe('there are no transactions yet')
  })

  it('of a first day: no volatility, no Dietz, but a return', () => {
    const of = ledger('2024-01-02 buy 1 XYZ @ 100', { markets: closes({ XYZ: '2024-01-02 95' }) })
    const { twr, modified_dietz: dietz, volatility, reasons } = measured(of)
    expect({ dietz, volatility }).toEqual({ dietz: null, volatility: null })
    expect(reasons).toMatchObject({
      modified_dietz: 'needs money invested for at least one day',
      volatility: 'needs a return on each of at least two trading days',
    })
    // money came in at the start of the day
    expect(twr).toBeCloseTo(-0.05, 12)
  })
})

describe('risk', () => {
  it('is measured on trading days: a weekend adds no calm', () => {
    const stock = '2024-01-04 100, 2024-01-05 110, 2024-01-08 99, 2024-01-09 108.9'
    const story = '2024-01-04 buy 1 XYZ @ 100'
    const plain = measured(ledger(story, { markets: closes({ XYZ: stock }) }))
    const weekend = measured(
      ledger(`${story}\n2024-01-06 deposit 0.00000001`, { markets: closes({ XYZ: stock }) }),
    )
    // log returns 0 (bought at the first day's close), ln 1.1, ln 0.9, ln 1.1
    const [up, down] = [Math.log(1.1), Math.log(0.9)]
    const mean = (2 * up + down) / 4
    const variance = (mean ** 2 + 2 * (up - mean) ** 2 + (down - mean) ** 2) / 3
    expect(plain.volatility).toBeCloseTo(Math.sqrt(variance * 252), 10)
    expect(weekend.volatility).toBeCloseTo(plain.volatility!, 6)
  })

  it('is not told over a gap, which is not one day’s return', () => {
    const of = ledger('2024-01-02 deposit 1\n2024-01-03 buy 1 XYZ @ 100 in USD', {
      markets: closes({
        XYZ: '2024-01-02 100, 2024-01-03 101, 2024-01-16 120, 2024-01-17 121, in EUR',
        'EURUSD=X': '2024-01-16 1, 2024-01-17 1',
      }),
    })
    expect(measured(of).volatility).toBeNull()
    expect(measured(of).twr).toBeGreaterThan(0)
  })

  it('of a first day is the way from the price paid to its close, as in the TWR', () => {
    // paid 100 a share, then 95, 96.9 (+2 %), 100.776 (+4 %)
    const of = ledger('2024-01-02 buy 1 XYZ @ 100', {
      markets: closes({ XYZ: '2024-01-02 95, 2024-01-03 96.9, 2024-01-04 100.776' }),
    })
    const { twr, worst_day, drawdown, volatility } = measured(of)
    expect(twr).toBeCloseTo(0.00776, 12)
    expect(worst_day).toEqual({ day: '2024-01-02', ratio: expect.closeTo(-0.05, 12) })
    // the largest fall is no smaller than the worst day
    expect(drawdown).toEqual({
      ratio: expect.closeTo(-0.05, 12),
      peak: '2024-01-02',
      trough: '2024-01-02',
      recovered: '2024-01-04',
    })
    expect(volatility).toBeCloseTo(deviation([0.95, 1.02, 1.04].map(Math.log)) * Math.sqrt(252), 12)
  })

  it('of a period is measured from the close that it begins with, on a Sunday too', () => {
    // Friday's 95, then Monday and Tuesday
    const of = ledger('2024-01-05 buy 1 XYZ @ 100', {
      markets: closes({ XYZ: '2024-01-05 95, 2024-01-08 96.9, 2024-01-09 91.086' }),
    })
    for (const from of ['2024-01-05', '2024-01-07']) {
      const { volatility, drawdown } = measured(of, from)
      expect(volatility).toBeCloseTo(deviation([1.02, 0.94].map(Math.log)) * Math.sqrt(252), 12)
      expect(drawdown).toMatchObject({ ratio: expect.closeTo(-0.06, 12), peak: '2024-01-08' })
    }
  })

  it('falls from the running peak, whatever was paid in', () => {
    const of = ledger('2024-01-02 buy 1 XYZ @ 100\n2024-01-04 deposit 1000000', {
      markets: closes({ XYZ: '2024-01-02 100, 2024-01-03 120, 2024-01-04 120, 2024-01-05 130' }),
    })
    expect(measured(of).max_drawdown).toBe(0)
    const fell = {
      ...of,
      transactions: of.transactions.slice(0, 1),
      markets: closes({ XYZ: '2024-01-02 100, 2024-01-03 120, 2024-01-04 90, 2024-01-05 130' }),
    }
    // 90/120 − 1
    expect(measured(fell).max_drawdown).toBeCloseTo(-0.25, 12)
  })
})

describe('a withdrawal that the benchmark cannot pay', () => {
  it('is capped at what there is, and said', () => {
    const { benchmarks, reasons } = measured(
      ledger('2024-01-02 buy 1 XYZ @ 100\n2024-01-03 sell 1 XYZ @ 300\n2024-01-03 withdrawal 250', {
        markets: closes({ XYZ: '2024-01-02 100', VOO: '2024-01-02 400, 2024-01-03 440, 2024-01-04 450' }),
        benchmarks: ['VOO'],
      }),
    )
    // 100 became 110, all of it went out: 110 − 100 gained; the portfolio has 50 left
    expect(benchmarks['VOO']).toMatchObject({ value: '0', gain: '10', gap: '50' })
    expect(reasons['benchmarks.VOO']).toBe(
      'VOO would have run out of money on 2024-01-03, so its withdrawals are capped',
    )
  })
})

/** Every fifth day. */
const day = (i: number) => addDays('2020-01-02', 5 * i)

/** VOO by its closes, bought on some of the days; 90 of them are more than a year. */
const onlyVoo = (cents: number[], trades: [number, number][], priceOf: (i: number) => number) => {
  const bars = cents.map((price, i) => `${day(i)} ${price / 100}`).join(', ')
  const lines = [[0, 7], ...trades].map(
    ([i, shares]) => `${day(i!)} buy ${shares} VOO @ ${priceOf(i!) / 100}`,
  )
  return measured(ledger(lines.join('\n'), { markets: closes({ VOO: bars }), benchmarks: ['VOO'] }))
}

describe('a portfolio that buys nothing but the benchmark', () => {
  const prices = fc.array(fc.integer({ min: 4000, max: 90_000 }), { minLength: 90, maxLength: 110 })
  const buys = fc.array(fc.tuple(fc.nat(89), fc.integer({ min: 1, max: 500 })), { maxLength: 12 })

  it('at its closes is worth as much and has its XIRR', () => {
    fc.assert(
      fc.property(prices, buys, (cents, trades) => {
        const { xirr, benchmarks, reasons } = onlyVoo(cents, trades, (i) => cents[i]!)
        const voo = benchmarks['VOO']!
        expect(reasons).toEqual({})
        expect(Math.abs(Number(voo.gap))).toBeLessThan(1e-5)
        expect(Math.abs(xirr! - voo.xirr!)).toBeLessThan(1e-9)
      }),
      seeded,
    )
  })

  it('at the start of a day, for the close before, has its TWR', () => {
    fc.assert(
      fc.property(prices, buys, (cents, trades) => {
        const { twr, benchmarks } = onlyVoo(cents, trades, (i) => cents[Math.max(0, i - 1)]!)
        // last close over first
        expect(Math.abs((1 + twr!) / (cents.at(-1)! / cents[0]!) - 1)).toBeLessThan(1e-9)
        expect(Math.abs((1 + twr!) / (1 + benchmarks['VOO']!.twr!) - 1)).toBeLessThan(1e-9)
      }),
      seeded,
    )
  })
})

describe('the drawdown', () => {
  it('has its days, and its recovery when there was one', () => {
    const story = '2024-01-02 buy 1 XYZ @ 100'
    const fall = '2024-01-02 100, 2024-01-03 120, 2024-01-04 90'
    const { drawdown, max_drawdown } = measured(ledger(story, { markets: closes({ XYZ: fall }) }))
    // 90/120 − 1
    expect(drawdown).toEqual({
      ratio: expect.closeTo(-0.25, 12),
      peak: '2024-01-03',
      trough: '2024-01-04',
      recovered: null,
    })
    expect(max_drawdown).toBe(drawdown!.ratio)
    const back = measured(ledger(story, { markets: closes({ XYZ: `${fall}, 2024-01-05 121` }) }))
    expect(back.drawdown).toMatchObject({ trough: '2024-01-04', recovered: '2024-01-05' })
  })
})

/** Σ(x − x̄)² ÷ (n − 1), by way of the squares. */
const deviation = (values: number[]) => {
  const total = values.reduce((all, value) => all + value, 0)
  const squares = values.reduce((all, value) => all + value * value, 0)
  return Math.sqrt((squares - total ** 2 / values.length) / (values.length - 1))
}

describe('a benchmark’s metrics', () => {
  const bars = '2024-01-02 100, 2024-01-03 104, 2024-01-04 99, 2024-02-01 97, 2024-02-02 108'

  it('are those of a portfolio that holds nothing else', () => {
    const about = { markets: closes({ VOO: bars }), benchmarks: ['VOO'] }
    const { benchmarks, reasons, ...own } = measured(ledger('2024-01-02 buy 3 VOO @ 100', about))
    const voo = benchmarks['VOO']!
    for (const figure of ['simple_return', 'modified_dietz', 'max_drawdown'] as const) {
      expect(voo[figure]).toBeCloseTo(own[figure]!, 12)
    }
    // close to close for both; the portfolio has its first day besides, bought at 100 and worth that at the close
    const returns = [104 / 100, 99 / 104, 97 / 99, 108 / 97].map(Math.log)
    expect(voo.volatility).toBeCloseTo(deviation(returns) * Math.sqrt(252), 12)
    expect(own.volatility).toBeCloseTo(deviation([0, ...returns]) * Math.sqrt(252), 12)
    expect(voo).toMatchObject({ invested: '300', gain: '24', simple_return: 24 / 300 })
    // 97/104 − 1
    expect(voo.drawdown).toMatchObject({ peak: '2024-01-03', trough: '2024-02-01', recovered: '2024-02-02' })
    expect(voo.worst_day).toMatchObject({ day: '2024-01-04' })
    // January 99/100, February 108/99
    expect([voo.worst_month!.month, voo.best_month!.month]).toEqual(['2024-01', '2024-02'])
    expect(reasons['benchmarks.VOO.xirr']).toBe('an annual rate needs 365 days of history; there are only 31')
  })

  it('that are missing say why', () => {
    const about = { markets: closes({ VOO: '2024-01-02 100, 2024-01-03 104' }), benchmarks: ['VOO'] }
    const { benchmarks, reasons } = measured(ledger('2024-01-02 deposit 100', about))
    expect(benchmarks['VOO']).toMatchObject({ volatility: null, max_drawdown: 0 })
    expect(reasons['benchmarks.VOO.volatility']).toBe('needs a return on each of at least two trading days')
  })
})

describe('the inputs', () => {
  it('are the sums that make the cash and the money put in', () => {
    fc.assert(
      fc.property(everyKind, fc.option(fc.nat(80)), (told, later) => {
        const any = ledgerOf(told)
        const { inputs, cash, dividends, interest, taxes, invested } = measured(
          any,
          later === null ? null : addDays('2020-01-02', later),
        )
        const { start_cash, start_value, deposits, withdrawals, purchases, sales, other_fees } = inputs!
        const { shares_in, shares_out, capital } = inputs!
        const held = [start_cash, deposits, sales, dividends!, interest!, capital, shares_out].map(dec)
        const paid = [purchases, other_fees, taxes!, withdrawals, shares_in].map(dec)
        expect(text(sum(held) - sum(paid))).toBe(cash)
        expect(text(dec(start_value) + dec(deposits) - dec(withdrawals))).toBe(invested)
      }),
      seeded,
    )
  })
})
