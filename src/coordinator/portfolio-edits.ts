import { askForTickers } from '../jobs/ask-for-tickers.ts'
import { log } from '../jobs/log.ts'
import { dividendProposals } from '../portfolio/dividend-proposal.ts'
import type { Entry } from '../portfolio/entry.ts'
import { answerTo, hashOf, rememberAnswer } from '../storage/idempotency.ts'
import { type ActionAnswer, type BookedAnswer, figuresAfter } from './action-answer.ts'
import type { ActionFigures } from '../snapshot/action-figures.ts'
import { readLedger } from '../storage/ledger.ts'
import { dismissal } from '../storage/rulings.ts'
import { type Accepted, acceptDividends, undoAcceptance } from './accepted-dividends.ts'
import { breath } from './breath.ts'
import type { Edited, Imported, RenameEdit, Undone } from './edited.ts'
import type { EditWriter } from './edit-writer.ts'
import type { Home } from './home.ts'
import { stagesOf } from './long-imports.ts'
import type { ImportChoices } from './import-choices.ts'
import type { LedgerCache } from './ledger-cache.ts'
import type { Signal } from './live-events.ts'
import { type OwnPriceList, replaceOwnPrices } from './own-price-list.ts'
import type { Refused } from './transaction-edits.ts'
import { renameSymbol, type Renaming } from './renamed-symbol.ts'
import type { SnapshotPublisher } from './snapshot-publisher.ts'
import { importStatement } from './statement-import.ts'
import type { Pause } from './statement-reading.ts'
import type { AskFor } from './statement-tickers.ts'
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

/** What an import does, and the rows for which that was decided. */
type Decided = {
  editing: Editing
  edit: Extract<Awaited<ReturnType<typeof importStatement>>, { status: 'ok' }>
}

/**
 * Carries out every write to the portfolio's transactions: transaction-edits.ts and statement-import.ts decide what may
 * be written. It is written here with its entry in the audit log, and followed by a new snapshot.
 */
export class PortfolioEdits {
  private readonly home: Home
  private readonly writer: EditWriter
  private readonly ledgers: LedgerCache
  private readonly publisher: SnapshotPublisher
  private readonly tellAll: (signal: Signal) => void

