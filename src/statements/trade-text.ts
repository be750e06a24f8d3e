import { type DecimalMark, numberIn } from './number-spelling.ts'

/** A trade that a text states: `Buy 3 @ 134.85 USD`. Numbers are in plain spelling, '' where the text has none. */
type StatedTrade = {
  shares: string
  price: string
  currency: string
  /** What stands between the shares and the price: `AAPL`; '' where nothing does. */
  of: string
  /** The text without it. */
  rest: string
}

/**
 * Reads the shares and the price that brokers write into one cell with the word for a trade: `Buy 3 @ 134.85 USD`, `B 100 BHP @
 * 45.00`, `OPEN BUY 34/42.5658 @ 11.7480` (a part of an order), `Compra 6 ISHARES MSCI WOR A@49,785 EUR`. Such a text may have another
 * decimal mark than the columns: where both can be meant, the one counts under which shares × price is the amount.
 * Null for any other text.
 */
export function tradeIn(text: string, mark: DecimalMark, amount: string): StatedTrade | null {
  const at = text.length > LONGEST ? -1 : text.indexOf('@')
  if (at < 0) return null
  const [before, after] = [text.slice(0, at), text.slice(at + 1)]
  const price = /^ {0,2}([A-Z]{3} ?)?[$€£]?(\d[\d.,]*)(?: ?([A-Z]{3})\b)?/.exec(after)
  const adjacent = /(?:^|[\s(])[-+]?(\d[\d.,]*)(?:\/[\d.,]+)? $/.exec(before)
  const first = adjacent ?? /(?:^|[\s(])[-+]?(\d[\d.,]*)(?= |$)/.exec(before)
  if (!price || !first) return null
  const readings = (mark === '.' ? (['.', ','] as const) : ([',', '.'] as const)).flatMap((each) => {
    const [shares, paid] = [numberIn(trimmed(first[1]!), each), numberIn(trimmed(price[2]!), each)]
    return shares && paid ? [{ shares: shares.plain, price: paid.plain }] : []
  })
  const read = readings.find((each) => isProduct(each, amount)) ?? readings[0]
  if (!read) return null
  const start = adjacent ? before.length - adjacent[0].length : before.length
  return {
    ...read,
    currency: (price[1] ?? price[3] ?? '').trim(),
    of: adjacent ? '' : before.slice(first.index + first[0].length).trim(),
    rest: `${before.slice(0, start)} ${after.slice(price[0].length)}`.replace(/\s+/g, ' ').trim(),
  }
}

const LONGEST = 200

/** A comma that ends a clause is none of the number. */
function trimmed(number: string): string {
  return number.replace(/[.,]$/, '')
}

/** Within a twentieth, so that a fee may be in the amount. */
function isProduct({ shares, price }: { shares: string; price: string }, amount: string): boolean {
  const [product, sum] = [Number(shares) * Number(price), Math.abs(Number(amount))]
  return sum > 0 && Math.abs(product - sum) <= sum / 20
}
