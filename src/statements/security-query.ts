import { minorUnit } from '../portfolio/currency.ts'
import type { Day } from '../portfolio/day.ts'
import type { Security } from '../portfolio/instrument.ts'
import { SYMBOL } from '../portfolio/instrument.ts'
import { isIsin, isinOfCusip, tickerOf } from './security.ts'

/** What somebody typed for a security: the text that a source is asked, and the ticker that it may be, in capitals. */
type SecurityQuery = { query: string; symbol: string | null }

/**
 * Reads what was typed. An ISIN is asked as it is, and a CUSIP as the ISIN that it is a part of; any other text without a
 * space may be a ticker, and is asked as the source spells it: `BRK.B` is BRK-B, `VWRL:xams` is VWRL.AS.
 */
export function securityQuery(typed: string): SecurityQuery {
  const text = typed.trim().replaceAll(/\s+/g, ' ').toUpperCase().slice(0, 60)
  const isin = isIsin(text) ? text : isinOfCusip(text)
  if (isin !== null) return { query: isin, symbol: null }
  // SE is Bloomberg's name of the exchange in Zurich, and the end of many a company's
  const isName = text.includes(' ') && !/ (?:EQUITY|[AB])$/.test(text)
  const ticker = isName ? text : tickerOf(text)
  return SYMBOL.test(ticker) ? { query: ticker, symbol: ticker } : { query: text, symbol: null }
}

function majorOf(currency: string): string {
  return minorUnit(currency)?.major ?? currency
}

/** The security that was meant, or those that may be; `none` when the source finds nothing. */
export type Meant =
  | { status: 'one'; security: Security }
  | { status: 'several'; securities: Security[] }
  | { status: 'none' }

/** What a file says of a trade in the security: its price, in the currency that it names ('' for none), on a day. */
export type SeenTrade = { day: Day; price: string; currency: string }

/**
 * Decides which of the found securities was meant. The ticker itself is; a coin or a currency pair is by its currency, `BTC`
 * in USD being BTC-USD; an ISIN is the one listing in the currency that was named, or the only one. Whatever else was found
 * is for a person to choose from. Pence are pounds here: a listing in GBp is one in GBP. Where closes of the trade's day are
 * known, they decide among the listings of an ISIN or a name.
 */
export function meant(
  { symbol }: SecurityQuery,
  found: readonly Security[],
  named: string | null,
  trade: SeenTrade | null = null,
): Meant {
  const currency = named && majorOf(named)
  const exact = found.find((each) => each.symbol === symbol)
  const coin = currency !== null && found.find((each) => each.symbol === `${symbol}-${currency}`)
  if (coin && (!exact || exact.currency !== currency)) return { status: 'one', security: coin }
  if (exact && !coin) return { status: 'one', security: exact }
  if (found.length === 0) return { status: 'none' }
  if (symbol === null) {
    const same = found.filter((each) => each.currency !== null && majorOf(each.currency) === currency)
    // a file may state what was paid in the account's currency, and not the one that the listing trades in
    const [only, ...others] = same.length > 0 ? same : found
    if (only && others.length === 0) return { status: 'one', security: only }
    const near = trade ? nearest(same.length > 0 ? same : found, trade) : null
    if (near) return { status: 'one', security: near }
    if (same.length > 0)
      return { status: 'several', securities: [...same, ...found.filter((each) => !same.includes(each))] }
  }
  return { status: 'several', securities: [...found] }
}

/** A trade is at most so far from the close of its day. */
const NEAR = 0.05

/**
 * The only listing whose close of the trade's day is near its price, where each other one's is known and is not; null where
 * that decides nothing. A price that states a currency is compared with closes in it only.
 */
function nearest(
  listings: readonly Security[],
  { day, price: spelled, currency }: SeenTrade,
): Security | null {
  const price = Number(spelled) / (minorUnit(currency)?.divisor ?? 1)
  const judged = listings.map((listing) => {
    const close = listing.closes?.[day]
    const isOther = currency !== '' && listing.currency !== null && majorOf(currency) !== listing.currency
    const isNear = isOther ? false : close === undefined ? null : Math.abs(price / close - 1) <= NEAR
    return { listing, isNear }
  })
  const [near, ...others] = judged.filter(({ isNear }) => isNear !== false)
  return near?.isNear === true && others.length === 0 ? near.listing : null
}
