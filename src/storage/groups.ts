import { and, asc, eq, gt, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { type Database, inOneTransaction, type Statement } from './database.ts'
import { columns, type Portfolio } from './portfolios.ts'
import { groupMembers, type GroupKind, portfolios } from './schema.ts'
import { allTransactions, type Recorded, transactionsOf } from './transactions.ts'

// A group is a portfolio without transactions of its own: it has those of its members. What is stored of it is its
// settings, and for a group that somebody has made, which portfolios were put into it. Who may see a portfolio no longer
// has it in no group, from the next reading on.

/** A portfolio of a group, and how far its log has come: whatever changes a portfolio is in there. */
export type GroupMember = { portfolio: Portfolio; edition: number }

type Group = Pick<Portfolio, 'id' | 'ownerId' | 'kind'>

/** Returns the portfolios of a group that its owner may see now, oldest first. */
export async function groupMembersOf(db: Database, { id, kind, ownerId }: Group): Promise<GroupMember[]> {
  const rows = await db
    .select({ ...columns, edition: sql<number>`${editionOf(sql`${portfolios.id}`)}` })
    .from(portfolios)
    .where(sql`${portfolios.id} IN (${idsOf(sql`${id}`, sql`${kind}`, sql`${ownerId}`)})`)
    .orderBy(asc(portfolios.createdAt), asc(portfolios.id))
  return rows.map(({ edition, ...portfolio }) => ({ portfolio, edition }))
}

/** Names the members of a group as they are now: another member, or an edit of one, makes it another text. */
export function textOfMembers(members: readonly GroupMember[]): string {
  return membersText(members.map(({ portfolio, edition }) => `${portfolio.id} ${edition}`))
}

/** The same of what `editionsOf` answers. */
export function membersText(editions: readonly string[]): string {
  return editions.toSorted().join()
}

/** The same text by one query; null for what is no group. */
export async function membersNow(db: Database, { id, kind, ownerId }: Group): Promise<string | null> {
  const [row] = await db.all<{ members: string | null }>(
    sql`SELECT ${editionsOf(sql`${id}`, sql`${kind}`, sql`${ownerId}`)} AS members`,
  )
  return row?.members == null ? null : membersText(JSON.parse(row.members) as string[])
}

/** A JSON list of the members of a group as `id edition`, in any order; null where the kind is. */
export function editionsOf(id: SQL, kind: SQL, owner: SQL): SQL {
  return sql`CASE WHEN ${kind} IS NULL THEN NULL ELSE (
    SELECT json_group_array(own.id || ' ' || ${editionOf(sql`own.id`)}) FROM (${idsOf(id, kind, owner)}) own
  ) END`
}

const editionOf = (id: SQL) =>
  sql`(SELECT coalesce(max(log.id), 0) FROM audit log WHERE log.portfolio_id = ${id})`

/** A subquery of the ids of a group's portfolios that its owner may see. */
function idsOf(id: SQL, kind: SQL, owner: SQL): SQL {
  return sql`
    SELECT mine.id FROM portfolios mine
    WHERE mine.owner_id = ${owner} AND mine.deleted_at IS NULL AND mine.kind IS NULL
      AND (${kind} = 'all' OR EXISTS (
        SELECT 1 FROM group_members g WHERE g.group_id = ${id} AND g.portfolio_id = mine.id))
    UNION ALL
    SELECT theirs.id FROM members role CROSS JOIN portfolios theirs ON theirs.id = role.portfolio_id
    WHERE role.account_id = ${owner} AND theirs.deleted_at IS NULL AND theirs.kind IS NULL
      AND (${kind} = 'all' OR EXISTS (
        SELECT 1 FROM group_members g WHERE g.group_id = ${id} AND g.portfolio_id = theirs.id))`
}

/** Returns the recorded transactions of a portfolio in the order of entry; of a group, those of each member. */
export async function recordedIn(db: Database, portfolio: Portfolio): Promise<Recorded[]> {
  if (!portfolio.kind) return allTransactions(db, portfolio.id)
  const rows = await rowsOfGroup(db, portfolio)
  return rows.toSorted((a, b) => a.sequence - b.sequence)
}

/** A row, and the portfolio of the group that it is of. */
type RowOfMember = Recorded & { portfolio: string }

/**
 * Returns the transactions of a group, newest first; those of one day as the portfolios have them, one after the other.
 * `sequence` is the place of a row among all, so that a page can begin after one.
 */
export async function rowsOfGroup(db: Database, group: Group): Promise<RowOfMember[]> {
  const members = await groupMembersOf(db, group)
  const ids = members.map(({ portfolio }) => portfolio.id)
  const rows = await transactionsOf(db, ids)
  return ids
    .flatMap((portfolio) => (rows.get(portfolio) ?? []).map((row) => ({ ...row, portfolio })))
    .map((row, i) => ({ ...row, sequence: i }))
    .toSorted((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : b.sequence - a.sequence))
}

/** A group as lists have it: `portfolios` are the ids that were put into it. */
export type ListedGroup = Portfolio & { kind: GroupKind; portfolios: string[] }

/** Returns the groups of an account, the one of all portfolios first. */
export async function groupsOf(db: Database, owner: string): Promise<ListedGroup[]> {
  const found = await db
    .select({
      ...columns,
      portfolios: sql<string>`(
        SELECT json_group_array(${groupMembers.portfolioId}) FROM ${groupMembers}
        WHERE ${groupMembers.groupId} = ${portfolios.id})`,
    })
    .from(portfolios)
    .where(and(eq(portfolios.ownerId, owner), isNull(portfolios.deletedAt), isNotNull(portfolios.kind)))
    .orderBy(sql`${portfolios.kind} = 'all' DESC`, asc(portfolios.createdAt), asc(portfolios.id))
  return found.map((group) => ({
    ...group,
    kind: group.kind!,
    portfolios: JSON.parse(group.portfolios) as string[],
  }))
}

/** Puts these portfolios into a group, in place of those that are in it. */
export function setGroupMembers(groupId: string, ids: readonly string[]): Statement[] {
  return [
    sql`DELETE FROM group_members WHERE group_id = ${groupId}`,
    sql`INSERT INTO group_members (group_id, portfolio_id)
      SELECT ${groupId}, value FROM json_each(${JSON.stringify(ids)}) WHERE true ON CONFLICT DO NOTHING`,
  ]
}

/**
 * Makes the group of all portfolios of an account, with the currency and the benchmarks of one of them, and returns its id.
 * Where there is one, that is it.
 */
export async function groupOfAll(
  db: Database,
  owner: string,
  like: Pick<Portfolio, 'baseCurrency' | 'benchmarks'> &
    Partial<Pick<Portfolio, 'name' | 'description' | 'targets' | 'kind'>>,
  now: number,
): Promise<string> {
  const find = () =>
    db
      .select({ id: portfolios.id })
      .from(portfolios)
      .where(and(eq(portfolios.ownerId, owner), eq(portfolios.kind, 'all')))
      .get()
  const found = await find()
  if (found) return found.id
  const { baseCurrency, benchmarks } = like
  const { name = 'All portfolios', description = '', targets = null } = like.kind === 'all' ? like : {}
  const named = { ...newGroup, name, description, baseCurrency, benchmarks, targets }
  await inOneTransaction(db, [
    db
      .insert(portfolios)
      .values({
        ...named,
        id: crypto.randomUUID(),
        ownerId: owner,
        kind: 'all',
        createdAt: now,
        openedAt: now,
        watchedUntil: 0,
      })
      .onConflictDoNothing(),
  ])
  return (await find())!.id
}

/** What a group has of a portfolio's settings and does not use: each of its portfolios has its own. */
export const newGroup = {
  name: '',
  description: '',
  costBasis: 'fifo',
  dividends: 'recorded',
  withholding: null,
  riskFreeRate: null,
  targets: null,
  dismissedDividends: [],
  dismissedActions: [],
  ownInstruments: [],
  createdAt: 0,
} satisfies Partial<Portfolio>

/** The groups that somebody has open and that a portfolio is in, as a statement of a batch. */
export function watchedGroupsWith(db: Database, portfolioId: string, now: number) {
  return watchedGroups(
    db,
    sql`SELECT it.owner_id FROM portfolios it WHERE it.id = ${portfolioId}
      UNION ALL SELECT role.account_id FROM members role WHERE role.portfolio_id = ${portfolioId}`,
    portfolioId,
    now,
  )
}

/** The same of those that do not own it, who do not see its deletion coming. */
export function watchedGroupsOfMembers(db: Database, portfolioId: string, now: number) {
  return watchedGroups(
    db,
    sql`SELECT role.account_id FROM members role WHERE role.portfolio_id = ${portfolioId}`,
    portfolioId,
    now,
  )
}

/** The same of one account, which may see the portfolio no longer, or may from now on. */
export function watchedGroupsOf(db: Database, account: string, portfolioId: string, now: number) {
  return watchedGroups(db, sql`${account}`, portfolioId, now)
}

function watchedGroups(db: Database, owners: SQL, portfolioId: string, now: number) {
  return db
    .select({ id: portfolios.id })
    .from(portfolios)
    .where(
      and(
        sql`${portfolios.ownerId} IN (${owners})`,
        isNotNull(portfolios.kind),
        isNull(portfolios.deletedAt),
        gt(portfolios.watchedUntil, now),
        sql`(${portfolios.kind} = 'all' OR EXISTS (SELECT 1 FROM group_members g
          WHERE g.group_id = ${portfolios.id} AND g.portfolio_id = ${portfolioId}))`,
      ),
    )
}
