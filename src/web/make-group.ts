import { coordinator } from '../jobs/durable-objects.ts'
import { database } from '../storage/database.ts'
import { groupsOf, newGroup } from '../storage/groups.ts'
import { MOST_GROUPS, type Portfolio, portfolioById, type PortfolioSettings } from '../storage/portfolios.ts'
import { signedIn } from './access/visitor.ts'
import type { GroupForm } from './group-form.ts'
import { defaults } from './portfolio-form.ts'
import type { AppContext } from './request.ts'

/** Makes a group of the visitor; null where they have as many as there may be. */
export async function makeGroup(
  c: AppContext,
  { portfolios, ...settings }: GroupForm,
  id: string = crypto.randomUUID(),
): Promise<{ group: Portfolio; revision: number } | null> {
  const { account } = await signedIn(c)
  const groups = await groupsOf(database(c.env.DB), account)
  if (groups.filter(({ kind }) => kind === 'group').length >= MOST_GROUPS) return null
  const about = { id, ownerId: account, createdAt: Date.now(), kind: 'group' as const }
  const group: Portfolio = { ...newGroup, ...settings, ...about }
  const made = await coordinator(c.env, id).createGroup(group, portfolios ?? [])
  return made === 'full' ? null : { group, revision: made?.revision ?? 0 }
}

/** A new group has the currency and the benchmarks of the oldest portfolio, where it names none. */
export async function likeFirst(c: AppContext): Promise<PortfolioSettings> {
  const [first] = (await signedIn(c)).list
  const like = first && (await portfolioById(database(c.env.DB), first.id))
  return like ? { ...defaults, baseCurrency: like.baseCurrency, benchmarks: like.benchmarks } : defaults
}
