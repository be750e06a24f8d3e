import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { incomeAhead } from '../../src/metrics/income-ahead.ts'
import { addDays, type Day } from '../../src/portfolio/day.ts'
import { basisOf } from '../../src/portfolio/declared-dividend.ts'
import { sum, text } from '../../src/portfolio/decimal.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { pastLedger } from '../../src/portfolio/past-ledger.ts'
import { unitedLedger } from '../../src/portfolio/united-ledger.ts'
import { declaring } from '../portfolio/declared-quote.ts'
import { everyKind, ledgerOf, seeded } from '../portfolio/random-ledger.ts'
import { closes, dec, ledger } from '../notation.ts'

/** The example of finance.md, "Income ahead". */
const KO = `2021-01-04 60,
  2023-03-16 dividend 0.46, 2023-06-15 dividend 0.46, 2023-09-14 dividend 0.46, 2023-11-30 dividend 0.46,
  2024-03-14 dividend 0.485, 2024-06-14 dividend 0.485, 2024-09-13 dividend 0.44, 2024-11-29 dividend 0.485,
  2025-01-15 60`
const T = '2025-01-15'

const of = (story: string, known: Record<string, string> = { KO }) =>
  ledger(story, { markets: closes(known) })

describe('the income ahead (finance.md, "Income ahead")', () => {
  const income = incomeAhead(of('2024-12-02 buy 10 KO @ 50'), T)

  it('is 18.95 of 10 KO, which yields 3.16 % of 600 and 3.79 % of 500', () => {
    expect(income).toMatchObject({ as_of: T, until: '2026-01-15', expected: '18.95', reasons: {} })
    expect(income.yield).toBeCloseTo(18.95 / 600, 12)
    expect(income.yield_on_cost).toBeCloseTo(18.95 / 500, 12)
    expect(income.holdings).toMatchObject([
      { symbol: 'KO', shares: '10', expected: '18.95', known_since: null },
    ])
  })

  it('has grown by 2.99 %', () => {
    // 1.895 ÷ 1.84 − 1
    expect(income.growth).toBeCloseTo(0.0298913043, 9)
    expect(income.holdings[0]!.growth).toBe(income.growth)
  })

  it('names the cut of September', () => {
    expect(income.cuts).toMatchObject([
      { symbol: 'KO', ex_date: '2024-09-13', per_share: '0.44', before_ex_date: '2023-09-14' },
    ])
    expect(income.cuts[0]!.change).toBeCloseTo(-0.02 / 0.46, 12)
  })

  it('has every month, the first and the last in part', () => {
    expect(income.months.map(({ month }) => month)).toEqual([
      ...Array.from({ length: 12 }, (_, i) => `2025-${String(i + 1).padStart(2, '0')}`),
      '2026-01',
    ])
    expect(income.months.filter(({ expected }) => expected !== '0')).toEqual([
      { month: '2025-03', expected: '4.85', declared: '0' },
      { month: '2025-06', expected: '4.85', declared: '0' },
      { month: '2025-09', expected: '4.4', declared: '0' },
      { month: '2025-11', expected: '4.85', declared: '0' },
    ])
    expect(incomeAhead(of('2024-12-02 buy 10 KO @ 50'), '2024-12-31').months).toHaveLength(12)
  })

  it('counts what is declared by what the source says of it, and says how much of a month that is', () => {
    const markets = declaring(KO, { exDay: '2025-03-14', payDay: '2025-04-01', dividendRate: '2.04' })
    const ahead = incomeAhead(ledger('2024-12-02 buy 10 KO @ 50', { markets, today: T }), T)
    // 18.95 − 4.85 + 10 × 2.04 ÷ 4
    expect(ahead.expected).toBe('19.2')
    expect(ahead.months.filter(({ expected }) => expected !== '0').slice(0, 2)).toEqual([
      { month: '2025-03', expected: '5.1', declared: '5.1' },
      { month: '2025-06', expected: '4.85', declared: '0' },
    ])
    const [first, second] = ahead.dividends
    expect(first).toMatchObject({
      basis: 'declared',
      declares: { ex_date: true, per_share: true },
      per_share: '0.51',
      follows_per_share: '0.485',
      pay_date: '2025-04-01',
    })
    expect([first!, second!].map(basisOf)).toEqual(['declared', 'last year’s pattern'])
    const without = { basis: 'declared' as const, declares: { ex_date: false, per_share: false } }
    expect(basisOf(without)).toBe('declared; last year’s amount and ex-date')
  })

  it('names the cut that is announced, before those that have come', () => {
    const markets = declaring(KO, { exDay: '2025-03-14', dividendRate: '1.6' })
    const { cuts } = incomeAhead(ledger('2024-12-02 buy 10 KO @ 50', { markets, today: T }), T)
    expect(
      cuts.map(({ ex_date, per_share, before_per_share }) => [ex_date, per_share, before_per_share]),
    ).toEqual([
      ['2025-03-14', '0.4', '0.485'],
      ['2024-09-13', '0.44', '0.46'],
    ])
  })

  it('says what each dividend repeats', () => {
    expect(income.dividends[0]).toMatchObject({
      ex_date: '2025-03-14',
      basis: 'last_year',
      follows: '2024-03-14',
      per_share: '0.485',
      expected: '4.85',
      late: false,
    })
  })

  it('has no growth of a symbol that is known for less than two years, and says so', () => {
    const known = { KO, NEW: '2024-03-01 10, 2024-06-03 dividend 0.5, 2025-01-15 10' }
    const both = incomeAhead(of('2024-12-02 buy 10 KO @ 50\n2024-12-02 buy 10 NEW @ 10', known), T)
    const young = both.holdings.find(({ symbol }) => symbol === 'NEW')!
    expect(young).toMatchObject({ expected: '5', growth: null, known_since: '2024-03-01' })
    expect(young.reasons.growth).toBe('dividends of NEW are known only since 2024-03-01')
    expect(both.growth).toBe(income.growth)
  })

  it('leaves out, by name, what no rate converts', () => {
    const known = { KO, SAP: 'in EUR, 2021-01-04 90, 2024-05-16 dividend 2, 2025-01-10 100' }
    const both = incomeAhead(of('2024-12-02 buy 10 KO @ 50\n2024-12-02 buy 10 SAP @ 90 in USD', known), T)
    expect(both).toMatchObject({
      expected: '18.95',
      left_out: [{ symbol: 'SAP', reason: 'no exchange rate from EUR to USD' }],
    })
    expect(both.yield).toBe(income.yield)
  })

  it('of nothing is 0, without a yield', () => {
    expect(incomeAhead(of('2024-12-02 deposit 5'), T)).toMatchObject({
      expected: '0',
      yield: null,
      reasons: { yield: 'no shares are held', yield_on_cost: 'no shares are held' },
      holdings: [],
      dividends: [],
    })
  })

  it('of a group is the sum of its members', () => {
    const [a, b] = ['2024-12-02 buy 10 KO @ 50', '2024-11-01 buy 5 KO @ 40'].map((story) => of(story))
    const members = [a!, b!].map((own, i) => ({ id: `${i}`, name: `${i}`, ledger: own }))
    const together = incomeAhead(unitedLedger(members, a!), T)
    // 15 × 1.895; cost 500 + 200
    expect(together).toMatchObject({ expected: '28.425', holdings: [{ symbol: 'KO', shares: '15' }] })
    expect(together.yield_on_cost).toBeCloseTo(28.425 / 700, 12)
    expect(together.growth).toBe(income.growth)
  })
})

