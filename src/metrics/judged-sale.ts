import { addDays, type Day } from '../portfolio/day.ts'
import { fromNumber, type Money, ONE, type Shares, times, toNumber } from '../portfolio/decimal.ts'
import { nameOf } from '../portfolio/dividend-proposal.ts'
import { noRate, rateOn } from '../portfolio/exchange-rate.ts'
import type { Split } from '../portfolio/instrument.ts'
import { trading } from '../portfolio/kind.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { rowsBySymbol, splitsOf } from '../portfolio/own-rows.ts'
import { sharesAfter } from '../portfolio/position.ts'
import type { Sale } from '../portfolio/sale.ts'
import { bonusShares, type Factor, knownToSource, recordedFactor, splitShares } from '../portfolio/split.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { asRatio, carriedSum, type Span, worthOn } from './carried-flow.ts'

/** What selling has won or lost until the end, and what the sold shares would be then. */
type JudgedSale = {
  gap: Money
  /** In the units of the end. */
  kept: Shares
  /** What these would be worth. */
  worth: Money
  /** What each of them would have paid since, oldest first. */
  missed: readonly PaidShare[]
}

/** What one share, in the units of the end, was paid on an ex-date, in the base currency, less what is withheld. */
type PaidShare = { day: Day; amount: number }

/**
 * Returns how the sales of a symbol are judged: the proceeds carried to the end, less what the sold shares would be worth,
 * had they been kept, and less the dividends that they would have paid since, each carried by I(T) ÷ I(d) like all cash. A
 * dividend that the owner has dismissed was none. A sentence says what is not known (finance.md, "The gap, explained").
 */
export function judgedSales(ledger: Ledger, symbol: string, span: Span): (sale: Sale) => JudgedSale | string {
  const rows = rowsBySymbol(ledger.transactions).get(symbol) ?? []
  const accounts = new Map(rows.map(({ id, account }) => [id, account?.id]))
  const judges = new Map<string | undefined, ReturnType<typeof judgeOf>>()
  return (sale) => {
    const account = accounts.get(sale.transaction)
    let judge = judges.get(account)
    if (!judge) {
      const own = rows.filter((row) => row.account === undefined || row.account.id === account)
      judges.set(account, (judge = judgeOf(ledger, symbol, own, span)))
    }
    return judge(sale)
  }
}

/** Judges the sales of one portfolio, which of a group has rows of its own. */
function judgeOf(
  ledger: Ledger,
  symbol: string,
  own: readonly Transaction[],
  span: Span,
): (sale: Sale) => JudgedSale | string {
  const factorSince = ownFactors(own, splitsOf(ledger.markets.get(symbol)), span.asOf)
  const paid = paidShares(ledger, symbol, factorSince, span.asOf)
  const missedSince = carriedDividends(paid, span)
  return (sale) => {
    const kept = splitShares(sale.shares, factorSince(sale.date))
    const worth = worthOn(ledger, symbol, kept, span.asOf)
    if (typeof worth === 'string') return worth
    const dividends = missedSince(sale.date)
    if (typeof dividends === 'string') return dividends
    const growth = span.growth(sale.date)
    if (typeof growth === 'string') return growth
    const gap = carriedSum(sale.proceeds * growth) - worth - times(kept, dividends)
    // without a reason there is an amount
    return { gap, kept, worth, missed: paid.filter(({ day }) => day > sale.date) as PaidShare[] }
  }
}

/**
 * Returns by what the shares held at the close of a day have grown until the end, without a purchase: by splits and stock
 * dividends of which only the ledger knows.
 */
function ownFactors(own: readonly Transaction[], splits: readonly Split[], asOf: Day): (day: Day) => Factor {
  const grown: { day: Day; factor: Factor }[] = []
  let held: Shares = 0n
  for (const row of own) {
    if (row.date > asOf) break
    if (row.type === 'split' && !knownToSource(row, splits))
      grown.push({ day: row.date, factor: recordedFactor(row) })
    if (row.type === 'stock_dividend' && held > 0n)
      grown.push({
        day: row.date,
        factor: { numerator: held + bonusShares(row, held, splits), denominator: held },
      })
    if (trading.has(row.type)) held = sharesAfter(held, row, splits)
  }
  return (since) =>
    grown
      .filter(({ day }) => day > since)
      .reduce<Factor>(
        ({ numerator, denominator }, { factor }) => ({
          numerator: numerator * factor.numerator,
          denominator: denominator * factor.denominator,
        }),
        { numerator: 1n, denominator: 1n },
      )
}

/** Oldest first, for a share in the units of the end; a sentence where no rate converts the amount. */
function paidShares(
  ledger: Ledger,
  symbol: string,
  factorSince: (day: Day) => Factor,
  asOf: Day,
): { day: Day; amount: number | string }[] {
  const { dividends = [], foreign } = ledger.markets.get(symbol) ?? {}
  const { counting, withholding = 0n, dismissed } = ledger.dividendRule ?? {}
  const left = counting === 'automatic' ? toNumber(ONE - withholding) : 1
  return dividends
    .filter(({ day }) => day <= asOf && !dismissed?.has(nameOf({ symbol, exDay: day })))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))
    .map(({ day, amount, inPrices = amount, currency }) => {
      const rate = foreign ? rateOn(foreign, day) : ONE
      if (rate === null) return { day, amount: noRate(foreign!, ledger.baseCurrency, day) }
      return inPrices === null
        ? { day, amount: `no exchange rate from ${currency!} on ${day}` }
        : { day, amount: (inPrices * toNumber(rate) * left) / quotient(factorSince(addDays(day, -1))) }
    })
}

/** Whoever sells on the ex-date still gets that dividend, and misses only the later ones. */
function carriedDividends(
  paid: readonly { day: Day; amount: number | string }[],
  span: Span,
): (since: Day) => Money | string {
  let total = 0
  let unknown: string | null = null
  const from = paid.toReversed().map(({ day, amount }) => {
    const growth = span.growth(day)
    if (typeof amount === 'string') unknown ??= amount
    else if (typeof growth === 'string') unknown ??= growth
    else total += amount * asRatio(growth)
    return { day, total: unknown ?? fromNumber(total) }
  })
  return (day) => from.findLast((each) => each.day > day)?.total ?? 0n
}

function quotient({ numerator, denominator }: Factor): number {
  return Number(numerator) / Number(denominator)
}
