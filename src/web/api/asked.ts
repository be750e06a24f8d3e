import type { GapBy } from '../../metrics/gap.ts'

// What an address may ask for. The words that the document has for it (query.ts) are no part of the Worker.

/** How a gap is divided. */
export const divisions = ['symbol', 'lot', 'year'] as const satisfies readonly GapBy[]

/** So many rows has a page of transactions at most, and without a word on it. */
export const MOST_ROWS = 500
export const ROWS = 100

/** No spelling of a benchmark or a what-if is longer. */
export const LONGEST_LOOK = 200
