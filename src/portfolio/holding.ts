import { totalReturn, type TotalReturn } from './benchmark.ts'
import { rateOn } from './currency.ts'
import { addDays, type Day, dayAt, dayNumber, dayOf, daysBetween } from './day.ts'
import { type Money, type Price, ratioOf, type Shares, stored, sum, times, toNumber } from './decimal.ts'
import type { Split } from './instrument.ts'
import { type Ledger, type Market, positions, priceOn } from './ledger.ts'
import type { Lot } from './lot.ts'
import { type Position, positionOf } from './position.ts'
import { CARRIED_DAYS, lastIndexUpTo } from './price-history.ts'
import { knownToSource, splitShares, unitsToday } from './split.ts'

/** A position valued on a day. What has no price is null, and `reason` says why. */
export type Holding = {
  symbol: string
  position: Position
  price: Price | null
  /** The same in the currency it trades in. */
  localPrice: Price | null
  /** The day the price is from. */
  priceDay: Day | null
  value: Money | null
  unrealizedGain: Money | null
  /**
   * What exchange rates did to realised and unrealised gain: what the shares cost in their own currency, at the rate
   * now (of those sold, at the sale's) less at the buy's. The rest is what prices did.
   */
  currencyGain: Money | null
  /** Unrealised gain ÷ cost of the open lots. */
  gainRatio: number | null
  /** Part of the market value of all holdings that have a price. */
  weight: number | null
  /**
   * Null where one of the two prices is missing; of a position that no longer has part in the day, 0 on 0; 0 of one
   * that is no longer quoted, whose price is another day's.
   */
  dayChange: DayChange | null
  /** By benchmark: what the money of the open lots would have made in it, bought on the same days. */
  benchmarks: Record<string, number | null>
  reason: string | null
}

/** Gain since the previous session's close, money that came or went during the day taken out. */
type DayChange = { amount: Money; base: Money }

/**
 * Every symbol ever traded, valued at the end of a day; closed positions too, with 0 shares. Prices do not change
 * positions: who values them again passes the ones it has.
 */
export function holdings(
  ledger: Ledger,
  asOf: Day,
  folded: readonly Position[] = positions(ledger, asOf),
): Holding[] {
  const indexes = ledger.benchmarks.map((symbol) => [symbol, totalReturn(ledger, symbol)] as const)
  const valued = folded.map((position) => holdingOf(ledger, position, asOf, indexes))
  const total = toNumber(sum(valued.map((holding) => holding.value ?? 0n)))
  for (const holding of valued) {
    holding.weight = holding.value !== null && total > 0 ? toNumber(holding.value) / total : null
  }
  return valued
}

function holdingOf(
  ledger: Ledger,
  position: Position,
  asOf: Day,
  indexes: readonly (readonly [string, TotalReturn])[],
): Holding {
  const { symbol } = position
  const priced = priceOn(ledger, symbol, asOf)
  const known = 'price' in priced ? priced : null
  const value = position.shares === 0n ? 0n : known && times(position.shares, known.price)
  const { unconverted } = position
  const unrealizedGain = value === null || unconverted !== null ? null : value - position.cost
  const market = ledger.markets.get(symbol)
  return {
    symbol,
    position,
    price: known?.price ?? null,
    localPrice: known && localPrice(market!, known),
    priceDay: known?.day ?? null,
    value,
    unrealizedGain,
    currencyGain: unrealizedGain === null ? null : currencyGain(market, position, asOf),
    gainRatio: ratioOf(unrealizedGain, position.cost),
    weight: null,
    dayChange:
      unconverted !== null
        ? null
        : position.shares === 0n
          ? lastDayChange(ledger, position, known, asOf)
          : market?.delisted && asOf >= market.delisted
            ? { amount: 0n, base: value ?? 0n }
            : known && dayChange(ledger, position, known, asOf),
    benchmarks: Object.fromEntries(
      indexes.map(([benchmark, index]) => [
        benchmark,
        unconverted === null ? sameLots(position.lots, index, asOf) : null,
      ]),
    ),
    reason: known || position.shares === 0n ? unconverted : (priced as { reason: string }).reason,
  }
}

function localPrice({ prices, foreign }: Market, known: { price: Price; day: Day }): Price {
  const own = foreign?.prices ?? prices
  return foreign ? own.closes[lastIndexUpTo(own, dayNumber(known.day))]! : known.price
}

function currencyGain(market: Market | undefined, position: Position, asOf: Day): Money | null {
  if (!market?.foreign) return 0n
  if (position.hasUnknownFxCost) return null
  const { rates } = market.foreign
  const now = rates.closes[lastIndexUpTo(rates, dayNumber(asOf))]
  if (now === undefined) return null
  const spent = sum(position.lots.map(({ local }) => local ?? 0n))
  return position.realizedCurrencyGain + times(spent, now) - position.cost
}

