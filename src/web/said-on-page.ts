import type { ImportChoices } from '../coordinator/import-choices.ts'
import type { ImportPreview, PreviewedRow } from '../coordinator/import-preview.ts'
import { entriesOf, markOf } from './import-choices.ts'
import { namesAsked } from './views/import-questions.tsx'

/** What was said so far: its mark, by which a change that was not shown is noticed, and the part that no field shows. */
export type SaidOnPage = {
  mark: string
  unseen: [name: string, value: string][]
  accounts: Readonly<Record<string, string>>
}

/** What the form of a preview will send, which is all that was said of the file. */
export async function saidOnPage(
  preview: ImportPreview,
  { take, accounts: said }: Pick<ImportChoices, 'take' | 'accounts'>,
): Promise<SaidOnPage> {
  const { rows, answers, mended } = preview
  // a line that may be mended is sent as it is
  const asIs = rows.flatMap(({ line, spelled }) => (spelled === undefined ? [] : [[line, spelled] as const]))
  const lines = { ...mended, ...Object.fromEntries(asIs) }
  const shown = new Set([
    ...namesAsked(preview),
    ...rows.flatMap((row) => (isMendable(row, mended) ? [`line.${row.line}`] : [])),
    ...mendedElsewhere(preview).map(([line]) => `line.${line}`),
  ])
  const taken = new Set(rows.flatMap((row) => (canBeTaken(row) ? [row.line] : [])))
  const asked = preview.accounts.length > 1 ? preview.accounts.map(({ name }) => name) : []
  for (const name of asked) shown.add(`account.${name}`)
  const accounts = { ...Object.fromEntries(asked.map((name) => [name, ''])), ...said }
  const choices = { answers, take, lines, accounts }
  return {
    accounts,
    mark: await markOf(choices),
    unseen: entriesOf(choices).filter(([name, value]) =>
      name === 'take' ? !taken.has(Number(value)) : !shown.has(name),
    ),
  }
}

function isMendable({ line, spelled }: PreviewedRow, mended: ImportPreview['mended']): boolean {
  return spelled !== undefined || mended[line] !== undefined
}

/** What is not new can be insisted on. */
export function canBeTaken({ verdict, isInsisted }: PreviewedRow): boolean {
  return verdict === 'known' || verdict === 'similar' || isInsisted === true
}

/** The lines that were mended and are none of the rows: while a question is open there are none. */
export function mendedElsewhere({ rows, mended }: ImportPreview): [line: string, text: string][] {
  const shown = new Set(rows.map(({ line }) => line))
  return Object.entries(mended).filter(([line]) => !shown.has(Number(line)))
}
