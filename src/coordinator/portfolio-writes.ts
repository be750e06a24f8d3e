import type { Outcome } from '../jobs/outcome.ts'
import type { Entry } from '../portfolio/entry.ts'
import type { OwnInstrument } from '../portfolio/own-instrument.ts'
import type { WantedAlert } from '../snapshot/alert.ts'
import { memberRole } from '../storage/members.ts'
import type { AlertTaken } from '../storage/alerts.ts'
import type { Portfolio } from '../storage/portfolios.ts'
import type { Listed } from '../storage/snapshots.ts'
import type { Accepted } from './accepted-dividends.ts'
import type { Home } from './home.ts'
import { type ImportChoices, noChoices } from './import-choices.ts'
import { fetchStatement } from './broker-run.ts'
import type { EditWriter } from './edit-writer.ts'
import type { Changes, Edited, Imported, RenameEdit, Undone } from './edited.ts'
import type { AlertSet, PortfolioAlerts } from './portfolio-alerts.ts'
import type { OwnPriceList } from './own-price-list.ts'
import type { PortfolioEdits } from './portfolio-edits.ts'
import type { Made, PortfolioRecord } from './portfolio-record.ts'
import { PortfolioReports } from './portfolio-reports.ts'
import type { ActionAnswer, BookedAnswer } from './action-answer.ts'
import type { ActionFigures } from '../snapshot/action-figures.ts'
import type { Renaming } from './renamed-symbol.ts'
import type { StatementDrafts } from './statement-drafts.ts'
import type { Noted } from './transaction-edits.ts'
import type { Undoing } from './undone-import.ts'

/** Whom a change is for: the editors or the owner of a portfolio, or the owner of a group. */
type Needed = 'editor' | 'owner' | 'group'

/**
 * The part of a portfolio's object that people write through. Each method asks in its turn whether its actor may, and
 * portfolio-edits.ts and portfolio-record.ts do it.
 */
export abstract class PortfolioWrites extends PortfolioReports {
  protected abstract readonly home: Home
  protected abstract readonly writer: EditWriter
  protected abstract readonly edits: PortfolioEdits
  protected abstract readonly record: PortfolioRecord
  protected abstract readonly drafts: StatementDrafts
  protected abstract readonly alerts: PortfolioAlerts

  /**
   * Creates the portfolio that this object keeps, with a statement's rows in it if there is one, all at once. Where the
   * id is taken, nothing is written: the same form sent twice makes one portfolio.
   */
  create(portfolio: Portfolio, csv: string | null = null): Promise<Made> {
    if (portfolio.id !== this.home.id)
      throw new Error(`${this.home.id} cannot keep the portfolio ${portfolio.id}`)
    return this.inTurn(() => this.record.create(portfolio, csv))
  }

  /**
   * Creates the portfolio that this object keeps from a part of a file (statements/everything.ts), in UTF-8: all of it, or
   * nothing and a sentence.
   */
  takeIn(portfolio: Portfolio, part: Uint8Array): Promise<{ revision: number } | { problem: string }> {
    if (portfolio.id !== this.home.id)
      throw new Error(`${this.home.id} cannot keep the portfolio ${portfolio.id}`)
    return this.inTurn(() => this.record.takeIn(portfolio, new TextDecoder().decode(part)))
  }

  /** The same of a group, which consists of these portfolios. Whether its owner may see them is asked at each reading. */
  createGroup(group: Portfolio, portfolios: Listed[]): Promise<Made> {
    if (group.id !== this.home.id || !group.kind) throw new Error(`${this.home.id} cannot keep ${group.id}`)
    return this.inTurn(() => this.record.createGroup(group, portfolios))
  }

  /** Changes the settings of a group; with `portfolios`, what it consists of. */
  changeGroup(
    actor: string,
    changes: Changes,
    portfolios: Listed[] | null,
  ): Promise<Edited<Portfolio> | { status: 'missing' }> {
    return this.changed(actor, 'group', () => this.record.changeGroup(actor, changes, portfolios))
  }

  change(actor: string, changes: Changes): Promise<Edited<Portfolio>> {
    return this.changed(actor, 'editor', () => this.record.change(actor, changes))
  }