/** Σ Vᵢ·adj(now)/adj(dᵢ) ÷ Σ Vᵢ − 1 over the open lots (finance.md, "Benchmark of lots"). */
function sameLots(lots: readonly Lot[], index: TotalReturn, asOf: Day): number | null {
  const now = index(asOf)
  let spent = 0
  let grown = 0
  for (const lot of lots) {
    const then = index(lot.date)
    if (now === null || then === null) return null
    spent += toNumber(lot.cost)
    grown += (toNumber(lot.cost) * now) / then
  }
  return spent > 0 ? grown / spent - 1 : null
}

/**
 * (V_end − V_prev − net flow of the day) over (V_prev + inflow), for the day the price is from. The previous close
 * is the previous session's, across weekends and holidays: the source's own when it told one, else the bar before.
 */
function dayChange(ledger: Ledger, position: Position, now: PricedHolding, asOf: Day): DayChange | null {
  const { symbol } = position
  const splits = ledger.markets.get(symbol)?.splits ?? []
  const previous = previousClose(ledger, symbol, now.day)
  if (previous === null) return null
  let bought = 0n
  let sold = 0n
  let after: Shares = position.shares
  let before: Shares = position.shares
  let isSplit = false
  // newest first: what was traded before the price's day is most of the ledger, and does not matter
  for (let i = ledger.transactions.length - 1; i >= 0; i--) {
    const transaction = ledger.transactions[i]!
    const { type, date } = transaction
    if (date < now.day) break
    if (transaction.symbol !== symbol || date > asOf) continue
    if (type === 'split') isSplit ||= !knownToSource(transaction, splits)
    if (type !== 'buy' && type !== 'sell') continue
    const shares = splitShares(transaction.shares!, unitsToday(transaction, splits))
    before -= type === 'buy' ? shares : -shares
    // what was traded since the price is not in that day's change
    if (date > now.day) after -= type === 'buy' ? shares : -shares
    else if (type === 'buy') bought += transaction.amount
    else sold += transaction.amount
  }
  if (isSplit) {
    // the source's closes know nothing of it: yesterday's are of yesterday's shares
    before = sharesOn(ledger, symbol, splits, addDays(now.day, -1))
    after = sharesOn(ledger, symbol, splits, now.day)
  }
  const start = times(before, previous)
  return { amount: times(after, now.price) - start - bought + sold, base: start + bought }
}

type PricedHolding = { price: Price; day: Day }

const noPart: DayChange = { amount: 0n, base: 0n }

/**
 * A position sold out has its last change on the day of its last sale, and no price of that day is needed for it. It
 * has no more part once its exchange's clock has come to a later session, as the prices of others there show.
 */
function lastDayChange(
  ledger: Ledger,
  position: Position,
  known: PricedHolding | null,
  asOf: Day,
): DayChange | null {
  const sold = position.sales.at(-1)?.date
  if (sold === undefined || daysBetween(sold, asOf) > CARRIED_DAYS) return noPart
  if (sold < (latestSession(ledger, position.symbol, asOf) ?? asOf)) return noPart
  return known && dayChange(ledger, position, { price: known.price, day: sold }, asOf)
}

/** The last day on which anything that trades by the same clock had a price. */
function latestSession(ledger: Ledger, symbol: string, asOf: Day): Day | null {
  const clock = ledger.markets.get(symbol)?.instrument?.timeZone
  let latest = -Infinity
  for (const { instrument, prices, foreign } of ledger.markets.values()) {
    if (clock !== undefined && instrument?.timeZone !== clock) continue
    const own = foreign?.prices ?? prices
    const index = lastIndexUpTo(own, dayNumber(asOf))
    if (index >= 0) latest = Math.max(latest, own.days[index]!)
  }
  return latest === -Infinity ? null : dayOf(latest)
}

function sharesOn(ledger: Ledger, symbol: string, splits: readonly Split[], day: Day): Shares {
  const own = ledger.transactions.filter((transaction) => transaction.symbol === symbol)
  return positionOf(symbol, own, splits, ledger.costBasis, day).shares
}

/**
 * The price at the close of the session before a day's, in the portfolio's currency; where the symbol trades in
 * another, at that session's rate. Null when it is not known.
 */
export function previousClose(ledger: Ledger, symbol: string, day: Day): Price | null {
  const market = ledger.markets.get(symbol)
  if (!market) return null
  const { close, session } = sessionBefore(market, day)
  if (!market.foreign || close === null) return close
  const rate = rateOn(market.foreign, session)
  return rate && times(close, rate)
}

/** The close of the session before a day's and its day, in the currency the symbol trades in; null as above. */
export function sessionBefore(
  { instrument, prices, quote, foreign }: Market,
  day: Day,
): { close: Price | null; session: Day } {
  const own = foreign?.prices ?? prices
  const index = lastIndexUpTo(own, dayNumber(day) - 1)
  const isQuoted = quote?.previousClose && instrument && dayAt(quote.at, instrument.timeZone) === day
  return {
    close: isQuoted ? stored(quote.previousClose!) : index >= 0 ? own.closes[index]! : null,
    // without bars the day of the session before is not known, but it is not far
    session: index >= 0 ? dayOf(own.days[index]!) : addDays(day, -1),
  }
}
