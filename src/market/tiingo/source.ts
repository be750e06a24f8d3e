import type { SourceDefinition } from '../source.ts'
import { tickerOf, tiingoDaily } from './daily.ts'

/** The secret that switches Tiingo on. */
export type TiingoConfig = { TIINGO_TOKEN?: string | undefined }

/** Tiingo as a row of the table of second sources: daily bars, splits and dividends of America's shares and funds. */
export const tiingo: SourceDefinition<TiingoConfig> = {
  id: 'tiingo',
  name: 'Tiingo',
  isInvented: false,
  isOn: ({ TIINGO_TOKEN }) => !!TIINGO_TOKEN,
  circuits: [{ name: 'daily', endpoints: ['daily'] }],
  circuitOf: { history: 'daily' },
  covers: (symbol) => tickerOf(symbol) !== null,
  network: () => (input, init) => fetch(input, init),
  connect: (options, { TIINGO_TOKEN = '' }) => tiingoDaily(options, TIINGO_TOKEN),
}
