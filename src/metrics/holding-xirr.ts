import type { Day } from '../portfolio/day.ts'
import { toNumber } from '../portfolio/decimal.ts'
import type { Holding } from '../portfolio/holding.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { rowsBySymbol } from '../portfolio/own-rows.ts'
import { remembered } from '../portfolio/remembered.ts'
import { type AnnualRate, annualRate } from './annual-rate.ts'
import { type Flow, measured, movementsOf } from './movement.ts'

/**
 * Returns each symbol's own XIRR: the yearly rate that makes the money paid for it (buys and fees) worth what it
 * brought (sales and dividends) and its value now. For a position that was sold out it ends with the last sale or
 * dividend. It is null, with the reason, under 365 days or without a price (finance.md, "XIRR").
 */
export function holdingXirrs(ledger: Ledger, valued: readonly Holding[], asOf: Day): Map<string, AnnualRate> {
  const rows = rowsBySymbol(ledger.transactions)
  return new Map(
    valued.map((holding) => {
      const flows = movementsOf(rows.get(holding.symbol) ?? [])
      const isWhole = (flows.at(-1)?.day ?? asOf) <= asOf
      return [holding.symbol, rateOf(holding, isWhole ? flows : flows.filter(({ day }) => day <= asOf), asOf)]
    }),
  )
}

function rateOf({ position, value, reason }: Holding, flows: readonly Flow[], asOf: Day): AnnualRate {
  const unknown = flows.find(({ amount }) => typeof amount === 'string')
  if (value === null || unknown) return { rate: null, reason: unknown ? (unknown.amount as string) : reason }
  const last = position.shares > 0n ? asOf : (flows.at(-1)?.day ?? asOf)
  return solved(flows, last, toNumber(value))
}

/** Solves for the rate. Money into the holding is positive here, and money out of it negative. */
const solved = remembered((flows: readonly Flow[], day: Day, value: number): AnnualRate => {
  const { nearest } = measured(flows)
  return annualRate(
    flows.map((flow, i) => ({ day: flow.day, amount: -nearest[i]! / 1e10 })),
    { day, value },
  )
})
