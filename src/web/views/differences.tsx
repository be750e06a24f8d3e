import type { Child } from 'hono/jsx'
import { t } from '../words/words.ts'

export const Changes = ({ differences: changes }: { differences: Difference[] }) => {
  if (changes.length === 0) return <p class="aside">{t('No changes.')}</p>
  return (
    <dl class="differences">
      {changes.map(({ label, before, after }) => (
        <div>
          <dt>{label}</dt>
          <dd>
            {before === null ? t('empty') : <del>{before}</del>} <span aria-hidden="true">→</span>
            <span class="visually-hidden"> {t('changed to')} </span>{' '}
            {after === null ? t('empty') : <ins>{after}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** A field's label, its value as text for the comparison, and its value as the page shows it. */
export type Field<Row> = { label: string; value: (row: Row) => string | null; write?: (row: Row) => Child }

type Difference = { label: string; before: Child | null; after: Child | null }

/** Lists the fields that changed, with their values before and after; null when a field is empty. */
export function differences<Row>(before: Row, after: Row, fields: readonly Field<Row>[]): Difference[] {
  return fields
    .filter(({ value }) => (value(before) || null) !== (value(after) || null))
    .map(({ label, value, write = value }) => {
      const shown = (row: Row) => (value(row) ? write(row) : null)
      return { label, before: shown(before), after: shown(after) }
    })
}
