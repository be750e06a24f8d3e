import { fromNumber, ONE, over, text } from '../portfolio/decimal.ts'
import { currenciesOf, pairOf } from '../portfolio/exchange-rate.ts'
import type { History, Instrument } from '../portfolio/instrument.ts'
import type { Quoted } from './source.ts'

/**
 * Roughly what one unit of a currency is worth in dollars; this only shows which of two pairs is far above 1. A pair
 * with a currency that is not listed here is requested as it is.
 */
const worth = new Map(
  `
    KWD 3.2 BHD 2.7 OMR 2.6 JOD 1.4 GBP 1.3 CHF 1.2 KYD 1.2 EUR 1.15 USD 1 SGD 0.77 CAD 0.72 AUD 0.65
    NZD 0.59 BGN 0.59 AZN 0.59 GEL 0.37 ILS 0.28 PEN 0.27 QAR 0.27 AED 0.27 SAR 0.27 PLN 0.26 MYR 0.23
    RON 0.23 BRL 0.18 DKK 0.155 CNY 0.14 HKD 0.128 SEK 0.1 NOK 0.1 MAD 0.1 ZAR 0.055 MXN 0.054
    CZK 0.047 TWD 0.031 THB 0.03 TRY 0.025 UAH 0.024 EGP 0.02 UYU 0.025 PHP 0.017 RUB 0.012 INR 0.0115
    RSD 0.01 BDT 0.008 ISK 0.008 KES 0.0077 JPY 0.0066 PKR 0.0036 LKR 0.0033 HUF 0.0029 KZT 0.0019
    CRC 0.002 CLP 0.001 ARS 0.0007 KRW 0.0007 NGN 0.00065 COP 0.00025 PYG 0.00014 IDR 0.000061
    VND 0.000038
  `
    .trim()
    .split(/\s+(?=[A-Z])/)
    .map((each): [string, number] => [each.slice(0, 3), Number(each.slice(4))]),
)

/**
 * Above this a rate keeps its digits: sources write the dollars for a yen as 0.0067, and the yen for a dollar as
 * 149.87.
 */
const SMALL = 0.5

/**
 * Returns the pair to request from a source instead of a pair that is far below 1: its inverse, which keeps the digits
 * (finance.md, "Currencies"). Null for a pair that is requested as it is, and for any other symbol.
 */
export function inversePair(symbol: string): string | null {
  const pair = currenciesOf(symbol)
  if (!pair) return null
  const [one, other] = [worth.get(pair.from), worth.get(pair.to)]
  return one !== undefined && other !== undefined && one / other < SMALL ? pairOf(pair.to, pair.from) : null
}

/**
 * Returns the answer for a pair, made from the answer for its inverse: 1 is divided by every price, to ten decimals.
 */
export function quotedOfInverse(symbol: string, { instrument, quote }: Quoted): Quoted {
  const currency = symbol.slice(3, 6)
  return {
    instrument: instrumentOfInverse(symbol, instrument),
    quote: {
      ...quote,
      symbol,
      currency,
      price: reciprocal(Number(quote.price)),
      previousClose: quote.previousClose === null ? null : reciprocal(Number(quote.previousClose)),
    },
  }
}

/** Returns the history of a pair, made from the history of its inverse. */
export function historyOfInverse(symbol: string, history: History): History {
  return {
    ...history,
    ...quotedOfInverse(symbol, history),
    bars: history.bars.map(({ day, close }) => ({ day, close: Number(reciprocal(close)) })),
  }
}

function instrumentOfInverse(symbol: string, instrument: Instrument): Instrument {
  const [from, to] = [symbol.slice(0, 3), symbol.slice(3, 6)]
  return { ...instrument, symbol, name: `${from}/${to}`, currency: to }
}

function reciprocal(price: number): string {
  return text(over(ONE, fromNumber(price)))
}
