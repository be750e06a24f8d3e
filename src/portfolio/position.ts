import type { Day } from './day.ts'
import { type Decimal, type Money, over, type Shares, share, shareOut, sum, text, times } from './decimal.ts'
import type { Split } from './instrument.ts'
import { kinds } from './kind.ts'
import { type CostBasis, type Lot, type NamedLots, reduce, returned, splitLots, type Taken } from './lot.ts'
import { bonusShares, type Factor, knownToSource, recordedFactor, splitShares, unitsToday } from './split.ts'
import type { Transaction } from './transaction.ts'

/** A position is the sum of one symbol's transactions: the shares held, their cost, and the gains so far. */
export type Position = {
  symbol: string
  /** In today's share units. */
  shares: Shares
  lots: Lot[]
  /** The cost of the open lots, fees of the buys included. */
  cost: Money
  /** Proceeds after fees − cost of the lots sold. */
  realizedGain: Money
  /** The part of the realized gain that came from exchange rates. */
  realizedCurrencyGain: Money
  dividends: Money
  sales: Sale[]
  /** What transfers took out of the lots, as sales for what it had cost. */
  transfers: Sale[]
  /**
   * What shares were worth above their cost when they left, less the same when they came: a gain that is not the
   * portfolio's when it comes with shares, and stays its own when it leaves with them.
   */
  transferredGain: Money
  /** Sales of more shares than were held; such a sale counts only for the shares held. */
  faults: Oversale[]
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

export type Oversale = { transaction: string; sentence: string }

export type Sale = {
  transaction: string
  date: Day
  shares: Shares
  proceeds: Money
  cost: Money
  gain: Money
  /** What it took out of each lot; the shares add up to its own. */
  lots: Taken[]
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

/** Every lot goes: a part of each is sold for the cash, in proportion to its shares, and the rest becomes another symbol's. */
function exchange(position: Position, { id, date, amount, worth = 0n, sold = 0n, rate }: Transaction): void {
  const { lots } = position
  if (lots.length === 0) noneHeld(position, id, date)
  const parts = exchanged(lots, sold)
  const cost = sum(parts.map((part) => part.sold.cost))
  const taken = lots.map(({ transaction, date: bought, shares, cost: whole }) => {
    return { lot: transaction, date: bought, shares, cost: whole }
  })
  if (amount > 0n) {
    position.realizedGain += amount - cost
    const local = sum(parts.map((part) => part.sold.local))
    if (rate != null) position.realizedCurrencyGain += times(local, rate) - cost
    const own = parts.filter((part) => part.sold.shares > 0n).map((part) => part.sold)
    const sale = { transaction: id, date, shares: sold, proceeds: amount, cost, gain: amount - cost }
    position.sales.push({ ...sale, lots: own })
  }
  const left = sum(parts.map(({ kept }) => kept.cost))
  position.transferredGain += worth - left
  const whole = sum(lots.map((lot) => lot.cost))
  const all = { transaction: id, date, shares: position.shares, proceeds: whole, cost: whole, gain: 0n }
  position.transfers.push({ ...all, lots: taken })
  position.lots = []
  position.shares = 0n
}

function noneHeld({ faults, symbol }: Position, transaction: string, date: Day): void {
  faults.push({ transaction, sentence: `${date}: there was no ${symbol} that could become another symbol’s` })
}

/** Divides each lot into what an exchange paid for and what it keeps. */
export function exchanged(
  lots: readonly Lot[],
  sold: Shares,
): { sold: Taken & { local: Money }; kept: Lot }[] {
  const parts =
    lots.length === 0
      ? []
      : shareOut(
          sold,
          lots.map((lot) => lot.shares),
        )
  return lots.map((lot, i) => {
    const shares = parts[i]!
    const of = (money: Money) => share(money, shares, lot.shares)
    const local = lot.local === undefined ? 0n : of(lot.local)
    const part = { lot: lot.transaction, date: lot.date, shares, cost: of(lot.cost), local }
    return { sold: part, kept: { ...lot, shares: lot.shares - shares, cost: lot.cost - part.cost } }
  })
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
  { id, date, rate, terms, worth = 0n, shares }: Transaction,
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
  const after = position.lots.findIndex((each) => each.date > lot.date)
  position.lots.splice(after < 0 ? position.lots.length : after, 0, lot)
  position.shares += lot.shares
  position.transferredGain += cost - worth
}

/** Takes lots as a sale does, for what they had cost. */
function leave(
  position: Position,
  transfer: Transaction,
  later: Factor,
  basis: CostBasis,
  refusable: ReadonlySet<string>,
): void {
  const found = covered(position, transfer, later, refusable)
  if (found === null) return
  const named = namedIn(position, transfer, later)
  const { kept, taken, cost } = reduce(position.lots, found.shares, basis, named)
  const { id, date, worth = 0n } = transfer
  position.lots = kept
  position.shares -= found.shares
  position.transferredGain += worth - cost
  position.transfers.push({
    transaction: id,
    date,
    shares: found.shares,
    proceeds: cost,
    cost,
    gain: 0n,
    lots: taken,
  })
}

/** Rounding a split can leave less than the smallest amount of shares (1e-8) behind; it is sold with the rest. */
export const DUST: Shares = 100n

/** The shares after a purchase, a sale or a recorded split: what `positionOf` says, without lots. */
export function sharesAfter(shares: Shares, trade: Transaction, splits: readonly Split[]): Shares {
  let after = shares
  if (trade.type === 'split') {
    if (knownToSource(trade, splits)) return shares
    after = splitShares(shares, recordedFactor(trade))
  } else if (trade.type === 'exchange') {
    return 0n
  } else if (trade.type === 'stock_dividend') {
    after += bonusShares(trade, shares, splits)
  } else {
    const traded = splitShares(trade.shares!, unitsToday(trade, splits))
    after += kinds[trade.type].shares === 'in' ? traded : -traded
  }
  return after < DUST ? 0n : after
}

function sell(
  position: Position,
  sale: Transaction,
  later: Factor,
  basis: CostBasis,
  refusable: ReadonlySet<string>,
): void {
  const found = covered(position, sale, later, refusable)
  if (found === null) return
  const { shares, wanted } = found
  const whole = sale.amount - sale.fee
  const proceeds = wanted === null ? whole : share(whole, shares, wanted)
  const named = namedIn(position, sale, later)
  const { kept, taken, cost, local } = reduce(position.lots, shares, basis, named)
  position.lots = kept
  position.shares -= shares
  position.realizedGain += proceeds - cost
  if (sale.rate != null) position.realizedCurrencyGain += times(local, sale.rate) - cost
  position.sales.push({
    transaction: sale.id,
    date: sale.date,
    shares,
    proceeds,
    cost,
    gain: proceeds - cost,
    lots: taken,
  })
}

/**
 * Returns how many shares a sale or a transfer takes: what it wants, or all that is held where it wants more, and then
 * also what it `wanted`, which is a fault. Null when it is refused for that.
 */
function covered(
  position: Position,
  { id, type, date, shares }: Transaction,
  later: Factor,
  refusable: ReadonlySet<string>,
): { shares: Shares; wanted: Shares | null } | null {
  const held = position.shares
  const wanted = splitShares(shares!, later)
  if (wanted <= held - DUST) return { shares: wanted, wanted: null }
  if (wanted < held + DUST) return { shares: held, wanted: null }
  const what = type === 'sell' ? 'sold' : 'transferred out'
  position.faults.push({
    transaction: id,
    sentence: `${date}: ${what} ${text(wanted)} ${position.symbol}, but held only ${text(held)} (in today’s share units)`,
  })
  return refusable.has(id) ? null : { shares: held, wanted }
}

/** Returns the lots that a sale names, in today's units. A lot that holds less than it should is a fault. */
function namedIn(position: Position, { id, date, terms }: Transaction, later: Factor): NamedLots {
  return (terms?.lots ?? []).map((named) => {
    const shares = named.shares === null ? null : splitShares(named.shares, later)
    const held = sum(position.lots.filter((lot) => lot.date === named.date).map((lot) => lot.shares))
    if (held === 0n || (shares !== null && shares >= held + DUST)) {
      const what = `${position.symbol} of ${named.date}`
      const sentence =
        held === 0n ? `there is no lot of ${what}` : `the lots of ${what} hold only ${text(held)}`
      position.faults.push({ transaction: id, sentence: `${date}: ${sentence}` })
    }
    return { date: named.date, shares }
  })
}
