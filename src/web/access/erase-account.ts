import { allowances, coordinator } from '../../jobs/durable-objects.ts'
import { database } from '../../storage/database.ts'
import { allPortfolioIds, eraseAccount } from '../../storage/erasure.ts'
import { dropList } from '../../storage/snapshots.ts'
import type { Visitor } from '../../storage/visitors.ts'
import type { AppContext } from '../request.ts'
import { closePages } from './close-pages.ts'

/**
 * Deletes an account and everything in it: first its portfolios, each by the object that keeps it. Where one of them
 * cannot be deleted the account stays, so that its owner can do it again; the answer is how many were, and of how many.
 */
export async function eraseEverything(
  c: AppContext,
  { account, list }: Visitor,
): Promise<{ erased: number; portfolios: number }> {
  const db = database(c.env.DB)
  const own = await allPortfolioIds(db, account)
  const ended = await Promise.allSettled(own.map((id) => coordinator(c.env, id).erase(account)))
  const erased = ended.filter(({ status }) => status === 'fulfilled').length
  if (erased < own.length) return { erased, portfolios: own.length }
  const edited = await eraseAccount(db, account, Date.now())
  await dropList(c.env.SNAPSHOTS, account)
  // where it fails, its own alarm does it within two hours
  await Promise.allSettled([allowances(c.env, account).erase()])
  const shared = list.filter(({ id }) => !own.includes(id))
  await closePages(c, shared, { account })
  await Promise.allSettled(edited.map((id) => coordinator(c.env, id).recompute()))
  return { erased, portfolios: own.length }
}
