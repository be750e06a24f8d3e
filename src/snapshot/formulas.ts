import type { GapPartRow, GapReport } from './gap-report.ts'
import type { HoldingRow } from './holding-row.ts'

/** How a figure of a row is calculated: in words, with the row's other fields that are in it. */
type Formula<Row> = { formula: string; inputs: readonly (keyof Row & string)[] }

/** The figures of a holding's row (finance.md, "Value and gain" and "Returns"). */
export const holdingFormulas = {
  market_value: { formula: 'shares × price × exchange rate', inputs: ['shares', 'price', 'currency'] },
  cost_basis: { formula: 'Σ cost of the open lots, fees included', inputs: [] },
  unrealized_gain: { formula: 'market value − cost', inputs: ['market_value', 'cost_basis'] },
  gain_ratio: { formula: 'unrealized gain ÷ cost', inputs: ['unrealized_gain', 'cost_basis'] },
  total_return: { formula: 'return of the open lots, dividends reinvested, weighted by cost', inputs: [] },
  realized_gain: { formula: 'Σ proceeds less fees − cost of the shares sold', inputs: [] },
  price_gain: {
    formula: 'realized + unrealized gain − currency gain',
    inputs: ['realized_gain', 'unrealized_gain', 'currency_gain'],
  },
  currency_gain: { formula: 'what the exchange rate did to what the shares had cost', inputs: [] },
  dividends: { formula: 'Σ dividends', inputs: [] },
  contribution: {
    formula: 'realized + unrealized gain + dividends + interest − its own fees and taxes',
    inputs: ['realized_gain', 'unrealized_gain', 'dividends'],
  },
  xirr: {
    formula: 'the rate r with Σ flow ÷ (1 + r)^(days ÷ 365) = 0, its market value as the last flow',
    inputs: ['market_value'],
  },
  dividend_yield: {
    formula: 'dividends of the last 365 days ÷ market value',
    inputs: ['market_value'],
  },
  yield_on_cost: { formula: 'dividends of the last 365 days ÷ cost', inputs: ['cost_basis'] },
  weight: { formula: 'market value ÷ Σ market values', inputs: ['market_value'] },
  day_change: { formula: 'shares × (price − close of the session before)', inputs: ['shares', 'price'] },
  day_change_ratio: {
    formula: 'day change ÷ value at the close of the session before',
    inputs: ['day_change'],
  },
  benchmarks: {
    formula: 'return of the cost of the open lots in the benchmark from the day of each purchase',
    inputs: [],
  },
  vs: {
    formula: 'total return − the benchmark’s, as a ratio: × 100 are percentage points',
    inputs: ['total_return', 'benchmarks'],
  },
  vs_money: {
    formula: 'market value + Σ cash flow × benchmark now ÷ benchmark on its day',
    inputs: ['market_value'],
  },
} as const satisfies Partial<Record<keyof HoldingRow, Formula<HoldingRow>>>

/** The figures of a gap and of its parts (finance.md, "The gap, explained"). */
export const gapFormulas = {
  gap: {
    formula: 'value of the portfolio − value of the same deposits in the benchmark',
    inputs: ['value', 'benchmark_value'],
  },
  cash_drag: { formula: 'cash now − Σ change of cash × benchmark now ÷ benchmark on its day', inputs: [] },
  fees: { formula: 'fees and taxes of no symbol, carried to now at the benchmark’s growth', inputs: [] },
  interest: { formula: 'interest of no symbol, carried to now at the benchmark’s growth', inputs: [] },
  uncovered: { formula: 'what withdrawals asked of the benchmark beyond what it had', inputs: [] },
} as const satisfies Partial<Record<keyof GapReport, Formula<GapReport>>>

export const gapPartFormulas = {
  gap: {
    formula:
      'value − purchases and fees + sales + dividends, each × benchmark now ÷ benchmark on its day; Σ parts + cash drag + fees + interest + uncovered = the gap',
    inputs: ['value', 'paid', 'received', 'dividends'],
  },
} as const satisfies Partial<Record<keyof GapPartRow, Formula<GapPartRow>>>
