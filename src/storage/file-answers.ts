import { and, eq, sql } from 'drizzle-orm'
import { saidFields, type SaidOfFiles } from '../portfolio/whole-portfolio.ts'
import { type Database, inserted, KEEP, type Statement } from './database.ts'
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

/** Returns what an account has said of files, in the order of their headers. */
export async function saidOfFiles(db: Database, account: string): Promise<SaidOfFiles[]> {
  const { header, answers, at, ownerId } = fileAnswers
  return db
    .select({ header, answers, at })
    .from(fileAnswers)
    .where(and(eq(ownerId, account), sql`${header} NOT LIKE ${`${ACCOUNTS}%`}`))
    .orderBy(header)
}

/** Adds what was said elsewhere; what the account has said here stays. */
export function addSaidOfFiles(account: string, said: readonly SaidOfFiles[]): Statement[] {
  const rows = said.map((each) => [account, ...saidFields.map((field) => each[field])])
  return inserted(fileAnswers, `owner_id ${saidFields.join(' ')}`, rows, KEEP)
}
