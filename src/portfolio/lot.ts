import type { Day } from './day.ts'
import { type Money, type Shares, share, sum } from './decimal.ts'

/** Shares bought together: the unit of cost basis. Shares are in today's units; cost includes the buy's fee. */
export type Lot = {
  transaction: string
  date: Day
  shares: Shares
  cost: Money
  /** The cost in the currency the symbol trades in, where that is not the portfolio's. */
  local?: Money
}

/** Which of the lots, in buying order, a sale takes next. `average` spreads the whole cost over all shares before. */
export const costBases = {
  fifo: () => 0,
  lifo: (lots: readonly Lot[]) => lots.length - 1,
  hifo: highestCost,
  average: () => 0,
} satisfies Record<string, (lots: readonly Lot[]) => number>

export type CostBasis = keyof typeof costBases

/**
 * Takes shares out of lots. `cost` is what the taken shares had cost (`local` in the symbol's own currency, 0n for
 * lots that have none), `kept` what is left in buying order. The caller has made sure that the shares are there. The
 * last share of a lot takes the last of its cost, so that selling everything leaves exactly 0.
 */
export function reduce(
  lots: readonly Lot[],
  shares: Shares,
  basis: CostBasis,
): { kept: Lot[]; cost: Money; local: Money } {
  const kept = basis === 'average' ? spread(lots) : [...lots]
  let wanted = shares
  let cost = 0n
  let local = 0n
  while (wanted > 0n) {
    const next = costBases[basis](kept)
    const lot = kept[next]
    if (!lot) throw new Error(`${wanted} more shares were sold than the lots hold`)
    if (lot.shares <= wanted) {
      kept.splice(next, 1)
      wanted -= lot.shares
      cost += lot.cost
      local += lot.local ?? 0n
    } else {
      const taken = share(lot.cost, wanted, lot.shares)
      kept[next] = { ...lot, shares: lot.shares - wanted, cost: lot.cost - taken }
      cost += taken
      if (lot.local !== undefined) {
        const takenLocal = share(lot.local, wanted, lot.shares)
        kept[next].local = lot.local - takenLocal
        local += takenLocal
      }
      wanted = 0n
    }
  }
  return { kept, cost, local }
}

/** The lot with the highest cost a share; of equals the oldest. */
function highestCost(lots: readonly Lot[]): number {
  let found = 0
  for (let i = 1; i < lots.length; i++) {
    if (lots[i]!.cost * lots[found]!.shares > lots[found]!.cost * lots[i]!.shares) found = i
  }
  return found
}

/** Every share at the average cost, in either currency. */
function spread(lots: readonly Lot[]): Lot[] {
  const cost = spreadOver(lots, (lot) => lot.cost)
  if (lots.every((lot) => lot.local === undefined)) return lots.map((lot, i) => ({ ...lot, cost: cost[i]! }))
  const local = spreadOver(lots, (lot) => lot.local ?? 0n)
  return lots.map((lot, i) => ({ ...lot, cost: cost[i]!, local: local[i]! }))
}

function spreadOver(lots: readonly Lot[], of: (lot: Lot) => Money): Money[] {
  const shares = sum(lots.map((lot) => lot.shares))
  const total = sum(lots.map(of))
  let given = 0n
  return lots.map((lot, i) => {
    const own = i === lots.length - 1 ? total - given : share(total, lot.shares, shares)
    given += own
    return own
  })
}
