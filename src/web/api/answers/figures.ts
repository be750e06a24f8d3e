import * as v from 'valibot'
import { amount, byBenchmark, count, day, decimal, month, ratio, reason, reasons, symbol } from './value.ts'

// What is calculated; src/portfolio/finance.md defines each figure.

const onDay = v.nullable(v.strictObject({ day, ratio: v.number() }))
const inMonth = v.nullable(v.strictObject({ month, ratio: v.number() }))

const rates = {
  simple_return: ratio,
  xirr: ratio,
  twr: ratio,
  modified_dietz: ratio,
  average_capital: amount,
  volatility: ratio,
  max_drawdown: ratio,
  drawdown: v.nullable(
    v.strictObject({ ratio: v.number(), peak: day, trough: day, recovered: v.nullable(day) }),
  ),
  best_day: onDay,
  worst_day: onDay,
  best_month: inMonth,
  worst_month: inMonth,
}

const amounts = {
  value: amount,
  cash: amount,
  invested: amount,
  total_gain: amount,
  realized_gain: amount,
  unrealized_gain: amount,
  price_gain: amount,
  currency_gain: amount,
  dividends: amount,
  interest: amount,
  fees: amount,
  taxes: amount,
  dividend_yield: ratio,
  yield_on_cost: ratio,
}

const benchmark = { value: amount, invested: amount, gain: amount, gap: amount, ...rates }

const inputs = v.nullable(
  v.strictObject({
    since: v.nullable(day),
    days: count,
    trading_days: count,
    start_value: decimal,
    start_cash: decimal,
    deposits: decimal,
    withdrawals: decimal,
    purchases: decimal,
    sales: decimal,
    other_fees: decimal,
    capital: decimal,
    shares_in: decimal,
    shares_out: decimal,
    transferred_gain: decimal,
    market_value: amount,
    cost_basis: decimal,
    dividends_last_year: decimal,
    revalued: v.optional(decimal),
  }),
)

export const today = v.strictObject({
  since: day,
  change: amount,
  base: amount,
  ratio,
  left_out: v.array(symbol),
  benchmarks: byBenchmark(ratio),
  benchmark_changes: byBenchmark(amount),
})

/** How a figure is calculated. */
export const explanation = v.strictObject({
  figure: v.string(),
  formula: v.string(),
  method: v.string(),
  inputs: v.array(
    v.strictObject({
      label: v.string(),
      value: v.nullable(v.union([v.string(), v.number()])),
      unit: v.picklist(['money', 'ratio', 'number', 'count', 'day', 'month']),
    }),
  ),
  days: v.strictObject({ from: v.nullable(day), to: day }),
  flows: v.optional(v.array(v.strictObject({ day, amount: decimal }))),
  flow_count: v.optional(count),
  result: v.nullable(v.union([v.string(), v.number()])),
  reason,
})

const period = { as_of: day, from: v.nullable(day) }

export const performance = v.strictObject({
  ...period,
  ...amounts,
  ...rates,
  benchmarks: byBenchmark(v.strictObject(benchmark)),
  inputs,
  reasons,
  today: v.optional(today),
  explain: v.optional(explanation),
})

const daily = { since: v.nullable(day), days: count, risk_free: v.number() }
const risks = {
  sharpe: ratio,
  sortino: ratio,
  daily: v.nullable(v.strictObject({ ...daily, mean: v.number(), deviation: v.number() })),
}
const ofBoth = v.strictObject({ portfolio: v.number(), benchmark: v.number() })
const captured = v.strictObject({ days: count, means: v.nullable(ofBoth) })
const risksAgainst = {
  beta: ratio,
  alpha: ratio,
  correlation: ratio,
  tracking_error: ratio,
  information_ratio: ratio,
  up_capture: ratio,
  down_capture: ratio,
  common: v.nullable(v.strictObject({ ...daily, means: ofBoth, deviations: ofBoth })),
  captured: v.nullable(v.strictObject({ up: captured, down: captured })),
}

const parts = v.array(
  v.strictObject({
    name: v.string(),
    to: day,
    twr: ratio,
    benchmarks: byBenchmark(ratio),
    excess: byBenchmark(ratio),
  }),
)
const contributed = { amount, ratio }

export const risk = v.strictObject({
  figures: v.strictObject({
    ...period,
    ...amounts,
    ...rates,
    ...risks,
    risk_free_rate: v.number(),
    benchmarks: byBenchmark(
      v.strictObject({
        ...benchmark,
        ...risks,
        ...risksAgainst,
      }),
    ),
    inputs,
    reasons,
  }),
  months: v.strictObject({ since: v.nullable(day), months: parts, years: parts }),
  rolling: v.strictObject({
    days: v.array(day),
    twr: v.array(ratio),
    benchmarks: byBenchmark(v.array(ratio)),
  }),
  contributions: v.array(v.strictObject({ symbol, name: v.string(), is_open: v.boolean(), ...contributed })),
  unassigned: v.strictObject(contributed),
  explain: v.optional(explanation),
})

export const gap = v.strictObject({
  benchmark: v.string(),
  ...period,
  value: amount,
  benchmark_value: amount,
  gap: amount,
  parts: v.array(
    v.strictObject({
      symbol,
      lot: v.optional(v.nullable(v.string())),
      date: v.optional(v.nullable(day)),
      year: v.optional(v.string()),
      gap: amount,
      value: amount,
      paid: amount,
      received: amount,
      dividends: amount,
      reason,
    }),
  ),
  cash_drag: amount,
  fees: amount,
  interest: amount,
  uncovered: amount,
  put_in: v.optional(amount),
  reasons,
})

const decision = { transaction: v.string(), type: v.string(), date: day, amount, gap: amount, reason }
const traded = v.array(v.strictObject({ ...decision, symbol, shares: decimal }))
const remembered = v.array(
  v.strictObject({
    ...decision,
    symbol: v.nullable(symbol),
    shares: amount,
    note: v.string(),
    review: v.nullable(day),
  }),
)

export const decisions = v.strictObject({
  as_of: day,
  benchmark: v.nullable(v.string()),
  due: remembered,
  remembered,
  best: traded,
  worst: traded,
})

export const chart = v.strictObject({
  days: v.array(day),
  value: v.array(amount),
  invested: v.array(amount),
  twr: v.array(ratio),
  benchmarks: byBenchmark(v.strictObject({ value: v.array(amount), twr: v.array(ratio) })),
})

export const cashFlows = v.strictObject({
  view: v.string(),
  rows: v.array(
    v.strictObject({
      date: day,
      type: v.string(),
      description: v.string(),
      symbol: v.nullable(symbol),
      shares: amount,
      price: amount,
      amount,
      balance: amount,
      transaction: v.nullable(v.string()),
      derived: v.optional(v.literal(true)),
    }),
  ),
  totals: v.record(v.string(), amount),
  reason,
})
