import { dayAt, latestDay } from '../portfolio/day.ts'
import { actionProposals, proposalName } from '../portfolio/action-proposal.ts'
import { nameOf, openDividends } from '../portfolio/dividend-proposal.ts'
import type { Ledger } from '../portfolio/ledger.ts'
import { type OwnInstrument, ownInstrumentText, readOwnInstrument } from '../portfolio/own-instrument.ts'
import { TIME_ZONE } from '../portfolio/time.ts'
import { readPortfolioFile } from '../statements/read-everything.ts'
import { newFromWhole } from '../storage/whole-as-new.ts'
import { erasePortfolio } from '../storage/erasure.ts'
import { setGroupMembers } from '../storage/groups.ts'
import {
  deletePortfolio,
  isTaken,
  MOST_PORTFOLIOS,
  type Portfolio,
  symbolsOf,
  updatePortfolio,
} from '../storage/portfolios.ts'
import { ownInstrumentsOf } from '../storage/own-prices.ts'
import type { Listed } from '../storage/snapshots.ts'
import { trackSymbols } from '../storage/tracked.ts'
import { breath } from './breath.ts'
import type { Changes, Edited } from './edited.ts'
import type { EditWriter } from './edit-writer.ts'
import type { Home } from './home.ts'
import { noChoices } from './import-choices.ts'
import type { LedgerCache } from './ledger-cache.ts'
import type { SnapshotPublisher } from './snapshot-publisher.ts'
import { importStatement } from './statement-import.ts'

/** The revision of what was made; null where its id is somebody else's or of what was deleted, `full` for one too many. */
export type Made = { revision: number } | 'full' | null

/**
 * Carries out every write to the portfolio itself: made, by hand or of a file, changed, and deleted. Each is followed by
 * a new snapshot.
 */
export class PortfolioRecord {
  private readonly home: Home
  private readonly writer: EditWriter
  private readonly ledgers: LedgerCache
  private readonly publisher: SnapshotPublisher

  constructor(home: Home, writer: EditWriter, ledgers: LedgerCache, publisher: SnapshotPublisher) {
    this.home = home
    this.writer = writer
    this.ledgers = ledgers
    this.publisher = publisher
  }

  async create(wanted: Portfolio, csv: string | null): Promise<Made> {
    const { ownerId } = wanted
    if (await this.writer.isTaken()) {
      const isOwn = (await this.ledgers.portfolio())?.ownerId === ownerId
      return isOwn ? { revision: await this.publisher.revision() } : null
    }
    const portfolio = { ...wanted, ownInstruments: await ownInstrumentsOf(this.home.db, ownerId) }
    const editing = this.writer.editingOf(portfolio, [], ownerId)
    const made = this.writer.audit(ownerId, { action: 'create', before: null, after: portfolio }, editing.now)
    if (csv === null) {
      const record = [...made, ...trackSymbols(portfolio, symbolsOf(portfolio, []))]
      return this.writer.writeNew(portfolio, { count: 0, rows: [], record }, [], 'create')
    }
    const edit = await importStatement(editing, csv, crypto.randomUUID(), noChoices, { pause: breath })
    if (edit.status === 'unreadable') throw new Error('the first statement cannot be read')
    const { rows, record } = await edit.statements()
    const count = edit.value.accepted
    return this.writer.writeNew(
      portfolio,
      { count, rows, record: [...made, ...record] },
      edit.after,
      'create',
    )
  }

