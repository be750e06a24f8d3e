import { addYears } from '../portfolio/day.ts'
import type { Explanation } from './explain.ts'
import type { IncomeAhead } from './income-ahead.ts'
import { count, type Input, money, type Unit } from './metric.ts'

/** A figure of the income ahead, as its explanation names it. */
export type IncomeFigure = 'expected' | 'yield' | 'yield_on_cost' | 'growth'

type Entry = {
  name: string
  unit: Unit
  formula: string
  method: string
  inputs: (income: IncomeAhead) => Input[]
  /** True for what looks back on the last two years. */
  isOfThePast?: true
}

const repeats =
  'Each dividend of the last year is expected again a year after its ex-date, for the shares held now. One that has been declared has the ex-date and the amount that the source gives for it, as far as it does.'

/** The catalog of the income ahead (finance.md, "Income ahead"). */
export const incomeFigures: Record<IncomeFigure, Entry> = {
  expected: {
    name: 'Next 12 months',
    unit: 'money',
    formula: 'Σ shares held × dividend per share, declared or last year’s × (1 − withheld)',
    method: `${repeats} At the last exchange rate.`,
    inputs: ({ dividends, holdings, expected }) => [
      count('Dividends expected', dividends.filter((each) => each.expected !== null).length),
      count('Holdings that pay', holdings.length),
      money('Together', expected),
    ],
  },
  yield: {
    name: 'Yield ahead',
    unit: 'ratio',
    formula: 'expected in the next 12 months ÷ holdings at market',
    method: repeats,
    inputs: ({ expected, inputs }) => [
      money('Expected', expected),
      money('Holdings at market', inputs.market_value),
    ],
  },
  yield_on_cost: {
    name: 'Yield ahead on cost',
    unit: 'ratio',
    formula: 'expected in the next 12 months ÷ cost of the open lots',
    method: repeats,
    inputs: ({ expected, inputs }) => [
      money('Expected', expected),
      money('Cost of the open lots', inputs.cost_basis),
    ],
  },
  growth: {
    name: 'Dividend growth',
    unit: 'ratio',
    formula: 'dividends of the last 12 months ÷ those of the 12 months before − 1',
    method:
      'Both for the shares held now and before tax, so that it grows by what companies raised, not by what was bought.',
    inputs: ({ inputs }) => [
      money('Last 12 months, for these shares', inputs.this_year),
      money('The 12 months before, for these shares', inputs.last_year),
    ],
    isOfThePast: true,
  },
}

/** Explains a figure of the income ahead by its entry; null for an unknown one. Nothing is calculated again. */
export function incomeExplanation(figure: string, income: IncomeAhead): Explanation | null {
  if (!Object.hasOwn(incomeFigures, figure)) return null
  const of = figure as IncomeFigure
  const { formula, method, inputs, isOfThePast } = incomeFigures[of]
  const { as_of, until } = income
  const left = income.left_out.map(({ symbol, reason }) => `without ${symbol}: ${reason}`).join('; ')
  const own = of === 'expected' ? undefined : income.reasons[of]
  return {
    figure,
    formula,
    method,
    inputs: inputs(income),
    days: isOfThePast ? { from: addYears(as_of, -2), to: as_of } : { from: as_of, to: until },
    result: income[of],
    reason: own ?? (left === '' ? null : left),
  }
}
