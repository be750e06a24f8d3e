import { english } from './words/words.ts'
/** The largest size of a statement's file, in bytes. That is about 120,000 rows. */
export const LARGEST_CSV = 5_000_000

export const tooLarge = english(
  'The file is larger than 5 MB. Split it into smaller ones, each with the header line.',
)

export const tooLargeFile = english('The file is larger than 25 MB. Export its portfolios one by one.')
