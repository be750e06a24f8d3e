import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays, type Day } from '../../src/portfolio/day.ts'
import { reinvestedGrowth } from '../../src/portfolio/reinvested-dividends.ts'
import { closes } from '../notation.ts'
import { seeded } from './random-ledger.ts'

const FIRST: Day = '2024-01-02'

it('grows by each dividend in between, the newest first, to the last digit, whichever days are asked for in turn', () => {
  const paying = fc.array(
    fc.record({ at: fc.integer({ min: 1, max: 60 }), cents: fc.integer({ min: 1, max: 900 }) }),
    {
      maxLength: 12,
    },
  )
  const spans = fc.array(fc.tuple(fc.integer({ min: -5, max: 70 }), fc.integer({ min: -5, max: 70 })))
  fc.assert(
    fc.property(paying, spans, (paid, asked) => {
      const bars = Array.from({ length: 64 }, (_, i) => `${addDays(FIRST, i)} ${100 + i}`)
      const dividends = paid.map(({ at, cents }) => `${addDays(FIRST, at)} dividend ${cents / 100}`)
      const growth = reinvestedGrowth(closes({ X: [...bars, ...dividends].join(', ') }).get('X')!)
      // those of one day are one, before its close: 1 − dividend ÷ the close of the day before
      const byDay = new Map<number, number>()
      for (const { at, cents } of paid) byDay.set(at, (byDay.get(at) ?? 0) + cents / 100)
      const newestFirst = [...byDay].toSorted(([a], [b]) => b - a)
      for (const [from, to] of asked) {
        const between = newestFirst.filter(([at]) => at > from && at <= to)
        const plain = between.reduce((grown, [at, dividend]) => grown / (1 - dividend / (99 + at)), 1)
        expect(growth(addDays(FIRST, from), addDays(FIRST, to))).toBe(from < 0 ? null : plain)
      }
    }),
    seeded,
  )
})
