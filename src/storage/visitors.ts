import { sql, type SQL } from 'drizzle-orm'
import type { Database } from './database.ts'
import { editionsOf, membersText } from './groups.ts'
import type { GroupKind } from './schema.ts'
import type { Listed } from './snapshots.ts'

/** The roles that somebody may have in a portfolio. Each may also do what the ones before it may do. */
export const roles = ['viewer', 'editor', 'owner'] as const
export type Role = (typeof roles)[number]

/** Who makes a request, and what they may reach. */
export type Visitor = {
  account: string
  /** What its owner calls the account; '' until then. */
  name: string
  isAdmin: boolean
  /** What the request proved it with: its id names it in the lists of the account's page. */
  by: 'session' | 'token' | 'access'
  proof: { id: string; hash: string; createdAt: number; usedAt: number | null; expiresAt: number | null }
  /** When a session ends however often it is used; null for a token. */
  endsAt: number | null
  /** What a token may do; a session may do everything. */
  scope: 'read' | 'write'
  /**
   * Their role in the portfolio that the request names; null when they have none, or there is no such portfolio. In a group,
   * which only its owner sees, it is a viewer's: there is nothing in it to edit.
   */
  role: Role | null
  /** What kind of group it is; null for a portfolio. */
  kind: GroupKind | null
  /** What a group consists of now (`membersText`); null for a portfolio. */
  members: string | null
  /** The revision of the snapshot that D1 has of it, and when it was made; null for none. */
  revision: number | null
  computedAt: number | null
  /** Their groups, the one of all portfolios first. */
  groups: (Listed & { kind: GroupKind })[]
  /** The portfolios that they may see, oldest first: their own, and those of which they are a member. */
  list: Listed[]
}

/**
 * Returns who presents a session or a token that is valid at `now`, by its hash, or whom an identity provider names, by
 * that identity in place of a hash; and their role in the portfolio. It is
 * one query, each of whose tables is searched by its primary key. Null when there is no such session or token, or it has
 * expired.
 */
export async function visitorBy(
  db: Database,
  by: Visitor['by'],
  { hash, portfolioId, now }: { hash: string; portfolioId: string | null; now: number },
): Promise<Visitor | null> {
  const proof = proofs[by]
  const [row] = await db.all<Row>(sql`
    SELECT
      o.id AS account, o.name, o.is_admin AS isAdmin,
      s.id, s.created_at AS createdAt, s.used_at AS usedAt, s.expires_at AS expiresAt, s.ends_at AS endsAt, s.scope,
      CASE WHEN p.kind IS NOT NULL AND p.owner_id = o.id THEN 'viewer' WHEN p.owner_id = o.id THEN 'owner' ELSE m.role END AS role,
      p.kind, ${editionsOf(sql`p.id`, sql`p.kind`, sql`p.owner_id`)} AS members,
      n.revision, n.computed_at AS computedAt,
      ${listOf(sql`o.id`)} AS list
    FROM (${proof} = ${hash}) s
    CROSS JOIN owners o ON o.id = s.account_id
    LEFT JOIN portfolios p ON p.id = ${portfolioId} AND p.deleted_at IS NULL
    LEFT JOIN members m ON m.portfolio_id = p.id AND m.account_id = o.id
    LEFT JOIN snapshots n ON n.portfolio_id = p.id
    WHERE s.expires_at IS NULL OR s.expires_at > ${now}`)
  if (!row) return null
  const { account, name, id, createdAt, usedAt, expiresAt, endsAt, scope, role, kind } = row
  return {
    account,
    name,
    isAdmin: row.isAdmin === 1,
    by,
    proof: { id, hash, createdAt, usedAt, expiresAt },
    endsAt,
    scope,
    role,
    kind,
    members: row.members === null ? null : membersText(JSON.parse(row.members) as string[]),
    revision: row.revision,
    computedAt: row.computedAt,
    ...listsIn(row.list),
  }
}

/** What each proof is looked up by: its hash, or the identity itself that an identity provider has proved. */
const proofs: Record<Visitor['by'], SQL> = {
  session: sql`
    SELECT id, account_id, created_at, used_at, expires_at, ends_at, 'write' AS scope FROM sessions WHERE hash`,
  token: sql`
    SELECT id, account_id, created_at, used_at, expires_at, NULL AS ends_at, scope FROM api_tokens WHERE hash`,
  access: sql`
    SELECT 'access' AS id, id AS account_id, 0 AS created_at, NULL AS used_at, NULL AS expires_at, NULL AS ends_at,
      'write' AS scope
    FROM owners WHERE identity`,
}

/** What `listOf` answers. */
function listsIn(text: string): Pick<Visitor, 'list' | 'groups'> {
  const all = JSON.parse(text) as (Listed & { kind: GroupKind | null })[]
  return {
    list: all.filter(({ kind }) => kind === null).map(({ id, name, brief = null }) => ({ id, name, brief })),
    groups: all
      .flatMap(({ kind, ...each }) => (kind === null ? [] : [{ ...each, kind }]))
      .toSorted((a, b) => Number(b.kind === 'all') - Number(a.kind === 'all')),
  }
}

/** Returns the portfolios and the groups that an account may see. */
export async function visibleTo(db: Database, accountId: string): Promise<Pick<Visitor, 'list' | 'groups'>> {
  const [row] = await db.all<{ list: string }>(sql`SELECT ${listOf(sql`${accountId}`)} AS list`)
  return listsIn(row!.list)
}

const listOf = (account: SQL) => sql`(
  SELECT json_group_array(json_object('id', each.id, 'name', each.name, 'kind', each.kind,
    'brief', (SELECT shown.headline->'$.brief' FROM headlines shown WHERE shown.portfolio_id = each.id)))
  FROM (
    SELECT own.id, own.name, own.created_at, own.kind FROM portfolios own
    WHERE own.owner_id = ${account} AND own.deleted_at IS NULL
    UNION ALL
    SELECT shared.id, shared.name, shared.created_at, shared.kind
    FROM members mine CROSS JOIN portfolios shared ON shared.id = mine.portfolio_id
    WHERE mine.account_id = ${account} AND shared.deleted_at IS NULL
    ORDER BY 3, 1
  ) each
)`

type Row = Pick<
  Visitor,
  'account' | 'name' | 'endsAt' | 'scope' | 'role' | 'kind' | 'members' | 'revision' | 'computedAt'
> &
  Omit<Visitor['proof'], 'hash'> & { isAdmin: 0 | 1; list: string }
