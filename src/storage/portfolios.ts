import { symbolsOfAll } from '../portfolio/benchmark-spelling.ts'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { stored } from '../portfolio/decimal.ts'
import { pairOf } from '../portfolio/exchange-rate.ts'
import type { DividendCounting, DividendRule } from '../portfolio/ledger.ts'
import { currencyOf } from '../portfolio/listing-currency.ts'
import type { CostBasis } from '../portfolio/lot.ts'
import { ownInstruments } from '../portfolio/own-instrument.ts'
import type { Transaction } from '../portfolio/transaction.ts'
import { type Database, inOneTransaction, type Statement } from './database.ts'
import { resetSchedule } from './cron-claims.ts'
import { type GroupKind, owners, portfolios } from './schema.ts'

/** What the form of a portfolio asks for. */
export type PortfolioSettings = {
  name: string
  description: string
  baseCurrency: string
  benchmarks: string[]
  costBasis: CostBasis
  dividends: DividendCounting
  /** Decimal text, such as `0.15`; null for none. */
  withholding: string | null
  /** Decimal text of a year, such as `0.02`; null for 0. */
  riskFreeRate: string | null
  /** What its parts are to weigh, such as `VOO 60, BND 40` (portfolio/target.ts); null for none. */
  targets: string | null
}

export type Portfolio = PortfolioSettings & {
  id: string
  ownerId: string
  /** Such as `QQQ@2012-03-16`. */
  dismissedDividends: string[]
  /** Such as `TWTR@2022-10-28`: what is not proposed again (action-proposal.ts). */
  dismissedActions: string[]
  /** Such as `MY-HOUSE EUR The house`: what its owner prices (own-instrument.ts). */
  ownInstruments: string[]
  createdAt: number
  /** Set for a group, whose transactions are those of its portfolios (groups.ts). */
  kind?: GroupKind | null
}

/** Returns the settings as JSON spells them: that of the API, of a snapshot and of a file. */
export function spelledSettings(portfolio: PortfolioSettings) {
  return {
    name: portfolio.name,
    description: portfolio.description,
    base_currency: portfolio.baseCurrency,
    benchmarks: portfolio.benchmarks,
    cost_basis: portfolio.costBasis,
    dividends: portfolio.dividends,
    withholding: portfolio.withholding,
    risk_free_rate: portfolio.riskFreeRate,
    targets: portfolio.targets,
  }
}

/**
 * Returns the symbols whose prices a portfolio needs: those traded, its benchmarks and the pairs of currencies. Those of a
 * group keep their cash in `currencies`.
 */
export function symbolsOf(
  portfolio: Portfolio,
  transactions: readonly Transaction[],
  currencies: readonly string[] = [],
): string[] {
  const { baseCurrency } = portfolio
  const benchmarks = symbolsOfAll(portfolio.benchmarks)
  const needed = new Set(benchmarks)
  for (const currency of currencies) if (currency !== baseCurrency) needed.add(pairOf(currency, baseCurrency))
  const byHand = new Set<string>()
  // a loop: a portfolio may have tens of thousands of rows, and each edit asks
  for (const row of transactions) {
    if (row.type === 'price') byHand.add(row.symbol!)
    else if (row.symbol !== null) needed.add(row.symbol)
    if (row.terms?.newSymbol) needed.add(row.terms.newSymbol)
    const currency = currencyOf(row, undefined) ?? baseCurrency
    if (currency !== baseCurrency) needed.add(pairOf(currency, baseCurrency))
  }
  for (const { symbol, currency } of ownInstruments(portfolio.ownInstruments)) {
    if (!needed.has(symbol) && !byHand.has(symbol)) continue
    byHand.add(symbol)
    if (currency !== baseCurrency) needed.add(pairOf(currency, baseCurrency))
  }
  // what its owner prices is asked of nobody
  for (const symbol of byHand) if (!benchmarks.includes(symbol)) needed.delete(symbol)
  return [...needed].toSorted()
}

/** Returns which dividends a portfolio counts. */
export function dividendRuleOf(portfolio: Portfolio): DividendRule {
  const { dividends, withholding, dismissedDividends } = portfolio
  return {
    counting: dividends,
    withholding: withholding === null ? 0n : stored(withholding),
    dismissed: new Set(dismissedDividends),
  }
}

/** What a portfolio is made of, in the order of a query. */
export const columns = {
  id: portfolios.id,
  ownerId: portfolios.ownerId,
  name: portfolios.name,
  description: portfolios.description,
  baseCurrency: portfolios.baseCurrency,
  benchmarks: portfolios.benchmarks,
  costBasis: portfolios.costBasis,
  dividends: portfolios.dividends,
  withholding: portfolios.withholding,
  riskFreeRate: portfolios.riskFreeRate,
  targets: portfolios.targets,
  dismissedDividends: portfolios.dismissedDividends,
  dismissedActions: portfolios.dismissedActions,
  ownInstruments: portfolios.ownInstruments,
  createdAt: portfolios.createdAt,
  kind: portfolios.kind,
}

