import { Big } from 'big.js'
import { addDays, type Day } from '../../src/portfolio/day.ts'
import type { CostBasis } from '../../src/portfolio/lot.ts'
import { once, type Prices, total, zero } from './market.ts'
import type { Case } from './random-case.ts'

/** One line of a story. Shares are in today's units, money is in the base currency. */
export type Line = {
  number: number
  day: Day
  type: string
  symbol: string | null
  shares: Big
  /** Of a share in today's units. */
  price: Big
  amount: Big
  fee: Big
  ratio: string
  /** The symbol that shares become, how many are told to arrive, and the part of the cost that they take along. */
  into: string | null
  given: string | null
  takes: string | null
  acquired: Day
  /** What transferred shares had cost, where that is told. */
  cost?: Big
  /** The lots that a sale names, with shares in today's units or as many as there are. */
  lots: { day: Day; shares?: Big }[]
}

/** `paid` is the cost before capital was returned. */
export type Lot = { day: Day; shares: Big; cost: Big; paid: Big }
export type Held = { lots: Lot[]; realized: Big; dividends: Big }

/** What there is at the end of a day, and what came and went on it. */
export type Evening = {
  day: Day
  held: Record<string, Held>
  cash: Big
  inferred: Big
  deposits: Big
  withdrawals: Big
  /** What a share is worth, of what is held. */
  prices: Record<string, Big>
  value: Big
}

const DUST = new Big('0.00000001')

export function linesOf({ story }: Case, prices: Prices): Line[] {
  return story.map((line, i) => {
    const [said, currency] = line.split(' in ') as [string, string?]
    const [day, type, ...words] = said.split(' ') as [string, string, ...string[]]
    const isTrade = type === 'buy' || type === 'sell' || type === 'reinvested'
    const isTransfer = type.startsWith('transfer') || type === 'stock_dividend'
    const isMove = type === 'spin_off' || type === 'exchange'
    const after = (word: string) => (words.includes(word) ? words[words.indexOf(word) + 1]! : null)
    const acquired = after('acquired') ?? day
    const told = after('cost')
    const symbol = isTrade || isTransfer ? words[1]! : /^[A-Z]/.test(words[0]!) ? words[0]! : null
    const currencyTold = currency ?? prices.currencyOf(symbol)
    const rate = prices.rate(currencyTold, day)
    const inBase = (amount: Big) => once(once(amount).times(rate))
    const paid = isMove
      ? (after('cash') ?? 0)
      : isTrade
        ? new Big(words[0]!).times(words[3]!)
        : type === 'split' || isTransfer
          ? zero
          : words.at(-1)!
    let parts = new Big(1)
    let whole = new Big(1)
    for (const split of symbol === null ? [] : prices.known[symbol]!.splits) {
      if (split.day <= day) continue
      parts = parts.times(split.numerator)
      whole = whole.times(split.denominator)
    }
    const shares = new Big(isTrade || isTransfer ? words[0]! : 0).times(parts)
    return {
      number: i,
      day,
      type,
      symbol,
      shares: once(shares.div(whole)),
      // as traded, and then in today's units
      price: isTrade ? once(inBase(new Big(words[3]!)).times(words[0]!).times(whole).div(shares)) : zero,
      acquired,
      ...(told !== null && { cost: once(new Big(told).times(prices.rate(currencyTold, acquired))) }),
      amount: inBase(new Big(paid)),
      fee: inBase(new Big(after('fee') ?? 0)),
      lots: (after('lots')?.split(',') ?? []).map((lot) => {
        const [of_, some] = lot.split(':') as [string, string?]
        return {
          day: of_,
          ...(some !== undefined && { shares: once(new Big(some).times(parts).div(whole)) }),
        }
      }),
      ratio: type === 'split' ? words[1]! : (after('ratio') ?? ''),
      into: after('into'),
      given: after('shares'),
      takes: after('takes'),
    }
  })
}

