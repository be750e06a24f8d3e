import type { Day } from './day.ts'
import { type Money, type Shares, share, sum } from './decimal.ts'

/** Shares bought together: the unit of cost basis. Shares are in today's units; cost includes the buy's fee. */
export type Lot = { transaction: string; date: Day; shares: Shares; cost: Money }

/** Which lots a sale reduces first. `average` spreads the whole cost over all shares before each sale. */
export const costBases = {
  fifo: (lots: readonly Lot[]) => [...lots],
  lifo: (lots: readonly Lot[]) => lots.toReversed(),
  hifo: (lots: readonly Lot[]) => lots.toSorted(byCostPerShare),
  average: (lots: readonly Lot[]) => spread(lots),
} satisfies Record<string, (lots: readonly Lot[]) => Lot[]>

export type CostBasis = keyof typeof costBases

/**
 * Takes shares out of lots. `cost` is what the taken shares had cost, `kept` what is left in buying order. The
 * caller has made sure that the shares are there. The last share of a lot takes the last of its cost, so that
 * selling everything leaves exactly 0.
 */
export function reduce(lots: readonly Lot[], shares: Shares, basis: CostBasis): { kept: Lot[]; cost: Money } {
  let wanted = shares
  let cost = 0n
  const left = new Map<string, Lot>()
  for (const lot of costBases[basis](lots)) {
    const taken = wanted < lot.shares ? wanted : lot.shares
    const takenCost = taken === lot.shares ? lot.cost : share(lot.cost, taken, lot.shares)
    wanted -= taken
    cost += takenCost
    left.set(lot.transaction, { ...lot, shares: lot.shares - taken, cost: lot.cost - takenCost })
  }
  if (wanted > 0n) throw new Error(`${wanted} more shares were sold than the lots hold`)
  return { kept: lots.map((lot) => left.get(lot.transaction)!).filter((lot) => lot.shares > 0n), cost }
}

function byCostPerShare(a: Lot, b: Lot): number {
  const difference = b.cost * a.shares - a.cost * b.shares
  return difference > 0n ? 1 : difference < 0n ? -1 : 0
}

function spread(lots: readonly Lot[]): Lot[] {
  const shares = sum(lots.map((lot) => lot.shares))
  const cost = sum(lots.map((lot) => lot.cost))
  let given = 0n
  return lots.map((lot, i) => {
    const own = i === lots.length - 1 ? cost - given : share(cost, lot.shares, shares)
    given += own
    return { ...lot, cost: own }
  })
}
