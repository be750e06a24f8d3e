import { matched, totalReturn, type TotalReturn } from '../portfolio/benchmark.ts'
import { cashDays } from '../portfolio/cash.ts'
import { unconvertedBy, valueIn } from '../portfolio/currency.ts'
import type { Day } from '../portfolio/day.ts'
import { fromFloat, type Money, rounded, sum, text, toNumber } from '../portfolio/decimal.ts'
import {
  dismissedDividends,
  type DividendProposal,
  dividendProposals,
} from '../portfolio/dividend-proposal.ts'
import { holdings } from '../portfolio/holding.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { withAutomaticDividends } from '../portfolio/prepared-ledger.ts'
import type { DayFlow } from '../metrics/period.ts'
import { type DividendYield, dividendYields } from '../metrics/dividend-yield.ts'
import { type IncomeAhead, incomeAhead } from '../metrics/income-ahead.ts'

/** Every dividend that counts up to a day, recorded or derived, in the portfolio's currency, with the totals. */
export type DividendBook = {
  /** The counted dividends, newest first. */
  rows: DividendRow[]
  /** The proposals, newest first. */
  years: string[]
  /** The totals by symbol, the largest first. */
  symbols: SymbolDividends[]
  /** The totals of all symbols by year. */
  totals: Record<string, string | null>
  total: string | null
  /** The totals of everything held; money is decimal text. */
  yield: Yield
  /** What the shares held can be expected to pay in the next twelve months. */
  ahead: IncomeAhead
  /** Dividends that the market reports and nobody has recorded, newest first (dividend-proposal.ts). */
  proposals: ProposedDividend[]
  /**
   * Dividends that nobody recorded, by year, in the portfolio's currency: the derived ones, which `totals` include,
   * or the proposals, which they do not.
   */
  unrecorded: Record<string, string | null>
  /** Dividends that the owner says never came, newest first. */
  dismissed: ProposedDividend[]
}

export type DividendRow = {
  id: string
  symbol: string
  name: string
  date: Day
  /** As recorded. */
  amount: string
  currency: string
  /** In the portfolio's currency at that day's rate; null when the rate is not known, with the reason. */
  base_amount: string | null
  reason: string | null
  note: string
  /** Set on a dividend that nobody recorded and that counts by itself. */
  derived?: true
}

type SymbolDividends = {
  symbol: string
  name: string
  by_year: Record<string, string | null>
  total: string | null
  /** Null for a symbol that is not held any more. */
  yield: Yield | null
}

export type Yield = {
  paid: string
  dividend_yield: number | null
  yield_on_cost: number | null
  reasons: DividendYield['reasons']
}

export type ProposedDividend = {
  symbol: string
  name: string
  ex_date: Day
  shares: string
  per_share: string
  amount: string
  currency: string
}

/** All sums are in the portfolio's currency. A sum with an amount whose rate is not known is null. */
export function dividendBook(ledger: Ledger, asOf: Day): DividendBook {
  const paid = ledger.transactions
    .filter(({ type, date }) => type === 'dividend' && date <= asOf)
    .toReversed()
  const nameOf = (symbol: string) => ledger.markets.get(symbol)?.instrument?.name ?? symbol
  const proposed = ({ symbol, exDay, shares, perShare, amount, currency }: DividendProposal) => ({
    symbol,
    name: nameOf(symbol),
    ex_date: exDay,
    shares: text(shares),
    per_share: String(perShare),
    amount: text(amount),
    currency,
  })
  const proposals = dividendProposals(ledger, asOf)
  const unrecorded = new Sums()
  for (const { date, amount, derived, unconverted } of paid)
    if (derived) unrecorded.add(date.slice(0, 4), unconverted === undefined ? amount : null)
  for (const proposal of proposals) unrecorded.add(proposal.exDay.slice(0, 4), inBase(ledger, proposal))
  const valued = holdings(ledger, asOf)
  const yields = dividendYields(ledger, valued, asOf)
  const all = new Sums()
  const bySymbol = new Map<string, Sums>()
  for (const { symbol, date, amount, fee, unconverted } of paid) {
    const own = bySymbol.get(symbol!) ?? new Sums()
    bySymbol.set(symbol!, own)
    for (const sums of [own, all]) sums.add(date.slice(0, 4), unconverted === undefined ? amount - fee : null)
  }
  return {
    rows: paid.map(({ id, symbol, date, amount, fee, recorded, unconverted, note, derived }) => ({
      id,
      symbol: symbol!,
      name: nameOf(symbol!),
      date,
      amount: text((recorded ?? { amount }).amount),
      currency: recorded?.currency ?? ledger.baseCurrency,
      base_amount: unconverted === undefined ? text(amount - fee) : null,
      reason: unconverted ?? null,
      note,
      ...(derived && { derived }),
    })),
    years: [...all.byYear.keys()].toSorted().toReversed(),
    symbols: [...bySymbol]
      .toSorted(([a, one], [b, other]) => order(other.total, one.total) || (a < b ? -1 : 1))
      .map(([symbol, sums]) => {
        const own = yields.of.get(symbol)
        return {
          symbol,
          name: nameOf(symbol),
          by_year: sums.written(),
          total: text(sums.total),
          yield: own ? yieldOf(own) : null,
        }
      }),
    totals: all.written(),
    total: text(all.total),
    yield: yieldOf(yields.total),
    ahead: incomeAhead(ledger, asOf, valued),
    proposals: proposals.toReversed().map(proposed),
    unrecorded: unrecorded.written(),
    dismissed: dismissedDividends(ledger, asOf).toReversed().map(proposed),
  }
}

