import { and, asc, gte, inArray, sql } from 'drizzle-orm'
import { type Day, addDays } from '../portfolio/day.ts'
import type { Bar, Dividend, Instrument, Split } from '../portfolio/instrument.ts'
import type { RawLedger } from '../portfolio/prepared-ledger.ts'
import type { Database } from './database.ts'
import { unpacked } from './bars.ts'
import { asDividend, asSplit } from './corporate-actions.ts'
import { inSymbols } from './database.ts'
import type { HistoryState } from './histories.ts'
import type { StoredQuote } from './quotes.ts'
import { type Portfolio, symbolsOf } from './portfolios.ts'
import { bars, corporateActions, histories, instruments, quotes } from './schema.ts'
import { withRates } from './tracked.ts'
import { type Recorded, recorded, selectTransactions } from './transactions.ts'

/** One portfolio's rows, and how current they are. Nothing is calculated here: prepared-ledger.ts makes the ledger. */
export type LedgerRead = {
  raw: RawLedger
  transactions: Recorded[]
  quotes: Map<string, StoredQuote>
  histories: Map<string, HistoryState>
  /** What the next reading can use again. */
  past: Past
}

/** The rows that change only by an edit or with a new history. They are most of the rows, and are not read again. */
export type Past = {
  transactions: Recorded[]
  bars: ReadonlyMap<string, Bar[]>
  splits: ReadonlyMap<string, Split[]>
  dividends: ReadonlyMap<string, Dividend[]>
  /** Identifies the symbols, the first year, and when the history of each symbol was fetched. */
  of: string
}

/**
 * Reads a portfolio's rows in two trips to D1: first the transactions, then the market data of their symbols, of the
 * benchmarks and of the currencies they trade in.
 *
 * With the `past` of an earlier reading it is one trip of three rows a symbol, unless a history has been stored since.
 * The caller passes no `past` after it has written a transaction.
 */
export async function readLedger(
  db: Database,
  portfolio: Portfolio,
  today: Day,
  past: Past | null = null,
): Promise<LedgerRead> {
  const transactions = past?.transactions ?? (await selectTransactions(db, portfolio.id)).map(recorded)
  const symbols = symbolsOf(portfolio, transactions)
  const needed = withRates(symbols, portfolio.baseCurrency)
  const latest = [
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
      .from(histories)
      .where(sql`${histories.symbol} IN ${needed}`),
  ] as const
  const first = transactions.reduce((day, t) => (t.date < day ? t.date : day), today)
  const firstYear = Number(addDays(first, -10).slice(0, 4))
  if (past) {
    const [instrumentRows, quoteRows, historyRows] = await db.batch(latest)
    if (past.of === pastOf(symbols, firstYear, historyRows)) {
      return rowsOf(portfolio, today, symbols, { instrumentRows, quoteRows, historyRows, past })
    }
  }
  const [instrumentRows, quoteRows, historyRows, barRows, actionRows] = await db.batch([
    ...latest,
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
  ])
  const actions = (kind: (typeof actionRows)[number]['kind']) =>
    Map.groupBy(
      actionRows.filter((row) => row.kind === kind),
      (row) => row.symbol,
    )
  return rowsOf(portfolio, today, symbols, {
    instrumentRows,
    quoteRows,
    historyRows,
    past: {
      transactions,
      bars: mapValues(
        Map.groupBy(barRows, (row) => row.symbol),
        (rows) => rows.flatMap((row) => unpacked(row.year, row.closes)),
      ),
      splits: mapValues(actions('split'), (rows) => rows.map(asSplit)),
      dividends: mapValues(actions('dividend'), (rows) => rows.map(asDividend)),
      of: pastOf(symbols, firstYear, historyRows),
    },
  })
}

function pastOf(symbols: readonly string[], firstYear: number, rows: readonly HistoryState[]): string {
  return JSON.stringify([
    symbols,
    firstYear,
    rows.map(({ symbol, fetchedAt, fromDay, toDay }) => [symbol, fetchedAt, fromDay, toDay]),
  ])
}

type Rows = {
  instrumentRows: Instrument[]
  quoteRows: StoredQuote[]
  historyRows: HistoryState[]
  past: Past
}

function rowsOf(
  portfolio: Portfolio,
  today: Day,
  symbols: readonly string[],
  { instrumentRows, quoteRows, historyRows, past }: Rows,
): LedgerRead {
  const { baseCurrency, costBasis, benchmarks } = portfolio
  const instrumentOf = new Map(instrumentRows.map((row) => [row.symbol, row]))
  const quoteOf = new Map(quoteRows.map((row) => [row.symbol, row]))
  const stored = new Set([...symbols, ...instrumentOf.keys(), ...quoteOf.keys(), ...past.bars.keys()])
  const markets = [...stored].map((symbol) => {
    const market = {
      instrument: instrumentOf.get(symbol) ?? null,
      bars: past.bars.get(symbol) ?? [],
      splits: past.splits.get(symbol) ?? [],
      dividends: past.dividends.get(symbol) ?? [],
      quote: quoteOf.get(symbol) ?? null,
    }
    return [symbol, market] as const
  })
  return {
    raw: {
      baseCurrency,
      costBasis,
      benchmarks,
      today,
      transactions: past.transactions,
      markets: new Map(markets),
    },
    transactions: past.transactions,
    quotes: quoteOf,
    histories: new Map(historyRows.map((row) => [row.symbol, row])),
    past,
  }
}

function mapValues<A, B>(map: ReadonlyMap<string, A>, of: (value: A) => B): Map<string, B> {
  return new Map([...map].map(([key, value]) => [key, of(value)]))
}
