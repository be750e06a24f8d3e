import { and, asc, gte, inArray, sql } from 'drizzle-orm'
import { inBaseCurrency, pairOf } from '../portfolio/currency.ts'
import { type Day, addDays } from '../portfolio/day.ts'
import type { Bar } from '../portfolio/instrument.ts'
import { type Ledger, market } from '../portfolio/ledger.ts'
import { inOrder } from '../portfolio/transaction.ts'
import type { Database } from './database.ts'
import {
  asDividend,
  asSplit,
  inSymbols,
  type HistoryState,
  type StoredQuote,
  unpacked,
} from './market-data.ts'
import { type Portfolio, symbolsOf } from './portfolios.ts'
import { bars, corporateActions, histories, instruments, quotes } from './schema.ts'
import { withRates } from './tracked.ts'
import { type Recorded, recorded, selectTransactions } from './transactions.ts'

/** One portfolio's ledger, and how current what it was made of is. */
export type LedgerRead = {
  ledger: Ledger
  transactions: Recorded[]
  quotes: Map<string, StoredQuote>
  histories: Map<string, HistoryState>
}

/**
 * Two trips to D1: the transactions, then all that the market says of their symbols, the benchmarks and the
 * currencies these trade in. The ledger is in the portfolio's currency; the transactions beside it as recorded.
 */
export async function readLedger(db: Database, portfolio: Portfolio, today: Day): Promise<LedgerRead> {
  const transactions = (await selectTransactions(db, portfolio.id)).map(recorded)
  const symbols = symbolsOf(portfolio, transactions)
  const first = transactions.reduce((day, t) => (t.date < day ? t.date : day), today)
  const firstYear = Number(addDays(first, -10).slice(0, 4))
  const needed = withRates(symbols, portfolio.baseCurrency)
  const [instrumentRows, quoteRows, barRows, actionRows, historyRows] = await db.batch([
    db
      .select()
      .from(instruments)
      .where(sql`${instruments.symbol} IN ${needed}`),
    db
      .select()
      .from(quotes)
      .where(sql`${quotes.symbol} IN ${needed}`),
    db
      .select()
      .from(bars)
      .where(and(sql`${bars.symbol} IN ${needed}`, gte(bars.year, firstYear)))
      .orderBy(asc(bars.symbol), asc(bars.year)),
    db
      .select()
      .from(corporateActions)
      .where(
        and(
          inSymbols(corporateActions.symbol, symbols),
          inArray(corporateActions.kind, ['split', 'dividend']),
        ),
      )
      .orderBy(asc(corporateActions.day)),
    db
      .select()
      .from(histories)
      .where(sql`${histories.symbol} IN ${needed}`),
  ])
  const barsBySymbol = new Map<string, Bar[]>()
  for (const row of barRows) {
    const own = barsBySymbol.get(row.symbol) ?? []
    own.push(...unpacked(row.year, row.closes))
    barsBySymbol.set(row.symbol, own)
  }
  const pairs = instrumentRows
    .filter(({ symbol, currency }) => symbols.includes(symbol) && currency !== portfolio.baseCurrency)
    .map(({ currency }) => pairOf(currency, portfolio.baseCurrency))
  const quoted = new Map(quoteRows.map((row) => [row.symbol, row]))
  const ledger = inBaseCurrency({
    baseCurrency: portfolio.baseCurrency,
    costBasis: portfolio.costBasis,
    benchmarks: portfolio.benchmarks,
    transactions: inOrder(transactions),
    today,
    markets: new Map(
      [...new Set([...symbols, ...pairs])].map((symbol) => [
        symbol,
        market(
          {
            instrument: instrumentRows.find((row) => row.symbol === symbol) ?? null,
            bars: barsBySymbol.get(symbol) ?? [],
            splits: actionRows.filter((row) => row.symbol === symbol && row.kind === 'split').map(asSplit),
            dividends: actionRows
              .filter((row) => row.symbol === symbol && row.kind === 'dividend')
              .map(asDividend),
            quote: quoted.get(symbol) ?? null,
          },
          today,
        ),
      ]),
    ),
  })
  return {
    ledger,
    transactions,
    quotes: quoted,
    histories: new Map(historyRows.map((row) => [row.symbol, row])),
  }
}
