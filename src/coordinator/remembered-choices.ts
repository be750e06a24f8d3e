import { latestDay } from '../portfolio/day.ts'
import { columnName } from '../statements/columns.ts'
import type { Answers } from '../statements/question.ts'
import type { Statement as StatementRead } from '../statements/read-statement.ts'
import type { Statement } from '../storage/database.ts'
import { ACCOUNTS, answersFor, rememberAnswers } from '../storage/file-answers.ts'
import { portfoliosOf } from '../storage/portfolios.ts'
import { rememberTicker } from '../storage/securities.ts'
import type { ImportChoices } from './import-choices.ts'
import { type Pause, readWithStored } from './statement-reading.ts'
import type { Editing } from './transaction-edits.ts'

/**
 * Reads a file with what was said of it; a file of which nothing was said, with what was said of the last one with the same
 * header.
 */
export async function readWithMemory(
  { db, portfolio, now }: Editing,
  text: string,
  { answers, accounts, isFirst, holdsBack }: ImportChoices,
  pause: Pause,
): Promise<ReadWithMemory | { problem: string }> {
  const owner = portfolio.ownerId
  const read = (said: Answers, where: ImportChoices['accounts']) =>
    readWithStored({ db, owner, today: latestDay(now), pause }, text, said, elsewhere(where))
  const statement = await read(answers, accounts)
  if ('problem' in statement) return statement
  const plain = { statement, answers, accounts }
  const header = headerOf(statement)
  if (header === '') return plain
  const said: Answers | null = isFirst ? await answersFor(db, owner, header) : null
  // a program that names no account means them all
  const isOpen = holdsBack && Object.keys(accounts).length === 0 && statement.accounts.length > 1
  const where = isOpen ? await accountsFor({ db, portfolio }, header) : null
  if (!said && !where) return plain
  const remembered = { answers: said ?? answers, accounts: where ?? accounts }
  const again = await read(remembered.answers, remembered.accounts)
  // what contradicts this file was meant for another
  return 'problem' in again ? plain : { statement: again, ...remembered }
}

/** A statement, and what it was read with. */
type ReadWithMemory = { statement: StatementRead } & Pick<ImportChoices, 'answers' | 'accounts'>

function elsewhere(accounts: ImportChoices['accounts']): Set<string> {
  return new Set(Object.entries(accounts).flatMap(([name, target]) => (target === '' ? [] : [name])))
}

/**
 * Where the accounts of the last file with this header went; this portfolio is '' here and has its id in the store. What went to one
 * that is gone comes here.
 */
async function accountsFor(
  { db, portfolio }: Pick<Editing, 'db' | 'portfolio'>,
  header: string,
): Promise<ImportChoices['accounts'] | null> {
  const stored = (await answersFor(db, portfolio.ownerId, ACCOUNTS + header)) as Record<string, string> | null
  if (!stored) return null
  const own = new Set((await portfoliosOf(db, portfolio.ownerId)).map(({ id }) => id))
  const isThere = (target: string) => target === 'none' || target === 'new' || own.has(target)
  return Object.fromEntries(
    Object.entries(stored).map(([name, target]) => [
      name,
      target === portfolio.id || !isThere(target) ? '' : target,
    ]),
  )
}

/** What is remembered once the file is imported: only what the person has said. */
export function rememberedChoices(
  { db, portfolio, now }: Editing,
  statement: StatementRead,
  { answers, accounts, isFirst, isPart }: ImportChoices,
): Statement[] {
  const header = headerOf(statement)
  const where = Object.entries(accounts).map(([name, target]) => [name, target || portfolio.id])
  const ofAccounts =
    header !== '' && !isPart && statement.accounts.length > 1 && where.length > 1
      ? [rememberAnswers(db, portfolio.ownerId, ACCOUNTS + header, Object.fromEntries(where), now)]
      : []
  if (isFirst) return ofAccounts
  const { securities = {}, ...rest } = answers
  return [
    ...ofAccounts,
    ...Object.entries(securities).map(([name, symbol]) =>
      rememberTicker(db, portfolio.ownerId, { name: inCapitals(name), symbol }, now),
    ),
    ...(header !== '' && Object.keys(rest).length > 0
      ? [rememberAnswers(db, portfolio.ownerId, header, rest, now)]
      : []),
  ]
}

/** The headings in plain spelling, which tell files of one kind from others; '' for a file without any. */
function headerOf({ columns }: StatementRead): string {
  return columns
    .map(({ heading }) => columnName(heading))
    .join('|')
    .slice(0, LONGEST_HEADER)
}

const LONGEST_HEADER = 1000

function inCapitals(name: string): string {
  return name.toUpperCase()
}
