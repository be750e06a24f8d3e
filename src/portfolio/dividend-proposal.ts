import { addDays, type Day, daysBetween } from './day.ts'
import { fromNumber, type Money, rounded, type Shares, times } from './decimal.ts'
import type { Dividend } from './instrument.ts'
import type { Ledger } from './ledger.ts'
import { positionOf } from './position.ts'
import type { Transaction } from './transaction.ts'

/** A dividend that the source reports and that the ledger lacks. */
export type DividendProposal = {
  symbol: string
  exDay: Day
  /** The shares held at the close of the day before, in today's units; `perShare` is in these units too. */
  shares: Shares
  perShare: number
  /** shares × perShare in the currency the symbol trades in, rounded to the cent as brokers do. */
  amount: Money
  currency: string
}

/**
 * Returns the dividends that were due up to a day and are not recorded, oldest first. They are paid for the shares
 * held at the close before the ex-date: shares bought on the ex-date get none, shares sold on it still do
 * (finance.md, "Dividends"). An accepted proposal is recorded, so nothing counts twice.
 */
export function dividendProposals(ledger: Ledger, asOf: Day): DividendProposal[] {
  const bySymbol = Map.groupBy(
    ledger.transactions.filter((transaction) => transaction.symbol !== null),
    (transaction) => transaction.symbol!,
  )
  return [...bySymbol]
    .flatMap(([symbol, own]) => {
      const market = ledger.markets.get(symbol)
      const due = (market?.dividends ?? []).filter(({ day }) => day <= asOf && day > own[0]!.date)
      const missing = unrecorded(due, own)
      return missing.flatMap(({ day, amount }): DividendProposal[] => {
        const { shares } = positionOf(symbol, own, market!.splits, ledger.costBasis, addDays(day, -1))
        const paid = rounded(times(shares, fromNumber(amount)), 2)
        const currency = market!.instrument?.currency ?? ledger.baseCurrency
        return paid > 0n ? [{ symbol, exDay: day, shares, perShare: amount, amount: paid, currency }] : []
      })
    })
    .toSorted((a, b) => (a.exDay === b.exDay ? (a.symbol < b.symbol ? -1 : 1) : a.exDay < b.exDay ? -1 : 1))
}

/**
 * Brokers book a dividend on its pay date, up to two months after the ex-date; some files date it a few days earlier.
 */
const LATEST = 60
const EARLIEST = 7

/** Each recorded dividend stands for the latest reported one before it that no other stands for. */
function unrecorded(due: readonly Dividend[], own: readonly Transaction[]): Dividend[] {
  const open = [...due]
  for (const { type, date } of own) {
    if (type !== 'dividend') continue
    const event = open.findLastIndex(({ day }) => {
      const days = daysBetween(day, date)
      return days >= -EARLIEST && days <= LATEST
    })
    if (event >= 0) open.splice(event, 1)
  }
  return open
}
