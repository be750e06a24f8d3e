import { database } from '../../storage/database.ts'
import { groupOfAll } from '../../storage/groups.ts'
import { portfolioById } from '../../storage/portfolios.ts'
import type { AppContext } from '../request.ts'
import { visitorOf } from './visitor.ts'

/**
 * Returns the id of the visitor's group of all portfolios, which is there for whoever has two or more: it is made when it
 * is first asked for, with the currency and the benchmarks of the oldest. Null for whoever has fewer, and for a stranger.
 */
export async function allPortfolios(c: AppContext): Promise<string | null> {
  const visitor = await visitorOf(c)
  if (!visitor || visitor.list.length < 2) return null
  const { account, list, groups } = visitor
  const known = groups.find(({ kind }) => kind === 'all')
  if (known) return known.id
  const db = database(c.env.DB)
  const oldest = await portfolioById(db, list[0]!.id)
  return oldest && groupOfAll(db, account, oldest, Date.now())
}
