import type { Day } from '../portfolio/day.ts'
import { ratioOf, stored, sum, text } from '../portfolio/decimal.ts'
import type { TransactionType } from '../portfolio/kind.ts'
import { remembered } from '../portfolio/remembered.ts'
import { versus } from '../metrics/total-return.ts'
import type { TransactionRow } from './transaction-row.ts'

/** Which transactions are requested, and in which order. */
export type TransactionQuery = {
  show: Show
  ticker: string | null
  /** Both days included. */
  from: Day | null
  to: Day | null
  sort: Sort
  descending: boolean
  /** Counts from 1. */
  page: number
}

/** The types that can be shown alone; splits are only in `all`. */
export const shows = {
  all: null,
  buys: ['buy'],
  sells: ['sell'],
  dividends: ['dividend'],
  cash: ['deposit', 'withdrawal', 'interest', 'fee', 'tax'],
} satisfies Record<string, TransactionType[] | null>
export type Show = keyof typeof shows

type Key = string | number | null

/** What each column sorts by; rows without it come last in both directions. `vs-VOO` sorts by the lead over VOO. */
const keys = {
  date: (row) => row.date,
  type: (row) => row.type,
  ticker: (row) => row.symbol,
  shares: (row) => number(row.shares),
  price: (row) => number(row.price),
  amount: (row) => number(row.cash),
  value: (row) => number(row.value),
  gain: (row) => number(row.gain),
  gain_ratio: (row) => row.gain_ratio,
  held: (row) => row.held_ratio,
} satisfies Record<string, (row: TransactionRow) => Key>
export type Sort = keyof typeof keys | `vs-${string}`

/** True for a column, and for the lead over any benchmark, whether or not the portfolio has it. */
export function isSort(text: string): text is Sort {
  return Object.hasOwn(keys, text) || /^vs-./.test(text)
}

export const PAGE_SIZE = 100

export type TransactionList = {
  /** The rows of one page. */
  rows: TransactionRow[]
  /** The number of rows on all pages. */
  count: number
  page: number
  pages: number
  totals: TransactionTotals
}

/** The totals of all requested rows, on every page. Null when one row lacks the figure; `reasons` names it. */
type TransactionTotals = {
  /** Cash in − cash out. */
  cash: string | null
  /** The sum over the buys of what they would be worth if nothing had been sold. */
  value: string | null
  gain: string | null
  gain_ratio: number | null
  /** The sum over the sales. */
  realized_gain: string | null
  /** Σ cost × growth since ÷ Σ cost − 1 over the buys, dividends reinvested. */
  total_return: number | null
  /** The same with the benchmark's growth. */
  benchmarks: Record<string, number | null>
  /** `total_return` − the benchmark's. */
  vs: Record<string, number | null>
  /** By benchmark, Σ `vs_money` over the buys. */
  vs_money: Record<string, string | null>
  reasons: Record<string, string>
}

/**
 * Returns one page of the requested rows, sorted. `rows` are in the ledger's order; equal rows are shown newest
 * first. A page past the end is the last one.
 */
export function transactionList(rows: readonly TransactionRow[], query: TransactionQuery): TransactionList {
  const newestFirst = rows.filter(matches(query)).toReversed()
  const found = sorted(newestFirst, query)
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE))
  const page = Math.min(Math.max(query.page, 1), pages)
  return {
    rows: found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE),
    count: found.length,
    page,
    pages,
    totals: totalsOf(rows, query, newestFirst),
  }
}

/** Paging and sorting add up nothing anew. */
function totalsOf(
  rows: readonly TransactionRow[],
  { show, ticker, from, to }: TransactionQuery,
  requested: readonly TransactionRow[],
): TransactionTotals {
  const known = knownTotals(rows)
  const filter = JSON.stringify([show, ticker, from, to])
  const found = known.get(filter) ?? totals(requested)
  if (known.size >= FILTERS) known.clear()
  known.set(filter, found)
  return found
}

/** The totals of so many filters are kept. */
const FILTERS = 32

const knownTotals = remembered((_rows: readonly TransactionRow[]) => new Map<string, TransactionTotals>())

