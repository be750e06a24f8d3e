import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayNumber } from '../../src/portfolio/day.ts'
import { divide, ONE, text, toNumber } from '../../src/portfolio/decimal.ts'
import { holdings } from '../../src/portfolio/holding.ts'
import { type Ledger, positions, priceOn } from '../../src/portfolio/ledger.ts'
import { historyOf } from '../../src/portfolio/price-history.ts'
import { inOrder } from '../../src/portfolio/transaction.ts'
import { settledBefore, valuations } from '../../src/portfolio/valuation.ts'
import { closes, ledger, measured } from '../notation.ts'
import { countedProducts } from './counted-products.ts'
import { history, ledgerOf, seeded, withoutSplits } from './random-ledger.ts'

/** `2024-01-02 4000 + 0`: holdings and cash at the end of each day, or why not. */
function told(of: Ledger, to = of.today): string[] {
  const { days, value, cash, reasons } = valuations(of, to)
  return days.map((day, i) => {
    const worth = value[i]
    return `${day} ${worth == null ? reasons.get(i) : `${text(worth - cash[i]!)} + ${text(cash[i]!)}`}`
  })
}

describe('AAPL 4:1 on 2020-08-31 (finance.md, "Splits")', () => {
  const markets = closes({
    AAPL: '2020-08-28 124.8075027466, 2020-08-31 129.0399932861, 2020-08-31 split 4:1',
  })
  const of = ledger('2020-08-28 buy 10 AAPL @ 499.23', { markets })

  it('is worth 5161.599731 after the split', () => {
    // 10 × 4 × 129.0399932861
    expect(toNumber(valuations(of, of.today).value.at(-1)!)).toBeCloseTo(5161.599731, 6)
  })

  it('has not lost the 74 % of a naive 10 × 129.04', () => {
    const [before, after] = valuations(of, of.today).value.map((value) => toNumber(value!))
    // 129.0399932861 / 124.8075027466 − 1, not 10 × 129.04 / 4992.30 − 1
    expect(after! / before! - 1).toBeCloseTo(0.033912, 6)
  })
})

