import type { Answers } from '../statements/question.ts'

/** What the person has said of a file, beside the file itself. */
export type ImportChoices = {
  answers: Answers
  /** Lines whose rows are imported although they are there already, or resemble one that is. */
  take: readonly number[]
  /** Lines of the file in new words. */
  lines: Readonly<Record<number, string>>
  /**
   * Where the accounts of a file of several go: '' for this portfolio. The rows of all others are passed over here; the Worker
   * takes them to where they belong.
   */
  accounts: Readonly<Record<string, string>>
  /** True while nothing was said: what was remembered of a file with the same header counts then. */
  isFirst: boolean
  /** True where the file was chosen for another portfolio, which remembers where its accounts go. */
  isPart?: true
  /** True for a person who looks at the rows: those that resemble one of the ledger wait for their word. */
  holdsBack: boolean
  /**
   * The statement that a broker sent before this one, and the lines of it that were rejected. What else was in it is done
   * with: a row that somebody has deleted since does not come back each evening.
   */
  earlier?: { text: string; rejected: readonly number[] }
}

/** Those of a program, which has no word to say. */
export const noChoices: ImportChoices = {
  answers: {},
  take: [],
  lines: {},
  accounts: {},
  isFirst: true,
  holdsBack: false,
}

/**
 * The file with some of its lines in other words, and those of them that are other words: the page sends each line that may
 * be mended. A line ends as the file's lines do.
 */
export function withLines(
  csv: string,
  lines: ImportChoices['lines'],
): { text: string; mended: ImportChoices['lines'] } {
  if (Object.keys(lines).length === 0) return { text: csv, mended: {} }
  const mended: Record<number, string> = {}
  const text = csv
    .split('\n')
    .map((line, i) => {
      const own = lines[i + 1]?.replaceAll(/[\r\n]+/g, ' ')
      const end = line.endsWith('\r') ? '\r' : ''
      if (own === undefined || own + end === line) return line
      mended[i + 1] = own
      return own + end
    })
    .join('\n')
  return { text, mended }
}
