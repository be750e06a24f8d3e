import { symbolsOfAll } from '../portfolio/benchmark-spelling.ts'
import { addDays, type Day, dayNumber, dayOf } from '../portfolio/day.ts'
import { UNPRICED } from '../portfolio/own-price.ts'
import { type Price, ratioOf, sum, text, toNumber } from '../portfolio/decimal.ts'
import { type Holding, sessionBefore } from '../portfolio/holding.ts'
import type { Ledger, Market } from '../portfolio/ledger.ts'
import type { Sale } from '../portfolio/sale.ts'
import { STALE_DAYS, lastIndexUpTo, type PriceHistory, upTo } from '../portfolio/price-history.ts'
import { type ProposedActions, proposedActions } from './proposed-actions.ts'
import { type LotRow, lotRows } from './lot-row.ts'
import { decisions } from '../metrics/decisions.ts'
import { gaps } from '../metrics/gap.ts'
import { type Range, rangeStarts } from '../metrics/range.ts'
import { benchmarksOfSales, ownReturns, stakesOf, versus } from '../metrics/total-return.ts'
import type { HoldingRow, Quoting } from './holding-row.ts'
import { holdingNow } from './holdings-table.ts'
import { type QuoteAge, quoteAge } from './quote-age.ts'
import { type RecordedRow, recordedRow } from './transaction-row.ts'

/** Everything that one page shows about a symbol: what the market knows of it, and what the portfolio did with it. */
export type Factsheet = QuoteAge & {
  name: string
  /** Null until the source has answered. */
  exchange: string | null
  currency: string
  /** The latest price, in `currency`. */
  price: string | null
  price_day: Day | null
  /** The change since the previous session's close, in `currency`. */
  day_change: string | null
  day_change_ratio: number | null
  /** Why there is no price, in the source's words or ours. */
  reason: string | null
  /** The change of the price by range of the chart, without dividends. */
  changes: Record<Range, number | null>
  /** The first day of the stored history. */
  since: Day | null
  is_benchmark: boolean
  /** What the portfolio holds and held of it; null when it never traded it. */
  position: HoldingRow | null
  /** Oldest first. */
  lots: (LotRow & VersusMoney)[]
  /** By benchmark, the part in the gap of what was sold out: with the parts of the lots it is the position's. */
  sold_out: VersusMoney['vs_money']
  /** Newest first. */
  sales: SaleRow[]
  /**
   * What one share was paid, in today's share units, newest first: since the first trade, or during the last year.
   */
  payments: { day: Day; amount: string; currency?: string; note?: string }[]
  /** Newest first. */
  splits: { day: Day; numerator: number; denominator: number }[]
  /** What may have become of its shares, and what of that the owner has dismissed. */
  actions: ProposedActions
  /** True where the owner's prices count, and nothing of a source. */
  by_hand: boolean
  /** Newest first, each in its own currency. */
  own_prices: { id: string; day: Day; price: string; currency: string }[]
  /** Newest first, as recorded. */
  transactions: RecordedRow[]
}

/** By benchmark: of a lot, the part of its purchase in the gap; of a sale, what selling has won or lost until now. */
type VersusMoney = { vs_money: Record<string, string | null> }

export type SaleRow = VersusMoney & {
  transaction: string
  date: Day
  /** In today's share units. */
  shares: string
  proceeds: string | null
  cost: string | null
  gain: string | null
  /** Gain ÷ cost: the return of the price, without dividends. */
  gain_ratio: number | null
  /** The total return on the cost of its lots up to the sale, dividends reinvested. */
  total_return: number | null
  /** By benchmark, the return of the same cost in it. */
  benchmarks: Record<string, number | null>
  /** By benchmark: `total_return` − the benchmark's. */
  vs: Record<string, number | null>
}

