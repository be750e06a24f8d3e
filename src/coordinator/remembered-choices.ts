import { latestDay } from '../portfolio/day.ts'
import { columnName } from '../statements/columns.ts'
import type { Answers } from '../statements/question.ts'
import type { Statement as StatementRead } from '../statements/read-statement.ts'
import type { Statement } from '../storage/database.ts'
import { answersFor, rememberAnswers } from '../storage/file-answers.ts'
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
  { answers, accounts, isFirst }: ImportChoices,
  pause: Pause,
): Promise<{ statement: StatementRead; answers: Answers } | { problem: string }> {
  const elsewhere = Object.entries(accounts).flatMap(([name, target]) => (target === '' ? [] : [name]))
  const without = new Set(elsewhere)
  const read = (said: Answers) =>
    readWithStored({ db, owner: portfolio.ownerId, today: latestDay(now), pause }, text, said, without)
  const statement = await read(answers)
  if ('problem' in statement) return statement
  const header = headerOf(statement)
  const remembered: Answers | null =
    isFirst && header !== '' ? await answersFor(db, portfolio.ownerId, header) : null
  if (!remembered) return { statement, answers }
  const again = await read(remembered)
  // what contradicts this file was meant for another
  return 'problem' in again ? { statement, answers } : { statement: again, answers: remembered }
}

/** What is remembered once the file is imported: only what the person has said. */
export function rememberedChoices(
  { db, portfolio, now }: Editing,
  statement: StatementRead,
  { answers, isFirst }: ImportChoices,
): Statement[] {
  if (isFirst) return []
  const { securities = {}, ...rest } = answers
  const header = headerOf(statement)
  return [
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
