/** What became of a message: `retryAfter` (seconds) asks for another try, null means done. */
export type Outcome = { retryAfter: number | null; reason: string }

export const done: Outcome = { retryAfter: null, reason: '' }
