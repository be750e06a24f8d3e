import { type Day, dayNumber } from './day.ts'
import { type Decimal, ONE, text, times, toNumber } from './decimal.ts'
import { type ExchangeRates, noRate, pairOf, rateOn } from './exchange-rate.ts'
import type { Dividend } from './instrument.ts'
import type { Ledger, LedgerAt, Market } from './ledger.ts'
import { currencyOf } from './listing-currency.ts'
import { historyOf, lastIndexUpTo, noPrices, type PriceHistory } from './price-history.ts'
import { rareRows } from './rare-rows.ts'
import type { Transaction } from './transaction.ts'

/**
 * Converts all money of a ledger to the portfolio's base currency, so that every figure is calculated one way. Each
 * trade, dividend and cash flow is converted at its own day's rate, each close at the rate of the day it stands for
 * (finance.md, "Currencies"). The rate is the last known one, however old. Without one the transaction says
 * so in `unconverted` and counts as 0, and the day has no price; the rate is never assumed to be 1.
 *
 * Converted markets keep their original closes in `foreign`, converted transactions their original amounts in
 * `recorded`. Converting twice changes nothing.
 */
export function inBaseCurrency(ledger: LedgerAt<'with last prices'>): LedgerAt<'in base currency'> {
  const stage = 'in base currency'
  const base = ledger.baseCurrency
  const isForeign = (currency: string | null | undefined) => currency != null && currency !== base
  const hasForeign =
    [...ledger.markets.values()].some(
      ({ instrument, dividends }) =>
        isForeign(instrument?.currency) || dividends.some(({ currency }) => currency !== undefined),
    ) || ledger.transactions.some((row) => isForeign(currencyOf(row, undefined)))
  if (!hasForeign) return { ...ledger, stage }
  const markets = new Map(
    [...ledger.markets].map(([symbol, market]) => {
      const currency = market.instrument?.currency
      if (market.foreign) return [symbol, market]
      const isPlain = !isForeign(currency) && market.dividends.every((each) => each.currency === undefined)
      if (isPlain) return [symbol, market]
      const paid = { ...market, dividends: market.dividends.map((each) => inPrices(each, currency, ledger)) }
      return [symbol, isForeign(currency) ? inBase(paid, ratesOf(ledger, currency!)) : paid]
    }),
  )
  const converted = { ...ledger, markets }
  const transactions = ledger.transactions.map((each) => transactionInBase(each, converted))
  return { ...converted, transactions, stage }
}

/**
 * The major currency of pence and the like, by the names that exchanges use: GBp is GBP ÷ 100. Null for any other.
 */
export function minorUnit(currency: string): { major: string; divisor: number } | null {
  const major = minorUnits.get(currency)
  return major === undefined ? null : { major, divisor: 100 }
}

const minorUnits = new Map(Object.entries({ GBp: 'GBP', GBX: 'GBP', ZAc: 'ZAR', ZAC: 'ZAR', ILA: 'ILS' }))

/**
 * Says what is wrong with a code of three letters that figures or prices are to be in: it is that of a hundredth, or of no
 * currency in use, for which no exchange rate would ever come. Null where nothing is. The list is that of ISO 4217, as the
 * platform has it.
 */
export function faultOfCurrency(code: string): string | null {
  const minor = minorUnit(code)
  if (minor) return `${code} is a hundredth of ${minor.major}: use ${minor.major}`
  inUse ??= new Set(Intl.supportedValuesOf('currency'))
  return inUse.has(code) ? null : noCurrency(code)
}

/** The sentence for what is no code of a currency. */
export function noCurrency(typed: string): string {
  return `“${typed}” is not a currency code such as USD`
}

let inUse: Set<string> | undefined

/**
 * Returns a sentence for each trade that seems to be in pence without saying so: its price is about a hundred times
 * the close of its day, in a currency that is quoted in hundredths. The trade counts as it was entered.
 */
export function penceNotes({ transactions, markets }: Pick<Ledger, 'transactions' | 'markets'>): string[] {
  const unitOf = (currency?: string) => [...minorUnits].find(([, major]) => major === currency)?.[0]
  if (![...markets.values()].some(({ instrument }) => unitOf(instrument?.currency))) return []
  return transactions.flatMap(({ symbol, date, price, currency, listingCurrency, recorded }) => {
    const market = symbol === null ? undefined : markets.get(symbol)
    const unit = unitOf(market?.instrument?.currency)
    if (!unit || price === null || currency !== null) return []
    const own = market?.foreign?.prices ?? market?.prices ?? noPrices
    const index = lastIndexUpTo(own, dayNumber(date))
    if (index < 0) return []
    if (listingCurrency !== undefined && listingCurrency !== market?.instrument?.currency) return []
    const times = Number(recorded?.price ?? price) / Number(own.closes[index])
    if (times < 50 || times > 200) return []
    return [
      `${symbol} on ${date}: the price is about 100 times that day’s close. If it is in pence, edit the transaction and set its currency to ${unit}.`,
    ]
  })
}

/**
 * The day and the reason of the first transaction that could not be converted; null when all could. From that day
 * on the portfolio's money cannot be added up.
 */
export function firstUnconverted({ transactions }: Ledger): { date: Day; reason: string } | null {
  const first = rareRows(transactions).unconverted
  return first && { date: first.date, reason: first.unconverted! }
}

/** The reason why money cannot be added up at the end of a day; null when it can. */
export function unconvertedBy(ledger: Ledger, asOf: Day): string | null {
  const first = firstUnconverted(ledger)
  return first && first.date <= asOf ? first.reason : null
}

/**
 * Returns a sentence that names the rows up to a day whose amounts could not be converted, and are in no sum; null when
 * there are none.
 */