  constructor(
    home: Home,
    writer: EditWriter,
    ledgers: LedgerCache,
    publisher: SnapshotPublisher,
    tellAll: (signal: Signal) => void,
  ) {
    this.home = home
    this.writer = writer
    this.ledgers = ledgers
    this.publisher = publisher
    this.tellAll = tellAll
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

  /** Imports what was decided; where the rows have changed since, it is decided again. */
  async import(actor: string, csv: string, choices: ImportChoices, decided: Decided): Promise<Imported> {
    const editing = await this.writer.editing(actor)
    if (!editing) return { status: 'missing' }
    const isSame =
      editing.transactions === decided.editing.transactions && editing.portfolio === decided.editing.portfolio
    const edit = isSame ? decided.edit : await this.decided(editing, csv, choices)
    if (edit.status !== 'ok') return edit
    const { format, accepted, duplicates } = edit.value
    log('import', { portfolio: this.home.id, format, accepted, duplicates })
    const value = { ...edit.value, ...edit.told() }
    if (accepted === 0) return { status: 'ok', value, revision: await this.publisher.revision() }
    const { rows, record } = await edit.statements()
    const begun = { id: value.import_id, actor, work: 'writing' as const, rows: accepted }
    return {
      status: 'ok',
      value,
      revision: await this.writer.writeImport(begun, stagesOf(rows), record, edit.after),
    }
  }

  /**
   * Decides what an import does to these rows. Nothing is written, so that it waits for no turn and takes none, and whoever asks
   * meanwhile is answered.
   */
  async decided(editing: Editing, csv: string, choices: ImportChoices) {
    const { pause, askFor } = this
    const edit = await importStatement(editing, csv, crypto.randomUUID(), choices, { pause, askFor })
    if (edit.status !== 'ok') return edit
    const excess = this.writer.excess(editing.transactions, edit.after)
    if (excess !== null) {
      const problem = `With this file there would be too much: ${excess}. Put its rows into another portfolio.`
      return { status: 'unreadable' as const, problem, questions: [] }
    }
    return edit
  }

  private readonly askFor: AskFor = (symbols) => askForTickers(this.home.env, this.home.db, symbols)

  private readonly pause: Pause = async ({ done, total }) => {
    this.tellAll({ type: 'reading', done, total })
    await breath()
  }

  /** What undoing an import would do; null when there is no such import. */
  async undoingOf(importId: string): Promise<Undoing | null> {
    const editing = await this.writer.editing('')
    return editing && undoingOf(editing, importId)
  }

  /** Deletes the rows of an import; the answer is their number. */
  async undoImport(actor: string, importId: string, anyway: boolean): Promise<Undone> {
    const editing = await this.writer.editing(actor)
    const edit = editing ? await undoImport(editing, importId, { anyway }) : ({ status: 'missing' } as const)
    if (edit.status !== 'ok') return edit
    const { value, stages, record, after } = edit
    log('import undone', { portfolio: this.home.id, import: importId, rows: value })
    if (record.length === 0) return { status: 'ok', value, revision: await this.publisher.revision() }
    const begun = { id: importId, actor, work: 'deleting' as const, rows: value }
    return { status: 'ok', value, revision: await this.writer.writeImport(begun, stages, record, after) }
  }

  /** Gives transactions another ticker; the answer is their number, or why not. */
  async rename(actor: string, renaming: Renaming): Promise<RenameEdit> {
    const editing = await this.writer.editing(actor)
    if (!editing) return { status: 'missing' }
    const edit = renameSymbol(editing, renaming)
    if (edit.status !== 'ok') return edit
    const excess = this.writer.excess(editing.transactions, edit.after)
    if (excess !== null) return { status: 'refused', reason: excess }
    const { statements, value, after, portfolio } = edit
    await this.writer.write(statements, { transactions: after, portfolio })
    return { status: 'ok', value, revision: await this.publisher.settle('edit') }
  }

  /**
   * Books what an answer to a proposal makes. A split that was none is dismissed for every portfolio of the instance, in the
   * same transaction: of the two alone, either would be wrong.
   */
  bookAction(actor: string, { symbol, entry, withoutSplit }: BookedAnswer): Promise<Edited<Noted>> {
    return this.edit(actor, null, async (editing) => {
      const edit = await addTransaction(editing, entry, crypto.randomUUID())
      if (edit.status !== 'ok' || withoutSplit === null) return edit
      return { ...edit, statements: [...edit.statements, ...dismissal(symbol, withoutSplit)] }
    })
  }

  /** What the figures would be after an answer to a proposal; nothing is written. */
  async actionFigures(actor: string, answer: ActionAnswer): Promise<Edited<ActionFigures>> {
    const editing = await this.writer.editing(actor)
    if (!editing) return { status: 'missing' }
    const read = await this.ledgers.ledgerOf(editing.portfolio, editing.today)
    const { symbol } = answer
    const edit =
      'to' in answer
        ? renameSymbol(editing, { from: symbol, to: answer.to, until: null })
        : await addTransaction(editing, answer.entry, crypto.randomUUID())
    if (edit.status === 'refused' && 'reason' in edit)
      return { status: 'refused', faults: [{ field: 'new_symbol', reason: edit.reason }] }
    if (edit.status !== 'ok') return edit
    // the new shares may have prices that another portfolio asked for
    const other = 'to' in answer ? answer.to : (answer.entry.new_symbol ?? '')
    const about = { ...editing.portfolio, benchmarks: other === '' ? [] : [other] }
    const since = { transactions: [], since: editing.today }
    const { raw } = await readLedger(this.home.db, about, editing.today, since)
    const markets = new Map([...raw.markets, ...read.raw.markets])
    const value = figuresAfter({ ...read, raw: { ...read.raw, markets } }, edit.after, answer)
    return { status: 'ok', value, revision: await this.publisher.revision() }
  }

  /** Makes a symbol's own prices those of a list; the answer is how many rows came and went. */
  async replaceOwnPrices(actor: string, list: OwnPriceList): Promise<Edited<number>> {
    const editing = await this.writer.editing(actor)
    if (!editing) return { status: 'missing' }
    const batch = await replaceOwnPrices(editing, list)
    const excess = this.writer.excess(editing.transactions, batch.after)
    return excess === null ? this.writer.written(batch) : tooLarge(excess)
  }

  async acceptDividends(actor: string, wanted: string[] | 'all'): Promise<Edited<Accepted>> {
    const editing = await this.writer.editing(actor)
    if (!editing) return { status: 'missing' }
    const { ledger } = await this.ledgers.ledgerOf(editing.portfolio, editing.today)
    const proposals = dividendProposals(ledger, ledger.today)
    const named = wanted === 'all' ? wanted : new Set(wanted)
    const batch = await acceptDividends(editing, proposals, named)
    const excess = this.writer.excess(editing.transactions, batch.after)
    return excess === null ? this.writer.written(batch) : tooLarge(excess)
  }

  /** Deletes the dividends that were recorded together at that instant; the answer is their number. */
  async undoAcceptance(actor: string, at: number): Promise<Edited<number>> {
    const editing = await this.writer.editing(actor)
    return editing ? this.writer.written(await undoAcceptance(editing, at)) : { status: 'missing' }
  }

  /** With `once`, a request that was carried out is answered with the row that it made, and another request refused. */
  private async edit(
    actor: string,
    once: { key: string; request: string } | null,
    make: (editing: Editing) => Promise<Edit<Noted>>,
  ): Promise<Edited<Noted>> {
    const editing = await this.writer.editing(actor)
    if (!editing) return { status: 'missing' }
    const { db, id } = this.home
    const request = once && (await hashOf(once.request))
    const before = once && (await answerTo(db, id, once.key))
    const done = before && editing.transactions.find((row) => row.id === before.answer)
    if (done && before.request !== null && before.request !== request) return { status: 'used' }
    if (done) return { status: 'ok', value: done, revision: await this.publisher.revision() }
    const edit = await make(editing)
    if (edit.status !== 'ok') return edit
    const excess = this.writer.excess(editing.transactions, edit.after)
    if (excess !== null) return tooLarge(excess)
    const { value, statements, after } = edit
    if (statements.length === 0) return { status: 'ok', value, revision: await this.publisher.revision() }
    const answered = { request, answer: value.id }
    const remembered = once ? rememberAnswer(db, id, once.key, answered, editing.now) : []
    await this.writer.write([...statements, ...remembered], { transactions: after })
    // the write is stored: nothing that may fail comes between here and the answer
    return { status: 'ok', value, revision: await this.publisher.settle('edit') }
  }
}

function tooLarge(reason: string): Refused {
  return { status: 'refused', faults: [{ field: 'symbol', reason }] }
}
