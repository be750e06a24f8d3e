import { Big } from 'big.js'
import { addDays, type Day } from '../../src/portfolio/day.ts'
import { dayTradesMarked } from '../portfolio/marked-day-trades.ts'

/**
 * The gap once more, slow and obvious: from the text of a history, in big.js, day after day (finance.md, "The gap,
 * explained"). It shares nothing with the calculations in src: it has its own lots, cash, exchange rates and
 * total-return index, which grows by reinvesting and not backwards from the last close.
 */
export type World = {
  /** In the notation, one transaction a line (test/notation.ts). */
  story: string
  /** What the source knows, in the notation; `EURUSD=X` for what is `in EUR`. */
  market: Record<string, string>
  benchmark: string
  asOf: Day
  from: Day | null
  basis: 'fifo' | 'lifo'
  /** What is withheld where dividends count by themselves, and which of them are dismissed: each so many-th. Null: none counts. */
  automatic: { withholding: string; dismissed: number } | null
}

export type Account = { gap: Big; value: Big; paid: Big; received: Big; dividends: Big }

export type Answer = {
  value: Big
  benchmarkValue: Big
  gap: Big
  cashDrag: Big
  fees: Big
  interest: Big
  uncovered: Big
  symbols: Record<string, Account>
  /** By symbol and the number of the purchase's line. */
  lots: Record<string, Account>
}

type Lot = { id: string; day: Day; shares: Big }
type Movement = {
  symbol: string
  lot: string
  kind: 'paid' | 'received' | 'dividends'
  amount: Big
  day: Day
}

const order =
  'split transfer_in sell dividend interest deposit buy late fee tax withdrawal transfer_out'.split(' ')
const zero = new Big(0)
const negative = (amount: Big) => zero.minus(amount)
const total = (all: readonly Big[]) => all.reduce((sum, each) => sum.plus(each), zero)
/** What is converted or valued is rounded once, to ten decimals. */
const once = (amount: Big) => amount.round(10, 2)

/** A dividend that nobody recorded: what a share of today's units pays, for the shares held the day before. */
export type Due = { symbol: string; day: Day; amount: Big }

/**
 * What was due and stands in no line, oldest first. A recorded dividend, which a statement books on its pay date, stands
 * for the one due nearest before it, at most 60 days, else for one at most 7 days after it (finance.md, "Dividends").
 */
export function dividendsDue({ story, market }: Pick<World, 'story' | 'market'>): Due[] {
  Big.DP = 40
  const lines = story.split('\n').map((line) => line.split(' '))
  const until = Object.values(market)
    .flatMap((items) => [...items.matchAll(/(\d{4}-\d\d-\d\d) [\d.]/g)].map(([, day]) => day!))
    .toSorted()
    .at(-1)!
  const found = ['AAA', 'BBB'].flatMap((symbol) => {
    const items = market[symbol]!.split(', ').map((item) => item.split(' '))
    const inToday = (shares: string, day: Day) =>
      items
        .filter(([at, word]) => word === 'split' && at! > day)
        .reduce((all, [, , ratio]) => all.times(ratio!.split(':')[0]!), new Big(shares))
    const due = items
      .filter(([day, word]) => word === 'dividend' && day! <= until)
      .map(([day, , amount]): Due => {
        const traded = lines.filter((words) => words[0]! < day! && words[3] === symbol)
        const shares = total(
          traded.map(([at, type, some]) =>
            type === 'buy' || type === 'transfer_in' ? inToday(some!, at!) : negative(inToday(some!, at!)),
          ),
        )
        return { symbol, day: day!, amount: once(shares.times(amount!)) }
      })
      .filter(({ amount }) => amount.round(2, 2).gt(0))
      .toSorted((a, b) => (a.day < b.day ? -1 : 1))
    const booked = lines.filter((words) => words[1] === 'dividend' && words[2] === symbol)
    for (const day of booked.map((words) => words[0]!).toSorted()) {
      const stood =
        due.findLast((each) => each.day <= day && each.day >= addDays(day, -60)) ??
        due.find((each) => each.day > day && each.day <= addDays(day, 7))
      if (stood) due.splice(due.indexOf(stood), 1)
    }
    return due
  })
  return found.toSorted((a, b) => (`${a.day} ${a.symbol}` < `${b.day} ${b.symbol}` ? -1 : 1))
}

/** True of the dividends that are dismissed, in the order in which they were due. */
export const isDismissed = ({ automatic }: World, i: number) => (i + 1) % automatic!.dismissed === 0

function withDerived(world: World): string {
  const { story, automatic } = world
  if (automatic === null) return story
  const counted = dividendsDue(world)
    .filter((_, i) => !isDismissed(world, i))
    .map(({ symbol, day, amount }) => {
      const paid = once(amount.times(new Big(1).minus(automatic.withholding))).round(2, 2)
      return `${day} dividend ${symbol} ${paid.toFixed()}`
    })
    .filter((line) => !line.endsWith(' 0'))
  return [story, ...counted].join('\n')
}

