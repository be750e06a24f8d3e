import { database, inOneTransaction } from '../../storage/database.ts'
import { invite, withdrawInvitation } from '../../storage/invitations.ts'
import { changeRole, type MemberRole, memberRoles, removeMember } from '../../storage/members.ts'
import { MOST_LINKS, shareBy, type ShareLink, withdrawLink } from '../../storage/share-links.ts'
import { feedFiles } from '../feeds/feed-files.ts'
import { type AppContext, reader } from '../request.ts'
import { storedReader } from '../locale.ts'
import { closePages, renewGroups } from './close-pages.ts'
import { hashOf, newSecret } from './secret.ts'
import { english } from '../words/words.ts'

/** What was made and is shown once: its address holds the secret, of which only the hash is stored. */
export type Made = { id: string; address: string }

/** Invites somebody to a portfolio; null when as many invitations as there may be are open. */
export async function inviteTo(
  c: AppContext,
  portfolioId: string,
  by: string,
  { role, note }: { role: MemberRole; note: string },
): Promise<Made | null> {
  const db = database(c.env.DB)
  const [secret, id] = [newSecret(), crypto.randomUUID()]
  const made = { hash: await hashOf(secret), id, portfolioId, role, note, createdBy: by }
  const [, written] = await inOneTransaction(db, invite(db, made, Date.now()))
  return written!.meta.changes === 0 ? null : { id, address: addressOf(c, 'invitations', secret) }
}

/**
 * Makes a link by which anybody may look, or a program reads a feed; null when there are as many as there may be.
 * `days` is how long it works.
 */
export async function share(
  c: AppContext,
  portfolioId: string,
  by: string,
  {
    kind,
    note,
    isPercentOnly,
    days,
  }: Pick<ShareLink, 'kind' | 'note' | 'isPercentOnly'> & { days: number | null },
): Promise<(Made & { link: ShareLink }) | null> {
  const db = database(c.env.DB)
  const now = Date.now()
  const [secret, id] = [newSecret(), crypto.randomUUID()]
  const expiresAt = days === null ? null : now + days * 24 * 60 * 60_000
  const made = {
    hash: await hashOf(secret),
    id,
    portfolioId,
    kind,
    note,
    isPercentOnly,
    createdBy: by,
    ...storedReader(reader(c)),
    expiresAt,
  }
  const [, written] = await inOneTransaction(db, shareBy(db, made, now))
  if (written!.meta.changes === 0) return null
  const link = { id, kind, note, isPercentOnly, createdAt: now, expiresAt }
  const address =
    kind === 'page' ? addressOf(c, 's', secret) : `${addressOf(c, 'feeds', secret)}/${feedFiles[kind]}`
  return { id, address, link }
}

/** Gives a member another role; false when the account is no member. */
export async function giveRole(
  c: AppContext,
  portfolioId: string,
  by: string,
  { account, role }: { account: string; role: MemberRole },
): Promise<boolean> {
  const db = database(c.env.DB)
  const statements = changeRole(db, portfolioId, { account, role, by }, Date.now())
  const [changed] = await inOneTransaction(db, statements)
  return changed!.meta.changes > 0
}

/** Takes a member out, and closes the pages that they have open; false when the account is no member. */
export async function takeOut(
  c: AppContext,
  portfolioId: string,
  by: string,
  account: string,
): Promise<boolean> {
  const db = database(c.env.DB)
  const [removed] = await inOneTransaction(db, removeMember(db, portfolioId, { account, by }, Date.now()))
  if (removed!.meta.changes === 0) return false
  await Promise.all([closePages(c, [{ id: portfolioId }], { account }), renewGroups(c, account, portfolioId)])
  return true
}

/** Withdraws an invitation or a share link; false when the portfolio has no such. */
export async function withdraw(
  c: AppContext,
  what: 'invitation' | 'share link',
  portfolioId: string,
  by: string,
  id: string,
): Promise<boolean> {
  const db = database(c.env.DB)
  const statements = (what === 'invitation' ? withdrawInvitation : withdrawLink)(
    db,
    portfolioId,
    { id, by },
    Date.now(),
  )
  const [withdrawn] = await inOneTransaction(db, statements)
  return withdrawn!.meta.changes > 0
}

/** Returns the role that a form or a program names; null for none of these. */
export function roleIn(text: string | null | undefined): MemberRole | null {
  return memberRoles.find((role) => role === text) ?? null
}

/** What is said when there are as many invitations as there may be. */
export const tooMany = english('There are 20 open invitations already. Revoke one first.')

/** What is said when there are as many links as there may be. */
export const tooManyLinks = english('There are {n} links already. Revoke one first.', { n: MOST_LINKS })

function addressOf(c: AppContext, kind: 'invitations' | 's' | 'feeds', secret: string): string {
  return new URL(`/${kind}/${secret}`, c.req.url).href
}