const START: Day = '2020-01-02'
const dividends = fc.array(
  fc.record({
    symbol: fc.constantFrom('AAA', 'BBB'),
    day: fc.nat(500).map((days) => addDays(START, days)),
    amount: fc.integer({ min: 1, max: 500 }).map((cents) => cents / 100),
  }),
  { minLength: 1, maxLength: 12 },
)

/** The same ledger, whose source lists these dividends besides. */
function paying(
  own: Ledger,
  list: readonly { symbol: string; day: Day; amount: number }[],
  times = 1,
): Ledger {
  const markets = new Map(
    [...own.markets].map(([symbol, market]) => {
      const byDay = new Map(list.filter((each) => each.symbol === symbol).map((each) => [each.day, each]))
      const paid = [...byDay.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1))
      return [
        symbol,
        { ...market, dividends: paid.map(({ day, amount }) => ({ day, amount: amount * times })) },
      ]
    }),
  )
  return { ...own, markets }
}

describe('of any ledger', () => {
  it('the months, the holdings and the dividends have one sum', () => {
    fc.assert(
      fc.property(everyKind, dividends, fc.nat(200), (history, list, later) => {
        const own = paying(ledgerOf(history), list)
        const { expected, months, holdings, dividends: each } = incomeAhead(own, addDays(own.today, later))
        const total = (rows: readonly { expected: string | null }[]) =>
          text(sum(rows.map((row) => dec(row.expected!))))
        expect([total(months), total(holdings), total(each)]).toEqual([expected, expected, expected])
      }),
      seeded,
    )
  })

  it('only what is held has income ahead', () => {
    fc.assert(
      fc.property(everyKind, dividends, (history, list) => {
        const own = paying(ledgerOf(history), list)
        const sold = { ...own, transactions: [] }
        expect(incomeAhead(sold, own.today)).toMatchObject({ expected: '0', holdings: [], dividends: [] })
      }),
      seeded,
    )
  })

  it('twice the shares have twice the income, and the same yield and growth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), dividends, (shares, list) => {
        const of = (count: number) =>
          incomeAhead(
            paying(
              ledger(`${START} buy ${count} AAA @ 10`, {
                markets: closes({ AAA: '2017-01-03 10, 2021-06-01 12' }),
              }),
              list,
            ),
            '2021-06-01',
          )
        const [one, two] = [of(shares), of(2 * shares)]
        expect(dec(two.expected)).toBe(2n * dec(one.expected))
        expect(two.yield).toBeCloseTo(one.yield!, 12)
        expect(two.growth ?? -2).toBeCloseTo(one.growth ?? -2, 12)
      }),
      seeded,
    )
  })

  it('a split changes nothing', () => {
    const split = (shares: number, ratio: string, list: Parameters<typeof paying>[1], times: number) =>
      incomeAhead(
        paying(
          ledger(`${START} buy ${shares} AAA @ 10`, {
            markets: closes({ AAA: `2017-01-03 10, 2021-05-03 split ${ratio}, 2021-06-01 12` }),
          }),
          list,
          times,
        ),
        '2021-06-01',
      )
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), dividends, (shares, list) => {
        // the source's amounts are in today's units: half of what was paid
        const [before, after] = [split(shares, '1:1', list, 1), split(shares, '2:1', list, 0.5)]
        expect(after.expected).toBe(before.expected)
        expect(after.months).toEqual(before.months)
        expect(after.cuts.map(({ ex_date }) => ex_date)).toEqual(before.cuts.map(({ ex_date }) => ex_date))
      }),
      seeded,
    )
  })

  it('a past day does not know what was paid later', () => {
    fc.assert(
      fc.property(everyKind, dividends, fc.nat(60), (history, list, back) => {
        const own = ledgerOf(history)
        const day = addDays(own.today, -back)
        const until = list.filter((each) => each.day <= day)
        expect(incomeAhead(pastLedger(paying(own, list), day), day)).toEqual(
          incomeAhead(pastLedger(paying(own, until), day), day),
        )
      }),
      seeded,
    )
  })
})
