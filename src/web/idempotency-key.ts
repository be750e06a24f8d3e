import { english } from './words/words.ts'
/** A key is refused rather than cut: two that begin alike would be one. */
export const LONGEST_KEY = 200

export const keyTooLong = `An idempotency key has at most ${LONGEST_KEY} characters. A UUID has 36.`

export const keyUsed = english(
  'Something else was already recorded with this idempotency key. Send this with a new key, or edit what was recorded.',
)
