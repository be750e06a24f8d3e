import type { Shares } from './decimal.ts'
import type { Split } from './instrument.ts'
import type { Market } from './ledger.ts'
import { bookedRows } from './moved-lots.ts'
import { noSplits, symbolsAmong } from './own-rows.ts'
import { type Position, positionOf } from './position.ts'
import { noPrices } from './price-history.ts'
import type { Oversale } from './sale.ts'
import { adjustedTrades } from './split.ts'
import { inOrder, type Transaction } from './transaction.ts'

/**
 * Returns the sales of shares that are not there, for one symbol. `refusable` names the sales that are not in the
 * ledger yet (position.ts). Where shares of other symbols became this one's, their splits count too.
 */
export function oversales(
  transactions: readonly Transaction[],
  symbol: string,
  splits: readonly Split[],
  refusable?: ReadonlySet<string>,
  splitsOfOthers: (symbol: string) => readonly Split[] = () => noSplits,
): Oversale[] {
  return positionFrom(transactions, symbol, splits, splitsOfOthers, refusable).faults
}

/**
 * The rows that a symbol's shares follow from: its own, or all of them where shares of one symbol became another's. Each
 * symbol is then judged without looking through all of the ledger.
 */
export function rowsOfSymbols(
  transactions: readonly Transaction[],
): (symbol: string) => readonly Transaction[] {
  if (transactions.some(({ terms }) => terms?.newSymbol !== undefined)) return () => transactions
  const bySymbol = Map.groupBy(transactions, ({ symbol }) => symbol)
  return (symbol) => bySymbol.get(symbol) ?? []
}

/** Returns the shares that all transactions leave of one symbol, in today's share units, in whichever order they are. */
export function sharesLeft(
  transactions: readonly Transaction[],
  symbol: string,
  splitsOf: (symbol: string) => readonly Split[],
): Shares {
  return positionFrom(transactions, symbol, splitsOf(symbol), splitsOf).shares
}

function positionFrom(
  transactions: readonly Transaction[],
  symbol: string,
  splits: readonly Split[],
  splitsOfOthers: (symbol: string) => readonly Split[],
  refusable?: ReadonlySet<string>,
): Position {
  const known = (each: string) => (each === symbol ? splits : splitsOfOthers(each))
  const hasArrivals = transactions.some(({ terms }) => terms?.newSymbol !== undefined)
  const rows = hasArrivals
    ? transactions
    : transactions.filter((transaction) => transaction.symbol === symbol)
  const own = inOrder(adjustedTrades(rows, known), known)
  const markets = new Map(
    symbolsAmong(own, () => true).map((each): [string, Market] => [
      each,
      { ...unquoted, splits: [...known(each)] },
    ]),
  )
  const booked = bookedRows(own, { transactions: own, markets, baseCurrency: '', costBasis: 'fifo' })
  return positionOf(
    symbol,
    booked.filter((each) => each.symbol === symbol),
    splits,
    'fifo',
    '9999-12-31',
    refusable,
  )
}

const unquoted: Market = { instrument: null, prices: noPrices, splits: [], dividends: [], quote: null }
