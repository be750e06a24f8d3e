import { cashEffect } from '../portfolio/cash.ts'
import type { Day } from '../portfolio/day.ts'
import { toNumber } from '../portfolio/decimal.ts'
import type { Holding } from '../portfolio/holding.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { type AnnualRate, annualRate } from './annual-rate.ts'

/**
 * Returns each symbol's own XIRR: the yearly rate that makes the money paid for it (buys and fees) worth what it
 * brought (sales and dividends) and its value now. For a position that was sold out it ends with the last sale or
 * dividend. It is null, with the reason, under 365 days or without a price (finance.md, "XIRR").
 */
export function holdingXirrs(ledger: Ledger, valued: readonly Holding[], asOf: Day): Map<string, AnnualRate> {
  const flows = flowsBySymbol(ledger, asOf)
  return new Map(valued.map((holding) => [holding.symbol, rateOf(holding, flows.get(holding.symbol), asOf)]))
}

/** `unknown` says why an amount is not known. */
type OwnFlow = { day: Day; amount: number; unknown: string | undefined }

function rateOf({ position, value, reason }: Holding, flows: OwnFlow[] = [], asOf: Day): AnnualRate {
  const unknown = flows.find((flow) => flow.unknown !== undefined)?.unknown
  if (value === null || unknown !== undefined) return { rate: null, reason: unknown ?? reason }
  const last = position.shares > 0n ? asOf : (flows.at(-1)?.day ?? asOf)
  return annualRate(flows, { day: last, value: toNumber(value) })
}

/**
 * The flows of each symbol, money into the holding positive and out of it negative, from one walk over the ledger.
 */
function flowsBySymbol({ transactions }: Ledger, asOf: Day): Map<string, OwnFlow[]> {
  const flows = new Map<string, OwnFlow[]>()
  for (const transaction of transactions) {
    const { symbol, type, date } = transaction
    if (date > asOf) break
    if (symbol === null || type === 'split') continue
    const own = flows.get(symbol)
    const amount = -toNumber(cashEffect(transaction))
    const flow = { day: date, amount, unknown: transaction.unconverted }
    if (own) own.push(flow)
    else flows.set(symbol, [flow])
  }
  return flows
}
