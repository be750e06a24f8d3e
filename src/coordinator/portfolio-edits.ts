import { log } from '../jobs/log.ts'
import { dayAt, latestDay } from '../portfolio/day.ts'
import { dividendProposals, nameOf, openDividends } from '../portfolio/dividend-proposal.ts'
import type { Entry } from '../portfolio/entry.ts'
import { TIME_ZONE } from '../portfolio/time.ts'
import { readPortfolioFile } from '../statements/read-everything.ts'
import { appendAudit, type AuditEntry } from '../storage/audit.ts'
import type { Statement } from '../storage/database.ts'
import { newFromWhole } from '../storage/everything.ts'
import { erasePortfolio } from '../storage/erasure.ts'
import { setGroupMembers } from '../storage/groups.ts'
import { answerTo, hashOf, rememberAnswer } from '../storage/idempotency.ts'
import {
  deletePortfolio,
  insertPortfolio,
  isTaken,
  type Portfolio,
  symbolsOf,
  updatePortfolio,
} from '../storage/portfolios.ts'
import type { Listed } from '../storage/snapshots.ts'
import { trackSymbols } from '../storage/tracked.ts'
import type { Recorded } from '../storage/transactions.ts'
import { type Accepted, acceptDividends, type Batch, undoAcceptance } from './accepted-dividends.ts'
import type { Changes, Edited, Imported, RenameEdit, Undone } from './edited.ts'
import type { Home } from './home.ts'
import { type ImportChoices, noChoices } from './import-choices.ts'
import type { ImportPreview } from './import-preview.ts'
import type { LedgerCache, Written } from './ledger-cache.ts'
import type { Signal } from './live-events.ts'
import type { Refused } from './transaction-edits.ts'
import { tooMuch } from './portfolio-size.ts'
import { renameSymbol, type Renaming } from './renamed-symbol.ts'
import type { SnapshotPublisher } from './snapshot-publisher.ts'
import type { StateStore } from './state-store.ts'
import { importStatement } from './statement-import.ts'
import type { Pause } from './statement-reading.ts'
import {
  addTransaction,
  type Edit,
  type Editing,
  type Noted,
  editTransaction,
  removeTransaction,
  restoreTransaction,
} from './transaction-edits.ts'
import { type Undoing, undoImport, undoingOf } from './undone-import.ts'

/**
 * Carries out every write to the portfolio: transaction-edits.ts and statement-import.ts decide what may be written.
 * It is written here with its entry in the audit log, and followed by a new snapshot.
 */
export class PortfolioEdits {
  private readonly home: Home
  private readonly store: StateStore
  private readonly ledgers: LedgerCache
  private readonly publisher: SnapshotPublisher
  private readonly tellAll: (signal: Signal) => void

  constructor(
    home: Home,
    store: StateStore,
    ledgers: LedgerCache,
    publisher: SnapshotPublisher,
    tellAll: (signal: Signal) => void,
  ) {
    this.tellAll = tellAll
    this.home = home
    this.store = store
    this.ledgers = ledgers
    this.publisher = publisher
  }

  async create(portfolio: Portfolio, csv: string | null): Promise<{ revision: number } | null> {
    const { db, id } = this.home
    if (await isTaken(db, id)) {
      const isOwn = (await this.ledgers.portfolio())?.ownerId === portfolio.ownerId
      return isOwn ? { revision: await this.publisher.revision() } : null
    }
    const { ownerId } = portfolio
    const editing = this.editingOf(portfolio, [], ownerId)
    const edit = csv === null ? null : await importStatement(editing, csv, crypto.randomUUID())
    if (edit?.status === 'unreadable') throw new Error('the first statement cannot be read')
    const statements = [
      ...insertPortfolio(db, portfolio),
      ...this.audit(ownerId, { action: 'create', before: null, after: portfolio }, editing.now),
      ...(edit?.statements() ?? trackSymbols(portfolio, symbolsOf(portfolio, []))),
    ]
    await this.write(statements, { portfolio, transactions: edit?.after ?? [] })
    return { revision: await this.publisher.settle('create') }
  }

