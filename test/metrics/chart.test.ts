import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chart, type Chart, concat, splitLastDay, range, decimated } from '../../src/metrics/chart.ts'
import { addDays } from '../../src/portfolio/day.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { closes, ledger, measured } from '../notation.ts'
import { history, ledgerOf, seeded } from '../portfolio/random-ledger.ts'

const charted = (of: Ledger): Chart => chart(of, valuations(of, of.today))

const of = ledger('2024-01-02 buy 10 XYZ @ 100\n2024-01-04 deposit 320', {
  markets: closes({
    XYZ: '2024-01-02 100, 2024-01-03 110, 2024-01-04 112, 2024-01-05 121',
    VOO: '2024-01-02 400, 2024-01-03 420, 2024-01-04 400, 2024-01-05 441',
  }),
  benchmarks: ['VOO'],
})

const emptyChart: Chart = { days: [], value: [], invested: [], twr: [], benchmarks: {} }

describe('a chart', () => {
  it('has the value, what was paid in and the return of each day, and those of the benchmark', () => {
    expect(charted(of)).toEqual({
      days: ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05'],
      // in cents
      value: [100_000, 110_000, 144_000, 153_000],
      invested: [100_000, 100_000, 132_000, 132_000],
      // 1.1; × 1440/(1100 + 320); × 1530/1440
      twr: [0, 0.1, 0.11549296, 0.18521127],
      benchmarks: {
        // 2.5 units, from the 4th on 320/400 = 0.8 more
        VOO: { value: [100_000, 105_000, 132_000, 145_530], twr: [0, 0.05, 0, 0.1025] },
      },
    })
  })

  it('ends with the same figures as the performance', () => {
    fc.assert(
      fc.property(history, (told) => {
        const any = ledgerOf(told, { benchmarks: ['AAA'] })
        if (any.transactions.length === 0) return
        const lines = charted(any)
        const figures = measured(any)
        expect(lines.value.at(-1)).toBe(Math.round(Number(figures.value) * 100))
        expect(lines.twr.at(-1)).toBeCloseTo(figures.twr!, 7)
        expect(lines.benchmarks['AAA']!.twr.at(-1)).toBeCloseTo(figures.benchmarks['AAA']!.twr!, 7)
        const columns = [lines.value, lines.invested, lines.twr, ...Object.values(lines.benchmarks['AAA']!)]
        expect(columns.map((column) => column.length)).toEqual(Array(5).fill(lines.days.length))
      }),
      seeded,
    )
  })

  it('carries a close over a day without one, and has no point of a benchmark before its first', () => {
    const gap = ledger('2024-01-02 buy 1 XYZ @ 100\n2024-01-20 deposit 50', {
      markets: closes({ XYZ: '2024-01-02 100, 2024-01-22 120', VOO: '2024-01-20 400, 2024-01-22 440' }),
      benchmarks: ['VOO'],
    })
    expect(charted(gap)).toMatchObject({
      days: ['2024-01-02', '2024-01-20', '2024-01-22'],
      value: [10_000, 15_000, 17_000],
      // 170/(100 + 50)
      twr: [0, 0, 0.13333333],
      // the first deposit had no price: its units are not known, nor is its value ever
      benchmarks: { VOO: { value: [null, null, null], twr: [null, 0, 0.1] } },
    })
  })

  it('is empty without transactions', () => {
    expect(charted(ledger(''))).toEqual(emptyChart)
  })
})

describe('a chart in two parts', () => {
  it('is the same when joined again', () => {
    fc.assert(
      fc.property(history, (told) => {
        const whole = charted(ledgerOf(told, { benchmarks: ['AAA', 'BBB'] }))
        const { settled, last } = splitLastDay(whole)
        expect(concat(settled, last)).toEqual(whole)
        expect(last.days).toEqual(whole.days.slice(-1))
      }),
      seeded,
    )
  })

  it('takes a day that both have from the later part', () => {
    const whole = charted(of)
    const { last } = splitLastDay(whole)
    const newer: Chart = { ...last, value: [999] }
    expect(concat(whole, newer).days).toEqual(whole.days)
    expect(concat(whole, newer).value).toEqual([100_000, 110_000, 144_000, 999])
  })

  it('joins a new day, and a benchmark that the settled part does not know', () => {
    const { settled, last } = splitLastDay(charted(of))
    const other: Chart = { ...last, benchmarks: { QQQ: { value: [1], twr: [0.5] } } }
    expect(concat(settled, other).benchmarks).toEqual({
      QQQ: { value: [null, null, null, 1], twr: [null, null, null, 0.5] },
    })
  })

  it('may have no days in one of them', () => {
    const whole = charted(of)
    expect(concat(emptyChart, whole)).toEqual(whole)
    expect(splitLastDay(emptyChart)).toEqual({ settled: emptyChart, last: emptyChart })
  })
})

