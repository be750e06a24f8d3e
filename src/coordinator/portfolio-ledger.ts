import { DurableObject } from 'cloudflare:workers'
import { cashFlows, type CashFlows, type CashFlowType, ofTypes } from '../metrics/cash-flows.ts'
import { type Chart, chart } from '../metrics/chart.ts'
import { type DividendBook, dividendBook } from '../snapshot/dividend-book.ts'
import { type Explanation, explanation, rateAskedFor } from '../metrics/explain.ts'
import { type Factsheet, factsheet } from '../snapshot/factsheet.ts'
import { type Performance, performance, xirrFlows } from '../metrics/performance.ts'
import { type PriceSeries, priceSeries } from '../metrics/price-series.ts'
import type { Range } from '../metrics/range.ts'
import { holdingsOn } from '../snapshot/holding-row.ts'
import { type TransactionRow, transactionRows } from '../snapshot/transaction-row.ts'
import { type Day, dayAt } from '../portfolio/day.ts'
import { type DividendProposal, dividendProposals } from '../portfolio/dividend-proposal.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { type PreparedLedger, prepareLedger } from '../portfolio/prepared-ledger.ts'
import { valuations } from '../portfolio/valuation.ts'
import { TIME_ZONE } from '../portfolio/time.ts'
import { cashFlowsFile } from '../statements/write-statement.ts'
import { database, inOneTransaction } from '../storage/database.ts'
import { type LedgerRead, type Past, readLedger } from '../storage/ledger.ts'
import { type Portfolio, portfolioById } from '../storage/portfolios.ts'
import { quoteMetadata, delisted } from './snapshot-builder.ts'

/** A portfolio's rows, and the ledger that was made of them. */
export type PreparedRead = LedgerRead & PreparedLedger

/**
 * A portfolio's ledger as its coordinator has it: read from D1, of which what only an edit or a new history changes is
 * kept in memory, and every figure that is made of it when somebody asks.
 */
export abstract class PortfolioLedger extends DurableObject<Env> {
  /** The portfolio's, which is the name that this object is found by. */
  protected readonly id: string
  private past: Past | null = null
  /** Counts them, so that a reading that began before one is known. */
  private alterations = 0
  private listed: { of: string; rows: TransactionRow[] } | null = null

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    if (ctx.id.name === undefined) throw new Error('a coordinator is found by the id of its portfolio')
    this.id = ctx.id.name
  }

  async performance(asOf: Day | null, from: Day | null): Promise<Performance | null> {
    const ledger = await this.ledger()
    return ledger && performance(ledger, valuations(ledger, asOf ?? ledger.today), from)
  }

  /** The same with one of its figures explained. */
  async explained(
    asOf: Day | null,
    from: Day | null,
    figure: string,
  ): Promise<(Performance & { explain: Explanation | null }) | null> {
    const ledger = await this.ledger()
    if (!ledger) return null
    const series = valuations(ledger, asOf ?? ledger.today)
    const figures = performance(ledger, series, from)
    const rate = rateAskedFor(figure)
    const flows = rate ? xirrFlows(ledger, series, from, rate.benchmark) : undefined
    return { ...figures, explain: explanation(figure, figures, flows) }
  }

  /** Of today without a day. */
  async holdingsOn(asOf: Day | null, withLots: boolean): Promise<ReturnType<typeof holdingsOn> | null> {
    const ledger = await this.ledger()
    return ledger && holdingsOn(ledger, asOf ?? ledger.today, withLots)
  }

  async chartOn(asOf: Day): Promise<Chart | null> {
    const ledger = await this.ledger()
    return ledger && chart(ledger, valuations(ledger, asOf))
  }

  async dividendProposals(): Promise<DividendProposal[] | null> {
    const ledger = await this.ledger()
    return ledger && dividendProposals(ledger, ledger.today)
  }

  /** `view` is `portfolio` or one of its benchmarks. */
  async cashFlows(view: string, asOf: Day | null): Promise<CashFlows | null> {
    const ledger = await this.ledger()
    return ledger && cashFlows(ledger, view, asOf ?? ledger.today)
  }

  /** The rows of some types (without any: of all) as a CSV file, with the transactions as they were recorded. */
  async cashFlowsFile(view: string, asOf: Day | null, types: CashFlowType[]): Promise<string | null> {
    const read = await this.read()
    if (!read) return null
    const { rows } = cashFlows(read.ledger, view, asOf ?? read.ledger.today)
    return cashFlowsFile(ofTypes(rows, types), read.transactions, view)
  }

  async dividends(): Promise<DividendBook | null> {
    const ledger = await this.ledger()
    return ledger && dividendBook(ledger, ledger.today)
  }

  /** Null also for a symbol that the portfolio has nothing to do with. */
  async factsheet(symbol: string): Promise<Factsheet | null> {
    const read = await this.read()
    return read && factsheet(read.ledger, symbol, quoteMetadata(read))
  }

  async prices(symbol: string, range: Range): Promise<PriceSeries | null> {
    const ledger = await this.ledger()
    return ledger?.markets.has(symbol) ? priceSeries(ledger, symbol, range) : null
  }

  /** Whoever pages and sorts reads the ledger once: every write and every new price makes another revision. */
  protected async rows(portfolio: Portfolio, revision: number): Promise<TransactionRow[]> {
    const today = dayAt(Date.now(), TIME_ZONE)
    const of = `${revision} ${today}`
    if (this.listed?.of === of) return this.listed.rows
    const { ledger } = await this.readLedger(portfolio, today)
    this.listed = { of, rows: transactionRows(ledger) }
    return this.listed.rows
  }

  private async ledger(): Promise<Ledger | null> {
    return (await this.read())?.ledger ?? null
  }

  private async read(): Promise<PreparedRead | null> {
    const db = database(this.env.DB)
    const portfolio = await portfolioById(db, this.id)
    return portfolio && this.readLedger(portfolio, dayAt(Date.now(), TIME_ZONE))
  }

  /** What was read of the ledger before, or is being read meanwhile, is not kept. */
  protected async alter(statements: Parameters<typeof inOneTransaction>[1]): Promise<void> {
    this.forgetPast()
    try {
      await inOneTransaction(database(this.env.DB), statements)
    } finally {
      this.forgetPast()
    }
  }

  private forgetPast(): void {
    this.past = null
    this.listed = null
    this.alterations++
  }

  protected async readLedger(portfolio: Portfolio, today: Day): Promise<PreparedRead> {
    const { alterations } = this
    const read = await readLedger(database(this.env.DB), portfolio, today, this.past)
    if (alterations === this.alterations) this.past = read.past
    return { ...read, ...prepareLedger(read.raw, delisted(read)) }
  }
}
