import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explanation } from '../../src/metrics/explain.ts'
import { months } from '../../src/metrics/months.ts'
import { type Rewritten, type Risk, risk, yardsticksOf } from '../../src/metrics/risk.ts'
import { rollingYear } from '../../src/metrics/rolling-year.ts'
import { addDays, type Day, weekday } from '../../src/portfolio/day.ts'
import type { Ledger } from '../../src/portfolio/ledger.ts'
import { pastLedger } from '../../src/portfolio/past-ledger.ts'
import { valuations } from '../../src/portfolio/valuation.ts'
import { readWhatIf, type WhatIf } from '../../src/portfolio/what-if-spelling.ts'
import { variantOf } from '../../src/snapshot/variant.ts'
import { closes, ledger } from '../notation.ts'
import { everyKind, ledgerOf } from '../portfolio/random-ledger.ts'

const risked = (of: Ledger, from: Day | null = null, rate = 0): Risk =>
  risk(of, valuations(of, of.today), from, rate)

/** Weekdays of a year and a half, in percent of the close before, as each symbol moves on them; 0 is a holiday. */
const FIRST = '2022-01-03'
const weekdays: Day[] = Array.from({ length: 540 }, (_, i) => addDays(FIRST, i)).filter(
  (day) => weekday(day) % 6 !== 0,
)
const moves = fc.array(fc.integer({ min: -40, max: 45 }), {
  minLength: weekdays.length,
  maxLength: weekdays.length,
})
const story = fc.record({
  x: moves,
  y: moves,
  /** In thousands of a year's rate. */
  rate: fc.integer({ min: 0, max: 60 }),
  dividends: fc.array(fc.nat(weekdays.length - 2), { maxLength: 5 }),
  flows: fc.array(
    fc.record({
      at: fc.nat(weekdays.length - 2),
      amount: fc.integer({ min: -400, max: 3000 }),
      part: fc.nat(100),
    }),
    { maxLength: 12 },
  ),
})

type Story = typeof story extends fc.Arbitrary<infer Of> ? Of : never

/** Closes by day. A move of 0 is a day without one; the first and the last day have one. */
function walk(changes: readonly number[], start: number): Map<Day, number> {
  let close = start
  return new Map(
    weekdays.flatMap((day, i): [Day, number][] => {
      close = Math.round(close * (1 + changes[i]! / 1000) * 1e4) / 1e4
      return changes[i] === 0 && i > 0 && i < weekdays.length - 1 ? [] : [[day, close]]
    }),
  )
}

/** A portfolio of X, bought with each deposit by a part of it, against Y, which pays dividends. */
function told({ x, y, dividends, flows }: Story) {
  const own = walk(x, 100)
  const theirs = walk(y, 50)
  const paid = new Map(
    dividends.flatMap((at) => (theirs.has(weekdays[at + 1]!) ? [[weekdays[at + 1]!, 0.5] as const] : [])),
  )
  const rows = [`${FIRST} deposit 10000`, `${FIRST} buy 60 X @ 100`]
  const moved = new Map<Day, { in: number; out: number; shares: number; cost: number }>()
  moved.set(FIRST, { in: 10_000, out: 0, shares: 60, cost: 6_000 })
  for (const { at, amount, part } of flows) {
    const day = weekdays[at + 1]!
    if (moved.has(day) || amount === 0) continue
    if (amount < 0) {
      rows.push(`${day} withdrawal ${-amount}`)
      moved.set(day, { in: 0, out: -amount, shares: 0, cost: 0 })
    } else {
      const shares = Math.floor((amount * part) / 100 / 80)
      rows.push(`${day} deposit ${amount}`)
      if (shares > 0) rows.push(`${day} buy ${shares} X @ 75`)
      moved.set(day, { in: amount, out: 0, shares, cost: shares * 75 })
    }
  }
  const market = (closes: Map<Day, number>) => [...closes].map(([day, close]) => `${day} ${close}`)
  const of = ledger(rows.join('\n'), {
    markets: closes({
      X: market(own).join(', '),
      Y: [...market(theirs), ...[...paid].map(([day, each]) => `${day} dividend ${each}`)].join(', '),
    }),
    benchmarks: ['Y'],
  })
  return { of, own, theirs, paid, moved }
}

