import { cashFlows, type CashFlows, type CashFlowType, ofTypes } from '../metrics/cash-flows.ts'
import type { IncomeAhead } from '../metrics/income-ahead.ts'
import type { Performance } from '../metrics/performance.ts'
import { type PriceSeries, priceSeries } from '../metrics/price-series.ts'
import type { Range } from '../metrics/range.ts'
import { sources } from '../market/sources.ts'
import { type Day, dayAt } from '../portfolio/day.ts'
import { type ProposedActions, proposedActions } from '../snapshot/proposed-actions.ts'
import { type DividendProposal, dividendProposals } from '../portfolio/dividend-proposal.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { takenAsNamed } from '../portfolio/named-lots.ts'
import { TIME_ZONE } from '../portfolio/time.ts'
import { type CashBook, cashBook } from '../snapshot/cash-book.ts'
import { type DividendBook, dividendBook } from '../snapshot/dividend-book.ts'
import { type Picks, picks } from '../snapshot/picks.ts'
import type { Look, PortfolioFacts } from '../snapshot/snapshot.ts'
import { type TradeMark, tradeMarks } from '../snapshot/trade-marks.ts'
import { type TransactionList, transactionList, type TransactionQuery } from '../snapshot/transaction-list.ts'
import {
  type RecordedRow,
  recordedRow,
  type TransactionRow,
  transactionRows,
} from '../snapshot/transaction-row.ts'
import { type Program, programs } from '../statements/exports/programs.ts'
import { cashFlowsFile } from '../statements/write-statement.ts'
import type { Portfolio } from '../storage/portfolios.ts'
import { LedgerReader, once, type Reader } from './ledger-reader.ts'
import type { Refused } from './look.ts'

/** A page of the transactions, and the figures above it. */
export type TransactionsRead = {
  portfolio: PortfolioFacts
  summary: Performance
  revision: number
  picks: Picks
  /** Every ticker that has a transaction. */
  symbols: string[]
  /** The figures of all transactions, whichever are requested. */
  count: number
  list: TransactionList
}

/** All recorded transactions, and what is said of them together. */
type Listing = Pick<TransactionsRead, 'picks' | 'symbols'> & { rows: TransactionRow[] }

/** What pages and files list of a portfolio: transactions, cash flows, dividends, prices. */
export abstract class ListedReports extends LedgerReader {
  private listed: { of: string; listing: Listing } | null = null

  /** A page of transactions with the figures beside it, behind any edit that is underway. */
  transactions(
    reader: Reader,
    query: TransactionQuery,
    asOf: Day | null = null,
    look: Look | null = null,
  ): Promise<TransactionsRead | Refused | null> {
    return this.behindEdits(async () => {
      if (asOf !== null || look !== null) return this.transactionsOn(reader, asOf, query, look)
      const portfolio = (await this.maySee(reader)) ? await this.ledgers.portfolio() : null
      const shown = portfolio && (await this.publication())
      if (!shown) return null
      const { portfolio: facts, summary, revision } = shown.snapshot
      const { rows, ...about } = await this.listing(portfolio, revision)
      const list = transactionList(rows, query)
      return { portfolio: facts, summary, revision, ...about, count: rows.length, list }
    })
  }

  private async transactionsOn(
    reader: Reader,
    asOf: Day | null,
    query: TransactionQuery,
    look: Look | null,
  ): Promise<TransactionsRead | Refused | null> {
    const shown = await this.snapshotOn(reader, asOf, look)
    const ledger = await this.looked(reader, asOf, look)
    if (!shown || 'refused' in shown) return shown
    if (!ledger || 'refused' in ledger) return ledger
    const { portfolio, summary, revision } = shown
    const { rows, ...about } = once(ledger, 'listing', () => listingOf(ledger))
    return { portfolio, summary, revision, ...about, count: rows.length, list: transactionList(rows, query) }
  }

  /** Paging and sorting read the ledger once, because every write and every new price makes another revision. */
  private async listing(portfolio: Portfolio, revision: number): Promise<Listing> {
    const today = dayAt(Date.now(), TIME_ZONE)
    const of = `${revision} ${this.ledgers.writes} ${today}`
    if (this.listed?.of === of) return this.listed.listing
    const { ledger } = await this.ledgers.ledgerOf(portfolio, today)
    const listing = listingOf(ledger)
    this.listed = { of, listing }
    return listing
  }

