import { addDays, type Day } from '../portfolio/day.ts'
import { fromFloat, stored, text } from '../portfolio/decimal.ts'
import { annualized } from './annualized.ts'
import type { BenchmarkPerformance, Inputs, Performance } from './performance.ts'
import type { Today } from './today.ts'
import type { Flow } from './xirr.ts'

/** The explanation of a figure: its formula, the inputs and the days, or the reason why there is no figure. */
export type Explanation = {
  figure: string
  formula: string
  method: string
  inputs: Input[]
  days: { from: Day | null; to: Day }
  /**
   * For an XIRR, the flows it was solved for, positive towards the owner; a long list is cut, but for the last flow.
   */
  flows?: { day: Day; amount: string }[]
  flow_count?: number
  result: string | number | null
  /** The reason why there is no result, or a remark on it. */
  reason: string | null
}

/** Money is decimal text, ratios and counts are numbers, a day is text. */
export type Input = { label: string; value: string | number | null; unit: Unit }
export type Unit = 'money' | 'ratio' | 'count' | 'day' | 'month'

/** The dashboard's figures; those of a period have no `today`. */
export type Figures = Performance & { today?: Today }

/**
 * Explains a figure of the performance, such as `xirr` or `benchmarks.VOO.xirr`. Nothing is calculated again, so that
 * the explanation fits the figure that was shown. `flows` are listed for an XIRR when the caller has them. Null for
 * an unknown figure.
 */
export function explanation(figure: string, figures: Figures, flows?: readonly Flow[]): Explanation | null {
  const asked = askedFor(figure)
  const rules = rulesFor(asked.benchmark, figures)
  const rule = rules && Object.hasOwn(rules, asked.name) ? rules[asked.name] : undefined
  if (!rule) return null
  const told = subjectOf(asked.benchmark, figures)
  const result = rule.result(told)
  return {
    figure,
    formula: rule.formula,
    method: rule.method,
    inputs: rule.inputs(told).filter((input) => input !== null),
    days: rule.days?.(told) ?? { from: told.made?.since ?? null, to: figures.as_of },
    ...(flows && { flows: shown(flows), flow_count: flows.length }),
    result,
    reason: reasonOf(asked, figures) ?? (result === null ? rule.missing : null),
  }
}

/** The names of all figures that can be explained. */
export function explainable(figures: Figures): string[] {
  return [
    ...Object.keys(rulesFor(null, figures) ?? {}),
    ...Object.keys(figures.benchmarks).flatMap((symbol) =>
      Object.keys(rulesFor(symbol, figures) ?? {}).map((name) => `benchmarks.${symbol}.${name}`),
    ),
  ]
}

/** The rate whose flows an explanation needs, of the portfolio or of a benchmark; null when the figure is no XIRR. */
export function rateAskedFor(figure: string): { benchmark: string | null } | null {
  const { name, benchmark } = askedFor(figure)
  return name === 'xirr' ? { benchmark } : null
}

type FigureName = { name: string; benchmark: string | null }

/** Splits the name of a figure. A symbol may itself contain dots. */
function askedFor(figure: string): FigureName {
  const match = /^benchmarks\.(.+)\.([a-z_]+)$/.exec(figure)
  return match ? { name: match[2]!, benchmark: match[1]! } : { name: figure, benchmark: null }
}

function rulesFor(benchmark: string | null, { benchmarks, today }: Figures): Rules | null {
  if (benchmark !== null && !Object.hasOwn(benchmarks, benchmark)) return null
  const rules = benchmark === null ? ownRules : benchmarkRules
  if (today) return rules
  const { today: _, ...others } = rules
  return others
}

function reasonOf({ name, benchmark }: FigureName, { reasons }: Figures): string | null {
  if (benchmark === null) return reasons[name] ?? null
  return reasons[`benchmarks.${benchmark}.${name}`] ?? reasons[`benchmarks.${benchmark}`] ?? null
}

/** No more flows than this are listed. */
const MOST_FLOWS = 200

function shown(flows: readonly Flow[]): { day: Day; amount: string }[] {
  const some = flows.length > MOST_FLOWS ? [...flows.slice(0, MOST_FLOWS - 1), flows.at(-1)!] : flows
  return some.map(({ day, amount }) => ({ day, amount: text(fromFloat(amount)) }))
}

/** The figures of the portfolio or of a benchmark. Figures made by the same formula have the same name. */
type Subject = {
  all: Figures
  of: Performance | BenchmarkPerformance
  gain: string | null
  gap: string | null
  made: Inputs | null
  /** For a benchmark, without the withdrawals that it could not pay. */
  withdrawals: string | null
  today: number | null
}