/** Daily returns of both on the days that both have, in plain numbers, walking forward. */
function plainReturns({ own, theirs, paid, moved }: ReturnType<typeof told>): [number[], number[]] {
  let [shares, cash, before, index] = [0, 0, 0, 1]
  let [close, other, level] = [0, 0, 1]
  let last: [number, number] | null = null
  const pairs: [number, number][] = []
  for (const day of weekdays) {
    close = own.get(day) ?? close
    const flow = moved.get(day)
    shares += flow?.shares ?? 0
    cash += (flow?.in ?? 0) - (flow?.cost ?? 0) - (flow?.out ?? 0)
    const value = shares * close + cash
    index *= (value + (flow?.out ?? 0)) / (before + (flow?.in ?? 0))
    before = value
    const now = theirs.get(day)
    // a dividend buys more of it at the close before less the dividend
    if (now !== undefined && other > 0) level *= now / (other - (paid.get(day) ?? 0))
    other = now ?? other
    if (!own.has(day) || now === undefined) continue
    if (last) pairs.push([index / last[0] - 1, level / last[1] - 1])
    last = [index, level]
  }
  return [pairs.map(([a]) => a), pairs.map(([, b]) => b)]
}

const total = (all: readonly number[]) => all.reduce((sum, each) => sum + each, 0)
/** By E(xy) − E(x)E(y), which is not how they are computed. */
const moment = (a: readonly number[], b: readonly number[]) => {
  const n = a.length
  return (total(a.map((each, i) => each * b[i]!)) - (total(a) * total(b)) / n) / (n - 1)
}

