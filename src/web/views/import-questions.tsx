import type { ImportPreview } from '../../coordinator/import-preview.ts'
import type { Day } from '../../portfolio/day.ts'
import { fromNumber, text } from '../../portfolio/decimal.ts'
import type { Security } from '../../portfolio/instrument.ts'
import { columnName } from '../../statements/columns.ts'
import { dayOrders } from '../../statements/day-spelling.ts'
import { given, named, type Question, type ReadOneWay } from '../../statements/question.ts'
import { plainWord } from '../../statements/type-words.ts'
import { day, exact } from '../format.ts'
import { columnFields, wordKinds } from '../import-choices.ts'
import { placeOf } from './securities.tsx'

/** What can be said on the page of how a file is read; each has its own name in the form. */
type Asked = {
  words: { word: string; count: number | null }[]
  securities: {
    key: string
    called: string
    symbol: string
    count: number | null
    /** The listings that it may be, and the day of which their closes are shown. */
    choices: readonly Security[]
    day: Day | null
  }[]
  /** The columns of a table, where a person may say what they hold. */
  columns: ImportPreview['columns']
}

/**
 * What is asked, and what was answered and can be changed again, in an order that stays when something is answered: an answer
 * moves nothing on the page.
 */
function askedIn({ questions, answers, columns }: ImportPreview): Asked {
  const words = [
    ...questions.flatMap((question) => (question.about === 'type' ? [question] : [])),
    ...Object.keys(answers.words ?? {}).map((word) => ({ word, count: null })),
  ]
  const open = questions.flatMap((question) => (question.about === 'security' ? [question] : []))
  const securities = [
    ...open.slice(0, MOST_ASKED).map((question) => ({
      key: keyOf(question),
      called: named(question.security),
      symbol: '',
      count: question.count,
      choices: question.choices ?? [],
      day: question.trade?.day ?? null,
    })),
    ...questions.flatMap((question) =>
      question.about === 'ticker'
        ? [{ ...unasked, key: question.ticker, called: question.ticker, count: question.count }]
        : [],
    ),
    ...Object.entries(answers.securities ?? {}).map(([key, symbol]) => ({
      ...unasked,
      key,
      called: key,
      symbol,
    })),
  ]
  const isTold = columns.some(({ field }) => field !== null) || answers.columns !== undefined
  return {
    words: words.toSorted((a, b) => inOrder(plainWord(a.word), plainWord(b.word))),
    securities: securities.toSorted((a, b) => inOrder(a.key, b.key)),
    columns:
      isTold || questions.some(({ about }) => about === 'column')
        ? [...new Map(columns.toReversed().map((each) => [columnName(each.heading), each])).values()]
            .toReversed()
            .filter(({ heading }) => columnName(heading) !== '')
        : [],
  }
}

const unasked = { symbol: '', count: null, choices: [], day: null }

function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The names of the fields by which the page says what was said, or asks. */
export function namesAsked(preview: ImportPreview): Set<string> {
  const { words, securities, columns } = askedIn(preview)
  const { questions, answers } = preview
  return new Set([
    ...abouts.filter(
      (about) => questions.some((each) => each.about === about) || answers[about] !== undefined,
    ),
    ...words.map(({ word }) => `word.${plainWord(word)}`),
    ...securities.map(({ key }) => `security.${key}`),
    ...columns.map(({ heading }) => `column.${columnName(heading)}`),
  ])
}

const abouts = ['days', 'decimals', 'amount'] as const

/** Everything that can be said of how a file is read: what it proves itself, what is asked, and what was said. */
export const ImportQuestions = ({ preview }: { preview: ImportPreview }) => {
  const { questions, evidence, answers } = preview
  const { words, securities, columns } = askedIn(preview)
  const open = questions.filter(({ about }) => about === 'security').length
  const unknown = new Set(
    questions.flatMap((question) => (question.about === 'ticker' ? [question.ticker] : [])),
  )
  return (
    <>
      {evidence.length > 0 && (
        <ul class="evidence">
          {evidence.map((sentence) => (
            <li>{sentence}</li>
          ))}
        </ul>
      )}
      {abouts.map((about) => {
        const asked = questions.find((question) => question.about === about)
        const said = answers[about]
        if (asked && 'readings' in asked) return <OneWay about={about} asked={asked} said={said} />
        return said === undefined ? null : <Said about={about} said={said} />
      })}
      {words.length > 0 && (
        <fieldset class="asked" id="words">
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
        <fieldset class="asked" id="securities">
          <legend>Which tickers are these?</legend>
          {securities.map((each) => (
            <SecurityAsked security={each} isUnknown={unknown.has(each.key)} />
          ))}
          {open > MOST_ASKED && <p class="aside">More follow once these are known.</p>}
        </fieldset>
      )}
      <Columns preview={preview} columns={columns} />
    </>
  )
}