  /** The same `key` twice makes one row; with `askFirst` a row that is there already is not added but named. */
  add(actor: string, entry: Entry, key: string | null, askFirst = false): Promise<Edited<Noted>> {
    return this.changed(actor, 'editor', () => this.edits.add(actor, entry, key, askFirst))
  }

  /** `version` is the one that the editor saw. */
  replace(actor: string, transaction: string, version: number, entry: Entry): Promise<Edited<Noted>> {
    return this.changed(actor, 'editor', () => this.edits.replace(actor, transaction, version, entry))
  }

  delete(actor: string, transaction: string): Promise<Edited<null>> {
    return this.changed(actor, 'editor', () => this.edits.delete(actor, transaction))
  }

  /** Undoes a deletion. */
  restore(actor: string, transaction: string): Promise<Edited<Noted>> {
    return this.changed(actor, 'editor', () => this.edits.restore(actor, transaction))
  }

  /** Gives a symbol's transactions another ticker. */
  rename(actor: string, renaming: Renaming): Promise<RenameEdit> {
    return this.changed(actor, 'editor', () => this.edits.rename(actor, renaming))
  }

  /** With `preview` answers what the import would do, and writes nothing. */
  import(
    actor: string,
    csv: string,
    preview: boolean,
    choices: ImportChoices = noChoices,
  ): Promise<Imported> {
    return this.ofFile(actor, () => csv, preview, choices)
  }

  /** Fetches a broker's statement and imports what is new in it, in the name of whoever connected the broker. */
  fetchStatement(broker: string): Promise<Outcome> {
    return fetchStatement(this.home, broker, this.import.bind(this))
  }

  /** Keeps a file for an hour, so that a change on its preview does not send it again; the answer is its id. */
  keepDraft(actor: string, csv: string): Promise<{ status: 'kept'; id: string } | { status: 'missing' }> {
    return this.changed(actor, 'editor', async () => ({
      status: 'kept',
      id: this.drafts.keep(csv, Date.now()),
    }))
  }

  /** The same as `import` with a file that is kept. */
  importDraft(actor: string, draft: string, preview: boolean, choices: ImportChoices): Promise<Imported> {
    return this.ofFile(actor, () => this.drafts.find(draft, Date.now()), preview, choices)
  }

  /** The text of a file that is kept, for the portfolios that other accounts of it go to. */
  draft(
    actor: string,
    draft: string,
  ): Promise<{ status: 'kept'; text: string } | { status: 'expired' | 'missing' }> {
    return this.changed(actor, 'editor', async () => {
      const text = this.drafts.find(draft, Date.now())
      return text === null ? { status: 'expired' } : { status: 'kept', text }
    })
  }

  /** What undoing an import would delete, and what depends on that. */
  undoingOf(actor: string, importId: string): Promise<Undoing | null> {
    return this.inTurn(async () =>
      (await this.mayChange(actor, 'editor')) ? this.edits.undoingOf(importId) : null,
    )
  }

  /** Deletes an import's rows; with `anyway` also where sales or dividends would lack shares then. */
  undoImport(actor: string, importId: string, anyway: boolean): Promise<Undone> {
    return this.changed(actor, 'editor', () => this.edits.undoImport(actor, importId, anyway))
  }

  /** Records proposed dividends (dividend-proposal.ts): all, or those named `QQQ@2012-03-16`. */
  acceptDividends(actor: string, wanted: string[] | 'all'): Promise<Edited<Accepted>> {
    return this.changed(actor, 'editor', () => this.edits.acceptDividends(actor, wanted))
  }

  /** Deletes the dividends that were recorded together at that instant; the answer is their number. */
  undoAcceptance(actor: string, at: number): Promise<Edited<number>> {
    return this.changed(actor, 'editor', () => this.edits.undoAcceptance(actor, at))
  }

  /** Notes that a proposal (action-proposal.ts) is not to be made again, or takes that back. */
  dismissAction(actor: string, name: string, isDismissed: boolean): Promise<Edited<Portfolio>> {
    return this.changed(actor, 'editor', () => this.record.dismissAction(actor, name, isDismissed))
  }