/** Returns the portfolios of an owner, oldest first; groups are none. */
export async function portfoliosOf(db: Database, owner: string): Promise<Portfolio[]> {
  return db
    .select(columns)
    .from(portfolios)
    .where(and(eq(portfolios.ownerId, owner), isNull(portfolios.deletedAt), isNull(portfolios.kind)))
    .orderBy(asc(portfolios.createdAt), asc(portfolios.id))
}

/**
 * Returns the portfolio, whoever owns it: the caller decides who may see it. Null when there is none, or when it was
 * deleted.
 */
export async function portfolioById(db: Database, id: string): Promise<Portfolio | null> {
  const found = await db
    .select(columns)
    .from(portfolios)
    .where(and(eq(portfolios.id, id), isNull(portfolios.deletedAt)))
    .get()
  return found ?? null
}

/** Says whether there is, or was, a portfolio with that id. */
export async function isTaken(db: Database, id: string): Promise<boolean> {
  const found = await db.select({ id: portfolios.id }).from(portfolios).where(eq(portfolios.id, id)).get()
  return found !== undefined
}

/**
 * Inserts a portfolio, and its owner when they are new. An id that is taken changes nothing. One that comes in several
 * transactions counts as deleted until `showPortfolio`.
 */
export function insertPortfolio(
  db: Database,
  portfolio: Portfolio,
  deletedAt: number | null = null,
): Statement[] {
  const { createdAt } = portfolio
  return [
    db.insert(owners).values({ id: portfolio.ownerId, createdAt }).onConflictDoNothing(),
    db
      .insert(portfolios)
      .values({ ...portfolio, openedAt: createdAt, watchedUntil: 0, deletedAt })
      .onConflictDoNothing(),
  ]
}

/** So many portfolios may one account have. */
export const MOST_PORTFOLIOS = 20
/** So many groups, besides the one of all. */
export const MOST_GROUPS = 20

/**
 * Fails, and the transaction with it, where the account has as many portfolios as it may have, or groups for a group. Two
 * that are made at once were each counted without the other before.
 */
export function refuseOneTooMany({ ownerId, kind = null }: Portfolio): Statement {
  const most = kind === null ? MOST_PORTFOLIOS : MOST_GROUPS
  // outside a trigger SQL has no RAISE, and an owner must have a date
  return sql`
    INSERT INTO owners (id, created_at) SELECT ${ownerId}, NULL WHERE (
      SELECT count(*) FROM portfolios WHERE owner_id = ${ownerId} AND deleted_at IS NULL AND kind IS ${kind}
    ) >= ${most}`
}

/** Says whether that is why a transaction failed. */
export function isOneTooMany(error: unknown): boolean {
  return String(error).includes('NOT NULL constraint failed: owners.created_at')
}

/** Ends that a portfolio counts as deleted. */
export function showPortfolio(db: Database, id: string): Statement {
  return db.update(portfolios).set({ deletedAt: null }).where(eq(portfolios.id, id))
}

/** Updates the fields that `changes` names. */
export function updatePortfolio(
  db: Database,
  id: string,
  changes: Partial<Omit<Portfolio, 'id' | 'ownerId'>>,
): Statement {
  return db.update(portfolios).set(changes).where(eq(portfolios.id, id))
}

/** Marks a portfolio as deleted at `now` (milliseconds). Its rows stay, but nothing reads them. */
export function deletePortfolio(db: Database, id: string, now: number): Statement {
  return db.update(portfolios).set({ deletedAt: now, watchedUntil: 0 }).where(eq(portfolios.id, id))
}

/** Notes until when somebody has the portfolio open; 0 when nobody has any more. */
export async function watchPortfolio(db: Database, id: string, until: number, now: number): Promise<void> {
  const watched = db
    .update(portfolios)
    .set({ watchedUntil: until, ...(until > now ? { openedAt: now } : {}) })
    .where(eq(portfolios.id, id))
  await inOneTransaction(db, until > now ? [watched, resetSchedule()] : [watched])
}

/** Returns the ids of the portfolios that were opened since then. */
export async function openedSince(db: Database, since: number): Promise<string[]> {
  const rows = await db
    .select({ id: portfolios.id })
    .from(portfolios)
    .where(and(sql`${portfolios.openedAt} >= ${since}`, isNull(portfolios.deletedAt)))
  return rows.map((row) => row.id)
}
