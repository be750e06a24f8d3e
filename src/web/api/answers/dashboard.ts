import * as v from 'valibot'
import { performance } from './figures.ts'
import {
  amount,
  byBenchmark,
  currency,
  day,
  decimal,
  id,
  instant,
  ratio,
  reason,
  reasons,
  revision,
  symbol,
} from './value.ts'

export const initial = v.strictObject({
  portfolio: v.looseObject({
    id,
    name: v.string(),
    base_currency: currency,
    benchmarks: v.array(v.string()),
  }),
  as_of: v.nullable(v.union([instant, day])),
  fresh: v.boolean(),
  market: v.strictObject({
    phase: v.string(),
    closes_at: v.nullable(instant),
    next_open_at: v.nullable(instant),
  }),
  summary: performance,
  recent_activity: v.array(
    v.looseObject({
      id: v.string(),
      type: v.string(),
      symbol: v.nullable(symbol),
      date: day,
      amount: decimal,
    }),
  ),
  ex_dates: v.array(
    v.strictObject({
      symbol,
      ex_date: day,
      expected: amount,
      late: v.boolean(),
      declared: v.boolean(),
      pay_date: v.nullable(day),
    }),
  ),
  missing: v.array(v.strictObject({ symbol, reason })),
  warnings: v.array(v.string()),
  revision,
})

const lot = v.strictObject({
  transaction: v.string(),
  date: day,
  shares: decimal,
  cost_basis: amount,
  market_value: amount,
  gain: amount,
  gain_ratio: ratio,
  total_return: ratio,
  xirr: ratio,
  benchmarks: byBenchmark(ratio),
  vs: byBenchmark(ratio),
  reasons,
})

const holding = v.strictObject({
  symbol,
  name: v.string(),
  shares: decimal,
  price: amount,
  currency,
  price_as_of: v.nullable(v.union([instant, day])),
  price_from: v.nullable(v.picklist(['own', 'market', 'paid'])),
  price_source: v.nullable(v.string()),
  delisted: v.nullable(day),
  stale: v.boolean(),
  market_value: amount,
  cost_basis: amount,
  unrealized_gain: amount,
  gain_ratio: ratio,
  total_return: ratio,
  realized_gain: amount,
  price_gain: amount,
  currency_gain: amount,
  dividends: amount,
  contribution: amount,
  xirr: ratio,
  dividend_yield: ratio,
  yield_on_cost: ratio,
  weight: ratio,
  day_change: amount,
  day_change_ratio: ratio,
  benchmarks: byBenchmark(ratio),
  vs: byBenchmark(ratio),
  vs_money: byBenchmark(amount),
  quarantined: v.nullable(
    v.strictObject({ price: decimal, currency, at: v.nullable(instant), reason: v.string() }),
  ),
  reason,
  reasons,
  parts: v.optional(
    v.array(
      v.strictObject({
        portfolio: id,
        name: v.string(),
        shares: decimal,
        market_value: amount,
        unrealized_gain: amount,
      }),
    ),
  ),
  lots: v.optional(v.array(lot)),
})

export const holdings = v.strictObject({
  holdings: v.array(holding),
  closed: v.array(holding),
  totals: v.strictObject({
    market_value: amount,
    cost_basis: amount,
    unrealized_gain: amount,
    realized_gain: amount,
    price_gain: amount,
    currency_gain: amount,
    dividends: amount,
    day_change: amount,
    left_out: v.array(symbol),
    contribution: amount,
    unassigned: amount,
    without: v.array(symbol),
  }),
})
