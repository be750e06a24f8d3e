import type { ImportPreview } from '../../coordinator/import-preview.ts'
import { columnName, type Field } from '../../statements/columns.ts'
import { given } from '../../statements/question.ts'
import { columnFields } from '../import-choices.ts'
import { type Label, t, withinSentence } from '../words/words.ts'

/** The columns of a table, where a person may say what they hold; of two with the same name the first. */
export function columnsAsked({ columns, questions, answers }: ImportPreview): ImportPreview['columns'] {
  const isTold = columns.some(({ field }) => field !== null) || answers.columns !== undefined
  if (!isTold && !questions.some(({ about }) => about === 'column')) return []
  return [...new Map(columns.toReversed().map((each) => [columnName(each.heading), each])).values()]
    .toReversed()
    .filter(({ heading }) => columnName(heading) !== '')
}

/** A choice for each column of a table. */
export const ColumnChoices = ({ preview }: { preview: ImportPreview }) => {
  const { questions, answers } = preview
  const columns = columnsAsked(preview)
  if (columns.length === 0) return null
  const asked = questions.find((question) => question.about === 'column')
  const used = columns.filter(({ field }) => field !== null).length
  const isSaid = Object.keys(answers.columns ?? {}).length > 0
  return (
    <details class="asked" id="columns" open={asked !== undefined || isSaid}>
      <summary>{t('{used} of {all} columns used', { used, all: columns.length })}</summary>
      {asked?.about === 'column' && (
        <p>{t('Which column holds the {field}?', { field: withinSentence(nameOf(asked.field)) })}</p>
      )}
      <div class="columns">
        {columns.map(({ heading, field, sample }) => {
          const name = columnName(heading)
          const said = given(answers.columns, name)
          const guess = field === null ? t('not used') : nameOf(field)
          return (
            <label class="field">
              <span>
                {heading} <small>{sample}</small>
              </span>
              <select name={`column.${name}`} id={`column-${name}`}>
                <option value="">{said === undefined ? guess : t('as the file has it')}</option>
                {Object.entries(columnFields).map(([key, says]) => (
                  <option value={key} selected={said === key}>
                    {t(says)}
                  </option>
                ))}
                <option value="none" selected={said === null}>
                  {t('not used')}
                </option>
              </select>
            </label>
          )
        })}
      </div>
    </details>
  )
}

function nameOf(field: string): string {
  const names: Record<string, Label> = { ...columnFields, ...guessedFields }
  const name = names[field]
  return name === undefined ? field : t(name)
}

/** What only the headings say that a column holds. */
const guessedFields = {
  cusip: 'CUSIP',
  gross: 'Amount before fees and taxes',
  feeCurrency: 'Currency of the fee',
  rate: 'Exchange rate',
  asset: 'Kind of security',
  exchange: 'Exchange',
  strike: 'Strike price',
} satisfies Partial<Record<Field, Label>>
