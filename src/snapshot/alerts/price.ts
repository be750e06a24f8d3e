import { type Day, dayAt, dayOf } from '../../portfolio/day.ts'
import { divide, type Price } from '../../portfolio/decimal.ts'
import type { Ledger } from '../../portfolio/ledger.ts'
import { laterSplits } from '../../portfolio/split.ts'
import type { AlertFamily, Watched } from './family.ts'
import { atTime, onDay, priceOf, says } from './says.ts'

/** A price is at its line, or beyond it. */
export const priceAbove: AlertFamily = {
  asks: { subject: 'symbol', level: 'price' },
  read: (watched, { ledger }) => beside(watched, ledger, 'rose above', (price, level) => price > level),
}

export const priceBelow: AlertFamily = {
  asks: { subject: 'symbol', level: 'price' },
  read: (watched, { ledger }) => beside(watched, ledger, 'fell below', (price, level) => price < level),
}

function beside(
  { subject, level, setOn }: Watched,
  ledger: Ledger,
  did: 'rose above' | 'fell below',
  isBeyond: (price: Price, level: Price) => boolean,
): ReturnType<AlertFamily['read']> {
  const now = latestPrice(ledger, subject!)
  if (now === null) return null
  const { price, day, currency, when, splits } = now
  // prices are in today's share units: a split moves the line with them, and nothing is crossed
  const { numerator, denominator } = laterSplits(
    splits.filter((split) => split.day <= day),
    setOn,
  )
  const line = divide(level! * denominator, numerator)
  const values = { symbol: subject!, line: priceOf(line, currency), price: priceOf(price, currency), when }
  return {
    isBeyond: isBeyond(price, line),
    says:
      numerator === denominator
        ? says(`{symbol} ${did} {line}: {price} {when}.`, values)
        : says(`{symbol} ${did} {line} ({level} before the split): {price} {when}.`, {
            ...values,
            level: priceOf(level!, currency),
          }),
  }
}

/** The latest price of a symbol in the currency that it trades in, and when that was; null where none is known. */
export function latestPrice(ledger: Ledger, symbol: string) {
  const market = ledger.markets.get(symbol)
  const { days, closes } = market?.foreign?.prices ?? market?.prices ?? { days: [], closes: [] }
  const last = days.at(-1)
  if (!market || last === undefined) return null
  const { quote, instrument, splits } = market
  const day = dayOf(last)
  const isQuoted = quote !== null && instrument !== null && dayAt(quote.at, instrument.timeZone) === day
  return {
    price: closes.at(-1)!,
    day,
    currency: instrument?.currency ?? ledger.baseCurrency,
    when: isQuoted ? atTime(quote.at) : onDay(day),
    splits,
  }
}

/** The highest close of a symbol since a day, its latest price included, in today's share units. */
export function highestSince(
  ledger: Ledger,
  symbol: string,
  since: number,
): { price: Price; day: Day } | null {
  const market = ledger.markets.get(symbol)
  const { days, closes } = market?.foreign?.prices ?? market?.prices ?? { days: [], closes: [] }
  let highest: { price: Price; day: Day } | null = null
  for (let i = days.length - 1; i >= 0 && days[i]! >= since; i--)
    if (highest === null || closes[i]! >= highest.price) highest = { price: closes[i]!, day: dayOf(days[i]!) }
  return highest
}