/** The ticker of a security: one of the listings that it may be, or what is typed. */
const SecurityAsked = ({
  security: { key, called, symbol, count, choices, day: on },
  isUnknown,
}: {
  security: Asked['securities'][number]
  isUnknown: boolean
}) => {
  // once one is chosen, a field with the choice in it takes the place of the empty one
  const id = `security-${key}${choices.length > 0 ? '-other' : ''}`
  const about = (
    <>
      {called}
      {count !== null && <small> {rows(count)}</small>}
      {isUnknown && <small>, not known to the source of prices: booked as it is</small>}
    </>
  )
  const typed = (
    <div class="field">
      <label for={id}>{choices.length > 0 ? 'Another ticker' : about}</label>
      {/* the list of offered securities is a part of the field, which a swap must not take away */}
      <input
        id={id}
        name={`security.${key}`}
        value={symbol}
        maxlength={20}
        autocapitalize="characters"
        autocomplete="off"
        spellcheck={false}
        placeholder="Ticker"
        list="tickers"
        data-ticker="one"
        hx-morph-skip=""
      />
    </div>
  )
  if (choices.length === 0) return typed
  return (
    <div class="ways" role="group" aria-label={called}>
      <span>{about}</span>
      {choices.map((choice) => (
        <label>
          <input
            type="radio"
            name={`security.${key}`}
            value={choice.symbol}
            id={`security-${key}-${choice.symbol}`}
          />{' '}
          {choice.symbol} <small>{told(choice, on)}</small>
        </label>
      ))}
      {typed}
    </div>
  )
}

/** `Vanguard FTSE All-World, XETRA, EUR, closed at 112.48 on Mar 1, 2024`. */
function told(choice: Security, on: Day | null): string {
  const close = on === null ? undefined : choice.closes?.[on]
  const closed =
    close === undefined || on === null ? '' : `, closed at ${exact(text(fromNumber(close)))} on ${day(on)}`
  return [choice.name, placeOf(choice)].filter(Boolean).join(', ') + closed
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
  asked,
  said,
}: {
  about: keyof typeof headings
  asked: { column: string; readings: ReadOneWay[] }
  said: string | undefined
}) => (
  <fieldset class="asked" id={about}>
    <legend>{headings[about](asked.column)}</legend>
    <div class="ways">
      {asked.readings.map(({ answer, means, samples }) => (
        <label>
          <Way about={about} way={answer} isSaid={answer === said} /> {means}
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

const Way = ({ about, way, isSaid }: { about: string; way: string; isSaid: boolean }) => (
  <input type="radio" name={about} value={way} id={`${about}-${way || 'by-itself'}`} checked={isSaid} />
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

/** An answer that can be changed again: the same buttons, so that whoever has pressed one stays on it. */
const Said = ({ about, said }: { about: keyof typeof alternatives; said: string }) => (
  <fieldset class="asked" id={about}>
    <legend>{{ days: 'Days', decimals: 'Numbers', amount: 'Amounts' }[about]}</legend>
    <div class="ways">
      {alternatives[about].map((way) => (
        <label>
          <Way about={about} way={way} isSaid={way === said} /> {ways[way]}
        </label>
      ))}
      <label>
        <Way about={about} way="" isSaid={false} /> let the file decide
      </label>
    </div>
  </fieldset>
)

/** A choice for each column of a table. */
const Columns = ({
  preview: { questions, answers },
  columns,
}: {
  preview: ImportPreview
  columns: ImportPreview['columns']
}) => {
  if (columns.length === 0) return null
  const asked = questions.find((question) => question.about === 'column')
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
          const said = given(answers.columns, name)
          const guess =
            field === null ? 'not used' : (columnFields[field as keyof typeof columnFields] ?? field)
          return (
            <label class="field">
              <span>
                {heading} <small>{sample}</small>
              </span>
              <select name={`column.${name}`} id={`column-${name}`}>
                <option value="">{said === undefined ? guess : 'as the file has it'}</option>
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
