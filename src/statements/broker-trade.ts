import { type Decimal, decimal, ONE, over, sum, text, times } from '../portfolio/decimal.ts'
import type { Entry } from '../portfolio/entry.ts'
import { plainNumber } from './spelling.ts'

/** A buy or sell as a broker writes it; `charges` are its columns of commission and fees. */
type BrokerTrade = {
  type: 'buy' | 'sell'
  shares: string
  price: string
  charges: readonly string[]
  /** The cash that moved, charges included, negative for a buy; '' when the broker does not give it. */
  amount: string
}

/**
 * Reconciles shares, price and fee of a broker's trade, so that price × shares and the fee add up to the cash that the
 * broker booked. In the ledger the amount of a trade is always price × shares, but brokers print the price rounded:
 *
 *     Buy 7 @ $63.84 ($446.85)   7 × 63.84 = 446.88, three cents more than was paid
 *
 * With gross = the cash without the listed charges, and gap = gross − price × shares:
 *
 * 1. a gap of at most a cent is rounding of the amount: the price stays as printed;
 * 2. a gap that rounding of the price explains (half a unit of its last decimal, at least half a cent, for each share), or of
 *    parts of a share with three decimals or more, goes into the price: gross ÷ shares with ten decimals, which is exact to the cent up to 10⁸ shares. Unlisted
 *    charges inside such a gap (Robinhood deducts regulatory fees of a fraction of a cent a share) become part of the
 *    price; cash and gain are the same either way;
 * 3. a larger gap at the customer's expense, up to a dollar and one per cent, is an unlisted charge and is added to the
 *    fee;
 * 4. any other gap is refused: the row contradicts itself.
 *
 * A missing price is gross ÷ shares; with a missing amount the price stays as printed. Text that is no number is passed
 * on unchanged, so that read-statement.ts can name it.
 */
export function brokerTrade({
  type,
  shares,
  price,
  charges,
  amount,
}: BrokerTrade): Entry | { reject: string } {
  const unreadable = charges.find((charge) => charge !== '' && exact(charge) === null)
  const fee = sum(charges.map((charge) => exact(charge) ?? 0n))
  const printed = { type, shares, price, fee: unreadable ?? text(fee) }
  const moved = exact(shares)
  const cash = exact(amount)
  const stated = exact(price)
  if (unreadable || !moved || cash === null || (stated === null && price !== '')) return printed

  const count = size(moved)
  const gross = type === 'buy' ? -cash - fee : cash + fee
  if (gross <= 0n) {
    return {
      reject: `Amount “${amount}”: a ${type} should ${type === 'buy' ? 'take money out' : 'bring money in'}.`,
    }
  }
  if (stated === null) return { ...printed, price: text(over(gross, count)) }

  const gap = gross - times(count, stated)
  if (size(gap) <= CENT) return printed
  if (size(gap) <= times(count, halfUnit(price)) + times(stated, halfOfShares(shares)) + CENT)
    return { ...printed, price: text(over(gross, count)) }
  const unlisted = type === 'buy' ? gap : -gap
  if (unlisted > 0n && unlisted <= ONE + gross / 100n) return { ...printed, fee: text(fee + unlisted) }
  return {
    reject: `Amount “${amount}” does not match ${text(count)} shares at ${text(stated)}, which come to ${text(times(count, stated))}.`,
  }
}

const CENT: Decimal = ONE / 100n

function exact(spelled: string): Decimal | null {
  return decimal(plainNumber(spelled) ?? '')
}

function size(value: Decimal): Decimal {
  return value < 0n ? -value : value
}

/** The most that rounding can have changed in a fund's parts of a share; whole shares are exact. */
function halfOfShares(shares: string): Decimal {
  const decimals = /\.(\d+)/.exec(shares)?.[1]?.length ?? 0
  return decimals < 3 ? 0n : ONE / (2n * 10n ** BigInt(decimals))
}

/** The most that rounding can have changed in a price: `$63.84` and `15` by 0.005, `10.3647` by 0.00005. */
function halfUnit(price: string): Decimal {
  const decimals = Math.max(2, /\.(\d+)/.exec(price)?.[1]?.length ?? 0)
  return ONE / (2n * 10n ** BigInt(decimals))
}