  async createGroup(group: Portfolio, portfolios: readonly Listed[]): Promise<{ revision: number } | null> {
    const { db, id } = this.home
    if (await isTaken(db, id)) return null
    const after = { ...group, portfolios: portfolios.map(({ name }) => name) }
    const statements = [
      ...insertPortfolio(db, group),
      ...setGroupMembers(
        id,
        portfolios.map((each) => each.id),
      ),
      ...this.audit(group.ownerId, { action: 'create', before: null, after }),
    ]
    await this.write(statements, { portfolio: group })
    return { revision: await this.publisher.settle('create') }
  }

  /** Null for `portfolios` leaves those that it has. */
  async changeGroup(
    actor: string,
    changes: Changes,
    portfolios: readonly Listed[] | null,
  ): Promise<Edited<Portfolio>> {
    const { db, id } = this.home
    const before = await this.ledgers.portfolio()
    if (!before) return { status: 'missing' }
    const after = { ...before, ...changes }
    const named = portfolios && { portfolios: portfolios.map(({ name }) => name) }
    const statements = [
      updatePortfolio(db, id, changes),
      ...(portfolios === null
        ? []
        : setGroupMembers(
            id,
            portfolios.map((each) => each.id),
          )),
      ...this.audit(actor, { action: 'update', before, after: { ...after, ...named } }),
      ...trackSymbols(after, symbolsOf(after, await this.ledgers.transactions())),
    ]
    await this.write(statements, { portfolio: after })
    return { status: 'ok', value: after, revision: await this.publisher.settle('edit') }
  }

  async takeIn(portfolio: Portfolio, part: string): Promise<{ revision: number } | { problem: string }> {
    const { db, id } = this.home
    if (await isTaken(db, id)) return { problem: 'There is a portfolio with its id. Try again.' }
    const file = readPortfolioFile(part, latestDay(Date.now()))
    if ('problem' in file) return file
    const { statements, transactions } = newFromWhole(portfolio, file)
    const excess = this.excess([], transactions)
    if (excess !== null) return { problem: `${excess}.` }
    const all = [
      ...insertPortfolio(db, portfolio),
      ...statements,
      ...trackSymbols(portfolio, symbolsOf(portfolio, transactions)),
    ]
    await this.write(all, { portfolio, transactions })
    return { revision: await this.publisher.settle('import') }
  }

  async change(
    actor: string,
    changes: Changes & Partial<Pick<Portfolio, 'dismissedDividends'>>,
  ): Promise<Edited<Portfolio>> {
    const before = await this.ledgers.portfolio()
    if (!before) return { status: 'missing' }
    const after = { ...before, ...changes }
    const transactions = await this.ledgers.transactions()
    const statements = [
      updatePortfolio(this.home.db, this.home.id, changes),
      ...this.audit(actor, { action: 'update', before, after }),
      ...trackSymbols(after, symbolsOf(after, transactions)),
    ]
    await this.write(statements, { portfolio: after })
    return { status: 'ok', value: after, revision: await this.publisher.settle('edit') }
  }

  /** Takes the portfolio out of every list and route; its rows stay for a while. */
  async remove(actor: string): Promise<'done' | 'missing'> {
    const before = await this.ledgers.portfolio()
    if (!before) return 'missing'
    const statements = [
      deletePortfolio(this.home.db, this.home.id, Date.now()),
      ...this.audit(actor, { action: 'delete', before, after: null }),
      ...trackSymbols(before, []),
    ]
    await this.write(statements, { portfolio: undefined, transactions: undefined })
    await this.publisher.settle('delete')
    return 'done'
  }

  /** Deletes its rows for good, and nothing is left to make a snapshot of. */
  async erase(): Promise<void> {
    const nothing = { portfolio: undefined, transactions: undefined }
    await this.ledgers.write(erasePortfolio(this.home.id), nothing)
  }

  add(actor: string, entry: Entry, key: string | null, askFirst: boolean): Promise<Edited<Noted>> {
    const once = key === null ? null : { key, request: JSON.stringify(entry) }
    return this.edit(actor, once, (editing) => addTransaction(editing, entry, crypto.randomUUID(), askFirst))
  }

  replace(actor: string, id: string, version: number, entry: Entry): Promise<Edited<Noted>> {
    return this.edit(actor, null, (editing) => editTransaction(editing, id, version, entry))
  }

  async delete(actor: string, id: string): Promise<Edited<null>> {
    const removed = await this.edit(actor, null, (editing) => removeTransaction(editing, id))
    return removed.status === 'ok' ? { ...removed, value: null } : removed
  }

