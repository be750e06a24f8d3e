import { day, exact, sentence } from '../format.ts'
import type { TickerQuestion as Question } from '../ticker-question.ts'
import { placeOf } from './securities.tsx'

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
      <legend class="visually-hidden">Ticker</legend>
      <p>
        {sentence(`${source} knows no ${typed}`)}{' '}
        {choices.length > 0
          ? 'Which one do you mean?'
          : isTicker
            ? `${does} it anyway?`
            : 'Type another ticker.'}
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
                closed at {exact(choice.close)} on {day(asked.day)}
              </small>
            )}
          </span>
        </label>
      ))}
      {isTicker && (
        <label>
          <input type="checkbox" name="insist" value="yes" />
          <span>
            {does} it as {typed}
          </span>
        </label>
      )}
    </fieldset>
  )
}
