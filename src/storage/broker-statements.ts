import { and, desc, eq } from 'drizzle-orm'
import type { Database, Statement } from './database.ts'
import { brokerStatements } from './schema.ts'

/** A statement that a broker has sent, as a list shows it; times are in milliseconds. */
export type BrokerStatement = Pick<
  typeof brokerStatements.$inferSelect,
  'id' | 'broker' | 'receivedAt' | 'outcome' | 'isOpen'
>

const { id, portfolioId, broker, receivedAt, hash, gzip, outcome, isOpen, rejected } = brokerStatements

/** Keeps a statement. */
export function keepStatement(db: Database, statement: typeof brokerStatements.$inferInsert): Statement {
  return db.insert(brokerStatements).values(statement)
}

/** Notes that nobody has to look at a statement any more. */
export function settleStatement(db: Database, portfolio: string, statement: string): Statement {
  return db
    .update(brokerStatements)
    .set({ isOpen: false })
    .where(and(eq(portfolioId, portfolio), eq(id, statement)))
}

/** Returns the latest 30 statements of a portfolio, newest first. */
export function statementsOf(db: Database, portfolio: string): Promise<BrokerStatement[]> {
  return db
    .select({ id, broker, receivedAt, outcome, isOpen })
    .from(brokerStatements)
    .where(eq(portfolioId, portfolio))
    .orderBy(desc(receivedAt), desc(id))
    .limit(30)
}

/** Returns the latest statement of a broker, with the hash of its text; null before the first. */
export async function latestStatement(
  db: Database,
  portfolio: string,
  named: string,
): Promise<(BrokerStatement & { hash: string }) | null> {
  const found = await db
    .select({ id, broker, receivedAt, outcome, isOpen, hash })
    .from(brokerStatements)
    .where(and(eq(portfolioId, portfolio), eq(broker, named)))
    .orderBy(desc(receivedAt))
    .limit(1)
    .get()
  return found ?? null
}

/**
 * Returns the latest statement of a broker with which nobody has to do anything more, and the lines of it that were rejected;
 * null when there is none.
 */
export async function settledStatement(
  db: Database,
  portfolio: string,
  named: string,
): Promise<{ text: string; rejected: number[] } | null> {
  const found = await db
    .select({ gzip, rejected })
    .from(brokerStatements)
    .where(and(eq(portfolioId, portfolio), eq(broker, named), eq(isOpen, false)))
    .orderBy(desc(receivedAt))
    .limit(1)
    .get()
  return found ? { text: await unpacked(found.gzip), rejected: found.rejected } : null
}

/** Returns the text of a statement; null when the portfolio has none with that id. */
export async function textOfStatement(
  db: Database,
  portfolio: string,
  statement: string,
): Promise<string | null> {
  const found = await db
    .select({ gzip })
    .from(brokerStatements)
    .where(and(eq(portfolioId, portfolio), eq(id, statement)))
    .get()
  return found ? unpacked(found.gzip) : null
}

/** Returns a text as it is kept: gzip in base64, which takes a tenth of a statement's room. */
export async function packed(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer())
  // one call would have an argument for each byte
  const pieces = Array.from({ length: Math.ceil(bytes.length / PIECE) }, (_, i) =>
    String.fromCharCode(...bytes.subarray(i * PIECE, (i + 1) * PIECE)),
  )
  return btoa(pieces.join(''))
}

const PIECE = 8192

async function unpacked(base64: string): Promise<string> {
  const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Response(stream).text()
}
