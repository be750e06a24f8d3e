import { dayAt } from '../portfolio/day.ts'
import { TIME_ZONE } from '../portfolio/time.ts'
import { STEP } from '../statements/steps.ts'
import { appendAudit, type AuditEntry } from '../storage/audit.ts'
import type { Statement } from '../storage/database.ts'
import {
  insertPortfolio,
  isOneTooMany,
  isTaken,
  type Portfolio,
  refuseOneTooMany,
  showPortfolio,
} from '../storage/portfolios.ts'
import type { Recorded } from '../storage/transactions.ts'
import type { UnfinishedImport } from '../storage/unfinished-imports.ts'
import type { Batch } from './accepted-dividends.ts'
import type { Edited } from './edited.ts'
import type { Home } from './home.ts'
import type { LedgerCache, Written } from './ledger-cache.ts'
import { type LongImports, stagesOf } from './long-imports.ts'
import { tooMuch } from './portfolio-size.ts'
import type { SnapshotPublisher } from './snapshot-publisher.ts'
import type { StateStore } from './state-store.ts'
import type { Editing } from './transaction-edits.ts'

/** Writes edits, and says what an edit begins with. */
export class EditWriter {
  private readonly home: Home
  private readonly store: StateStore
  private readonly ledgers: LedgerCache
  private readonly publisher: SnapshotPublisher
  private readonly longImports: LongImports

  constructor(
    home: Home,
    store: StateStore,
    ledgers: LedgerCache,
    publisher: SnapshotPublisher,
    longImports: LongImports,
  ) {
    this.home = home
    this.store = store
    this.ledgers = ledgers
    this.publisher = publisher
    this.longImports = longImports
  }

  /** What an edit begins with; null when there is no portfolio (any more). */
  async editing(actor: string): Promise<Editing | null> {
    await this.publisher.verify()
    await this.longImports.finish()
    const portfolio = await this.ledgers.portfolio()
    return portfolio && this.editingOf(portfolio, await this.ledgers.transactions(), actor)
  }

  editingOf(portfolio: Portfolio, transactions: Recorded[], actor: string): Editing {
    const now = Date.now()
    return { db: this.home.db, portfolio, transactions, actor, now, today: dayAt(now, TIME_ZONE) }
  }

  /** Writes what was decided, and settles it. Where nothing is to be written, it answers the value and the present revision. */
  async written<T>(batch: Batch<T>): Promise<Edited<T>> {
    const { statements, value, after } = batch
    if (statements.length === 0) return { status: 'ok', value, revision: await this.publisher.revision() }
    await this.write(statements, { transactions: after })
    return { status: 'ok', value, revision: await this.publisher.settle('edit') }
  }

  /** Notes in advance that a snapshot and perhaps prices will be due, so that a kill after the write does no harm. */
  async write(statements: readonly Statement[], after: Written): Promise<void> {
    await this.store.apply({ type: 'writing' })
    await this.ledgers.write(statements, after)
  }

  /** Writes an import, or its end, and settles it. What is long is written in stages, and shown with the last one. */
  async writeImport(
    begun: Omit<UnfinishedImport, 'portfolioId'>,
    stages: readonly Statement[][],
    record: readonly Statement[],
    transactions: Recorded[],
  ): Promise<number> {
    const reason = begun.work === 'writing' ? 'import' : 'edit'
    if (stages.length <= 1) {
      await this.write([...stages.flat(), ...record], { transactions })
      return this.publisher.settle(reason)
    }
    await this.publisher.published()
    return this.longImports.during(async () => {
      await this.longImports.carryOut(begun, stages, record, { transactions })
      return this.publisher.settle(reason)
    })
  }

  /** Says whether the id was given out. What is left of a portfolio that was killed while it was made is erased first. */
  async isTaken(): Promise<boolean> {
    await this.longImports.finish()
    return isTaken(this.home.db, this.home.id)
  }

  /**
   * Writes a portfolio that is made with so many rows, and settles it: all at once, or in stages of which nobody is shown any
   * before the last. What concerns others is in the `record`. Nothing is left of one portfolio, or group, too many.
   */
  async writeNew(
    portfolio: Portfolio,
    { count, rows, record }: { count: number; rows: readonly Statement[]; record: readonly Statement[] },
    transactions: Recorded[],
    reason: string,
  ): Promise<{ revision: number } | 'full'> {
    const { db, id } = this.home
    const after = { portfolio, transactions }
    const room = this.hasNoLimits() && !portfolio.kind ? [] : [refuseOneTooMany(portfolio)]
    const begun = { id, actor: portfolio.ownerId, work: 'creating' as const, rows: count }
    const shown = [...room, showPortfolio(db, id), ...record]
    try {
      if (count <= STEP)
        await this.write([...room, ...insertPortfolio(db, portfolio), ...rows, ...record], after)
      else {
        const first = insertPortfolio(db, portfolio, Date.now())
        await this.longImports.carryOut(begun, stagesOf(rows), shown, after, first)
      }
    } catch (error) {
      if (!isOneTooMany(error)) throw error
      await this.longImports.finish()
      return 'full'
    }
    return { revision: await this.publisher.settle(reason) }
  }

  /** The audit entry of a change to the portfolio itself. */
  audit(
    actor: string,
    change: Pick<AuditEntry, 'action' | 'before' | 'after'>,
    now = Date.now(),
  ): Statement[] {
    const entry: AuditEntry = { subject: 'portfolio', ...change }
    return appendAudit(this.home.db, this.home.id, actor, [entry], now)
  }

  /** What would be too much of; tests try what is beyond. */
  excess(before: readonly Recorded[], after: readonly Recorded[]): string | null {
    return this.hasNoLimits() ? null : tooMuch(before, after)
  }

  private hasNoLimits(): boolean {
    return (this.home.env as Env & { LIMITS?: string }).LIMITS === 'off'
  }

  /** The revision that has all in it that was written so far. */
  revision(): Promise<number> {
    return this.publisher.revision()
  }
}
