import type { Day } from '../portfolio/day.ts'
import { SYMBOL } from '../portfolio/instrument.ts'
import { appendAudit } from '../storage/audit.ts'
import { type Portfolio, symbolsOf, updatePortfolio } from '../storage/portfolios.ts'
import { trackSymbols } from '../storage/tracked.ts'
import { type Recorded, updateTransaction } from '../storage/transactions.ts'
import type { Statement } from '../storage/database.ts'
import type { Editing } from './transaction-edits.ts'

/** Which rows get another ticker: all of a symbol, or those up to a day. */
export type Renaming = { from: string; to: string; until: Day | null }

export type Renamed =
  | { status: 'ok'; statements: Statement[]; value: number; after: Recorded[]; portfolio: Portfolio }
  | { status: 'refused'; reason: string }

/**
 * Gives a symbol's transactions another ticker, where another company has taken over the old one. The other way round
 * undoes it, so nothing is renamed to a ticker whose own rows would lie among these. What was decided of the rows stays,
 * and so do their keys: the broker's file does not add them again.
 */
export function renameSymbol(editing: Editing, { from, to, until }: Renaming): Renamed {
  const { db, portfolio, transactions: before, actor, now } = editing
  const refused = (reason: string): Renamed => ({ status: 'refused', reason })
  if (!SYMBOL.test(to)) return refused(`“${to.slice(0, 40)}” is not a ticker`)
  if (to === from) return refused(`these transactions are of ${from} already`)
  const isOf = (ticker: string) => (row: Recorded) => row.symbol === ticker || row.terms?.newSymbol === ticker
  const rows = before.filter((row) => isOf(from)(row) && (until === null || row.date <= until))
  if (rows.length === 0) return refused(`there is no transaction of ${from}${until ? ` up to ${until}` : ''}`)
  const days = rows.map(({ date }) => date).toSorted()
  const others = before.filter(isOf(to)).map(({ date }) => date)
  if (others.some((date) => date >= days[0]! && date <= days.at(-1)!))
    return refused(
      `${to} has transactions of its own in these days, and the two could not be told apart again`,
    )
  const renamed = new Map(rows.map((row) => [row.id, withTicker(row, from, to)]))
  const after = before.map((row) => {
    const again = renamed.get(row.id)
    return again ? { ...again, version: row.version + 1 } : row
  })
  // `QQQ@2012-03-16`; in `FB@META` there is no day, so that it stays with the rows that keep the ticker
  const isOfMoved = (name: string) => {
    const [symbol, day] = name.split('@') as [string, string]
    return symbol === from && (until === null || day <= until)
  }
  const changed = {
    ...portfolio,
    // dividends that never came never came under the other ticker either
    dismissedDividends: portfolio.dismissedDividends.map((name) =>
      isOfMoved(name) ? to + name.slice(from.length) : name,
    ),
    // what is asked of the other ticker is another question
    dismissedActions: portfolio.dismissedActions.filter((name) => !isOfMoved(name)),
    ownInstruments: portfolio.ownInstruments.map((text) =>
      until === null && text.startsWith(`${from} `) ? to + text.slice(from.length) : text,
    ),
  }
  return {
    status: 'ok',
    value: rows.length,
    after,
    portfolio: changed,
    statements: [
      ...rows.map((row) => updateTransaction(db, row.version, renamed.get(row.id)!, now)),
      updatePortfolio(db, portfolio.id, {
        dismissedDividends: changed.dismissedDividends,
        dismissedActions: changed.dismissedActions,
        ownInstruments: changed.ownInstruments,
      }),
      ...appendAudit(
        db,
        portfolio.id,
        actor,
        rows.map((row) => ({
          action: 'update',
          subject: `transaction:${row.id}`,
          before: row,
          after: renamed.get(row.id)!,
        })),
        now,
      ),
      ...trackSymbols(changed, symbolsOf(changed, after)),
    ],
  }
}

/** A row of the symbol, or one by which shares became shares of it. */
function withTicker({ terms, ...row }: Recorded, from: string, to: string): Recorded {
  return {
    ...row,
    symbol: row.symbol === from ? to : row.symbol,
    ...(terms && { terms: terms.newSymbol === from ? { ...terms, newSymbol: to } : terms }),
  }
}