describe('a daily value', () => {
  it('is holdings at the close + cash', () => {
    const of = ledger(
      `2024-01-02 deposit 5000
       2024-01-02 buy 10 VOO @ 400 fee 1
       2024-01-04 sell 5 VOO @ 410
       2024-01-05 dividend VOO 12.50
       2024-01-08 withdrawal 1000`,
      {
        markets: closes({
          VOO: '2024-01-02 402, 2024-01-03 405, 2024-01-04 411, 2024-01-05 412, 2024-01-08 413',
        }),
      },
    )
    expect(told(of)).toEqual([
      '2024-01-02 4020 + 999',
      '2024-01-03 4050 + 999',
      '2024-01-04 2055 + 3049',
      '2024-01-05 2060 + 3061.5',
      '2024-01-08 2065 + 2061.5',
    ])
  })

  it('carries Friday’s close over a weekend with a transaction', () => {
    const of = ledger('2024-01-05 buy 1 VOO @ 400\n2024-01-06 buy 1 VOO @ 400', {
      markets: closes({ VOO: '2024-01-05 401, 2024-01-08 405' }),
    })
    expect(told(of)).toEqual(['2024-01-05 401 + 0', '2024-01-06 802 + 0', '2024-01-08 810 + 0'])
  })

  it('carries a close however old, and never takes a later one', () => {
    const of = ledger('2024-01-02 buy 1 VOO @ 400\n2024-01-02 buy 1 QQQ @ 300', {
      markets: closes({
        VOO: '2024-01-02 400, 2024-01-30 410',
        QQQ: '2024-01-02 300, 2024-01-09 301, 2024-01-10 302, 2024-01-30 303',
      }),
    })
    expect(told(of)).toEqual([
      '2024-01-02 700 + 0',
      '2024-01-09 701 + 0',
      '2024-01-10 702 + 0',
      '2024-01-30 713 + 0',
    ])
  })

  it('has the days on which the exchange rate alone moved, and a period begins at that of its day', () => {
    const of = ledger('2018-12-14 buy 10 CCC @ 3', {
      baseCurrency: 'EUR',
      markets: closes({
        CCC: '2018-12-14 3, 2018-12-28 3',
        'USDEUR=X': 'in EUR, 2018-12-13 0.5, 2018-12-21 0.8',
      }),
    })
    // 10 × 3 × 0.5, then × 0.8
    expect(told(of)).toEqual(['2018-12-14 15 + 0', '2018-12-21 24 + 0', '2018-12-28 24 + 0'])
    expect(measured(of, '2018-12-22')).toMatchObject({ invested: '24', total_gain: '0', twr: 0 })
    // the share had no session on that day
    expect(valuations(of, of.today).sessions).toEqual([true, false, true])
  })

  it('before a symbol’s first close is what was paid for it', () => {
    const of = ledger('2024-01-02 buy 1 NEW @ 20', { markets: closes({ NEW: '2024-01-03 21' }) })
    expect(told(of)[0]).toBe('2024-01-02 20 + 0')
  })

  it('takes the latest price today and on any day before, whatever its age', () => {
    const of = ledger('2024-01-02 buy 1 VOO @ 400', {
      markets: closes({ VOO: '2024-01-02 400' }),
      today: '2024-03-01',
    })
    expect(told(of)).toEqual(['2024-01-02 400 + 0', '2024-03-01 400 + 0'])
    expect(told(of, '2024-02-29').at(-1)).toBe('2024-02-29 400 + 0')
  })

  it('splits once when the owner recorded what the source knows', () => {
    const of = ledger('2024-01-02 buy 1 XYZ @ 100\n2024-01-04 split XYZ 2:1', {
      markets: closes({ XYZ: '2024-01-02 50, 2024-01-03 51, 2024-01-03 split 2:1' }),
    })
    expect(told(of)).toEqual(['2024-01-02 100 + 0', '2024-01-03 102 + 0', '2024-01-04 102 + 0'])
  })

  it('asks no price of what is sold out', () => {
    const of = ledger('2024-01-02 buy 1 GONE @ 20\n2024-01-03 sell 1 GONE @ 30\n2024-03-01 deposit 1', {
      markets: closes({ GONE: '2024-01-02 20' }),
      today: '2024-06-03',
    })
    expect(told(of, '2024-03-01')).toEqual(['2024-01-02 20 + 0', '2024-01-03 0 + 30', '2024-03-01 0 + 31'])
  })

  it('has the days of a benchmark too, from the first transaction on', () => {
    const of = ledger('2024-01-03 deposit 100', {
      markets: closes({ VOO: '2024-01-02 400, 2024-01-03 401, 2024-01-04 402' }),
      benchmarks: ['VOO'],
    })
    expect(valuations(of, '2024-01-04').days).toEqual(['2024-01-03', '2024-01-04'])
  })

  it('counts no dividend that the source knows and the owner did not get', () => {
    const of = ledger('2024-01-02 buy 1 VOO @ 400', {
      markets: closes({ VOO: '2024-01-02 400, 2024-01-03 398, 2024-01-03 dividend 2' }),
    })
    expect(told(of)).toEqual(['2024-01-02 400 + 0', '2024-01-03 398 + 0'])
  })

  it('does not exist before the first transaction', () => {
    expect(told(ledger('', { markets: closes({ VOO: '2024-01-02 400' }) }))).toEqual([])
    expect(told(ledger('2024-01-02 deposit 1'), '2024-01-01')).toEqual([])
  })
})

describe('invested', () => {
  it('is what was paid in less what was taken out, inferred deposits among it', () => {
    const series = valuations(
      ledger(`
        2024-01-02 deposit 100
        2024-01-03 buy 1 VOO @ 400
        2024-01-04 sell 1 VOO @ 500
        2024-01-05 withdrawal 450
      `),
      '2024-01-05',
    )
    expect(series.invested.map(text)).toEqual(['100', '400', '400', '-50'])
    expect(series.deposits.map(text)).toEqual(['100', '300', '0', '0'])
    expect(series.withdrawals.map(text)).toEqual(['0', '0', '0', '450'])
  })
})

