import { type Explanation, type Figures } from '../../metrics/explain.ts'
import { incomeExplanation, type IncomeFigure, incomeFigures } from '../../metrics/income-figures.ts'
import type { IncomeAhead } from '../../metrics/income-ahead.ts'
import { gapFormulas, gapPartFormulas, holdingFormulas } from '../../snapshot/formulas.ts'
import type { GapReport } from '../../snapshot/gap-report.ts'
import type { Arguments, Input } from './arguments.ts'
import { toldFigure, toldFigures, usualOf } from './told-figure.ts'

/**
 * Something that an assistant may ask. It reads one or more addresses of the JSON API, and `tell` brings their answers
 * together with the formulas of the figures in them.
 */
export type Tool = {
  title: string
  description: string
  input: Input
  reads: (given: Arguments) => string[]
  // eslint-disable-next-line typescript/no-explicit-any -- the API's own answers, of which each tool knows which
  tell: (answers: any[], given: Arguments) => object | { refused: string }
}

const portfolio = {
  type: 'string',
  description: 'The id of a portfolio or group, as `portfolios` lists it; all where there are several.',
  required: true,
} as const
const asOf = { type: 'string', description: 'A past day such as 2024-03-01; else now.' } as const
const from = {
  type: 'string',
  description: 'The day at whose close a period begins; else the whole history.',
} as const
const limit = {
  type: 'integer',
  minimum: 1,
  maximum: 500,
  description: 'At most so many rows; else 50.',
} as const
const whatIf = {
  type: 'string',
  description:
    'One change of the trades: `no TSLA`, `VOO for TSLA`, `TSLA kept`, `VOO each time`, or `TSLA of 2024-03-01 on 2024-06-03`.',
} as const

