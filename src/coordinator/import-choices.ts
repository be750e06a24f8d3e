import type { Answers } from '../statements/question.ts'

/** What the person has said of a file, beside the file itself. */
export type ImportChoices = {
  answers: Answers
  /** Lines whose rows are imported although they are there already, or resemble one that is. */
  take: readonly number[]
  /** Lines of the file in new words. */
  lines: Readonly<Record<number, string>>
  /** True while nothing was said: what was remembered of a file with the same header counts then. */
  isFirst: boolean
  /** True for a person who looks at the rows: those that resemble one of the ledger wait for their word. */
  holdsBack: boolean
}

/** Those of a program, which has no word to say. */
export const noChoices: ImportChoices = { answers: {}, take: [], lines: {}, isFirst: true, holdsBack: false }

/** The file with some of its lines in other words; a line ends as the file's lines do. */
export function withLines(csv: string, lines: ImportChoices['lines']): string {
  if (Object.keys(lines).length === 0) return csv
  return csv
    .split('\n')
    .map((line, i) => {
      const own = lines[i + 1]
      return own === undefined ? line : own.replaceAll(/[\r\n]+/g, ' ') + (line.endsWith('\r') ? '\r' : '')
    })
    .join('\n')
}
