import type { Day } from './day.ts'
import { type Money, type Shares, share, shareOut, sum, text, times } from './decimal.ts'
import { type CostBasis, isOfName, type Lot, type NamedLots, reduce, type Taken } from './lot.ts'
import { type Factor, splitShares } from './split.ts'
import type { Transaction } from './transaction.ts'

// What takes shares out of a position: a sale, a transfer, an exchange for another symbol's shares.

/** What a position holds, and what has gone out of it. */
export type Held = {
  symbol: string
  /** In today's share units. */
  shares: Shares
  lots: Lot[]
  /** Proceeds after fees − cost of the lots sold. */
  realizedGain: Money
  /** The part of the realized gain that came from exchange rates. */
  realizedCurrencyGain: Money
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
}

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

/** `isOfLots` where only the lots that it names lack shares. */
export type Oversale = { transaction: string; sentence: string; isOfLots?: true }

/** Rounding a split can leave less than the smallest amount of shares (1e-8) behind; it is sold with the rest. */
export const DUST: Shares = 100n

/** Takes lots for what was paid (finance.md, "Realized gain"). A sale in `refusable` that lacks its shares is left out. */
export function sell(
  position: Held,
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

/** Takes lots as a sale does, for what they had cost. */
export function leave(
  position: Held,
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

/**
 * Returns how many shares a sale or a transfer takes: what it wants, or all that is held where it wants more, and then
 * also what it `wanted`, which is a fault. Null when it is refused for that.
 */
function covered(
  position: Held,
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
function namedIn(position: Held, { id, date, terms }: Transaction, later: Factor): NamedLots {
  return (terms?.lots ?? []).map((named) => {
    const shares = named.shares === null ? null : splitShares(named.shares, later)
    const held = sum(position.lots.filter((lot) => isOfName(lot, named)).map((lot) => lot.shares))
    if (held === 0n || (shares !== null && shares >= held + DUST)) {
      const what = `${position.symbol} of ${named.date}`
      const sentence =
        named.transaction !== undefined
          ? `the named lot of ${what} holds only ${text(held)}`
          : held === 0n
            ? `there is no lot of ${what}`
            : `the lots of ${what} hold only ${text(held)}`
      position.faults.push({ transaction: id, sentence: `${date}: ${sentence}`, isOfLots: true })
    }
    return { ...named, shares }
  })
}

/** Every lot goes: a part of each is sold for the cash, in proportion to its shares, and the rest becomes another symbol's. */
export function exchange(
  position: Held,
  { id, date, amount, worth = 0n, sold = 0n, rate }: Transaction,
): void {
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

export function noneHeld({ faults, symbol }: Held, transaction: string, date: Day): void {
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
    const part: Taken = { lot: lot.transaction, date: lot.date, shares, cost: of(lot.cost) }
    const kept = { ...lot, shares: lot.shares - shares, cost: lot.cost - part.cost }
    if (lot.paid !== undefined) {
      part.paid = of(lot.paid)
      kept.paid = lot.paid - part.paid
    }
    return { sold: { ...part, local }, kept }
  })
}
