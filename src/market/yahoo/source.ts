import type { SourceDefinition } from '../source.ts'
import { rewritten, yahoo } from './client.ts'

/** The address of a stand-in for Yahoo's hosts; empty for Yahoo itself. */
export type YahooConfig = { YAHOO_BASE_URL: string }

/** Yahoo Finance as a row of the table of sources. */
export const yahooFinance: SourceDefinition<YahooConfig> = {
  id: 'yahoo',
  name: 'Yahoo Finance',
  isInvented: false,
  circuits: [
    // only quotes need the cookie and the crumb
    { name: 'quote', endpoints: ['quote', 'crumb', 'cookie'] },
    { name: 'spark', endpoints: ['spark'] },
    { name: 'chart', endpoints: ['chart'] },
    { name: 'search', endpoints: ['search'] },
  ],
  circuitOf: { quotes: 'quote', plainQuotes: 'spark', history: 'chart' },
  network: ({ YAHOO_BASE_URL }) => {
    const out: typeof fetch = (input, init) => fetch(input, init)
    return YAHOO_BASE_URL ? rewritten(YAHOO_BASE_URL, out) : out
  },
  connect: yahoo,
}
