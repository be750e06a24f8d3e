import { handOver } from '../jobs/counters.ts'
import { cause, log } from '../jobs/log.ts'
import { dayAt } from '../portfolio/day.ts'
import type { Valued } from '../portfolio/revaluation.ts'
import { MINUTE, TIME_ZONE } from '../portfolio/time.ts'
import { inOneTransaction } from '../storage/database.ts'
import { watchedGroupsWith } from '../storage/groups.ts'
import {
  type Edition,
  editionAndEntries,
  saveSnapshot,
  storedEdition,
  storedSnapshot,
} from '../storage/snapshots.ts'
import { STEP, withPauses } from '../statements/steps.ts'
import { breath } from './breath.ts'
import { type Effect, highestOf, isPutBack, isUnsettled, lacksCopies } from './coordinator-state.ts'
import type { Home } from './home.ts'
import type { PortfolioAlerts } from './portfolio-alerts.ts'
import type { KvCopies } from './kv-copies.ts'
import type { LedgerCache } from './ledger-cache.ts'
import { onlyQuotesChanged, progress, type Region, regions, type Signal } from './live-events.ts'
import { trackRates } from './needed-rates.ts'
import { recordDecisions } from './recorded-decisions.ts'
import { tellGroups } from './watched-groups.ts'
import { type Publication, publicationSteps, quoteMetadata, readPublication } from './snapshot-builder.ts'
import type { StateStore } from './state-store.ts'

/** The number of latest changes that the dashboard shows. */
const RECENT_ENTRIES = 5

/** What a publication starts elsewhere. */
type Others = {
  /** Fetches what is due. */
  begin: (reason: string) => Promise<unknown>
  tellAll: (signal: Signal) => void
}

/**
 * Makes the snapshot and the chart, stores them when they have changed, has them copied, and tells the open pages.
 */
export class SnapshotPublisher {
  private readonly home: Home
  private readonly store: StateStore
  private readonly ledgers: LedgerCache
  private readonly copies: KvCopies
  private readonly alerts: PortfolioAlerts
  private readonly others: Others
  private last: Publication | null = null
  /** The ledger of the last publication and its daily series. */
  private valued: Valued | null = null
  /** When this object made its last snapshot since it was started. */
  publishedAt = 0
  /** When D1 was last found to have what it was given. */
  private verifiedAt = 0
  /** The open groups that show the portfolio, as of its last edit. */
  private groups: string[] = []

  constructor(
    home: Home,
    store: StateStore,
    ledgers: LedgerCache,
    copies: KvCopies,
    alerts: PortfolioAlerts,
    others: Others,
  ) {
    this.home = home
    this.store = store
    this.ledgers = ledgers
    this.copies = copies
    this.alerts = alerts
    this.others = others
    ledgers.verify = () => this.verify()
  }

  /** The last publication that this object has made or read; null when it has forgotten it. */
  get shown(): Publication | null {
    return this.last
  }

  /** The last publication; null before the first, or when it is of another version of the app or cannot be read. */
  async published(): Promise<Publication | null> {
    if (this.last) return this.last
    const stored = await storedSnapshot(this.home.db, this.home.id)
    await this.compare(stored, this.store.state.isBehind)
    this.last = stored && readPublication(stored)
    return this.last
  }

  /**
   * Asks D1 whether it still has the snapshot that it was given, unless it was asked within the last minute. If it was
   * put back, everything in memory is dropped, and a snapshot is due.
   */
  async verify(within = MINUTE): Promise<void> {
    if (Math.abs(Date.now() - this.verifiedAt) < within) return
    const { db, id } = this.home
    const stored = (await this.ledgers.portfolio()) ? await storedEdition(db, id) : null
    await this.compare(stored, this.store.state.isBehind)
  }

  private async compare(stored: Edition | null, mayBeAhead: boolean): Promise<void> {
    this.verifiedAt = Date.now()
    const { state } = this.store
    if (!isPutBack(state, stored, mayBeAhead)) return
    log('database put back', { portfolio: this.home.id, had: state.revision, has: stored?.revision ?? 0 })
    this.forget()
    await this.store.apply({ type: 'put back', stored })
  }

  /** Drops everything in memory. */
  forget(): void {
    this.ledgers.forget()
    this.last = null
    this.valued = null
    this.alerts.known = null
  }

  /**
   * Returns the publication to show; null when the portfolio does not exist. With `isLost`, which says that KV has no copy of
   * what D1 has, D1 is asked in any case, and KV gets its copies again.
   */
  async current(isLost: boolean): Promise<Publication | null> {
    await this.verify(isLost ? 0 : MINUTE)
    if (!(await this.ledgers.portfolio())) return null
    const known = await this.published()
    if (!known) return this.anew()
    // a reader came before the alarm; if D1 still does not accept a new snapshot, the last one is shown
    if (isUnsettled(this.store.state)) await this.settle('recovery')
    else if (!(await this.followMembers(known)) && isLost) await this.copies.restore(known)
    return this.published()
  }

  /** Publishes a group anew that consists of something else than what it shows; says whether it did. */
  private async followMembers({ snapshot: { group } }: Publication): Promise<boolean> {
    if (!(await this.ledgers.hasMoved(group?.members))) return false
    await this.publish()
    await this.others.begin('members')
    return true
  }

  /** Returns the last publication, or a new one when the last is of no use. */
  async anew(): Promise<Publication | null> {
    await this.verify()
    const known = await this.published()
    if (!known) await this.publish()
    else await this.followMembers(known)
    return this.published()
  }

  /** Returns the revision that contains everything written so far. */
  async revision(): Promise<number> {
    await this.verify(0)
    if (isUnsettled(this.store.state)) return this.settle('recovery')
    return (await this.published())?.snapshot.revision ?? 0
  }

