import * as v from 'valibot'
import { amount, day, decimal, symbol } from './value.ts'

export const targets = v.union([
  v.strictObject({ targets: v.null() }),
  v.strictObject({ targets: v.string(), reason: v.string() }),
  v.strictObject({
    targets: v.string(),
    as_of: day,
    by: v.string(),
    amount: decimal,
    total: decimal,
    cash: v.strictObject({ value: decimal, target: v.number() }),
    parts: v.array(
      v.strictObject({
        name: v.string(),
        value: decimal,
        weight: v.number(),
        target: v.number(),
        drift: v.number(),
        buy: decimal,
        trade: decimal,
      }),
    ),
    kept: decimal,
    orders: v.array(v.strictObject({ symbol, amount: decimal, shares: amount, realized_gain: amount })),
    realized_gain: amount,
    without: v.array(symbol),
  }),
])
