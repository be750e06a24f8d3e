import * as v from 'valibot'
import { MOST_GROUPS, type PortfolioSettings } from '../storage/portfolios.ts'
import type { Listed } from '../storage/snapshots.ts'
import { name, texts, type Typed } from './api/field.ts'
import { portfolioBody, readPortfolioForm } from './portfolio-form.ts'
import { english } from './words/words.ts'

/** What of a group is a setting, as a script sends it. Each of its portfolios keeps its own cost basis and dividends. */
export const groupBody = v.object({
  ...v.pick(portfolioBody, ['description', 'base_currency', 'benchmarks', 'targets']).entries,
  name: name('Its name.', 'a group needs a name'),
  portfolios: texts('The ids of its portfolios.'),
})

export type GroupForm = Pick<
  PortfolioSettings,
  'name' | 'description' | 'baseCurrency' | 'benchmarks' | 'targets'
> & {
  /** Null where they stay as they are. */
  portfolios: Listed[] | null
}

export const ALWAYS_THERE = english('The group of all portfolios is always there. It cannot be deleted.')
export const tooManyGroups = `An account has at most ${MOST_GROUPS} groups. Delete one first.`

/**
 * Reads the JSON of the API or the form of a page. A field that is absent or null stays as in `present`; `visible` are the
 * portfolios that may be in a group. The group of all portfolios takes no list of them.
 */
export function readGroupForm(
  input: Typed<typeof groupBody>,
  present: PortfolioSettings,
  visible: readonly Listed[],
  isAll = false,
): { form: GroupForm } | { faults: { field: string; reason: string }[] } {
  const { portfolios: named, ...settings } = input
  const read = readPortfolioForm(settings, present)
  const faults = 'faults' in read ? read.faults.map(ofGroup) : []
  const ids = named == null ? null : [...new Set([named].flat().map((id) => id.trim()))].filter(Boolean)
  const portfolios = ids && visible.filter(({ id }) => ids.includes(id))
  const odd = ids?.find((id) => !visible.some((each) => each.id === id))
  const fault = (reason: string) => faults.push({ field: 'portfolios', reason })
  if (isAll && ids !== null) fault('this group always has all of your portfolios')
  else if (odd !== undefined) fault(`“${odd.slice(0, 40)}” is not the id of a portfolio that you may see`)
  else if (ids?.length === 0) fault('choose at least one portfolio')
  if (faults.length > 0 || 'faults' in read) return { faults }
  const { name, description, baseCurrency, benchmarks, targets } = read.form
  return { form: { name, description, baseCurrency, benchmarks, targets, portfolios } }
}

function ofGroup({ field, reason }: { field: string; reason: string }) {
  return { field, reason: reason.replace('a portfolio needs', 'a group needs') }
}
