import { type Decimal, type Money, over, share, shareOut, type Shares, sum } from './decimal.ts'
import type { Holding } from './holding.ts'
import { kindNames } from './instrument.ts'
import type { Ledger } from './ledger.ts'
import { priceOn } from './ledger.ts'
import { reduce } from './lot.ts'
import type { Targets, TargetsBy } from './target.ts'

/** A part of a portfolio and what it is to be; `weight` and `target` are parts of 1. */
export type Part = {
  name: string
  value: Money
  weight: Decimal
  target: Decimal
  /** What of the new money it gets when nothing is sold. */
  buy: Money
  /** What is to be bought of it, or sold (below 0), so that it is what it is to be. */
  trade: Money
}

/** What would be bought or sold of one holding; `shares` are null where its price is not known. */
export type Order = {
  symbol: string
  amount: Money
  shares: Shares | null
  /** What a sale would bring above the cost of the lots that it takes; null for a purchase, and where the cost is not known. */
  realized: Money | null
}

export type Rebalancing = {
  /** What all of it is worth, the new money included. */
  total: Money
  parts: Part[]
  /** What of the new money stays in cash when nothing is sold. */
  kept: Money
  /** Sales first, by symbol; a purchase for a kind or a currency is in `parts` only, because it may be of anything. */
  orders: Order[]
  /** Of all sales; null where one is not known. */
  realized: Money | null
  /** Holdings that have no value, and are left out. */
  unvalued: string[]
}

/**
 * Returns what new money would buy, and what a whole rebalancing would buy and sell, at the latest prices and without
 * fees. Money is in the ledger's currency. Only the new money buys where nothing is sold: it goes to what is furthest below
 * its target, measured by the target, until all of these are as near to it, and to cash by its own target. A sale takes the lots
 * that the cost basis takes first (finance.md, "Targets").
 */
export function rebalancing(
  ledger: Ledger,
  held: readonly Holding[],
  cash: Money,
  targets: Targets,
  money: Money,
): Rebalancing {
  const open = held.filter(({ position }) => position.shares > 0n)
  const valued = open.filter((holding) => holding.value !== null)
  const nameOf = namesOf(ledger, targets.by)
  const values = new Map(targets.weights.map(({ name }) => [name, 0n]))
  for (const holding of valued)
    values.set(nameOf(holding), (values.get(nameOf(holding)) ?? 0n) + holding.value!)
  const wanted = new Map(targets.weights.map(({ name, weight }) => [name, weight]))
  const names = [...values.keys()]
  const all = names.map((name) => ({ value: values.get(name)!, target: wanted.get(name) ?? 0n }))
  const before = sum(all.map(({ value }) => value)) + cash
  const total = before + money
  const bought = filled([...all, { value: cash, target: targets.rest }], money)
  // what is owed in cash is of nobody's target, and the shares are all there is
  const due = shareOut(total > 0n ? total : 0n, [...all.map(({ target }) => target), targets.rest])
  const parts = names.map((name, i): Part => {
    const { value, target } = all[i]!
    return {
      name,
      value,
      weight: before > 0n ? over(value, before) : 0n,
      target,
      buy: bought[i]!,
      trade: due[i]! - value,
    }
  })
  const orders = parts.flatMap((part) => ordersOf(ledger, targets.by, part, valued, nameOf))
  const sales = orders.filter(({ amount }) => amount < 0n)
  return {
    total,
    parts,
    kept: money - sum(bought.slice(0, -1)),
    orders: [...sales, ...orders.filter(({ amount }) => amount > 0n)],
    realized: sum(sales.map(({ realized }) => realized)),
    unvalued: open.flatMap(({ symbol, value }) => (value === null ? [symbol] : [])),
  }
}

function namesOf(ledger: Ledger, by: TargetsBy): (holding: Holding) => string {
  if (by === 'holding') return ({ symbol }) => symbol
  const instrumentOf = ({ symbol }: Holding) => ledger.markets.get(symbol)?.instrument
  return by === 'kind'
    ? (holding) => kindNames[instrumentOf(holding)?.kind ?? 'other']
    : (holding) => instrumentOf(holding)?.currency ?? ledger.baseCurrency
}

/**
 * Divides money so that those furthest below their targets, measured by the target, are raised to one level. In the order of
 * value ÷ target the first ones are raised together to (money + their values) ÷ (their targets), until the next is not below
 * that.
 */
function filled(all: readonly { value: Money; target: Decimal }[], money: Money): Money[] {
  const amounts = all.map(() => 0n)
  const order = all
    .map((each, i) => ({ ...each, i }))
    .filter(({ target }) => target > 0n)
    .toSorted((a, b) => {
      const difference = a.value * b.target - b.value * a.target
      return difference < 0n ? -1 : difference > 0n ? 1 : 0
    })
  if (order.length === 0 || money <= 0n) return amounts
  let count = 1
  let [values, targets] = [order[0]!.value, order[0]!.target]
  for (; count < order.length; count++) {
    const { value, target } = order[count]!
    if ((money + values) * target <= value * targets) break
    values += value
    targets += target
  }
  const raised = order.slice(0, count)
  const levels = shareOut(
    money + values,
    raised.map(({ target }) => target),
  )
  raised.forEach(({ i, value }, at) => (amounts[i] = levels[at]! - value))
  // what was rounded below what there is already is no sale
  const short = sum(amounts.filter((amount) => amount < 0n))
  if (short === 0n) return amounts
  const most = amounts.reduce((best, amount, i) => (amount > amounts[best]! ? i : best), 0)
  return amounts.map((amount, i) => (i === most ? amount + short : amount < 0n ? 0n : amount))
}

function ordersOf(
  ledger: Ledger,
  by: TargetsBy,
  { name, value, trade }: Part,
  valued: readonly Holding[],
  nameOf: (holding: Holding) => string,
): Order[] {
  const own = valued.filter((holding) => nameOf(holding) === name)
  if (trade < 0n) return own.map((holding) => saleOf(ledger, holding, share(-trade, holding.value!, value)))
  if (trade === 0n || by !== 'holding') return []
  const priced = own[0]?.price ?? priceOf(ledger, name)
  return [{ symbol: name, amount: trade, shares: priced ? over(trade, priced) : null, realized: null }]
}

function priceOf(ledger: Ledger, symbol: string): Decimal | null {
  const found = priceOn(ledger, symbol, ledger.today)
  return 'price' in found ? found.price : null
}

function saleOf({ costBasis }: Ledger, { symbol, position, value }: Holding, amount: Money): Order {
  const shares = amount === value ? position.shares : share(position.shares, amount, value!)
  const isKnown = position.unknown.cost === undefined
  const realized = isKnown ? amount - reduce(position.lots, shares, costBasis).cost : null
  return { symbol, amount: -amount, shares, realized }
}