function subjectOf(benchmark: string | null, all: Figures): Subject {
  const made = all.inputs
  if (benchmark === null) {
    const today = all.today?.ratio ?? null
    return {
      all,
      of: all,
      gain: all.total_gain,
      gap: null,
      made,
      withdrawals: made?.withdrawals ?? null,
      today,
    }
  }
  const of = all.benchmarks[benchmark]!
  return {
    all,
    of,
    gain: of.gain,
    gap: of.gap,
    made,
    withdrawals: made && minus(plus(made.start_value, made.deposits), of.invested),
    today: all.today?.benchmarks[benchmark] ?? null,
  }
}

type Rule = {
  formula: string
  method: string
  result: (told: Subject) => string | number | null
  inputs: (told: Subject) => (Input | null)[]
  /** The days of the figure, when they are not the whole period. */
  days?: (told: Subject) => Explanation['days']
  /** The reason to show when none is recorded. */
  missing: string
}

type Rules = Record<string, Rule>

const money = (label: string, value: string | null): Input => ({ label, value, unit: 'money' })
const ratio = (label: string, value: number | null): Input => ({ label, value, unit: 'ratio' })
const count = (label: string, value: number | null): Input => ({ label, value, unit: 'count' })
const onDay = (label: string, value: string | null): Input => ({ label, value, unit: 'day' })

/** A period begins with a value. The whole history begins with nothing, which is not worth a line. */
const atStart = ({ all, made }: Subject): Input | null =>
  all.from === null ? null : money('Value at the start', made?.start_value ?? null)

const aYear = (value: number | null, { made }: Subject): Input | null => {
  const rate = value === null || !made ? null : annualized(value, made.days)
  return rate === null ? null : ratio('A year', rate)
}

const noValue = 'there is no value to measure'

const flowInputs = (told: Subject) => [
  atStart(told),
  money('Deposits', told.made?.deposits ?? null),
  money('Withdrawals', told.withdrawals),
  money('Value at the end', told.of.value),
  count('Days', told.made?.days ?? null),
]

/** The rules that the portfolio and a benchmark share. */
const sharedRules: Rules = {
  simple_return: {
    formula: 'gain ÷ (value at the start + deposits)',
    method: 'Plain return on all the money put in; when it came does not count.',
    result: ({ of }) => of.simple_return,
    inputs: (told) => [
      money('Gain', told.gain),
      atStart(told),
      money('Deposits', told.made?.deposits ?? null),
      aYear(told.of.simple_return, told),
    ],
    missing: 'no money was put in',
  },
  xirr: {
    formula: 'the rate r at which Σ flow ÷ (1 + r)^(days since the first ÷ 365) = 0',
    method:
      'Money-weighted: deposits negative, withdrawals and the value at the end positive, each on its own day, actual/365.',
    result: ({ of }) => of.xirr,
    inputs: flowInputs,
    missing: noValue,
  },
  modified_dietz: {
    formula: 'gain ÷ average capital',
    method:
      'Money-weighted without solving: each flow counts for the part of the days it was there. Of the whole time, not a year.',
    result: ({ of }) => of.modified_dietz,
    inputs: (told) => [
      money('Gain', told.gain),
      money('Average capital', told.of.average_capital),
      count('Days', told.made?.days ?? null),
      aYear(told.of.modified_dietz, told),
    ],
    missing: 'needs money invested over at least one day',
  },
  volatility: {
    formula: 'standard deviation of a day’s log return × √252',
    method: 'Sample standard deviation of the logarithms of daily time-weighted returns, on trading days.',
    result: ({ of }) => of.volatility,
    inputs: ({ of, made }) => [
      ratio('Standard deviation of a day', of.volatility === null ? null : of.volatility / Math.sqrt(252)),
      count('Trading days', made?.trading_days ?? null),
    ],
    missing: 'needs a return on each of at least two trading days',
  },
  max_drawdown: {
    formula: 'index at the trough ÷ index at the peak − 1',
    method:
      'The largest fall of the time-weighted index from its running high; deposits and withdrawals are not in it.',
    result: ({ of }) => of.max_drawdown,
    inputs: ({ of }) => [
      onDay('Peak', of.drawdown?.peak ?? null),
      onDay('Trough', of.drawdown?.trough ?? null),
      onDay('Recovered', of.drawdown?.recovered ?? null),
    ],
    missing: noValue,
  },
  best_day: extremeDay('best_day'),
  worst_day: extremeDay('worst_day'),
  best_month: extremeMonth('best_month'),
  worst_month: extremeMonth('worst_month'),
}