  async createGroup(group: Portfolio, portfolios: readonly Listed[]): Promise<Made> {
    const { db, id } = this.home
    if (await isTaken(db, id)) return null
    const after = { ...group, portfolios: portfolios.map(({ name }) => name) }
    const record = [
      ...setGroupMembers(
        id,
        portfolios.map((each) => each.id),
      ),
      ...this.writer.audit(group.ownerId, { action: 'create', before: null, after }),
    ]
    return this.writer.writeNew(group, { count: 0, rows: [], record }, [], 'create')
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
      ...this.writer.audit(actor, { action: 'update', before, after: { ...after, ...named } }),
      ...trackSymbols(
        after,
        symbolsOf(
          await this.ledgers.asked(after),
          await this.ledgers.transactions(),
          await this.ledgers.currencies(),
        ),
      ),
    ]
    await this.writer.write(statements, { portfolio: after })
    return { status: 'ok', value: after, revision: await this.publisher.settle('edit') }
  }

  async takeIn(portfolio: Portfolio, part: string): Promise<{ revision: number } | { problem: string }> {
    if (await this.writer.isTaken()) return { problem: 'There is a portfolio with its id. Try again.' }
    const file = readPortfolioFile(part, latestDay(Date.now()))
    if ('problem' in file) return file
    const { count, rows, rulings, transactions } = newFromWhole(portfolio, file)
    const excess = this.writer.excess([], transactions)
    if (excess !== null) return { problem: `${excess}.` }
    const record = [...rulings, ...trackSymbols(portfolio, symbolsOf(portfolio, transactions))]
    const made = await this.writer.writeNew(portfolio, { count, rows, record }, transactions, 'import')
    return made === 'full'
      ? { problem: `An account has at most ${MOST_PORTFOLIOS} portfolios. Delete one first.` }
      : made
  }

  async change(
    actor: string,
    changes: Changes & Partial<Pick<Portfolio, 'dismissedDividends' | 'dismissedActions' | 'ownInstruments'>>,
  ): Promise<Edited<Portfolio>> {
    const before = await this.ledgers.portfolio()
    if (!before) return { status: 'missing' }
    const after = { ...before, ...changes }
    const transactions = await this.ledgers.transactions()
    const statements = [
      updatePortfolio(this.home.db, this.home.id, changes),
      ...this.writer.audit(actor, { action: 'update', before, after }),
      ...trackSymbols(after, symbolsOf(after, transactions)),
    ]
    await this.writer.write(statements, { portfolio: after })
    return { status: 'ok', value: after, revision: await this.publisher.settle('edit') }
  }

  /** Notes that a symbol is priced by its owner, or with null that it is not. */
  async setOwnInstrument(
    actor: string,
    symbol: string,
    own: OwnInstrument | null,
  ): Promise<Edited<Portfolio>> {
    const portfolio = await this.ledgers.portfolio()
    if (!portfolio) return { status: 'missing' }
    const { ownInstruments: before } = portfolio
    const others = before.filter((text) => readOwnInstrument(text)?.symbol !== symbol)
    const after = own ? [...others, ownInstrumentText(own)].toSorted() : others
    if (after.join('\n') === before.join('\n'))
      return { status: 'ok', value: portfolio, revision: await this.publisher.revision() }
    if (after.length > MOST_OWN && after.length > before.length)
      return { status: 'refused', faults: [{ field: 'symbol', reason: `you can price at most ${MOST_OWN}` }] }
    return this.change(actor, { ownInstruments: after })
  }

  /** Takes the portfolio out of every list and route; its rows stay for a while. */
  async remove(actor: string): Promise<'done' | 'missing'> {
    const before = await this.ledgers.portfolio()
    if (!before) return 'missing'
    const statements = [
      deletePortfolio(this.home.db, this.home.id, Date.now()),
      ...this.writer.audit(actor, { action: 'delete', before, after: null }),
      ...trackSymbols(before, []),
    ]
    await this.writer.write(statements, { portfolio: undefined, transactions: undefined })
    await this.publisher.settle('delete')
    return 'done'
  }

  /** Deletes its rows for good, and nothing is left to make a snapshot of. */
  async erase(): Promise<void> {
    const nothing = { portfolio: undefined, transactions: undefined }
    await this.ledgers.write(erasePortfolio(this.home.id), nothing)
  }

  /**
   * Notes that a dividend of the source, named `QQQ@2012-03-16`, never came, or takes that back. The answer is
   * `missing` when the source lists no such dividend for shares held then.
   */
  dismissDividend(actor: string, name: string, isDismissed: boolean): Promise<Edited<Portfolio>> {
    return this.dismiss(actor, 'dismissedDividends', name, isDismissed)
  }

  /** Notes that a proposal, by its name, is not to be made again, or takes that back. `missing` when there is none. */
  dismissAction(actor: string, name: string, isDismissed: boolean): Promise<Edited<Portfolio>> {
    return this.dismiss(actor, 'dismissedActions', name, isDismissed)
  }

  private async dismiss(
    actor: string,
    among: keyof typeof proposedNames,
    name: string,
    isDismissed: boolean,
  ): Promise<Edited<Portfolio>> {
    const portfolio = await this.ledgers.portfolio()
    if (!portfolio) return { status: 'missing' }
    const before = portfolio[among]
    if (before.includes(name) === isDismissed)
      return { status: 'ok', value: portfolio, revision: await this.publisher.revision() }
    if (isDismissed) {
      const { ledger } = await this.ledgers.ledgerOf(portfolio, dayAt(Date.now(), TIME_ZONE))
      if (!proposedNames[among](ledger).includes(name)) return { status: 'missing' }
    }
    const kept = before.filter((each) => each !== name)
    return this.change(actor, { [among]: isDismissed ? [...kept, name] : kept })
  }
}

/** So many symbols may an owner price: each portfolio keeps them all. */
const MOST_OWN = 100

/** What may be dismissed, by the names that it has among what was. */
const proposedNames = {
  dismissedDividends: (ledger: Ledger) => openDividends(ledger, ledger.today).map((due) => nameOf(due)),
  dismissedActions: (ledger: Ledger) => actionProposals(ledger).map((each) => proposalName(each)),
}
