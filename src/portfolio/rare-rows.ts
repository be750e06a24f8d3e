import { remembered } from './remembered.ts'
import type { Transaction } from './transaction.ts'

/**
 * Returns what few of a ledger's rows are: the recorded splits, the rows whose owner wants to look at them again, and the
 * first row that no rate converts, null when there is none. Several figures ask for one of them, and a walk along the rows of a large ledger costs more than what is done
 * with them: they are looked for once, together.
 */
export const rareRows = remembered(
  (
    transactions: readonly Transaction[],
  ): {
    splits: readonly Transaction[]
    reviewed: readonly Transaction[]
    unconverted: Transaction | null
  } => {
    const splits: Transaction[] = []
    const reviewed: Transaction[] = []
    let unconverted: Transaction | null = null
    for (let i = 0; i < transactions.length; i++) {
      const row = transactions[i]!
      if (row.type === 'split') splits.push(row)
      if ((row.entry ?? row).review !== undefined) reviewed.push(row)
      if (unconverted === null && row.unconverted !== undefined) unconverted = row
    }
    return { splits, reviewed, unconverted }
  },
)