function extremeDay(name: 'best_day' | 'worst_day'): Rule {
  return {
    formula: 'index at the day’s end ÷ index at the end of the trading day before − 1',
    method: `The ${name === 'best_day' ? 'highest' : 'lowest'} time-weighted return of a trading day.`,
    result: ({ of }) => of[name]?.ratio ?? null,
    inputs: ({ of }) => [onDay('Day', of[name]?.day ?? null)],
    missing: 'needs a value on two trading days in a row',
  }
}

function extremeMonth(name: 'best_month' | 'worst_month'): Rule {
  return {
    formula: 'index at the month’s end ÷ index at the end of the month before − 1',
    method: `The ${name === 'best_month' ? 'highest' : 'lowest'} time-weighted return of a calendar month; the first and the last may be parts of one.`,
    result: ({ of }) => of[name]?.ratio ?? null,
    inputs: ({ of }) => [{ label: 'Month', value: of[name]?.month ?? null, unit: 'month' }],
    missing: 'needs a value at the end of two months in a row',
  }
}

const ownRules: Rules = {
  value: {
    formula: 'holdings at market + cash',
    method: 'Shares × the latest price on or before the day, at most 7 days old.',
    result: ({ all }) => all.value,
    inputs: ({ all }) => [money('Holdings at market', minus(all.value, all.cash)), money('Cash', all.cash)],
    missing: noValue,
  },
  total_gain: {
    formula: 'value − invested',
    method: 'The same as realized + unrealized gain + dividends − fees that belong to no trade.',
    result: ({ all }) => all.total_gain,
    inputs: ({ all }) => [money('Value', all.value), money('Invested', all.invested)],
    missing: noValue,
  },
  today: {
    formula: 'change since the previous close ÷ (value at the previous close + bought since)',
    method:
      'Money that came or went during the day is not a gain. The previous close is that of the last session.',
    result: ({ today }) => today,
    inputs: ({ all }) => [
      money('Change', all.today?.change ?? null),
      money('Previous value + bought', all.today?.base ?? null),
    ],
    days: ({ all }) => ({ from: null, to: all.as_of }),
    missing: 'no holding has both of its last two prices',
  },
  cash: {
    formula: 'deposits + sales + dividends − purchases − fees − withdrawals',
    method:
      'Where a day spends more than there is, the difference is a deposit of that day. Purchases and sales with their own fees.',
    result: ({ all }) => all.cash,
    inputs: ({ all, made }) => [
      all.from === null ? null : money('Cash at the start', made?.start_cash ?? null),
      money('Deposits', made?.deposits ?? null),
      money('Sales', made?.sales ?? null),
      money('Dividends', all.dividends),
      money('Purchases', made?.purchases ?? null),
      money('Fees', made?.other_fees ?? null),
      money('Withdrawals', made?.withdrawals ?? null),
    ],
    missing: noValue,
  },
  invested: {
    formula: 'value at the start + deposits − withdrawals',
    method: 'Recorded deposits, and those that purchases imply.',
    result: ({ all }) => all.invested,
    inputs: (told) => [
      atStart(told),
      money('Deposits', told.made?.deposits ?? null),
      money('Withdrawals', told.made?.withdrawals ?? null),
    ],
    missing: noValue,
  },
  realized_gain: {
    formula: 'sales − cost of the lots sold',
    method: 'Sales after their fees; lots are taken in the order of the portfolio’s cost basis.',
    result: ({ all }) => all.realized_gain,
    inputs: ({ all, made }) => [
      money('Sales', made?.sales ?? null),
      money('Cost of the lots sold', made && minus(made.sales, all.realized_gain)),
    ],
    missing: noValue,
  },
  unrealized_gain: {
    formula: 'holdings at market − cost of the open lots − the same at the start',
    method: 'The cost of a lot has the fee of its purchase in it.',
    result: ({ all }) => all.unrealized_gain,
    inputs: ({ all, made }) => {
      const now = made && minus(made.market_value, made.cost_basis)
      return [
        money('Holdings at market', made?.market_value ?? null),
        money('Cost of the open lots', made?.cost_basis ?? null),
        all.from === null ? null : money('At the start', minus(now, all.unrealized_gain)),
      ]
    },
    missing: noValue,
  },
  price_gain: {
    formula: 'realized + unrealized gain − currency gain',
    method: 'What prices did, counted at the rate of the sale, or of now.',
    result: ({ all }) => all.price_gain,
    inputs: ({ all }) => [
      money('Realized gain', all.realized_gain),
      money('Unrealized gain', all.unrealized_gain),
      money('Currency gain', all.currency_gain),
    ],
    missing: noValue,
  },
  currency_gain: {
    formula: 'Σ cost in the share’s own currency × (rate at the sale, or now, − rate at the purchase)',
    method:
      'What exchange rates did to what the shares had cost; 0 for what trades in the portfolio’s currency.',
    result: ({ all }) => all.currency_gain,
    inputs: ({ all }) => [
      money(
        'Realized + unrealized gain',
        all.realized_gain && all.unrealized_gain && plus(all.realized_gain, all.unrealized_gain),
      ),
      money('Price gain', all.price_gain),
    ],
    missing: noValue,
  },
  dividends: {
    formula: 'Σ dividends received',
    method: 'As recorded or accepted, of holdings that were sold since as well.',
    result: ({ all }) => all.dividends,
    inputs: ({ all, made }) => [
      money('Received', all.dividends),
      money('In the last 365 days, of what is still held', made?.dividends_last_year ?? null),
    ],
    missing: noValue,
  },
  fees: {
    formula: 'fees of trades + other fees',
    method: 'Those of trades are in the gains already.',
    result: ({ all }) => all.fees,
    inputs: ({ all, made }) => [
      money('Fees of trades', made && minus(all.fees, made.other_fees)),
      money('Other fees', made?.other_fees ?? null),
    ],
    missing: noValue,
  },
  twr: {
    formula: 'Π (value at the day’s end + withdrawals) ÷ (value the day before + deposits) − 1',
    method:
      'Time-weighted: the return of the investments themselves, whenever money came or went. Money comes in at the start of a day and leaves at its end.',
    result: ({ all }) => all.twr,
    inputs: (told) => [
      count('Days', told.made?.days ?? null),
      count('Trading days', told.made?.trading_days ?? null),
      aYear(told.all.twr, told),
    ],
    missing: noValue,
  },
  ...sharedRules,
  dividend_yield: {
    formula: 'dividends of the last 365 days ÷ holdings at market',
    method: 'Dividends of what is still held, as paid.',
    result: ({ all }) => all.dividend_yield,
    inputs: ({ made }) => [
      money('Dividends of the last 365 days', made?.dividends_last_year ?? null),
      money('Holdings at market', made?.market_value ?? null),
    ],
    days: lastYear,
    missing: noValue,
  },
  yield_on_cost: {
    formula: 'dividends of the last 365 days ÷ cost of the open lots',
    method: 'Dividends of what is still held, as paid.',
    result: ({ all }) => all.yield_on_cost,
    inputs: ({ made }) => [
      money('Dividends of the last 365 days', made?.dividends_last_year ?? null),
      money('Cost of the open lots', made?.cost_basis ?? null),
    ],
    days: lastYear,
    missing: noValue,
  },
}

