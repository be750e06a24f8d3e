import type { Undoing } from '../../coordinator/undone-import.ts'
import type { ImportRecord } from '../../storage/imports.ts'
import { exact, when } from '../format.ts'
import { undoneBeyondADay } from '../free-plan.ts'
import { Table } from './table.tsx'
import { t, translated } from '../words/words.ts'

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
    <h2>{t('Imports')}</h2>
    <Table
      class="records"
      columns={[
        { at: 'text', name: t('When'), write: ({ createdAt }) => when(createdAt, now) },
        { at: 'text', name: t('Format'), write: ({ format }) => translated(format) },
        { name: t('Rows'), write: ({ accepted }) => exact(String(accepted)) },
        {
          at: 'text',
          name: t('Undo'),
          unseen: true,
          write: ({ id, undoneAt }) =>
            undoneAt === null ? (
              <a href={`/portfolios/${portfolio.id}/imports/${id}`}>{t('Undo…')}</a>
            ) : (
              t('undone {at}', { at: when(undoneAt, now) })
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
  const beyond = undoneBeyondADay(rows)
  const imports = `/portfolios/${portfolio.id}/imports`
  return (
    <div class="page">
      <h1>{undoneAt === null ? t('Undo this import?') : t('This import was undone')}</h1>
      <p class="lead">
        {t('{rows} in {name}, imported {at}. Format: {format}.', {
          rows: counted(accepted),
          name: portfolio.name,
          at: when(createdAt, now),
          format: translated(format),
        })}
        {undoneAt !== null &&
          ` ${t('Undone {at}. Import the file again to bring its rows back.', { at: when(undoneAt, now) })}`}
      </p>
      {rows > 0 && (
        <>
          <ul class="warnings">
            <li>
              {t('This deletes {rows} and changes nothing else.', { rows: counted(rows) })}
              {gone > 0 &&
                ` ${t(
                  gone === 1
                    ? '{n} row of this import is gone already.'
                    : '{n} rows of this import are gone already.',
                  { n: exact(String(gone)) },
                )}`}
            </li>
            {beyond !== null && <li>{translated(beyond)}</li>}
            {edited > 0 && (
              <li>
                {edited === 1
                  ? t('1 of them was edited since; these edits go with it.')
                  : t('{n} of them were edited since; these edits go with them.', {
                      n: exact(String(edited)),
                    })}
              </li>
            )}
            {lacking.slice(0, MOST_SAID).map((sentence) => (
              <li>{t('Without these rows: {what}.', { what: translated(sentence) })}</li>
            ))}
            {lacking.length > MOST_SAID && (
              <li>
                {t(
                  lacking.length - MOST_SAID === 1
                    ? 'And {n} more row would lack shares.'
                    : 'And {n} more rows would lack shares.',
                  { n: exact(String(lacking.length - MOST_SAID)) },
                )}
              </li>
            )}
          </ul>
          <form class="actions" method="post" action={`${imports}/${id}/undo`}>
            {lacking.length > 0 && <input type="hidden" name="anyway" value="1" />}
            <button class="button primary">{t('Delete {rows}', { rows: counted(rows) })}</button>
            <a class="button" href={imports}>
              {t(rows === 1 ? 'Keep it' : 'Keep them')}
            </a>
          </form>
        </>
      )}
      {rows === 0 && (
        <div class="actions">
          <a class="button" href={imports}>
            {t('Import a file')}
          </a>
        </div>
      )}
    </div>
  )
}

const MOST_SAID = 5

function counted(rows: number): string {
  return t(rows === 1 ? '{n} row' : '{n} rows', { n: exact(String(rows)) })
}