describe('a chart for a picture of 10 pixel columns', () => {
  const days = Array.from({ length: 100 }, (_, i) => addDays('2024-01-01', i))
  const flat: Chart = {
    days,
    // one peak and one low, neither at the end of anything
    value: days.map((_, i) => (i === 37 ? 900 : i === 62 ? 100 : 500)),
    invested: days.map(() => 500),
    twr: days.map((_, i) => i / 30_000),
    benchmarks: { VOO: { value: days.map(() => 400), twr: days.map((_, i) => (i === 55 ? 0.5 : null)) } },
  }
  const thin = decimated(flat, 10)

  it('has at most some days for each column, the first and the last of all among them', () => {
    expect(thin.days.length).toBeLessThan(50)
    expect([thin.days[0], thin.days.at(-1)]).toEqual([days[0], days[99]])
  })

  it('keeps the highest and the lowest figure of each line, with what the others were on those days', () => {
    expect([Math.max(...(thin.value as number[])), Math.min(...(thin.value as number[]))]).toEqual([900, 100])
    // 37/30000 = 0.00123
    expect(thin.twr[thin.value.indexOf(900)]).toBe(0.0012)
    expect(thin.benchmarks['VOO']!.twr).toContain(0.5)
    expect(thin.benchmarks['VOO']!.value).toHaveLength(thin.days.length)
  })

  it('is the chart itself when it is short', () => {
    expect(decimated(flat, 100).days).toEqual(days)
    expect(decimated(emptyChart, 10)).toEqual(emptyChart)
  })
})

/** The days of the month that are left. */
const cut = (from: string | null, to: string | null) =>
  range(charted(of), from, to).days.map((day) => +day.slice(8))

describe('a range', () => {
  it('starts its returns at 0', () => {
    expect(range(charted(of), '2024-01-03', null)).toEqual({
      days: ['2024-01-03', '2024-01-04', '2024-01-05'],
      value: [110_000, 144_000, 153_000],
      invested: [100_000, 132_000, 132_000],
      // 1.11549296/1.1 − 1, 1.18521127/1.1 − 1
      twr: [0, 0.01408451, 0.07746479],
      // 1/1.05 − 1, 1.1025/1.05 − 1
      benchmarks: { VOO: { value: [105_000, 132_000, 145_530], twr: [0, -0.04761905, 0.05] } },
    })
  })

  it('includes both of its days, even when they have no point', () => {
    expect(cut('2024-01-03', '2024-01-04')).toEqual([3, 4])
    expect(cut('2023-12-30', '2024-01-03')).toEqual([2, 3])
    expect(cut(null, '2024-01-07')).toEqual([2, 3, 4, 5])
    expect(cut('2024-01-06', null)).toEqual([])
    expect(cut(null, '2024-01-01')).toEqual([])
    expect(cut('2024-01-05', '2024-01-03')).toEqual([])
  })

  it('is the whole chart when both ends are open', () => {
    expect(range(charted(of), null, null)).toEqual(charted(of))
  })

  it('has no return from a total loss on, instead of an infinite one', () => {
    const lost = ledger('2024-01-02 deposit 100\n2024-01-03 fee 100\n2024-01-04 deposit 50')
    expect(charted(lost).twr).toEqual([0, -1, -1])
    expect(range(charted(lost), '2024-01-03', null).twr).toEqual([null, null])
  })

  it('has the same returns as the performance between any two days', () => {
    fc.assert(
      fc.property(history, fc.nat(60), (told, later) => {
        const any = ledgerOf(told, { benchmarks: ['AAA'] })
        const from = addDays('2020-01-02', later)
        const rest = range(charted(any), from, null)
        const first = rest.days[0]
        if (first === undefined || first === charted(any).days[0] || rest.value[0] === 0) return
        // eight decimals say little of what a near total loss left
        if (charted(any).twr[charted(any).days.indexOf(first)]! < -0.99) return
        const figures = measured(any, first)
        expect((1 + rest.twr.at(-1)!) / (1 + figures.twr!)).toBeCloseTo(1, 4)
        expect(rest.twr[0]).toBe(0)
        expect(rest.benchmarks['AAA']!.twr.at(-1)).toBeCloseTo(figures.benchmarks['AAA']!.twr!, 4)
      }),
      seeded,
    )
  })
})
