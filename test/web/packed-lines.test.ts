import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packed, unpacked } from '../../src/web/packed-lines.ts'
import { daysOf, picture } from '../metrics/random-lines.ts'

describe('packed lines', () => {
  it('come back on the same days, within half a step, and their last figures exactly', () => {
    fc.assert(
      fc.property(picture, ({ days, lines, width }) => {
        const whole = {
          days,
          lines: lines.map((values, i) => ({ symbol: i === 0 ? null : `B${i}`, values })),
        }
        const small = packed(whole, width)
        const again = unpacked(small)
        expect(again.days[0]).toBe(days[0])
        expect(again.days.at(-1)).toBe(days.at(-1))
        for (const [i, { symbol, values }] of again.lines.entries()) {
          const own = whole.lines[i]!
          expect(symbol).toBe(own.symbol)
          expect(values.at(-1)).toBe(own.values.at(-1))
          for (const [at, day] of again.days.entries()) {
            const exact = own.values[days.indexOf(day)]!
            expect(values[at] === null).toBe(exact === null)
            expect(Math.abs((values[at] ?? 0) - (exact ?? 0))).toBeLessThanOrEqual(small.step / 2 + 1e-9)
          }
        }
      }),
    )
  })

  it('may be none, one day, or level', () => {
    const none = { days: [], lines: [{ symbol: null, values: [] }] }
    expect(unpacked(packed(none, 100))).toEqual(none)
    const level = { days: daysOf(3), lines: [{ symbol: null, values: [7, 7, 7] }] }
    expect(unpacked(packed(level, 100))).toEqual(level)
  })
})