  /** `view` is `portfolio`, one of its benchmarks or that which is looked at. */
  async cashFlows(
    reader: Reader,
    view: string,
    asOf: Day | null,
    look: Look | null = null,
  ): Promise<CashFlows | Refused | null> {
    const ledger = await this.looked(reader, asOf, look)
    if (!ledger || 'refused' in ledger) return ledger
    return once(ledger, `cash flows ${view}`, () => cashFlows(ledger, view, ledger.today))
  }

  /** One page of it, of the rows of some types; without any, of all. */
  async cashBook(
    reader: Reader,
    view: string,
    types: CashFlowType[],
    page: number,
    asOf: Day | null = null,
    look: Look | null = null,
  ): Promise<CashBook | Refused | null> {
    const book = await this.cashFlows(reader, view, asOf, look)
    return !book || 'refused' in book ? book : cashBook(book, types, page)
  }

  /** The rows of some types (without any: of all) as a CSV file, with the transactions as they were recorded. */
  async cashFlowsFile(
    reader: Reader,
    view: string,
    asOf: Day | null,
    types: CashFlowType[],
    look: Look | null = null,
  ): Promise<string | Refused | null> {
    const found = await this.looked(reader, null, look)
    const read = await this.ledgers.ledger()
    if (!found || !read) return null
    if ('refused' in found) return found
    const { rows } = cashFlows(found, view, asOf ?? found.today)
    return cashFlowsFile(ofTypes(rows, types), read.transactions, view)
  }

  async dividendProposals(reader: Reader, asOf: Day | null = null): Promise<DividendProposal[] | null> {
    const ledger = await this.ledger(reader, asOf)
    return ledger && dividendProposals(ledger, ledger.today)
  }

  /** What is proposed of corporate actions, and what of it was dismissed. */
  async actionProposals(reader: Reader, asOf: Day | null = null): Promise<ProposedActions | null> {
    const ledger = await this.ledger(reader, asOf)
    return ledger && proposedActions(ledger)
  }

  /** The dividends that count by themselves, newest first, as the API lists them. */
  async derivedDividends(reader: Reader, asOf: Day | null = null): Promise<RecordedRow[] | null> {
    const ledger = await this.ledger(reader, asOf)
    if (!ledger) return null
    return ledger.transactions
      .filter(({ type, derived }) => derived && type === 'dividend')
      .map((transaction) => recordedRow(ledger, transaction))
      .toReversed()
  }

  /** What sales and transfers have taken of the lots that they name, by their ids. */
  async takenAsNamed(reader: Reader, ids: string[]): Promise<ReturnType<typeof takenAsNamed> | null> {
    const ledger = await this.ledger(reader)
    return ledger && takenAsNamed(ledger, ids)
  }

  async dividends(reader: Reader, asOf: Day | null = null): Promise<DividendBook | null> {
    const ledger = await this.ledger(reader, asOf)
    return ledger && once(ledger, 'dividends', () => dividendBook(ledger, ledger.today))
  }

  /** What can be expected of the twelve months after a day; of today without one. */
  async income(reader: Reader, asOf: Day | null = null): Promise<IncomeAhead | null> {
    const book = await this.dividends(reader, asOf)
    return book && book.ahead
  }

  /** The marks of some days only; null at either end is open. */
  async tradesBetween(reader: Reader, from: Day | null, to: Day | null): Promise<TradeMark[] | null> {
    const ledger = await this.ledger(reader)
    return ledger && tradeMarks(ledger, from, to)
  }

  async prices(
    reader: Reader,
    symbol: string,
    range: Range,
    asOf: Day | null = null,
  ): Promise<PriceSeries | null> {
    const ledger = await this.ledger(reader, asOf)
    return ledger?.markets.has(symbol) ? priceSeries(ledger, symbol, range) : null
  }

  /** The recorded rows as a file of another program. */
  async fileFor(reader: Reader, program: Program, asOf: Day | null = null): Promise<string | null> {
    const ledger = await this.ledger(reader, asOf)
    return ledger && programs[program].write(ledger, sources[0].id.toUpperCase())
  }
}

function listingOf(ledger: Ledger): Listing {
  const rows = transactionRows(ledger).filter(({ derived }) => !derived)
  return {
    rows,
    picks: picks(rows, ledger.benchmarks),
    symbols: [...new Set(rows.flatMap(({ symbol }) => symbol ?? []))].toSorted(),
  }
}
