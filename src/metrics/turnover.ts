import type { Day } from '../portfolio/day.ts'
import { type Money, text } from '../portfolio/decimal.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import type { TransactionType } from '../portfolio/kind.ts'
import type { Account, Calculation } from './calculation.ts'
import { minus, money, noValue } from './metric.ts'

/** The sums of a period's transactions. */
type Turnover = {
  dividends: Money
  fees: Money
  /** Fees that belong to no trade. */
  otherFees: Money
  interest: Money
  taxes: Money
  /** Capital that was returned. */
  capital: Money
  /** What transferred shares were worth. */
  sharesIn: Money
  sharesOut: Money
  /** Purchases, with their fees. */
  purchases: Money
  /** Sales, less their fees. */
  sales: Money
  /** The types of the rows that are in no sum, because no rate converts them. */
  unknown: Set<TransactionType>
}

export const dividendsAndFees = {
  measure({ ledger, from, asOf }) {
    const {
      dividends,
      fees,
      otherFees,
      interest,
      taxes,
      purchases,
      sales,
      sharesIn,
      sharesOut,
      capital,
      unknown,
    } = turnover(ledger, from, asOf)
    const known = (type: TransactionType, amount: Money) =>
      amount === 0n && unknown.has(type) ? null : text(amount)
    return {
      figures: {
        dividends: known('dividend', dividends),
        interest: known('interest', interest),
        fees: known('fee', fees),
        taxes: known('tax', taxes),
      },
      inputs: {
        purchases: text(purchases),
        sales: text(sales),
        other_fees: text(otherFees),
        capital: text(capital),
        shares_in: text(sharesIn),
        shares_out: text(sharesOut),
      },
    }
  },
  metrics: {
    dividends: {
      name: 'Dividends',
      unit: 'money',
      formula: 'Σ dividends received',
      method: 'Recorded and automatic ones, including those of holdings sold since.',
      needs: 'amounts',
      inputs: ({ dividends }, { inputs }) => [
        money('Received', dividends),
        money('Last 365 days, current holdings', inputs?.dividends_last_year),
      ],
      missing: noValue,
    },
    interest: {
      name: 'Interest',
      unit: 'money',
      formula: 'Σ interest received',
      method: 'Of cash and of holdings, less what was kept back.',
      needs: 'amounts',
      inputs: ({ interest }) => [money('Received', interest)],
      missing: noValue,
    },
    fees: {
      name: 'Fees',
      unit: 'money',
      formula: 'fees of trades + other fees',
      method: 'The gains already include fees of trades.',
      needs: 'amounts',
      inputs: ({ fees }, { inputs }) => [
        money('Fees of trades', inputs && minus(fees, inputs.other_fees)),
        money('Other fees', inputs?.other_fees),
      ],
      missing: noValue,
    },
    taxes: {
      name: 'Taxes',
      unit: 'money',
      formula: 'Σ taxes paid',
      method: 'Recorded as taxes. What was kept back of a dividend or of interest is a fee of it.',
      needs: 'amounts',
      inputs: ({ taxes }) => [money('Paid', taxes)],
      missing: noValue,
    },
  },
} satisfies Calculation<Account, Record<'dividends' | 'interest' | 'fees' | 'taxes', string | null>>

/** Adds up the transactions after the day `from` (all of them when it is null) until `asOf`. */
export function turnover({ transactions }: Ledger, from: Day | null, asOf: Day): Turnover {
  const total = {
    dividends: 0n,
    fees: 0n,
    otherFees: 0n,
    interest: 0n,
    taxes: 0n,
    capital: 0n,
    sharesIn: 0n,
    sharesOut: 0n,
    purchases: 0n,
    sales: 0n,
    unknown: new Set<TransactionType>(),
  }
  for (let i = 0; i < transactions.length; i++) {
    const { type, date, amount, fee, worth = 0n, internal, unconverted } = transactions[i]!
    if (date > asOf) break
    if (from !== null && date <= from) continue
    if (unconverted !== undefined) total.unknown.add(type)
    // what was kept back of all other kinds never arrived
    if (type === 'fee') total.fees += amount
    else if (type === 'buy' || type === 'sell') total.fees += fee
    if (type === 'return_of_capital') total.capital += amount - fee
    else if (type === 'transfer_in') total.sharesIn += internal ? 0n : worth
    else if (type === 'transfer_out') total.sharesOut += internal ? 0n : worth
    else if (type === 'interest') total.interest += amount - fee
    else if (type === 'tax') total.taxes += amount
    else if (type === 'dividend') total.dividends += amount - fee
    else if (type === 'fee') total.otherFees += amount
    else if (type === 'buy') total.purchases += amount + fee
    else if (type === 'sell' || type === 'exchange') total.sales += amount - fee
  }
  return total
}