function matches({ show, ticker, from, to }: TransactionQuery): (row: TransactionRow) => boolean {
  const types: TransactionType[] | null = shows[show]
  return ({ type, symbol, date }) =>
    (types === null || types.includes(type)) &&
    (ticker === null || symbol === ticker) &&
    (from === null || date >= from) &&
    (to === null || date <= to)
}

function sorted(newestFirst: TransactionRow[], { sort, descending }: TransactionQuery): TransactionRow[] {
  // the ledger's order says more than the day, because it has the order of entry
  if (sort === 'date') return descending ? newestFirst : newestFirst.toReversed()
  const sign = descending ? -1 : 1
  return newestFirst
    .map((row) => ({ row, key: keyOf(row, sort) }))
    .toSorted(({ key: a }, { key: b }) => {
      if (a === null || b === null) return Number(a === null) - Number(b === null)
      return a === b ? 0 : a < b ? -sign : sign
    })
    .map(({ row }) => row)
}

function keyOf(row: TransactionRow, sort: Sort): Key {
  if (isColumn(sort)) return keys[sort](row)
  const benchmark = sort.slice('vs-'.length)
  // no symbol has small letters
  return benchmark.endsWith('-money')
    ? number(row.vs_money[benchmark.slice(0, -'-money'.length)] ?? null)
    : (row.vs[benchmark] ?? null)
}

function isColumn(sort: Sort): sort is keyof typeof keys {
  return Object.hasOwn(keys, sort)
}

function number(decimal: string | null): number | null {
  return decimal === null ? null : Number(decimal)
}

function totals(rows: readonly TransactionRow[]): TransactionTotals {
  const buys = rows.filter(({ type }) => type === 'buy')
  const sales = rows.filter(({ type }) => type === 'sell')
  const reasons: Record<string, string> = {}
  const total = (
    some: readonly TransactionRow[],
    figure: 'cash' | 'value' | 'gain' | 'cost',
    name: string,
  ) => {
    const unknown = some.find((row) => row[figure] === null)
    if (unknown) reasons[name] = unknown.reasons[figure] ?? ''
    return unknown ? null : sum(some.map((row) => stored(row[figure]!)))
  }
  const gain = total(buys, 'gain', 'gain')
  const cost = sum(buys.map((row) => stored(row.cost ?? '0')))
  const totalReturn = sameMoney(buys, 'total_return', (row) => row.total_return, reasons)
  const benchmarks = Object.fromEntries(
    Object.keys(buys[0]?.benchmarks ?? {}).map((symbol) => [
      symbol,
      sameMoney(buys, `benchmarks.${symbol}`, (row) => row.benchmarks[symbol] ?? null, reasons),
    ]),
  )
  return {
    cash: text(total(rows, 'cash', 'cash')),
    value: text(total(buys, 'value', 'value')),
    gain: text(gain),
    gain_ratio: ratioOf(gain, cost),
    realized_gain: text(total(sales, 'gain', 'realized_gain')),
    total_return: totalReturn,
    benchmarks,
    vs: versus(totalReturn, benchmarks),
    vs_money: Object.fromEntries(
      Object.keys(buys[0]?.vs_money ?? {}).map((symbol) => [symbol, sumOf(buys, symbol)]),
    ),
    reasons,
  }
}

function sumOf(buys: readonly TransactionRow[], benchmark: string): string | null {
  const amounts = buys.map(({ vs_money }) => vs_money[benchmark] ?? null)
  return amounts.includes(null) ? null : text(sum(amounts.map((amount) => stored(amount!))))
}

function sameMoney(
  buys: readonly TransactionRow[],
  figure: string,
  of: (row: TransactionRow) => number | null,
  reasons: Record<string, string>,
): number | null {
  let spent = 0
  let grown = 0
  for (const row of buys) {
    const { cost, reasons: why } = row
    const growth = of(row)
    if (growth === null || cost === null) {
      reasons[figure] = why[figure] ?? why['gain'] ?? ''
      return null
    }
    spent += Number(cost)
    grown += Number(cost) * (1 + growth)
  }
  return spent > 0 ? grown / spent - 1 : null
}
