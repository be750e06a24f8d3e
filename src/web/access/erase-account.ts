import { allowances, coordinator } from '../../jobs/durable-objects.ts'
import { database } from '../../storage/database.ts'
import { allPortfolioIds, eraseAccount } from '../../storage/erasure.ts'
import { dropList } from '../../storage/snapshots.ts'
import type { Visitor } from '../../storage/visitors.ts'
import type { AppContext } from '../request.ts'
import { closePages } from './close-pages.ts'

/**
 * Deletes an account and everything in it. The account ends by one transaction; what is left of its portfolios then is deleted
 * by the object that keeps each, or by the clock after the next close where this is broken off.
 */
export async function eraseEverything(c: AppContext, { account, list }: Visitor): Promise<void> {
  const db = database(c.env.DB)
  const own = await allPortfolioIds(db, account)
  const edited = await eraseAccount(db, account, Date.now())
  // of the allowances an alarm of their own does it within two hours
  await Promise.allSettled([
    ...own.map((id) => coordinator(c.env, id).erase()),
    dropList(c.env.SNAPSHOTS, account),
    allowances(c.env, account).erase(),
  ])
  const shared = list.filter(({ id }) => !own.includes(id))
  await closePages(c, shared, { account })
  await Promise.allSettled(edited.map((id) => coordinator(c.env, id).recompute()))
}
