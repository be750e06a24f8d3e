import { isGiven, isNegative } from './facts.ts'
import { type Kind, plainWord } from './type-words.ts'

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
  if ((kind === 'fee' || kind === 'tax') && GIVEN_BACK.test(plain)) return { amount, signed: true }
  if (kind === 'interest' && CHARGED.test(plain)) return { amount: `-${amount}`, signed: true }
  return { amount, signed }
}

const GIVEN_BACK =
  /refund|rebate|reclaim|erstattung|rembours|reembols|devoluc|rimbors|restitu|terugbetaling|aterbetalning|tilbage?betaling|tilbakebetaling|palautus|\bzwrot/

const CHARGED = /\bcharge|\bmargin\b|\bdebit\b|overdraft|belastung|\bsollzins|uberziehung|overbelan|overtrekk/
