import { and, eq } from 'drizzle-orm'
import type { Database, Statement } from './database.ts'
import { fileAnswers } from './schema.ts'

/** What stands before the header where portfolios are stored, by the names of accounts: they are of this instance only. */
export const ACCOUNTS = 'accounts|'

/** Returns what an account has said of the last file with this header; null when it has said nothing. */
export async function answersFor(db: Database, account: string, header: string): Promise<object | null> {
  const row = await db
    .select({ answers: fileAnswers.answers })
    .from(fileAnswers)
    .where(and(eq(fileAnswers.ownerId, account), eq(fileAnswers.header, header)))
    .get()
  return row?.answers ?? null
}

export function rememberAnswers(
  db: Database,
  account: string,
  header: string,
  answers: object,
  at: number,
): Statement {
  return db
    .insert(fileAnswers)
    .values({ ownerId: account, header, answers, at })
    .onConflictDoUpdate({ target: [fileAnswers.ownerId, fileAnswers.header], set: { answers, at } })
}