function lastYear({ all }: Subject): Explanation['days'] {
  return { from: addDays(all.as_of, -364), to: all.as_of }
}

const benchmarkRules: Rules = {
  value: {
    formula: 'Σ (deposit − withdrawal) × total-return index now ÷ that of its day',
    method:
      'Every deposit bought the benchmark at that day’s close, every withdrawal sold it; its dividends are reinvested.',
    result: ({ of }) => of.value,
    inputs: (told) => [money('Invested', told.of.invested), money('Gain', told.gain)],
    missing: noValue,
  },
  gain: {
    formula: 'value − invested',
    method: 'Of the same money, put in and taken out on the same days.',
    result: ({ gain }) => gain,
    inputs: ({ of }) => [money('Value', of.value), money('Invested', of.invested)],
    missing: noValue,
  },
  gap: {
    formula: 'value of the portfolio − value in the benchmark',
    method: 'Positive where the portfolio is ahead.',
    result: ({ gap }) => gap,
    inputs: ({ all, of }) => [money('Portfolio', all.value), money('Benchmark', of.value)],
    missing: noValue,
  },
  today: {
    formula: 'latest price ÷ previous close − 1',
    method: 'The previous close is that of the last session.',
    result: ({ today }) => today,
    inputs: () => [],
    days: ({ all }) => ({ from: null, to: all.as_of }),
    missing: 'needs its last two prices',
  },
  twr: {
    formula: 'total-return index at the end ÷ at the start − 1',
    method: 'The benchmark itself over the same days, its dividends reinvested.',
    result: ({ of }) => of.twr,
    inputs: (told) => [count('Days', told.made?.days ?? null), aYear(told.of.twr, told)],
    missing: noValue,
  },
  ...sharedRules,
}

function plus(a: string, b: string): string {
  return text(stored(a) + stored(b))
}

function minus(a: string | null, b: string | null): string | null {
  return a === null || b === null ? null : text(stored(a) - stored(b))
}
