import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import { auditAccess } from './access-audit.ts'
import { type LinkKind, shareLinks } from './access-schema.ts'
import type { Database, Statement } from './database.ts'
import type { StoredReader } from '../portfolio/sentence.ts'
import { snapshots } from './app-schema.ts'
import { portfolios } from './schema.ts'

/** A link by which anybody may look, as its list shows it: without what proves it. */
export type ShareLink = {
  id: string
  kind: LinkKind
  note: string
  /** It shows no amount anywhere. */
  isPercentOnly: boolean
  createdAt: number
  /** Null for never. */
  expiresAt: number | null
}

/** So many may be open for one portfolio. */
export const MOST_LINKS = 20

/** Writes a link. It changes no row when there are as many as there may be. Those that have expired are deleted with it. */
export function shareBy(
  db: Database,
  made: Omit<ShareLink, 'createdAt'> &
    StoredReader & { hash: string; portfolioId: string; createdBy: string },
  now: number,
): Statement[] {
  const { hash, id, portfolioId, kind, note, isPercentOnly, createdBy, language, locale, expiresAt } = made
  return [
    db
      .delete(shareLinks)
      .where(and(eq(shareLinks.portfolioId, portfolioId), sql`${shareLinks.expiresAt} <= ${now}`)),
    sql`
      INSERT INTO share_links (hash, id, portfolio_id, kind, note, is_percent_only, created_by, language, locale, created_at, expires_at)
      SELECT ${hash}, ${id}, ${portfolioId}, ${kind}, ${note}, ${isPercentOnly ? 1 : 0}, ${createdBy}, ${language}, ${locale}, ${now}, ${expiresAt}
      WHERE (SELECT count(*) FROM share_links WHERE portfolio_id = ${portfolioId}) < ${MOST_LINKS}`,
    auditAccess(
      portfolioId,
      createdBy,
      {
        action: 'create',
        about: 'share link',
        before: null,
        after: { note, ...shows(isPercentOnly), ...(kind === 'page' ? {} : { feed: kind }) },
      },
      now,
    ),
  ]
}

/** Returns the links of a portfolio that work at `now`, the oldest first, as a statement of a batch. */
export function openLinks(db: Database, portfolioId: string, now: number) {
  const { id, kind, note, isPercentOnly, createdAt, expiresAt } = shareLinks
  return db
    .select({ id, kind, note, isPercentOnly, createdAt, expiresAt })
    .from(shareLinks)
    .where(and(eq(shareLinks.portfolioId, portfolioId), or(isNull(expiresAt), gt(expiresAt, now))))
    .orderBy(asc(createdAt), asc(id))
}

/** Changes no row when the portfolio has no such link. */
export function withdrawLink(
  db: Database,
  portfolioId: string,
  { id, by }: { id: string; by: string },
  now: number,
): Statement[] {
  return [
    db.delete(shareLinks).where(and(eq(shareLinks.portfolioId, portfolioId), eq(shareLinks.id, id))),
    auditAccess(portfolioId, by, { action: 'delete', about: 'share link', before: {}, after: null }, now),
  ]
}

function shows(isPercentOnly: boolean): { shows: string } {
  return { shows: isPercentOnly ? 'percentages' : 'amounts' }
}

export type SharedBy = Pick<ShareLink, 'id' | 'kind' | 'isPercentOnly'> &
  StoredReader & { portfolioId: string; revision: number | null }

/**
 * Returns what the link with that hash opens and shows at `now`, and the revision of the snapshot that D1 has of it; null when there
 * is no such link, or it has expired.
 */
export async function sharedBy(db: Database, hash: string, now: number): Promise<SharedBy | null> {
  const { id, kind, portfolioId, isPercentOnly, language, locale, expiresAt } = shareLinks
  const found = await db
    .select({ id, kind, portfolioId, isPercentOnly, language, locale, revision: snapshots.revision })
    .from(shareLinks)
    .innerJoin(portfolios, and(eq(portfolios.id, portfolioId), isNull(portfolios.deletedAt)))
    .leftJoin(snapshots, eq(snapshots.portfolioId, portfolioId))
    .where(and(eq(shareLinks.hash, hash), or(isNull(expiresAt), gt(expiresAt, now))))
    .get()
  return found ?? null
}
