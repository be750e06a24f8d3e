import { type Day, daysBetween } from '../portfolio/day.ts'
import { ratioOf, text, times } from '../portfolio/decimal.ts'
import type { Holding } from '../portfolio/holding.ts'
import type { QuarantinedQuote } from '../portfolio/instrument.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { paidFor } from '../portfolio/lot.ts'
import { STALE_DAYS } from '../portfolio/price-history.ts'
import { gaps } from '../metrics/gap.ts'
import { contributions } from '../metrics/contribution.ts'
import { priceGainOf } from '../metrics/gains.ts'
import { dividendYields, nothingHeld } from '../metrics/dividend-yield.ts'
import { holdingXirrs } from '../metrics/holding-xirr.ts'
import { type OwnReturn, ownReturns, versus } from '../metrics/total-return.ts'
import type { HoldingPart } from './group-facts.ts'
import { type QuoteAge, quoteAge } from './quote-age.ts'

export type HoldingRow = QuoteAge & {
  name: string
  shares: string
  /** In `currency`; every other amount is in the portfolio's. */
  price: string | null
  /** The day of the price. */
  price_day: Day | null
  /** Where the price comes from: the owner, the market, or the latest trade. */
  price_from: 'own' | 'market' | 'paid' | null
  /** The currency it trades in. */
  currency: string
  market_value: string | null
  cost_basis: string | null
  unrealized_gain: string | null
  /** Unrealized gain ÷ cost: the return of the price, without dividends. */
  gain_ratio: number | null
  /** The total return on the cost of the open lots, dividends reinvested. */
  total_return: number | null
  realized_gain: string | null
  /** Unrealized + realized gain, divided into the effect of prices and that of exchange rates. */
  price_gain: string | null
  currency_gain: string | null
  dividends: string | null
  /** Realized + unrealized gain + dividends + interest − its own fees and taxes: its part of the total gain. */
  contribution: string | null
  xirr: number | null
  dividend_yield: number | null
  yield_on_cost: number | null
  weight: number | null
  day_change: string | null
  day_change_ratio: number | null
  /** By benchmark: the return of the cost of the open lots in it, dividends reinvested. */
  benchmarks: Record<string, number | null>
  /** By benchmark: `total_return` − the benchmark's. */
  vs: Record<string, number | null>
  /** By benchmark: what it adds to the portfolio's gap or takes from it, in money. */
  vs_money: Record<string, string | null>
  /** The source's price that is held for review and not shown, and the reason. */
  quarantined: Quarantined | null
  /** Why it has no price, or no price that will change. */
  reason: string | null
  /** By figure: why it is missing, or a remark on it. */
  reasons: Record<string, string>
  /** In a group: what each of its portfolios holds of it. */
  parts?: HoldingPart[]
}

export type Quarantined = { price: string; currency: string; at: number; reason: string }

/** The times of quotes and prices held for review belong to today only. */
export type Quoting = {
  quoteFetchedAt: ReadonlyMap<string, number>
  /** Prices held for review. */
  held: ReadonlyMap<string, QuarantinedQuote>
}

