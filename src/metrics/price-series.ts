import { type Day, dayNumber, dayOf } from '../portfolio/day.ts'
import { over, text, toNumber } from '../portfolio/decimal.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { lastIndexUpTo, noPrices, type PriceHistory, upTo } from '../portfolio/price-history.ts'
import { splitShares, unitsToday } from '../portfolio/split.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { type Range, rangeStarts } from './range.ts'

/**
 * A symbol's closes in columns of one length, in its own currency and today's share units, with the portfolio's
 * trades.
 */
export type PriceSeries = {
  symbol: string
  currency: string
  days: Day[]
  close: number[]
  trades: Mark[]
}

export type Mark = {
  /** The index of the last day on or before the trade's; 0 for a trade before the first day. */
  at: number
  date: Day
  type: 'buy' | 'sell' | 'dividend'
  /** In today's share units; null for a dividend. */
  shares: string | null
  /** The amount ÷ the shares, in today's units and the recorded currency; null for a dividend. */
  price: string | null
  amount: string
  currency: string
}

/**
 * Returns the closes of a range; the latest quote is the last point. The columns are empty when no price is known.
 */
export function priceSeries(ledger: Ledger, symbol: string, range: Range): PriceSeries {
  const market = ledger.markets.get(symbol)
  const prices = within(upTo(market?.foreign?.prices ?? market?.prices ?? noPrices, ledger.today), range)
  const currency = market?.instrument?.currency ?? ledger.baseCurrency
  return {
    symbol,
    currency,
    days: Array.from(prices.days, dayOf),
    close: Array.from(prices.closes, toNumber),
    trades: ledger.transactions.flatMap((transaction): Mark[] => {
      const { type, date } = transaction
      const day = dayNumber(date)
      const first = prices.days[0]
      if (transaction.symbol !== symbol || !isMarked(type) || first === undefined) return []
      if (range !== 'all' && day < first) return []
      const { amount } = transaction.recorded ?? transaction
      const shares =
        transaction.shares && splitShares(transaction.shares, unitsToday(transaction, market?.splits ?? []))
      return [
        {
          at: Math.max(0, lastIndexUpTo(prices, day)),
          date,
          type,
          shares: text(shares),
          price: shares === null ? null : text(over(amount, shares)),
          amount: text(amount),
          currency: transaction.recorded?.currency ?? ledger.baseCurrency,
        },
      ]
    }),
  }
}

function within({ days, closes }: PriceHistory, range: Range): PriceHistory {
  const last = days.at(-1)
  const start = last === undefined ? null : rangeStarts[range](dayOf(last))
  const from = start === null ? 0 : Math.max(0, lastIndexUpTo({ days }, dayNumber(start)))
  return { days: days.slice(from), closes: closes.slice(from) }
}

function isMarked(type: Transaction['type']): type is Mark['type'] {
  return type === 'buy' || type === 'sell' || type === 'dividend'
}
