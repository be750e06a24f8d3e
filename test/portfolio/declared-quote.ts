import type { Quote } from '../../src/portfolio/instrument.ts'
import type { Market } from '../../src/portfolio/ledger.ts'
import { closes } from '../notation.ts'

/** KO with these closes, and with what the source says of its next dividend. */
export function declaring(
  history: string,
  says: Partial<Pick<Quote, 'exDay' | 'payDay' | 'dividendRate'>>,
): Map<string, Market> {
  const [own] = [...closes({ KO: history }).values()]
  const quote = { symbol: 'KO', price: '60', currency: 'USD', previousClose: null, at: 0, ...says }
  return new Map([['KO', { ...own!, quote }]])
}
