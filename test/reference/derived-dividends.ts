import { Big } from 'big.js'
import { decimal } from '../../src/portfolio/decimal.ts'
import { withAutomaticDividends } from '../../src/portfolio/prepared-ledger.ts'
import { disagreements, entitlements, ledgerOf } from './agreement.ts'
import { evenings } from './account.ts'
import { once, pricesOf } from './market.ts'
import type { Case } from './random-case.ts'

/**
 * The disagreements of a case whose dividends count by themselves, less what is withheld, all but every fourth, which is
 * dismissed. The plain calculation is told them as if they had been recorded (finance.md, "Dividends").
 */
export function derivedDisagreements(of: Case, withholding: string, withheldHere = withholding): string[] {
  const own = ledgerOf(of)
  const prices = pricesOf(of)
  const due = entitlements(of, prices, evenings(of, prices, own.today)).map((told) => {
    const [day, symbol, shares] = told.split(' ') as [string, string, string]
    return { day, symbol, shares }
  })
  const dismissed = due.filter((_, i) => i % 4 === 3)
  const counted = due.flatMap((each) => {
    const { day, symbol, shares } = each
    const { amount } = prices.known[symbol]!.dividends.find((event) => event.day === day)!
    const paid = once(once(amount.times(shares)).times(new Big(1).minus(withheldHere))).round(2, 2)
    return dismissed.includes(each) || !paid.gt(0) ? [] : [`${day} dividend ${symbol} ${paid.toFixed()}`]
  })
  const automatic = withAutomaticDividends({
    ...own,
    dividendRule: {
      counting: 'automatic',
      withholding: decimal(withholding)!,
      dismissed: new Set(dismissed.map(({ symbol, day }) => `${symbol}@${day}`)),
    },
  })
  // what is dismissed is due, and not proposed
  return disagreements({ ...of, story: [...of.story, ...counted] }, automatic).filter(
    (sentence) => !sentence.startsWith('dividends that are due'),
  )
}
