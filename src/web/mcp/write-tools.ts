import type { ImportPreview } from '../../coordinator/import-preview.ts'
import type { importJson } from '../import-answer.ts'
import type { Arguments, Input } from './arguments.ts'
import { at } from './tools.ts'

type Request = { path: string; method: string; body?: string }

/** Something that an assistant may change: what shows it beforehand, and what does it. */
export type WriteTool = {
  title: string
  description: string
  input: Input
  look: (given: Arguments) => Request
  /** What would become of it, the same as long as the same would; or why it cannot be done. */
  // eslint-disable-next-line typescript/no-explicit-any -- the API's own answer
  foresee: (answer: any, given: Arguments) => object | { refused: string }
  act: (given: Arguments) => Request
}

const portfolio = {
  type: 'string',
  description: 'The id of a portfolio, as `portfolios` lists it.',
  required: true,
} as const

/** What changes something. Each is an import, or takes one back: there is nothing that could not be undone. */
export const writeTools: Readonly<Record<string, WriteTool>> = {
  add_transactions: {
    title: 'Add transactions',
    description:
      'Records transactions, written as CSV with the columns Ticker,Type,Date,Price,Shares and, where they are needed, Fee,Amount,Currency,Note. Rows that are there already are skipped. Can be undone with undo_import.',
    input: {
      portfolio,
      csv: {
        type: 'string',
        description: 'A header line, then a line for each transaction.',
        required: true,
      },
    },
    look: (given) => ({ path: `${at(given, '/imports')}?preview=1`, method: 'POST', body: csvOf(given) }),
    foresee: (answer: ReturnType<typeof importJson<ImportPreview>>) => {
      const { format, counts, rows, warnings, questions, evidence, positions, cash } = answer
      if (counts.new === 0 && counts.rejected === 0)
        return { refused: 'All of these rows are there already. There is nothing to add.' }
      if (counts.new === 0)
        return {
          refused: `No row can be added: ${answer.rejected.map(({ line, reason }) => `line ${line}: ${reason}`).join('; ')}`,
        }
      return { format, counts, rows: rows.slice(0, 100), warnings, questions, evidence, positions, cash }
    },
    act: (given) => ({ path: at(given, '/imports'), method: 'POST', body: csvOf(given) }),
  },

  undo_import: {
    title: 'Undo an import',
    description: 'Takes out every row that an import has added, of a file or of add_transactions.',
    input: {
      portfolio,
      import: { type: 'string', description: 'The id of the import (`import_id`).', required: true },
    },
    look: (given) => ({ path: at(given, '/imports'), method: 'GET' }),
    foresee: (
      { imports }: { imports: { id: string; accepted: number; undone_at: string | null }[] },
      given,
    ) => {
      const found = imports.find(({ id }) => id === given['import'])
      if (!found) return { refused: 'There is no such import.' }
      return found.undone_at === null ? { takes_out: found } : { refused: 'This import was undone already.' }
    },
    act: (given) => ({
      path: at(given, `/imports/${encodeURIComponent(String(given['import']))}`),
      method: 'DELETE',
    }),
  },
}

function csvOf(given: Arguments): string {
  return String(given['csv'])
}