  /** Books what an answer to a proposal makes. */
  bookAction(actor: string, answer: BookedAnswer): Promise<Edited<Noted>> {
    return this.changed(actor, 'editor', () => this.edits.bookAction(actor, answer))
  }

  /** What the figures would be after an answer to a proposal; nothing is written. */
  actionFigures(actor: string, answer: ActionAnswer): Promise<Edited<ActionFigures>> {
    return this.changed(actor, 'editor', () => this.edits.actionFigures(actor, answer))
  }

  /** Makes a symbol's own prices those of a list; the answer is how many rows came and went. */
  replaceOwnPrices(actor: string, list: OwnPriceList): Promise<Edited<number>> {
    return this.changed(actor, 'owner', () => this.edits.replaceOwnPrices(actor, list))
  }

  /** Notes that a symbol is priced by its owner, or with null that it is not. */
  setOwnInstrument(actor: string, symbol: string, own: OwnInstrument | null): Promise<Edited<Portfolio>> {
    return this.changed(actor, 'owner', () => this.record.setOwnInstrument(actor, symbol, own))
  }

  /** Notes that a dividend of the source, named `QQQ@2012-03-16`, never came, or takes that back. */
  dismissDividend(actor: string, name: string, isDismissed: boolean): Promise<Edited<Portfolio>> {
    return this.changed(actor, 'editor', () => this.record.dismissDividend(actor, name, isDismissed))
  }

  /** Sets an alert of somebody who may see the portfolio, or with `id` sets another in its place. */
  setAlert(actor: string, wanted: WantedAlert, id: string | null = null): Promise<AlertSet> {
    return this.inTurn(async () => {
      if (!(await this.maySee(actor))) return { status: 'missing' }
      const [shown, read] = [await this.publication(), await this.ledgers.ledger()]
      if (!shown || !read) return { status: 'missing' }
      return this.alerts.set(actor, wanted, id, shown.snapshot, read)
    })
  }

  /** Takes what its owner wants to be told from a file. */
  takeInAlerts(actor: string, kept: AlertTaken[]): Promise<void> {
    return this.inTurn(async () => {
      if (await this.maySee(actor)) await this.alerts.takeIn(actor, kept)
    })
  }

  removeAlert(actor: string, id: string): Promise<boolean> {
    return this.inTurn(async () => (await this.maySee(actor)) && this.alerts.remove(actor, id))
  }

  /** A file takes a turn to begin and one to end: what is asked meanwhile does not wait for a long one. */
  private async ofFile(
    actor: string,
    file: () => string | null,
    isPreview: boolean,
    choices: ImportChoices,
  ): Promise<Imported> {
    const begun = await this.changed(actor, 'editor', async () => {
      const csv = file()
      if (csv === null) return { status: 'expired' } as const
      const editing = await this.writer.editing(actor)
      return editing ? ({ status: 'begun', csv, editing } as const) : ({ status: 'missing' } as const)
    })
    if (begun.status !== 'begun') return begun
    const { editing, csv } = begun
    const edit = await this.edits.decided(editing, csv, choices)
    if (edit.status !== 'ok') return edit
    if (!isPreview)
      return this.changed(actor, 'editor', () => this.edits.import(actor, csv, choices, { editing, edit }))
    const value = edit.preview()
    return { status: 'previewed', value, revision: await this.inTurn(() => this.writer.revision()) }
  }

  /**
   * Makes a change in its turn, for the owner or, where that suffices, for an editor. Who else asks is told what they would
   * be told of a portfolio that does not exist. The Worker has asked for the role as well, but not in this turn.
   */
  protected changed<T>(
    actor: string,
    needed: Needed,
    work: () => Promise<T>,
  ): Promise<T | { status: 'missing' }> {
    return this.inTurn(async () => ((await this.mayChange(actor, needed)) ? work() : { status: 'missing' }))
  }

  private async mayChange(actor: string, needed: Needed): Promise<boolean> {
    const portfolio = await this.ledgers.portfolio()
    // a group has no rows that anybody could change, and a portfolio no members
    if (!portfolio || (portfolio.kind != null) !== (needed === 'group')) return false
    if (portfolio.ownerId === actor) return true
    return needed === 'editor' && (await memberRole(this.home.db, this.home.id, actor)) === 'editor'
  }
}
