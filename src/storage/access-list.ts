import type { Database } from './database.ts'
import { type Invitation, openInvitations } from './invitations.ts'
import { type Member, membersOf } from './members.ts'
import { openLinks, type ShareLink } from './share-links.ts'

/** Everybody who may see a portfolio besides its owner, or who may come to. */
export type AccessList = { members: Member[]; invitations: Invitation[]; links: ShareLink[] }

/** Returns who may see a portfolio at `now`, in one trip to D1. */
export async function accessList(db: Database, portfolioId: string, now: number): Promise<AccessList> {
  const [members, invitations, links] = await db.batch([
    membersOf(db, portfolioId),
    openInvitations(db, portfolioId, now),
    openLinks(db, portfolioId, now),
  ])
  return { members, invitations, links }
}