describe('risk against a benchmark (finance.md, "Risk against a benchmark")', () => {
  it('is what plain numbers make of daily returns, whatever was traded, paid in and out', () => {
    fc.assert(
      fc.property(story, (it) => {
        const all = told(it)
        const [p, b] = plainReturns(all)
        const free = (1 + it.rate / 1000) ** (1 / 252) - 1
        const n = p.length
        const lead = p.map((each, i) => each - b[i]!)
        const slope = moment(p, b) / moment(b, b)
        const strayed = Math.sqrt(moment(lead, lead) * 252)
        const below = Math.sqrt(total(b.map((each) => (each < free ? (each - free) ** 2 : 0))) / n)
        const captured = (is: (each: number) => boolean) =>
          total(p.filter((_, i) => is(b[i]!))) / total(b.filter(is))
        const { benchmarks } = risked(all.of, null, it.rate / 1000)
        const { Y: found } = benchmarks
        expect(found!.common).toMatchObject({ since: FIRST, days: n })
        const expected = {
          beta: slope,
          alpha: (total(p) / n - free - slope * (total(b) / n - free)) * 252,
          correlation: moment(p, b) / Math.sqrt(moment(p, p) * moment(b, b)),
          tracking_error: strayed,
          information_ratio: ((total(lead) / n) * 252) / strayed,
          up_capture: captured((each) => each > 0),
          down_capture: captured((each) => each < 0),
          sharpe: ((total(b) / n - free) / Math.sqrt(moment(b, b))) * Math.sqrt(252),
          sortino: ((total(b) / n - free) * 252) / (below * Math.sqrt(252)),
        }
        for (const [figure, value] of Object.entries(expected))
          expect([figure, found![figure as keyof typeof expected]]).toEqual([
            figure,
            expect.closeTo(value, 6),
          ])
      }),
      { seed: 20_240_102, numRuns: 25 },
    )
  })

  it('of the portfolio alone is what plain numbers make of its own trading days', () => {
    fc.assert(
      fc.property(story, (it) => {
        const all = told(it)
        const [later] = plainReturns({ ...all, theirs: all.own, paid: new Map() })
        // 60 X and 4,000 on the first evening, of 10,000
        const p = [(60 * all.own.get(FIRST)! + 4000) / 10_000 - 1, ...later]
        const n = p.length
        const free = (1 + it.rate / 1000) ** (1 / 252) - 1
        const logs = p.map((each) => Math.log(1 + each))
        const below = Math.sqrt(total(p.map((each) => (each < free ? (each - free) ** 2 : 0))) / n)
        let [index, peak, fall] = [1, 1, 0]
        for (const each of p) {
          index *= 1 + each
          peak = Math.max(peak, index)
          fall = Math.min(fall, index / peak - 1)
        }
        const { sharpe, sortino, volatility, max_drawdown, twr, daily } = risked(all.of, null, it.rate / 1000)
        expect(daily!.days).toBe(n)
        for (const [figure, value] of [
          [sharpe, ((total(p) / n - free) / Math.sqrt(moment(p, p))) * Math.sqrt(252)],
          [sortino, ((total(p) / n - free) * 252) / (below * Math.sqrt(252))],
          [volatility, Math.sqrt(moment(logs, logs) * 252)],
          [max_drawdown, fall],
          [twr, index - 1],
        ] as const)
          expect(figure).toBeCloseTo(value, 7)
      }),
      { seed: 20_240_102, numRuns: 15 },
    )
  })

  it('of a portfolio against itself is a beta and a correlation of 1, and an alpha and a tracking error of 0', () => {
    fc.assert(
      fc.property(moves, (changes) => {
        const prices = walk(changes, 100)
        const market = [...prices].map(([day, close]) => `${day} ${close}`).join(', ')
        const [first] = prices.values()
        const of = ledger(`${FIRST} buy 1000 X @ ${first}`, {
          markets: closes({ X: market }),
          benchmarks: ['X'],
        })
        const { sharpe, sortino, ...own } = risked(of)
        const against = own.benchmarks['X']!
        expect(against).toMatchObject({
          beta: expect.closeTo(1, 6),
          correlation: expect.closeTo(1, 6),
          alpha: expect.closeTo(0, 6),
          tracking_error: expect.closeTo(0, 6),
          information_ratio: null,
          up_capture: expect.closeTo(1, 6),
          down_capture: expect.closeTo(1, 6),
        })
        // the portfolio has one day more, on which it was bought at the close
        const days = own.benchmarks['X']!.common!.days
        expect(own.daily!.days).toBe(days + 1)
        expect([sharpe, sortino].every((each) => each !== null)).toBe(true)
      }),
      { seed: 20_240_102, numRuns: 15 },
    )
  })

  it('measures a period from the close of its first day, as the performance does', () => {
    fc.assert(
      fc.property(story, fc.integer({ min: 80, max: 200 }), (it, back) => {
        const all = told(it)
        const from = weekdays.at(-back)!
        const { benchmarks, daily, volatility } = risked(all.of, from)
        const [p, b] = plainReturns(all)
        const { common } = benchmarks['Y']!
        // where that day is one that both have, the returns after it are the last ones of the whole
        if (!all.own.has(from) || !all.theirs.has(from)) return
        const n = common!.days
        expect(common!.since).toBe(from)
        expect(common!.means).toEqual({
          portfolio: expect.closeTo(total(p.slice(-n)) / n, 10),
          benchmark: expect.closeTo(total(b.slice(-n)) / n, 10),
        })
        // logarithms of small returns are nearly the returns
        expect(volatility! / (daily!.deviation * Math.sqrt(252))).toBeCloseTo(1, 1)
      }),
      { seed: 20_240_102, numRuns: 15 },
    )
  })

  it('has a reason wherever it has no figure, of every kind of ledger', () => {
    fc.assert(
      fc.property(everyKind, (told) => {
        const of = ledgerOf(told, { benchmarks: ['AAA', '60 AAA + 40 BBB', '4 %', 'NONE'] })
        const { benchmarks, reasons, sharpe, sortino } = risked(of)
        const of2 = { sharpe, sortino }
        for (const [figure, value] of Object.entries(of2))
          expect([figure, value === null]).toEqual([figure, figure in reasons])
        for (const [symbol, figures] of Object.entries(benchmarks)) {
          for (const figure of [
            'beta',
            'alpha',
            'correlation',
            'tracking_error',
            'sharpe',
            'up_capture',
          ] as const) {
            const name = `benchmarks.${symbol}.${figure}`
            expect([name, figures[figure] === null]).toEqual([name, name in reasons])
          }
        }
      }),
      { seed: 20_240_102, numRuns: 40 },
    )
  })

  it('depends on nothing later than its day', () => {
    fc.assert(
      fc.property(story, (it) => {
        const { of } = told(it)
        const day = weekdays[200]!
        const past = risked(pastLedger(of, day))
        const series = valuations(of, day)
        expect(risk(of, series, null, 0).benchmarks['Y']!.beta).toBe(past.benchmarks['Y']!.beta)
      }),
      { seed: 20_240_102, numRuns: 10 },
    )
  })
})

describe('a fixed rate', () => {
  it('grows by the same each trading day: what strays from it is what the portfolio does', () => {
    fc.assert(
      fc.property(story, (it) => {
        const all = told(it)
        const { benchmarks, reasons } = risked({ ...all.of, benchmarks: ['4 %'] })
        const rate = benchmarks['4 %']!
        // the days of X itself, the first of which has no return: it was bought at its close
        const [p] = plainReturns({ ...all, theirs: all.own, paid: new Map() })
        const daily = 1.04 ** (1 / 252) - 1
        const average = total(p) / p.length
        const spread = Math.sqrt(moment(p, p))
        expect(rate).toMatchObject({
          volatility: 0,
          max_drawdown: 0,
          tracking_error: expect.closeTo(spread * Math.sqrt(252), 6),
          // the Sharpe ratio with this rate as the risk-free one
          information_ratio: expect.closeTo(((average - daily) / spread) * Math.sqrt(252), 6),
          up_capture: expect.closeTo(average / daily, 6),
          sharpe: null,
          sortino: null,
          beta: null,
          alpha: null,
          correlation: null,
          down_capture: null,
        })
        expect(reasons).toMatchObject({
          'benchmarks.4 %.sharpe': 'the returns do not vary',
          'benchmarks.4 %.sortino': 'no day was below the risk-free rate',
          'benchmarks.4 %.beta': 'the benchmark’s returns do not vary',
          'benchmarks.4 %.down_capture': 'the benchmark did not fall on any day',
        })
      }),
      { seed: 20_240_102, numRuns: 10 },
    )
  })
})

