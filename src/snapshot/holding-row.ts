import { type Day, daysBetween } from '../portfolio/day.ts'
import { type Money, ratioOf, sum, text, times } from '../portfolio/decimal.ts'
import { type Holding, holdings } from '../portfolio/holding.ts'
import type { QuarantinedQuote, Instrument } from '../portfolio/instrument.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { STALE_DAYS } from '../portfolio/price-history.ts'
import type { Trading } from '../portfolio/symbol-state.ts'
import { gaps } from '../metrics/gap.ts'
import { contributions } from '../metrics/contribution.ts'
import { priceGainOf } from '../metrics/gains.ts'
import { dividendYields, nothingHeld } from '../metrics/dividend-yield.ts'
import { changeOfAll } from '../metrics/today.ts'
import { holdingXirrs } from '../metrics/holding-xirr.ts'
import { type OwnReturn, ownReturns, versus } from '../metrics/total-return.ts'
import { type GapSummary, gapSummary } from './gap-summary.ts'
import { type LotRow, lotRows } from './lot-row.ts'

/** The age of a row's quote, and what decides whether that is too old. Instants are in milliseconds. */
export type QuoteAge = {
  symbol: string
  /** Says when the symbol trades, together with the next two. */
  kind: Instrument['kind']
  time_zone: string | null
  session: Instrument['session'] | null
  price_as_of: number | null
  fetched_at: number | null
  /** The first session without a price of a symbol that is no longer quoted. */
  delisted: Day | null
}

/** When the instrument of a row trades. */
export function tradingOf({ kind, time_zone, session }: QuoteAge): Trading {
  return { kind, timeZone: time_zone, session }
}

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
  /** Realized + unrealized gain + dividends − its own fees: its part of the total gain. */
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
}

export type Quarantined = { price: string; currency: string; at: number; reason: string }

export type Totals = {
  market_value: string | null
  cost_basis: string | null
  unrealized_gain: string | null
  realized_gain: string | null
  price_gain: string | null
  currency_gain: string | null
  dividends: string | null
  /** The rows and sums of today, or of a past day. */
  day_change: string | null
  /** Symbols that lack one of the two prices, and are not in this sum. */
  left_out: string[]
  contribution: string | null
  /** Amounts that belong to no holding, such as account fees; with `contribution` they are the total gain. */
  unassigned: string | null
  /** Symbols for which a figure is not known; they are not in its sum. */
  without: string[]
}

/** The times of quotes and prices held for review belong to today only. */
export type Quoting = {
  quoteFetchedAt: ReadonlyMap<string, number>
  /** Prices held for review. */
  held: ReadonlyMap<string, QuarantinedQuote>
}

const pastDay: Quoting = { quoteFetchedAt: new Map(), held: new Map() }

/** Returns the open and closed positions of a day, for the API's `as_of`. With `withLots`, each has its open lots. */
export function holdingsOn(
  ledger: Ledger,
  asOf: Day,
  withLots = false,
): { holdings: HoldingRow[]; closed: HoldingRow[]; totals: Totals; lots: Record<string, LotRow[]> } {
  const valued = holdings(ledger, asOf)
  const open = withLots ? valued.filter(isOpen) : []
  return {
    ...tableOf(ledger, valued, pastDay, asOf),
    lots: Object.fromEntries(open.map((holding) => [holding.symbol, lotRows(ledger, holding, asOf)])),
  }
}

/** Returns the row of one symbol as of now; null when it was never held. */
export function holdingNow(
  ledger: Ledger,
  symbol: string,
  about: Quoting,
): { holding: Holding; row: HoldingRow } | null {
  const valued = holdings(ledger, ledger.today)
  const holding = valued.find((each) => each.symbol === symbol)
  if (!holding) return null
  return { holding, row: holdingRow(ledger, holding, ownFigures(ledger, valued, ledger.today), about) }
}

