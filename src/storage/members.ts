import { and, asc, eq } from 'drizzle-orm'
import { auditAccess } from './access-audit.ts'
import { withoutAlerts } from './alerts.ts'
import { members } from './access-schema.ts'
import type { Database, Statement } from './database.ts'
import { owners } from './schema.ts'

/** Who may see or edit a portfolio that somebody else owns. */
export type Member = { account: string; name: string; role: MemberRole; createdAt: number }
export type MemberRole = (typeof members.$inferSelect)['role']
export const memberRoles = ['viewer', 'editor'] as const satisfies MemberRole[]

/** Returns the role of a member of a portfolio; null for anybody else, its owner included. */
export async function memberRole(
  db: Database,
  portfolioId: string,
  account: string,
): Promise<MemberRole | null> {
  const found = await db.select({ role: members.role }).from(members).where(one(portfolioId, account)).get()
  return found?.role ?? null
}

/** Returns the accounts of the members of a portfolio. */
export async function memberAccounts(db: Database, portfolioId: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ account: members.accountId })
    .from(members)
    .where(eq(members.portfolioId, portfolioId))
  return new Set(rows.map(({ account }) => account))
}

/** Returns the members of a portfolio, the first of them first, as a statement of a batch. */
export function membersOf(db: Database, portfolioId: string) {
  return db
    .select({
      account: members.accountId,
      name: owners.name,
      role: members.role,
      createdAt: members.createdAt,
    })
    .from(members)
    .innerJoin(owners, eq(owners.id, members.accountId))
    .where(eq(members.portfolioId, portfolioId))
    .orderBy(asc(members.createdAt), asc(members.accountId))
}

/** Changes no row where the account is no member. */
export function changeRole(
  db: Database,
  portfolioId: string,
  { account, role, by }: { account: string; role: MemberRole; by: string },
  now: number,
): Statement[] {
  return [
    db.update(members).set({ role }).where(one(portfolioId, account)),
    auditAccess(
      portfolioId,
      by,
      { action: 'update', about: 'member', account, before: null, after: { role } },
      now,
    ),
  ]
}

/** What they wanted to be told of the portfolio goes with them. */
export function removeMember(
  db: Database,
  portfolioId: string,
  { account, by }: { account: string; by: string },
  now: number,
): Statement[] {
  return [
    db.delete(members).where(one(portfolioId, account)),
    auditAccess(
      portfolioId,
      by,
      { action: 'delete', about: 'member', account, before: {}, after: null },
      now,
    ),
    ...withoutAlerts(portfolioId, account),
  ]
}

function one(portfolioId: string, account: string) {
  return and(eq(members.portfolioId, portfolioId), eq(members.accountId, account))
}