/** The account, evening after evening, from the first transaction to a day (finance.md, "Order within a day"). */
export function evenings(of: Case, prices: Prices, to: Day): Evening[] {
  const lines = linesOf(of, prices)
  const first = lines.map(({ day }) => day).toSorted()[0]!
  const held: Record<string, Held> = {}
  const paid: Record<string, Big> = {}
  const all: Evening[] = []
  let cash = zero
  for (let day = first; day <= to; day = addDays(day, 1)) {
    const own = lines.filter((line) => line.day === day)
    const some = (type: string) => own.filter((line) => line.type === type)
    const sums = (lines_: readonly Line[]) => total(lines_.map(({ amount }) => amount))
    for (const { symbol, type } of own)
      if (symbol !== null && !isAside(type)) held[symbol] ??= { lots: [], realized: zero, dividends: zero }

    for (const line of some('split')) {
      if (isKnown(line, prices)) continue
      const [numerator, denominator] = line.ratio.split(':') as [string, string]
      splitLots(held[line.symbol!]!.lots, numerator, denominator)
      const before = paid[line.symbol!]
      if (before) paid[line.symbol!] = once(before.times(denominator).div(numerator))
    }
    for (const line of some('stock_dividend')) {
      const { lots } = held[line.symbol!]!
      const before = sharesIn(lots)
      if (!before.gt(0)) throw new Error('a stock dividend is of shares that are held')
      scale(lots, before.plus(line.shares))
      const last = paid[line.symbol!]
      if (last) paid[line.symbol!] = once(last.times(before).div(before.plus(line.shares)))
    }
    /** Shares of a day in today's units. */
    const inToday = (symbol: string, shares: Big, back = false) => once(exactly(symbol, shares, back))
    const exactly = (symbol: string, shares: Big, back = false) => {
      const later = prices.known[symbol]!.splits.filter((split) => split.day > day)
      const units = later.reduce((everything, split) => everything.times(split.numerator), new Big(1))
      const whole = later.reduce((everything, split) => everything.times(split.denominator), new Big(1))
      return back ? shares.times(whole).div(units) : shares.times(units).div(whole)
    }
    const worthOfNew = ({ into }: Line, given: Big, cost: Big) => {
      const price = worthOf(into!, day, lines, prices) ?? paid[into!]
      return price ? once(inToday(into!, given).times(price)) : cost
    }
    const arrive = ({ into }: Line, given: Big, lots: readonly Lot[], worth: Big) => {
      const own = (held[into!] ??= { lots: [], realized: zero, dividends: zero })
      const [parts, worths] = [shared(given, lots), shared(worth, lots)]
      lots.forEach((lot, i) => {
        const shares = inToday(into!, parts[i]!)
        own.lots.push({ day: lot.day, shares, cost: lot.cost, paid: lot.paid })
        if (worths[i]!.gt(0)) paid[into!] = once(worths[i]!.div(exactly(into!, parts[i]!)))
      })
      own.lots.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
    }
    for (const line of some('spin_off')) {
      const { lots } = held[line.symbol!]!
      const moved = lots.map((lot) => ({
        ...lot,
        cost: once(lot.cost.times(line.takes!)),
        paid: once(lot.paid.times(line.takes!)),
      }))
      lots.forEach((lot, i) => {
        lot.cost = lot.cost.minus(moved[i]!.cost)
        lot.paid = lot.paid.minus(moved[i]!.paid)
      })
      const given = new Big(line.given!)
      arrive(line, given, moved, worthOfNew(line, given, costOf(moved)))
    }
    let exchanged = zero
    for (const line of some('exchange')) {
      const { amount } = line
      const own = held[line.symbol!]!
      const everything = sharesIn(own.lots)
      const [numerator, denominator] = line.ratio.split(':') as [string, string]
      const due = once(inToday(line.symbol!, everything, true).times(numerator).div(denominator))
      const given = line.given === null ? due : new Big(line.given)
      const cost = costOf(own.lots)
      const worth = worthOfNew(line, given, cost.gt(amount) ? cost.minus(amount) : zero)
      const fraction = given.lt(due)
        ? everything.minus(once(everything.times(given).div(due)))
        : once(everything.times(amount).div(amount.plus(worth)))
      const sold = shared(amount.gt(0) ? fraction : zero, own.lots)
      const partOf = (what: 'cost' | 'paid') =>
        own.lots.map((lot, i) => once(lot[what].times(sold[i]!).div(lot.shares)))
      const [gone, paidOfGone] = [partOf('cost'), partOf('paid')]
      if (amount.gt(0)) own.realized = own.realized.plus(amount).minus(total(gone))
      const kept = own.lots.map((lot, i) => ({
        ...lot,
        cost: lot.cost.minus(gone[i]!),
        paid: lot.paid.minus(paidOfGone[i]!),
      }))
      own.lots = []
      arrive(line, given, kept, worth)
      exchanged = exchanged.plus(amount)
    }
    const arrived = some('transfer_in').map((line) => {
      const lots = held[line.symbol!]!.lots
      const lot = {
        day: line.acquired,
        shares: line.shares,
        cost: line.cost ?? zero,
        paid: line.cost ?? zero,
      }
      lots.push(lot)
      lots.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
      return { line, lot }
    })
    const buys = [...some('reinvested'), ...some('buy')]
    const late = some('sell').filter((sale) => needsPurchases(sale, own, held))
    const early = some('sell').filter((sale) => !late.includes(sale))
    const perShare = ({ cost, shares }: Line) => once(cost!.div(shares))
    const trades = [...arrived.map(({ line }) => line), ...early, ...buys, ...late]
    for (const line of trades) {
      if (line.type !== 'transfer_in') paid[line.symbol!] = line.price
      else if (line.cost?.gt(0)) paid[line.symbol!] = perShare(line)
    }
    // what is transferred is worth the day's close, before the first one what was paid
    const worthAt = ({ symbol, shares }: Line) =>
      once(shares.times(worthOf(symbol!, day, lines, prices) ?? paid[symbol!]!))
    for (const { line, lot } of arrived) if (!line.cost) lot.cost = lot.paid = worthAt(line)
    const worthIn = total(arrived.map(({ line }) => worthAt(line)))
    const proceeds = (sales: readonly Line[]) =>
      sales.map((sale) => {
        const got = sale.amount.minus(sale.fee)
        sell(held[sale.symbol!]!, sale, got, of.costBasis)
        return got
      })
    let now = cash.plus(exchanged).plus(total(proceeds(early)))
    for (const { symbol, amount } of [...some('dividend'), ...some('reinvested')]) {
      held[symbol!]!.dividends = held[symbol!]!.dividends.plus(amount)
      now = now.plus(amount)
    }
    for (const { symbol, amount } of some('return_of_capital')) {
      const own = held[symbol!]!
      own.realized = own.realized.plus(returnCapital(own.lots, amount))
      now = now.plus(amount)
    }
    now = now.plus(sums(some('interest')))
    const deposits = sums(some('deposit'))
    now = now.plus(deposits)
    for (const { symbol, shares, amount, fee } of buys) {
      held[symbol!]!.lots.push({ day, shares, cost: amount.plus(fee), paid: amount.plus(fee) })
      now = now.minus(amount).minus(fee)
    }
    // what a late sale brings came too late for the deposit; what it costs did not
    let later = zero
    for (const got of proceeds(late)) {
      if (got.gt(0)) later = later.plus(got)
      else now = now.plus(got)
    }
    const withdrawals = sums(some('withdrawal'))
    now = now
      .minus(sums(some('fee')))
      .minus(sums(some('tax')))
      .minus(withdrawals)
    const inferred = now.lt(0) ? zero.minus(now).round(2, 3) : zero
    cash = now.plus(inferred).plus(later)
    const left = some('transfer_out')
    // a transfer takes lots as a sale for their cost would
    for (const line of left) {
      const from = held[line.symbol!]!
      const before = from.realized
      sell(from, line, zero, of.costBasis)
      from.realized = before
    }
    const worthOut = total(left.map(worthAt))
    const worth = Object.fromEntries(
      Object.entries(held)
        .filter(([, { lots }]) => lots.length > 0)
        .map(([symbol]) => [symbol, worthOf(symbol, day, lines, prices) ?? paid[symbol]])
        // what has neither is left out (finance.md, "Prices"): shares of a spin-off whose worth nobody knows
        .filter((each): each is [string, Big] => each[1] !== undefined),
    )
    all.push({
      day,
      held: Object.fromEntries(
        Object.entries(held).map(([symbol, each]) => [
          symbol,
          { ...each, lots: each.lots.map((lot) => ({ ...lot })) },
        ]),
      ),
      cash,
      inferred,
      deposits: deposits.plus(inferred).plus(worthIn),
      withdrawals: withdrawals.plus(worthOut),
      prices: worth,
      value: once(
        total(Object.entries(worth).map(([symbol, price]) => sharesIn(held[symbol]!.lots).times(price))),
      ).plus(cash),
    })
  }
  return all
}

