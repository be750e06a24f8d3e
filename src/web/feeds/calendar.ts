import type { IncomeAhead } from '../../metrics/income-ahead.ts'
import type { DecisionBook, RememberedDecision } from '../../snapshot/decision-book.ts'
import { day, money, sentence, shares } from '../format.ts'
import { t } from '../words/words.ts'
import { type CalendarEvent, ics } from './ics.ts'
import { transactionName } from './transaction-name.ts'

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
      summary: t(basis === 'declared' ? '{symbol} ex-dividend' : '{symbol} ex-dividend (expected)', {
        symbol,
      }),
      description: [
        sentence(called || symbol),
        late ? t('The day of last year has come round without a dividend.') : '',
        pay_date === null ? '' : t('Paid on {day}.', { day: day(pay_date) }),
        isPercentOnly || expected === null ? '' : t('About {amount}.', { amount: money(expected, currency) }),
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
            summary: t('Review: {decision}', { decision: transactionName(decision) }),
            description: isPercentOnly ? undefined : described(decision, currency),
          },
        ],
  )
  return ics(name, income.as_of, [...exDates, ...reviews])
}

function described({ shares: count, amount, note }: RememberedDecision, currency: string): string {
  const size = [count && t('{n} shares', { n: shares(count) }), amount && money(amount, currency)].filter(
    (part) => part !== null && part !== '',
  )
  return [size.length > 0 && `${size.join(', ')}.`, note].filter(Boolean).join('\n')
}
