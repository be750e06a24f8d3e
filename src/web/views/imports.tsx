import type { Undoing } from '../../coordinator/undone-import.ts'
import type { ImportRecord } from '../../storage/imports.ts'
import { exact, when } from '../format.ts'
import { Table } from './table.tsx'

type Portfolio = { id: string; name: string }

/** The imports of a portfolio, newest first, each with the way to undo it. */
export const Imports = ({
  portfolio,
  imports,
  now,
}: {
  portfolio: Portfolio
  imports: ImportRecord[]
  now: number
}) => (
  <section class="panel" id="imports">
    <h2>Imports</h2>
    <Table
      class="records"
      columns={[
        { at: 'text', name: 'When', write: ({ createdAt }) => when(createdAt, now) },
        { at: 'text', name: 'Format', write: ({ format }) => format },
        { name: 'Rows', write: ({ accepted }) => exact(String(accepted)) },
        {
          at: 'text',
          name: 'Undo',
          unseen: true,
          write: ({ id, undoneAt }) =>
            undoneAt === null ? (
              <a href={`/portfolios/${portfolio.id}/imports/${id}`}>Undo…</a>
            ) : (
              `undone ${when(undoneAt, now)}`
            ),
        },
      ]}
      rows={imports}
    />
  </section>
)

/** Says what undoing an import deletes and what depends on that, before it is done. */
export const UndoImport = ({
  portfolio,
  undoing,
  now,
}: {
  portfolio: Portfolio
  undoing: Undoing
  now: number
}) => {
  const { import: record, rows, edited, lacking } = undoing
  const { id, format, accepted, createdAt, undoneAt } = record
  const gone = accepted - rows
  const imports = `/portfolios/${portfolio.id}/imports`
  return (
    <div class="page">
      <h1>{undoneAt === null ? 'Undo this import?' : 'This import was undone'}</h1>
      <p class="lead">
        {counted(accepted, 'row')} in {portfolio.name}, imported {when(createdAt, now)}. Format: {format}.
        {undoneAt !== null && ` Undone ${when(undoneAt, now)}. Import the file again to bring its rows back.`}
      </p>
      {rows > 0 && (
        <>
          <ul class="warnings">
            <li>
              This deletes {counted(rows, 'row')} and changes nothing else.
              {gone > 0 &&
                ` ${counted(gone, 'row')} of this import ${gone === 1 ? 'is' : 'are'} gone already.`}
            </li>
            {edited > 0 && (
              <li>
                {edited === 1 ? '1 of them was' : `${exact(String(edited))} of them were`} edited since; these
                edits go with {edited === 1 ? 'it' : 'them'}.
              </li>
            )}
            {lacking.slice(0, MOST_SAID).map((sentence) => (
              <li>Without these rows: {sentence}.</li>
            ))}
            {lacking.length > MOST_SAID && (
              <li>And {counted(lacking.length - MOST_SAID, 'more sale')} would lack shares.</li>
            )}
          </ul>
          <form class="actions" method="post" action={`${imports}/${id}/undo`}>
            {lacking.length > 0 && <input type="hidden" name="anyway" value="1" />}
            <button class="button primary">Delete {counted(rows, 'row')}</button>
            <a class="button" href={imports}>
              Keep {rows === 1 ? 'it' : 'them'}
            </a>
          </form>
        </>
      )}
      {rows === 0 && (
        <div class="actions">
          <a class="button" href={imports}>
            Import a file
          </a>
        </div>
      )}
    </div>
  )
}

const MOST_SAID = 5

function counted(count: number, noun: string): string {
  return `${exact(String(count))} ${noun}${count === 1 ? '' : 's'}`
}
