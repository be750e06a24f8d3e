import { addYears } from '../../portfolio/day.ts'
import { stored, toNumber } from '../../portfolio/decimal.ts'
import { expectedDividends } from '../../portfolio/expected-dividend.ts'
import { incomeAhead } from '../../metrics/income-ahead.ts'
import type { AlertFamily } from './family.ts'
import { amountOf, dateOf, percentOf } from './plain-words.ts'

// A dividend is told apart by the one of the year before that it repeats, so that a date which the source corrects is no
// second one (finance.md, "Income ahead").

/** A dividend of a holding, or of any of them, has been declared. */
export const dividendDeclared: AlertFamily = {
  asks: { subject: 'holding', subjectIsOptional: true, level: null },
  read: ({ subject }, { ledger }) => ({
    happened: expectedDividends(ledger, ledger.today).flatMap(({ symbol, declared, currency, follows }) => {
      if (declared === null || (subject !== null && symbol !== subject)) return []
      const { exDay, payDay, perShare } = declared
      const days = [exDay && `ex-date ${dateOf(exDay)}`, payDay && `paid ${dateOf(payDay)}`].filter(Boolean)
      const much = perShare === null ? '' : ` of ${amountOf(perShare, currency)} a share`
      const says = `${symbol} declared a dividend${much}: ${days.join(', ')}.`
      return [{ symbol, of: addYears(follows.exDay, 1), says }]
    }),
  }),
}

/** A dividend of a holding, or of any of them, is lower than the one of its season the year before, or did not come. */
export const dividendCut: AlertFamily = {
  asks: { subject: 'holding', subjectIsOptional: true, level: null },
  read: ({ subject }, { ledger }) => ({
    happened: incomeAhead(ledger, ledger.today).cuts.flatMap((cut) => {
      const { symbol, ex_date, per_share, before_ex_date, before_per_share, currency, change } = cut
      if (subject !== null && symbol !== subject) return []
      const [now, then] = [stored(per_share), amountOf(stored(before_per_share), currency)]
      const says =
        toNumber(now) === 0
          ? `${symbol} paid no dividend around ${dateOf(ex_date)}, after ${then} a share the year before.`
          : `${symbol} cut its dividend by ${percentOf(-change)}: ${amountOf(now, currency)} a share on ${dateOf(ex_date)}, after ${then} the year before.`
      return [{ symbol, of: addYears(before_ex_date, 1), says }]
    }),
  }),
}
