import { type Decimal, ONE, sum, text, times } from '../portfolio/decimal.ts'
import { brokerTrade } from './broker-trade.ts'
import { exact, type Facts, isGiven, isNegative, size } from './facts.ts'
import type { Reading } from './statement-format.ts'

/** What the ledger records for a purchase or a sale: one, or why there is none. */
export function trade(type: 'buy' | 'sell', facts: Facts): Reading[] {
  const { date, symbol, currency, note, price, amountIs, signed } = facts
  // a negative count of a sale is how many left; of a purchase it takes one back
  if (type === 'buy' && facts.shares.startsWith('-'))
    return [{ reject: `Shares “${facts.shares}”: a purchase of less than nothing takes another one back.` }]
  const shares = size(facts.shares)
  const charges = sum([exact(size(facts.fee)) ?? 0n, exact(size(facts.tax)) ?? 0n])
  const below = type === 'sell' && isGiven(facts.amount) && costMore(facts, charges)
  if (below === null)
    return [
      {
        reject: `Amount “${facts.amount}”: a sale that cost more than it brought, or one with the sign of its shares? Enter its price.`,
      },
    ]
  if (
    signed &&
    isGiven(facts.amount) &&
    isNegative(facts.amount) === (type === 'sell') &&
    !below &&
    !isSmall(facts)
  )
    return [
      {
        reject: `Amount “${facts.amount}”: a ${type} should ${type === 'buy' ? 'take money out' : 'bring money in'}.`,
      },
    ]
  const printed = isGiven(facts.amount) ? exact(size(facts.amount)) : null
  const stated = below && printed !== null ? -printed : printed
  const net =
    stated === null
      ? null
      : amountIs === 'net'
        ? stated
        : type === 'buy'
          ? stated + charges
          : stated - charges
  const own = { type, shares, price: size(price) }
  const rest = facts.feeIsRest && net !== null ? restOf(type, own, net) : null
  if (rest !== null) return [{ ...own, fee: text(rest), date, symbol, currency, note }]
  const read = brokerTrade({
    ...own,
    charges: [text(charges)],
    amount: net === null ? '' : text(type === 'buy' ? -net : net),
  })
  return ['reject' in read ? read : { ...read, date, symbol, currency, note }]
}

/**
 * Whether a sale with a negative amount cost more than it brought: its charges are more than the amount, and its price, or the
 * other sales of the file, say that the sign is that of the cash. Null where nothing says it.
 */
function costMore(
  { amount, shares, price, signed, mixedSales, amountIs }: Facts,
  charges: Decimal,
): boolean | null {
  const stated = exact(size(amount))
  if (stated === null || stated >= charges || !isNegative(amount)) return false
  // −4 shares for −728: a sign of the shares; and no gross amount is below nothing
  if (shares.startsWith('-') || amountIs === 'gross') return false
  const [count, each] = [exact(size(shares)), exact(size(price))]
  if (count && each) {
    const apart = (gross: Decimal) => {
      const gap = gross - times(count, each)
      return gap < 0n ? -gap : gap
    }
    return apart(charges - stated) < apart(charges + stated)
  }
  return signed || mixedSales ? true : null
}

/** A sale can cost more than it brings. */
function isSmall({ amount }: Facts): boolean {
  const size = exact(amount) ?? 0n
  return size < ONE && size > -ONE
}

/** What was paid beyond shares × price, or kept back of it, up to a tenth of it; null where there is no such rest. */
function restOf(type: 'buy' | 'sell', own: { shares: string; price: string }, net: Decimal): Decimal | null {
  const [shares, price] = [exact(own.shares), exact(own.price)]
  if (!shares || !price) return null
  const gross = times(shares, price)
  const rest = type === 'buy' ? net - gross : gross - net
  return rest >= 0n && rest <= gross / 10n + 50n * ONE ? rest : null
}
