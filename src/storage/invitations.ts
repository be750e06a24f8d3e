import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import { auditAccess } from './access-audit.ts'
import { invitations } from './access-schema.ts'
import type { Database, Statement } from './database.ts'
import type { MemberRole } from './members.ts'
import { owners, portfolios } from './schema.ts'

/** An invitation that nobody has accepted yet, as its list shows it: without what proves it. */
export type Invitation = { id: string; role: MemberRole; note: string; createdAt: number; expiresAt: number }

const DAY = 24 * 60 * 60_000
/** How long an invitation may be accepted. */
const LASTS = 7 * DAY
/** So many may be open for one portfolio. */
export const MOST_OPEN = 20

/**
 * Writes an invitation that is made at `now`. It changes no row when as many as there may be are open already. Those that
 * have expired are deleted with it.
 */
export function invite(
  db: Database,
  made: { hash: string; id: string; portfolioId: string; role: MemberRole; note: string; createdBy: string },
  now: number,
): Statement[] {
  const { hash, id, portfolioId, role, note, createdBy } = made
  return [
    db
      .delete(invitations)
      .where(
        and(
          eq(invitations.portfolioId, portfolioId),
          isNull(invitations.acceptedAt),
          sql`${invitations.expiresAt} <= ${now}`,
        ),
      ),
    sql`
      INSERT INTO invitations (hash, id, portfolio_id, role, note, created_by, created_at, expires_at)
      SELECT ${hash}, ${id}, ${portfolioId}, ${role}, ${note}, ${createdBy}, ${now}, ${now + LASTS}
      WHERE (SELECT count(*) FROM invitations WHERE portfolio_id = ${portfolioId} AND accepted_at IS NULL) < ${MOST_OPEN}`,
    auditAccess(
      portfolioId,
      createdBy,
      { action: 'create', about: 'invitation', before: null, after: { role, note } },
      now,
    ),
  ]
}

/** Returns the invitations of a portfolio that are open at `now`, the oldest first, as a statement of a batch. */
export function openInvitations(db: Database, portfolioId: string, now: number) {
  const { id, role, note, createdAt, expiresAt } = invitations
  return db
    .select({ id, role, note, createdAt, expiresAt })
    .from(invitations)
    .where(and(eq(invitations.portfolioId, portfolioId), isNull(invitations.acceptedAt), gt(expiresAt, now)))
    .orderBy(asc(createdAt), asc(id))
}

/** Changes no row when the portfolio has no such invitation that is open. */
export function withdrawInvitation(
  db: Database,
  portfolioId: string,
  { id, by }: { id: string; by: string },
  now: number,
): Statement[] {
  return [
    db
      .delete(invitations)
      .where(
        and(eq(invitations.portfolioId, portfolioId), isNull(invitations.acceptedAt), eq(invitations.id, id)),
      ),
    auditAccess(portfolioId, by, { action: 'delete', about: 'invitation', before: {}, after: null }, now),
  ]
}

/** What an invitation says to whoever it was sent to. */
export type Invited = {
  portfolioId: string
  portfolio: string
  owner: string
  role: MemberRole
  invitedBy: string
}

/** Returns the invitation with that hash; null when it cannot be accepted at `now`. */
export async function invitationBy(db: Database, hash: string, now: number): Promise<Invited | null> {
  const found = await db
    .select({
      portfolioId: invitations.portfolioId,
      portfolio: portfolios.name,
      owner: portfolios.ownerId,
      role: invitations.role,
      invitedBy: owners.name,
    })
    .from(invitations)
    .innerJoin(portfolios, and(eq(portfolios.id, invitations.portfolioId), isNull(portfolios.deletedAt)))
    .innerJoin(owners, eq(owners.id, invitations.createdBy))
    .where(and(eq(invitations.hash, hash), isNull(invitations.acceptedAt), gt(invitations.expiresAt, now)))
    .get()
  return found ?? null
}

/**
 * Makes an account a member by an invitation. Of two that accept it at once one becomes a member: the first statement
 * changes a row for one of them only. Who may edit already does not lose that by an invitation to view.
 */
export function accept(
  db: Database,
  { hash, invited }: { hash: string; invited: Pick<Invited, 'portfolioId' | 'role'> },
  account: string,
  now: number,
): Statement[] {
  return [
    db
      .update(invitations)
      .set({ acceptedBy: account, acceptedAt: now })
      .where(and(eq(invitations.hash, hash), isNull(invitations.acceptedAt), gt(invitations.expiresAt, now))),
    sql`
      INSERT INTO members (portfolio_id, account_id, role, created_at)
      SELECT portfolio_id, ${account}, role, ${now} FROM invitations
      WHERE hash = ${hash} AND accepted_by = ${account} AND accepted_at = ${now}
      ON CONFLICT (portfolio_id, account_id) DO UPDATE SET role = 'editor' WHERE excluded.role = 'editor'`,
    auditAccess(
      invited.portfolioId,
      account,
      { action: 'create', about: 'member', account, before: null, after: { role: invited.role } },
      now,
    ),
  ]
}

/** Makes an account, for whoever holds an invitation that is open at `now`; without one it changes no row. */
export function openAccount(account: { id: string; name: string }, hash: string, now: number): Statement {
  return sql`
    INSERT INTO owners (id, created_at, name, is_admin)
    SELECT ${account.id}, ${now}, ${account.name}, 0 FROM invitations
    WHERE hash = ${hash} AND accepted_at IS NULL AND expires_at > ${now}`
}
