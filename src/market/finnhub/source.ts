import type { SourceDefinition } from '../source.ts'
import { finnhubQuotes, symbolOf } from './quotes.ts'

/** The secret that switches Finnhub on. */
export type FinnhubConfig = { FINNHUB_TOKEN?: string | undefined }

/**
 * Finnhub as a row of the table of second sources: the prices of America's shares and funds. Its free key has sixty
 * calls a minute and no daily quota, where Twelve Data counts each symbol of a call against a small one.
 */
export const finnhub: SourceDefinition<FinnhubConfig> = {
  id: 'finnhub',
  name: 'Finnhub',
  isInvented: false,
  isOn: ({ FINNHUB_TOKEN }) => !!FINNHUB_TOKEN,
  circuits: [{ name: 'quote', endpoints: ['quote'] }],
  circuitOf: { quotes: 'quote' },
  covers: (symbol) => symbolOf(symbol) !== null,
  network: () => (input, init) => fetch(input, init),
  connect: (options, { FINNHUB_TOKEN = '' }) => finnhubQuotes(options, FINNHUB_TOKEN),
}