  restore(actor: string, id: string): Promise<Edited<Noted>> {
    return this.edit(actor, null, (editing) => restoreTransaction(editing, id))
  }

  async import(actor: string, csv: string, choices: ImportChoices = noChoices): Promise<Imported> {
    const editing = await this.editing(actor)
    if (!editing) return { status: 'missing' }
    const edit = await this.imported(editing, csv, choices)
    if (edit.status !== 'ok') return edit
    const { value } = edit
    if (value.accepted === 0) return { status: 'ok', value, revision: await this.publisher.revision() }
    await this.write(edit.statements(), { transactions: edit.after })
    return { status: 'ok', value, revision: await this.publisher.settle('import') }
  }

  /** What an import would do to these rows. Nothing is written, so that it waits for no turn and takes none. */
  async preview(
    editing: Editing,
    csv: string,
    choices: ImportChoices,
  ): Promise<Exclude<Imported, { status: 'ok' }> | { status: 'looked'; value: ImportPreview }> {
    const edit = await this.imported(editing, csv, choices)
    return edit.status === 'ok' ? { status: 'looked', value: await edit.preview() } : edit
  }

  /** The revision that has all in it that was written so far. */
  revision(): Promise<number> {
    return this.publisher.revision()
  }

  private async imported(editing: Editing, csv: string, choices: ImportChoices) {
    const edit = await importStatement(editing, csv, crypto.randomUUID(), choices, this.pause)
    if (edit.status !== 'ok') return edit
    const excess = this.excess(editing.transactions, edit.after)
    if (excess !== null) {
      const problem = `With this file there would be too much: ${excess}. Put its rows into another portfolio.`
      return { status: 'unreadable' as const, problem, questions: [] }
    }
    const { format, accepted, duplicates } = edit.value
    log('import', { portfolio: this.home.id, format, accepted, duplicates })
    return edit
  }

  /** A timer lets whoever waits for this object, or for this isolate, be answered first. */
  private readonly pause: Pause = async ({ done, total }) => {
    this.tellAll({ type: 'reading', done, total })
    await new Promise((next) => setTimeout(next, 0))
  }

  /** What undoing an import would do; null when there is no such import. */
  async undoingOf(importId: string): Promise<Undoing | null> {
    const editing = await this.editing('')
    return editing && undoingOf(editing, importId)
  }

  /** Deletes the rows of an import; the answer is their number. */
  async undoImport(actor: string, importId: string, anyway: boolean): Promise<Undone> {
    const editing = await this.editing(actor)
    const edit = editing ? await undoImport(editing, importId, anyway) : ({ status: 'missing' } as const)
    if (edit.status !== 'ok') return edit
    log('import undone', { portfolio: this.home.id, import: importId, rows: edit.value })
    const { value, statements, after } = edit
    const written = await this.written({ value, statements, after })
    return written.status === 'ok' ? written : { status: 'missing' }
  }

  /** Gives transactions another ticker; the answer is their number, or why not. */
  async rename(actor: string, renaming: Renaming): Promise<RenameEdit> {
    const editing = await this.editing(actor)
    if (!editing) return { status: 'missing' }
    const edit = renameSymbol(editing, renaming)
    if (edit.status !== 'ok') return edit
    const excess = this.excess(editing.transactions, edit.after)
    if (excess !== null) return { status: 'refused', reason: excess }
    const { statements, value, after, portfolio } = edit
    await this.write(statements, { transactions: after, portfolio })
    return { status: 'ok', value, revision: await this.publisher.settle('edit') }
  }

  async acceptDividends(actor: string, wanted: string[] | 'all'): Promise<Edited<Accepted>> {
    const editing = await this.editing(actor)
    if (!editing) return { status: 'missing' }
    const { ledger } = await this.ledgers.ledgerOf(editing.portfolio, editing.today)
    const proposals = dividendProposals(ledger, ledger.today)
    const named = wanted === 'all' ? wanted : new Set(wanted)
    const batch = await acceptDividends(editing, proposals, named)
    const excess = this.excess(editing.transactions, batch.after)
    return excess === null ? this.written(batch) : tooLarge(excess)
  }