/** Makes the row of one holding of a day. */
export function holdingRow(
  ledger: Ledger,
  holding: Holding,
  own: OwnFigures,
  quoting: Quoting,
  asOf = ledger.today,
): HoldingRow {
  const { position, dayChange } = holding
  const { unknown } = position
  const contribution = own.contribution.of.get(holding.symbol) ?? null
  const xirr = own.xirr.get(holding.symbol)!
  const dividends = own.dividends.of.get(holding.symbol) ?? nothingHeld
  const instrument = ledger.markets.get(holding.symbol)?.instrument
  const age = quoteAge(ledger, holding.symbol, quoting.quoteFetchedAt, asOf)
  const { priceDay } = holding
  const returned = totalReturnOf(ledger, holding, asOf)
  const parts = own.parts.map(({ benchmark, of: all }) => ({
    benchmark,
    part: all.get(holding.symbol),
  }))
  return {
    ...age,
    name: instrument?.name ?? holding.symbol,
    shares: text(position.shares),
    price: text(holding.localPrice),
    price_day: priceDay,
    price_from: holding.priceFrom,
    currency: instrument?.currency ?? ledger.baseCurrency,
    market_value: text(holding.value),
    cost_basis: unknown.cost === undefined ? text(position.cost) : null,
    unrealized_gain: text(holding.unrealizedGain),
    gain_ratio: holding.gainRatio,
    total_return: returned.ratio,
    realized_gain: unknown.realized === undefined ? text(position.realizedGain) : null,
    price_gain: text(priceGainOf(holding)),
    currency_gain: text(holding.currencyGain),
    dividends: unknown.dividends === undefined ? text(position.dividends) : null,
    contribution: text(contribution),
    xirr: xirr.rate,
    dividend_yield: dividends.dividend_yield,
    yield_on_cost: dividends.yield_on_cost,
    weight: holding.weight,
    day_change: dayChange && text(dayChange.amount),
    day_change_ratio: dayChange && ratioOf(dayChange.amount, dayChange.base),
    benchmarks: holding.benchmarks,
    vs: versus(returned.ratio, holding.benchmarks),
    // a position that moved no money has no part in the gap
    vs_money: Object.fromEntries(
      parts.map(({ benchmark, part }) => [benchmark, part ? text(part.gap) : '0']),
    ),
    quarantined: quarantined(quoting.held.get(holding.symbol)),
    reason:
      holding.reason ??
      (age.delisted && `not quoted since ${age.delisted}; last price from ${priceDay!}`) ??
      oldPrice(holding, asOf),
    reasons: {
      ...(contribution === null && holding.reason !== null && { contribution: holding.reason }),
      ...(xirr.reason !== null && { xirr: xirr.reason }),
      ...(position.shares > 0n && returned.reason !== null && { total_return: returned.reason }),
      ...(dayChange === null && { day_change: noChange(holding) }),
      ...dividends.reasons,
      ...Object.fromEntries(
        parts.flatMap(({ benchmark, part }) =>
          part?.reason == null ? [] : [[`vs_money.${benchmark}`, part.reason]],
        ),
      ),
    },
  }
}

/** Every holding's figures that one walk over the ledger yields. */
export type OwnFigures = ReturnType<typeof ownFigures>

/** Walks the ledger once for the figures of every holding. */
export function ownFigures(ledger: Ledger, valued: readonly Holding[], asOf: Day) {
  const all = gaps(ledger, ledger.benchmarks, { asOf })
  return {
    contribution: contributions(ledger, valued, asOf),
    xirr: holdingXirrs(ledger, valued, asOf),
    dividends: dividendYields(ledger, valued, asOf),
    gaps: all,
    parts: all.map(({ benchmark, parts }) => ({
      benchmark,
      of: new Map(parts.map((part) => [part.symbol, part])),
    })),
  }
}

function totalReturnOf(ledger: Ledger, { symbol, position, price, reason }: Holding, asOf: Day): OwnReturn {
  if (price === null || position.unknown.cost !== undefined) return { ratio: null, reason: reason ?? '' }
  const stakes = position.lots.map((lot) => ({
    date: lot.date,
    cost: paidFor(lot),
    end: times(lot.shares, price),
  }))
  return ownReturns(ledger, symbol)(stakes, asOf)
}

function quarantined(held: QuarantinedQuote | undefined): Quarantined | null {
  if (!held) return null
  const { price, currency, at, reason } = held
  return { price, currency, at, reason }
}

function noChange({ symbol, reason }: Holding): string {
  return reason ?? `an amount of ${symbol} since the previous close is missing`
}

/** Returns a remark on a price that is no recent close; null for one that is. */
function oldPrice({ position, priceFrom, priceDay }: Holding, asOf: Day): string | null {
  if (position.shares === 0n || priceDay === null) return null
  if (priceFrom === 'own') return `at the price stated for ${priceDay}`
  if (priceFrom === 'paid') return `at the price paid on ${priceDay}`
  return daysBetween(priceDay, asOf) > STALE_DAYS ? `last price from ${priceDay}` : null
}