/** What reads. Every figure has its formula, its inputs, its day, and the reason where there is none. */
export const tools: Readonly<Record<string, Tool>> = {
  portfolios: {
    title: 'Portfolios',
    description: 'Lists the portfolios and groups, with their ids, currencies and benchmarks.',
    input: {},
    reads: () => ['/api/portfolios', '/api/groups'],
    tell: ([{ portfolios }, { groups }]) => ({ portfolios, groups }),
  },

  performance: {
    title: 'Performance',
    description:
      'Value, gain, XIRR, TWR, volatility, drawdown and today, of the portfolio and of the same money in each benchmark. Each figure is explained. Ratios are fractions; `shown` has them as percentages.',
    input: {
      portfolio,
      as_of: asOf,
      from,
      vs: {
        type: 'string',
        description: 'Another benchmark, such as VT, `60% VT + 40% BND` or `4% a year`.',
      },
      figures: {
        type: 'array',
        items: { type: 'string' },
        description: 'The names of the figures, such as benchmarks.VOO.gap; else the usual ones.',
      },
    },
    reads: (given) => [at(given, '/performance', ['as_of', 'from', 'vs']), at(given)],
    tell: ([answer, { base_currency: currency }], { figures: wanted }) => {
      const figures = toldFigures(answer as Figures, currency, wanted as string[] | undefined)
      return 'refused' in figures ? figures : { as_of: answer.as_of, from: answer.from, currency, figures }
    },
  },

  holdings: {
    title: 'Holdings',
    description:
      'What is held: shares, price, value, cost, gains, returns, weight, and the lead over each benchmark. `formulas` says how each field is calculated; each row has its day (`price_as_of`) and its reasons. Ratios are fractions.',
    input: {
      portfolio,
      as_of: asOf,
      symbol: { type: 'string', description: 'Only this ticker, also when it is sold.' },
      limit,
    },
    reads: (given) => [
      about(given, '/api/dashboard-holdings-data', ['as_of']),
      about(given, '/api/dashboard-initial-data', ['as_of']),
    ],
    tell: ([{ holdings, closed, totals }, initial], { symbol, limit: most = 50 }) => {
      const named = String(symbol ?? '').toUpperCase()
      const all = symbol === undefined ? holdings : [...holdings, ...closed]
      const rows = all.filter((row: { symbol: string }) => symbol === undefined || row.symbol === named)
      if (symbol !== undefined && rows.length === 0)
        return { refused: `The portfolio never held ${named.slice(0, 40)}.` }
      return {
        as_of: initial.as_of,
        currency: initial.portfolio.base_currency,
        ...cut('holdings', rows, Number(most)),
        totals,
        missing: initial.missing,
        formulas: holdingFormulas,
      }
    },
  },

  gap: {
    title: 'Gap to a benchmark',
    description:
      'Why the portfolio is ahead of a benchmark or behind, divided among symbols, purchases (lot) or years. The parts, cash drag, fees, interest and uncovered add up to the gap exactly.',
    input: {
      portfolio,
      benchmark: { type: 'string', description: 'The benchmark; else the first of the portfolio.' },
      by: {
        type: 'string',
        enum: ['symbol', 'lot', 'year'],
        description: 'How it is divided; else by symbol.',
      },
      as_of: asOf,
      from,
      limit,
    },
    reads: (given) => [at(given, '/gap', ['benchmark', 'by', 'as_of', 'from']), at(given)],
    tell: ([answer, { base_currency: currency }], given) => toldGap(answer as GapReport, currency, given),
  },

  transactions: {
    title: 'Transactions',
    description:
      'What was recorded, newest first: purchases, sales, dividends, deposits and the rest. `next` is the `after` of the next page.',
    input: {
      portfolio,
      as_of: asOf,
      limit,
      after: { type: 'string', description: 'The `next` of the page before.' },
      derived: {
        type: 'string',
        enum: ['0', '1'],
        description: '1 adds the dividends that are assumed because the source reports them.',
      },
    },
    reads: ({ limit: most = 50, ...given }) => [
      at({ ...given, limit: most }, '/transactions', ['as_of', 'limit', 'after', 'derived']),
    ],
    tell: ([answer]) => answer,
  },

  dividends: {
    title: 'Dividends',
    description:
      'The dividends received so far, and those expected in the next twelve months, by holding, month and payment. Each expected one says what it follows.',
    input: { portfolio, as_of: asOf, limit },
    reads: (given) => [at(given, '/income', ['as_of']), at(given, '/performance', ['as_of']), at(given)],
    tell: ([income, summary, { base_currency: currency }], { limit: most = 50 }) => {
      const received = toldFigures(summary as Figures, currency, [
        'dividends',
        'dividend_yield',
        'yield_on_cost',
      ])
      if ('refused' in received) return received
      const { as_of, until, holdings, months, dividends, cuts, left_out } = income as IncomeAhead
      const ahead = (Object.keys(incomeFigures) as IncomeFigure[]).map((figure) =>
        toldFigure(incomeExplanation(figure, income)!, currency, incomeFigures[figure]),
      )
      return {
        as_of,
        until,
        currency,
        received,
        expected: ahead,
        holdings,
        months,
        ...cut('payments', dividends, Number(most)),
        cuts,
        left_out,
        formulas: {
          payments: {
            formula: 'shares × per_share × exchange rate × (1 − withheld)',
            inputs: ['shares', 'per_share', 'currency'],
          },
          holdings: { formula: 'Σ its payments', inputs: ['payments'] },
        },
      }
    },
  },

  what_if: {
    title: 'What if',
    description:
      'What the portfolio would be had something been done otherwise, as one more benchmark: its value and return, the gap to it, and what makes the gap.',
    input: {
      portfolio,
      what_if: { ...whatIf, required: true },
      until: { type: 'string', description: 'Its last day, such as 2024-03-01.' },
      as_of: asOf,
      limit,
    },
    reads: (given) => [
      at(given, '/performance', ['what_if', 'until', 'as_of']),
      at(given, '/gap', ['what_if', 'until', 'as_of']),
      at(given),
    ],
    tell: ([summary, gap, { base_currency: currency }], given) => {
      const { benchmark } = gap as GapReport
      const figures = toldFigures(summary as Figures, currency, ['value', 'xirr', ...usualOf(benchmark)])
      if ('refused' in figures) return figures
      return { what_if: benchmark, currency, figures, gap: toldGap(gap as GapReport, currency, given) }
    },
  },

  explain: {
    title: 'Explain a figure',
    description:
      'One figure with its formula, inputs, days and reason; for an XIRR also the flows that it was solved for.',
    input: {
      portfolio,
      figure: {
        type: 'string',
        description: 'Such as xirr, benchmarks.VOO.gap, sharpe (of risk) or yield (of income).',
        required: true,
      },
      of: {
        type: 'string',
        enum: ['performance', 'risk', 'income'],
        description: 'Where the figure belongs; else performance.',
      },
      as_of: asOf,
      from,
    },
    reads: ({ figure, of = 'performance', ...given }) => [
      at({ ...given, explain: figure! }, `/${String(of)}`, ['explain', 'as_of', 'from']),
      at(given),
    ],
    tell: ([{ explain }, { base_currency: currency }], { of, figure }) => {
      const called = of === 'income' ? incomeFigures[figure as IncomeFigure] : undefined
      return { currency, ...toldFigure(explain as Explanation, currency, called) }
    },
  },
}

function toldGap(gap: GapReport, currency: string, { limit: most = 50 }: Arguments): object {
  return {
    currency,
    ...gap,
    ...cut('parts', gap.parts, Number(most)),
    formulas: { ...gapFormulas, parts: gapPartFormulas },
  }
}

/** The first rows, and how many are left out. */
function cut(name: string, rows: readonly unknown[], most: number): object {
  const left = rows.length - most
  return { [name]: rows.slice(0, most), ...(left > 0 && { [`${name}_left_out`]: left }) }
}

/** An address about a portfolio, with those of the arguments that it takes. */
export function at(given: Arguments, rest = '', takes: readonly string[] = []): string {
  return `/api/portfolios/${encodeURIComponent(String(given['portfolio']))}${rest}${queryOf(given, takes)}`
}

function about({ portfolio: portfolio_id, ...given }: Arguments, path: string, takes: readonly string[]) {
  return `${path}${queryOf({ portfolio_id: portfolio_id!, ...given }, ['portfolio_id', ...takes])}`
}

function queryOf(given: Arguments, takes: readonly string[]): string {
  const query = takes.flatMap((name) => (given[name] === undefined ? [] : [[name, String(given[name])]]))
  return query.length === 0 ? '' : `?${new URLSearchParams(query).toString()}`
}
