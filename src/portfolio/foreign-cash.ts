import { cashDays, cashEffect } from './cash.ts'
import { type Day, dayNumber, dayOf } from './day.ts'
import { type Decimal, type Money, over, rounded, times } from './decimal.ts'
import { type ExchangeRates, noRate, pairOf, rateOn } from './exchange-rate.ts'
import type { Ledger } from './ledger.ts'
import { lastIndexUpTo, noPrices, type PriceHistory } from './price-history.ts'
import { remembered } from './remembered.ts'
import type { Transaction } from './transaction.ts'

/** What exchange rates did to the cash of a day, in the ledger's currency; it is no flow. */
export type Revaluation = { day: Day; amount: Money }

/** The deposits that a portfolio needed, as rows, and what exchange rates did to what remained. */
type ForeignCash = { deposits: Transaction[]; revaluations: Revaluation[] }

/**
 * The ledger of a portfolio whose cash stays in a currency of its own (finance.md, "Groups"). Where no rate of it is known
 * on the first day, the first row says so.
 */
export function keptIn(ledger: Ledger, currency: string): Ledger {
  if (currency === ledger.baseCurrency) return ledger
  const rates = ratesOf(ledger, currency)
  const [first, ...others] = ledger.transactions
  if (!first || first.unconverted !== undefined || rateOn(rates, first.date) !== null)
    return { ...ledger, cashCurrency: currency }
  const unconverted = noRate(rates, ledger.baseCurrency, first.date)
  const { price, fee, amount } = first
  const recorded = first.recorded ?? { currency: ledger.baseCurrency, price, fee, amount }
  const unknown = { ...first, price: price && 0n, fee: 0n, amount: 0n, recorded, unconverted }
  return { ...ledger, cashCurrency: currency, transactions: [unknown, ...others] }
}

/**
 * Returns the cash of a portfolio that keeps it in another currency than its ledger's: what its purchases lacked is
 * inferred in its own currency and converted at the day's rate, and at the end of each day the cash is worth its balance ×
 * the rate of that day. Null for a portfolio whose cash is in the ledger's currency.
 */
export function foreignCash(ledger: Ledger): ForeignCash | null {
  const { cashCurrency, transactions, today } = ledger
  if (cashCurrency === undefined) return null
  return keptCash(transactions, ratesOf(ledger, cashCurrency).rates, today)
}

function ratesOf({ markets, baseCurrency }: Ledger, currency: string): ExchangeRates {
  const pair = pairOf(currency, baseCurrency)
  return { currency, pair, rates: markets.get(pair)?.prices ?? noPrices }
}

const keptCash = remembered(
  (transactions: readonly Transaction[], rates: PriceHistory, today: Day): ForeignCash => {
    const found: ForeignCash = { deposits: [], revaluations: [] }
    const rateFor = (day: Day) => rateOn({ rates }, day)
    const own = cashDays(transactions.map((row) => backConverted(row, rateFor(row.date))))
    let [balance, worth, next, at] = [0n, 0n, 0, 0]
    const revalue = (day: Day, rate: Decimal, left: Money, moved: Money) => {
      const amount = times(left, rate) - worth - moved
      if (amount !== 0n) found.revaluations.push({ day, amount })
      ;[balance, worth] = [left, times(left, rate)]
    }
    const follow = (from: number, until: number) => {
      for (at = lastIndexUpTo(rates, from) + 1; at < rates.days.length && rates.days[at]! <= until; at++)
        if (balance !== 0n) revalue(dayOf(rates.days[at]!), rates.closes[at]!, balance, 0n)
    }
    let last = own[0] ? dayNumber(own[0].day) : 0
    for (const { day, inferred, balance: left } of own) {
      follow(last, dayNumber(day) - 1)
      last = dayNumber(day)
      const rate = rateFor(day) ?? 0n
      let moved = times(inferred, rate)
      if (inferred > 0n) found.deposits.push(deposit(day, moved))
      for (; transactions[next]?.date === day; next++) moved += cashEffect(transactions[next]!)
      revalue(day, rate, left, moved)
    }
    follow(last, dayNumber(today))
    return found
  },
)

/** A row with its cash in the portfolio's own currency; the sixth decimal is finer than what a rate rounds. */
function backConverted(row: Transaction, rate: Decimal | null): Transaction {
  const back = (money: Money) => (rate === null || rate === 0n ? 0n : rounded(over(money, rate), 6))
  return { ...row, amount: back(row.amount), fee: back(row.fee) }
}

/** A deposit that nobody recorded, as a row. */
export function deposit(day: Day, amount: Money): Transaction {
  return {
    id: `deposit@${day}`,
    type: 'deposit',
    symbol: null,
    date: day,
    shares: null,
    price: null,
    fee: 0n,
    amount,
    currency: null,
    ratio: null,
    note: 'Deposit inferred from what was spent',
    derived: true,
    isPart: true,
  }
}
