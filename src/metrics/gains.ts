import { type Money, text } from '../portfolio/decimal.ts'
import type { Holding } from '../portfolio/holding.ts'
import type { Account, Calculation } from './calculation.ts'
import { minus, money, noValue, plus } from './metric.ts'

export type Gains = {
  realized_gain: string | null
  unrealized_gain: string | null
  /** realized + unrealized gain = price gain + currency gain (portfolio/holding.ts). */
  price_gain: string | null
  currency_gain: string | null
}

/** The gains of a period: those of its sales, and the change of those of the open lots (finance.md, "Realized gain"). */
export const gains = {
  measure({ valued, before }) {
    const realized = changeOf(valued, before, realizedOf)
    const unrealized = changeOf(valued, before, ({ unrealizedGain }) => unrealizedGain)
    const currency = changeOf(valued, before, ({ currencyGain }) => currencyGain)
    const price = changeOf(valued, before, priceGainOf)
    const moved = changeOf(valued, before, ({ position }) => position.transferredGain)
    return {
      figures: {
        realized_gain: text(realized.sum),
        unrealized_gain: text(unrealized.sum),
        price_gain: text(price.sum),
        currency_gain: text(currency.sum),
      },
      reasons: {
        ...(realized.without && { realized_gain: realized.without }),
        ...(unrealized.without && { unrealized_gain: unrealized.without }),
        ...(price.without && { price_gain: price.without }),
        ...(currency.without && { currency_gain: currency.without }),
      },
      inputs: { transferred_gain: text(moved.sum ?? 0n) },
    }
  },
  metrics: {
    realized_gain: {
      name: 'Realized',
      unit: 'money',
      formula: 'sales − cost of the lots sold',
      method: 'Sales net of fees; lots are sold in the order of the portfolio’s cost basis.',
      needs: 'amounts',
      inputs: ({ realized_gain }, { inputs }) => [
        money('Sales', inputs?.sales),
        money('Cost of the lots sold', inputs && minus(inputs.sales, realized_gain)),
      ],
      missing: noValue,
    },
    unrealized_gain: {
      name: 'Unrealized',
      unit: 'money',
      formula: 'holdings at market − cost of the open lots − the same at the start',
      method: 'The cost of a lot includes its purchase fee.',
      needs: 'amounts',
      inputs: ({ unrealized_gain }, { from, inputs }) => {
        const now = inputs && minus(inputs.market_value, inputs.cost_basis)
        return [
          money('Holdings at market', inputs?.market_value),
          money('Cost of the open lots', inputs?.cost_basis),
          from === null ? null : money('At the start', minus(now, unrealized_gain)),
        ]
      },
      missing: noValue,
    },
    price_gain: {
      name: 'From prices',
      unit: 'money',
      formula: 'realized + unrealized gain − currency gain',
      method: 'What prices did, at the exchange rate of the sale or of now.',
      inputs: ({ realized_gain, unrealized_gain, currency_gain }) => [
        money('Realized gain', realized_gain),
        money('Unrealized gain', unrealized_gain),
        money('Currency gain', currency_gain),
      ],
      missing: noValue,
    },
    currency_gain: {
      name: 'From currencies',
      unit: 'money',
      formula: 'Σ cost in the share’s own currency × (rate at the sale, or now, − rate at the purchase)',
      method:
        'What exchange rates did to the cost of the shares; 0 for shares that trade in the portfolio’s currency.',
      inputs: ({ realized_gain, unrealized_gain, price_gain }) => [
        money('Realized + unrealized gain', plus(realized_gain, unrealized_gain)),
        money('Price gain', price_gain),
      ],
      missing: noValue,
    },
  },
} satisfies Calculation<Account, Gains>

function realizedOf({ position }: Holding): Money | null {
  return position.unknown.realized === undefined ? position.realizedGain : null
}

/** Returns the part of the gain that prices made; null when it cannot be told apart from that of currencies. */
export function priceGainOf(holding: Holding): Money | null {
  const { unrealizedGain, currencyGain } = holding
  const realized = realizedOf(holding)
  if (unrealizedGain === null || currencyGain === null || realized === null) return null
  return unrealizedGain + realized - currencyGain
}

/**
 * Returns the sum of a figure over all holdings, less what it was at the start. A holding whose figure is not known is
 * left out, and `without` names it with the reason; the sum is null when none is known.
 */
function changeOf(
  valued: readonly Holding[],
  before: readonly Holding[],
  figure: (holding: Holding) => Money | null,
): { sum: Money | null; without: string | undefined } {
  const earlier = new Map(before.map((holding) => [holding.symbol, figure(holding)]))
  const unknown: Holding[] = []
  let total = 0n
  for (const holding of valued) {
    const now = figure(holding)
    const then = earlier.get(holding.symbol) ?? (earlier.has(holding.symbol) ? null : 0n)
    if (now === null || then === null) unknown.push(holding)
    else total += now - then
  }
  const [first] = unknown
  if (!first) return { sum: total, without: undefined }
  const reason = first.reason ?? 'the exchange rate of a purchase is missing'
  if (unknown.length === valued.length) return { sum: null, without: reason }
  return { sum: total, without: `excludes ${unknown.map(({ symbol }) => symbol).join(', ')}: ${reason}` }
}
