import type { SourceDefinition } from '../market/source.ts'
import { yahoo } from '../market/yahoo/client.ts'
import { yahooFinance } from '../market/yahoo/source.ts'
import { demoFetch } from './prices.ts'

/** The demo market as a source: Yahoo's client, endpoints and circuits in front of an imitation of Yahoo's hosts. */
export const demoMarket: SourceDefinition = {
  ...yahooFinance,
  id: 'demo',
  name: 'the demo market',
  isInvented: true,
  network: () => demoFetch({ now: () => Date.now() }),
  // nobody else uses this market, so its calls need no pause between them
  connect: (options) => yahoo({ ...options, spacing: 0 }),
}
