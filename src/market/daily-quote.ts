import type { Bar, Instrument, Quote } from '../portfolio/instrument.ts'

/** The latest price of a source that has one a day: that of its last bar, of which there is one, at an instant. */
export function dailyQuote({ symbol, currency }: Instrument, bars: readonly Bar[], at: number): Quote {
  const before = bars.at(-2)
  return {
    symbol,
    price: String(bars.at(-1)!.close),
    currency,
    previousClose: before ? String(before.close) : null,
    at,
  }
}
