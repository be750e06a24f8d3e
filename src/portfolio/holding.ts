import { totalReturn, type TotalReturn } from './benchmark.ts'
import { addDays, type Day, dayAt, dayNumber, dayOf, daysBetween } from './day.ts'
import { type Money, type Price, ratioOf, type Shares, stored, sum, times, toNumber } from './decimal.ts'
import { rateOn } from './exchange-rate.ts'
import type { Split } from './instrument.ts'
import { type Ledger, type Market, positions, priceOn } from './ledger.ts'
import type { Lot } from './lot.ts'
import { type Position, positionOf } from './position.ts'
import { CARRIED_DAYS, lastIndexUpTo } from './price-history.ts'
import { knownToSource, splitShares, unitsToday } from './split.ts'

/** A position valued on a day. Figures that need a price are null without one, and `reason` says why. */
export type Holding = {
  symbol: string
  position: Position
  price: Price | null
  /** The price in the currency the symbol trades in. */
  localPrice: Price | null
  /** The day the price is from. */
  priceDay: Day | null
  value: Money | null
  unrealizedGain: Money | null
  /**
   * The part of realized and unrealized gain that came from exchange rates: the cost in the symbol's own currency ×
   * (the rate now, or of the sale, − the rate of the buy). The rest came from prices (finance.md, "Price gain and
   * currency gain").
   */
  currencyGain: Money | null
  /** Unrealized gain ÷ cost of the open lots. */
  gainRatio: number | null
  /** Market value ÷ that of all holdings with a price. */
  weight: number | null
  /**
   * Null when one of the two prices is missing. It is 0 on a base of 0 for a position that was sold out before the
   * latest session, and 0 on its value for a delisted one, whose price is of an earlier day.
   */
  dayChange: DayChange | null
  /** By benchmark, the return that the cost of the open lots would have made in it, bought on the same days. */
  benchmarks: Record<string, number | null>
  reason: string | null
}

/** Gain since the previous session's close, without the money that came or went during the day. */
type DayChange = { amount: Money; base: Money }

/**
 * Returns every symbol ever traded, valued at the end of a day. Closed positions are included, with 0 shares.
 * Prices do not change positions, so a caller that values them again passes the ones it has.
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

/**
 * Returns Σ Vᵢ·adj(now)/adj(dᵢ) ÷ Σ Vᵢ − 1 over lots, or over what a sale took of them; null without them or a price (finance.md, "Benchmark
 * of lots").
 */
export function sameLots(
  lots: readonly Pick<Lot, 'date' | 'cost'>[],
  index: TotalReturn,
  asOf: Day,
): number | null {
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
 * Returns V_end − V_prev − net flow of the day, and its base V_prev + inflow, for the day the price is from
 * (finance.md, "Day change"). The previous close is that of the previous session, across weekends and holidays: the
 * source's own when it gave one, else the bar before. Null without it.
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
  // newest first, so that the walk ends early: most trades are older than the price's day and do not matter
  for (let i = ledger.transactions.length - 1; i >= 0; i--) {
    const transaction = ledger.transactions[i]!
    const { type, date } = transaction
    if (date < now.day) break
    if (transaction.symbol !== symbol || date > asOf) continue
    if (type === 'split') isSplit ||= !knownToSource(transaction, splits)
    if (type !== 'buy' && type !== 'sell') continue
    const shares = splitShares(transaction.shares!, unitsToday(transaction, splits))
    before -= type === 'buy' ? shares : -shares
    // trades after the price's day are not in that day's change
    if (date > now.day) after -= type === 'buy' ? shares : -shares
    else if (type === 'buy') bought += transaction.amount
    else sold += transaction.amount
  }
  if (isSplit) {
    // the source does not know this split: yesterday's close is for yesterday's shares
    before = sharesOn(ledger, symbol, splits, addDays(now.day, -1))
    after = sharesOn(ledger, symbol, splits, now.day)
  }
  const start = times(before, previous)
  return { amount: times(after, now.price) - start - bought + sold, base: start + bought }
}

type PricedHolding = { price: Price; day: Day }

const noPart: DayChange = { amount: 0n, base: 0n }

/**
 * A position that was sold out has its last change on the day of its last sale; it needs no price of that day. It
 * drops out once its exchange has had a later session, which the prices of other symbols with the same clock show.
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

/** The last day on which any symbol of the same time zone had a price; null when none had. */
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
 * Returns the close of the session before a day in the base currency. For a foreign symbol it is converted at that
 * session's rate. Null when the close or the rate is not known.
 */
export function previousClose(ledger: Ledger, symbol: string, day: Day): Price | null {
  const market = ledger.markets.get(symbol)
  if (!market) return null
  const { close, session } = sessionBefore(market, day)
  if (!market.foreign || close === null) return close
  const rate = rateOn(market.foreign, session)
  return rate && times(close, rate)
}

/**
 * Returns the close of the session before a day, in the trading currency, and that session's day. The close is null
 * when unknown.
 */
export function sessionBefore(
  { instrument, prices, quote, foreign }: Market,
  day: Day,
): { close: Price | null; session: Day } {
  const own = foreign?.prices ?? prices
  const index = lastIndexUpTo(own, dayNumber(day) - 1)
  const isQuoted = quote?.previousClose && instrument && dayAt(quote.at, instrument.timeZone) === day
  return {
    close: isQuoted ? stored(quote.previousClose!) : index >= 0 ? own.closes[index]! : null,
    // without bars the day of that session is not known; the day before is near enough
    session: index >= 0 ? dayOf(own.days[index]!) : addDays(day, -1),
  }
}