/** The trades on `day` and after it in new shares: twice as many at half the price. */
const halved = (story: string, day: string) =>
  story.replaceAll(/^(\S+) (buy|sell) (\S+) (\w+) @ (\S+)/gm, (line, date, type, shares, symbol, price) =>
    date < day ? line : `${date} ${type} ${times2(shares)} ${symbol} @ ${half(price)}`,
  )
const times2 = (shares: string) => (Number(shares) * 2).toFixed(8)
const half = (price: string) => (Number(price) / 2).toFixed(3)
const bars = (items: string, from: string) =>
  items.replaceAll(/(\d{4}-\S+) ([\d.]+)(?=,|$)/g, (item, day, close) =>
    day < from ? item : `${day} ${half(close)}`,
  )
const values = (of: Ledger) => valuations(of, of.today).value

describe('a split in the middle of a history', () => {
  it('that the source knows changes no value', () => {
    fc.assert(
      fc.property(withoutSplits, fc.nat(60), ({ text: story, market }, later) => {
        const day = new Date(Date.UTC(2020, 0, 2 + later)).toISOString().slice(0, 10)
        const split = Object.fromEntries(
          Object.entries(market).map(([symbol, items]) => [symbol, `${bars(items, '')}, ${day} split 2:1`]),
        )
        expect(values(ledgerOf({ text: halved(story, day), market: split }))).toEqual(
          values(ledgerOf({ text: story, market })),
        )
      }),
      seeded,
    )
  })

  it('that only the owner recorded makes the same of two lots as of their sum', () => {
    const of = ledger(
      `2019-11-01 buy 77 CCC @ 1
       2019-11-02 buy 26.71390979 CCC @ 1
       2020-01-07 split CCC 7:3`,
      { markets: closes({ CCC: '2020-01-08 400' }) },
    )
    // 103.71390979 × 7 ÷ 3 = 241.99912284333…; each lot by itself: 179.6666666667 + 62.3324561767, one more;
    // 77 of the sum’s 103.71390979 are 179.66666666664…, and the last lot takes the rest
    const [position] = positions(of, of.today)
    expect(position!.lots.map(({ shares }) => text(shares))).toEqual(['179.6666666666', '62.3324561767'])
    expect(text(position!.shares)).toBe('241.9991228433')
    expect(text(holdings(of, of.today)[0]!.value)).toBe('96799.64913732')
    // 103.72 came in for 103.71390979
    expect(told(of).at(-1)).toBe('2020-01-08 96799.64913732 + 0.00609021')
  })

  it('that only the owner recorded changes no value either', () => {
    fc.assert(
      fc.property(withoutSplits, fc.nat(60), ({ text: story, market }, later) => {
        const day = new Date(Date.UTC(2020, 0, 2 + later)).toISOString().slice(0, 10)
        const lower = Object.fromEntries(
          Object.entries(market).map(([symbol, items]) => [symbol, bars(items, day)]),
        )
        const recorded = `${halved(story, day)}\n${day} split AAA 2:1\n${day} split BBB 2:1`
        const of = ledgerOf({ text: story, market })
        const other = valuations(ledgerOf({ text: recorded, market: lower }, { today: of.today }), of.today)
        const whole = valuations(of, of.today)
        const same = other.days.flatMap((each, i) => (whole.days.includes(each) ? [other.value[i]] : []))
        // before the story's first day the recorded split may stand alone
        expect(same).toEqual(whole.value)
      }),
      seeded,
    )
  })
})

