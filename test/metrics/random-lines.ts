import * as fc from 'fast-check'
import { addDays } from '../../src/portfolio/day.ts'

/** So many days in a row. */
export const daysOf = (count: number) => Array.from({ length: count }, (_, i) => addDays('2024-01-01', i))
const figure = fc.option(fc.integer({ min: -1000, max: 1000 }), { freq: 8 })
const linesOf = (count: number, lines: number) =>
  fc.array(fc.array(figure, { minLength: count, maxLength: count }), { minLength: lines, maxLength: lines })
/** Three lines with gaps, and the width of a picture of them. */
export const picture = fc
  .record({ count: fc.integer({ min: 1, max: 300 }), width: fc.integer({ min: 1, max: 60 }) })
  .chain(({ count, width }) =>
    fc.record({ days: fc.constant(daysOf(count)), width: fc.constant(width), lines: linesOf(count, 3) }),
  )
