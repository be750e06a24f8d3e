import * as v from 'valibot'
import { benchmarksIn, readBenchmark } from '../portfolio/benchmark-spelling.ts'
import { faultOfCurrency, noCurrency } from '../portfolio/currency.ts'
import { decimal, ONE, text as decimalText } from '../portfolio/decimal.ts'
import type { DividendCounting } from '../portfolio/ledger.ts'
import { type CostBasis, costBases } from '../portfolio/lot.ts'
import { readTargets } from '../portfolio/target.ts'
import type { PortfolioSettings } from '../storage/portfolios.ts'
import { choice, faultsIn, name, number, text, texts, type Typed } from './api/field.ts'

/** The settings of a new portfolio where the form leaves them out. */
export const defaults: PortfolioSettings = {
  name: '',
  description: '',
  baseCurrency: 'USD',
  benchmarks: ['VOO', 'QQQ'],
  costBasis: 'fifo',
  dividends: 'automatic',
  withholding: null,
  riskFreeRate: null,
  targets: null,
}

/** What of a portfolio is a setting. */
export function settingsOf(portfolio: PortfolioSettings): PortfolioSettings {
  const names = Object.keys(defaults) as (keyof PortfolioSettings)[]
  return Object.fromEntries(names.map((name) => [name, portfolio[name]])) as PortfolioSettings
}

const NAMELESS = 'a portfolio needs a name'
/** So many benchmarks may one portfolio have. */
const MOST_BENCHMARKS = 5

/** The settings as a script sends them. */
export const portfolioBody = v.object({
  name: name('Its name.', NAMELESS),
  description: text('What it is.', v.maxLength(1000, 'a description can have at most 1,000 characters')),
  base_currency: text(
    'The currency that it is measured in, such as USD.',
    v.regex(/^\s*[A-Za-z]{3}\s*$/, ({ input }) => noCurrency(input.trim().toUpperCase())),
  ),
  benchmarks: texts(
    `At most ${MOST_BENCHMARKS} benchmarks: tickers, blends such as 60% VT + 40% BND, or rates such as 4% a year.`,
  ),
  cost_basis: choice(
    'Which shares are sold first.',
    Object.keys(costBases) as CostBasis[],
    (typed) => `“${typed}” is not a cost basis (${Object.keys(costBases).join(', ')})`,
  ),
  dividends: choice(
    'Whether the dividends that the source reports count by themselves.',
    ['automatic', 'recorded'],
    (typed) => `“${typed}” is not a way to count dividends (automatic, recorded)`,
  ),
  withholding: number('The part of a dividend that is kept back, such as 0.15 or 15%; null for none.'),
  risk_free_rate: number('The yearly rate without risk, such as 0.04 or 4%; null for none.'),
  targets: text('What it is to consist of, such as VT 80, BND 20; null or empty for no targets.'),
})

/**
 * Reads the JSON of the API or the form of a page. A field that is absent or null stays as in `present`;
 * null and empty text mean no withholding, no risk-free rate, and no targets.
 */
export function readPortfolioForm(
  input: Typed<typeof portfolioBody>,
  present: PortfolioSettings = defaults,
): { form: PortfolioSettings } | { faults: { field: string; reason: string }[] } {
  const faults = faultsIn(portfolioBody, input)
  const form = { ...present }
  const given = (field: Exclude<keyof typeof portfolioBody.entries, 'benchmarks'>) =>
    input[field]?.trim() ?? null

  form.name = given('name') ?? form.name
  if (form.name === '' && input.name == null) faults.push({ field: 'name', reason: NAMELESS })

  form.description = given('description') ?? form.description

  form.baseCurrency = given('base_currency')?.toUpperCase() ?? form.baseCurrency
  if (form.baseCurrency !== present.baseCurrency && /^[A-Z]{3}$/.test(form.baseCurrency)) {
    const reason = faultOfCurrency(form.baseCurrency)
    if (reason) faults.push({ field: 'base_currency', reason })
  }

  const { benchmarks } = input
  const listed = Array.isArray(benchmarks)
    ? benchmarks.filter((each) => each.trim() !== '')
    : benchmarks == null
      ? null
      : benchmarksIn(benchmarks)
  if (listed) {
    const read = listed.map(readBenchmark)
    form.benchmarks = [...new Set(read.flatMap((each) => ('reason' in each ? [] : each.spelling)))]
    // one at a time: the next is told once this one is right
    const odd = read.find((each) => 'reason' in each)
    if (odd) faults.push({ field: 'benchmarks', reason: odd.reason })
  }
  if (form.benchmarks.length > MOST_BENCHMARKS)
    faults.push({ field: 'benchmarks', reason: `choose at most ${MOST_BENCHMARKS} benchmarks` })

  form.costBasis = (given('cost_basis') as CostBasis | null) ?? form.costBasis
  form.dividends = (given('dividends') as DividendCounting | null) ?? form.dividends

  for (const [field, setting] of rates) {
    const typed = given(field)
    if (typed !== null) form[setting] = typed === '' ? null : part(typed)
    else if (input[field] === null) form[setting] = null
    if (typed && form[setting] === null) {
      const reason = `“${typed}” is not a rate such as 15% or 0.15, from 0 to below 100%`
      faults.push({ field, reason })
    }
  }
  const weighed = input.targets === null ? '' : given('targets')
  if (weighed !== null) {
    const read = readTargets(weighed)
    if (read && 'reason' in read) faults.push({ field: 'targets', reason: read.reason })
    else form.targets = read && read.spelling
  }
  return faults.length > 0 ? { faults } : { form }
}

const rates = [
  ['withholding', 'withholding'],
  ['risk_free_rate', 'riskFreeRate'],
] as const

/** `0.15` or `15 %` as decimal text; null where it is not at least 0 and below 1. */
function part(typed: string): string | null {
  const percent = /^(.*?)\s*%$/.exec(typed)
  const value = decimal(percent ? percent[1]! : typed)
  if (value === null) return null
  const share = percent ? value / 100n : value
  return share >= 0n && share < ONE ? decimalText(share) : null
}
