import type { Day } from './day.ts'
import { type Money, type Shares, share, sum } from './decimal.ts'

/** Shares bought together: the unit of cost basis. Shares are in today's units; cost includes the buy's fee. */
export type Lot = { transaction: string; date: Day; shares: Shares; cost: Money }

/** Which of the lots, in buying order, a sale takes next. `average` spreads the whole cost over all shares before. */
export const costBases = {
  fifo: () => 0,
  lifo: (lots: readonly Lot[]) => lots.length - 1,
  hifo: dearest,
  average: () => 0,
} satisfies Record<string, (lots: readonly Lot[]) => number>

export type CostBasis = keyof typeof costBases

/**
 * Takes shares out of lots. `cost` is what the taken shares had cost, `kept` what is left in buying order. The
 * caller has made sure that the shares are there. The last share of a lot takes the last of its cost, so that
 * selling everything leaves exactly 0.
 */
export function reduce(lots: readonly Lot[], shares: Shares, basis: CostBasis): { kept: Lot[]; cost: Money } {
  const kept = basis === 'average' ? spread(lots) : [...lots]
  let wanted = shares
  let cost = 0n
  while (wanted > 0n) {
    const next = costBases[basis](kept)
    const lot = kept[next]
    if (!lot) throw new Error(`${wanted} more shares were sold than the lots hold`)
    if (lot.shares <= wanted) {
      kept.splice(next, 1)
      wanted -= lot.shares
      cost += lot.cost
    } else {
      const taken = share(lot.cost, wanted, lot.shares)
      kept[next] = { ...lot, shares: lot.shares - wanted, cost: lot.cost - taken }
      cost += taken
      wanted = 0n
    }
  }
  return { kept, cost }
}

/** The lot with the highest cost a share; of equals the oldest. */
function dearest(lots: readonly Lot[]): number {
  let found = 0
  for (let i = 1; i < lots.length; i++) {
    if (lots[i]!.cost * lots[found]!.shares > lots[found]!.cost * lots[i]!.shares) found = i
  }
  return found
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
