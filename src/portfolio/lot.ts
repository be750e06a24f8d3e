import type { Day } from './day.ts'
import { type Money, type Shares, share, shareOut, sum } from './decimal.ts'
import { type Factor, splitShares } from './split.ts'

/** A lot is shares bought together. Its shares are in today's units; its cost includes the fee of the buy. */
export type Lot = {
  transaction: string
  date: Day
  shares: Shares
  cost: Money
  /** The cost in the currency the symbol trades in, where that is not the portfolio's. */
  local?: Money
}

/** What a sale took out of one lot, and what that had cost. `lot` names the lot's purchase, `date` is its day. */
export type Taken = { lot: string; date: Day; shares: Shares; cost: Money }

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
 * Takes shares out of lots. `kept` holds the lots that are left, in buying order, and `taken` what came out of each
 * lot. `cost` is the cost of the taken shares, `local` the same in the symbol's own currency (0n for lots without one).
 * The last share of a lot takes the rest of its cost, so that selling everything leaves exactly 0. Throws when the lots
 * hold fewer shares: the caller has checked.
 */
export function reduce(
  lots: readonly Lot[],
  shares: Shares,
  basis: CostBasis,
): { kept: Lot[]; taken: Taken[]; cost: Money; local: Money } {
  const kept = basis === 'average' ? spread(lots) : [...lots]
  const taken: Taken[] = []
  let wanted = shares
  let cost = 0n
  let local = 0n
  while (wanted > 0n) {
    const next = costBases[basis](kept)
    const lot = kept[next]
    if (!lot) throw new Error(`${wanted} more shares were sold than the lots hold`)
    if (lot.shares <= wanted) {
      taken.push({ lot: lot.transaction, date: lot.date, shares: lot.shares, cost: lot.cost })
      kept.splice(next, 1)
      wanted -= lot.shares
      cost += lot.cost
      local += lot.local ?? 0n
    } else {
      const takenCost = share(lot.cost, wanted, lot.shares)
      taken.push({ lot: lot.transaction, date: lot.date, shares: wanted, cost: takenCost })
      kept[next] = { ...lot, shares: lot.shares - wanted, cost: lot.cost - takenCost }
      cost += takenCost
      if (lot.local !== undefined) {
        const takenLocal = share(lot.local, wanted, lot.shares)
        kept[next].local = lot.local - takenLocal
        local += takenLocal
      }
      wanted = 0n
    }
  }
  return { kept, taken, cost, local }
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
  if (lots.every((lot) => lot.local === undefined)) return lots.map((lot, i) => ({ ...lot, cost: cost[i]! }))
  const local = spreadOver(lots, (lot) => lot.local ?? 0n)
  return lots.map((lot, i) => ({ ...lot, cost: cost[i]!, local: local[i]! }))
}

function spreadOver(lots: readonly Lot[], of: (lot: Lot) => Money): Money[] {
  return shareOut(
    sum(lots.map(of)),
    lots.map((lot) => lot.shares),
  )
}
