import { sql } from 'drizzle-orm'
import type { ListedFigures } from '../snapshot/headline.ts'
import type { Database } from './database.ts'
import { editionsOf, membersText } from './groups.ts'
import { hasFields, json } from './json.ts'
import { headlines } from './app-schema.ts'

/** What lists say of a portfolio or a group, and what D1 has of it now. */
export type ListedNow = {
  /** Null of one that was never shown. */
  figures: ListedFigures | null
  /** The revision of its snapshot; null for none. */
  revision: number | null
  /** What a group consists of (`membersText`); null for a portfolio. */
  members: string | null
}

/** Returns it of some portfolios and groups, by their ids, in one query that searches by keys. */
export async function listedNow(db: Database, ids: readonly string[]): Promise<Map<string, ListedNow>> {
  const rows = await db.all<{
    id: string
    headline: string | null
    revision: number | null
    members: string | null
  }>(sql`
    SELECT p.id, h.headline, n.revision, ${editionsOf(sql`p.id`, sql`p.kind`, sql`p.owner_id`)} AS members
    FROM json_each(${JSON.stringify(ids)}) named
    CROSS JOIN portfolios p ON p.id = named.value
    LEFT JOIN headlines h ON h.portfolio_id = p.id
    LEFT JOIN snapshots n ON n.portfolio_id = p.id`)
  return new Map(
    rows.map(({ id, headline, revision, members }) => {
      const found = headline === null ? null : json(headline)
      const figures = isFigures(found) ? (found as ListedFigures) : null
      return [
        id,
        { figures, revision, members: members && membersText(JSON.parse(members) as string[]) },
      ] as const
    }),
  )
}

const isFigures = hasFields({ brief: 'object', year: 'object', without: 'object' })

/** Stores what lists say of a portfolio with its snapshot of that revision, and not after a later one. */
export function saveHeadline(db: Database, portfolioId: string, figures: ListedFigures, revision: number) {
  const headline = JSON.stringify(figures)
  return db
    .insert(headlines)
    .values({ portfolioId, headline })
    .onConflictDoUpdate({
      target: headlines.portfolioId,
      set: { headline },
      setWhere: sql`EXISTS (SELECT 1 FROM snapshots
        WHERE snapshots.portfolio_id = ${portfolioId} AND snapshots.revision = ${revision})`,
    })
}
