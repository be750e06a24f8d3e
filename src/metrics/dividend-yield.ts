import { addDays, type Day } from '../portfolio/day.ts'
import { type Money, ratioOf, sum, text } from '../portfolio/decimal.ts'
import type { Holding } from '../portfolio/holding.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { firstUnknown } from '../portfolio/position.ts'
import type { Account, Calculation } from './calculation.ts'
import { type Basis, type Days, money, noValue } from './metric.ts'

export type DividendYield = {
  /** The dividends of the last 365 days. */
  paid: Money
  dividend_yield: number | null
  yield_on_cost: number | null
  reasons: { dividend_yield?: string; yield_on_cost?: string }
}

/** Both yields of the portfolio. */
export const yields = {
  measure({ ledger, valued, asOf }) {
    const { dividend_yield, yield_on_cost, paid, reasons } = dividendYields(ledger, valued, asOf).total
    return {
      figures: { dividend_yield, yield_on_cost },
      reasons,
      inputs: { dividends_last_year: text(paid) },
    }
  },
  metrics: {
    dividend_yield: {
      name: 'Dividend yield',
      unit: 'ratio',
      formula: 'dividends of the last 365 days ÷ holdings at market',
      method: 'Dividends of current holdings, as paid.',
      inputs: (_, { inputs }) => [
        money('Dividends of the last 365 days', inputs?.dividends_last_year),
        money('Holdings at market', inputs?.market_value),
      ],
      days: lastYear,
      missing: noValue,
    },
    yield_on_cost: {
      name: 'Yield on cost',
      unit: 'ratio',
      formula: 'dividends of the last 365 days ÷ cost of the open lots',
      method: 'Dividends of current holdings, as paid.',
      inputs: (_, { inputs }) => [
        money('Dividends of the last 365 days', inputs?.dividends_last_year),
        money('Cost of the open lots', inputs?.cost_basis),
      ],
      days: lastYear,
      missing: noValue,
    },
  },
} satisfies Calculation<Account, Pick<DividendYield, 'dividend_yield' | 'yield_on_cost'>>

function lastYear({ to }: Basis): Days {
  return { from: addDays(to, -364), to }
}

/**
 * Returns the dividend yield (dividends of the last 365 days ÷ market value) and the yield on cost (the same
 * dividends ÷ cost of the open lots), for each open holding and for all of them together. 0.013 is 1.3 %. Dividends
 * of sold holdings, and cash, are in neither.
 *
 * Dividends count as paid: shares bought lately have paid for less than a year. A yield is null when there is no
 * value, or no cost (finance.md, "Dividend yield"; the trailing twelve-month yield of the trade).
 */
export function dividendYields(
  ledger: Ledger,
  valued: readonly Holding[],
  asOf: Day,
): { of: Map<string, DividendYield>; total: DividendYield } {
  const paid = paidLastYear(ledger, asOf)
  const of = new Map<string, DividendYield>()
  const open = valued.filter((holding) => holding.position.shares > 0n)
  for (const { symbol, value, position, reason } of open) {
    const { cost, unknown } = position
    of.set(
      symbol,
      unknown.dividends === undefined
        ? yieldOf(paid.get(symbol) ?? 0n, value, unknown.cost === undefined ? cost : null, reason ?? '')
        : unknownBy(unknown.dividends),
    )
  }
  // a holding with an unknown amount is left out
  const known = open.filter(({ position, value }) => firstUnknown(position) === null && value !== null)
  if (known.length === 0) return { of, total: open[0] ? unknownBy(open[0].reason ?? '') : nothingHeld }
  const total = yieldOf(
    sum(known.map(({ symbol }) => of.get(symbol)!.paid)),
    sum(known.map(({ value }) => value!)),
    sum(known.map(({ position }) => position.cost)),
    '',
  )
  return { of, total }
}

export const nothingHeld: DividendYield = {
  paid: 0n,
  dividend_yield: null,
  yield_on_cost: null,
  reasons: { dividend_yield: 'no shares are held', yield_on_cost: 'no shares are held' },
}

function unknownBy(reason: string): DividendYield {
  return { ...nothingHeld, reasons: { dividend_yield: reason, yield_on_cost: reason } }
}

function yieldOf(paid: Money, value: Money | null, cost: Money | null, unpriced: string): DividendYield {
  const reasons: DividendYield['reasons'] = {}
  if (value === null) reasons.dividend_yield = unpriced
  else if (value <= 0n) reasons.dividend_yield = 'the shares are worth nothing'
  if (cost === null) reasons.yield_on_cost = unpriced
  else if (cost <= 0n) reasons.yield_on_cost = 'the shares cost nothing'
  return {
    paid,
    dividend_yield: ratioOf(paid, value),
    yield_on_cost: ratioOf(paid, cost),
    reasons,
  }
}

/** Adds up the dividends of the last 365 days by symbol. It starts at the newest, so that it reads only one year. */
function paidLastYear({ transactions }: Ledger, asOf: Day): Map<string, Money> {
  const since = addDays(asOf, -365)
  const paid = new Map<string, Money>()
  for (let i = transactions.length - 1; i >= 0; i--) {
    const { type, symbol, date, amount, fee } = transactions[i]!
    if (date <= since) break
    if (type === 'dividend' && date <= asOf) paid.set(symbol!, (paid.get(symbol!) ?? 0n) + amount - fee)
  }
  return paid
}
