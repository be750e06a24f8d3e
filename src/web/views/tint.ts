import { type Tone, tone } from '../format.ts'

/** The class of a background in three strengths, by the sizes from which a change counts as middling and as large. */
export function tintOf(
  change: number | null,
  [middling, large]: readonly [number, number],
  way: Tone = tone(change),
): string {
  const size = Math.abs(change ?? 0)
  const strength = change === null ? 0 : size < middling ? 1 : size < large ? 2 : 3
  return `tile-${way}-${strength}`
}
