import { type Money, shareOut, sum } from '../portfolio/decimal.ts'
import { kinds } from '../portfolio/kind.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { splitLots } from '../portfolio/lot.ts'
import { type Position, positionOf, sharesAfter } from '../portfolio/position.ts'
import { type Sale } from '../portfolio/sale.ts'
import { splitShares, unitsToday } from '../portfolio/split.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { carriedSum, type Span, type SymbolFlows } from './carried-flow.ts'
import { type GapPart, settle } from './gap-part.ts'
import { type LotAccount, LotAccounts, type Parts } from './lot-accounts.ts'
import { type Flow, moves } from './movement.ts'

/**
 * Divides a symbol's part among its lots, exactly. A purchase belongs to its lot, and a sale to the lots that it took,
 * by shares (portfolio/lot.ts). A dividend, or interest, a fee or a tax that names the symbol, belongs to the lots that were held at the
 * close of the day before, by shares; when nothing was held then, to the lots that the last sale took. What belongs to no
 * lot is a part of its own: proceeds of oversold shares, and a dividend before the first purchase (finance.md, "The gap,
 * explained").
 */
export function lotParts(ledger: Ledger, own: SymbolFlows, whole: GapPart, span: Span): GapPart[] {
  const lots = walk(ledger, own, foldOf(ledger, own, span), new LotAccounts(span, null))
  const held = lots.filter(({ shares }) => shares > 0n)
  const isKnown = typeof own.value !== 'string'
  const values = shareOut(
    isKnown ? (own.value as Money) : 0n,
    held.map(({ shares }) => shares),
  )
  const worth = new Map<LotAccount, Money | null>(held.map((lot, i) => [lot, isKnown ? values[i]! : null]))
  const parts = lots.map((lot): GapPart => {
    const value = worth.has(lot) ? worth.get(lot)! : 0n
    const reason = value === null ? (own.value as string) : lot.reason
    return {
      symbol: own.symbol,
      gap: value === null || lot.reason !== null ? null : value + carriedSum(lot.fine),
      value,
      paid: lot.unknown.paid ? null : lot.paid,
      received: lot.unknown.received ? null : lot.received,
      dividends: lot.unknown.dividends ? null : lot.dividends,
      reason,
      lot: lot.lot,
      date: lot.date,
    }
  })
  for (const figure of ['gap', 'paid', 'received', 'dividends'] as const) {
    if (whole[figure] !== null) settle(parts, whole[figure], figure)
  }
  return parts
}

/** Returns the flows of one lot; of a dividend or fee, the lot's part. */
export function lotFlows(ledger: Ledger, own: SymbolFlows, span: Span, lot: string | null): Flow[] {
  const flows: Flow[] = []
  walk(ledger, own, foldOf(ledger, own, span), new LotAccounts(span, { lot, flows }))
  return flows
}

function foldOf(ledger: Ledger, { symbol, transactions }: SymbolFlows, { asOf }: Span): Position {
  const splits = ledger.markets.get(symbol)?.splits ?? []
  return positionOf(symbol, transactions, splits, ledger.costBasis, asOf)
}

/** Books every flow to its lots, day by day. */
function walk(
  ledger: Ledger,
  { symbol, transactions, flows }: SymbolFlows,
  position: Position,
  lots: LotAccounts,
): LotAccount[] {
  const splits = ledger.markets.get(symbol)?.splits ?? []
  const sales = new Map([...position.sales, ...position.transfers].map((sale) => [sale.transaction, sale]))
  const opening = flows[0]?.kind === 'start' ? flows[0] : null
  let isOpen = opening === null
  let lastSold: Parts = []
  let next = 0
  const accounts = new Map(transactions.map(({ id, account }) => [id, account?.id]))
  // shares that one portfolio of a group gets are of its lots
  const isOf = ({ account }: Transaction, lot: string | null) =>
    account === undefined || lot === null || accounts.get(lot) === account.id
  const open = () => {
    isOpen = true
    next = 1
    lots.bookAmong(lots.held, opening!)
  }
  const trade = (transaction: Transaction, flow: Flow | null) => {
    const { id, type, date, terms } = transaction
    const { shares: effect } = kinds[type]
    if (effect === 'in') {
      const shares = splitShares(transaction.shares!, unitsToday(transaction, splits))
      lots.change(id, shares, terms?.acquired ?? date)
      if (flow) lots.book(id, flow)
    } else if (effect === 'out') {
      const sale = sales.get(id)!
      for (const { lot, shares } of sale.lots) lots.change(lot, -shares)
      if (sale.lots.length > 0) lastSold = sale.lots
      if (flow && type === 'sell') bookSale(lots, flow, sale)
      else if (flow) lots.bookAmong(sale.lots, flow)
    } else if (effect === 'scaled') {
      const before = lots.held.filter(({ lot }) => isOf(transaction, lot))
      const held = sum(before.map(({ shares }) => shares))
      const after = sharesAfter(held, transaction, splits)
      if (held === 0n) return void (after > 0n && lots.change(id, after, date))
      splitLots(before, { numerator: after, denominator: held }).forEach(({ lot, shares }, i) =>
        lots.change(lot, shares - before[i]!.shares),
      )
    }
  }
  for (let i = 0; i < transactions.length;) {
    const day = transactions[i]!.date
    if (!isOpen && day > opening!.day) open()
    // before the period there are none
    let end = isOpen ? next : flows.length
    // what the evening before decides comes first
    for (; end < flows.length && flows[end]!.day === day; end++) {
      const flow = flows[end]!
      if (isPerShare(flow)) lots.bookPerShare(flow, lastSold)
    }
    for (; i < transactions.length && transactions[i]!.date === day; i++) {
      const transaction = transactions[i]!
      trade(transaction, isOpen && next < end && moves.has(transaction.type) ? flows[next++]! : null)
    }
  }
  if (!isOpen) open()
  return lots.close()
}

const perShare: ReadonlySet<Flow['kind']> = new Set([
  'dividend',
  'return_of_capital',
  'spin_off',
  'interest',
  'fee',
  'tax',
])

/** Dividends, interest, fees and taxes belong to all of a symbol's shares. */
function isPerShare({ kind }: Flow): boolean {
  return perShare.has(kind)
}

/** The proceeds of oversold shares belong to no lot. */
function bookSale(lots: LotAccounts, flow: Flow, { proceeds, lots: taken }: Sale): void {
  const { amount } = flow
  if (typeof amount === 'string') return lots.bookAmong(taken, flow)
  if (taken.length > 0) lots.bookAmong(taken, { ...flow, amount: proceeds })
  if (amount !== proceeds) lots.book(null, { ...flow, amount: amount - proceeds })
}
