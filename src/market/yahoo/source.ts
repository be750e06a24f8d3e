import type { SourceDefinition } from '../source.ts'
import { rewritten } from '../http/rewritten.ts'
import { yahoo } from './client.ts'

/**
 * The address of a stand-in for Yahoo's hosts, or of a relay to them (src/local/relay.ts) with the secret that it asks
 * for; without an address it is Yahoo itself.
 */
export type YahooConfig = { YAHOO_BASE_URL?: string | undefined; RELAY_SECRET?: string | undefined }

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
  circuitOf: { quotes: 'quote', plainQuotes: 'spark', history: 'chart', search: 'search' },
  isDirect: ({ YAHOO_BASE_URL }) => !YAHOO_BASE_URL,
  network: ({ YAHOO_BASE_URL, RELAY_SECRET }) => {
    const out: typeof fetch = (input, init) => fetch(input, init)
    return YAHOO_BASE_URL ? rewritten(YAHOO_BASE_URL, out, RELAY_SECRET) : out
  },
  connect: yahoo,
}
