import { type Money, stored, sum, toNumber } from '../portfolio/decimal.ts'
import { kindNames } from '../portfolio/instrument.ts'
import type { Snapshot } from './snapshot.ts'

/** One part of the whole: `value` in the portfolio's currency, `ratio` of all parts together. */
export type Part = { name: string; value: Money; ratio: number }

export type Allocation = {
  /** The holdings, then the cash, the largest first. */
  holdings: Part[]
  /** The sums by kind: stocks, funds, crypto, cash … */
  kinds: Part[]
  /** The sums by the currency each holding trades in; cash is in the portfolio's. */
  currencies: Part[]
  /** Holdings without a value, which none of the sums include. */
  unvalued: string[]
}

export const CASH = 'Cash'

/**
 * Splits the portfolio into parts: the holdings at market value, and the cash. A part that is worth nothing is left
 * out.
 */
export function allocation({ holdings, summary, portfolio }: AllocationInput): Allocation {
  const worth = holdings.flatMap(({ symbol, kind, currency, market_value }) =>
    market_value === null ? [] : [{ symbol, kind: kindNames[kind], currency, value: stored(market_value) }],
  )
  const cash = stored(summary.cash ?? '0')
  const all = [...worth, { symbol: CASH, kind: CASH, currency: portfolio.base_currency, value: cash }].filter(
    ({ value }) => value > 0n,
  )
  const total = toNumber(sum(all.map(({ value }) => value)))
  const by = (key: 'symbol' | 'kind' | 'currency') => {
    const values = new Map<string, Money>()
    for (const part of all) values.set(part[key], (values.get(part[key]) ?? 0n) + part.value)
    return [...values]
      .map(([name, value]) => ({ name, value, ratio: toNumber(value) / total }))
      .toSorted((a, b) => b.ratio - a.ratio)
  }
  return {
    holdings: by('symbol'),
    kinds: by('kind'),
    currencies: by('currency'),
    unvalued: holdings.flatMap(({ symbol, market_value }) => (market_value === null ? [symbol] : [])),
  }
}

type AllocationInput = Pick<Snapshot, 'holdings' | 'portfolio'> & { summary: { cash: string | null } }
