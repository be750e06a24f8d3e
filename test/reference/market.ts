import { Big } from 'big.js'
import { addDays, type Day } from '../../src/portfolio/day.ts'
import type { Case } from './random-case.ts'

/** What is rounded is rounded once, half to even, to ten decimals (finance.md, "Numbers"). */
export const once = (amount: Big) => amount.round(10, 2)
export const zero = new Big(0)
export const total = (all: readonly Big[]) => all.reduce((sum, each) => sum.plus(each), zero)

export type Event<Of> = { day: Day } & Of
type Quotes = {
  currency: string
  closes: Event<{ close: Big }>[]
  dividends: Event<{ amount: Big }>[]
  splits: Event<{ numerator: string; denominator: string }>[]
}

/** The market of a case, read from its notation, and asked for one day at a time. */
export type Prices = ReturnType<typeof pricesOf>

export function pricesOf({ market, baseCurrency, story }: Case) {
  const known = Object.fromEntries(Object.entries(market).map(([symbol, items]) => [symbol, quotes(items)]))
  const first = Object.values(known)
    .flatMap(({ closes }) => closes.map(({ day }) => day))
    .toSorted()[0]!
  const carried = Object.fromEntries(
    Object.entries(known).map(([symbol, { closes }]) => [symbol, everyDay(closes, first)]),
  )
  /** The last close on or before a day, in the currency the symbol trades in. */
  const close = (symbol: string, day: Day) => carried[symbol]!(day)
  const currencyOf = (symbol: string | null) =>
    symbol === null ? baseCurrency : (known[symbol]?.currency ?? baseCurrency)
  const rate = (currency: string, day: Day): Big =>
    currency === baseCurrency ? new Big(1) : close(`${currency}${baseCurrency}=X`, day)!
  /** The last close in the base currency, at the rate of the day; undefined before the first one. */
  const price = (symbol: string, day: Day) => {
    const own = close(symbol, day)
    return own && once(own.times(rate(currencyOf(symbol), day)))
  }
  /** The day of the last close. */
  const priceDay = (symbol: string, day: Day): Day | undefined =>
    known[symbol]!.closes.findLast((each) => each.day <= day)?.day
  const own = Object.fromEntries(
    Object.entries(known).map(([symbol, each]) => [symbol, ownSplits(symbol, each, story)]),
  )
  /** What a share of a day is in those of today, by the splits that only the ledger knows. */
  const part = (symbol: string, day: Day) =>
    own[symbol]!.reduce(
      (all, split) => (split.day > day ? all.times(split.denominator).div(split.numerator) : all),
      new Big(1),
    )
  const reinvested = Object.fromEntries(
    Object.entries(known).map(([symbol, each]) => [symbol, bought(each, (day) => part(symbol, day))]),
  )
  /** What one share of a day has become by another, had each dividend in between bought more of them. */
  const growth = (symbol: string, from: Day, to: Day): Big =>
    reinvested[symbol]!.filter(({ day }) => day > from && day <= to).reduce(
      (units, { grown }) => units.times(grown),
      new Big(1),
    )
  /** What one unit of money, put in at the close of a day, is worth at that of another, dividends reinvested. */
  const returned = (symbol: string, from: Day, to: Day): Big =>
    growth(symbol, from, to).times(inNewShares(symbol, to)).div(inNewShares(symbol, from))
  const inNewShares = (symbol: string, day: Day): Big =>
    price(symbol, day)!.times(part(symbol, priceDay(symbol, day)!))
  return { known, first, priceDay, currencyOf, rate, price, growth, returned }
}

/** What a reinvested dividend makes of one share, on the first day with a close on or after the ex-date. */
function bought({ closes, dividends }: Quotes, part: (day: Day) => Big): Event<{ grown: Big }>[] {
  return closes.flatMap(({ day }, i) => {
    const before = closes[i - 1]
    if (!before) return []
    const due = dividends.filter((each) => each.day > before.day && each.day <= day)
    const paid = total(due.map((each) => each.amount.times(part(each.day))))
    const close = before.close.times(part(before.day))
    return paid.gt(0) && close.gt(paid) ? [{ day, grown: close.div(close.minus(paid)) }] : []
  })
}

/** The splits of the story of which the source has none of that ratio within ten days. */
function ownSplits(symbol: string, { splits }: Quotes, story: readonly string[]): Quotes['splits'] {
  return story.flatMap((line) => {
    const [day, type, name, ratio] = line.split(' ') as [string, string, string, string]
    if (type !== 'split' || name !== symbol) return []
    const [numerator, denominator] = ratio.split(':') as [string, string]
    const isKnown = splits.some(
      (each) =>
        each.day >= addDays(day, -10) &&
        each.day <= addDays(day, 10) &&
        `${each.numerator}:${each.denominator}` === ratio,
    )
    return isKnown ? [] : [{ day, numerator, denominator }]
  })
}

function quotes(items: readonly string[]): Quotes {
  const words = items.map((item) => item.split(' ') as [string, string, string?])
  const of = (kind: string) => words.filter(([, word]) => word === kind)
  return {
    currency: words.find(([word]) => word === 'in')?.[1] ?? 'USD',
    closes: words
      .filter(([day, word]) => day !== 'in' && !/^[a-z]/.test(word))
      .map(([day, word]) => ({ day, close: new Big(word) })),
    dividends: of('dividend').map(([day, , amount]) => ({ day, amount: new Big(amount!) })),
    splits: of('split').map(([day, , ratio]) => {
      const [numerator, denominator] = ratio!.split(':') as [string, string]
      return { day, numerator, denominator }
    }),
  }
}

/** The last close on or before each day, found day after day; undefined before the first. */
function everyDay(closes: Quotes['closes'], first: Day) {
  const byDay = new Map(closes.map(({ day, close }) => [day, close]))
  const found = new Map<Day, Big>()
  let day = first
  let last = byDay.get(first)
  return (asked: Day) => {
    for (; day <= asked; day = addDays(day, 1)) {
      last = byDay.get(day) ?? last
      if (last) found.set(day, last)
    }
    return found.get(asked)
  }
}
