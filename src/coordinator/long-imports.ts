import { dayAt } from '../portfolio/day.ts'
import { TIME_ZONE } from '../portfolio/time.ts'
import { inOneTransaction, type Statement } from '../storage/database.ts'
import { erasePortfolio } from '../storage/erasure.ts'
import { rowsOfImport } from '../storage/imports.ts'
import { allTransactions, deleteTransactions } from '../storage/transactions.ts'
import {
  beginImport,
  endImport,
  type UnfinishedImport,
  unfinishedImportsOf,
} from '../storage/unfinished-imports.ts'
import { isUnsettled } from './coordinator-state.ts'
import type { Home } from './home.ts'
import type { LedgerCache, Written } from './ledger-cache.ts'
import type { Pause } from './statement-reading.ts'
import type { StateStore } from './state-store.ts'
import { undoImport } from './undone-import.ts'

/**
 * Writes and deletes the rows of an import that is too long for one transaction of the database, which would keep everybody
 * else waiting. Until the last stage nobody is shown any of it (storage/unfinished-imports.ts), so that all of it comes
 * at once. If it is killed, what was written is taken back, and what was being deleted is deleted. A portfolio that is made
 * with so many rows counts as deleted until the last stage; killed on the way, all of it is erased.
 */
export class LongImports {
  /** True while one is underway, and nobody has seen more than what was published before it. */
  isUnderway = false
  private readonly home: Home
  private readonly store: StateStore
  private readonly ledgers: LedgerCache
  private readonly pause: Pause

  constructor(home: Home, store: StateStore, ledgers: LedgerCache, pause: Pause) {
    this.home = home
    this.store = store
    this.ledgers = ledgers
    this.pause = pause
  }

  /** Does all of `work`, a long import and the snapshot after it, while readers are shown what was published last. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.isUnderway = !isUnsettled(this.store.state)
    try {
      return await work()
    } finally {
      this.isUnderway = false
    }
  }

  /**
   * Carries out the stages, each a transaction, and with the last one, `record`, shows what has become of the rows. What
   * the stages build on is `first`.
   */
  async carryOut(
    begun: Omit<UnfinishedImport, 'portfolioId'>,
    stages: readonly Statement[][],
    record: readonly Statement[],
    after: Written,
    first: readonly Statement[] = [],
  ): Promise<void> {
    const { db, id: portfolioId } = this.home
    await this.store.apply({ type: 'import begun' })
    await inOneTransaction(db, [beginImport(db, { ...begun, portfolioId }), ...first])
    await this.takeStages(stages, begun.rows)
    await this.ledgers.write([...record, endImport(db, begun.id)], after)
    await this.store.apply({ type: 'import ended' })
  }

  /** Ends what was killed. Whoever changes rows has it called first: rows that are not shown have their keys. */
  async finish(): Promise<void> {
    if (!this.store.state.isHalfWritten) return
    const { db, id } = this.home
    for (const begun of await unfinishedImportsOf(db, id)) {
      if (begun.work === 'writing') await this.takeBack(begun)
      else if (begun.work === 'deleting') await this.goOn(begun)
      else await inOneTransaction(db, erasePortfolio(id))
    }
    await this.store.apply({ type: 'import ended' })
  }

  private async takeBack({ id: importId, portfolioId }: UnfinishedImport): Promise<void> {
    const { db } = this.home
    const rows = [...(await rowsOfImport(db, portfolioId, importId)).keys()]
    const stages = deleteTransactions(portfolioId, rows).map((each) => [each])
    await this.takeStages(stages, rows.length)
    await inOneTransaction(db, [endImport(db, importId)])
  }

  private async goOn(begun: UnfinishedImport): Promise<void> {
    const { db, id } = this.home
    const portfolio = await this.ledgers.portfolio()
    if (!portfolio) return
    const now = Date.now()
    const transactions = await allTransactions(db, id, true)
    const { actor } = begun
    const editing = { db, portfolio, transactions, actor, now, today: dayAt(now, TIME_ZONE) }
    const edit = await undoImport(editing, begun.id, { anyway: true, rows: begun.rows })
    if (edit.status === 'ok')
      await this.carryOut(begun, edit.stages, edit.record, { transactions: edit.after })
  }

  private async takeStages(stages: readonly Statement[][], total: number): Promise<void> {
    for (const [i, stage] of stages.entries()) {
      await this.pause({ done: Math.floor((total * i) / stages.length), total })
      await inOneTransaction(this.home.db, stage)
    }
  }
}

/**
 * Divides the statements of a long import into stages. A transaction of four thousand rows keeps others waiting for some
 * hundredths of a second.
 */
export function stagesOf(statements: readonly Statement[]): Statement[][] {
  const size = Math.min(STATEMENTS, Math.ceil(statements.length / 2))
  return Array.from({ length: Math.ceil(statements.length / size) }, (_, i) =>
    statements.slice(i * size, (i + 1) * size),
  )
}

/** Each is of two thousand rows (storage/database.ts). */
const STATEMENTS = 2
