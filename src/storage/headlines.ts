import { sql } from 'drizzle-orm'
import type { ListedFigures } from '../snapshot/headline.ts'
import { type Database, inSymbols } from './database.ts'
import { hasFields, json } from './json.ts'
import { headlines } from './app-schema.ts'

/** Returns what lists say of some portfolios, by their ids; of one that was never shown there is nothing. */
export async function headlinesOf(db: Database, ids: readonly string[]): Promise<Map<string, ListedFigures>> {
  const rows = await db.select().from(headlines).where(inSymbols(headlines.portfolioId, ids))
  return new Map(
    rows.flatMap(({ portfolioId, headline }) => {
      const found = json(headline)
      return isFigures(found) ? [[portfolioId, found as ListedFigures] as const] : []
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
