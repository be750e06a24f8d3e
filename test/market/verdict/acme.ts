import {
  type Instrument,
  notStored,
  type Quote,
  type StoredSymbol,
} from '../../../src/portfolio/instrument.ts'

/** The share on which the verdicts are tried. */
export const acme: Instrument = {
  symbol: 'ACME',
  name: 'Acme',
  currency: 'USD',
  kind: 'equity',
  exchange: 'NYSE',
  timeZone: 'America/New_York',
}

/** Noon in New York in winter. */
export const noon = (day: string) => Date.parse(`${day}T17:00:00Z`)

export const priced = (price: string, at: number, previousClose: string | null = null): Quote => ({
  symbol: 'ACME',
  price,
  currency: 'USD',
  previousClose,
  at,
})

/** It stood at 100 on Friday 2026-03-06. */
export const known: StoredSymbol = {
  ...notStored,
  instrument: acme,
  quote: priced('100', noon('2026-03-06')),
  fromDay: '2020-01-01',
  lastBar: { day: '2026-03-06', close: 100 },
}
