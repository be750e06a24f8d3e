import { day, exact, sentence } from '../format.ts'
import type { TickerQuestion as Question } from '../ticker-question.ts'
import { placeOf } from './securities.tsx'
import { t, translated } from '../words/words.ts'

export type Props = {
  asked: Question
  source: string
  /** What becomes of the ticker. */
  does?: 'Book' | 'Use'
}

/** Asks in the form itself which security was meant, or whether an unknown one is to be booked all the same. */
export const TickerQuestion = ({ asked, source, does = 'Book' }: Props) => {
  const { typed, choices, isTicker } = asked
  return (
    <fieldset class="question ticker-question" role="alert">
      <legend class="visually-hidden">{t('Ticker')}</legend>
      <p>
        {sentence(t('{source} knows no {typed}', { source: translated(source), typed }))}{' '}
        {choices.length > 0
          ? t('Which one do you mean?')
          : isTicker
            ? t(does === 'Use' ? 'Use it anyway?' : 'Book it anyway?')
            : t('Type another ticker.')}
      </p>
      <input type="hidden" name="asked" value={typed} />
      {choices.map((choice) => (
        <label>
          <input type="radio" name="chosen" value={choice.symbol} />
          <span>
            <b>{choice.symbol}</b> {choice.name} <small>{placeOf(choice)}</small>
            {choice.close !== null && asked.day !== null && (
              <small>
                {' '}
                {t('closed at {price} on {day}', { price: exact(choice.close), day: day(asked.day) })}
              </small>
            )}
          </span>
        </label>
      ))}
      {isTicker && (
        <label>
          <input type="checkbox" name="insist" value="yes" />
          <span>{t(does === 'Use' ? 'Use it as {typed}' : 'Book it as {typed}', { typed })}</span>
        </label>
      )}
    </fieldset>
  )
}
