import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { months } from '../../src/metrics/months.ts'
import { twrIndex } from '../../src/metrics/twr.ts'
import { toNumber } from '../../src/portfolio/decimal.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { closes, ledger, measured } from '../notation.ts'
import { everyKind, ledgerOf, seeded } from '../portfolio/random-ledger.ts'

const monthsOf = (of: Ledger) => months(of, valuations(of, of.today))

describe('months (finance.md, "Months")', () => {
  const of = ledger(
    `2023-11-15 buy 10 X @ 95
     2024-01-10 deposit 1000`,
    {
      markets: closes({
        X: '2023-11-15 100, 2023-11-30 110, 2023-12-29 99, 2024-01-10 99, 2024-01-31 108.9',
        Y: '2023-11-15 50, 2023-11-30 51, 2023-12-29 51, 2024-01-31 49.47',
      }),
      benchmarks: ['Y', 'NEW'],
    },
  )

  it('are the time-weighted returns to their ends, and those less the benchmark’s', () => {
    const near = (each: number) => expect.closeTo(each, 12)
    // 1100 ÷ 950; 990 ÷ 1100; (1089 + 1000) ÷ (990 + 1000), the deposit having done nothing
    expect(monthsOf(of).months).toEqual([
      {
        name: '2023-11',
        to: '2023-11-30',
        twr: near(1100 / 950 - 1),
        // from the close of the first day: 51 ÷ 50
        benchmarks: { Y: near(0.02), NEW: null },
        excess: { Y: near(1100 / 950 - 1 - 0.02), NEW: null },
      },
      {
        name: '2023-12',
        to: '2023-12-29',
        twr: near(-0.1),
        benchmarks: { Y: 0, NEW: null },
        excess: { Y: near(-0.1), NEW: null },
      },
      {
        name: '2024-01',
        to: '2024-01-31',
        twr: near(2089 / 1990 - 1),
        benchmarks: { Y: near(-0.03), NEW: null },
        excess: { Y: near(2089 / 1990 - 1 + 0.03), NEW: null },
      },
    ])
  })

  it('hold a fixed rate to the ends of the calendar, whatever the last session was', () => {
    const rated = ledger('2022-11-30 buy 1 X @ 100', {
      // 2022-12-30 and 2023-09-29 are Fridays
      markets: closes({
        X: '2022-11-30 100, 2022-12-30 101, 2023-09-01 102, 2023-09-29 103, 2024-01-02 104',
      }),
      benchmarks: ['4 %'],
    })
    const { months: found, years } = monthsOf(rated)
    const theirs = (parts: typeof found) =>
      Object.fromEntries(parts.map(({ name, benchmarks }) => [name, benchmarks['4 %']]))
    const after = (days: number) => expect.closeTo(1.04 ** (days / 365) - 1, 12)
    // from the close of the first day, and up to that of the last
    expect(theirs(years)).toEqual({ 2022: after(31), 2023: after(365), 2024: after(2) })
    // 273 days from the end of 2022 to that of September, and 94 more: two months had no session
    expect(theirs(found)).toEqual({
      '2022-11': 0,
      '2022-12': after(31),
      '2023-09': after(273),
      '2024-01': after(94),
    })
    const { best_month } = measured(rated).benchmarks['4 %']!
    expect(best_month).toEqual({ month: '2023-09', ratio: after(273) })
  })

  it('are compounded to their years', () => {
    const { years } = monthsOf(of)
    expect(years.map(({ name, to }) => [name, to])).toEqual([
      ['2023', '2023-12-29'],
      ['2024', '2024-01-31'],
    ])
    expect(years[0]!.twr).toBeCloseTo((1100 / 950) * 0.9 - 1, 12)
    expect(years[0]!.excess['Y']).toBeCloseTo((1100 / 950) * 0.9 - 1 - 0.02, 12)
  })

  it('of a portfolio against itself have no excess', () => {
    const same = ledger('2023-11-15 buy 10 X @ 100', { markets: of.markets, benchmarks: ['X'] })
    const { months: all, years } = monthsOf(same)
    for (const { excess } of [...all, ...years]) expect(excess).toEqual({ X: 0 })
  })

  it('are none of an empty ledger', () => {
    expect(monthsOf(ledger('', { today: '2024-01-02' }))).toEqual({ since: null, months: [], years: [] })
  })

  it('law: those of a year compound to the year, and the years to the whole, of any ledger', () => {
    fc.assert(
      fc.property(everyKind, (told) => {
        const whole = ledgerOf(told, { benchmarks: ['BBB', '60 AAA + 40 BBB'] })
        const { months: all, years } = monthsOf(whole)
        const compound = (parts: (number | null)[]) =>
          parts.includes(null) ? null : parts.reduce<number>((product, each) => product * (1 + each!), 1) - 1
        // as far as doubles go
        const close = (a: number | null, b: number | null) =>
          expect(a === null || b === null ? a === b : Math.abs(a - b) <= 1e-8 * (1 + Math.abs(b))).toBe(true)
        for (const year of years) {
          const own = all.filter(({ name }) => name.startsWith(year.name))
          close(compound(own.map(({ twr }) => twr)) ?? year.twr, year.twr)
          const other = compound(own.map(({ benchmarks }) => benchmarks['BBB']!))
          close(other ?? year.benchmarks['BBB']!, year.benchmarks['BBB']!)
        }
        const { twr } = measured(whole)
        const product = compound(years.map((year) => year.twr))
        if (product !== null && years.length > 0) close(product, twr)
      }),
      seeded,
    )
  })

  it('law: each is the quotient of the index on two days that plain steps find', () => {
    fc.assert(
      fc.property(everyKind, (told) => {
        const of = ledgerOf(told)
        const series = valuations(of, of.today)
        const flows = series.days.map((_, i) => ({
          deposits: toNumber(series.deposits[i]!),
          withdrawals: toNumber(series.withdrawals[i]!),
        }))
        const index = twrIndex(
          series.value.map((value) => (value === null ? null : toNumber(value))),
          flows,
        )
        for (const { name, to, twr } of monthsOf(of).months) {
          const last = series.days.findLastIndex((day) => day.startsWith(name))
          const before = series.days.findLastIndex((day) => day < `${name}-01`)
          const base = before < 0 ? 1 : index[before]!
          expect(to).toBe(series.days[last])
          expect(twr).toBe(base === 0 ? null : index[last]! / base - 1)
        }
      }),
      seeded,
    )
  })
})
