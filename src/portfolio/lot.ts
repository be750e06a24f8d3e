import type { Day } from './day.ts'
import { type Decimal, type Money, over, type Shares, share, shareOut, sum } from './decimal.ts'
import { type Factor, splitShares } from './split.ts'

/** A lot is shares bought together. Its shares are in today's units; its cost includes the fee of the buy. */
export type Lot = {
  transaction: string
  date: Day
  shares: Shares
  cost: Money
  /** The cost in the currency the symbol trades in, where that is not the portfolio's. */
  local?: Money
  /** What was paid for it, where returned capital has lowered its cost since. */
  paid?: Money
}

/**
 * What a sale took out of one lot, and what that had cost. `lot` names the lot's purchase, `date` is its day; `isNamed`
 * where the sale had named it.
 */
export type Taken = { lot: string; date: Day; shares: Shares; cost: Money; paid?: Money; isNamed?: true }

/**
 * By cost basis, the index of the lot that a sale takes next; lots are in buying order. With `average` the cost has
 * been spread over all shares before (finance.md, "Cost basis").
 */
export const costBases = {
  fifo: () => 0,
  lifo: (lots: readonly Lot[]) => lots.length - 1,
  hifo: highestCost,
  average: () => 0,
} satisfies Record<string, (lots: readonly Lot[]) => number>

export type CostBasis = keyof typeof costBases

/**
 * Lots that a sale names, by the day on which they were bought, and where only one of that day is meant by its purchase;
 * without shares as many as there are.
 */
export type NamedLots = readonly NamedLot[]
type NamedLot = { date: Day; shares: Shares | null; transaction?: string }

/** Says whether a lot is one that is named. */
export function isOfName(lot: Lot, { date, transaction }: NamedLot): boolean {
  if (lot.date !== date) return false
  return transaction === undefined || lot.transaction.split('/').includes(transaction)
}

/** The id of the purchase, by the id of a lot: that of shares which another symbol's became ends with it (moved-lots.ts). */
export function purchaseOf(lot: string): string {
  return lot.slice(lot.lastIndexOf('/') + 1)
}

/**
 * Takes shares out of lots: those that are named first, then by the cost basis. `kept` holds the lots that are left, in
 * buying order, and `taken` what came out of each lot. `cost` is the cost of the taken shares, `local` the same in the
 * symbol's own currency (0n for lots without one). The last share of a lot takes the rest of its cost, so that selling
 * everything leaves exactly 0. Throws when the lots hold fewer shares: the caller has checked.
 */
export function reduce(
  lots: readonly Lot[],
  shares: Shares,
  basis: CostBasis,
  named: NamedLots = [],
): { kept: Lot[]; taken: Taken[]; cost: Money; local: Money } {
  const kept = basis === 'average' ? spread(lots) : [...lots]
  const taken: Taken[] = []
  let wanted = shares
  let cost = 0n
  let local = 0n
  const take = (at: number, most: Shares, isNamed?: true): Shares => {
    const lot = kept[at]
    if (!lot) throw new Error('more shares were sold than the lots hold')
    const out: Taken = { lot: lot.transaction, date: lot.date, shares: lot.shares, cost: lot.cost }
    if (isNamed) out.isNamed = isNamed
    if (lot.paid !== undefined) out.paid = lot.paid
    taken.push(out)
    if (lot.shares <= most) {
      kept.splice(at, 1)
      cost += lot.cost
      local += lot.local ?? 0n
      return lot.shares
    }
    const of = (amount: Money) => share(amount, most, lot.shares)
    out.shares = most
    out.cost = of(lot.cost)
    const left = { ...lot, shares: lot.shares - most, cost: lot.cost - out.cost }
    cost += out.cost
    if (lot.local !== undefined) {
      const ownLocal = of(lot.local)
      left.local = lot.local - ownLocal
      local += ownLocal
    }
    if (lot.paid !== undefined) {
      out.paid = of(lot.paid)
      left.paid = lot.paid - out.paid
    }
    kept[at] = left
    return most
  }
  for (const name of named) {
    let left = name.shares === null || name.shares > wanted ? wanted : name.shares
    for (let at = 0; left > 0n && at >= 0;) {
      at = kept.findIndex((lot) => isOfName(lot, name))
      if (at < 0) continue
      const got = take(at, left, true)
      left -= got
      wanted -= got
    }
  }
  while (wanted > 0n) wanted -= take(costBases[basis](kept), wanted)
  return { kept, taken, cost, local }
}

/**
 * Lowers the cost of lots by capital that is returned, in proportion to their shares. What exceeds the cost of a lot is
 * `beyond`: a gain. `rate` is that of the symbol's own currency, where it has one.
 */
export function returned(
  lots: readonly Lot[],
  amount: Money,
  rate: Decimal | null | undefined,
): { lots: Lot[]; beyond: Money } {
  if (lots.length === 0) return { lots: [], beyond: amount }
  const parts = shareOut(
    amount,
    lots.map((lot) => lot.shares),
  )
  let beyond = 0n
  const after = lots.map((lot, i) => {
    const back = parts[i]! < lot.cost ? parts[i]! : lot.cost
    beyond += parts[i]! - back
    const own = { ...lot, cost: lot.cost - back, paid: paidFor(lot) }
    if (lot.local !== undefined && rate) {
      const there = over(back, rate)
      own.local = there < lot.local ? lot.local - there : 0n
    }
    return own
  })
  return { lots: after, beyond }
}

/** What was paid for a lot, or for a part of it: its cost, before capital was returned. */
export function paidFor({ cost, paid }: { cost: Money; paid?: Money }): Money {
  return paid ?? cost
}

/**
 * Multiplies shares by the ratio of a split. What all of them come to is rounded once and each lot gets its part, so that
 * they add up.
 */
export function splitLots<Of extends { shares: Shares }>(lots: readonly Of[], factor: Factor): Of[] {
  const held = lots.map(({ shares }) => shares)
  const after = shareOut(splitShares(sum(held), factor), held)
  return lots.map((lot, i) => ({ ...lot, shares: after[i]! }))
}

/** The index of the lot with the highest cost a share; of equal ones, the oldest. */
function highestCost(lots: readonly Lot[]): number {
  let found = 0
  for (let i = 1; i < lots.length; i++) {
    if (lots[i]!.cost * lots[found]!.shares > lots[found]!.cost * lots[i]!.shares) found = i
  }
  return found
}

/** Gives every share the average cost, in both currencies. */
function spread(lots: readonly Lot[]): Lot[] {
  const cost = spreadOver(lots, (lot) => lot.cost)
  const isForeign = lots.some((lot) => lot.local !== undefined)
  const hasReturned = lots.some((lot) => lot.paid !== undefined)
  const local = isForeign ? spreadOver(lots, (lot) => lot.local ?? 0n) : []
  const paid = hasReturned ? spreadOver(lots, paidFor) : []
  return lots.map((lot, i) => ({
    ...lot,
    cost: cost[i]!,
    ...(isForeign && { local: local[i]! }),
    ...(hasReturned && { paid: paid[i]! }),
  }))
}

function spreadOver(lots: readonly Lot[], of: (lot: Lot) => Money): Money[] {
  return shareOut(
    sum(lots.map(of)),
    lots.map((lot) => lot.shares),
  )
}
