import type { ImportPreview } from '../../coordinator/import-preview.ts'
import { columnName } from '../../statements/columns.ts'
import { dayOrders } from '../../statements/day-spelling.ts'
import { named, type Question, type ReadOneWay } from '../../statements/question.ts'
import { plainWord } from '../../statements/type-words.ts'
import { columnFields, wordKinds } from '../import-choices.ts'

/** Everything that can be said of how a file is read: what it proves itself, what is asked, and what was said. */
export const ImportQuestions = ({ preview }: { preview: ImportPreview }) => {
  const { questions, evidence, answers } = preview
  const words = [
    ...questions.flatMap((question) => (question.about === 'type' ? [question] : [])),
    ...Object.keys(answers.words ?? {}).map((word) => ({ word, count: null })),
  ]
  const securities = [
    ...questions.flatMap((question) =>
      question.about === 'security' ? [{ ...question, key: keyOf(question), symbol: '' }] : [],
    ),
    ...Object.entries(answers.securities ?? {}).map(([key, symbol]) => ({
      key,
      symbol,
      security: null,
      count: null,
    })),
  ]
  return (
    <>
      {evidence.length > 0 && (
        <ul class="evidence">
          {evidence.map((sentence) => (
            <li>{sentence}</li>
          ))}
        </ul>
      )}
      {(['days', 'decimals', 'amount'] as const).map((about) => {
        const open = questions.find((question) => question.about === about)
        const said = answers[about]
        if (open && 'readings' in open) return <OneWay about={about} open={open} />
        return said === undefined ? null : <Said about={about} said={said} />
      })}
      {words.length > 0 && (
        <fieldset class="asked">
          <legend>What do these words mean?</legend>
          {words.map(({ word, count }) => (
            <label class="field">
              <span>
                “{word}”{count !== null && <small> {rows(count)}</small>}
              </span>
              <select name={`word.${plainWord(word)}`} id={`word-${plainWord(word)}`}>
                <option value="">We don’t know; leave them out</option>
                {Object.entries(wordKinds).map(([kind, says]) => (
                  <option value={kind} selected={answers.words?.[plainWord(word)] === kind}>
                    {says}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </fieldset>
      )}
      {securities.length > 0 && (
        <fieldset class="asked">
          <legend>Which tickers are these?</legend>
          {securities.slice(0, MOST_ASKED).map(({ key, symbol, security, count }) => (
            <label class="field">
              <span>
                {security ? named(security) : key}
                {count !== null && <small> {rows(count)}</small>}
              </span>
              <input
                id={`security-${key}`}
                name={`security.${key}`}
                value={symbol}
                maxlength={20}
                autocapitalize="characters"
                autocomplete="off"
                spellcheck={false}
                placeholder="Ticker"
                list="tickers"
                data-ticker="one"
              />
            </label>
          ))}
          {securities.length > MOST_ASKED && <p class="aside">More follow once these are known.</p>}
        </fieldset>
      )}
      <Columns preview={preview} />
    </>
  )
}

const MOST_ASKED = 50

function keyOf({ security: { isin, symbol, name } }: Extract<Question, { about: 'security' }>): string {
  return isin || symbol || name
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`
}

const headings = {
  days: (column: string) => `How are the days in “${column}” written?`,
  decimals: (column: string) => `How are the numbers in “${column}” written?`,
  amount: (column: string) => `What does “${column}” say?`,
}

/** Nothing decides: both readings with the first rows, and none of them chosen. */
const OneWay = ({
  about,
  open,
}: {
  about: keyof typeof headings
  open: { column: string; readings: ReadOneWay[] }
}) => (
  <fieldset class="asked">
    <legend>{headings[about](open.column)}</legend>
    <div class="ways">
      {open.readings.map(({ answer, means, samples }) => (
        <label>
          <input type="radio" name={about} value={answer} id={`${about}-${answer}`} /> {means}
          {samples.map(({ line, spelled, read }) => (
            <small>
              line {line}: “{spelled}” is {read}
            </small>
          ))}
        </label>
      ))}
    </div>
  </fieldset>
)

const ways: Record<string, string> = {
  dmy: 'the day comes first',
  mdy: 'the month comes first',
  ymd: 'the year comes first',
  ',': 'a comma before the decimals',
  '.': 'a point before the decimals',
  net: 'the amount includes fees and taxes',
  gross: 'the amount is before fees and taxes',
  price: 'the price counts',
  amount: 'the amount counts',
}

const alternatives = {
  days: dayOrders,
  decimals: [',', '.'],
  amount: ['net', 'gross', 'price', 'amount'],
}

/** An answer that can be changed again. */
const Said = ({ about, said }: { about: keyof typeof alternatives; said: string }) => (
  <label class="field said">
    <span>{{ days: 'Days', decimals: 'Numbers', amount: 'Amounts' }[about]}</span>
    <select name={about} id={`${about}-said`}>
      <option value="">let the file decide</option>
      {alternatives[about].map((way) => (
        <option value={way} selected={way === said}>
          {ways[way]}
        </option>
      ))}
    </select>
  </label>
)

/** A choice for each column of a table that no format knows. */
const Columns = ({ preview: { columns, questions, answers, format } }: { preview: ImportPreview }) => {
  const asked = questions.find((question) => question.about === 'column')
  if (format !== 'Spreadsheet' && !asked) return null
  const used = columns.filter(({ field }) => field !== null).length
  const isSaid = Object.keys(answers.columns ?? {}).length > 0
  return (
    <details class="asked" id="columns" open={asked !== undefined || isSaid}>
      <summary>
        {used} of {columns.length} columns used
      </summary>
      {asked?.about === 'column' && (
        <p>
          Which column holds the{' '}
          {(columnFields[asked.field as keyof typeof columnFields] ?? asked.field).toLowerCase()}?
        </p>
      )}
      <div class="columns">
        {columns.map(({ heading, field, sample }) => {
          const name = columnName(heading)
          const said =
            answers.columns && Object.hasOwn(answers.columns, name) ? answers.columns[name] : undefined
          const guess =
            field === null ? 'not used' : (columnFields[field as keyof typeof columnFields] ?? field)
          return (
            <label class="field">
              <span>
                {heading} <small>{sample}</small>
              </span>
              <select name={`column.${name}`} id={`column-${name}`}>
                <option value="">{said === undefined ? guess : 'as we guess'}</option>
                {Object.entries(columnFields).map(([key, says]) => (
                  <option value={key} selected={said === key}>
                    {says}
                  </option>
                ))}
                <option value="none" selected={said === null}>
                  not used
                </option>
              </select>
            </label>
          )
        })}
      </div>
    </details>
  )
}
