import { cashEffect } from '../portfolio/cash.ts'
import type { Day } from '../portfolio/day.ts'
import { toNumber } from '../portfolio/decimal.ts'
import type { Holding } from '../portfolio/holding.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { type OwnRows, rowsBySymbol } from '../portfolio/own-rows.ts'
import { remembered } from '../portfolio/remembered.ts'
import { type AnnualRate, annualRate } from './annual-rate.ts'

/**
 * Returns each symbol's own XIRR: the yearly rate that makes the money paid for it (buys and fees) worth what it
 * brought (sales and dividends) and its value now. For a position that was sold out it ends with the last sale or
 * dividend. It is null, with the reason, under 365 days or without a price (finance.md, "XIRR").
 */
export function holdingXirrs(ledger: Ledger, valued: readonly Holding[], asOf: Day): Map<string, AnnualRate> {
  const rows = rowsBySymbol(ledger.transactions)
  return new Map(
    valued.map((holding) => {
      const flows = flowsOf(rows.get(holding.symbol) ?? [])
      const isWhole = (flows.at(-1)?.day ?? asOf) <= asOf
      return [holding.symbol, rateOf(holding, isWhole ? flows : flows.filter(({ day }) => day <= asOf), asOf)]
    }),
  )
}

/** `unknown` says why an amount is not known. */
type OwnFlow = { day: Day; amount: number; unknown: string | undefined }

function rateOf({ position, value, reason }: Holding, flows: readonly OwnFlow[], asOf: Day): AnnualRate {
  const unknown = flows.find((flow) => flow.unknown !== undefined)?.unknown
  if (value === null || unknown !== undefined) return { rate: null, reason: unknown ?? reason }
  const last = position.shares > 0n ? asOf : (flows.at(-1)?.day ?? asOf)
  return solved(flows, last, toNumber(value))
}

const solved = remembered((flows: readonly OwnFlow[], day: Day, value: number): AnnualRate =>
  annualRate(flows, { day, value }),
)

/** The flows of one symbol, money into the holding positive and out of it negative. */
const flowsOf = remembered((own: OwnRows): OwnFlow[] =>
  own
    .filter(({ type }) => type !== 'split')
    .map((transaction) => ({
      day: transaction.date,
      amount: -toNumber(cashEffect(transaction)),
      unknown: transaction.unconverted,
    })),
)