export function explained(world: World): Answer {
  Big.DP = 40
  const { benchmark, asOf, from } = world
  const quotes = Object.fromEntries(
    Object.entries(world.market).map(([symbol, items]) => [
      symbol,
      items.split(', ').map((item) => item.split(' ')),
    ]),
  )
  const isEuro = (symbol: string) => quotes[symbol]!.some(([word]) => word === 'in')
  const last = (symbol: string, day: Day) =>
    new Big(quotes[symbol]!.filter(([at, word]) => at! <= day && !Number.isNaN(Number(word))).at(-1)![1]!)
  const rate = (symbol: string, day: Day) => (isEuro(symbol) ? last('EURUSD=X', day) : new Big(1))
  const price = (symbol: string, day: Day) => once(last(symbol, day).times(rate(symbol, day)))
  const later = (symbol: string, day: Day) =>
    quotes[symbol]!.filter(([at, word]) => word === 'split' && at! > day).reduce(
      (factor, [, , ratio]) => factor.times(ratio!.split(':')[0]!),
      new Big(1),
    )

  const splits = Object.entries(quotes).flatMap(([symbol, items]) =>
    items
      .filter(([, word]) => word === 'split')
      .map(([day, , ratio]) => `${day} split ${symbol} ${ratio![0]}`),
  )
  const lines = dayTradesMarked([...withDerived(world).split('\n'), ...splits])
    .slice(0, -splits.length || undefined)
    .map((line, i) => ({ id: `${i + 1}`, words: line.split(' ') }))
    .filter(({ words }) => words.length > 1 && words[0]! <= asOf)
    .toSorted((a, b) =>
      a.words[0] === b.words[0]
        ? order.indexOf(a.words[1]!) - order.indexOf(b.words[1]!)
        : a.words[0]! < b.words[0]!
          ? -1
          : 1,
    )
  const first = lines[0]!.words[0]!
  const start = from !== null && first <= from ? (from < asOf ? from : asOf) : null

  // one share of the benchmark, with what it has grown by
  const index: Record<Day, Big> = {}
  const paying = quotes[benchmark]!.filter(([, word]) => word === 'dividend')
  const known = quotes[benchmark]!.filter(([, word]) => !Number.isNaN(Number(word))).map(([at]) => at!)
  let units = new Big(1)
  for (let day = known[0]!; day <= asOf; day = addDays(day, 1)) {
    for (const [at, , amount] of paying) {
      if (at !== day) continue
      const before = last(benchmark, addDays(day, -1))
      units = units.times(before).div(before.minus(amount!))
    }
    index[day] = last(benchmark, day).times(rate(benchmark, day)).times(units)
  }
  const growth = (day: Day) => index[asOf]!.div(index[day]!)

  const take = (own: Lot[], shares: Big): Lot[] => {
    const taken: Lot[] = []
    let wanted = shares
    while (wanted.gt(0)) {
      const lot = world.basis === 'fifo' ? own[0]! : own.at(-1)!
      const part = wanted.lt(lot.shares) ? wanted : lot.shares
      taken.push({ ...lot, shares: part })
      lot.shares = lot.shares.minus(part)
      wanted = wanted.minus(part)
      if (!lot.shares.gt(0)) own.splice(own.indexOf(lot), 1)
    }
    return taken
  }
  const held: Record<string, Lot[]> = {}
  const movements: Movement[] = []
  let cash = zero
  let drag = zero
  let fees = zero
  let interest = zero
  let uncovered = zero
  let alternative = zero
  const lastSold: Record<string, Lot[]> = {}

  for (let day = first; day <= asOf; day = addDays(day, 1)) {
    const evening = Object.fromEntries(
      Object.entries(held).map(([symbol, lots]) => [symbol, lots.map((lot) => ({ ...lot }))]),
    )
    const before = cash
    let deposits = zero
    let withdrawals = zero
    let late = zero
    const move = (symbol: string, kind: Movement['kind'], amount: Big, among: readonly Lot[]) => {
      cash = cash.plus(amount)
      const all = total(among.map(({ shares }) => shares))
      if (among.length === 0) movements.push({ symbol, lot: 'none', kind, amount, day })
      for (const { id, shares } of among) {
        movements.push({ symbol, lot: id, kind, amount: amount.times(shares).div(all), day })
      }
    }
    for (const { id, words } of lines) {
      if (words[0] !== day) continue
      const [, type] = words
      if (type === 'buy' || type === 'sell' || type === 'late') {
        const [, , traded, symbol, , at, , fee] = words as [
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string?,
        ]
        const shares = new Big(traded).times(later(symbol, day))
        const toBase = rate(symbol, day)
        const amount = once(new Big(traded).times(at).times(toBase))
        const charged = once(new Big(fee ?? 0).times(toBase))
        const own = (held[symbol] ??= [])
        if (type === 'buy') {
          own.push({ id, day, shares })
          move(symbol, 'paid', negative(amount.plus(charged)), [{ id, day, shares }])
          continue
        }
        const taken = take(own, shares)
        lastSold[symbol] = taken
        const got = amount.minus(charged)
        move(symbol, 'received', got, taken)
        if (type === 'late' && got.gt(0)) {
          late = late.plus(got)
          cash = cash.minus(got)
        }
      } else if (type === 'transfer_in' || type === 'transfer_out') {
        const [, , moved, symbol, word, acquired] = words as [
          string,
          string,
          string,
          string,
          string?,
          string?,
        ]
        const shares = new Big(moved).times(later(symbol, day))
        const worth = once(shares.times(price(symbol, day)))
        const own = (held[symbol] ??= [])
        if (type === 'transfer_in') {
          const lot = { id, day: word === 'acquired' ? acquired! : day, shares }
          own.push(lot)
          own.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
          move(symbol, 'paid', negative(worth), [{ ...lot }])
          cash = cash.plus(worth)
          deposits = deposits.plus(worth)
        } else {
          const taken = take(own, shares)
          lastSold[symbol] = taken
          move(symbol, 'received', worth, taken)
          cash = cash.minus(worth)
          withdrawals = withdrawals.plus(worth)
        }
      } else if (words.length > 3) {
        // a dividend, or interest, a fee or a tax that names its symbol
        const symbol = words[2]!
        const among = evening[symbol]?.length ? evening[symbol] : (lastSold[symbol] ?? [])
        const amount = once(new Big(words[3]!).times(rate(symbol, day)))
        const isPaid = type === 'fee' || type === 'tax'
        move(symbol, isPaid ? 'paid' : 'dividends', isPaid ? negative(amount) : amount, among)
      } else {
        const amount = new Big(words[2]!)
        if (type === 'deposit') {
          deposits = deposits.plus(amount)
          cash = cash.plus(amount)
        } else if (type === 'interest') {
          cash = cash.plus(amount)
          if (start === null || day > start) interest = interest.plus(amount.times(growth(day)))
        } else {
          cash = cash.minus(amount)
          if (type === 'withdrawal') withdrawals = withdrawals.plus(amount)
          else if (start === null || day > start) fees = fees.minus(amount.times(growth(day)))
        }
      }
    }
    if (cash.lt(0)) {
      const missing = negative(cash).round(2, 3)
      deposits = deposits.plus(missing)
      cash = cash.plus(missing)
    }
    cash = cash.plus(late)
    if (start !== null && day <= start) {
      // up to its close everything is before the period
      movements.length = 0
      if (day < start) continue
      let worth = cash
      for (const [symbol, lots] of Object.entries(held)) {
        for (const { id, shares } of lots) {
          const value = shares.times(price(symbol, day))
          worth = worth.plus(value)
          movements.push({ symbol, lot: id, kind: 'paid', amount: negative(value), day })
        }
      }
      drag = negative(cash.times(growth(day)))
      alternative = worth.div(index[day]!)
      continue
    }
    drag = drag.minus(cash.minus(before).times(growth(day)))
    alternative = alternative.plus(deposits.div(index[day]!)).minus(withdrawals.div(index[day]!))
    if (alternative.lt(0)) {
      uncovered = uncovered.plus(alternative.times(index[asOf]!))
      alternative = zero
    }
  }

  let value = cash
  const symbols: Record<string, Account> = {}
  const lots: Record<string, Account> = {}
  const of = (all: Record<string, Account>, name: string) =>
    (all[name] ??= { gap: zero, value: zero, paid: zero, received: zero, dividends: zero })
  for (const [symbol, own] of Object.entries(held)) {
    for (const { id, shares } of own) {
      const worth = shares.times(price(symbol, asOf))
      value = value.plus(worth)
      for (const account of [of(symbols, symbol), of(lots, `${symbol} ${id}`)]) {
        account.value = account.value.plus(worth)
        account.gap = account.gap.plus(worth)
      }
    }
  }
  for (const { symbol, lot, kind, amount, day } of movements) {
    for (const account of [of(symbols, symbol), of(lots, `${symbol} ${lot}`)]) {
      account[kind] = account[kind].plus(kind === 'paid' ? negative(amount) : amount)
      account.gap = account.gap.plus(amount.times(growth(day)))
    }
  }
  const benchmarkValue = alternative.times(index[asOf]!)
  return {
    value,
    benchmarkValue,
    gap: value.minus(benchmarkValue),
    cashDrag: cash.plus(drag),
    fees,
    interest,
    uncovered,
    symbols,
    lots,
  }
}