  /** Makes the snapshot that is due, and writes the copies that KV lacks. */
  async catchUp(): Promise<void> {
    if (isUnsettled(this.store.state)) await this.settle('recovery')
    if (!lacksCopies(this.store.state)) return
    const exists = await this.ledgers.portfolio()
    await this.copies.retry(exists && (await this.published()))
  }

  /**
   * Follows a write: makes the new snapshot, and fetches the prices that it turns out to need. Returns the revision.
   * When the snapshot cannot be made, this is the least revision it will have, so that the writer's next read waits
   * for no alarm. The write is stored whatever happens here, and what fails is done again.
   */
  async settle(reason: string): Promise<number> {
    let revision = highestOf(this.store.state) + 1
    try {
      revision = await this.publish()
      if (revision > 0) await this.others.begin(reason)
      tellGroups(this.home, this.groups)
      await this.store.apply({ type: 'planned' })
    } catch (error) {
      log('settling failed', { portfolio: this.home.id, error: cause(error) })
      await this.store.apply({ type: 'settling failed', revision })
    }
    return revision
  }

  /**
   * Returns the revision; 0 for a portfolio that does not exist. The state says so while this is at work: after a
   * kill or a failure of D1 the alarm does it again, and then writes the copies in KV even if nothing has changed.
   */
  async publish(): Promise<number> {
    await this.store.apply({ type: 'publishing' })
    try {
      const revision = (await this.ledgers.portfolio()) ? await this.make() : await this.withdraw()
      await this.store.apply({ type: 'published', revision })
      await handOver(this.home.env.DB, Date.now())
      return revision
    } catch (error) {
      // D1 may or may not have the new one, so it is asked again
      this.last = null
      this.alerts.known = null
      this.publishedAt = 0
      await this.store.apply({ type: 'publishing failed' })
      throw error
    }
  }

  private async withdraw(): Promise<0> {
    this.last = null
    const { db, id } = this.home
    this.groups = this.store.state.isUnplanned
      ? (await watchedGroupsWith(db, id, Date.now())).map((group) => group.id)
      : []
    await this.copies.drop()
    return 0
  }

  private async make(): Promise<number> {
    const { db, id } = this.home
    const now = Date.now()
    // new prices reach a group by themselves
    const isEdited = this.store.state.isUnplanned
    const { isUnfinished } = this.store.state
    const found = await editionAndEntries(db, id, RECENT_ENTRIES, isEdited ? now : null, !this.alerts.known)
    const { stored, entries } = found
    this.groups = found.groups
    await this.compare(stored, isUnfinished)
    this.alerts.known ??= found.alerts
    const portfolio = await this.ledgers.portfolio()
    if (!portfolio) return this.withdraw()
    const before = await this.published()
    const read = await this.ledgers.ledgerOf(portfolio, dayAt(now, TIME_ZONE))
    const members = before?.snapshot.group?.members
    if (await trackRates(this.home, this.ledgers, portfolio, read, members)) await this.others.begin('rates')
    const highest = Math.max(highestOf(this.store.state), stored?.revision ?? 0)
    // what was put back is not what KV and the open pages have
    const comparable = before?.snapshot.revision === highest ? before : null
    const revision = highest + 1
    const { refresh } = this.store
    const steps = publicationSteps(read, portfolio, refresh, comparable, revision, entries, this.valued)
    const isLarge = read.transactions.length > STEP
    const next = await withPauses(steps, async () => (isLarge ? breath() : undefined))
    this.valued = next.valued
    await recordDecisions(this.home, this.ledgers, read, now)
    const alerted = this.alerts.foundIn(
      {
        ledger: read.ledger,
        series: next.valued.series,
        before: before?.snapshot ?? null,
        snapshot: next.made.snapshot,
        held: quoteMetadata(read).held,
      },
      now,
    )
    const effects = await this.store.apply({
      type: 'compared',
      revision,
      isChanged: !comparable || next.changed.length > 0,
      isChartChanged: next.chartChanged,
    })
    const withChart = effects.includes('save snapshot and chart')
    if (!withChart && !effects.includes('save snapshot')) {
      await inOneTransaction(db, alerted.statements)
      if (comparable) await this.carryOut(effects, comparable, [])
      await this.alerts.tell(alerted, isUnfinished)
      return revision - 1
    }
    const text = JSON.stringify(next.made.snapshot)
    const { listed } = next
    await saveSnapshot(
      db,
      id,
      { revision, snapshot: text, chart: withChart ? next.made.chart : null, listed },
      now,
      alerted.statements,
    )
    this.last = next.made
    this.publishedAt = now
    const saved = await this.store.apply({
      type: 'saved',
      revision,
      withChart,
      isQuotesOnly: onlyQuotesChanged(next.changed),
      now,
    })
    await this.carryOut(saved, next.made, next.changed)
    await this.alerts.tell(alerted, isUnfinished)
    log('snapshot', { portfolio: id, revision, regions: next.changed, ms: Date.now() - now })
    return revision
  }

  private async carryOut(effects: Effect[], made: Publication, changed: Region[]): Promise<void> {
    const { revision } = made.snapshot
    for (const effect of effects) {
      if (effect === 'copy snapshot') await this.copies.put(made, null)
      if (effect === 'copy snapshot and chart') await this.copies.put(made, made.chart)
      if (effect === 'tell changes') this.tell(revision, changed)
      if (effect === 'tell all') this.tell(revision, regions)
    }
  }

  private tell(revision: number, changed: readonly Region[]): void {
    const refresh = progress(this.store.refresh)
    this.others.tellAll({ type: 'changed', revision, regions: changed, refresh })
  }
}
