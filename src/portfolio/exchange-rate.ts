import { type Day, dayNumber } from './day.ts'
import type { Decimal } from './decimal.ts'
import { lastIndexUpTo, type PriceHistory } from './price-history.ts'

/** The value of one unit of a currency in the base currency, day by day. */
export type ExchangeRates = {
  currency: string
  /** The source's symbol for the rate, `EURUSD=X`. */
  pair: string
  /** Its history; empty while none is known. */
  rates: PriceHistory
}

/** The source's symbol for the value of one unit of a currency in another: `EURUSD=X`. */
export function pairOf(currency: string, base: string): string {
  return `${currency}${base}=X`
}

/** The currencies of a pair's symbol: one unit of `from` in `to`. Null for any other symbol. */
export function currenciesOf(symbol: string): { from: string; to: string } | null {
  const [, from, to] = /^([A-Z]{3})([A-Z]{3})=X$/.exec(symbol) ?? []
  return from === undefined || to === undefined ? null : { from, to }
}

/**
 * The value of one unit of a currency in the base currency on a day: the last known rate, however old, and never a later
 * one. Null when none is known by then.
 */
export function rateOn({ rates }: Pick<ExchangeRates, 'rates'>, day: Day): Decimal | null {
  return rates.closes[lastIndexUpTo(rates, dayNumber(day))] ?? null
}

/** The sentence that says which exchange rate is missing. */
export function noRate({ currency, rates }: ExchangeRates, base: string, day: Day): string {
  return rates.days.length === 0
    ? `no exchange rate from ${currency} to ${base} yet`
    : `no exchange rate from ${currency} to ${base} on ${day}`
}