/** Makes one row for each open and closed position, and their sums. */
export function tableOf(ledger: Ledger, valued: readonly Holding[], quoting: Quoting, asOf = ledger.today) {
  const own = ownFigures(ledger, valued, asOf)
  const rows = (some: readonly Holding[]) =>
    some.map((holding) => holdingRow(ledger, holding, own, quoting, asOf))
  return {
    holdings: rows(valued.filter(isOpen)),
    closed: rows(valued.filter((holding) => !isOpen(holding))),
    totals: totals(ledger, valued, own, asOf),
    gaps: gapSummaries(valued, own),
  }
}

function isOpen({ position }: Holding): boolean {
  return position.shares > 0n
}

/** The results of one walk over the ledger for every holding. */
type OwnFigures = ReturnType<typeof ownFigures>

function ownFigures(ledger: Ledger, valued: readonly Holding[], asOf: Day) {
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

function gapSummaries(valued: readonly Holding[], { gaps }: OwnFigures): Record<string, GapSummary> {
  const rows = new Set(valued.map(({ symbol }) => symbol))
  return Object.fromEntries(gaps.map((each) => [each.benchmark, gapSummary(each, rows)]))
}

function holdingRow(
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
  const age = quoteAge(ledger, holding.symbol, quoting, asOf)
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
      ...(isOpen(holding) && returned.reason !== null && { total_return: returned.reason }),
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

function totalReturnOf(ledger: Ledger, { symbol, position, price, reason }: Holding, asOf: Day): OwnReturn {
  if (price === null || position.unknown.cost !== undefined) return { ratio: null, reason: reason ?? '' }
  const stakes = position.lots.map((lot) => ({ ...lot, end: times(lot.shares, price) }))
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
  if (priceFrom === 'paid') return `at the price paid on ${priceDay}`
  return daysBetween(priceDay, asOf) > STALE_DAYS ? `last price from ${priceDay}` : null
}

/** Returns the age of a symbol's price and when the symbol trades; nulls when nothing is known of it. */
export function quoteAge(
  ledger: Ledger,
  symbol: string,
  { quoteFetchedAt }: Quoting,
  asOf = ledger.today,
): QuoteAge {
  const market = ledger.markets.get(symbol)
  const delisted = market?.delisted
  return {
    symbol,
    kind: market?.instrument?.kind ?? 'other',
    time_zone: market?.instrument?.timeZone ?? null,
    session: market?.instrument?.session ?? null,
    price_as_of: market?.quote?.at ?? null,
    fetched_at: quoteFetchedAt.get(symbol) ?? null,
    delisted: delisted && asOf >= delisted ? delisted : null,
  }
}

function totals(ledger: Ledger, valued: readonly Holding[], { contribution }: OwnFigures, asOf: Day): Totals {
  const without = new Set<string>()
  // unknown amounts are left out and named; a sum without any known amount is null
  const all = (of: (holding: Holding) => Money | null) => {
    const known = valued.flatMap((holding) => of(holding) ?? [])
    for (const holding of valued) if (of(holding) === null) without.add(holding.symbol)
    return known.length === 0 && valued.length > 0 ? null : text(sum(known))
  }
  const { change, leftOut } = changeOfAll(ledger, valued, asOf)
  return {
    market_value: all((holding) => holding.value),
    cost_basis: all(({ position }) => (position.unknown.cost === undefined ? position.cost : null)),
    unrealized_gain: all((holding) => holding.unrealizedGain),
    realized_gain: all(({ position }) =>
      position.unknown.realized === undefined ? position.realizedGain : null,
    ),
    price_gain: all(priceGainOf),
    currency_gain: all((holding) => holding.currencyGain),
    dividends: all(({ position }) => (position.unknown.dividends === undefined ? position.dividends : null)),
    day_change: text(change),
    left_out: leftOut,
    contribution: all((holding) => contribution.of.get(holding.symbol) ?? null),
    unassigned: text(contribution.unassigned),
    without: [...without],
  }
}
