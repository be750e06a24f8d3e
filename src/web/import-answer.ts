import type { AfterImport } from '../coordinator/import-preview.ts'
import type { ImportResult } from '../coordinator/statement-import.ts'
import { keyOf } from '../coordinator/statement-reading.ts'
import { columnName } from '../statements/columns.ts'
import { inWords, type Question } from '../statements/question.ts'
import { plainWord } from '../statements/type-words.ts'
import { beyondADay } from './free-plan.ts'
import { choicesIn, columnFields, entriesOf, wordKinds } from './import-choices.ts'

/**
 * An import, or a preview of one, as the API tells of it: each question with the id by which `answers` answers it, and what
 * there is after it, shares by ticker and cash by currency.
 */
export function importJson<Told extends ImportResult & AfterImport>({ held, cash, ...imported }: Told) {
  const beyond = beyondADay(imported.accepted)
  return {
    ...imported,
    warnings: beyond === null ? imported.warnings : [beyond, ...imported.warnings],
    questions: imported.questions.map(questionJson),
    positions: Object.fromEntries(held.map(({ symbol, shares }) => [symbol, shares])),
    cash: Object.fromEntries(cash.map(({ currency, amount }) => [currency, amount])),
  }
}

/** `choices` are the answers that are taken; where there are none it is a ticker, or a percentage. */
export function questionJson(question: Question) {
  const listings = 'choices' in question ? { listings: question.choices } : {}
  return { ...question, ...listings, ...asked(question), evidence: [inWords(question)] }
}

function asked(question: Question): { id: string; choices: readonly string[] } {
  switch (question.about) {
    case 'days':
    case 'decimals':
    case 'amount':
      return { id: question.about, choices: question.readings.map(({ answer }) => answer) }
    case 'column':
      return { id: `field.${question.field}`, choices: question.columns }
    case 'type':
      return { id: `word.${plainWord(question.word)}`, choices: Object.keys(wordKinds) }
    case 'security':
      return {
        id: `security.${keyOf(question.security)}`,
        choices: (question.choices ?? []).map(({ symbol }) => symbol),
      }
    case 'ticker':
      return { id: `security.${question.ticker}`, choices: [] }
    case 'spin_off':
      return { id: `spinoff.${question.symbol}`, choices: [] }
  }
}

/**
 * Reads the answers of a program, a JSON object by the ids of questions, as the fields that `choicesIn` reads. Returns the
 * sentence that says what is wrong where one of them answers nothing.
 */
export function answeredBy(text: string): { fields: [name: string, value: string][] } | { problem: string } {
  const given = objectIn(text)
  if (given === null)
    return { problem: '`answers` must be a JSON object with an answer for each id of a question.' }
  const fields: [string, string][] = []
  for (const [id, value] of Object.entries(given)) {
    const field = typeof value === 'string' ? fieldOf(id, value) : null
    if (field === null || entriesOf(choicesIn([field])).length === 0)
      return {
        problem: `\`answers\`: ${JSON.stringify(value)?.slice(0, 40)} is no answer to “${id.slice(0, 40)}”.`,
      }
    fields.push(field)
  }
  return { fields }
}

/** The question which column holds something is answered by the column; the page asks each column what it holds. */
function fieldOf(id: string, value: string): [string, string] {
  const [, field] = /^field\.(\w+)$/.exec(id) ?? []
  return field !== undefined && Object.hasOwn(columnFields, field)
    ? [`column.${columnName(value)}`, field]
    : [id, value]
}

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null && !Array.isArray(read)
      ? (read as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
