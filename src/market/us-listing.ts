import type { Instrument } from '../portfolio/instrument.ts'
import { TIME_ZONE } from '../portfolio/time.ts'

/** A share or a fund that trades in America, of which a source tells neither name nor kind. */
export function usListing(symbol: string): Instrument {
  return { symbol, name: symbol, currency: 'USD', kind: 'equity', exchange: '', timeZone: TIME_ZONE }
}
