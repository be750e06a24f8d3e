import { type Column, daysDrawn, type DrawnLine, type DrawnLines } from '../metrics/drawn-lines.ts'
import { addDays, type Day, dayNumber } from '../portfolio/day.ts'

/**
 * Lines for a picture, in few bytes: each figure in steps, a fixed part of the picture's height, as the difference to
 * the one before. The last figures, which are written beside the lines, are exact.
 */
export type PackedLines = {
  first: Day | null
  /** Calendar days from each day to the next. */
  gaps: number[]
  least: number
  step: number
  lines: { symbol: string | null; differences: string; end: number | null }[]
}

/** Half of one is less than a pixel of a sharp screen. */
const STEPS = 480

/** Returns the lines as a picture of so many pixel columns needs them. */
export function packed({ days, lines }: DrawnLines, width: number): PackedLines {
  const kept = daysDrawn(
    days,
    lines.map(({ values }) => values),
    width,
  )
  const numbers = kept.map((i) => dayNumber(days[i]!))
  const { least, greatest } = spanOf(lines)
  const step = (greatest - least) / STEPS
  return {
    first: kept.length > 0 ? days[kept[0]!]! : null,
    gaps: numbers.slice(1).map((number, i) => number - numbers[i]!),
    least,
    step,
    lines: lines.map(({ symbol, values }) => {
      let before = 0
      const differences = kept.map((i) => {
        const figure = values[i] ?? null
        if (figure === null) return NONE
        const steps = step === 0 ? 0 : Math.round((figure - least) / step)
        const difference = steps - before
        before = steps
        return written(difference)
      })
      return { symbol, differences: differences.join(''), end: values.at(-1) ?? null }
    }),
  }
}

/** Returns the lines again, each figure but the last one rounded to the picture's steps. */
export function unpacked({ first, gaps, least, step, lines }: PackedLines): DrawnLines {
  let offset = 0
  return {
    days: first === null ? [] : [first, ...gaps.map((gap) => addDays(first, (offset += gap)))],
    lines: lines.map(({ symbol, differences, end }) => {
      let steps = 0
      const values = read(differences).map((difference) =>
        difference === null ? null : least + (steps += difference) * step,
      )
      return { symbol, values: [...values.slice(0, -1), ...(values.length > 0 ? [end] : [])] }
    }),
  }
}

const NONE = ' '
/** The character of no difference. Up to 28 more or less, a character needs no escape in JSON. */
const LEVEL = 63
const MOST = 28

/** A small difference is a character, a large one digits: `?` for 0, `@` for 1, `!-130!`. */
function written(difference: number): string {
  return Math.abs(difference) > MOST ? `!${difference}!` : String.fromCharCode(LEVEL + difference)
}

function read(differences: string): Column {
  return [...differences.matchAll(/!(.+?)!|./g)].map(([character, large]) =>
    large ? Number(large) : character === NONE ? null : character.charCodeAt(0) - LEVEL,
  )
}

function spanOf(lines: readonly DrawnLine[]): { least: number; greatest: number } {
  let [least, greatest] = [Infinity, -Infinity]
  for (const { values } of lines) {
    for (const figure of values) {
      if (figure === null) continue
      least = Math.min(least, figure)
      greatest = Math.max(greatest, figure)
    }
  }
  return least > greatest ? { least: 0, greatest: 0 } : { least, greatest }
}
