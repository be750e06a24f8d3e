import { and, asc, gte, inArray, sql } from 'drizzle-orm'
import { type Day, addDays } from '../portfolio/day.ts'
import type { Dividend, Instrument, Split } from '../portfolio/instrument.ts'
import { pairOf } from '../portfolio/exchange-rate.ts'
import type { StoredMarket } from '../portfolio/ledger.ts'
import { withOwnInstruments } from '../portfolio/own-price.ts'
import type { RawLedger } from '../portfolio/prepared-ledger.ts'
import { historyOfNumbers, noPrices, type PriceHistory } from '../portfolio/price-history.ts'
import { firstDayOf } from '../portfolio/terms.ts'
import type { Database } from './database.ts'
import { barsOf } from './bars.ts'
import { asDividend, asSplit } from './corporate-actions.ts'
import { inSymbols } from './database.ts'
import { unreadableList } from './json.ts'
import type { HistoryState } from './histories.ts'
import type { StoredQuote } from './quotes.ts'
import { dividendRuleOf, type Portfolio, symbolsOf } from './portfolios.ts'
import { bars, corporateActions, histories, instruments, quotes } from './market-schema.ts'
import { withRates } from './tracked.ts'
import { allTransactions, type Recorded } from './transactions.ts'

/** One portfolio's rows, and how current they are. Nothing is calculated here: prepared-ledger.ts makes the ledger. */
export type LedgerRead = {
  raw: RawLedger
  transactions: Recorded[]
  quotes: Map<string, StoredQuote>
  histories: Map<string, HistoryState>
  /** What the next reading can use again. */
  market: MarketPast
  /** Sentences for the owner about stored values that cannot be read and are left out. */
  unreadable: string[]
}

/** The rows that change only with a new history. They are most of the rows, and are not read again. */
export type MarketPast = {
  bars: ReadonlyMap<string, PriceHistory>
  splits: ReadonlyMap<string, Split[]>
  dividends: ReadonlyMap<string, Dividend[]>
  /** The years whose bars cannot be read. */
  unreadable: readonly { symbol: string; year: number }[]
  /** The symbols, sorted, with the pairs of exchange rates among them. */
  symbols: string[]
  /** Identifies the symbols, the first year, and when the history of each symbol was fetched. */
  of: string
}

/**
 * Reads a portfolio's rows in two trips to D1: first the transactions, then the market data of their symbols, of the
 * benchmarks and of the currencies they trade in.
 *
 * Prices are read from the first transaction on, or from `since` where that is earlier.
 *
 * With the transactions, and the `market` of an earlier reading, it is one trip of three rows a symbol, unless a
 * history has been stored since.
 */
