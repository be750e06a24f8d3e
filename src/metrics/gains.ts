import { type Money, sum, text } from '../portfolio/decimal.ts'
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
  measure({ valued, before, unconverted }) {
    const known = (amount: Money | null) => (unconverted === null ? text(amount) : null)
    const realized = realizedBy(valued) - realizedBy(before)
    const unrealized = difference(unrealizedBy(valued), unrealizedBy(before))
    const currency = difference(currencyGainOf(valued), currencyGainOf(before))
    const price = unrealized === null || currency === null ? null : realized + unrealized - currency
    const unpriced = [...valued, ...before].find((holding) => holding.reason)?.reason ?? ''
    const noRate = currency === null ? unpriced || 'the exchange rate of a purchase is not known' : undefined
    return {
      figures: {
        realized_gain: known(realized),
        unrealized_gain: known(unrealized),
        price_gain: known(price),
        currency_gain: known(currency),
      },
      reasons: {
        unrealized_gain: unrealized === null ? unpriced : undefined,
        price_gain: noRate,
        currency_gain: noRate,
      },
    }
  },
  metrics: {
    realized_gain: {
      name: 'Realized',
      unit: 'money',
      formula: 'sales − cost of the lots sold',
      method: 'Sales after their fees; lots are taken in the order of the portfolio’s cost basis.',
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
      method: 'The cost of a lot has the fee of its purchase in it.',
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
      method: 'What prices did, counted at the rate of the sale, or of now.',
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
        'What exchange rates did to what the shares had cost; 0 for what trades in the portfolio’s currency.',
      inputs: ({ realized_gain, unrealized_gain, price_gain }) => [
        money('Realized + unrealized gain', plus(realized_gain, unrealized_gain)),
        money('Price gain', price_gain),
      ],
      missing: noValue,
    },
  },
} satisfies Calculation<Account, Gains>

const realizedBy = (held: readonly Holding[]) => sum(held.map(({ position }) => position.realizedGain))
const unrealizedBy = (held: readonly Holding[]) => sum(held.map(({ unrealizedGain }) => unrealizedGain))
const currencyGainOf = (held: readonly Holding[]) => sum(held.map(({ currencyGain }) => currencyGain))

function difference(now: Money | null, then: Money | null): Money | null {
  return now === null || then === null ? null : now - then
}
