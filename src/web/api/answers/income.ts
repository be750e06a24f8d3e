import * as v from 'valibot'
import { explanation } from './figures.ts'
import { amount, currency, day, decimal, month, ratio, reasons, symbol } from './value.ts'

const yields = { yield: ratio, yield_on_cost: ratio, growth: ratio }

export const income = v.strictObject({
  as_of: day,
  until: day,
  expected: decimal,
  ...yields,
  reasons,
  inputs: v.strictObject({
    market_value: decimal,
    cost_basis: decimal,
    this_year: decimal,
    last_year: decimal,
  }),
  months: v.array(v.strictObject({ month, expected: decimal, declared: decimal })),
  holdings: v.array(
    v.strictObject({
      symbol,
      name: v.string(),
      shares: decimal,
      expected: decimal,
      ...yields,
      reasons,
      known_since: v.nullable(day),
    }),
  ),
  dividends: v.array(
    v.strictObject({
      symbol,
      name: v.string(),
      ex_date: day,
      shares: decimal,
      per_share: decimal,
      currency,
      expected: amount,
      basis: v.picklist(['declared', 'last_year']),
      declares: v.strictObject({ ex_date: v.boolean(), per_share: v.boolean() }),
      pay_date: v.nullable(day),
      follows: day,
      follows_per_share: decimal,
      late: v.boolean(),
    }),
  ),
  cuts: v.array(
    v.strictObject({
      symbol,
      name: v.string(),
      ex_date: day,
      per_share: decimal,
      before_ex_date: day,
      before_per_share: decimal,
      currency,
      change: v.number(),
    }),
  ),
  left_out: v.array(v.strictObject({ symbol, reason: v.string() })),
  explain: v.optional(explanation),
})
