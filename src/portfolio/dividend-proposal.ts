import { addDays, type Day, daysBetween } from './day.ts'
import { fromNumber, type Money, rounded, type Shares, times } from './decimal.ts'
import type { Dividend } from './instrument.ts'
import type { Ledger } from './ledger.ts'
import { positionOf } from './position.ts'
import type { Transaction } from './transaction.ts'

/** A dividend that the source reports and the ledger does not have. */
export type DividendProposal = {
  symbol: string
  exDay: Day
  /** Held at the close of the day before, in today's units; so is the amount a share. */
  shares: Shares
  perShare: number
  /** shares × perShare, to the cent as a broker pays it, in the currency the symbol trades in. */
  amount: Money
  currency: string
}

/**
 * Dividends that were due up to a day, oldest first: for the shares held at the close before each ex-date (bought on
 * it: none; sold on it: still paid), less those that the owner has recorded (finance.md,
 * "Dividends"). Accepted ones are recorded, so nothing is ever counted twice.
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

/** Brokers book a dividend on its pay day, up to two months after the ex-date; files round it the other way. */
const LATEST = 60
const EARLIEST = 7

/** Each recorded dividend stands for the latest event before it that no other stands for. */
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