/** Cash that is no trade, no dividend and no money from outside. */
const isAside = (type: string) => type === 'interest' || type === 'fee' || type === 'tax'

/** An amount among lots by their shares; the last one takes the rest. */
function shared(amount: Big, lots: readonly Lot[]): Big[] {
  const all = sharesIn(lots)
  let given = zero
  return lots.map(({ shares }, i) => {
    const part = i === lots.length - 1 ? amount.minus(given) : once(amount.times(shares).div(all))
    given = given.plus(part)
    return part
  })
}

export const sharesIn = (lots: readonly Lot[]) => total(lots.map(({ shares }) => shares))
export const costOf = (lots: readonly Lot[]) => total(lots.map(({ cost }) => cost))

/**
 * The last close, of the shares of its day: a later split that only the ledger knows divides it. Undefined before the
 * first close (finance.md, "Prices").
 */
function worthOf(symbol: string, day: Day, lines: readonly Line[], prices: Prices) {
  const price = prices.price(symbol, day)
  const since = prices.priceDay(symbol, day)
  const own = lines.filter(
    (line) =>
      line.type === 'split' &&
      line.symbol === symbol &&
      line.day > since! &&
      line.day <= day &&
      !isKnown(line, prices),
  )
  if (!price || own.length === 0) return price
  const product = (side: 0 | 1) =>
    own.reduce((all, { ratio }) => all.times(ratio.split(':')[side]!), new Big(1))
  return once(price.times(product(1)).div(product(0)))
}

