import { cashBook } from '../portfolio/cash-book.ts'
import { type Money, sum, text } from '../portfolio/decimal.ts'
import type { Account, Calculation } from './calculation.ts'
import { atStart, minus, money, noValue, some } from './metric.ts'
import type { Period } from './period.ts'

export type Worth = {
  value: string | null
  cash: string | null
  /** Σ deposits − Σ withdrawals; for a period, the value at its start + its flows. */
  invested: string | null
  /** value − invested = realized + unrealized + dividends + interest − taxes − fees that belong to no trade. */
  total_gain: string | null
}

/** Calculates the value, the money put in, and the difference (finance.md, "Value", "Total gain"). */
export const worth = {
  measure({ ledger, series, valued, period, value, asOf, from, unconverted }) {
    const known = (amount: Money | null) => (unconverted === null ? text(amount) : null)
    const invested = period ? investedIn(period) : (series.invested.at(-1) ?? 0n)
    const missing = series.reasons.get(series.days.length - 1) ?? `no value on ${asOf}`
    const cash = series.cash.at(-1) ?? 0n
    const moved = cashBook(ledger, asOf).filter(({ day }) => from === null || day > from)
    const revalued = sum(moved.map((each) => each.revalued ?? 0n))
    // without any known value the sum would be 0
    const isSomeKnown =
      unconverted === null ||
      ledger.transactions.some((each) => each.date <= asOf && each.unconverted === undefined)
    return {
      figures: {
        value: text(value),
        cash: isSomeKnown ? text(cash) : null,
        invested: known(invested),
        total_gain: known(value === null || !period ? null : value - invested),
      },
      reasons: {
        value: value === null ? missing : undefined,
        cash: isSomeKnown ? undefined : (unconverted ?? undefined),
      },
      inputs: {
        market_value: value === null ? null : text(value - cash),
        cost_basis: text(sum(valued.map(({ position }) => position.cost))),
        ...(revalued !== 0n && { revalued: text(revalued) }),
      },
    }
  },
  metrics: {
    value: {
      name: 'Value',
      unit: 'money',
      formula: 'holdings at market + cash',
      method:
        'Shares × the latest price on or before the day, however old; before the first close, the price paid.',
      inputs: ({ value, cash }) => [money('Holdings at market', minus(value, cash)), money('Cash', cash)],
      missing: noValue,
    },
    total_gain: {
      name: 'Gain',
      unit: 'money',
      formula: 'value − invested',
      method:
        'Equal to realized + unrealized gain + dividends + interest − taxes − fees that belong to no trade. Of transferred shares only what they gained while they were here; in a group with what exchange rates did to cash in other currencies.',
      needs: 'value',
      inputs: ({ value, invested }) => [money('Value', value), money('Invested', invested)],
      missing: noValue,
    },
    cash: {
      name: 'Cash',
      unit: 'money',
      formula: 'deposits + sales + dividends + interest − purchases − fees − taxes − withdrawals',
      method:
        'When a day spends more cash than there is, the difference counts as a deposit on that day. Purchases and sales include their fees.',
      needs: 'amounts',
      inputs: (_, { from, portfolio, inputs }) => [
        from === null ? null : money('Cash at the start', inputs?.start_cash),
        money('Deposits', inputs && minus(inputs.deposits, inputs.shares_in)),
        money('Sales', inputs?.sales),
        money('Dividends', portfolio.dividends),
        some('Interest', portfolio.interest),
        some('Capital returned', inputs?.capital ?? null),
        money('Purchases', inputs?.purchases),
        money('Fees', inputs?.other_fees),
        some('Taxes', portfolio.taxes),
        some('Exchange rates, on cash in other currencies', inputs?.revalued ?? '0'),
        money('Withdrawals', inputs && minus(inputs.withdrawals, inputs.shares_out)),
      ],
      missing: noValue,
    },
    invested: {
      name: 'Invested',
      unit: 'money',
      formula: 'value at the start + deposits − withdrawals',
      method:
        'Recorded deposits, plus those inferred from purchases; transferred shares at their day’s close.',
      needs: 'period',
      inputs: (_: object, basis) => [
        atStart(basis),
        money('Deposits', basis.inputs?.deposits),
        money('Withdrawals', basis.withdrawals),
      ],
      missing: noValue,
    },
  },
} satisfies Calculation<Account, Worth>

export function investedIn({ startValue, deposits, withdrawals }: Period): Money {
  return startValue + deposits - withdrawals
}
