import { addDays, type Day } from '../../portfolio/day.ts'
import type { Sentence } from '../../portfolio/sentence.ts'

/** What an alert has come to so far; it is stored beside the alert and changes only when something is crossed. */
export type AlertState = {
  /** On which side of its line the figure was last; null until it is known, and for what happens to a symbol. */
  side: 'before' | 'beyond' | null
  /** How often it has told something, which numbers its notices. */
  fired: number
  /** The day on which it last did. */
  firedOn: Day | null
  /** What has happened to symbols and is not told again, such as `KO@2025-03-14`; null until that is known. */
  known: string[] | null
}

export const untold: AlertState = { side: null, fired: 0, firedOn: null, known: null }

/** What an alert finds in a snapshot; null where the figure is not known. */
export type Reading =
  /** A figure beside a line. With `bothWays` its way back is told as well. */
  | { isBeyond: boolean; says: Sentence; bothWays?: true }
  /** What has happened to symbols: each is told once. `of` is the day that it is about. */
  | { happened: readonly { symbol: string; of: Day; says: Sentence }[] }
  | null

/** What has happened is remembered for longer than any of it is listed (expected-dividend.ts: a year). */
const REMEMBERED = 400

/**
 * Returns the state of an alert after a reading of that day, and what is to be told, or null. The first reading only says where
 * the figure stands. A crossing is told once: the figure must have come back across the line before the next one is told. An
 * alert tells at most one crossing a day; one of a day on which it has told another is told on the next day, if the figure is
 * still beyond the line then. An unknown figure changes nothing, so that a gap in the prices is no crossing.
 */
export function crossed(
  state: AlertState,
  reading: Reading,
  today: Day,
): { state: AlertState; says: readonly Sentence[] | null } {
  if (reading === null) return { state, says: null }
  if ('happened' in reading) return happened(state, reading.happened, today)
  const side = reading.isBeyond ? 'beyond' : 'before'
  if (state.side === side) return { state, says: null }
  const isTold = state.side !== null && (reading.isBeyond || reading.bothWays === true)
  if (!isTold) return { state: { ...state, side }, says: null }
  if (state.firedOn === today) return { state, says: null }
  return { state: { ...state, side, ...firedAgain(state, today) }, says: [reading.says] }
}

function happened(
  state: AlertState,
  all: Extract<Reading, { happened: unknown }>['happened'],
  today: Day,
): { state: AlertState; says: readonly Sentence[] | null } {
  const before = state.known ?? []
  const fresh = all.filter((each) => !before.includes(nameOf(each)))
  if (fresh.length === 0) return { state: state.known ? state : { ...state, known: [] }, says: null }
  const since = addDays(today, -REMEMBERED)
  const known = [
    ...before.filter((name) => name.slice(name.lastIndexOf('@') + 1) > since),
    ...fresh.map(nameOf),
  ]
  if (state.known === null) return { state: { ...state, known }, says: null }
  return {
    state: { ...state, known, ...firedAgain(state, today) },
    says: fresh.map(({ says }) => says),
  }
}

function nameOf({ symbol, of }: { symbol: string; of: Day }): string {
  return `${symbol}@${of}`
}

function firedAgain({ fired }: AlertState, today: Day): Pick<AlertState, 'fired' | 'firedOn'> {
  return { fired: fired + 1, firedOn: today }
}
