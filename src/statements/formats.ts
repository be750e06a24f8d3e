import { american } from './formats/american.ts'
import { asianPacific } from './formats/asian-pacific.ts'
import { banks } from './formats/banks.ts'
import { british } from './formats/british.ts'
import { brazilian } from './formats/brazilian.ts'
import { canadian } from './formats/canadian.ts'
import { coinExchanges } from './formats/coin-exchanges.ts'
import { degiro } from './formats/degiro.ts'
import { equityAwards } from './formats/equity-awards.ts'
import { european } from './formats/european.ts'
import { flexCsv } from './formats/flex-xml.ts'
import { interactiveBrokers } from './formats/interactive-brokers.ts'
import { kraken, krakenTrades } from './formats/kraken.ts'
import { twoLegs } from './formats/two-legs.ts'
import { trackers } from './formats/trackers.ts'
import type { Mapping } from './mapping.ts'

/** The formats that are tables, each a mapping; documents.ts has those that are none. */
export const mappings: readonly Mapping[] = [
  ...american,
  ...equityAwards,
  ...canadian,
  ...european,
  ...banks,
  ...british,
  ...asianPacific,
  ...brazilian,
  ...trackers,
  ...twoLegs,
  ...coinExchanges,
  ...interactiveBrokers,
  ...flexCsv,
  ...degiro,
  kraken,
  krakenTrades,
]

/** The names of the formats, once each and in the order of the alphabet. */
export function formatNames(): string[] {
  return [...new Set(mappings.map(({ name }) => name))].toSorted((a, b) => a.localeCompare(b, 'en'))
}