export async function readLedger(
  db: Database,
  portfolio: Portfolio,
  today: Day,
  kept: {
    transactions?: Recorded[]
    market?: MarketPast | null
    since?: Day
    /** In what the portfolios of a group keep their cash. */
    currencies?: readonly string[]
  } = {},
): Promise<LedgerRead> {
  const transactions = kept.transactions ?? (await allTransactions(db, portfolio.id))
  const symbols = symbolsOf(portfolio, transactions, kept.currencies)
  const first = transactions.reduce(
    (day, t) => (firstDayOf(t) < day ? firstDayOf(t) : day),
    kept.since ?? today,
  )
  const firstYear = Number(addDays(first, -10).slice(0, 4))
  const versionFor = (rows: Latest) => versionOf(neededFor(portfolio, symbols, rows), firstYear, rows)
  if (kept.market) {
    const latest = await latestOf(db, kept.market.symbols)
    if (kept.market.of === versionFor(latest))
      return rowsOf(portfolio, today, transactions, symbols, latest, kept.market)
  }
  const needed = withRates(symbols, portfolio.baseCurrency)
  const [instrumentRows, quoteRows, historyRows, barRows, actionRows] = await db.batch([
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
  const latest = { instrumentRows, quoteRows, historyRows }
  const unreadable: { symbol: string; year: number }[] = []
  const priced = mapValues(
    Map.groupBy(barRows, (row) => row.symbol),
    (years) => historyOfYears(years, unreadable),
  )
  const actions = (kind: (typeof actionRows)[number]['kind']) =>
    Map.groupBy(
      actionRows.filter((row) => row.kind === kind),
      (row) => row.symbol,
    )
  return rowsOf(portfolio, today, transactions, symbols, latest, {
    bars: priced,
    splits: mapValues(actions('split'), (rows) => rows.map(asSplit)),
    dividends: mapValues(actions('dividend'), (rows) => rows.map(asDividend)),
    unreadable,
    symbols: neededFor(portfolio, symbols, latest),
    of: versionFor(latest),
  })
}

/** Makes one symbol's history of its stored years; what cannot be read of them is added to `unreadable`. */
function historyOfYears(
  years: readonly { symbol: string; year: number; closes: string }[],
  unreadable: { symbol: string; year: number }[],
): PriceHistory {
  const days: number[] = []
  const closes: number[] = []
  for (const { symbol, year, closes: text } of years) {
    const own = barsOf(year, text)
    if (own === null) unreadable.push({ symbol, year })
    for (const [day, close] of own ?? []) {
      days.push(day)
      closes.push(close)
    }
  }
  return historyOfNumbers(days, closes)
}

/** What is stored of the latest of some symbols; each where anything is. */
type Latest = { instrumentRows: Instrument[]; quoteRows: StoredQuote[]; historyRows: HistoryState[] }

/** One statement with a lookup a symbol and table: a subquery for each table reads twice as many rows. */
async function latestOf(db: Database, symbols: readonly string[]): Promise<Latest> {
  const rows = await db
    .select({ instrument: instruments, quote: quotes, history: histories })
    .from(sql`json_each(${JSON.stringify(symbols)}) AS needed`)
    .leftJoin(instruments, sql`${instruments.symbol} = needed.value`)
    .leftJoin(quotes, sql`${quotes.symbol} = needed.value`)
    .leftJoin(histories, sql`${histories.symbol} = needed.value`)
  return {
    instrumentRows: rows.flatMap(({ instrument }) => instrument ?? []),
    quoteRows: rows.flatMap(({ quote }) => quote ?? []),
    historyRows: rows.flatMap(({ history }) => history ?? []),
  }
}

/** The symbols and, as far as it is known in what they trade, the pairs of their rates; sorted, as withRates. */
function neededFor(
  { baseCurrency }: Portfolio,
  symbols: readonly string[],
  { instrumentRows }: Latest,
): string[] {
  const foreign = instrumentRows.filter(
    ({ symbol, currency }) => currency !== baseCurrency && symbols.includes(symbol),
  )
  const pairs = foreign.map(({ currency }) => pairOf(currency, baseCurrency))
  return [...new Set([...symbols, ...pairs])].toSorted()
}

function versionOf(symbols: readonly string[], firstYear: number, { historyRows }: Latest): string {
  const bySymbol = historyRows.toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1))
  const taken = bySymbol.map(({ symbol, fetchedAt, fromDay, toDay }) => [symbol, fetchedAt, fromDay, toDay])
  return JSON.stringify([symbols, firstYear, taken])
}

function rowsOf(
  portfolio: Portfolio,
  today: Day,
  transactions: Recorded[],
  symbols: readonly string[],
  { instrumentRows, quoteRows, historyRows }: Latest,
  past: MarketPast,
): LedgerRead {
  const { baseCurrency, costBasis, benchmarks } = portfolio
  const instrumentOf = new Map(instrumentRows.map((row) => [row.symbol, row]))
  const quoteOf = new Map(quoteRows.map((row) => [row.symbol, row]))
  const stored = new Set([...symbols, ...instrumentOf.keys(), ...quoteOf.keys(), ...past.bars.keys()])
  const markets = [...stored].map((symbol) => {
    const market: StoredMarket = {
      instrument: instrumentOf.get(symbol) ?? null,
      bars: past.bars.get(symbol) ?? noPrices,
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
      dividendRule: dividendRuleOf(portfolio),
      dismissedActions: new Set(portfolio.dismissedActions),
      listedAs: new Map(
        historyRows.flatMap(({ symbol, listedAs }) =>
          listedAs === null ? [] : [[symbol, listedAs] as const],
        ),
      ),
      transactions: transactions.filter((row) => !lacksRatio(row)),
      markets: withOwnInstruments(new Map(markets), portfolio.ownInstruments, transactions),
    },
    transactions,
    quotes: quoteOf,
    histories: new Map(historyRows.map((row) => [row.symbol, row])),
    market: past,
    unreadable: [
      ...(benchmarks === unreadableList
        ? ['The benchmarks of this portfolio cannot be read. Choose them again in its settings.']
        : []),
      ...transactions
        .filter(lacksRatio)
        .map(
          ({ symbol, date }) =>
            `The ratio of the split of ${symbol} on ${date} cannot be read, so the split is left out. Enter it again.`,
        ),
      ...past.unreadable.map(
        ({ symbol, year }) =>
          `The stored prices of ${symbol} in ${year} cannot be read. They are fetched again after the next close.`,
      ),
    ],
  }
}

function lacksRatio({ type, ratio }: Recorded): boolean {
  return type === 'split' && ratio === null
}

function mapValues<A, B>(map: ReadonlyMap<string, A>, of: (value: A) => B): Map<string, B> {
  return new Map([...map].map(([key, value]) => [key, of(value)]))
}
