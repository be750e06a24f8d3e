import { dayNumber } from './day.ts'
import type { Price } from './decimal.ts'
import type { LedgerAt, Market } from './ledger.ts'
import { historyOf } from './price-history.ts'
import { TIME_ZONE } from './time.ts'
import type { Transaction } from './transaction.ts'

/**
 * Returns the ledger with the prices that its owner has stated. A symbol that has any is priced by hand: nothing of the
 * source counts for it, neither closes nor splits nor dividends. Of several prices of a day the last one counts. All are
 * in the currency of the latest one; those in another are left out (finance.md, "Prices").
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
  const currencyOf = (row: Transaction) =>
    row.currency ?? row.listingCurrency ?? known?.currency ?? baseCurrency
  const currency = currencyOf(rows.at(-1)!)
  const closes = new Map<number, Price>()
  for (const row of rows) if (currencyOf(row) === currency) closes.set(dayNumber(row.date), row.amount)
  const about = known ?? { symbol, name: symbol, kind: 'other', exchange: '', timeZone: TIME_ZONE }
  return {
    instrument: { ...about, currency },
    prices: historyOf(closes.keys(), [...closes.values()]),
    splits: [],
    dividends: [],
    quote: null,
    byHand: true,
  }
}