export function leftOutRows({ transactions, baseCurrency }: Ledger, asOf: Day): string | null {
  if (rareRows(transactions).unconverted === null) return null
  const rows = transactions.filter(({ date, unconverted }) => date <= asOf && unconverted !== undefined)
  const [first, ...others] = rows
  if (!first) return null
  const { type, symbol, date, unconverted } = first
  // of a row in the ledger's own currency it may be its portfolio's cash that has no rate (foreign-cash.ts)
  const { amount, currency } = first.recorded ?? { amount: first.amount, currency: baseCurrency }
  const name = `the ${type}${symbol ? ` of ${symbol}` : ''} on ${date} (${text(amount)} ${currency})`
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  return `excludes ${name}${more}: ${unconverted}`
}

type Unconverted = Pick<Ledger, 'baseCurrency' | 'markets'>

function ratesOf(ledger: Unconverted, currency: string): ExchangeRates {
  const pair = pairOf(currency, ledger.baseCurrency)
  return { currency, pair, rates: ledger.markets.get(pair)?.prices ?? noPrices }
}

function inBase(market: Market, rates: ExchangeRates): Market {
  return {
    ...market,
    prices: converted(market.prices, rates.rates),
    foreign: { ...rates, prices: market.prices },
  }
}

/** Returns a dividend with its amount in the currency of the closes, at the rates of its day. */
function inPrices(dividend: Dividend, traded: string | undefined, ledger: Unconverted): Dividend {
  const { currency, day, amount } = dividend
  if (currency === undefined) return dividend
  const rate = (of: string) => (of === ledger.baseCurrency ? ONE : rateOn(ratesOf(ledger, of), day))
  const [own, other] = [rate(currency), rate(traded ?? ledger.baseCurrency)]
  const isKnown = own !== null && other !== null && other > 0n
  return { ...dividend, inPrices: isKnown ? (amount * toNumber(own)) / toNumber(other) : null }
}

/** Returns the value in the base currency of an amount in a currency on a day; null when no rate is known. */
export function valueIn(ledger: Unconverted, currency: string, amount: Decimal, day: Day): Decimal | null {
  if (currency === ledger.baseCurrency) return amount
  const rate = rateOn(ratesOf(ledger, currency), day)
  return rate === null ? null : times(amount, rate)
}

/** Returns close × rate for every day that has one of the two; the other is carried forward, however old. */
function converted(own: PriceHistory, rates: PriceHistory): PriceHistory {
  if (own.days.length === 0 || rates.days.length === 0) return noPrices
  const days: number[] = []
  const closes: Decimal[] = []
  let i = -1
  let j = -1
  for (;;) {
    const day = Math.min(own.days[i + 1] ?? Infinity, rates.days[j + 1] ?? Infinity)
    if (day === Infinity) return historyOf(days, closes)
    if (own.days[i + 1] === day) i++
    if (rates.days[j + 1] === day) j++
    if (i < 0 || j < 0) continue
    days.push(day)
    closes.push(times(own.closes[i]!, rates.closes[j]!))
  }
}

/** Converts one transaction at its own day's rate; `ledger` has its markets in the base currency already. */
export function transactionInBase(transaction: Transaction, ledger: Unconverted): Transaction {
  const { symbol, date, type } = transaction
  if (transaction.recorded || transaction.unconverted !== undefined || type === 'split') return transaction
  const foreign = symbol === null ? undefined : ledger.markets.get(symbol)?.foreign
  const local = foreign && { rate: rateThen(foreign, transaction) }
  const currency = currencyOf(transaction, foreign?.currency) ?? ledger.baseCurrency
  if (currency === ledger.baseCurrency) return local ? { ...transaction, ...local } : transaction
  const { price, fee, amount } = transaction
  const cost = transaction.terms?.cost
  const recorded = { currency, price, fee, amount, ...(cost !== undefined && { cost }) }
  const rates = foreign?.currency === currency ? foreign : ratesOf(ledger, currency)
  const rate = rateThen(rates, transaction)
  // shares without a cost are worth what their symbol's price says
  if (price === null && amount === 0n && cost === undefined)
    return local ? { ...transaction, ...local } : transaction
  if (rate === null) {
    const unconverted = noRate(rates, ledger.baseCurrency, date)
    return { ...transaction, ...local, price: price && 0n, fee: 0n, amount: 0n, recorded, unconverted }
  }
  return {
    ...transaction,
    ...local,
    price: price && times(price, rate),
    fee: times(fee, rate),
    amount: times(amount, rate),
    ...(cost !== undefined && { terms: { ...transaction.terms, cost: times(cost, rate) } }),
    recorded,
  }
}

/** What shares had cost was paid on the day on which they were acquired; its rate may be too old to be known. */
function rateThen(rates: ExchangeRates, { terms, date }: Transaction): Decimal | null {
  return rateOn(rates, terms?.acquired ?? date) ?? rateOn(rates, date)
}

/** The pairs whose rates a ledger needs: for the currencies of its symbols, their dividends, and its transactions; sorted. */
export function currencyPairs(ledger: Ledger): string[] {
  const foreign = new Set<string>()
  const add = (currency: string | null | undefined) => {
    if (currency != null && currency !== ledger.baseCurrency) foreign.add(currency)
  }
  for (const { instrument, dividends } of ledger.markets.values()) {
    add(instrument?.currency)
    for (const { currency } of dividends) add(currency)
  }
  for (const { recorded, currency } of ledger.transactions) add(recorded?.currency ?? currency)
  return [...foreign].map((currency) => pairOf(currency, ledger.baseCurrency)).toSorted()
}
