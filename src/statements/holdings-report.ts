import { fromNumber, text } from '../portfolio/decimal.ts'
import { textCell } from './text-cell.ts'
import { csv } from './write-statement.ts'

/** A position as snapshot/snapshot.ts has it: decimals are text, ratios are numbers, unknown figures are null. */
type Holding = {
  symbol: string
  name: string
  shares: string
  /** The price in `currency`; all other amounts are in the portfolio's. */
  price: string | null
  currency: string
  /** The instant or the day of the price. */
  priced: string | null
  market_value: string | null
  cost_basis: string | null
  unrealized_gain: string | null
  gain_ratio: number | null
  /** Dividends reinvested. */
  total_return: number | null
  weight: number | null
  day_change: string | null
  day_change_ratio: number | null
  /** By benchmark, the return of the same money in it, and the total return of this position less that. */
  benchmarks: Readonly<Record<string, number | null>>
  vs: Readonly<Record<string, number | null>>
  /** By benchmark, what it added to the gap, in the portfolio's currency. */
  vs_money: Readonly<Record<string, string | null>>
  realized_gain: string | null
  dividends: string | null
  /** The reasons why a figure is missing, or doubtful. */
  notes: readonly string[]
}

/**
 * Writes the table of holdings as a CSV file: the open positions first, then the closed ones, which show
 * what they left behind only. It is a report and no account statement: it lists positions, not trades, so readStatement does
 * not accept it. Percentages and percentage points (pp) are a ratio times 100. An unknown figure is an empty cell,
 * and the note says why.
 */
export function holdingsReport(
  open: readonly Holding[],
  closed: readonly Holding[],
  benchmarks: readonly string[],
  baseCurrency: string,
): string {
  const columns = columnsOf(benchmarks, baseCurrency)
  const cells = (holding: Holding, isOpen: boolean) =>
    columns.map(({ cell, ofOpen }) => (ofOpen && !isOpen ? null : cell(holding, isOpen)) ?? '')
  return csv(
    columns.map(({ name }) => textCell(name)),
    [...open.map((holding) => cells(holding, true)), ...closed.map((holding) => cells(holding, false))],
  )
}

type Column = {
  name: string
  cell: (holding: Holding, isOpen: boolean) => string | null
  /** A closed position has no price. */
  ofOpen?: boolean
}

function columnsOf(benchmarks: readonly string[], baseCurrency: string): Column[] {
  const figures: Record<string, Column['cell']> = {
    Price: ({ price }) => price,
    'Price Currency': ({ price, currency }) => (price === null ? null : currency),
    'Price As Of': ({ priced }) => priced,
    Value: ({ market_value }) => market_value,
    Cost: ({ cost_basis }) => cost_basis,
    Gain: ({ unrealized_gain }) => unrealized_gain,
    'Gain %': ({ gain_ratio }) => percent(gain_ratio),
    'Total Return %': ({ total_return }) => percent(total_return),
    'Weight %': ({ weight }) => percent(weight),
    'Day Change': ({ day_change }) => day_change,
    'Day Change %': ({ day_change_ratio }) => percent(day_change_ratio),
  }
  for (const symbol of benchmarks) {
    figures[`${symbol} %`] = (holding) => percent(holding.benchmarks[symbol] ?? null)
    figures[`vs ${symbol} pp`] = ({ vs }) => percent(vs[symbol] ?? null)
  }
  return [
    { name: 'Symbol', cell: ({ symbol }) => textCell(symbol) },
    { name: 'Name', cell: ({ name }) => textCell(name) },
    { name: 'Position', cell: (_, isOpen) => (isOpen ? 'open' : 'closed') },
    { name: 'Shares', cell: ({ shares }) => shares },
    ...Object.entries(figures).map(([name, cell]) => ({ name, cell, ofOpen: true })),
    ...benchmarks.map((symbol) => ({
      name: `vs ${symbol} Money`,
      cell: ({ vs_money }: Holding) => vs_money[symbol] ?? null,
    })),
    { name: 'Realized Gain', cell: ({ realized_gain }) => realized_gain },
    { name: 'Dividends', cell: ({ dividends }) => dividends },
    { name: 'Currency', cell: () => baseCurrency },
    { name: 'Note', cell: ({ notes }) => textCell(notes.join('. ')) },
  ]
}

function percent(ratio: number | null): string | null {
  return ratio === null ? null : text(100n * fromNumber(ratio))
}
