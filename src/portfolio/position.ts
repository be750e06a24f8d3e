import type { Day } from './day.ts'
import { type Decimal, type Money, over, type Shares, sum, times } from './decimal.ts'
import type { Split } from './instrument.ts'
import { kinds } from './kind.ts'
import { type CostBasis, type Lot, returned, splitLots } from './lot.ts'
import { DUST, exchange, type Held, leave, noneHeld, sell } from './sale.ts'
import { bonusShares, type Factor, knownToSource, recordedFactor, splitShares, unitsToday } from './split.ts'
import type { Transaction } from './transaction.ts'

/** A position is the sum of one symbol's transactions: the shares held, their cost, and the gains so far. */
export type Position = Held & {
  /** The cost of the open lots, fees of the buys included. */
  cost: Money
  dividends: Money
  /**
   * The reasons why a figure is not known: a purchase, sale or dividend could not be converted (currency.ts). An unknown
   * purchase leaves the realized gain unknown too, an unknown sale only that.
   */
  unknown: { cost?: string; realized?: string; dividends?: string }
  /**
   * True when the own-currency cost of a buy is unknown, so that price gain and currency gain cannot be separated.
   */
  hasUnknownFxCost: boolean
}

/**
 * Returns the position at the end of a day, from one symbol's transactions in order (transaction.ts) and the splits
 * that the source reports (finance.md, "Position", "Splits" and "Realized gain"). Sales named in `refusable` are not
 * in the ledger yet: when one of them lacks its shares, it is left out altogether.
 */
export function positionOf(
  symbol: string,
  transactions: readonly Transaction[],
  splits: readonly Split[],
  basis: CostBasis,
  asOf: Day,
  refusable: ReadonlySet<string> = nobody,
): Position {
  // a split may be of all portfolios of a group
  if (transactions.find(({ type }) => type !== 'split')?.account === undefined)
    return ownPosition(symbol, transactions, splits, basis, asOf, refusable)
  const accounts = new Map(transactions.flatMap(({ account }) => (account ? [[account.id, account]] : [])))
  const parts = [...accounts.values()].map(({ id, costBasis }) => {
    const own = transactions.filter(({ account }) => account === undefined || account.id === id)
    return ownPosition(symbol, own, splits, costBasis, asOf, refusable)
  })
  return together(symbol, parts)
}

/** The position of a group: each of its portfolios has lots of its own (finance.md, "Groups"). */
function together(symbol: string, parts: readonly Position[]): Position {
  const total = (of: (part: Position) => bigint) => sum(parts.map(of))
  const byDay = <Of extends { date: Day }>(of: (part: Position) => Of[]) =>
    parts.flatMap(of).toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
  return {
    symbol,
    shares: total(({ shares }) => shares),
    lots: byDay(({ lots }) => lots),
    cost: total(({ cost }) => cost),
    realizedGain: total(({ realizedGain }) => realizedGain),
    realizedCurrencyGain: total(({ realizedCurrencyGain }) => realizedCurrencyGain),
    dividends: total(({ dividends }) => dividends),
    sales: byDay(({ sales }) => sales),
    transfers: byDay(({ transfers }) => transfers),
    transferredGain: total(({ transferredGain }) => transferredGain),
    faults: parts.flatMap(({ faults }) => faults),
    unknown: Object.assign({}, ...parts.map(({ unknown }) => unknown).toReversed()),
    hasUnknownFxCost: parts.some(({ hasUnknownFxCost }) => hasUnknownFxCost),
  }
}

