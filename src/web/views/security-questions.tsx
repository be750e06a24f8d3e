import type { ImportPreview } from '../../coordinator/import-preview.ts'
import type { Day } from '../../portfolio/day.ts'
import { fromNumber, text } from '../../portfolio/decimal.ts'
import type { Security } from '../../portfolio/instrument.ts'
import { named, type Question } from '../../statements/question.ts'
import { day, exact } from '../format.ts'
import { placeOf } from './securities.tsx'
import { t } from '../words/words.ts'

/** A security of the file for which a ticker is asked, or was said. */
type AskedSecurity = {
  key: string
  called: string
  symbol: string
  count: number | null
  /** The listings that it may be, and the day of which their closes are shown. */
  choices: readonly Security[]
  day: Day | null
}

/** The securities whose tickers are asked, and those whose tickers were said and can be changed again, by their names. */
export function askedSecurities({ questions, answers }: ImportPreview): AskedSecurity[] {
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
  return securities.toSorted((a, b) => inOrder(a.key, b.key))
}

const MOST_ASKED = 50

const unasked = { symbol: '', count: null, choices: [], day: null }

function keyOf({ security: { isin, symbol, name } }: Extract<Question, { about: 'security' }>): string {
  return isin || symbol || name
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Asks for the tickers of the securities that a file names otherwise. */
export const SecurityQuestions = ({ preview }: { preview: ImportPreview }) => {
  const securities = askedSecurities(preview)
  if (securities.length === 0) return null
  const open = preview.questions.filter(({ about }) => about === 'security').length
  const unknown = new Set(
    preview.questions.flatMap((question) => (question.about === 'ticker' ? [question.ticker] : [])),
  )
  return (
    <fieldset class="asked" id="securities">
      <legend>{t('Which tickers are these?')}</legend>
      {securities.map((each) => (
        <SecurityAsked security={each} isUnknown={unknown.has(each.key)} />
      ))}
      {open > MOST_ASKED && <p class="aside">{t('More follow once these are known.')}</p>}
    </fieldset>
  )
}

/** The ticker of a security: one of the listings that it may be, or what is typed. */
const SecurityAsked = ({
  security: { key, called, symbol, count, choices, day: on },
  isUnknown,
}: {
  security: AskedSecurity
  isUnknown: boolean
}) => {
  // once one is chosen, a field with the choice in it takes the place of the empty one
  const id = `security-${key}${choices.length > 0 ? '-other' : ''}`
  const about = (
    <>
      {called}
      {count !== null && <small> {count === 1 ? t('1 row') : t('{n} rows', { n: count })}</small>}
      {isUnknown && <small>{t(', not known to the source of prices: booked as it is')}</small>}
    </>
  )
  const typed = (
    <div class="field">
      <label for={id}>{choices.length > 0 ? t('Another ticker') : about}</label>
      {/* the list of offered securities is a part of the field, which a swap must not take away */}
      <input
        id={id}
        name={`security.${key}`}
        value={symbol}
        maxlength={20}
        autocapitalize="characters"
        autocomplete="off"
        spellcheck={false}
        placeholder={t('Ticker')}
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
    close === undefined || on === null
      ? ''
      : `, ${t('closed at {price} on {day}', { price: exact(text(fromNumber(close))), day: day(on) })}`
  return [choice.name, placeOf(choice)].filter(Boolean).join(', ') + closed
}
