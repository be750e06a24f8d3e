import { addYears } from '../../portfolio/day.ts'
import { stored, toNumber } from '../../portfolio/decimal.ts'
import { expectedDividends } from '../../portfolio/expected-dividend.ts'
import { incomeAhead } from '../../metrics/income-ahead.ts'
import type { Day } from '../../portfolio/day.ts'
import type { Value } from '../../portfolio/sentence.ts'
import type { AlertFamily } from './family.ts'
import { priceOf, says } from './says.ts'

// A dividend is told apart by the one of the year before that it repeats, so that a date which the source corrects is no
// second one (finance.md, "Income ahead").

/** A dividend of a holding, or of any of them, has been declared. */
export const dividendDeclared: AlertFamily = {
  asks: { subject: 'holding', subjectIsOptional: true, level: null },
  read: ({ subject }, { ledger }) => ({
    happened: expectedDividends(ledger, ledger.today).flatMap(({ symbol, declared, currency, follows }) => {
      if (declared === null || (subject !== null && symbol !== subject)) return []
      const { exDay, payDay, perShare } = declared
      const values = { symbol, days: daysOf(exDay, payDay) }
      const told =
        perShare === null
          ? says('{symbol} declared a dividend: {days}.', values)
          : says('{symbol} declared a dividend of {amount} a share: {days}.', {
              ...values,
              amount: priceOf(perShare, currency),
            })
      return [{ symbol, of: addYears(follows.exDay, 1), says: told }]
    }),
  }),
}

function daysOf(ex: Day | null, pay: Day | null): Value {
  if (ex === null) return pay === null ? '' : says('paid {pay}', { pay: { day: pay } })
  if (pay === null) return says('ex-date {ex}', { ex: { day: ex } })
  return says('ex-date {ex}, paid {pay}', { ex: { day: ex }, pay: { day: pay } })
}

/** A dividend of a holding, or of any of them, is lower than the one of its season the year before, or did not come. */
export const dividendCut: AlertFamily = {
  asks: { subject: 'holding', subjectIsOptional: true, level: null },
  read: ({ subject }, { ledger }) => ({
    happened: incomeAhead(ledger, ledger.today).cuts.flatMap((cut) => {
      const { symbol, ex_date, per_share, before_ex_date, before_per_share, currency, change } = cut
      if (subject !== null && symbol !== subject) return []
      const now = stored(per_share)
      const values = { symbol, day: { day: ex_date }, before: priceOf(stored(before_per_share), currency) }
      const told =
        toNumber(now) === 0
          ? says('{symbol} paid no dividend around {day}, after {before} a share the year before.', values)
          : says(
              '{symbol} cut its dividend by {change}: {amount} a share on {day}, after {before} the year before.',
              { ...values, change: { ratio: -change }, amount: priceOf(now, currency) },
            )
      return [{ symbol, of: addYears(before_ex_date, 1), says: told }]
    }),
  }),
}
