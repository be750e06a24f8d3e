import { minorUnit } from '../portfolio/currency.ts'
import { text } from '../portfolio/decimal.ts'
import { exact, isGiven } from './facts.ts'
import { isMoney, moneyOfCoin } from './money-codes.ts'
import { hundredth } from './row-money.ts'
import type { Reading } from './statement-format.ts'
import type { Kind } from './type-words.ts'

type Charged = {
  kind: Kind
  date: string
  symbol: string
  currency: string
  shares: string
  fee: string
  note: string
}

/**
 * What becomes of a fee that was not charged in the currency of its row: in another currency it is a row of its own. In the coin
 * of the trade it makes the coins fewer that came, or more that went; in another coin nothing says what it was worth, and
 * the note keeps it. `spelled` is what the fee is in, '' where the file does not say.
 */
export function feeElsewhere(
  spelled: string,
  charged: Charged,
): Pick<Charged, 'fee' | 'shares' | 'note'> & { more: Reading[] } {
  const { kind, date, symbol, currency, shares, fee, note } = charged
  const code = currency === 'USD' ? moneyOfCoin(spelled) : spelled
  const same = { fee, shares, note, more: [] }
  if (code === '' || !isGiven(fee) || code === currency) return same
  // a fee in pence on a trade in pounds
  if (minorUnit(code)?.major === currency) return { ...same, fee: hundredth(fee) }
  if (isMoney(code)) {
    // a row without a currency is in that of its listing, which may be this one
    if (currency === '') return same
    return { ...same, fee: '', more: [{ type: 'fee', date, symbol, currency: code, amount: fee, note: '' }] }
  }
  const [count, part] = [exact(shares), exact(fee)]
  if (symbol.startsWith(`${code}-`) && count !== null && part !== null && part < count)
    return { ...same, fee: '', shares: text(goesOut.has(kind) ? count + part : count - part) }
  return { ...same, fee: '', note: [note, `fee ${fee} ${code}`].filter(Boolean).join(', ') }
}

const goesOut = new Set<Kind>(['sell', 'withdrawal', 'delivered'])