  /** Deletes the dividends that were recorded together at that instant; the answer is their number. */
  async undoAcceptance(actor: string, at: number): Promise<Edited<number>> {
    const editing = await this.editing(actor)
    return editing ? this.written(await undoAcceptance(editing, at)) : { status: 'missing' }
  }

  private async written<T>(batch: Batch<T>): Promise<Edited<T>> {
    const { statements, value, after } = batch
    if (statements.length === 0) return { status: 'ok', value, revision: await this.publisher.revision() }
    await this.write(statements, { transactions: after })
    return { status: 'ok', value, revision: await this.publisher.settle('edit') }
  }

  /**
   * Notes that a dividend of the source, named `QQQ@2012-03-16`, never came, or takes that back. The answer is
   * `missing` when the source lists no such dividend for shares held then.
   */
  async dismissDividend(actor: string, name: string, isDismissed: boolean): Promise<Edited<Portfolio>> {
    const portfolio = await this.ledgers.portfolio()
    if (!portfolio) return { status: 'missing' }
    const { dismissedDividends: before } = portfolio
    if (before.includes(name) === isDismissed)
      return { status: 'ok', value: portfolio, revision: await this.publisher.revision() }
    if (isDismissed) {
      const { ledger } = await this.ledgers.ledgerOf(portfolio, dayAt(Date.now(), TIME_ZONE))
      if (!openDividends(ledger, ledger.today).some((due) => nameOf(due) === name))
        return { status: 'missing' }
    }
    const kept = before.filter((each) => each !== name)
    return this.change(actor, { dismissedDividends: isDismissed ? [...kept, name] : kept })
  }

  /** With `once`, a request that was carried out is answered with the row that it made, and another request refused. */
  private async edit(
    actor: string,
    once: { key: string; request: string } | null,
    make: (editing: Editing) => Promise<Edit<Noted>>,
  ): Promise<Edited<Noted>> {
    const editing = await this.editing(actor)
    if (!editing) return { status: 'missing' }
    const { db, id } = this.home
    const request = once && (await hashOf(once.request))
    const before = once && (await answerTo(db, id, once.key))
    const done = before && editing.transactions.find((row) => row.id === before.answer)
    if (done && before.request !== null && before.request !== request) return { status: 'used' }
    if (done) return { status: 'ok', value: done, revision: await this.publisher.revision() }
    const edit = await make(editing)
    if (edit.status !== 'ok') return edit
    const excess = this.excess(editing.transactions, edit.after)
    if (excess !== null) return tooLarge(excess)
    const { value, statements, after } = edit
    if (statements.length === 0) return { status: 'ok', value, revision: await this.publisher.revision() }
    const answered = { request, answer: value.id }
    const remembered = once ? rememberAnswer(db, id, once.key, answered, editing.now) : []
    await this.write([...statements, ...remembered], { transactions: after })
    // the write is stored: nothing that may fail comes between here and the answer
    return { status: 'ok', value, revision: await this.publisher.settle('edit') }
  }

  /** What would be too much of; tests try what is beyond. */
  private excess(before: readonly Recorded[], after: readonly Recorded[]): string | null {
    return (this.home.env as Env & { LIMITS?: string }).LIMITS === 'off' ? null : tooMuch(before, after)
  }

  async editing(actor: string): Promise<Editing | null> {
    await this.publisher.verify()
    const portfolio = await this.ledgers.portfolio()
    return portfolio && this.editingOf(portfolio, await this.ledgers.transactions(), actor)
  }

  private editingOf(portfolio: Portfolio, transactions: Recorded[], actor: string): Editing {
    const now = Date.now()
    return { db: this.home.db, portfolio, transactions, actor, now, today: dayAt(now, TIME_ZONE) }
  }

  private audit(
    actor: string,
    change: Pick<AuditEntry, 'action' | 'before' | 'after'>,
    now = Date.now(),
  ): Statement[] {
    const entry: AuditEntry = { subject: 'portfolio', ...change }
    return appendAudit(this.home.db, this.home.id, actor, [entry], now)
  }

  /** Notes in advance that a snapshot and perhaps prices will be due, so that a kill after the write does no harm. */
  private async write(statements: readonly Statement[], after: Written): Promise<void> {
    await this.store.apply({ type: 'writing' })
    await this.ledgers.write(statements, after)
  }
}

function tooLarge(reason: string): Refused {
  return { status: 'refused', faults: [{ field: 'symbol', reason }] }
}