/** Returns null for a symbol that the portfolio has nothing to do with. */
export function factsheet(
  ledger: Ledger,
  symbol: string,
  about: Quoting & { refusals: ReadonlyMap<string, string> },
): Factsheet | null {
  const market = ledger.markets.get(symbol)
  if (!market) return null
  const { instrument } = market
  const prices = upTo(market.foreign?.prices ?? market.prices, ledger.today)
  const own = ledger.transactions.filter((transaction) => transaction.symbol === symbol)
  const held = holdingNow(ledger, symbol, about)
  const lots = held ? lotRows(ledger, held.holding, ledger.today) : []
  const versusMoney = moneyOf(ledger, symbol)
  const last = prices.closes.at(-1)
  const lastDay = last === undefined ? null : dayOf(prices.days.at(-1)!)
  const since = own[0]?.date ?? addDays(ledger.today, -365)
  const currency = instrument?.currency ?? ledger.baseCurrency
  return {
    ...quoteAge(ledger, symbol, about.quoteFetchedAt),
    name: instrument?.name ?? symbol,
    exchange: instrument?.exchange ?? null,
    currency,
    price: last === undefined ? null : text(last),
    price_day: lastDay,
    ...sessionChange(market, last ?? null, lastDay),
    reason:
      last !== undefined
        ? (held?.holding.reason ?? null)
        : market.byHand
          ? UNPRICED
          : (about.refusals.get(symbol) ?? null),
    changes: changesOf(prices),
    since: prices.days.length > 0 ? dayOf(prices.days[0]!) : null,
    is_benchmark: symbolsOfAll(ledger.benchmarks).includes(symbol),
    position: held?.row ?? null,
    lots: lots.map((lot) => ({ ...lot, vs_money: versusMoney.of(lot.transaction) })),
    sold_out: versusMoney.without(lots.map(({ transaction }) => transaction)),
    sales: held ? salesOf(ledger, held.holding, versusMoney) : [],
    payments: market.dividends
      .filter(({ day }) => day >= since && day <= ledger.today)
      .map(({ day, amount, currency, note }) => ({
        day,
        amount: String(amount),
        ...(currency !== undefined && { currency }),
        ...(note !== undefined && { note }),
      }))
      .toReversed(),
    splits: market.splits.filter(({ day }) => day <= ledger.today).toReversed(),
    actions: proposedActions(ledger, symbol),
    by_hand: market.byHand === true,
    own_prices: (ledger.ownPrices ?? [])
      .filter((row) => row.symbol === symbol)
      .map(({ id, date, amount, currency: own }) => ({
        id,
        day: date,
        price: text(amount),
        currency: own ?? currency,
      }))
      .toReversed(),
    transactions: ledger.transactions
      .filter((each) => !each.isPart && (each.symbol === symbol || each.terms?.newSymbol === symbol))
      .toReversed()
      .map((transaction) => recordedRow(ledger, transaction.entry ?? transaction)),
  }
}

function salesOf(
  ledger: Ledger,
  { symbol, position: { sales, unknown } }: Holding,
  versusMoney: InMoney,
): SaleRow[] {
  const known = unknown.realized === undefined
  const own = ownReturns(ledger, symbol)
  const returns = benchmarksOfSales(ledger)
  return sales.toReversed().map((sale: Sale) => {
    const { transaction, date, shares, proceeds, cost, gain } = sale
    const returned = known ? own(stakesOf(sale), date).ratio : null
    const benchmarks = returns(sale)
    return {
      transaction,
      date,
      shares: text(shares),
      proceeds: known ? text(proceeds) : null,
      cost: known ? text(cost) : null,
      gain: known ? text(gain) : null,
      gain_ratio: known ? ratioOf(gain, cost) : null,
      total_return: returned,
      benchmarks,
      vs: versus(returned, benchmarks),
      vs_money: versusMoney.of(transaction),
    }
  })
}

type InMoney = ReturnType<typeof moneyOf>

/** What each purchase and sale of a symbol has won or lost against each benchmark (metrics/decisions.ts). */
function moneyOf(ledger: Ledger, symbol: string) {
  const whole = gaps(ledger, ledger.benchmarks, { asOf: ledger.today, by: 'lot' })
  const found = whole.map((byLot) => {
    const { benchmark } = byLot
    const own = decisions(ledger, byLot).filter((decision) => decision.symbol === symbol)
    return {
      benchmark,
      parts: byLot.parts.filter((part) => part.symbol === symbol),
      decided: new Map(own.map((decision) => [decision.transaction, decision.gap])),
    }
  })
  return {
    of: (transaction: string) =>
      Object.fromEntries(
        found.map(({ benchmark, decided }) => [benchmark, text(decided.get(transaction) ?? null)]),
      ),
    without: (lots: readonly (string | null)[]) =>
      Object.fromEntries(
        found.map(({ benchmark, parts }) => [
          benchmark,
          text(sum(parts.filter(({ lot }) => !lots.includes(lot ?? null)).map((part) => part.gap))),
        ]),
      ),
  }
}

/** Returns the change from the previous session's close to the latest price, as an amount and as a ratio. */
function sessionChange(
  market: Market,
  last: Price | null,
  day: Day | null,
): Pick<Factsheet, 'day_change' | 'day_change_ratio'> {
  const close = last === null || day === null ? null : sessionBefore(market, day).close
  const grown = last === null || close === null ? null : ratioOf(last, close)
  return {
    day_change: grown === null ? null : text(last! - close!),
    day_change_ratio: grown === null ? null : grown - 1,
  }
}

/** As in the chart: from the last close on or before the first day of each range. */
function changesOf(prices: PriceHistory): Factsheet['changes'] {
  const since = (start: (last: Day) => Day | null) => {
    const last = prices.days.at(-1)
    if (last === undefined) return null
    const day = start(dayOf(last))
    const from = day === null ? 0 : lastIndexUpTo(prices, dayNumber(day))
    const isKnown = from >= 0 && (day === null || dayNumber(day) - prices.days[from]! <= STALE_DAYS)
    const then = isKnown ? toNumber(prices.closes[from]!) : 0
    return then > 0 ? toNumber(prices.closes.at(-1)!) / then - 1 : null
  }
  return Object.fromEntries(
    Object.entries(rangeStarts).map(([range, start]) => [range, since(start)]),
  ) as Factsheet['changes']
}