/** Multiplies the shares held, and gives each lot its part; the last one takes the rest. */
function splitLots(lots: readonly Lot[], numerator: string, denominator: string): void {
  scale(lots, once(sharesIn(lots).times(numerator).div(denominator)))
}

function scale(lots: readonly Lot[], after: Big): void {
  const before = sharesIn(lots)
  let given = zero
  lots.forEach((lot, i) => {
    lot.shares = i === lots.length - 1 ? after.minus(given) : once(after.times(lot.shares).div(before))
    given = given.plus(lot.shares)
  })
}

/** By shares; a lot that had cost less brings the rest as a gain. */
function returnCapital(lots: readonly Lot[], amount: Big): Big {
  const all = sharesIn(lots)
  let given = zero
  let gain = lots.length === 0 ? amount : zero
  lots.forEach((lot, i) => {
    const part = i === lots.length - 1 ? amount.minus(given) : once(amount.times(lot.shares).div(all))
    given = given.plus(part)
    const back = part.gt(lot.cost) ? lot.cost : part
    gain = gain.plus(part).minus(back)
    lot.cost = lot.cost.minus(back)
  })
  return gain
}

/** A split that was recorded is the source's own when the source has that ratio within ten days of it. */
function isKnown({ symbol, day, ratio }: Line, prices: Prices): boolean {
  return prices.known[symbol!]!.splits.some(
    (split) =>
      `${split.numerator}:${split.denominator}` === ratio &&
      split.day >= addDays(day, -10) &&
      split.day <= addDays(day, 10),
  )
}

/** True when too little is left of what was held that morning, the largest sales first, and something was bought. */
function needsPurchases(sale: Line, own: readonly Line[], held: Record<string, Held>): boolean {
  const of = (type: string) => own.filter((line) => line.type === type && line.symbol === sale.symbol)
  if (of('buy').length + of('reinvested').length === 0) return false
  let left = sharesIn(held[sale.symbol!]!.lots)
  const sales = of('sell').toSorted(
    (a, b) => b.shares.cmp(a.shares) || b.amount.cmp(a.amount) || a.fee.cmp(b.fee) || a.number - b.number,
  )
  for (const each of sales) {
    const isLate = !each.shares.lt(left.plus(DUST))
    if (each === sale) return isLate
    if (!isLate) left = each.shares.gt(left.minus(DUST)) ? zero : left.minus(each.shares)
  }
  throw new Error('the sale is one of its day')
}

function sell(of: Held, { shares, day, symbol, lots: named }: Line, got: Big, basis: CostBasis): void {
  const all = sharesIn(of.lots)
  if (!shares.lt(all.plus(DUST))) throw new Error(`${day}: ${symbol} is sold and not held`)
  // less than the smallest amount of shares is sold with the rest
  let wanted = shares.gt(all.minus(DUST)) ? all : shares
  if (basis === 'average') {
    for (const what of ['cost', 'paid'] as const) {
      const whole = total(of.lots.map((lot) => lot[what]))
      let given = zero
      of.lots.forEach((lot, i) => {
        lot[what] = i === of.lots.length - 1 ? whole.minus(given) : once(whole.times(lot.shares).div(all))
        given = given.plus(lot[what])
      })
    }
  }
  let cost = zero
  const take = (lot: Lot, most: Big): Big => {
    if (!lot.shares.gt(most)) {
      cost = cost.plus(lot.cost)
      of.lots.splice(of.lots.indexOf(lot), 1)
      return lot.shares
    }
    const part = once(lot.cost.times(most).div(lot.shares))
    cost = cost.plus(part)
    lot.cost = lot.cost.minus(part)
    lot.paid = lot.paid.minus(once(lot.paid.times(most).div(lot.shares)))
    lot.shares = lot.shares.minus(most)
    return most
  }
  for (const name of named) {
    let left = name.shares?.lt(wanted) ? name.shares : wanted
    for (const lot of of.lots.filter((each) => each.day === name.day)) {
      if (!left.gt(0)) break
      const taken = take(lot, left)
      left = left.minus(taken)
      wanted = wanted.minus(taken)
    }
  }
  while (wanted.gt(0)) wanted = wanted.minus(take(next(of.lots, basis), wanted))
  of.realized = of.realized.plus(got).minus(cost)
}

function next(lots: readonly Lot[], basis: CostBasis): Lot {
  if (basis === 'lifo') return lots.at(-1)!
  if (basis !== 'hifo') return lots[0]!
  return lots.reduce((dearest, lot) =>
    lot.cost.times(dearest.shares).gt(dearest.cost.times(lot.shares)) ? lot : dearest,
  )
}
