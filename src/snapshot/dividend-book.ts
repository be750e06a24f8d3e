import { rateOn } from '../portfolio/exchange-rate.ts'
import type { Day } from '../portfolio/day.ts'
import { type Money, rounded, sum, text, times } from '../portfolio/decimal.ts'
import { dividendProposals } from '../portfolio/dividend-proposal.ts'
import { holdings } from '../portfolio/holding.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { type DividendYield, dividendYields } from '../metrics/dividend-yield.ts'

/** Every dividend up to a day, as recorded and in the portfolio's currency, and what they come to. */
export type DividendBook = {
  /** Newest first. */
  rows: DividendRow[]
  /** Newest first. */
  years: string[]
  /** The one that brought most first. */
  symbols: SymbolDividends[]
  /** Of all symbols, by year. */
  totals: Record<string, string | null>
  total: string | null
  /** Of all that is held; its money is decimal text. */
  yield: Yield
  /** Reported by the market and not recorded, newest first (dividend-proposal.ts). */
  proposals: ProposedDividend[]
}

export type DividendRow = {
  id: string
  symbol: string
  name: string
  date: Day
  /** As written down. */
  amount: string
  currency: string
  /** In the portfolio's currency at that day's rate; null when that is not known, with the reason. */
  base_amount: string | null
  reason: string | null
  note: string
}

type SymbolDividends = {
  symbol: string
  name: string
  by_year: Record<string, string | null>
  total: string | null
  /** Null for what is not held any more. */
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

/** All sums are in the portfolio's currency; one that holds an amount whose rate is not known is null. */
export function dividendBook(ledger: Ledger, asOf: Day): DividendBook {
  const paid = ledger.transactions
    .filter(({ type, date }) => type === 'dividend' && date <= asOf)
    .toReversed()
  const nameOf = (symbol: string) => ledger.markets.get(symbol)?.instrument?.name ?? symbol
  const yields = dividendYields(ledger, holdings(ledger, asOf), asOf)
  const all = new Sums()
  const bySymbol = new Map<string, Sums>()
  for (const { symbol, date, amount, fee, unconverted } of paid) {
    const own = bySymbol.get(symbol!) ?? new Sums()
    bySymbol.set(symbol!, own)
    for (const sums of [own, all]) sums.add(date.slice(0, 4), unconverted === undefined ? amount - fee : null)
  }
  return {
    rows: paid.map(({ id, symbol, date, amount, fee, recorded, unconverted, note }) => ({
      id,
      symbol: symbol!,
      name: nameOf(symbol!),
      date,
      amount: text((recorded ?? { amount }).amount),
      currency: recorded?.currency ?? ledger.baseCurrency,
      base_amount: unconverted === undefined ? text(amount - fee) : null,
      reason: unconverted ?? null,
      note,
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
    proposals: dividendProposals(ledger, asOf)
      .toReversed()
      .map(({ symbol, exDay, shares, perShare, amount, currency }) => ({
        symbol,
        name: nameOf(symbol),
        ex_date: exDay,
        shares: text(shares),
        per_share: String(perShare),
        amount: text(amount),
        currency,
      })),
  }
}

export type UnrecordedDividends = {
  count: number
  /** In the portfolio's currency at each ex-date's rate; null when one is not known. */
  amount: string | null
}

/** How many dividends the market reports up to a day that the ledger lacks, and what they come to. */
export function unrecordedDividends(ledger: Ledger, asOf: Day): UnrecordedDividends {
  const amounts = dividendProposals(ledger, asOf).map(({ symbol, exDay, amount }) => {
    const foreign = ledger.markets.get(symbol)?.foreign
    if (!foreign) return amount
    const rate = rateOn(foreign, exDay)
    return rate === null ? null : rounded(times(amount, rate), 2)
  })
  return { count: amounts.length, amount: text(sum(amounts)) }
}

/** By year and in all; what is not known makes its sums unknown. */
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