describe('the series of any history', () => {
  it('has columns of one length, a reason for each missing value, and each day once', () => {
    fc.assert(
      fc.property(history, (random) => {
        const of = ledgerOf(random)
        const { days, reasons, ...columns } = valuations(of, of.today)
        expect(Object.values(columns).map((column) => column.length)).toEqual(Array(6).fill(days.length))
        expect([...reasons.keys()]).toEqual(columns.value.flatMap((value, i) => (value === null ? [i] : [])))
        expect(days).toEqual([...new Set(days)].toSorted())
      }),
      seeded,
    )
  })

  it('does not depend on the order of arrival', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (random, chance) => {
        const of = ledgerOf(random)
        const mixed = of.transactions
          .map((each) => ({ each, key: chance.next().value! }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ each }) => each)
        expect(valuations({ ...of, transactions: inOrder(mixed) }, of.today)).toEqual(
          valuations(of, of.today),
        )
      }),
      seeded,
    )
  })
})

/** The plain sum of a day, from its positions: every product exact, one rounding. */
function plainSum(of: Ledger, day: string): bigint | null {
  let total = 0n
  for (const { symbol, shares } of positions(of, day)) {
    if (shares === 0n) continue
    const priced = priceOn(of, symbol, day)
    if ('reason' in priced) return null
    total += shares * priced.price
  }
  return divide(total, ONE)
}

describe('a walk along each history', () => {
  it('adds up to the plain sum of every day, to the last digit', () => {
    fc.assert(
      fc.property(history, (random) => {
        const of = ledgerOf(random)
        const { days, value, cash } = valuations(of, of.today)
        expect(value.map((worth, i) => (worth === null ? null : worth - cash[i]!))).toEqual(
          days.map((day) => plainSum(of, day)),
        )
      }),
      seeded,
    )
  })

  it('looks up one price for every day and symbol held', () => {
    const days = ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05']
    const own = ledger(
      '2024-01-02 buy 1 VOO @ 400\n2024-01-03 buy 1 QQQ @ 300\n2024-01-05 sell 1 VOO @ 400',
      {
        markets: closes({
          VOO: days.map((day) => `${day} 400`).join(', '),
          QQQ: days.map((day) => `${day} 300`).join(', '),
        }),
      },
    )
    // VOO on three days, QQQ on three
    expect(countedProducts(() => valuations(own, '2024-01-05'))).toBe(6)
    // a new quote: QQQ, today
    const settled = settledBefore(valuations(own, '2024-01-05'), '2024-01-05')
    expect(countedProducts(() => valuations(own, '2024-01-05', settled))).toBe(1)
  })
})

/** Every close from a day on, moved by a tenth. */
function requoted(of: Ledger, from: string): Ledger {
  const markets = [...of.markets].map(([symbol, known]) => {
    const { days } = known.prices
    const moved = Array.from(known.prices.closes, (close, i) =>
      days[i]! < dayNumber(from) ? close : (close * 11n) / 10n,
    )
    return [symbol, { ...known, prices: historyOf([...days], moved) }] as const
  })
  return { ...of, markets: new Map(markets) }
}

describe('new prices', () => {
  it('of any day on leave what is settled before it, and the rest is as if all were reckoned anew', () => {
    fc.assert(
      fc.property(history, fc.nat(40), (random, at) => {
        const of = ledgerOf(random)
        const series = valuations(of, of.today)
        const from = series.days[at % series.days.length] ?? of.today
        const other = requoted(of, from)
        expect(valuations(other, of.today, settledBefore(series, from))).toEqual(valuations(other, of.today))
      }),
      seeded,
    )
  })

  it('do not change positions', () => {
    fc.assert(
      fc.property(history, (random) => {
        const of = ledgerOf(random)
        const other = requoted(of, of.today)
        expect(holdings(other, of.today, positions(of, of.today))).toEqual(holdings(other, of.today))
      }),
      seeded,
    )
  })

  it('never settle the last day: it need not be one with a close', () => {
    const of = ledger('2024-01-05 buy 1 VOO @ 400', {
      markets: closes({ VOO: '2024-01-05 400' }),
      today: '2024-01-07',
    })
    const sunday = valuations(of, '2024-01-07')
    const known = { ...of, markets: closes({ VOO: '2024-01-05 400, 2024-01-08 410' }), today: '2024-01-08' }
    expect(valuations(known, '2024-01-08', settledBefore(sunday, '2024-01-08'))).toEqual(
      valuations(known, '2024-01-08'),
    )
  })
})
