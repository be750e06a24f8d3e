import type { NamedPurchase } from './entry.ts'
import { type Shares, text } from './decimal.ts'
import { type Ledger, positions } from './ledger.ts'
import { purchaseOf } from './lot.ts'
import { splitsOf } from './own-rows.ts'
import { splitShares, unitsToday } from './split.ts'

/**
 * Returns, by the ids of sales and transfers, what they have taken of the lots that they name: the ids of the purchases, and
 * shares in the units of the sale. A lot that is not there is left out, and a sale that is none has no entry.
 */
export function takenAsNamed(ledger: Ledger, ids: readonly string[]): Record<string, NamedPurchase[]> {
  const asked = new Set(ids)
  const rows = new Map(ledger.transactions.filter(({ id }) => asked.has(id)).map((row) => [row.id, row]))
  const found = positions(ledger, '9999-12-31').flatMap(({ symbol, sales, transfers }) =>
    [...sales, ...transfers].flatMap(({ transaction, lots }) => {
      const row = rows.get(transaction)
      if (!row) return []
      const { numerator, denominator } = unitsToday(row, splitsOf(ledger.markets.get(symbol)))
      const shares = new Map<string, Shares>()
      for (const { lot, shares: taken } of lots.filter(({ isNamed }) => isNamed)) {
        const purchase = purchaseOf(lot)
        shares.set(purchase, (shares.get(purchase) ?? 0n) + taken)
      }
      const ofDay = (today: Shares) => splitShares(today, { numerator: denominator, denominator: numerator })
      return [
        [
          transaction,
          [...shares].map(([purchase, today]) => ({ transaction: purchase, shares: text(ofDay(today)) })),
        ] as const,
      ]
    }),
  )
  return Object.fromEntries(found)
}
