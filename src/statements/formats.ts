import { american } from './formats/american.ts'
import { asianPacific } from './formats/asian-pacific.ts'
import { degiro } from './formats/degiro.ts'
import { european } from './formats/european.ts'
import { interactiveBrokers } from './formats/interactive-brokers.ts'
import { kraken } from './formats/kraken.ts'
import { trackers } from './formats/trackers.ts'
import type { Mapping } from './mapping.ts'

/** The formats that are tables, each a mapping; documents.ts has those that are none. */
export const mappings: readonly Mapping[] = [
  ...american,
  ...european,
  ...asianPacific,
  ...trackers,
  ...interactiveBrokers,
  ...degiro,
  kraken,
]
