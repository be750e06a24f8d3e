import { totalReturn, type TotalReturn } from './benchmark.ts'
import { type DayChange, dayChanges } from './day-change.ts'
import { addDays, type Day, dayAt, dayNumber, dayOf } from './day.ts'
import { type Money, over, type Price, ratioOf, stored, sum, times, toNumber } from './decimal.ts'
import { rateOn } from './exchange-rate.ts'
import { type Ledger, type Market, type Priced, positions, priceOn } from './ledger.ts'
import { type Lot, paidFor } from './lot.ts'
import { firstUnknown, type Position } from './position.ts'
import { lastIndexUpTo } from './price-history.ts'

/** A position valued on a day. Figures that need a price are null without one, and `reason` says why. */
export type Holding = {
  symbol: string
  position: Position
  price: Price | null
  /** The price in the currency the symbol trades in. */
  localPrice: Price | null
  /** The day the price is from. */
  priceDay: Day | null
  /** Where it is from: the owner, the market, or what a trade paid. */
  priceFrom: 'own' | 'market' | 'paid' | null
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
  /** The change since the close before the latest session (day-change.ts); null when an amount is not known. */
  dayChange: DayChange | null
  /** By benchmark, the return that the cost of the open lots would have made in it, bought on the same days. */
  benchmarks: Record<string, number | null>
  reason: string | null
}

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
  const changes = dayChanges(ledger, valued, asOf)
  for (const holding of valued) holding.dayChange = changes.of.get(holding.symbol) ?? null
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
  const unknownCost = position.unknown.cost ?? null
  const unrealizedGain = value === null || unknownCost !== null ? null : value - position.cost
  const market = ledger.markets.get(symbol)
  // what stands at the price paid has the rate of that day
  const rateDay = known?.from === 'paid' ? known.day : asOf
  return {
    symbol,
    position,
    price: known?.price ?? null,
    localPrice: known && localPrice(market, known),
    priceDay: known?.day ?? null,
    priceFrom: known?.from ?? null,
    value,
    unrealizedGain,
    currencyGain: unrealizedGain === null ? null : currencyGain(market, position, rateDay),
    gainRatio: ratioOf(unrealizedGain, position.cost),
    weight: null,
    dayChange: null,
    benchmarks: Object.fromEntries(
      indexes.map(([benchmark, index]) => [
        benchmark,
        unknownCost === null ? sameLots(position.lots, index, asOf) : null,
      ]),
    ),
    reason:
      firstUnknown(position) ??
      (known || position.shares === 0n ? null : (priced as { reason: string }).reason),
  }
}

/** A paid price is in the ledger's money; in the symbol's currency it is at the rate of its day. */
function localPrice(market: Market | undefined, known: PricedHolding): Price | null {
  const { foreign } = market ?? {}
  if (!foreign) return known.price
  if (known.from !== 'paid')
    return foreign.prices.closes[lastIndexUpTo(foreign.prices, dayNumber(known.day))]!
  const rate = rateOn(foreign, known.day)
  return rate && over(known.price, rate)
}

type PricedHolding = Extract<Priced, { price: Price }>

/** Takes the day whose rate the value is at. */
function currencyGain(market: Market | undefined, position: Position, rateDay: Day): Money | null {
  if (!market?.foreign) return 0n
  if (position.hasUnknownFxCost || position.unknown.realized !== undefined) return null
  const { rates } = market.foreign
  const now = rates.closes[lastIndexUpTo(rates, dayNumber(rateDay))]
  if (now === undefined) return null
  const spent = sum(position.lots.map(({ local }) => local ?? 0n))
  return position.realizedCurrencyGain + times(spent, now) - position.cost
}

/**
 * Returns Σ Vᵢ·adj(now)/adj(dᵢ) ÷ Σ Vᵢ − 1 over lots, or over what a sale took of them; null without them or a price
 * (finance.md, "Benchmark of lots").
 */
export function sameLots(
  lots: readonly Pick<Lot, 'date' | 'cost' | 'paid'>[],
  index: TotalReturn,
  asOf: Day,
): number | null {
  const now = index(asOf)
  let spent = 0
  let grown = 0
  for (const lot of lots) {
    const then = index(lot.date)
    if (now === null || then === null) return null
    const paid = toNumber(paidFor(lot))
    spent += paid
    grown += (paid * now) / then
  }
  return spent > 0 ? grown / spent - 1 : null
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
