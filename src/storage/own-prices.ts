import { and, asc, eq, or, sql } from 'drizzle-orm'
import { type Price, stored } from '../portfolio/decimal.ts'
import { type OwnInstrument, ownInstruments, ownInstrumentText } from '../portfolio/own-instrument.ts'
import { type Database, inSymbols } from './database.ts'
import { type Portfolio, portfoliosOf } from './portfolios.ts'
import { transactions } from './schema.ts'
import { isShown } from './unfinished-imports.ts'

/** What an account's own portfolios have of a symbol; those of others that it may edit do not count. */
export type OwnedOf = {
  portfolios: Portfolio[]
  /** Those of them with a row that names it. */
  having: Portfolio[]
  /** What its owner says that it is; null where nothing was said. */
  instrument: OwnInstrument | null
  /** Its own prices in the order in which they count (`countedPrices`): by day, and within one as they were entered. */
  prices: OwnPriceRow[]
}

export type OwnPriceRow = {
  portfolio: string
  date: string
  amount: Price
  currency: string | null
  listingCurrency: string | null
}

/** Returns what the portfolios that an account owns have of a symbol. */
export async function ownedOf(db: Database, owner: string, symbol: string): Promise<OwnedOf> {
  const portfolios = await portfoliosOf(db, owner)
  const own = and(
    inSymbols(
      transactions.portfolioId,
      portfolios.map(({ id }) => id),
    ),
    isShown,
  )
  const newSymbol = sql`iif(json_valid(${transactions.terms}), ${transactions.terms} ->> '$.newSymbol', NULL)`
  const { portfolioId: portfolio, date, amount, currency, listingCurrency } = transactions
  const [having, prices] = await db.batch([
    db
      .selectDistinct({ id: transactions.portfolioId })
      .from(transactions)
      .where(and(own, or(eq(transactions.symbol, symbol), sql`${newSymbol} = ${symbol}`))),
    db
      .select({ portfolio, date, amount, currency, listingCurrency })
      .from(transactions)
      .where(and(own, eq(transactions.symbol, symbol), eq(transactions.type, 'price')))
      .orderBy(asc(transactions.date), asc(transactions.createdAt), asc(transactions.sequence)),
  ])
  const ids = new Set(having.map(({ id }) => id))
  return {
    portfolios,
    having: portfolios.filter(({ id }) => ids.has(id)),
    instrument: instrumentsOfAll(portfolios).find((each) => each.symbol === symbol) ?? null,
    prices: prices.map((row) => ({ ...row, amount: stored(row.amount) })),
  }
}

/** Returns what an account prices, as a new portfolio of it keeps that. */
export async function ownInstrumentsOf(db: Database, owner: string): Promise<string[]> {
  const bySymbol = new Map(
    instrumentsOfAll(await portfoliosOf(db, owner)).map((each) => [each.symbol, ownInstrumentText(each)]),
  )
  return [...bySymbol.values()].toSorted()
}

function instrumentsOfAll(portfolios: readonly Portfolio[]): OwnInstrument[] {
  return portfolios.flatMap((each) => ownInstruments(each.ownInstruments))
}
