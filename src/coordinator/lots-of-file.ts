import type { TransactionDraft } from '../portfolio/entry.ts'
import { purchasesIn } from '../portfolio/purchases.ts'
import { noPurchase, placeOf } from '../portfolio/terms.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { contentOf, rowOf } from '../statements/row-key.ts'

/** A row of a file: with its id where it is new, and without one where the portfolio has it already. */
type OfFile = TransactionDraft & { id: string | null }

/**
 * Returns the new rows of a file with the ids of the purchases whose lots they name by their place in a day (`2024-01-02#2`),
 * and why a lot is none. The file's own purchases of that day are counted, as its rows are in order; where it has none of that
 * day, those of the portfolio are, in the order of their entry.
 */
export function withLotsOfFile(
  file: readonly OfFile[],
  before: readonly Transaction[],
  keys: ReadonlyMap<string, string>,
): { rows: Map<string, Transaction>; faults: Map<string, string> } {
  const rows = new Map<string, Transaction>()
  const faults = new Map<string, string>()
  const naming = file.filter(
    (row): row is Transaction =>
      row.id !== null && row.terms?.lots?.some(({ transaction }) => placeOf(transaction) !== null) === true,
  )
  if (naming.length === 0) return { rows, faults }
  const [inFile, there] = [purchasesIn(file), purchasesIn(before)]
  for (const row of naming) {
    const lots = row.terms!.lots!.map((lot) => {
      const place = placeOf(lot.transaction)
      if (place === null) return lot
      const known = there(row.symbol!, lot.date)
      const own = idsOf(inFile(row.symbol!, lot.date), known, keys)
      const transaction = (own.length > 0 ? own : known.map(({ id }) => id))[place - 1]
      if (transaction !== undefined) return { ...lot, transaction }
      faults.set(row.id, `Lots: ${noPurchase(row.symbol!, lot.date, place)}.`)
      return lot
    })
    rows.set(row.id, { ...row, terms: { ...row.terms, lots } })
  }
  return { rows, faults }
}

/** The ids of a day's purchases in a file; of those that are there already that of the row with the same content. */
function idsOf(
  purchases: readonly OfFile[],
  known: readonly Transaction[],
  keys: ReadonlyMap<string, string>,
): (string | undefined)[] {
  const left = [...known]
  return purchases.map((purchase) => {
    if (purchase.id !== null) return purchase.id
    const content = rowOf(purchase)
    const at = left.findIndex((row) => [rowOf(row), contentOf(keys.get(row.id) ?? '')].includes(content))
    return at < 0 ? undefined : left.splice(at, 1)[0]!.id
  })
}