describe('a what-if', () => {
  const ruled = (of: Ledger, rewritten: Rewritten, from: Day | null = null) => {
    const series = valuations(of, of.today)
    const against = yardsticksOf(of, rewritten)
    return {
      figures: risk(of, series, from, 0, { rewritten }),
      months: months(of, series, against).months,
      rolling: rollingYear(of, series, from, against),
    }
  }

  it('of the deposit in Y is measured as the benchmark Y', () => {
    fc.assert(
      fc.property(story, fc.constantFrom(null, weekdays[50]!), (it, from) => {
        // what comes later is put in at a close, and rests until then
        const { of } = told({ ...it, flows: [] })
        const name = 'Y each time'
        const variant = variantOf(of, readWhatIf(name) as WhatIf)
        if ('reason' in variant) throw new Error(variant.reason)
        const { ledger: other } = variant
        const { figures } = ruled(of, { name, ledger: other, series: valuations(other, of.today) }, from)
        const { [name]: each, Y } = figures.benchmarks
        for (const figure of ['beta', 'sharpe', 'correlation', 'tracking_error', 'up_capture'] as const)
          expect([figure, each![figure]]).toEqual([figure, expect.closeTo(Y![figure]!, 6)])
      }),
      { seed: 20_240_102, numRuns: 6 },
    )
  })

  it('that changes nothing is the portfolio in every figure, month and day', () => {
    fc.assert(
      fc.property(story, (it) => {
        const { of } = told(it)
        const {
          figures,
          months: all,
          rolling,
        } = ruled(of, {
          name: 'as it is',
          ledger: of,
          series: valuations(of, of.today),
        })
        const { twr, volatility, max_drawdown } = figures
        expect(figures.benchmarks['as it is']).toMatchObject({
          beta: expect.closeTo(1, 9),
          correlation: expect.closeTo(1, 9),
          alpha: expect.closeTo(0, 9),
          tracking_error: 0,
          information_ratio: null,
          twr,
          volatility,
          max_drawdown,
        })
        for (const { excess } of all) expect(excess['as it is']).toBe(0)
        expect(rolling.benchmarks['as it is']).toEqual(rolling.twr)
      }),
      { seed: 20_240_102, numRuns: 6 },
    )
  })
})

describe('the explanation', () => {
  const { of } = told({
    x: weekdays.map((_, i) => ((i * 7) % 11) - 4.5),
    y: weekdays.map((_, i) => ((i * 5) % 13) - 5.5),
    rate: 20,
    dividends: [],
    flows: [],
  })
  const figures = risked(of, null, 0.02)

  it.each([
    'sharpe',
    'sortino',
    ...[
      'beta',
      'alpha',
      'correlation',
      'tracking_error',
      'information_ratio',
      'up_capture',
      'down_capture',
      'sharpe',
    ].map((figure) => `benchmarks.Y.${figure}`),
  ])('of %s has its formula, its inputs and its days', (figure) => {
    const explained = explanation(figure, figures)!
    expect(explained.result).toEqual(expect.any(Number))
    expect(explained.reason).toBeNull()
    expect(explained.inputs.length).toBeGreaterThan(2 - Number(figure.endsWith('tracking_error')))
    for (const { label, value } of explained.inputs)
      expect([label, value]).toEqual([label, expect.any(Number)])
    expect(explained.days).toEqual({ from: FIRST, to: weekdays.at(-1) })
  })

  it('of Sharpe and Sortino make the figure of their inputs', () => {
    for (const figure of ['sharpe', 'sortino']) {
      const { inputs, result } = explanation(figure, figures)!
      const [meanOfADay, free, risked] = inputs.map(({ value }) => Number(value))
      expect(((meanOfADay! - free!) / risked!) * Math.sqrt(252)).toBeCloseTo(Number(result), 9)
    }
  })
})