function ownPosition(
  symbol: string,
  transactions: readonly Transaction[],
  splits: readonly Split[],
  basis: CostBasis,
  asOf: Day,
  refusable: ReadonlySet<string>,
): Position {
  const position: Position = {
    symbol,
    shares: 0n,
    lots: [],
    cost: 0n,
    realizedGain: 0n,
    realizedCurrencyGain: 0n,
    dividends: 0n,
    sales: [],
    transfers: [],
    transferredGain: 0n,
    faults: [],
    unknown: {},
    hasUnknownFxCost: false,
  }
  for (const transaction of transactions) {
    if (transaction.date > asOf) break
    const later = unitsToday(transaction, splits)
    if (transaction.unconverted !== undefined) doubt(position, transaction.type, transaction.unconverted)
    if (transaction.rate === null && transaction.shares !== null) position.hasUnknownFxCost = true
    switch (transaction.type) {
      case 'buy':
        buy(position, transaction, later)
        break
      case 'sell':
        sell(position, transaction, later, basis, refusable)
        break
      case 'transfer_in':
        arrive(position, transaction, later)
        break
      case 'transfer_out':
        leave(position, transaction, later, basis, refusable)
        break
      case 'split':
        if (!knownToSource(transaction, splits)) {
          position.lots = splitLots(position.lots, recordedFactor(transaction))
          position.shares = sum(position.lots.map((lot) => lot.shares))
        }
        break
      case 'reinvested':
        // a ledger that is ready has its two parts instead (moved-lots.ts)
        buy(position, transaction, later)
        break
      case 'stock_dividend':
        position.lots = dilutedLots(position, transaction, splits)
        position.shares = sum(position.lots.map((lot) => lot.shares))
        break
      case 'spin_off': {
        if (position.lots.length === 0) noneHeld(position, transaction.id, transaction.date)
        const moved = costMoved(position.lots, transaction.terms!.costShare!)
        position.lots = position.lots.map((lot, i) => ({
          ...lot,
          cost: lot.cost - moved[i]!,
          ...(lot.paid !== undefined && { paid: lot.paid - times(lot.paid, transaction.terms!.costShare!) }),
          ...(lot.local !== undefined && {
            local: lot.local - times(lot.local, transaction.terms!.costShare!),
          }),
        }))
        position.transferredGain += (transaction.worth ?? 0n) - sum(moved)
        break
      }
      case 'exchange':
        exchange(position, transaction)
        break
      case 'return_of_capital': {
        const { lots, beyond } = returned(
          position.lots,
          transaction.amount - transaction.fee,
          transaction.rate,
        )
        position.lots = lots
        position.realizedGain += beyond
        break
      }
      case 'dividend':
        position.dividends += transaction.amount - transaction.fee
        break
      case 'price':
      case 'interest':
      case 'deposit':
      case 'withdrawal':
      case 'fee':
      case 'tax':
        break
    }
  }
  position.cost = sum(position.lots.map((lot) => lot.cost))
  return position
}

/** The first of the reasons; null when all is known. */
export function firstUnknown({ unknown }: Pick<Position, 'unknown'>): string | null {
  return unknown.cost ?? unknown.realized ?? unknown.dividends ?? null
}

function doubt({ unknown }: Position, type: Transaction['type'], reason: string): void {
  if (type === 'buy' || type === 'transfer_in' || type === 'return_of_capital') unknown.cost ??= reason
  if (type === 'buy' || type === 'sell' || type === 'transfer_in' || type === 'return_of_capital')
    unknown.realized ??= reason
  if (type === 'dividend') unknown.dividends ??= reason
}

const nobody: ReadonlySet<string> = new Set()

function buy(position: Position, bought: Transaction, later: Factor): void {
  const { id, date, amount, fee, rate } = bought
  const shares = splitShares(bought.shares!, later)
  const lot: Lot = { transaction: id, date, shares, cost: amount + fee }
  if (rate != null) lot.local = over(amount + fee, rate)
  position.lots.push(lot)
  position.shares += shares
}

/** What a spin-off takes of the cost of each lot. */
export function costMoved(lots: readonly Lot[], costShare: Decimal): Money[] {
  return lots.map(({ cost }) => times(cost, costShare))
}

/** Shares that cost nothing: each lot gets its part of them. Without lots they are one. */
function dilutedLots({ lots, shares }: Position, bonus: Transaction, splits: readonly Split[]): Lot[] {
  const more = bonusShares(bonus, shares, splits)
  if (more === 0n) return lots
  if (shares === 0n) return [{ transaction: bonus.id, date: bonus.date, shares: more, cost: 0n }]
  return splitLots(lots, { numerator: shares + more, denominator: shares })
}

/** Lots are in the order in which they were acquired, which may be before the transfer. */
function arrive(
  position: Position,
  { id, date, rate, terms, worth = 0n, shares, paid }: Transaction,
  later: Factor,
): void {
  const cost = terms?.cost ?? worth
  const lot: Lot = {
    transaction: id,
    date: terms?.acquired ?? date,
    shares: splitShares(shares!, later),
    cost,
  }
  if (rate != null) lot.local = over(cost, rate)
  if (paid !== undefined) lot.paid = paid
  const after = position.lots.findIndex((each) => each.date > lot.date)
  position.lots.splice(after < 0 ? position.lots.length : after, 0, lot)
  position.shares += lot.shares
  position.transferredGain += cost - worth
}

/** The shares after a purchase, a sale or a recorded split: what `positionOf` says, without lots. */
export function sharesAfter(shares: Shares, trade: Transaction, splits: readonly Split[]): Shares {
  let after = shares
  if (trade.type === 'split') {
    if (knownToSource(trade, splits)) return shares
    after = splitShares(shares, recordedFactor(trade))
  } else if (trade.type === 'exchange') {
    // in a group others may hold more of it
    after -= trade.gone ?? after
  } else if (trade.type === 'stock_dividend') {
    after += bonusShares(trade, shares, splits)
  } else {
    const traded = splitShares(trade.shares!, unitsToday(trade, splits))
    after = kinds[trade.type].shares === 'in' ? after + traded : after - traded
  }
  return after < DUST ? 0n : after
}
