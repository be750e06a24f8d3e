import type { Day } from '../../portfolio/day.ts'
import { type Decimal, text } from '../../portfolio/decimal.ts'
import type { Named, Sentence, Value } from '../../portfolio/sentence.ts'

/** All that an alert or a digest says; each catalog of `web/words` must have it. */
export type NoticeWords =
  | 'at {time} New York'
  | 'on {day}'
  | '{symbol} rose above {line}: {price} {when}.'
  | '{symbol} rose above {line} ({level} before the split): {price} {when}.'
  | '{symbol} fell below {line}: {price} {when}.'
  | '{symbol} fell below {line} ({level} before the split): {price} {when}.'
  | '{portfolio} fell {level} or more below its peak of {day}: {fall} now.'
  | '{symbol} fell {level} or more below its highest close of {peak} on {day}: {price} {when}, {fall} below.'
  | '{symbol} rose above {level} of the holdings: {weight} now.'
  | '{part} is {points} points above its target of {target}: {weight} now.'
  | '{part} is {points} points below its target of {target}: {weight} now.'
  | 'The gap to {benchmark} crossed zero: {gap}.'
  | 'The gap to {benchmark} crossed zero: {gap} after {before}.'
  | 'The gap to {benchmark} crossed zero: {gap} after {before} on {day}.'
  | 'ex-date {ex}, paid {pay}'
  | 'ex-date {ex}'
  | 'paid {pay}'
  | '{symbol} declared a dividend: {days}.'
  | '{symbol} declared a dividend of {amount} a share: {days}.'
  | '{symbol} paid no dividend around {day}, after {before} a share the year before.'
  | '{symbol} cut its dividend by {change}: {amount} a share on {day}, after {before} the year before.'
  | 'The price of {symbol} is held for review: {price} at {time} New York, {reason}.'
  | 'No prices have come for a day: the last ones are from {time} New York, before the last session.'
  | '{portfolio}, this week'
  | '{portfolio}, last week'
  | 'Portfolio: no return of this week.'
  | 'Portfolio: no return of this week, because {reason}.'
  | 'Portfolio {change} since the close of {day}.'
  | 'Portfolio {change}, {benchmarks} since the close of {day}.'
  | '{symbol} {change}'
  | 'Gap to {benchmark}: {gap}.'
  | 'Decisions until now: {decision}.'
  | 'Decisions until now: {best}; {worst}.'
  | 'best {symbol} purchase of {day} {gain}'
  | 'best {symbol} sale of {day} {gain}'
  | 'worst {symbol} purchase of {day} {gain}'
  | 'worst {symbol} sale of {day} {gain}'
  | 'Ex-dates ahead: {all}.'
  | 'Ex-dates ahead: {all} and {last}.'
  | 'Ex-dates ahead: {all} and {n} more.'
  | '{symbol} {day}'

/** A sentence of a notice, which is written for each reader: with New York’s days and times, as it leaves the app for a phone. */
export function says<W extends NoticeWords>(words: W, values: Record<Named<W>, Value>): Sentence {
  return { words, values }
}

/** `$498.20`, and `$500` for a whole amount. */
export function priceOf(amount: Decimal, currency: string): Value {
  return { price: text(amount), currency }
}

/** `+$310.20` or `−$12.40`, to the cent. */
export function gainOf(amount: Decimal, currency: string): Value {
  return { gain: text(amount), currency }
}

/** `at 15:32 New York`. */
export function atTime(time: number): Sentence {
  return says('at {time} New York', { time: { time } })
}

/** `on Jan 5, 2024`. */
export function onDay(day: Day): Sentence {
  return says('on {day}', { day: { day } })
}
