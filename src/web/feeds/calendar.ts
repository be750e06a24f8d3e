import type { IncomeAhead } from '../../metrics/income-ahead.ts'
import type { DecisionBook, RememberedDecision } from '../../snapshot/decision-book.ts'
import { day, money, sentence, shares } from '../format.ts'
import { type CalendarEvent, ics } from './ics.ts'

type Ahead = {
  name: string
  currency: string
  income: Pick<IncomeAhead, 'as_of' | 'dividends'>
  decisions: Pick<DecisionBook, 'due' | 'remembered'>
  /** A note may name an amount, so that there are neither. */
  isPercentOnly: boolean
}

/** Writes the ex-dates of the next twelve months and the days of review. */
export function calendar({ name, currency, income, decisions, isPercentOnly }: Ahead): string {
  const exDates = income.dividends.map(
    ({ symbol, name: called, ex_date, follows, basis, pay_date, expected, late }): CalendarEvent => ({
      // that of last year stays when this year's is declared for another day
      uid: `ex-date-${symbol}-${follows}@yardstick`,
      day: ex_date,
      summary: `${symbol} ex-dividend${basis === 'declared' ? '' : ' (expected)'}`,
      description: [
        sentence(called || symbol),
        late ? 'The day of last year has come round without a dividend.' : '',
        pay_date === null ? '' : `Paid on ${day(pay_date)}.`,
        isPercentOnly || expected === null ? '' : `About ${money(expected, currency)}.`,
      ]
        .filter((part) => part !== '')
        .join(' '),
    }),
  )
  const reviews = [...decisions.due, ...decisions.remembered].flatMap((decision): CalendarEvent[] =>
    decision.review === null
      ? []
      : [
          {
            uid: `review-${decision.transaction}@yardstick`,
            day: decision.review,
            summary: `Review: ${named(decision)}`,
            description: isPercentOnly ? undefined : described(decision, currency),
          },
        ],
  )
  return ics(name, income.as_of, [...exDates, ...reviews])
}

/** `buy TSLA, Mar 1, 2024` */
function named({ type, symbol, date }: RememberedDecision): string {
  return `${[type.replaceAll('_', ' '), symbol].filter((part) => part !== null).join(' ')}, ${day(date)}`
}

function described({ shares: count, amount, note }: RememberedDecision, currency: string): string {
  const size = [count && `${shares(count)} shares`, amount && money(amount, currency)].filter(
    (part) => part !== null && part !== '',
  )
  return [size.length > 0 && `${size.join(', ')}.`, note].filter(Boolean).join('\n')
}
