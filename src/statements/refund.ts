import { isGiven, isNegative } from './facts.ts'
import { CANCELED, type Kind, plainWord } from './type-words.ts'

/**
 * Which way money went in a file without signs, where the word says the contrary of its kind: `Steuerrückerstattung` and `Fees Refund`
 * brought money in, `Interest Charge` and `Zinsbelastung` took it. The amount comes back with its sign, and `signed`; of any other row
 * as it was.
 */
export function signedByWord(
  kind: Kind,
  word: string,
  amount: string,
  signed: boolean,
): { amount: string; signed: boolean } {
  const plain = plainWord(word)
  if (signed || !isGiven(amount) || isNegative(amount)) return { amount, signed }
  const isReversed = REVERSAL.test(plain)
  if ((kind === 'fee' || kind === 'tax') && (isReversed || GIVEN_BACK.test(plain)))
    return { amount, signed: true }
  if ((kind === 'interest' && CHARGED.test(plain)) || (isReversed && kind !== 'withdrawal'))
    return { amount: `-${amount}`, signed: true }
  return { amount, signed }
}

/** What says that a row takes another one back, with what stands before the word for that. */
export const REVERSAL = new RegExp(`${CANCELED.source}\\w*(?: (?:of|for)\\b)?`)

const GIVEN_BACK =
  /refund|rebate|reclaim|erstattung|rembours|reembols|devoluc|rimbors|restitu|terugbetaling|aterbetalning|tilbage?betaling|tilbakebetaling|palautus|\bzwrot/

const CHARGED = /\bcharge|\bmargin\b|\bdebit\b|overdraft|belastung|\bsollzins|uberziehung|overbelan|overtrekk/
