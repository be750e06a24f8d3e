import type { Shares } from './decimal.ts'
import type { Split } from './instrument.ts'
import type { Market } from './ledger.ts'
import type { CostBasis } from './lot.ts'
import { bookedRows } from './moved-lots.ts'
import { noSplits, symbolsAmong } from './own-rows.ts'
import { positionOf } from './position.ts'
import { noPrices } from './price-history.ts'
import type { Oversale } from './sale.ts'
import { adjustedTrades } from './split.ts'
import { inOrder, type Transaction } from './transaction.ts'

/**
 * Returns the sales of shares that are not there, for one symbol. `refusable` names the sales that are not in the
 * ledger yet (position.ts). Where shares of other symbols became this one's, their splits count too. The cost basis says
 * what earlier sales have left of the lots that one names.
 */
export function oversales(
  transactions: readonly Transaction[],
  symbol: string,
  splits: readonly Split[],
  refusable?: ReadonlySet<string>,
  splitsOfOthers: (symbol: string) => readonly Split[] = () => noSplits,
  costBasis: CostBasis = 'fifo',
): Oversale[] {
  const known = (each: string) => (each === symbol ? splits : splitsOfOthers(each))
  const rows = hasArrivals(transactions)
    ? transactions
    : transactions.filter((transaction) => transaction.symbol === symbol)
  const own = booked(rows, known, costBasis).filter((each) => each.symbol === symbol)
  return positionOf(symbol, own, splits, costBasis, '9999-12-31', refusable).faults
}

/**
 * The rows that a symbol's shares follow from, in the order they are given in: its own, and those of the symbols whose shares
 * became its own. Each symbol is then judged without looking through all of the ledger.
 */
export function rowsOfSymbols(
  transactions: readonly Transaction[],
): (symbol: string) => readonly Transaction[] {
  const bySymbol = Map.groupBy(transactions, ({ symbol }) => symbol)
  const moves = transactions.filter(isMove)
  return (symbol) => {
    const from = sourcesOf(moves, symbol)
    return from.size === 1
      ? (bySymbol.get(symbol) ?? [])
      : transactions.filter((row) => row.symbol !== null && from.has(row.symbol))
  }
}

/** A symbol, and all those whose shares became its own. */
export function sourcesOf(transactions: readonly Moving[], symbol: string): ReadonlySet<string> {
  return reached(
    transactions,
    [symbol],
    ({ terms }) => terms!.newSymbol!,
    (move) => move.symbol!,
  )
}

/** Some symbols, and all those that their shares became: what changes the lots of one changes those of the others. */
export function becameOf(transactions: readonly Moving[], symbols: Iterable<string>): ReadonlySet<string> {
  return reached(
    transactions,
    symbols,
    (move) => move.symbol!,
    ({ terms }) => terms!.newSymbol!,
  )
}

type Moving = Pick<Transaction, 'symbol' | 'terms'>

function reached(
  transactions: readonly Moving[],
  symbols: Iterable<string>,
  from: (move: Moving) => string,
  to: (move: Moving) => string,
): ReadonlySet<string> {
  const moves = transactions.filter(isMove)
  const found = new Set(symbols)
  for (let size = -1; size < found.size;) {
    size = found.size
    for (const move of moves) if (found.has(from(move))) found.add(to(move))
  }
  return found
}

/**
 * Returns the shares that all transactions leave of some symbols, in today's share units, in whichever order they are. A symbol
 * without transactions is left out.
 */
export function sharesLeft(
  transactions: readonly Transaction[],
  symbols: readonly string[],
  splitsOf: (symbol: string) => readonly Split[],
): Map<string, Shares> {
  const areMixed = hasArrivals(transactions)
  const bySymbol = Map.groupBy(
    areMixed ? booked(transactions, splitsOf) : transactions,
    ({ symbol }) => symbol,
  )
  return new Map(
    symbols.flatMap((symbol): [string, Shares][] => {
      const rows = bySymbol.get(symbol)
      if (!rows) return []
      const own = areMixed ? rows : booked(rows, splitsOf)
      return [[symbol, positionOf(symbol, own, splitsOf(symbol), 'fifo', '9999-12-31').shares]]
    }),
  )
}

/** Says whether shares of one symbol became another's: what is held of either then follows from the rows of both. */
function hasArrivals(transactions: readonly Transaction[]): boolean {
  return transactions.some(isMove)
}

/** Says whether shares of one symbol became another's by this row. */
export function isMove({ terms }: Moving): boolean {
  return terms?.newSymbol !== undefined
}

function booked(
  transactions: readonly Transaction[],
  splitsOf: (symbol: string) => readonly Split[],
  costBasis: CostBasis = 'fifo',
): readonly Transaction[] {
  const rows = inOrder(adjustedTrades(transactions, splitsOf), splitsOf)
  const markets = new Map(
    symbolsAmong(rows, () => true).map((each): [string, Market] => [
      each,
      { ...unquoted, splits: [...splitsOf(each)] },
    ]),
  )
  return bookedRows(rows, { transactions: rows, markets, baseCurrency: '', costBasis })
}

const unquoted: Market = { instrument: null, prices: noPrices, splits: [], dividends: [], quote: null }