export type UnrecordedDividends = {
  count: number
  /** In the portfolio's currency at the rate of each ex-date; null when one rate is not known. */
  amount: string | null
  /** By benchmark: how much the lead over it would grow if these dividends counted; null when that is not known. */
  gap: Record<string, string | null>
}

/**
 * Returns how many reported dividends up to a day no figure counts, their sum, and what counting them would change.
 */
export function unrecordedDividends(ledger: Ledger, asOf: Day): UnrecordedDividends {
  const amounts = dividendProposals(ledger, asOf).map((proposal) => inBase(ledger, proposal))
  const gap = amounts.length === 0 ? {} : gapChange(ledger, withAutomaticDividends(ledger), asOf)
  return { count: amounts.length, amount: text(sum(amounts)), gap }
}

function inBase(ledger: Ledger, { exDay, amount, currency }: DividendProposal): Money | null {
  const value = valueIn(ledger, currency, amount, exDay)
  return value === null ? null : rounded(value, 2)
}

/** both ledgers hold the same shares, so that only cash and deposits can differ */
function gapChange(before: Ledger, after: Ledger, asOf: Day): Record<string, string | null> {
  const unknown = unconvertedBy(before, asOf) ?? unconvertedBy(after, asOf)
  const books = unknown === null ? [cashBook(before, asOf), cashBook(after, asOf)] : []
  const changes = before.benchmarks.map((symbol) => {
    const index = totalReturn(before, symbol)
    const [one = null, other = null] = books.map((book) => cashAhead(book, index, asOf))
    return [symbol, one === null || other === null ? null : text(rounded(other - one, 2))] as const
  })
  return Object.fromEntries(changes)
}

/** The days on which external money came or went, and the balance at the end. */
type CashBook = { days: Day[]; flows: DayFlow[]; balance: Money }

function cashBook({ transactions }: Ledger, asOf: Day): CashBook {
  const book = cashDays(transactions.filter(({ date }) => date <= asOf))
  const moved = book.filter(({ deposits, withdrawals }) => deposits > 0n || withdrawals > 0n)
  return {
    days: moved.map(({ day }) => day),
    flows: moved.map(({ deposits, withdrawals }) => ({
      deposits: toNumber(deposits),
      withdrawals: toNumber(withdrawals),
    })),
    balance: book.at(-1)?.balance ?? 0n,
  }
}

/** Returns the balance less what the same flows would be worth in the benchmark on a day. */
function cashAhead({ days, flows, balance }: CashBook, index: TotalReturn, asOf: Day): Money | null {
  const { value } = matched([...days, asOf], [...flows, { deposits: 0, withdrawals: 0 }], index)
  const worth = value.at(-1) ?? null
  return worth === null ? null : balance - fromFloat(worth)
}

/** Adds up amounts by year and in all. An unknown amount makes its sums unknown. */
class Sums {
  readonly byYear = new Map<string, Money | null>()
  total: Money | null = 0n

  add(year: string, amount: Money | null): void {
    const before = this.byYear.get(year)
    this.byYear.set(year, sum([before === undefined ? 0n : before, amount]))
    this.total = sum([this.total, amount])
  }

  written(): Record<string, string | null> {
    return Object.fromEntries([...this.byYear].map(([year, amount]) => [year, text(amount)]))
  }
}

function order(a: Money | null, b: Money | null): number {
  const [one, other] = [a ?? -1n, b ?? -1n]
  return one < other ? -1 : one > other ? 1 : 0
}

function yieldOf({ paid, dividend_yield, yield_on_cost, reasons }: DividendYield): Yield {
  return { paid: text(paid), dividend_yield, yield_on_cost, reasons }
}
