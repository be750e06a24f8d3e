import { currenciesOf } from '../../portfolio/exchange-rate.ts'
import type { SourceDefinition } from '../source.ts'
import { ecbRates } from './rates.ts'

/** The European Central Bank's exchange rates as a row of the table of second sources. */
export const frankfurter: SourceDefinition = {
  id: 'frankfurter',
  name: 'the ECB',
  isInvented: false,
  circuits: [{ name: 'rates', endpoints: ['rates'] }],
  circuitOf: { quotes: 'rates', history: 'rates' },
  covers: (symbol) => currenciesOf(symbol) !== null,
  network: () => (input, init) => fetch(input, init),
  connect: ecbRates,
}
