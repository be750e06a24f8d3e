import { benchmarksIn, readBenchmark } from '../portfolio/benchmark-spelling.ts'
import { minorUnit } from '../portfolio/currency.ts'
import { decimal, ONE, text } from '../portfolio/decimal.ts'
import type { DividendCounting } from '../portfolio/ledger.ts'
import { type CostBasis, costBases } from '../portfolio/lot.ts'
import { readTargets } from '../portfolio/target.ts'
import type { PortfolioSettings } from '../storage/portfolios.ts'
import type { Given } from './json-body.ts'

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

/** The settings as a script sends them. */
export const portfolioKinds = {
  name: 'text',
  description: 'text',
  base_currency: 'text',
  benchmarks: 'texts',
  cost_basis: 'text',
  dividends: 'text',
  withholding: 'number',
  risk_free_rate: 'number',
  targets: 'text',
} as const

/**
 * Reads the JSON of the API or the form of a page. A field that is absent or null stays as in `present`;
 * null and empty text mean no withholding, no risk-free rate, and no targets.
 */
export function readPortfolioForm(
  input: Given<typeof portfolioKinds>,
  present: PortfolioSettings = defaults,
): { form: PortfolioSettings } | { faults: { field: string; reason: string }[] } {
  const faults: { field: string; reason: string }[] = []
  const form = { ...present }
  const given = (field: Exclude<keyof typeof portfolioKinds, 'benchmarks'>) => input[field]?.trim() ?? null

  form.name = given('name') ?? form.name
  if (form.name === '') faults.push({ field: 'name', reason: 'a portfolio needs a name' })
  if (form.name.length > 100) faults.push({ field: 'name', reason: 'a name can have at most 100 characters' })

  form.description = given('description') ?? form.description
  if (form.description.length > 1000) {
    faults.push({ field: 'description', reason: 'a description can have at most 1,000 characters' })
  }

  form.baseCurrency = given('base_currency')?.toUpperCase() ?? form.baseCurrency
  if (!/^[A-Z]{3}$/.test(form.baseCurrency)) {
    faults.push({
      field: 'base_currency',
      reason: `“${form.baseCurrency}” is not a currency code such as USD`,
    })
  }

  const minor = minorUnit(form.baseCurrency)
  if (minor) {
    const reason = `${form.baseCurrency} is a hundredth of ${minor.major}: use ${minor.major}`
    faults.push({ field: 'base_currency', reason })
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
  if (form.benchmarks.length > 5) faults.push({ field: 'benchmarks', reason: 'choose at most 5 benchmarks' })

  form.costBasis = (given('cost_basis') as CostBasis | null) ?? form.costBasis
  if (!Object.hasOwn(costBases, form.costBasis)) {
    faults.push({
      field: 'cost_basis',
      reason: `“${form.costBasis}” is not a cost basis (${Object.keys(costBases).join(', ')})`,
    })
  }

  form.dividends = (given('dividends') as DividendCounting | null) ?? form.dividends
  if (form.dividends !== 'automatic' && form.dividends !== 'recorded') {
    faults.push({
      field: 'dividends',
      reason: `“${String(form.dividends)}” is not a way to count dividends (automatic, recorded)`,
    })
  }

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
  return share >= 0n && share < ONE ? text(share) : null
}
