import { rounded, stored, text } from '../portfolio/decimal.ts'
import { basisOf, type Said } from '../portfolio/declared-dividend.ts'
import { textCell } from './text-cell.ts'
import { csv } from './write-statement.ts'

/** An expected dividend as metrics/income-ahead.ts has it: decimals are text, an unknown amount is null. */
type Expected = {
  symbol: string
  name: string
  ex_date: string
  shares: string
  per_share: string
  /** Of `per_share`; `expected` is in the portfolio's currency, less what is withheld. */
  currency: string
  expected: string | null
  follows: string
  late: boolean
  basis: 'declared' | 'last_year'
  declares: Said
  /** The day on which a declared one will be paid; null where only the pattern says it. */
  pay_date: string | null
}

/**
 * Writes the expected dividends as a CSV file, by ex-date. It is a report and no account statement: nothing of it has been
 * paid, so readStatement does not accept it. Amounts are rounded to the cent.
 */
export function incomeReport(dividends: readonly Expected[], baseCurrency: string): string {
  return csv(
    [
      'Symbol',
      'Name',
      'Ex-Date Expected',
      'Shares Held',
      'Per Share',
      'Per Share Currency',
      'Amount Expected',
      'Amount Currency',
      'Basis',
      'Repeats',
      'Paid On',
    ],
    dividends.map((each) => [
      textCell(each.symbol),
      textCell(each.name),
      each.ex_date,
      each.shares,
      each.per_share,
      each.currency,
      each.expected === null ? '' : text(rounded(stored(each.expected), 2)),
      baseCurrency,
      `${basisOf(each)}${each.late ? ', late' : ''}`,
      each.follows,
      each.pay_date ?? '',
    ]),
  )
}
