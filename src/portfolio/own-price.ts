import { type Day, dayNumber } from './day.ts'
import type { Price } from './decimal.ts'
import type { Instrument } from './instrument.ts'
import type { LedgerAt, Market, StoredMarket } from './ledger.ts'
import { type OwnInstrument, ownInstruments } from './own-instrument.ts'
import { historyOf, noPrices } from './price-history.ts'
import { TIME_ZONE } from './time.ts'
import type { Transaction } from './transaction.ts'

/** Why something that its owner prices has no price. */
export const UNPRICED = 'no own price has been entered yet'

/**
 * Returns the ledger with the prices that its owner has stated. A symbol that has any is priced by hand: nothing of the
 * source counts for it, neither closes nor splits nor dividends (finance.md, "Prices").
 */
export function withOwnPrices(ledger: LedgerAt<'as recorded'>): LedgerAt<'as recorded'> {
  const ownPrices = ledger.transactions.filter(({ type }) => type === 'price')
  if (ownPrices.length === 0) return ledger
  const markets = new Map(ledger.markets)
  for (const [symbol, rows] of Map.groupBy(ownPrices, (row) => row.symbol!))
    markets.set(symbol, pricedByHand(symbol, rows, ledger))
  const transactions = ledger.transactions.filter(({ type }) => type !== 'price')
  return { ...ledger, transactions, ownPrices, markets }
}

function pricedByHand(
  symbol: string,
  rows: readonly Transaction[],
  { markets, baseCurrency }: LedgerAt<'as recorded'>,
): Market {
  const known = markets.get(symbol)?.instrument ?? null
  const { currency, prices } = countedPrices(
    rows,
    (row) => row.currency ?? row.listingCurrency ?? known?.currency ?? baseCurrency,
  )
  return {
    instrument: known ? { ...known, currency } : asInstrument({ symbol, name: symbol, currency }),
    prices: historyOf([...prices.keys()].map(dayNumber), [...prices.values()]),
    splits: [],
    dividends: [],
    quote: null,
    byHand: true,
  }
}

/**
 * Returns those of one symbol's own prices that count, by day; the rows are in order. Of several of a day it is the last
 * one. All are in the currency of the latest one; those in another are left out.
 */
export function countedPrices<Row extends Pick<Transaction, 'date' | 'amount'>>(
  rows: readonly Row[],
  currencyOf: (row: Row) => string,
): { currency: string; prices: Map<Day, Price> } {
  const currency = currencyOf(rows.at(-1)!)
  const prices = new Map<Day, Price>()
  for (const row of rows) if (currencyOf(row) === currency) prices.set(row.date, row.amount)
  return { currency, prices }
}

/**
 * Returns what makes one symbol's own prices, in their order of entry, those of a list in a currency: the rows that go, and the
 * prices that come. A row that says the same stays, of several of a day the last one; no day is twice in the list.
 */
export function changedPrices<
  Row extends Pick<Transaction, 'date' | 'amount' | 'currency'> & { listingCurrency?: string | null },
>(
  rows: readonly Row[],
  prices: readonly { date: Day; price: Price }[],
  currency: string,
): { gone: Row[]; added: { date: Day; price: Price }[] } {
  const counted = new Map(rows.map((row) => [row.date, row]))
  const stays = new Map(
    prices.flatMap(({ date, price }) => {
      const row = counted.get(date)
      return row?.amount === price && (row.currency ?? row.listingCurrency) === currency ? [[date, row]] : []
    }),
  )
  return {
    gone: rows.filter((row) => stays.get(row.date) !== row),
    added: prices.filter(({ date }) => !stays.has(date)),
  }
}

/**
 * Returns the markets with what an owner prices in place of what a source says of it, where the transactions name it. What
 * is priced is said by rows of its own (`withOwnPrices`); until there is one it has no price.
 */
export function withOwnInstruments(
  markets: Map<string, StoredMarket>,
  kept: readonly string[],
  transactions: readonly Transaction[],
): Map<string, StoredMarket> {
  const own = ownInstruments(kept)
  if (own.length === 0) return markets
  const named = new Set(transactions.flatMap(({ symbol, terms }) => [symbol, terms?.newSymbol]))
  for (const each of own)
    if (named.has(each.symbol))
      markets.set(each.symbol, {
        instrument: asInstrument(each),
        bars: noPrices,
        splits: [],
        dividends: [],
        quote: null,
        byHand: true,
      })
  return markets
}

function asInstrument(own: OwnInstrument): Instrument {
  return { ...own, kind: 'other', exchange: '', timeZone: TIME_ZONE }
}
