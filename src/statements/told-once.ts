import { columnName } from './columns.ts'
import type { Row } from './csv.ts'
import type { Statement } from './read-statement.ts'
import { text } from '../portfolio/decimal.ts'

/** What was read of one table of a file. */
type Read = { header: Row; found: Pick<Statement, 'rows' | 'skipped'> }

/**
 * Leaves out of later tables what an earlier one of other columns has told: a statement lists an execution among the cash, among the orders
 * and among the trades. Tables of the same columns are of several accounts, or of several years, and each counts.
 */
export function tellOnce(tables: readonly Read[]): void {
  const told: { columns: string; trades: Map<string, number> }[] = []
  for (const { header, found } of tables) {
    const columns = header.cells.map(columnName).join('\n')
    const others = told.filter((each) => each.columns !== columns)
    const hasOthers = others.some(({ trades }) => trades.size > 0)
    const own = new Map<string, number>()
    found.rows = found.rows.filter(({ line, transaction }) => {
      const key = tradeOf(transaction)
      if (key === null) return true
      if (hasOthers && isOfOrders(header)) {
        found.skipped.push({ line, reason: 'an order, whose execution stands in another table' })
        return false
      }
      const before = others.find(({ trades }) => (trades.get(key) ?? 0) > 0)
      if (before) {
        before.trades.set(key, before.trades.get(key)! - 1)
        found.skipped.push({ line, reason: 'a trade that another table of the file has, too' })
        return false
      }
      own.set(key, (own.get(key) ?? 0) + 1)
      return true
    })
    told.push({ columns, trades: own })
  }
}

/** Until when an order holds says nothing of an execution. */
function isOfOrders({ cells }: Row): boolean {
  return cells.some((heading) => /^(?:tif|time[ -]in[ -]force)$/.test(columnName(heading)))
}

function tradeOf({
  type,
  date,
  symbol,
  shares,
  price,
}: Statement['rows'][number]['transaction']): string | null {
  if ((type !== 'buy' && type !== 'sell') || shares === null || price === null) return null
  return [type, date, symbol, text(shares), Number(text(price)).toPrecision(5)].join(' ')
}
