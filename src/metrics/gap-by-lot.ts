import type { Day } from '../portfolio/day.ts'
import { type Money, type Shares, shareOut, sum } from '../portfolio/decimal.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { positionOf } from '../portfolio/position.ts'
import { knownToSource, recordedFactor, splitShares, unitsToday } from '../portfolio/split.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { type Flow, movementOf, moves, type Span, type SymbolFlows } from './carried-flow.ts'

/** The flows of one lot in a period, and what it is worth at the end. */
export type LotFlows = {
  /** Null for what belongs to no lot: proceeds of oversold shares, and a dividend before the first purchase. */
  lot: string | null
  /** The day of the purchase. */
  date: Day | null
  flows: Flow[]
  value: Money | string
}

type Held = [lot: string, shares: Shares][]

/**
 * Divides a symbol's flows and value among its lots, exactly. A purchase belongs to its lot, and a sale to the lots that
 * it took, by shares (portfolio/lot.ts). A dividend, or a fee that names the symbol, belongs to the lots that were held
 * at the close of the day before, by shares; when nothing was held then, to the lots that the last sale took
 * (finance.md, "The gap, explained").
 */
export function lotFlows(ledger: Ledger, own: SymbolFlows, span: Span): LotFlows[] {
  const { symbol, transactions } = own
  const { start, asOf } = span
  const splits = ledger.markets.get(symbol)?.splits ?? []
  const { sales } = positionOf(symbol, transactions, splits, ledger.costBasis, asOf)
  const sold = new Map(sales.map((sale) => [sale.transaction, sale]))
  const lots = new Map<string | null, LotFlows>()
  const held = new Map<string, Shares>()
  let lastSold: Held = []
  const dates = new Map<string, Day>()

  const lotOf = (id: string | null): LotFlows => {
    let lot = lots.get(id)
    if (!lot) {
      lot = { lot: id, date: id === null ? null : (dates.get(id) ?? null), flows: [], value: 0n }
      lots.set(id, lot)
    }
    return lot
  }
  const give = (flow: Flow, among: Held) => {
    if (sum(among.map(([, shares]) => shares)) <= 0n) lotOf(null).flows.push(flow)
    else for (const [lot, amount] of apart(flow.amount, among)) lotOf(lot).flows.push({ ...flow, amount })
  }
  const trade = (transaction: Transaction) => {
    const { id, type, date } = transaction
    if (type === 'buy') {
      dates.set(id, date)
      add(held, id, splitShares(transaction.shares!, unitsToday(transaction, splits)))
    } else if (type === 'sell') {
      lastSold = sold.get(id)!.lots.map(({ lot, shares }) => [lot, shares])
      for (const [lot, shares] of lastSold) add(held, lot, -shares)
    } else if (type === 'split' && !knownToSource(transaction, splits)) {
      const factor = recordedFactor(transaction)
      for (const [lot, shares] of held) held.set(lot, splitShares(shares, factor))
    }
  }
  const move = (flow: Flow, evening: Held) => {
    if (flow.kind === 'buy') lotOf(flow.transaction).flows.push(flow)
    else if (flow.kind === 'sell') {
      const { proceeds, lots: taken } = sold.get(flow.transaction!)!
      const isKnown = typeof flow.amount !== 'string'
      give(
        { ...flow, amount: isKnown ? proceeds : flow.amount },
        taken.map(({ lot, shares }) => [lot, shares]),
      )
      const surplus = isKnown ? (flow.amount as Money) - proceeds : 0n
      if (surplus !== 0n) lotOf(null).flows.push({ ...flow, amount: surplus })
    } else give(flow, evening)
  }

  let isOpen = start === null
  for (const [day, today] of Map.groupBy(transactions, ({ date }) => date)) {
    if (!isOpen && day > start!) {
      isOpen = true
      open()
    }
    const needsEvening = isOpen && today.some(({ type }) => type === 'dividend' || type === 'fee')
    const evening: Held = needsEvening ? (held.size > 0 ? [...held] : lastSold) : []
    for (const transaction of today) {
      trade(transaction)
      if (isOpen && moves.has(transaction.type)) move(movementOf(transaction, span), evening)
    }
  }
  if (!isOpen) open()
  const left: Held = [...held]
  if (left.length > 0) for (const [lot, value] of apart(own.value, left)) lotOf(lot).value = value
  return [...lots.values()]

  /** The first flow of each lot is what it was worth when the period began. */
  function open(): void {
    const opening = own.flows[0]
    if (opening?.kind === 'start') give(opening, [...held])
  }
}

function add(held: Map<string, Shares>, lot: string, shares: Shares): void {
  const after = (held.get(lot) ?? 0n) + shares
  if (after === 0n) held.delete(lot)
  else held.set(lot, after)
}

/** Divides an amount by shares. When it is a sentence, every lot gets the sentence. */
function apart(amount: Money | string, among: Held): [lot: string, amount: Money | string][] {
  if (typeof amount === 'string') return among.map(([lot]) => [lot, amount])
  const shares = shareOut(
    amount,
    among.map(([, each]) => each),
  )
  return among.map(([lot], i) => [lot, shares[i]!])
}
