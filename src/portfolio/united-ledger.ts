import type { CashDay } from './cash.ts'
import { cashBook } from './cash-book.ts'
import type { Day } from './day.ts'
import { deposit, foreignCash, type Revaluation } from './foreign-cash.ts'
import type { Money } from './decimal.ts'
import type { Ledger, Member } from './ledger.ts'
import type { CostBasis } from './lot.ts'
import { insideTransfers } from './inside-transfer.ts'
import { trading } from './kind.ts'
import { rowsBySymbol, splitsOf } from './own-rows.ts'
import { sharesAfter } from './position.ts'
import { remembered } from './remembered.ts'
import { bonusShares, knownToSource } from './split.ts'
import { inOneOrder, type Transaction } from './transaction.ts'

/**
 * Returns the ledger of a group: the rows of all its members (finance.md, "Groups"). Each member was prepared in the
 * group's currency and with its benchmarks. What one portfolio infers stays its own: the deposits that its purchases
 * needed are rows here, the dividends that count by themselves are its own, and each row names its portfolio, whose lots
 * a sale takes. So the value is the sum of theirs. Money and shares that moved between two members are no flow.
 */
export function unitedLedger(
  members: readonly Member[],
  { baseCurrency, benchmarks, today }: Pick<Ledger, 'baseCurrency' | 'benchmarks' | 'today'>,
): Ledger {
  const { replaced: inside, underway } = insideTransfers(members)
  const splits = new Set<string>()
  const lists = members.map(({ id, ledger }) =>
    rowsOf(ledger)
      .flatMap((row) => inside.get(row) ?? [row])
      .flatMap((row) => ownRow(row, id, ledger, splits)),
  )
  const revaluations = onceADay([
    ...members.flatMap(({ ledger }) => foreignCash(ledger)?.revaluations ?? []),
    ...underway,
  ])
  const ownPrices = members.flatMap(({ ledger }) => ledger.ownPrices ?? [])
  return {
    stage: 'ready',
    baseCurrency,
    benchmarks,
    today,
    // each row has that of its portfolio
    costBasis: 'fifo',
    transactions: inOneOrder(lists),
    markets: marketsOf(members),
    ...(ownPrices.length > 0 && { ownPrices }),
    ...(revaluations.length > 0 && { revaluations }),
    members,
  }
}

/** A member's rows, with the deposits that it infers. */
function rowsOf(ledger: Ledger): readonly Transaction[] {
  const { transactions, today } = ledger
  const inferred = () => cashBook(ledger, today).filter((day) => day.inferred > 0n)
  const deposits = foreignCash(ledger)?.deposits ?? inferred().map(depositOf)
  return deposits.length === 0 ? transactions : inOneOrder([deposits, transactions])
}

function onceADay(revaluations: readonly Revaluation[]): Revaluation[] {
  const amounts = new Map<Day, Money>()
  for (const { day, amount } of revaluations) amounts.set(day, (amounts.get(day) ?? 0n) + amount)
  return [...amounts].map(([day, amount]) => ({ day, amount })).toSorted((a, b) => (a.day < b.day ? -1 : 1))
}

const depositOf = remembered(({ day, inferred }: CashDay): Transaction => deposit(day, inferred))

/** A split that only ledgers know is of the symbol, however many of them have it: it stands once, for all shares. */
function ownRow(row: Transaction, id: string, ledger: Ledger, splits: Set<string>): Transaction[] {
  const { type, symbol, date, ratio } = row
  const isRecorded = type === 'split' && !knownToSource(row, ledger.markets.get(symbol!)?.splits ?? [])
  if (!isRecorded) return [tagged(ofItsOwn(row, ledger), id, ledger.costBasis)]
  const name = `${symbol} ${date} ${ratio!.numerator / ratio!.denominator}`
  if (splits.has(name)) return []
  splits.add(name)
  return [row]
}

/**
 * Whether the source reports a stock dividend as a split, which brought the shares already, is told by what its own
 * portfolio held.
 */
function ofItsOwn(row: Transaction, { transactions, markets }: Ledger): Transaction {
  if (row.type !== 'stock_dividend') return row
  const splits = splitsOf(markets.get(row.symbol!))
  let held = 0n
  for (const each of rowsBySymbol(transactions).get(row.symbol!)!) {
    if (each === row) break
    if (trading.has(each.type)) held = sharesAfter(held, each, splits)
  }
  return bonusShares(row, held, splits) === 0n ? { ...row, shares: 0n, entry: row } : row
}

/** The same object each time, so that what is calculated from it can be remembered. */
const tagged = remembered((row: Transaction, id: string, costBasis: CostBasis): Transaction => {
  const account = { id, costBasis }
  // what nobody entered is named by its day, which others have too
  const own = row.derived ? { ...row, id: `${id}:${row.id}`, account } : { ...row, account }
  return row.entry ? { ...own, entry: { ...row.entry, account } } : own
})

/** Every member has the market of its own symbols; what one owner prices by hand is so for all. */
function marketsOf(members: readonly Member[]): Ledger['markets'] {
  const markets: Ledger['markets'] = new Map()
  for (const { ledger } of members)
    for (const [symbol, market] of ledger.markets)
      if (market.byHand || !markets.has(symbol)) markets.set(symbol, market)
  return markets
}
