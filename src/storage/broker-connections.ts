import { and, asc, eq, sql } from 'drizzle-orm'
import { auditAccess } from './access-audit.ts'
import type { Database, Statement } from './database.ts'
import { brokerConnections, portfolios } from './schema.ts'

/** A connection as its page shows it: without the token. Times are in milliseconds. */
export type BrokerConnection = Omit<
  typeof brokerConnections.$inferSelect,
  'token' | 'accountId' | 'portfolioId'
>
/** The same with what it is opened with, and in whose name. */
export type OpenedConnection = BrokerConnection & { token: string; accountId: string }

const { portfolioId, broker, accountId, token, query, createdAt, askedAt, outcome } = brokerConnections
const shown = { broker, query, createdAt, askedAt, outcome }

/** Connects a portfolio with a broker, or gives the connection that it has another token or statement. */
export function connectBroker(
  db: Database,
  made: { portfolioId: string; broker: string; accountId: string; token: string; query: string },
  now: number,
): Statement[] {
  const fresh = { ...made, createdAt: now, askedAt: null, outcome: null }
  return [
    db
      .insert(brokerConnections)
      .values(fresh)
      .onConflictDoUpdate({ target: [portfolioId, broker], set: fresh }),
    auditAccess(
      made.portfolioId,
      made.accountId,
      { action: 'create', about: 'broker connection', before: null, after: { note: made.broker } },
      now,
    ),
  ]
}

/** Changes no row where there is none. What was fetched stays. */
export function disconnectBroker(
  db: Database,
  of: { portfolioId: string; broker: string; by: string },
  now: number,
): Statement[] {
  return [
    db.delete(brokerConnections).where(isIt(of.portfolioId, of.broker)),
    auditAccess(
      of.portfolioId,
      of.by,
      { action: 'delete', about: 'broker connection', before: { note: of.broker }, after: null },
      now,
    ),
  ]
}

/** Returns the connections of a portfolio, by their broker. */
export function connectionsOf(db: Database, portfolio: string): Promise<BrokerConnection[]> {
  return db.select(shown).from(brokerConnections).where(eq(portfolioId, portfolio)).orderBy(asc(broker))
}

/** Returns a connection with its token; null when the portfolio has none with that broker. */
export async function connectionWith(
  db: Database,
  portfolio: string,
  named: string,
): Promise<OpenedConnection | null> {
  const found = await db
    .select({ ...shown, token, accountId })
    .from(brokerConnections)
    .where(isIt(portfolio, named))
    .get()
  return found ?? null
}

/** Notes what came of asking. It changes no row where the connection was made anew meanwhile. */
export function noteAsked(
  db: Database,
  portfolio: string,
  { broker: named, createdAt: made }: BrokerConnection,
  said: string,
  now: number,
): Statement {
  return db
    .update(brokerConnections)
    .set({ askedAt: now, outcome: said })
    .where(and(isIt(portfolio, named), eq(createdAt, made)))
}

/** Returns all connections of portfolios that are there, for the daily run. */
export function allConnections(db: Database): Promise<{ portfolio: string; broker: string }[]> {
  return db
    .select({ portfolio: portfolioId, broker })
    .from(brokerConnections)
    .innerJoin(portfolios, and(eq(portfolios.id, portfolioId), sql`${portfolios.deletedAt} IS NULL`))
    .orderBy(asc(portfolioId), asc(broker))
}

function isIt(portfolio: string, named: string) {
  return and(eq(portfolioId, portfolio), eq(broker, named))
}
